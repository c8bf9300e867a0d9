import { IconCheck, IconMinus } from "@tabler/icons-react";

import type { MethodUse } from "../../api/types";
import { methodName, named } from "../../lib/words";
import { Card } from "../shared/card";

/** What each method needs, and whether it can serve this series. */
export function Methods({ methods }: { methods: MethodUse[] }) {
  if (methods.length === 0) return null;
  return (
    <Card title="Methods" sub="what each needs, and whether it serves here" flush>
      <table className="grid">
        <tbody>
          {methods.map((one) => (
            <tr key={one.method}>
              <td style={{ width: 26 }}>{one.serves ? <IconCheck size={15} className="good-ink" aria-label="serves" /> : <IconMinus size={15} className="dim" aria-label="does not serve" />}</td>
              <td className={one.serves ? "strong" : "dim"} style={{ whiteSpace: "nowrap" }}>
                {named(methodName(one.method))}
              </td>
              <td>
                {named(one.why)}
                <div className="dim small">Needs {one.needs}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
