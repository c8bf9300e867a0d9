/** Estimated against actual cost of every finished job; those that do not fit are marked and lead to the job. */
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

import type { Job, JobAnomaly } from "../../api/types";
import { major, short, whole } from "../../lib/money";
import type { Palette } from "../../lib/theme/tokens";
import { Chart, type ChartOption } from "../shared/chart";

interface Dot {
  name: string;
  value: [number, number];
  title: string;
}

export function Scatter({ jobs, strange }: { jobs: Job[]; strange: JobAnomaly[] }) {
  const navigate = useNavigate();
  const option = useCallback((p: Palette) => drawing(p, jobs, strange), [jobs, strange]);
  const comparable = useMemo(() => jobs.some((job) => dot(job).length > 0), [jobs]);
  const open = useCallback((name: string) => void navigate({ to: "/jobs", search: { job: Number(name) } }), [navigate]);
  if (!comparable) return <p className="dim">No finished job has both an estimate and an actual cost yet. Import the quotes or work orders that have the estimates.</p>;
  return <Chart option={option} height="clamp(280px, 36vh, 440px)" label="Estimated against actual cost of finished jobs, strange ones marked" onPick={open} />;
}

function drawing(p: Palette, jobs: Job[], strange: JobAnomaly[]): ChartOption {
  const marked = new Map(strange.map((one) => [one.job_id, one]));
  const dots = jobs.flatMap(dot);
  const currency = jobs[0]?.actual.total?.currency ?? "USD";
  const amounts = dots.flatMap(({ value }) => value);
  const [low, high] = [Math.min(...amounts) * 0.75, Math.max(...amounts) * 1.3];
  const axis = { type: "log" as const, min: low, max: high, axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: (value: number) => short(value, currency) }, nameLocation: "middle" as const };
  const severe = (one: Dot) => (marked.get(Number(one.name))?.anomaly.severity === "high" ? p.bad : p.warn);
  return {
    animation: false,
    grid: { left: 4, right: 20, top: 14, bottom: 0, outerBoundsMode: "same" },
    tooltip: { trigger: "item", confine: true, formatter: (item: unknown) => (item as { data: Dot }).data.title },
    xAxis: { ...axis, name: "estimated", nameGap: 24 },
    yAxis: { ...axis, name: "actual", nameGap: 44, splitLine: { lineStyle: { color: p.line } } },
    series: [
      { type: "line", symbol: "none", silent: true, data: [[low, low], [high, high]], lineStyle: { color: p.lineStrong, type: "dashed", width: 1 } },
      { type: "scatter", symbolSize: 4, data: dots.filter(({ name }) => !marked.has(Number(name))), itemStyle: { color: p.ink3, opacity: 0.45 } },
      {
        type: "scatter",
        symbolSize: 9,
        data: dots.filter(({ name }) => marked.has(Number(name))).map((one) => ({ ...one, itemStyle: { color: p.surface, borderColor: severe(one), borderWidth: 2 } })),
        z: 5,
      },
    ],
  };
}

function dot(job: Job): Dot[] {
  const { estimated_cost, actual } = job;
  if (!estimated_cost || !actual.total || estimated_cost.minor <= 0 || actual.total.minor <= 0) return [];
  const name = job.work_order ?? job.quote_number ?? "";
  const title = `<b>${escaped(name)}</b> ${escaped(job.customer ?? "")}<br>estimated ${whole(estimated_cost)}<br>actual ${whole(actual.total)}`;
  return [{ name: String(job.id), value: [major(estimated_cost), major(actual.total)], title }];
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
