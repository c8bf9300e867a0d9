import "../components/forecasts/forecasts.css";

import { SegmentedControl } from "@mantine/core";
import { IconTrendingUp } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";

import { useForecast, useMeasures, useSavedSeries, useSeriesList } from "../api/queries";
import type { Output } from "../api/transport";
import type { SeriesInfo } from "../api/types";
import { Ahead } from "../components/forecasts/ahead";
import { Backtest } from "../components/forecasts/backtest";
import { FormulaForm } from "../components/forecasts/formula";
import { beginning, Shape } from "../components/forecasts/shape";
import { FanChart } from "../components/forecasts/fan-chart";
import { Card } from "../components/shared/card";
import { OddList } from "../components/shared/odd-list";
import { Start } from "../components/shared/start";
import { Shown } from "../components/shared/states";
import { Tag } from "../components/shared/tag";
import { Page } from "../components/shell/page";
import { counted } from "../lib/numbers";
import { parsed } from "../lib/series-name";
import { methodName, named } from "../lib/words";

const route = getRouteApi("/forecasts");

export function Forecasts() {
  const { series: asked, horizon = 12 } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useSeriesList();
  const name = asked ?? list.data?.[0]?.name ?? null;
  const query = useForecast(name, horizon);
  const entry = query.data?.series ?? list.data?.find((one) => one.name === name);
  const show = (next: { series?: string; horizon?: number }) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <Page
      title={entry ? named(entry.label) : "Forecasts"}
      crumb={entry && `${entry.frequency}, ${counted(typeof entry.points === "number" ? entry.points : entry.points.length, "value")}`}
      actions={
        entry && (
          <>
            <span className="dim">{named(periods[entry.frequency])} ahead</span>
            <SegmentedControl
              aria-label="How far ahead"
              value={String(horizon)}
              onChange={(chosen) => show({ horizon: Number(chosen) })}
              data={["6", "12", "18", "24"].map((value) => ({ value, label: value }))}
            />
          </>
        )
      }
    >
      <Shown query={list} height={360}>
        {(series) => (series.length === 0 ? <Nothing /> : <Open series={series} name={name} horizon={horizon} query={query} show={show} />)}
      </Shown>
    </Page>
  );
}

interface OpenProps {
  series: SeriesInfo[];
  name: string | null;
  horizon: number;
  query: ReturnType<typeof useForecast>;
  show: (next: { series?: string }) => void;
}

function Open({ series, name, horizon, query, show }: OpenProps) {
  const measures = useMeasures().data ?? [];
  const saved = useSavedSeries().data ?? [];
  const [writing, setWriting] = useState(false);
  const measure = name === null ? null : parsed(name)?.measure;
  const chosen = saved.find(({ id }) => name === `saved:${id}`) ?? null;
  const chips = [
    ...series.map(({ name: of, label }) => ({ of, label, on: of === name || of === measure })),
    ...measures.filter((one) => one.split_only && one.by.length > 0).map((one) => ({ of: beginning(one), label: splitLabel[one.name] ?? one.label, on: one.name === measure })),
  ];
  return (
    <div className="forecasts">
      <div className="chips" role="group" aria-label="Series">
        {chips.map(({ of, label, on }) => (
          <button key={of} type="button" className={on ? "chip on" : "chip"} aria-pressed={on} onClick={() => show({ series: of })}>
            {named(label)}
          </button>
        ))}
        <button type="button" className="chip more" onClick={() => setWriting(true)}>
          {chosen ? "Change the formula…" : "Formula…"}
        </button>
      </div>
      {name !== null && <Shape name={name} measures={measures} show={(next) => show({ series: next })} />}
      <FormulaForm saved={chosen} opened={writing} close={() => setWriting(false)} show={(next) => show({ series: next === "" ? undefined : next })} />
      <Shown query={query} height={400}>
        {(found) => <Found found={found} horizon={horizon} />}
      </Shown>
    </div>
  );
}

function Found({ found: { series, forecast, anomalies }, horizon }: { found: Output<"forecast_series">; horizon: number }) {
  return (
    <>
      <div className="stack">
        <Card title={`Next ${horizon} ${periods[series.frequency]}`} sub={forecast.method.split(" + ").map(methodName).join(" + ")} right={<><Tag tone="accent">80 %</Tag><Tag>95 %</Tag></>}>
          <FanChart series={series} forecast={forecast} anomalies={anomalies} />
        </Card>
        <Backtest forecast={forecast} />
      </div>
      <div className="stack">
        <Ahead series={series} forecast={forecast} />
        <Card title="Does not fit" right={anomalies.length > 0 && <Tag tone="warn">{anomalies.length}</Tag>}>
          {anomalies.length === 0 ? <p className="dim">Every value fits what came before it.</p> : <OddList anomalies={anomalies} />}
        </Card>
        {forecast.notes.length > 0 && (
          <Card title="Good to know">
            <div className="stack tight dim">
              {forecast.notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
            </div>
          </Card>
        )}
      </div>
    </>
  );
}

/** Measures of one level of a column only. */
const splitLabel: Record<string, string> = { code_hours: "Hours by work code", code_rate: "Rate by work code", code_overrun: "Overrun by work code", material_price: "Price paid by material" };

const periods: Record<SeriesInfo["frequency"], string> = { daily: "days", weekly: "weeks", monthly: "months", quarterly: "quarters", yearly: "years" };

function Nothing() {
  return (
    <Start icon={IconTrendingUp} title="No series yet">
      Import your material prices (columns series, month, price, unit) or finished jobs: prices, revenue and hours by month then appear here with where they are going.
    </Start>
  );
}
