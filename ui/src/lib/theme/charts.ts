/** What every chart has in common, made from the tokens: type, axes, tooltip. Charts take their colours from the palette only. */
import type { Palette } from "./tokens";
import { shape } from "./tokens";

export function chartTheme(p: Palette) {
  const axis = {
    axisLine: { lineStyle: { color: p.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: p.ink3, fontSize: 11 },
    splitLine: { lineStyle: { color: p.line } },
    nameTextStyle: { color: p.ink3, fontSize: 11 },
  };
  return {
    backgroundColor: "transparent",
    textStyle: { fontFamily: shape.font, fontSize: 11.5, color: p.ink2 },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    logAxis: { ...axis, axisLine: { show: false } },
    timeAxis: { ...axis, splitLine: { show: false } },
    tooltip: {
      backgroundColor: p.surface,
      borderColor: p.lineStrong,
      textStyle: { color: p.ink, fontSize: 12, fontFamily: shape.font },
      extraCssText: "max-width: 340px; white-space: normal; border-radius: 6px; box-shadow: 0 4px 16px rgba(0, 0, 0, .14)",
    },
  };
}
