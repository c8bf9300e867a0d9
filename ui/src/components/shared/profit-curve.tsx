/** Expected profit over the price: a line, the prices that are as good as the best, the best, and the price of now. */
import { useCallback } from "react";

import type { Money, WinCurve } from "../../api/types";
import { major, short, whole } from "../../lib/money";
import { share } from "../../lib/numbers";
import type { Palette } from "../../lib/theme/tokens";
import { Chart, type ChartOption } from "./chart";

export function ProfitCurve({ curve, price }: { curve: WinCurve; price: Money }) {
  const option = useCallback((p: Palette) => drawing(p, curve, price), [curve, price]);
  return <Chart option={option} height={150} label={`Expected profit over the price; most at ${whole(curve.best.price)}`} testid="profit-curve" />;
}

function drawing(p: Palette, curve: WinCurve, price: Money): ChartOption {
  const { currency } = price;
  const axis = (value: number) => short(value, currency);
  const points = curve.points.map((point) => [major(point.price), major(point.profit), point.chance]);
  const good = points.filter(([at = 0]) => at >= major(curve.from) && at <= major(curve.to));
  return {
    animation: false,
    grid: { left: 4, right: 10, top: 18, bottom: 2, outerBoundsMode: "same" },
    tooltip: { trigger: "axis", confine: true, axisPointer: { lineStyle: { color: p.lineStrong } }, formatter: (items: unknown) => spoken(items, currency) },
    xAxis: { type: "value", min: "dataMin", max: "dataMax", splitNumber: 3, splitLine: { show: false }, axisLabel: { formatter: axis, hideOverlap: true, showMinLabel: false, showMaxLabel: false } },
    yAxis: { type: "value", splitNumber: 3, axisLabel: { formatter: axis } },
    series: [
      { type: "line", symbol: "none", silent: true, data: good, lineStyle: { opacity: 0 }, areaStyle: { color: p.accent, opacity: 0.16 } },
      {
        type: "line",
        symbol: "none",
        data: points,
        lineStyle: { color: p.accent, width: 2.2 },
        markLine: {
          silent: true,
          symbol: "none",
          lineStyle: { color: p.ink2, type: "dashed" },
          label: { formatter: "now", color: p.ink2, fontSize: 11, distance: 3 },
          data: inside(points, major(price)) ? [{ xAxis: major(price) }] : [],
        },
      },
      {
        type: "scatter",
        symbolSize: 9,
        itemStyle: { color: p.surface, borderColor: p.accent, borderWidth: 2.2, opacity: 1 },
        data: [[major(curve.best.price), major(curve.best.profit), curve.best.chance]],
        z: 5,
      },
    ],
  };
}

function inside(points: number[][], price: number): boolean {
  const [first] = points[0] ?? [0];
  const [last] = points.at(-1) ?? [0];
  return first !== undefined && last !== undefined && price >= first && price <= last;
}

function spoken(items: unknown, currency: string): string {
  const first = Array.isArray(items) ? (items as { value: [number, number, number] }[]).at(-1) : undefined;
  if (!first) return "";
  const [price, profit, chance] = first.value;
  const amount = (value: number) => short(Math.round(value), currency);
  return `<b>${amount(price)}</b><br>${share(chance)} win<br>${amount(profit)} on average`;
}
