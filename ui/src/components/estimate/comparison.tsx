/** Variants side by side: the drivers that differ, what each costs with its ranges, and by what the difference comes. */
import { Modal } from "@mantine/core";
import { useState } from "react";

import { useComparison } from "../../api/queries";
import type { Cause, Compared, Comparison as Found, DriverDifference, Money } from "../../api/types";
import { driverRows } from "../../lib/compared";
import { onDay } from "../../lib/dates";
import { signed, whole } from "../../lib/money";
import { cause as causeName } from "../../lib/words";
import { Shown } from "../shared/states";
import { Dot } from "../shared/tag";

interface ComparisonProps {
  estimateId: number;
  scenarios: number[];
  estimate: boolean;
  close: () => void;
}

export function Comparison({ estimateId, scenarios, estimate, close }: ComparisonProps) {
  const found = useComparison(estimateId, scenarios, estimate);
  return (
    <Modal
      opened
      onClose={close}
      size={1000}
      title={
        <>
          <b>Side by side</b> {found.data && <span className="dim small">compared with “{titled(found.data.columns[0])}”, as the model in use says it now</span>}
        </>
      }
    >
      <Shown query={found} height={320}>{(data) => <Table found={data} />}</Shown>
    </Modal>
  );
}

function titled(column: Compared | undefined): string {
  return column?.scenario_id === null ? "As estimated" : (column?.name ?? "");
}

function Table({ found: { columns, drivers } }: { found: Found }) {
  const levels = columns[0]?.now.ranges.map(({ level }) => level) ?? [];
  return (
    <>
      <div className="scroll-x">
        <table className="grid comparison" data-testid="comparison">
          <thead>
            <tr>
              <th />
              {columns.map((column) => <th key={column.scenario_id} className="num">{titled(column)}</th>)}
            </tr>
          </thead>
          <tbody>
            {drivers.map((driver) => (
              <tr key={driver.driver}>
                <td className="dim">{driver.label}</td>
                {driver.values.map((value, at) => <td key={columns[at]?.scenario_id} className={value === driver.values[0] ? "num" : "num strong"}>{value ?? <span className="dim">not given</span>}</td>)}
              </tr>
            ))}
            <tr className="ruled">
              <td>Expected cost</td>
              {columns.map(({ scenario_id, now }) => <td key={scenario_id} className="num strong">{whole(now.cost)}</td>)}
            </tr>
            {levels.map((level) => (
              <tr key={level}>
                <td className="dim">{level} % {columns.some(({ now }) => now.basis === "starter") ? "assumed" : "of such jobs"}</td>
                {columns.map((column) => <td key={column.scenario_id} className={level === 80 ? "num" : "num dim"}>{range(column, level)}</td>)}
              </tr>
            ))}
            <Differences columns={columns} />
          </tbody>
        </table>
      </div>
      <Remarks columns={columns} />
    </>
  );
}

function range({ now }: Compared, level: number): string {
  const found = now.ranges.find((one) => one.level === level);
  return found ? `${whole(found.low)} – ${whole(found.high)}` : "–";
}

/** By which causes, and in an opened one by which drivers, the others cost more or less than the first. */
function Differences({ columns }: { columns: Compared[] }) {
  const [opened, setOpened] = useState<Cause | null>(null);
  const causes = ranked(columns);
  const of = (column: Compared, cause: Cause) => column.causes.find((one) => one.cause === cause);
  const drivers = (cause: Cause) => driverRows(columns.map((column) => of(column, cause)?.drivers ?? []), columns[0]?.difference.currency ?? "USD");
  return (
    <>
      <tr className="ruled">
        <td>Difference</td>
        {columns.map((column, at) => <td key={column.scenario_id} className="num strong">{at === 0 ? "" : <Amount amount={column.difference} />}</td>)}
      </tr>
      {columns.some(({ start }) => start.minor !== 0) && (
        <tr>
          <td className="dim">Where they start</td>
          {columns.map((column, at) => <td key={column.scenario_id} className="num">{at > 0 && <Amount amount={column.start} />}</td>)}
        </tr>
      )}
      {causes.map((cause) => (
        <CauseRows key={cause} cause={cause} columns={columns} opened={cause === opened} toggle={() => setOpened(cause === opened ? null : cause)} drivers={drivers(cause)} />
      ))}
    </>
  );
}

interface CauseRowsProps {
  cause: Cause;
  columns: Compared[];
  opened: boolean;
  toggle: () => void;
  drivers: DriverDifference[][];
}

function CauseRows({ cause, columns, opened, toggle, drivers }: CauseRowsProps) {
  const of = (column: Compared) => column.causes.find((one) => one.cause === cause);
  return (
    <>
      <tr>
        <td>
          <button type="button" className="linklike" aria-expanded={opened} onClick={toggle}>
            {opened ? "▾" : "▸"} {causeName[cause]}
          </button>
        </td>
        {columns.map((column, at) => <td key={column.scenario_id} className="num">{at > 0 && <Amount amount={of(column)?.amount} />}</td>)}
      </tr>
      {opened &&
        drivers.map((row) => (
          <tr key={row[0]?.driver}>
            <td className="dim part">{row[0]?.label}</td>
            {row.map(({ amount }, at) => <td key={columns[at]?.scenario_id} className="num dim">{at > 0 && <Amount amount={amount} />}</td>)}
          </tr>
        ))}
    </>
  );
}

function Amount({ amount }: { amount: Money | undefined }) {
  if (!amount || amount.minor === 0) return <span className="dim">–</span>;
  return <>{signed(amount)}</>;
}

/** The causes of all differences, the largest first. */
function ranked(columns: Compared[]): Cause[] {
  const sizes = new Map<Cause, number>();
  for (const { cause, amount } of columns.flatMap((column) => column.causes)) sizes.set(cause, Math.max(sizes.get(cause) ?? 0, Math.abs(amount.minor)));
  return [...sizes].sort((a, b) => b[1] - a[1]).map(([cause]) => cause);
}

/** What was never seen, and what was said when it was kept. */
function Remarks({ columns }: { columns: Compared[] }) {
  const remarks = columns.flatMap((column) => [
    ...(column.now.basis === "starter" ? [`${titled(column)} rests on ${column.now.basis_note}.`] : []),
    ...column.unseen.map((words) => `${titled(column)}, ${words}`),
    ...(column.said ? [`${titled(column)} was ${whole(column.said.cost)} on ${onDay(column.at)} (${column.said.basis_note}); here it is asked anew.`] : []),
  ]);
  if (remarks.length === 0) return null;
  return (
    <div className="stack tight remarks small">
      {remarks.map((remark) => (
        <div key={remark} className="odd">
          <Dot tone="warn" />
          <span>{remark}</span>
        </div>
      ))}
    </div>
  );
}
