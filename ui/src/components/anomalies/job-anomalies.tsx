import { useNavigate } from "@tanstack/react-router";
import type { SyntheticEvent } from "react";

import type { JobAnomaly } from "../../api/types";
import { fixed } from "../../lib/numbers";
import { afterNumber, anomalyKind, named, severity } from "../../lib/words";
import { Tag } from "../shared/tag";
import { Judge } from "./judge";

/** Jobs that do not fit, the strongest first, each with why. */
export function JobAnomalies({ jobs }: { jobs: JobAnomaly[] }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th>Job</th>
          <th>What</th>
          <th>Why</th>
          <th className="num">Would fit</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((one) => (
          <Row key={`${one.job_id} ${one.anomaly.kind} ${one.anomaly.field}`} one={one} />
        ))}
      </tbody>
    </table>
  );
}

/** Not meant for a button in the row, nor for what such a button has opened over the page. */
function isOfRow({ currentTarget, target }: SyntheticEvent): boolean {
  return target instanceof Element && currentTarget.contains(target) && !target.closest(".judged");
}

function Row({ one }: { one: JobAnomaly }) {
  const navigate = useNavigate();
  const open = () => void navigate({ to: "/jobs", search: { job: one.job_id } });
  const { anomaly } = one;
  return (
    <tr className="link" tabIndex={0} onClick={(event) => isOfRow(event) && open()} onKeyDown={(event) => event.key === "Enter" && isOfRow(event) && open()} data-testid="anomaly-row">
      <td style={{ whiteSpace: "nowrap" }}>
        <b>{one.number}</b>
        <div className="dim clip" style={{ maxWidth: 150 }}>
          {one.customer}
        </div>
      </td>
      <td style={{ whiteSpace: "nowrap" }}>
        <Tag tone={severity[anomaly.severity].tone}>{anomalyKind[anomaly.kind]}</Tag>
        <div className="dim" title={`score ${fixed(anomaly.score, 2)}: 0 to 1, higher is stranger`}>
          {named(anomaly.field)} · {severity[anomaly.severity].label.toLowerCase()}
        </div>
      </td>
      <td title={`found by ${anomaly.detectors.join(", ")}`}>
        {afterNumber(anomaly.explanation, one.number)}
        <div>
          <Judge standing={one.standing} />
        </div>
      </td>
      <td className="num">{anomaly.kind === "duplicate" ? `same as ${anomaly.expected}` : anomaly.expected}</td>
    </tr>
  );
}
