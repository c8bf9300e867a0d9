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
import { Chooser } from "../components/forecasts/chooser";
import { FanChart } from "../components/forecasts/fan-chart";
import { FormulaForm } from "../components/forecasts/formula";
import { LeadsCard } from "../components/forecasts/leads";
import { Methods } from "../components/forecasts/methods";
import { Misses } from "../components/forecasts/misses";
import { PassingCard } from "../components/forecasts/passing";
import { Parts } from "../components/forecasts/parts";
import { WhatIf } from "../components/forecasts/what-if";
import { Card } from "../components/shared/card";
import { OddList } from "../components/shared/odd-list";
import { Start } from "../components/shared/start";
import { Shown } from "../components/shared/states";
import { Tag } from "../components/shared/tag";
import { Page } from "../components/shell/page";
import { counted } from "../lib/numbers";
import { periods } from "../lib/periods";
import { methodName, named } from "../lib/words";

const route = getRouteApi("/forecasts");

interface Asked {
  series?: string | undefined;
  horizon?: number;
  view?: "what-if" | undefined;
}

export function Forecasts() {
  const { series: asked, horizon = 12, view } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useSeriesList();
  const name = asked ?? list.data?.[0]?.name ?? null;
  const [listening, setListening] = useState<{ to: string | null; others: string[] }>({ to: null, others: [] });
  const others = listening.to === name ? listening.others : [];
  const query = useForecast(view === "what-if" ? null : name, horizon, others);
  const show = (next: Asked) =>
    void navigate({
      search: (before) => {
        const { series, horizon, view } = { ...before, ...next };
        return { ...(series && { series }), ...(horizon && { horizon }), ...(view && { view }) };
      },
      replace: true,
    });
  const open = view === "what-if" ? undefined : query.data?.series;
  return (
    <Page
      title={view === "what-if" ? "What if" : open ? named(open.label) : "Forecasts"}
      crumb={open && `${open.frequency}, ${counted(open.points.length, "value")}`}
      actions={
        <>
          {open && (
            <>
              <span className="dim">{named(periods[open.frequency].many)} ahead</span>
              <SegmentedControl
                aria-label="How far ahead"
                value={String(horizon)}
                onChange={(chosen) => show({ horizon: Number(chosen) })}
                data={["6", "12", "18", "24"].map((value) => ({ value, label: value }))}
              />
            </>
          )}
          <SegmentedControl aria-label="View" value={view ?? "series"} onChange={(chosen) => show({ view: chosen === "what-if" ? "what-if" : undefined })} data={[{ value: "series", label: "Series" }, { value: "what-if", label: "What if" }]} />
        </>
      }
    >
      <Shown query={list} height={360}>
        {(series) => (series.length === 0 ? <Nothing /> : view === "what-if" ? <WhatIf series={series} /> : <Open series={series} name={name} horizon={horizon} query={query} show={show} others={others} listen={(next) => setListening({ to: name, others: next })} />)}
      </Shown>
    </Page>
  );
}

interface OpenProps {
  series: SeriesInfo[];
  name: string | null;
  horizon: number;
  query: ReturnType<typeof useForecast>;
  show: (next: Asked) => void;
  /** Series that the forecast listens to. */
  others: string[];
  listen: (others: string[]) => void;
}

function Open({ series, name, horizon, query, show, others, listen }: OpenProps) {
  const measures = useMeasures().data ?? [];
  const saved = useSavedSeries().data ?? [];
  const [writing, setWriting] = useState(false);
  return (
    <div className="forecasts">
      <Chooser name={name} series={series} measures={measures} saved={saved} show={(next) => show({ series: next })} write={() => setWriting(true)} />
      <FormulaForm saved={saved.find(({ id }) => name === `saved:${id}`) ?? null} opened={writing} close={() => setWriting(false)} show={(next) => show({ series: next === "" ? undefined : next })} />
      <Shown query={query} height={400}>
        {(found) => <Found found={found} horizon={horizon} others={others} listen={listen} />}
      </Shown>
    </div>
  );
}

interface FoundProps {
  found: Output<"forecast_series">;
  horizon: number;
  others: string[];
  listen: (others: string[]) => void;
}

function Found({ found: { series, forecast, anomalies }, horizon, others, listen }: FoundProps) {
  return (
    <>
      <div className="stack">
        <Card title={`Next ${horizon} ${periods[series.frequency].many}`} sub={forecast.method.split(" + ").map(methodName).join(" + ")} right={<><Tag tone="accent">80 %</Tag><Tag>95 %</Tag></>}>
          <FanChart series={series} forecast={forecast} anomalies={anomalies} />
        </Card>
        <Backtest forecast={forecast} />
        <Parts series={series} components={forecast.components} strength={forecast.season_strength} />
        <Methods methods={forecast.methods} />
      </div>
      <div className="stack">
        <Ahead series={series} forecast={forecast} />
        <PassingCard key={series.name} series={series} horizon={horizon} />
        <Card title="Does not fit" right={anomalies.length > 0 && <Tag tone="warn">{anomalies.length}</Tag>}>
          {anomalies.length === 0 ? <p className="dim">Every value fits what came before it.</p> : <OddList anomalies={anomalies} />}
        </Card>
        <LeadsCard name={series.name} used={others} use={listen} />
        <Misses series={series} past={forecast.past} />
        <Card title="Good to know">
          <div className="stack tight dim">
            {forecast.notes.map((note) => (
              <p key={note}>{named(note)}.</p>
            ))}
            <p>The ranges rest on how past forecasts missed: they assume that nothing breaks with the past.</p>
          </div>
        </Card>
      </div>
    </>
  );
}

function Nothing() {
  return (
    <Start icon={IconTrendingUp} title="No series yet">
      Import your material prices (columns series, month, price, unit) or finished jobs: prices, revenue and hours by month then appear here with where they are going.
    </Start>
  );
}
