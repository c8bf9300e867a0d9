/** Why it costs that: from the average job, driver by driver or cause by cause, in money that adds up to the answer. */
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import type { Cause, Estimate } from "../../api/types";
import { major, signed, whole } from "../../lib/money";
import { linear } from "../../lib/scale";
import { causeSteps, type Step, steps, sum } from "../../lib/waterfall";
import { Card } from "../shared/card";
import { useSessionState } from "../shared/session";
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
  const [by, setBy] = useSessionState<"drivers" | "causes">("estimate-why", "drivers");
  const [opened, setOpened] = useState<Cause | null>(null);
  const parts = by === "causes" ? causeSteps(estimate, opened) : steps(estimate, 9);
  const adds = sum(estimate) === estimate.cost.minor;
  const act = ({ key, cause }: Step) => {
    if (cause) return () => setOpened(cause === opened ? null : cause);
    return open.has(key) ? () => pick(key) : undefined;
  };
  return (
    <Card
      title="Why this cost"
      sub={`from the average ${estimate.basis === "starter" ? "generated job" : "job"}, ${whole(estimate.base)}${adds ? "; adds up" : ""}`}
      right={parts.length > 0 && <SegmentedControl size="xs" aria-label="Explained by" value={by} onChange={(value) => setBy(value as typeof by)} data={[{ value: "drivers", label: "Drivers" }, { value: "causes", label: "Causes" }]} />}
    >
      <div ref={frame}>{parts.length === 0 ? <p className="dim">{estimate.basis_note}</p> : <Drawing estimate={estimate} parts={parts} width={width} act={act} opened={opened} />}</div>
    </Card>
  );
}

interface DrawingProps {
  estimate: Estimate;
  parts: Step[];
  width: number;
  act: (part: Step) => (() => void) | undefined;
  opened: Cause | null;
}

function Drawing({ estimate, parts, width, act, opened }: DrawingProps) {
  const { base, cost } = estimate;
  const labels = Math.min(220, Math.max(140, width * 0.38));
  const ends = [base.minor, cost.minor, ...parts.flatMap(({ from, to }) => [from, to])];
  const x = linear(Math.min(...ends), Math.max(...ends), labels + 10, width - 78);
  const bottom = parts.length * ROW;
  return (
    <svg width={width} height={bottom + 26} role="img" aria-label={`Drivers of the cost, from ${whole(base)} to ${whole(cost)}`} style={{ display: "block" }}>
      <path d={`M${x(base.minor)} 0V${bottom}`} stroke="var(--line-strong)" strokeDasharray="2 3" />
      {parts.map((part, at) => (
        <Bar key={part.cause ? `cause ${part.key}` : part.key} part={part} top={at * ROW} x={x} labels={labels} act={act(part)} open={part.cause !== undefined && part.cause === opened} />
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
  act: (() => void) | undefined;
  /** Its drivers stand below it. */
  open: boolean;
}

function Bar({ part, top, x, labels, act, open }: BarProps) {
  const [left, right] = [x(Math.min(part.from, part.to)), x(Math.max(part.from, part.to))];
  const label = part.cause ? `${open ? "▾" : "▸"} ${part.label}` : part.label;
  const room = Math.floor(labels / 6.1);
  const hint = part.cause ? "; click for its drivers" : "; click for the cost over it";
  return (
    <g {...(act && { role: "button", tabIndex: 0, "aria-expanded": part.cause ? open : undefined, className: "pickable", onClick: act, onKeyDown: (event: React.KeyboardEvent) => event.key === "Enter" && act() })}>
      <title>{`${part.label}: ${signed(part.amount)} (${major(part.amount).toFixed(2)})${act ? hint : ""}`}</title>
      {act && <rect x={0} y={top + 2} width={right + 70} height={ROW - 4} fill="transparent" />}
      <text x={labels} y={top + 16} textAnchor="end" className={part.level === 1 ? "t3" : undefined} fontWeight={part.cause && open ? 600 : undefined}>
        {label.length > room ? `${label.slice(0, room - 1)}…` : label}
      </text>
      <rect x={left} y={top + 5} width={Math.max(2, right - left)} height={15} rx={3} fill={part.amount.minor > 0 ? "var(--up)" : "var(--down)"} opacity={part.level === 1 ? 0.45 : 1} />
      <text x={right + 7} y={top + 16} className={part.level === 1 ? undefined : "ink"}>
        {signed(part.amount)}
      </text>
    </g>
  );
}
