/** The predicted range, drawn: 95 % light, 80 % darker, the cost as a mark, and what similar jobs really cost as dots. */
import { useNavigate } from "@tanstack/react-router";

import type { Estimate } from "../../api/types";
import { major, short, whole } from "../../lib/money";
import { linear, padded, ticks } from "../../lib/scale";
import { useWidth } from "../shared/width";

export function RangeBar({ estimate }: { estimate: Estimate }) {
  const [frame, width] = useWidth<HTMLDivElement>(600);
  const { cost, ranges, similar, median_of_type } = estimate;
  const edges = ranges.flatMap(({ low, high }) => [major(low), major(high)]);
  const [low, high] = padded([major(cost), ...edges, ...similar.map(({ actual }) => major(actual)), ...(median_of_type ? [major(median_of_type)] : [])], 0.06);
  const x = linear(Math.max(0, low), high, 8, width - 8);
  const wide = ranges.find(({ level }) => level === 95);
  const likely = ranges.find(({ level }) => level === 80);
  return (
    <div ref={frame} style={{ marginTop: 10 }}>
      <svg width={width} height={86} role="img" aria-label={spoken(estimate)} style={{ display: "block" }}>
        <line x1={8} x2={width - 8} y1={38} y2={38} stroke="var(--line-strong)" />
        {ticks(Math.max(0, low), high, Math.max(2, Math.floor(width / 130))).map((tick) => (
          <g key={tick}>
            <path d={`M${x(tick)} 34v8`} stroke="var(--line-strong)" />
            {!(median_of_type && Math.abs(x(tick) - x(major(median_of_type))) < 24) && (
              <text className="t3" x={x(tick)} y={61} textAnchor={anchor(x(tick), width)}>
                {short(tick, cost.currency)}
              </text>
            )}
          </g>
        ))}
        {wide && <Band from={x(major(wide.low))} to={x(major(wide.high))} opacity={0.16} />}
        {likely && <Band from={x(major(likely.low))} to={x(major(likely.high))} opacity={0.38} />}
        <Dots estimate={estimate} x={x} />
        {median_of_type && <Median at={x(major(median_of_type))} width={width} label={`median of its type ${whole(median_of_type)}`} />}
        <rect x={x(major(cost)) - 1.5} y={28} width={3} height={20} rx={1.5} fill="var(--accent)" />
      </svg>
    </div>
  );
}

function Band({ from, to, opacity }: { from: number; to: number; opacity: number }) {
  return <rect x={from} y={32} width={Math.max(2, to - from)} height={12} rx={6} fill="var(--accent)" opacity={opacity} />;
}

/** Dots that would cover each other stand above each other. */
function Dots({ estimate, x }: { estimate: Estimate; x: (value: number) => number }) {
  const navigate = useNavigate();
  const placed: { at: number; level: number }[] = [];
  return estimate.similar.map((job) => {
    const at = x(major(job.actual));
    const level = placed.filter((other) => Math.abs(other.at - at) < 8).length;
    placed.push({ at, level });
    return (
      <circle
        key={job.job_id}
        cx={at}
        cy={23 - Math.min(level, 2) * 8}
        r={3.4}
        fill="var(--ink-3)"
        style={{ cursor: "pointer" }}
        onClick={() => void navigate({ to: "/jobs", search: { job: job.job_id } })}
      >
        <title>{`${job.number}${job.customer ? `, ${job.customer}` : ""}: ${whole(job.actual)}`}</title>
      </circle>
    );
  });
}

function Median({ at, width, label }: { at: number; width: number; label: string }) {
  return (
    <>
      <path d={`M${at - 5} 55l5-8 5 8z`} fill="var(--ink-2)" />
      <text x={at} y={78} textAnchor={anchor(at, width, 90)}>
        {label}
      </text>
    </>
  );
}

function anchor(at: number, width: number, room = 18): "start" | "middle" | "end" {
  return at < room ? "start" : at > width - room ? "end" : "middle";
}

function spoken({ basis, cost, ranges }: Estimate): string {
  const likely = ranges.find(({ level }) => level === 80);
  return likely ? `Expected ${whole(cost)}, 80 % ${basis === "starter" ? "assumed" : "of such jobs"} between ${whole(likely.low)} and ${whole(likely.high)}` : `Expected ${whole(cost)}`;
}
