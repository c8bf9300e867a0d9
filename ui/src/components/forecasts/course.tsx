/** A course as forecast and as assumed, side by side in one small chart. */
import { useCallback } from "react";

import { compact } from "../../lib/numbers";
import type { Palette } from "../../lib/theme/tokens";
import { Chart, type ChartOption } from "../shared/chart";

type Line = [string, number][];

interface CourseProps {
  label: string;
  past: Line;
  forecast: Line;
  assumed: Line;
  /** Drawn thin and dashed, such as what can be worked. */
  limit?: Line;
  symbol: string;
}

export function Course({ label, past, forecast, assumed, limit, symbol }: CourseProps) {
  const option = useCallback((p: Palette) => drawing(p, { past, forecast, assumed, limit, symbol }), [past, forecast, assumed, limit, symbol]);
  return <Chart option={option} height="190px" label={label} />;
}

function drawing(p: Palette, { past, forecast, assumed, limit, symbol }: Omit<CourseProps, "label">): ChartOption {
  const line = { type: "line" as const, symbol: "none" as const };
  const last = past.at(-1);
  const joined = (to: Line) => (last ? [last, ...to] : to);
  return {
    animation: false,
    grid: { left: 4, right: 12, top: 10, bottom: 4, outerBoundsMode: "same" },
    tooltip: { trigger: "axis", confine: true, valueFormatter: (value: unknown) => (typeof value === "number" ? `${symbol}${compact(value)}` : "") },
    xAxis: { type: "time", axisLabel: { hideOverlap: true } },
    yAxis: { type: "value", scale: true, splitNumber: 3, axisLabel: { formatter: (value: number) => `${symbol}${compact(value)}` } },
    series: [
      { ...line, name: "until now", data: past, lineStyle: { color: p.ink2, width: 1.5 }, itemStyle: { color: p.ink2 } },
      { ...line, name: "as forecast", data: joined(forecast), lineStyle: { color: p.ink3, width: 1.5, type: "dashed" }, itemStyle: { color: p.ink3 } },
      { ...line, name: "as assumed", data: joined(assumed), lineStyle: { color: p.accent, width: 2.2 }, itemStyle: { color: p.accent } },
      ...(limit ? [{ ...line, name: "can be worked", data: limit, lineStyle: { color: p.warn, width: 1, type: "dotted" as const }, itemStyle: { color: p.warn } }] : []),
    ],
  };
}
