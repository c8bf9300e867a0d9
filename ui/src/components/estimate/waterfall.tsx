/** Why it costs that: from the average job, driver by driver, in money that adds up to the answer. */
import type { Estimate } from "../../api/types";
import { major, signed, whole } from "../../lib/money";
import { linear } from "../../lib/scale";
import { type Step, steps, sum } from "../../lib/waterfall";
import { Card } from "../shared/card";
import { useWidth } from "../shared/width";

const ROW = 24;

interface WaterfallProps {
  estimate: Estimate;
  /** Drivers that can be looked into. */
  open: ReadonlySet<string>;
  pick: (driver: string) => void;
}

export function Waterfall({ estimate, open, pick }: WaterfallProps) {
  const [frame, width] = useWidth<HTMLDivElement>(520);
  const parts = steps(estimate, 9);
  const adds = sum(estimate) === estimate.cost.minor;
  return (
    <Card title="Why this cost" sub={`from the average job, ${whole(estimate.base)}`} right={<span className="sub">{adds ? "adds up" : ""}</span>}>
      <div ref={frame}>{parts.length === 0 ? <p className="dim">{estimate.basis_note}</p> : <Drawing estimate={estimate} parts={parts} width={width} open={open} pick={pick} />}</div>
    </Card>
  );
}

function Drawing({ estimate, parts, width, open, pick }: WaterfallProps & { parts: Step[]; width: number }) {
  const { base, cost } = estimate;
  const labels = Math.min(220, Math.max(140, width * 0.38));
  const ends = [base.minor, cost.minor, ...parts.flatMap(({ from, to }) => [from, to])];
  const x = linear(Math.min(...ends), Math.max(...ends), labels + 10, width - 78);
  const bottom = parts.length * ROW;
  return (
    <svg width={width} height={bottom + 26} role="img" aria-label={`Drivers of the cost, from ${whole(base)} to ${whole(cost)}`} style={{ display: "block" }}>
      <path d={`M${x(base.minor)} 0V${bottom}`} stroke="var(--line-strong)" strokeDasharray="2 3" />
      {parts.map((part, at) => (
        <Bar key={part.key} part={part} top={at * ROW} x={x} labels={labels} pick={open.has(part.key) ? () => pick(part.key) : undefined} />
      ))}
      <text x={labels} y={bottom + 17} textAnchor="end" className="ink" fontWeight={600}>
        Expected cost
      </text>
      <path d={`M${x(cost.minor)} ${bottom + 4}v17`} stroke="var(--accent)" strokeWidth={3} />
      <text x={x(cost.minor) + 8} y={bottom + 17} className="ink" fontWeight={600}>
        {whole(cost)}
      </text>
    </svg>
  );
}

interface BarProps {
  part: Step;
  top: number;
  x: (minor: number) => number;
  labels: number;
  pick: (() => void) | undefined;
}

function Bar({ part, top, x, labels, pick }: BarProps) {
  const [left, right] = [x(Math.min(part.from, part.to)), x(Math.max(part.from, part.to))];
  const room = Math.floor(labels / 6.1);
  return (
    <g {...(pick && { role: "button", tabIndex: 0, className: "pickable", onClick: pick, onKeyDown: (event: React.KeyboardEvent) => event.key === "Enter" && pick() })}>
      <title>{`${part.label}: ${signed(part.amount)} (${major(part.amount).toFixed(2)})${pick ? "; click for the cost over it" : ""}`}</title>
      {pick && <rect x={0} y={top + 2} width={labels} height={ROW - 4} fill="transparent" />}
      <text x={labels} y={top + 16} textAnchor="end">
        {part.label.length > room ? `${part.label.slice(0, room - 1)}…` : part.label}
      </text>
      <rect x={left} y={top + 5} width={Math.max(2, right - left)} height={15} rx={3} fill={part.amount.minor > 0 ? "var(--up)" : "var(--down)"} />
      <text x={right + 7} y={top + 16} className="ink">
        {signed(part.amount)}
      </text>
    </g>
  );
}
