import type { ReactNode } from "react";

import type { SeriesAnomaly } from "../../api/types";
import { inMonth } from "../../lib/dates";
import { anomalyKind, severity } from "../../lib/words";
import { Dot } from "./tag";

/** What does not fit in a series, in words. */
export function OddList<A extends SeriesAnomaly>({ anomalies, after }: { anomalies: A[]; after?: (one: A) => ReactNode }) {
  return (
    <div className="stack" style={{ gap: 9 }}>
      {anomalies.map((one) => (
        <div key={`${one.series} ${one.start} ${one.kind}`} className="odd" data-testid="anomaly-row">
          <Dot tone={severity[one.severity].tone} label={severity[one.severity].label} />
          <div>
            <b>
              {one.start === one.end ? inMonth(one.start) : `${inMonth(one.start)} – ${inMonth(one.end)}`}: {anomalyKind[one.kind].toLowerCase()}
            </b>
            <div className="dim">{one.explanation}</div>
            {after?.(one)}
          </div>
        </div>
      ))}
    </div>
  );
}
