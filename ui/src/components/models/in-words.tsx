/** The champion in three lines: a small tree grown on what the model itself says of the newest jobs. */
import { useModelWords } from "../../api/queries";
import { whole } from "../../lib/money";
import { counted, share } from "../../lib/numbers";
import { Card } from "../shared/card";

export function InWords() {
  const words = useModelWords().data;
  if (!words || words.lines.length < 2) return null;
  return (
    <Card title="In three lines" sub={`what the model finds dear; shows ${share(words.explained)} of its differences`}>
      {words.lines.map((line) => (
        <div key={line.when} className="row" style={{ padding: "3px 0", alignItems: "baseline" }}>
          <span className="grow">{line.when}</span>
          <span className="dim small">{counted(line.jobs, "job")}</span>
          <b className="num">{whole(line.cost)}</b>
        </div>
      ))}
    </Card>
  );
}
