import "../components/anomalies/anomalies.css";

import { Button, SegmentedControl, Switch } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";

import { useCommand } from "../api/commands";
import { useAnomalies, useCompletedJobs, useSeriesList, useSummary, useTasks } from "../api/queries";
import type { Output } from "../api/transport";
import type { AnomalySeverity, AnomalyStanding, SeriesFinding } from "../api/types";
import { Causes } from "../components/anomalies/causes";
import { Judge } from "../components/anomalies/judge";
import { JobAnomalies } from "../components/anomalies/job-anomalies";
import { Scatter } from "../components/anomalies/scatter";
import { Card } from "../components/shared/card";
import { failed } from "../components/shared/notify";
import { OddList } from "../components/shared/odd-list";
import { Start } from "../components/shared/start";
import { Empty, Shown } from "../components/shared/states";
import { Tag } from "../components/shared/tag";
import { Page } from "../components/shell/page";
import { TaskProgress } from "../components/shell/tasks";
import { counted } from "../lib/numbers";
import { named, severity } from "../lib/words";

const route = getRouteApi("/anomalies");

export function Anomalies() {
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const currency = useSummary().data?.currency ?? "USD";
  const found = useAnomalies();
  const [least, setLeast] = useState<AnomalySeverity>("low");
  const [judged, setJudged] = useState(false);
  const data = found.data?.found;
  const open = data && { jobs: data.jobs.filter(isOpen).length, series: data.series.filter(isOpen).length };
  const closed = data && open ? data.jobs.length + data.series.length - open.jobs - open.series : 0;
  return (
    <Page
      title="Anomalies"
      crumb={open && open.jobs + open.series > 0 && `${counted(open.jobs, "job")} and ${counted(open.series, "value")} of series that do not fit`}
      actions={
        <>
          {view !== "causes" && (
            <>
              {closed > 0 && <Switch label={counted(closed, "judged one", "judged ones")} checked={judged} onChange={(event) => setJudged(event.currentTarget.checked)} />}
              <SegmentedControl
                aria-label="Least severity"
                value={least}
                onChange={(chosen) => setLeast(chosen as AnomalySeverity)}
                data={[{ value: "low", label: "All" }, { value: "medium", label: "Medium and high" }, { value: "high", label: "High" }]}
              />
            </>
          )}
          <SegmentedControl aria-label="View" value={view ?? "findings"} onChange={(next) => void navigate({ search: next === "causes" ? { view: "causes" } : {}, replace: true })} data={[{ value: "findings", label: "What" }, { value: "causes", label: "Why" }]} />
        </>
      }
    >
      {view === "causes" ? (
        <Causes currency={currency} />
      ) : (
        <Shown query={found} height={420}>
          {(known) => (known.found ? <Found all={known.found} least={least} judged={judged} /> : <Awaited task={known.task_id} />)}
        </Shown>
      )}
    </Page>
  );
}

const isOpen = ({ standing }: { standing: AnomalyStanding | null }) => !standing || (standing.verdict === null && standing.set_aside === null);

const rank: Record<AnomalySeverity, number> = { low: 0, medium: 1, high: 2 };

function Found({ all, least, judged }: { all: NonNullable<Output<"anomalies_so_far">["found"]>; least: AnomalySeverity; judged: boolean }) {
  const completed = useCompletedJobs();
  const list = useSeriesList();
  if (completed.data?.total === 0 && list.data?.length === 0) return <Nothing />;
  const jobs = all.jobs.filter((one) => rank[one.anomaly.severity] >= rank[least] && (judged || isOpen(one)));
  const series = all.series.filter((one) => rank[one.severity] >= rank[least] && (judged || isOpen(one)));
  return (
    <div className="anomalies">
      <div className="stack">
        <Card title="Estimated against actual" sub="each dot a finished job; ringed ones do not fit, click for the job">
          <Shown query={completed} height={300}>
            {(page) => (page.jobs.length > 0 ? <Scatter jobs={page.jobs} strange={jobs} /> : <p className="dim">No finished jobs yet.</p>)}
          </Shown>
        </Card>
        <Card title="Jobs" right={jobs.length > 0 && <Tag tone={severity[least].tone}>{jobs.length}</Tag>} flush>
          {jobs.length > 0 ? (
            <JobAnomalies jobs={jobs} />
          ) : (
            <Empty icon={IconCircleCheck} title="Every job fits">
              Nothing of this severity among your jobs. New ones are looked at with every import.
            </Empty>
          )}
        </Card>
      </div>
      <BySeries anomalies={series} />
    </div>
  );
}

/** They are being looked for, or that was cancelled. */
function Awaited({ task }: { task: number | null }) {
  const tasks = useTasks().data ?? [];
  const start = useCommand("start_finding_anomalies", ["anomalies", "tasks"]);
  const running = tasks.find(({ id, state }) => id === task && state === "running");
  if (running) {
    return (
      <Card title="Looking through the finished jobs" sub="the rest of the program can be used meanwhile">
        <TaskProgress task={running} />
      </Card>
    );
  }
  return (
    <Card title="Anomalies">
      <Empty
        icon={IconAlertTriangle}
        title="Not looked through yet"
        action={
          <Button loading={start.isPending} onClick={() => start.mutate({}, { onError: failed })}>
            Look for what does not fit
          </Button>
        }
      >
        Every finished job is compared with others of its type, and every month with those before it.
      </Empty>
    </Card>
  );
}

function Nothing() {
  return (
    <Start icon={IconAlertTriangle} title="Nothing to look through yet">
      Import finished jobs or material prices: slipped decimals, swapped columns, doubles and months that do not fit then appear here, each with why and the likely right value.
    </Start>
  );
}

const judging = ({ standing }: SeriesFinding) => <Judge standing={standing} />;

function BySeries({ anomalies }: { anomalies: SeriesFinding[] }) {
  const list = useSeriesList().data;
  const names = [...new Set(anomalies.map(({ series }) => series))];
  if (names.length === 0) return <Card title="Series"><p className="dim">Every value of every series fits what came before it.</p></Card>;
  return (
    <div className="stack">
      {names.map((name) => (
        <Card key={name} title={named(list?.find((one) => one.name === name)?.label ?? name)} right={<Link to="/forecasts" search={{ series: name }}>Forecast</Link>}>
          <OddList anomalies={anomalies.filter(({ series }) => series === name)} after={judging} />
        </Card>
      ))}
    </div>
  );
}
