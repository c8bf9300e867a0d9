import type { Figure } from "../../api/types";
import { Loading } from "../shared/states";
import { Sparkline } from "../shared/sparkline";

/** The key figures of the shop, each with its recent course. */
export function Figures({ figures }: { figures: Figure[] | undefined }) {
  if (!figures) return <Loading height={92} />;
  if (figures.length === 0) return null;
  return (
    <div className="figures">
      {figures.map((figure) => (
        <section key={figure.label} className="card figure">
          <span className="dim">{figure.label}</span>
          <div className="row">
            <span className="value">{figure.value}</span>
            <span className="dim unit">{figure.unit}</span>
            <span className="grow" />
            <Sparkline values={figure.trend} width={56} />
          </div>
          <span className="dim small">{figure.note}</span>
        </section>
      ))}
    </div>
  );
}
