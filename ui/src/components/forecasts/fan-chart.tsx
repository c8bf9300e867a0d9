/** The past as a line, the future as a fan of 80 and 95 %, and what did not fit as marked points. */
import { useCallback } from "react";

import type { Forecast, Series, SeriesAnomaly } from "../../api/types";
import { inPeriod } from "../../lib/dates";
import { compact, inUnit, symbolOf } from "../../lib/numbers";
import type { Palette } from "../../lib/theme/tokens";
import { strongest } from "../../lib/strongest";
import { anomalyKind } from "../../lib/words";
import { Chart, type ChartOption } from "../shared/chart";

interface FanChartProps {
  series: Series;
  forecast: Forecast;
  anomalies: SeriesAnomaly[];
}

export function FanChart({ series, forecast, anomalies }: FanChartProps) {
  const option = useCallback((p: Palette) => drawing(p, series, forecast, anomalies), [series, forecast, anomalies]);
  return <Chart option={option} height="clamp(320px, 44vh, 560px)" label={`${series.label}: past values and forecast with 80 and 95 % ranges`} testid="forecast-chart" />;
}

function drawing(p: Palette, series: Series, forecast: Forecast, anomalies: SeriesAnomaly[]): ChartOption {
  const last = series.points.at(-1);
  const past = series.points.map(({ ds, y }) => [ds, y]);
  const joined = last ? [{ ds: last.ds, yhat: last.y, lo_80: last.y, hi_80: last.y, lo_95: last.y, hi_95: last.y }, ...forecast.points] : forecast.points;
  const line = { type: "line" as const, symbol: "none" as const, silent: true };
  const band = (name: string, low: "lo_80" | "lo_95", high: "hi_80" | "hi_95", opacity: number) => [
    { ...line, name: `${name} low`, stack: name, stackStrategy: "all" as const, lineStyle: { opacity: 0 }, data: joined.map((point) => [point.ds, point[low]]) },
    { ...line, name: `${name} width`, stack: name, stackStrategy: "all" as const, lineStyle: { opacity: 0 }, areaStyle: { color: p.accent, opacity }, data: joined.map((point) => [point.ds, point[high] - point[low]]) },
  ];
  return {
    animation: false,
    grid: { left: 8, right: 20, top: 22, bottom: 6, outerBoundsMode: "same" },
    tooltip: { trigger: "axis", confine: true, axisPointer: { lineStyle: { color: p.lineStrong } }, formatter: (items: unknown) => spoken(items, series, forecast, anomalies) },
    xAxis: { type: "time", axisLabel: { hideOverlap: true } },
    yAxis: { type: "value", scale: true, axisLabel: { formatter: (value: number) => `${symbolOf(series.unit)}${compact(value)}` } },
    series: [
      ...band("95 %", "lo_95", "hi_95", 0.14),
      ...band("80 %", "lo_80", "hi_80", 0.22),
      { ...line, name: series.label, data: past, lineStyle: { color: p.ink2, width: 1.5 }, markLine: last && today(p, last.ds) },
      { ...line, name: "Forecast", data: joined.map(({ ds, yhat }) => [ds, yhat]), lineStyle: { color: p.accent, width: 2.2 } },
      { type: "scatter", name: "Filled", symbol: "emptyCircle", symbolSize: 6, silent: true, data: filled(series, forecast), itemStyle: { color: p.ink3 }, z: 4 },
      { type: "scatter", name: "Does not fit", symbolSize: 9, data: marks(p, series, anomalies), labelLayout: { hideOverlap: true }, z: 5 },
    ],
  };
}

/** Periods without a value, on the line between their neighbours. */
function filled(series: Series, forecast: Forecast): [string, number][] {
  return forecast.repaired.flatMap((ds) => {
    const before = series.points.findLast((point) => point.ds < ds);
    const after = series.points.find((point) => point.ds > ds);
    if (!before || !after) return [];
    const [from, to, at] = [before.ds, after.ds, ds].map((day) => Date.parse(day));
    const share = from !== undefined && to !== undefined && at !== undefined && to > from ? (at - from) / (to - from) : 0;
    return [[ds, before.y + share * (after.y - before.y)] as [string, number]];
  });
}

function today(p: Palette, ds: string) {
  return {
    symbol: "none",
    silent: true,
    lineStyle: { color: p.lineStrong, type: "dashed" as const },
    label: { formatter: "last value", color: p.ink3, fontSize: 11, position: "end" as const, distance: 4 },
    data: [{ xAxis: ds }],
  };
}

/** One mark for each point, named after the strongest of what does not fit there; the list beside the chart has them all. */
function marks(p: Palette, series: Series, anomalies: SeriesAnomaly[]) {
  const pointOf = (one: SeriesAnomaly) => series.points.find(({ ds }) => ds >= one.start);
  const marked = strongest(anomalies, (one) => pointOf(one)?.ds ?? "");
  return marked.flatMap((one) => {
    const point = pointOf(one);
    if (!point) return [];
    const colour = one.severity === "high" ? p.bad : p.warn;
    return [
      {
        value: [point.ds, point.y],
        itemStyle: { color: p.surface, borderColor: colour, borderWidth: 2, opacity: 1 },
        label: { show: marked.length <= 8, formatter: anomalyKind[one.kind].toLowerCase(), position: point.y < one.expected ? ("bottom" as const) : ("top" as const), distance: 7, color: p.ink, fontSize: 11, backgroundColor: p.surface, borderRadius: 3, padding: [1, 4] },
      },
    ];
  });
}

function spoken(items: unknown, series: Series, forecast: Forecast, anomalies: SeriesAnomaly[]): string {
  const [first] = Array.isArray(items) ? (items as { value: [string, number] }[]) : [];
  if (!first) return "";
  const ds = first.value[0].slice(0, 10);
  const point = series.points.find((one) => one.ds === ds);
  const ahead = forecast.points.find((one) => one.ds === ds);
  const odd = anomalies.filter((one) => one.start <= ds && ds <= one.end);
  const rows = [
    `<b>${inPeriod(ds, series.frequency)}</b>`,
    point && inUnit(point.y, series.unit),
    ahead && `${inUnit(ahead.yhat, series.unit)} expected<br>80 %: ${compact(ahead.lo_80)} – ${compact(ahead.hi_80)}<br>95 %: ${compact(ahead.lo_95)} – ${compact(ahead.hi_95)}`,
    ...odd.map(({ explanation }) => escaped(explanation)),
  ];
  return rows.filter(Boolean).join("<br>");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
