import "../components/anomalies/anomalies.css";

import { SegmentedControl } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { useAnomalies, useCompletedJobs, useSeriesList } from "../api/queries";
import type { Output } from "../api/transport";
import type { AnomalySeverity, SeriesAnomaly } from "../api/types";
import { JobAnomalies } from "../components/anomalies/job-anomalies";
import { Scatter } from "../components/anomalies/scatter";
import { Card } from "../components/shared/card";
import { OddList } from "../components/shared/odd-list";
import { Start } from "../components/shared/start";
import { Empty, Shown } from "../components/shared/states";
import { Tag } from "../components/shared/tag";
import { Page } from "../components/shell/page";
import { counted } from "../lib/numbers";
import { named, severity } from "../lib/words";

export function Anomalies() {
  const found = useAnomalies();
  const [least, setLeast] = useState<AnomalySeverity>("low");
  const data = found.data;
  return (
    <Page
      title="Anomalies"
      crumb={data && data.jobs.length + data.series.length > 0 && `${counted(data.jobs.length, "job")} and ${counted(data.series.length, "value")} of series that do not fit`}
      actions={
        <SegmentedControl
          aria-label="Least severity"
          value={least}
          onChange={(chosen) => setLeast(chosen as AnomalySeverity)}
          data={[{ value: "low", label: "All" }, { value: "medium", label: "Medium and high" }, { value: "high", label: "High" }]}
        />
      }
    >
      <Shown query={found} height={420}>
        {(all) => <Found all={all} least={least} />}
      </Shown>
    </Page>
  );
}

const rank: Record<AnomalySeverity, number> = { low: 0, medium: 1, high: 2 };

function Found({ all, least }: { all: Output<"find_anomalies">; least: AnomalySeverity }) {
  const completed = useCompletedJobs();
  const list = useSeriesList();
  if (completed.data?.total === 0 && list.data?.length === 0) return <Nothing />;
  const jobs = all.jobs.filter(({ anomaly }) => rank[anomaly.severity] >= rank[least]);
  const series = all.series.filter((one) => rank[one.severity] >= rank[least]);
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

function Nothing() {
  return (
    <Start icon={IconAlertTriangle} title="Nothing to look through yet">
      Import finished jobs or material prices: slipped decimals, swapped columns, doubles and months that do not fit then appear here, each with why and the likely right value.
    </Start>
  );
}

function BySeries({ anomalies }: { anomalies: SeriesAnomaly[] }) {
  const list = useSeriesList().data;
  const names = [...new Set(anomalies.map(({ series }) => series))];
  if (names.length === 0) return <Card title="Series"><p className="dim">Every value of every series fits what came before it.</p></Card>;
  return (
    <div className="stack">
      {names.map((name) => (
        <Card key={name} title={named(list?.find((one) => one.name === name)?.label ?? name)} right={<Link to="/forecasts" search={{ series: name }}>Forecast</Link>}>
          <OddList anomalies={anomalies.filter(({ series }) => series === name)} />
        </Card>
      ))}
    </div>
  );
}
