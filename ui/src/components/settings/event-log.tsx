import { useEventLog } from "../../api/queries";
import { at } from "../../lib/dates";
import { named } from "../../lib/words";
import { Card } from "../shared/card";
import { Shown } from "../shared/states";

/** Who changed what, when: only ever added to. */
export function EventLog() {
  const events = useEventLog();
  return (
    <Shown query={events} height={260}>
      {(list) => (
        <Card title="What was done" sub="kept for good" flush>
          {list.length === 0 ? (
            <p className="dim" style={{ padding: 12 }}>
              Nothing was changed yet.
            </p>
          ) : (
            <table className="grid">
              <tbody>
                {list.map((one) => (
                  <tr key={one.id}>
                    <td className="dim" style={{ whiteSpace: "nowrap" }}>
                      {at(one.at)}
                    </td>
                    <td>
                      {named(one.command)} <span className="dim wraps" title={one.subject}>{shortened(one.subject)}</span>
                    </td>
                    <td className="dim">{one.who === "unknown" ? "" : one.who}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Card>
      )}
    </Shown>
  );
}

/** A document's hash by its first letters, as people would say it. */
function shortened(subject: string): string {
  return subject.replace(/\b([0-9a-f]{10})[0-9a-f]{54}\b/g, "$1…");
}
