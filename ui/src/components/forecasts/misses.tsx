import type { PastForecast, Series } from "../../api/types";
import { inPeriod } from "../../lib/dates";
import { inUnit, percent } from "../../lib/numbers";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";

const SHOWN = 6;

/** Where forecasts of the last years went wrong: what came lay outside of 80 %, the farthest first. */
export function Misses({ series, past }: { series: Series; past: PastForecast[] }) {
  if (past.length === 0) return null;
  const outside = past.filter(({ actual, lo_80, hi_80 }) => actual < lo_80 || actual > hi_80);
  const beyond = ({ actual, yhat, lo_80, hi_80 }: PastForecast) => (actual > yhat ? (actual - hi_80) / Math.max(hi_80 - yhat, 1e-9) : (lo_80 - actual) / Math.max(yhat - lo_80, 1e-9));
  const worst = [...outside].sort((a, b) => beyond(b) - beyond(a)).slice(0, SHOWN);
  return (
    <Card title="Where it went wrong" right={<Tag>{`${outside.length} of ${past.length} outside`}</Tag>} flush={worst.length > 0}>
      {worst.length === 0 ? (
        <p className="dim">What came lay inside of 80 % each time.</p>
      ) : (
        <table className="grid">
          <tbody>
            {worst.map((one) => (
              <tr key={`${one.origin} ${one.ds}`}>
                <td>
                  {inPeriod(one.ds, series.frequency)}
                  <div className="dim small">said in {inPeriod(one.origin, series.frequency)}</div>
                </td>
                <td className="num">
                  {inUnit(one.actual, series.unit)}
                  <div className="dim small">
                    {inUnit(one.yhat, series.unit)} expected{one.yhat !== 0 && `, ${percent(Math.abs(one.actual / one.yhat - 1) * 100)} off`}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
