/** An ECharts drawing in the colours of the current theme. Only the parts of ECharts that are used here are bundled. */
import { useComputedColorScheme } from "@mantine/core";
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use as register } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef, useState } from "react";

import { chartTheme } from "../../lib/theme/charts";
import { type Palette, palettes } from "../../lib/theme/tokens";

register([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, LabelLayout, SVGRenderer]);

export type ChartOption = Parameters<EChartsType["setOption"]>[0];

interface ChartProps {
  /** Makes the drawing from the palette; called again when the theme changes. */
  option: (palette: Palette) => ChartOption;
  /** Pixels, or a length of CSS. */
  height: number | string;
  /** What the drawing shows, for those who cannot see it. */
  label: string;
  onPick?: (name: string) => void;
  testid?: string;
}

export function Chart({ option, height, label, onPick, testid }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const scheme = useComputedColorScheme("light");

  useEffect(() => {
    if (!frame.current) return;
    const made = init(frame.current, chartTheme(palettes[scheme]), { renderer: "svg" });
    setChart(made);
    const watching = new ResizeObserver(() => made.resize());
    watching.observe(frame.current);
    return () => {
      watching.disconnect();
      made.dispose();
    };
  }, [scheme]);

  useEffect(() => {
    if (chart && !chart.isDisposed()) chart.setOption(option(palettes[scheme]), { notMerge: true });
  }, [chart, option, scheme]);

  useEffect(() => {
    if (!chart || !onPick) return;
    const pick = ({ name }: { name: string }) => onPick(name);
    chart.on("click", pick);
    return () => void (chart.isDisposed() || chart.off("click", pick));
  }, [chart, onPick]);

  return <div ref={frame} style={{ height, width: "100%" }} role="img" aria-label={label} data-testid={testid} />;
}
