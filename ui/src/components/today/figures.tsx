import { Link } from "@tanstack/react-router";

import type { KeyFigure } from "../../api/types";
import { inUnit } from "../../lib/numbers";
import { Loading } from "../shared/states";
import { Sparkline } from "../shared/sparkline";

/** The key figures of the shop, each with its recent course. */
export function Figures({ figures }: { figures: KeyFigure[] | undefined }) {
  if (!figures) return <Loading height={92} />;
  if (figures.length === 0) return null;
  return (
    <div className="figures">
      {figures.map((figure) => (
        <Link key={figure.series} to="/forecasts" search={{ series: figure.series }} className="card figure">
          <span className="dim">{figure.label}</span>
          <span className="value">{inUnit(figure.value, figure.unit)}</span>
          <span className="dim small">{figure.note}</span>
          <Sparkline values={figure.trend} />
        </Link>
      ))}
    </div>
  );
}
