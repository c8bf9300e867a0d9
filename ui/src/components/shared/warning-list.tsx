import type { Warning } from "../../api/types";
import { capitalized, warningLabel, warningTone } from "../../lib/words";
import { Dot } from "./tag";

/** What the sanity rules say, the worst first; the rule's name is in the tooltip. */
export function WarningList({ warnings }: { warnings: Warning[] }) {
  return (
    <ul className="warning-list">
      {warnings.map((one) => (
        <li key={`${one.rule} ${one.driver}`} title={`rule ${one.rule}`}>
          <Dot tone={warningTone[one.severity]} label={warningLabel[one.severity]} />
          <span className={one.severity === "info" ? "dim" : undefined}>{capitalized(one.message)}</span>
        </li>
      ))}
    </ul>
  );
}
