import { linear, padded } from "../../lib/scale";
import { useWidth } from "./width";

/** A line of recent values without axes, as wide as its place; its last point is marked. */
export function Sparkline({ values, height = 26 }: { values: number[]; height?: number }) {
  const [frame, width] = useWidth<HTMLDivElement>(130);
  if (values.length < 2) return null;
  const [low, high] = padded(values, 0.08);
  const x = linear(0, values.length - 1, 2, width - 4);
  const y = linear(low, high, height - 2, 2);
  const path = values.map((value, k) => `${k ? "L" : "M"}${x(k).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const last = values.at(-1) ?? 0;
  return (
    <div ref={frame} style={{ height, overflow: "hidden" }}>
      <svg width={width} height={height} aria-hidden style={{ display: "block" }}>
        <path d={path} fill="none" stroke="var(--ink-3)" strokeWidth={1.4} strokeLinejoin="round" />
        <circle cx={x(values.length - 1)} cy={y(last)} r={2.4} fill="var(--accent)" />
      </svg>
    </div>
  );
}
