import { IconList } from "@tabler/icons-react";

import type { JobLine, Section } from "../../api/types";
import { exact } from "../../lib/money";
import { compact } from "../../lib/numbers";
import { section } from "../../lib/words";
import { Empty } from "../shared/states";

const order: Section[] = ["labour", "material", "outplant", "item"];

/** The lines of the job's cost summary, by section. */
export function Lines({ lines }: { lines: JobLine[] }) {
  if (lines.length === 0) {
    return (
      <Empty icon={IconList} title="No lines for this job">
        Import its printed cost summary to see hours and costs by work code.
      </Empty>
    );
  }
  return (
    <div className="stack">
      {order.map((one) => (
        <Part key={one} name={one} lines={lines.filter((line) => line.section === one)} />
      ))}
    </div>
  );
}

function Part({ name, lines }: { name: Section; lines: JobLine[] }) {
  if (lines.length === 0) return null;
  const labour = name === "labour";
  return (
    <div>
      <h2>{section[name]}</h2>
      <table className="grid">
        <thead>
          <tr>
            <th>{labour ? "Work code" : "Item"}</th>
            <th className="num">{labour ? "Est. h" : "Est."}</th>
            <th className="num">{labour ? "Actual h" : "Used"}</th>
            <th className="num">Cost</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <Line key={`${line.work_code ?? ""} ${line.description ?? ""} ${at}`} line={line} labour={labour} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ line, labour }: { line: JobLine; labour: boolean }) {
  const [planned, used] = labour ? [line.estimated_hours, line.actual_hours] : [number(line.estimated_quantity), number(line.quantity)];
  const over = planned !== null && used !== null && planned > 0 && used > planned * 1.15;
  return (
    <tr>
      <td>
        {line.description} <span className="dim small">{line.work_code ?? line.department}</span>
      </td>
      <td className="num dim">{planned === null ? "–" : compact(planned)}</td>
      <td className={over ? "num up" : "num"}>
        {used === null ? "–" : compact(used)} <span className="dim small">{labour ? "" : line.unit}</span>
      </td>
      <td className="num">{line.cost ? exact(line.cost) : "–"}</td>
    </tr>
  );
}

/** Quantities travel as exact decimals; here they are only compared and shown. */
function number(quantity: string | null): number | null {
  return quantity === null ? null : Number(quantity);
}
