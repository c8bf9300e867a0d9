import type { Forecast, Series } from "../../api/types";
import { inPeriod } from "../../lib/dates";
import { inUnit, signedPercent, symbolOf } from "../../lib/numbers";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";

/** The answer: where the series will be at the end of the horizon. */
export function Ahead({ series, forecast }: { series: Series; forecast: Forecast }) {
  const end = forecast.points.at(-1);
  const now = series.points.at(-1);
  if (!end || !now) return null;
  const change = now.y === 0 ? null : ((end.yhat - now.y) / Math.abs(now.y)) * 100;
  const bare = symbolOf(series.unit);
  return (
    <Card>
      <div className="dim">{inPeriod(end.ds, series.frequency)}</div>
      <div className="big">{inUnit(end.yhat, series.unit)}</div>
      <div className="row wrap" style={{ marginTop: 4 }}>
        {change !== null && <Tag tone={toneOf(change, series)}>{signedPercent(change, 1)} on {inPeriod(now.ds, series.frequency)}</Tag>}
        <span className="dim">
          80 %: {inUnit(end.lo_80, bare)} – {inUnit(end.hi_80, bare)}
        </span>
      </div>
    </Card>
  );
}

/** A price that rises costs more; for other measures a rise is neither good nor bad by itself. */
function toneOf(change: number, series: Series) {
  const price = series.unit.includes("/") || series.name.startsWith("material:");
  if (!price || Math.abs(change) < 0.5) return "plain" as const;
  return change > 0 ? ("up" as const) : ("good" as const);
}
