/** How the model in use does on the jobs since it was trained, beside what its card promised. */
import { Button, Switch } from "@mantine/core";
import { useCallback, useState } from "react";

import { useCommand } from "../../api/commands";
import type { DriverChange, ModelWatch, MonthError, Watching } from "../../api/types";
import { ago, inMonth } from "../../lib/dates";
import { count, fixed, percent, share } from "../../lib/numbers";
import type { Palette } from "../../lib/theme/tokens";
import { Card } from "../shared/card";
import { Chart, type ChartOption } from "../shared/chart";
import { done, failed } from "../shared/notify";
import { Dot, Tag } from "../shared/tag";
import { Why } from "./why";

const touched = ["models", "summary", "estimate"];
/** From here the program trains a challenger. */
const TOO_MUCH = 1.2;
/** Months of fewer jobs say nothing. */
const FEWEST = 3;
/** So many drivers the sentences name. */
const SAID = 3;

export function WatchingCard({ watching, busy }: { watching: Watching; busy: boolean }) {
  const look = useCommand("start_watching", ["tasks"]);
  const { watch } = watching;
  const button = (
    <Button size="compact-xs" loading={look.isPending} disabled={busy} onClick={() => look.mutate({ budget: null }, { onError: failed })}>
      {busy ? "Looking…" : "Look now"}
    </Button>
  );
  return (
    <Card title="Since it was trained" sub={watch ? `looked ${ago(watch.at)}${watching.stale ? ", files were imported since" : ""}` : undefined} right={button}>
      {watch ? <Found watch={watch} /> : <p className="dim">Nobody has looked yet. The model is compared with the actual costs of new jobs after each import, or when you ask.</p>}
      <ByRule on={watching.by_rule} />
    </Card>
  );
}

function Found({ watch }: { watch: ModelWatch }) {
  const worse = watch.ratio !== null && watch.ratio > TOO_MUCH;
  return (
    <div className="stack">
      {watch.proposal && <Proposed watch={watch} />}
      <ErrorChart months={watch.months.filter(({ n }) => n >= FEWEST)} card={watch.card_error} />
      <ul className="watch-words">
        {watch.words.map((words, at) => (
          <li key={words}>
            <Dot tone={at === 0 ? (worse ? "warn" : "good") : "plain"} />
            <span>{words}</span>
          </li>
        ))}
      </ul>
      <Drivers drivers={watch.drivers.filter((driver) => driver.changed)} />
    </div>
  );
}

function Proposed({ watch }: { watch: ModelWatch }) {
  const accept = useCommand("accept_proposal", touched);
  const retire = useCommand("retire_model", touched);
  const [asking, setAsking] = useState(false);
  const { proposal } = watch;
  if (!proposal) return null;
  const { model_id: id, reason } = proposal;
  return (
    <div className="note proposal" data-testid="proposal">
      <div>
        <b>Model {id} can take its place.</b> <span className="ink-2">{reason}</span>
      </div>
      <div className="row">
        <Button variant="filled" loading={accept.isPending} onClick={() => accept.mutate({ id }, { onSuccess: () => done("New estimates rest on it.", `Model ${id} is in use`), onError: failed })}>
          Use model {id}
        </Button>
        <Button onClick={() => setAsking(true)}>No</Button>
      </div>
      <Why
        opened={asking}
        close={() => setAsking(false)}
        title={`Do not use model ${id}?`}
        about="It is retired and not proposed again. You can still promote it by hand."
        placeholder="trained on a month of odd jobs"
        act="Retire it"
        busy={retire.isPending}
        onGiven={(given) => retire.mutate({ id, reason: given }, { onSuccess: () => setAsking(false), onError: failed })}
      />
    </div>
  );
}

function ByRule({ on }: { on: boolean }) {
  const set = useCommand("set_promotion", ["models"]);
  return (
    <Switch
      size="xs"
      mt={12}
      checked={on}
      disabled={set.isPending}
      onChange={(event) => set.mutate({ by_rule: event.currentTarget.checked }, { onError: failed })}
      label="Use a better model without asking"
    />
  );
}

function ErrorChart({ months, card }: { months: MonthError[]; card: number | null }) {
  const option = useCallback((p: Palette) => drawing(p, months, card), [months, card]);
  if (months.length < 2) return null;
  const words = `Median error by month, ${months.map((one) => `${inMonth(one.month)} ${percent(one.median_error)}`).join(", ")}`;
  return <Chart option={option} height={190} label={words} testid="error-chart" />;
}

function drawing(p: Palette, months: MonthError[], card: number | null): ChartOption {
  const of = (tested: boolean) => months.filter((one) => one.tested === tested).map((one) => [one.month, one.median_error]);
  const line = { type: "line" as const, symbol: "circle" as const, symbolSize: 6 };
  const at = (y: number, name: string, type: "solid" | "dashed", position: "insideStartTop" | "insideStartBottom") => ({ yAxis: y, name, lineStyle: { color: p.ink3, type }, label: { position } });
  const promised = card !== null && {
    symbol: "none",
    silent: true,
    label: { formatter: "{b}", color: p.ink3, fontSize: 11, backgroundColor: p.surface, padding: [1, 3], borderRadius: 3 },
    data: [at(card, "its card", "solid", "insideStartBottom"), at(card * TOO_MUCH, "a challenger is trained from here", "dashed", "insideStartTop")],
  };
  const top = Math.max(...months.map((one) => one.median_error), (card ?? 0) * TOO_MUCH);
  return {
    animation: false,
    grid: { left: 8, right: 16, top: 14, bottom: 4, outerBoundsMode: "same" },
    tooltip: { trigger: "axis", confine: true, formatter: (items: unknown) => spoken(items, months) },
    xAxis: { type: "time", axisLabel: { hideOverlap: true } },
    yAxis: { type: "value", min: 0, max: Math.ceil((top * 1.12) / 5) * 5, axisLabel: { formatter: (value: number) => `${value} %` } },
    series: [
      { ...line, name: "on its card", data: of(true), lineStyle: { color: p.ink3, width: 1.5 }, itemStyle: { color: p.ink3 }, ...(promised && { markLine: promised }) },
      { ...line, name: "since", data: of(false), lineStyle: { color: p.accent, width: 2.2 }, itemStyle: { color: p.accent } },
    ],
  };
}

function spoken(items: unknown, months: MonthError[]): string {
  const [first] = Array.isArray(items) ? (items as { value: [string, number] }[]) : [];
  const found = months.filter(({ month }) => month === first?.value[0]);
  return found
    .map((one) => `<b>${inMonth(one.month)}</b>, ${one.tested ? "test of its card" : "since it was trained"}<br>${count(one.n)} jobs, off by ${percent(one.median_error)}<br>80 % range held ${share(one.held_80)}`)
    .join("<br>");
}

function Drivers({ drivers }: { drivers: DriverChange[] }) {
  if (drivers.length <= SAID) return null;
  return (
    <table className="grid">
      <thead>
        <tr>
          <th>Jobs are not what they were</th>
          <th className="num" title="Population stability index: from 0.1 on a change, from 0.25 on a large one">
            PSI
          </th>
          <th className="num" title="Largest distance of the two distributions (Kolmogorov and Smirnov)">
            KS
          </th>
        </tr>
      </thead>
      <tbody>
        {drivers.map((driver) => (
          <tr key={driver.driver}>
            <td>{driver.words}</td>
            <td className="num">{driver.psi >= 0.25 ? <Tag tone="warn">{fixed(driver.psi, 2)}</Tag> : fixed(driver.psi, 2)}</td>
            <td className="num dim">{driver.ks === null ? "–" : fixed(driver.ks, 2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
