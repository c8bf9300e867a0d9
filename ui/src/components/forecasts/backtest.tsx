import type { BacktestScore, Forecast } from "../../api/types";
import { fixed, percent, share } from "../../lib/numbers";
import { methodName, named } from "../../lib/words";
import { Card } from "../shared/card";

/** How well each method would have done from past origins; the chosen one first. */
export function Backtest({ forecast }: { forecast: Forecast }) {
  return (
    <Card title="How well it would have done" sub={`${forecast.origins} past starting points, each without what came after`} flush>
      <table className="grid">
        <thead>
          <tr>
            <th>Method</th>
            <th className="num">Weight</th>
            <th className="num" title="Mean error relative to what happened">
              Off by
            </th>
            <th className="num" title="Error relative to repeating the value of a season ago (MASE): below 1 is better than that">
              Against repeating
            </th>
            <th className="num">80 % held</th>
            <th className="num">95 % held</th>
          </tr>
        </thead>
        <tbody>
          {forecast.backtest.map((score, at) => (
            <Row key={score.method} score={score} chosen={at === 0} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Row({ score, chosen }: { score: BacktestScore; chosen: boolean }) {
  const compared = !chosen && score.weight === 0;
  const cell = `num ${compared ? "dim" : ""} ${chosen ? "strong" : ""}`;
  return (
    <tr>
      <td className={compared ? "dim" : chosen ? "strong" : ""}>{named(methodName(score.method))}</td>
      <td className={cell}>{score.weight > 0 ? fixed(score.weight, 2) : "–"}</td>
      <td className={cell}>{score.mape === null ? "–" : percent(score.mape)}</td>
      <td className={cell}>{score.mase === null ? "–" : fixed(score.mase, 2)}</td>
      <td className={cell}>{score.held_80 === null ? "–" : share(score.held_80)}</td>
      <td className={cell}>{score.held_95 === null ? "–" : share(score.held_95)}</td>
    </tr>
  );
}
