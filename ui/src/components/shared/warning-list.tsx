import type { Warning } from "../../api/types";
import { warningTone } from "../../lib/words";
import { Dot } from "./tag";

/** What the sanity rules say, the worst first; the rule's name is in the tooltip. */
export function WarningList({ warnings }: { warnings: Warning[] }) {
  return (
    <ul className="warning-list">
      {warnings.map((warning) => (
        <li key={`${warning.rule} ${warning.driver}`} title={`rule ${warning.rule}`}>
          <Dot tone={warningTone[warning.severity]} />
          <span className={warning.severity === "info" ? "dim" : undefined}>{warning.message.charAt(0).toUpperCase() + warning.message.slice(1)}</span>
        </li>
      ))}
    </ul>
  );
}
