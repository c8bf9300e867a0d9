import { IconFileText } from "@tabler/icons-react";

import type { FieldSource } from "../../api/types";
import { named, place, recordKind } from "../../lib/words";
import { Empty } from "../shared/states";
import { Tag } from "../shared/tag";

/** Every value that any source gave, the chosen one of each field first; values that disagree are all kept. */
export function Sources({ sources }: { sources: FieldSource[] }) {
  if (sources.length === 0) {
    return (
      <Empty icon={IconFileText} title="No source is known">
        Values that were typed in have no file behind them.
      </Empty>
    );
  }
  const ranked = [...sources].sort((a, b) => a.field.localeCompare(b.field) || Number(b.chosen) - Number(a.chosen));
  return (
    <table className="grid">
      <tbody>
        {ranked.map((one, at) => (
          <tr key={`${one.field} ${one.file} ${at}`}>
            <td className={one.chosen ? "" : "dim"}>{at > 0 && ranked[at - 1]?.field === one.field ? "" : named(one.field)}</td>
            <td>
              <div className="row">
                <span className={one.chosen ? "strong" : "dim"}>{one.value}</span>
                {one.confidence < 0.9 && <Tag tone="warn">to check</Tag>}
                {disagrees(one, ranked) && <Tag tone="warn">not used</Tag>}
              </div>
              <div className="dim small" title={`${one.found_by}, read as “${one.raw}”`}>
                {recordKind[one.kind]}: {one.file.split(/[\\/]/).at(-1)}, {place(one.place)}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether another source was preferred and says something else. */
function disagrees(one: FieldSource, all: FieldSource[]): boolean {
  const chosen = all.find((other) => other.field === one.field && other.chosen);
  return !one.chosen && chosen !== undefined && chosen.value !== one.value;
}
