/** The champion in words: a small tree grown on what it says of the newest jobs, and the drivers that act together in it. */
import { useModelWords } from "../../api/queries";
import type { ModelWords, Together } from "../../api/types";
import { whole } from "../../lib/money";
import { counted, share } from "../../lib/numbers";
import { Card } from "../shared/card";

export function InWords() {
  const words = useModelWords().data;
  if (!words) return null;
  return (
    <>
      {words.lines.length > 1 && <Lines words={words} />}
      {words.together.length > 0 && <ActTogether pairs={words.together} />}
    </>
  );
}

function Lines({ words }: { words: ModelWords }) {
  return (
    <Card title="What makes jobs dear" sub={`as the model sees it; shows ${share(words.explained)} of its differences`}>
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

function ActTogether({ pairs }: { pairs: Together[] }) {
  return (
    <Card title="What acts together" sub="what two drivers move that neither moves alone" flush>
      <table className="grid">
        <thead>
          <tr>
            <th>Drivers</th>
            <th className="num" title="A standard deviation over jobs">
              Moves a job by
            </th>
            <th className="num" title="Friedman and Popescu's H squared: the share of what both do that neither does alone">
              Of what both do
            </th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr key={`${pair.first} ${pair.second}`} title={pair.words}>
              <td>{pair.labels.join(" and ")}</td>
              <td className="num">± {whole(pair.effect)}</td>
              <td className="num dim">{share(pair.share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
