/** The history in parts, under each other on one time axis: trend, season and what neither explains. */
import { useCallback } from "react";

import type { ComponentPoint, Series } from "../../api/types";
import { compact, share, symbolOf } from "../../lib/numbers";
import type { Palette } from "../../lib/theme/tokens";
import { Card } from "../shared/card";
import { Chart, type ChartOption } from "../shared/chart";

interface PartsProps {
  series: Series;
  components: ComponentPoint[];
  strength: number | null;
}

export function Parts({ series, components, strength }: PartsProps) {
  const option = useCallback((p: Palette) => drawing(p, series, components), [series, components]);
  if (components.length === 0) return null;
  return (
    <Card title="What it is made of" sub={strength === null ? "too short to tell a season" : `the season is ${share(strength)} of what is not trend`}>
      <Chart option={option} height="330px" label={`${series.label}: trend, season and the rest`} />
    </Card>
  );
}

const rows = [
  { name: "Trend", of: "trend" },
  { name: "Season", of: "season" },
  { name: "The rest", of: "remainder" },
] as const;

function drawing(p: Palette, series: Series, components: ComponentPoint[]): ChartOption {
  const symbol = symbolOf(series.unit);
  const amount = (value: number) => `${value < 0 ? "−" : ""}${symbol}${compact(Math.abs(value))}`;
  const bar = (of: string) => of === "remainder";
  return {
    animation: false,
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    tooltip: { trigger: "axis", confine: true, valueFormatter: (value: unknown) => (typeof value === "number" ? amount(value) : "") },
    grid: rows.map((_, at) => ({ left: 62, right: 20, top: 14 + at * 104, height: 78 })),
    xAxis: rows.map((_, at) => ({ type: "time" as const, gridIndex: at, axisLabel: { show: at === 2, hideOverlap: true }, axisTick: { show: at === 2 } })),
    yAxis: rows.map(({ name }, at) => ({ type: "value" as const, gridIndex: at, scale: at === 0, splitNumber: 2, name, nameTextStyle: { color: p.ink2, align: "left" as const, padding: [0, 0, 0, 8] }, nameGap: 4, axisLabel: { formatter: amount } })),
    series: rows.map(({ name, of }, at) => ({
      name,
      type: bar(of) ? ("bar" as const) : ("line" as const),
      symbol: "none",
      xAxisIndex: at,
      yAxisIndex: at,
      data: components.map((point) => [point.ds, point[of]]),
      lineStyle: { color: of === "trend" ? p.accent : p.ink2, width: of === "trend" ? 2 : 1.4 },
      itemStyle: { color: bar(of) ? p.ink3 : of === "trend" ? p.accent : p.ink2 },
    })),
  };
}
