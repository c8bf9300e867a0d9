/** By how much estimators' own estimates are usually off, and the corrections that were accepted. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { EstimatorBias } from "../../api/types";
import { onDay } from "../../lib/dates";
import { count, signedPercent } from "../../lib/numbers";
import { Card } from "../shared/card";
import { failed } from "../shared/notify";
import { Tag } from "../shared/tag";

/** Rows before “all of them”. */
const SHORT = 8;

export function BiasesCard({ biases, label }: { biases: EstimatorBias[]; label: (type: string) => string }) {
  const [all, setAll] = useState(false);
  const worth = biases.filter((one) => one.suggested || one.accepted);
  const shown = all ? biases : worth.slice(0, SHORT);
  if (biases.length === 0) return null;
  return (
    <Card
      title="Your own estimates"
      sub="what jobs took beside what was estimated, few jobs counting less"
      right={
        biases.length > shown.length || all ? (
          <Button size="compact-xs" onClick={() => setAll(!all)}>
            {all ? "Only what is sure" : `All ${count(biases.length)}`}
          </Button>
        ) : undefined
      }
      flush
    >
      {shown.length === 0 ? <p className="dim nobody">Nobody is off for sure: what is seen may be chance.</p> : <Table rows={shown} label={label} />}
    </Card>
  );
}

function Table({ rows, label }: { rows: EstimatorBias[]; label: (type: string) => string }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th>Estimator</th>
          <th>Type</th>
          <th>Of</th>
          <th className="num">Jobs</th>
          <th className="num" title="Shrunk towards everybody's: the fewer jobs, the more">
            Took
          </th>
          <th className="num" title="95 of 100 such intervals hold the truth">
            Surely
          </th>
          <th className="num">Correction</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.of.estimator} ${row.of.sign_type} ${row.of.work_code}`}>
            <td>{row.of.estimator}</td>
            <td>{label(row.of.sign_type)}</td>
            <td className="dim">{row.of.work_code === null ? "cost" : `hours, code ${row.of.work_code}`}</td>
            <td className="num dim">{count(row.jobs)}</td>
            <td className="num strong">{off(row.factor)}</td>
            <td className="num dim">
              {off(row.low)} to {off(row.high)}
            </td>
            <td className="num">
              <Decide row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Decide({ row }: { row: EstimatorBias }) {
  const accept = useCommand("accept_bias", ["models", "biases"]);
  const takeBack = useCommand("take_back_bias", ["models", "biases"]);
  if (row.accepted) {
    return (
      <span className="deciding">
        <Tag tone="good" title={`accepted by ${row.accepted.who}, ${onDay(row.accepted.at)}`}>
          {off(row.accepted.factor)}
        </Tag>
        <Button size="compact-xs" loading={takeBack.isPending} onClick={() => takeBack.mutate(row.of, { onError: failed })}>
          Take back
        </Button>
      </span>
    );
  }
  if (!row.suggested) return <span className="dim">–</span>;
  return (
    <Button size="compact-xs" loading={accept.isPending} onClick={() => accept.mutate(row.of, { onError: failed })}>
      Accept
    </Button>
  );
}

const off = (factor: number) => signedPercent(100 * (factor - 1), 0);
