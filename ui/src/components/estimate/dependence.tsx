/** The cost of this job over one driver, all else as it is; a click on a value takes it over into the form. */
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useCallback } from "react";

import { useDependence } from "../../api/queries";
import type { Dependence as Found, DependencePoint, DriverValue, Estimate, Specification } from "../../api/types";
import { major, short, signed, whole } from "../../lib/money";
import type { Palette } from "../../lib/theme/tokens";
import { Card } from "../shared/card";
import { Chart, type ChartOption } from "../shared/chart";
import { Loading, Problem } from "../shared/states";
import { Tag } from "../shared/tag";

interface DependenceProps {
  driver: string;
  specification: Specification;
  quotedOn: string;
  estimate: Estimate;
  set: (driver: string, value: DriverValue) => void;
  close: () => void;
}

export function Dependence({ driver, specification, quotedOn, estimate, set, close }: DependenceProps) {
  const found = useDependence(specification, quotedOn, driver);
  const label = found.data?.label.toLowerCase() ?? "";
  return (
    <Card
      title={label ? `Cost over ${label}` : "Cost over one driver"}
      sub="all else as it is; click a value to take it over"
      right={
        <ActionIcon variant="subtle" size="sm" aria-label="Close" onClick={close}>
          <IconX size={14} />
        </ActionIcon>
      }
    >
      {found.error ? <Problem error={found.error} /> : found.data ? <Shown found={found.data} specification={specification} estimate={estimate} set={set} /> : <Loading height={160} />}
    </Card>
  );
}

type ShownProps = Pick<DependenceProps, "specification" | "estimate" | "set"> & { found: Found };

function Shown({ found, specification, estimate, set }: ShownProps) {
  if (found.points.length === 0) return <p className="dim">Too few finished jobs of this type say what it was.</p>;
  const now = specification[found.driver];
  return typeof found.points[0]?.value === "number" ? <Line found={found} now={now} set={set} /> : <Choices found={found} now={now} estimate={estimate} set={set} />;
}

function Line({ found, now, set }: { found: Found; now: DriverValue | undefined; set: DependenceProps["set"] }) {
  const option = useCallback((p: Palette) => drawing(p, found, now), [found, now]);
  const pick = useCallback((name: string) => set(found.driver, Number(name)), [set, found.driver]);
  return <Chart option={option} height={170} onPick={pick} label={`Cost over ${found.label}, from ${found.points[0]?.label} to ${found.points.at(-1)?.label}`} testid="dependence-chart" />;
}

function drawing(p: Palette, { points, unit }: Found, now: DriverValue | undefined): ChartOption {
  const currency = points[0]?.cost.currency ?? "USD";
  return {
    animation: false,
    grid: { left: 8, right: 16, top: 16, bottom: 4, outerBoundsMode: "same" },
    tooltip: { trigger: "item", confine: true, formatter: (item: unknown) => spoken(points, item) },
    xAxis: { type: "value", scale: true, min: "dataMin", max: "dataMax", axisLabel: { formatter: (value: number) => (unit ? `${value} ${unit}` : `${value}`), hideOverlap: true } },
    yAxis: { type: "value", scale: true, splitNumber: 3, axisLabel: { formatter: (value: number) => short(value, currency) } },
    series: [
      {
        type: "line",
        symbolSize: 7,
        lineStyle: { color: p.accent, width: 2 },
        itemStyle: { color: p.accent },
        data: points.map(({ value, cost }) => ({ name: String(value), value: [value, major(cost)] })),
        markLine: typeof now === "number" ? { symbol: "none", silent: true, lineStyle: { color: p.lineStrong, type: "dashed" }, label: { formatter: "now", color: p.ink3, fontSize: 11 }, data: [{ xAxis: now }] } : undefined,
      },
    ],
  };
}

function spoken(points: DependencePoint[], item: unknown): string {
  const at = (item as { dataIndex: number }).dataIndex;
  const point = points[at];
  return point ? `${point.label}<br><b>${whole(point.cost)}</b>` : "";
}

function Choices({ found, now, estimate, set }: { found: Found; now: DriverValue | undefined; estimate: Estimate; set: DependenceProps["set"] }) {
  return (
    <>
      {found.points.map(({ value, label, cost }) => (
        <button key={label} type="button" className="what-if" disabled={value === now} onClick={() => set(found.driver, value)}>
          <span className="grow">{label}</span>
          {value === now ? <Tag>now</Tag> : <Tag tone={cost.minor > estimate.cost.minor ? "up" : "good"}>{signed({ ...cost, minor: cost.minor - estimate.cost.minor })}</Tag>}
        </button>
      ))}
    </>
  );
}
