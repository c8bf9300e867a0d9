import { ActionIcon, Button, Menu, Tabs } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";

import { useCommand } from "../../api/commands";
import { useJob, useJobAnomalies } from "../../api/queries";
import type { Job, JobDetail, RowAnomaly } from "../../api/types";
import { overrun, whole } from "../../lib/money";
import { signedPercent } from "../../lib/numbers";
import { afterNumber, anomalyKind, jobStatus, named } from "../../lib/words";
import { print } from "../shared/print";
import { Loading, Problem } from "../shared/states";
import { Tag } from "../shared/tag";
import { WarningList } from "../shared/warning-list";
import { Compared } from "./compared";
import { Facts } from "./facts";
import { Items } from "./items";
import { Lines } from "./lines";
import { Sources } from "./sources";
import { Why } from "./why";

/** One job beside the table: what it cost against its estimate, its lines, and where every number came from. */
export function JobPanel({ id, typeLabel, close }: { id: number; typeLabel: (type: string) => string; close: () => void }) {
  const { data, error, refetch, isPlaceholderData } = useJob(id);
  return (
    <aside className="card job-panel" aria-label="Job">
      <div className="body">
        {data ? <Body detail={data} waiting={isPlaceholderData} typeLabel={typeLabel} close={close} /> : error ? <Problem error={error} retry={() => void refetch()} /> : <Loading height={320} />}
      </div>
    </aside>
  );
}

interface BodyProps {
  detail: JobDetail;
  /** Lines and sources are still being fetched. */
  waiting: boolean;
  typeLabel: (type: string) => string;
  close: () => void;
}

function Body({ detail, waiting, typeLabel, close }: BodyProps) {
  const { job, lines, sources, items, flags } = detail;
  const anomalies = useJobAnomalies(job.id).data ?? [];
  const explained = lines.length > 0 && job.estimated_cost !== null && job.actual.total !== null;
  return (
    <div className="stack">
      <Title job={job} close={close} />
      <Answer job={job} />
      {anomalies.map((one) => (
        <Odd key={`${one.kind} ${one.field}`} one={one} number={job.work_order ?? job.quote_number ?? ""} />
      ))}
      {flags.length > 0 && <WarningList warnings={flags} />}
      <Tabs defaultValue="cost" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="cost">Cost</Tabs.Tab>
          {explained && <Tabs.Tab value="why">Why</Tabs.Tab>}
          <Tabs.Tab value="lines">Lines{waiting ? "" : ` · ${lines.length}`}</Tabs.Tab>
          {items.length > 0 && <Tabs.Tab value="items">Items · {items.length}</Tabs.Tab>}
          <Tabs.Tab value="facts">Facts</Tabs.Tab>
          <Tabs.Tab value="sources">Sources</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="cost" pt={12}>
          <Compared detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="why" pt={12}>
          <Why job={job} />
        </Tabs.Panel>
        <Tabs.Panel value="lines" pt={8}>
          {waiting ? <Loading height={160} /> : <Lines lines={lines} />}
        </Tabs.Panel>
        <Tabs.Panel value="items" pt={8}>
          <Items items={items} />
        </Tabs.Panel>
        <Tabs.Panel value="facts" pt={12}>
          <Facts job={job} typeLabel={typeLabel} />
        </Tabs.Panel>
        <Tabs.Panel value="sources" pt={8}>
          {waiting ? <Loading height={160} /> : <Sources sources={sources} />}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Title({ job, close }: { job: Job; close: () => void }) {
  const navigate = useNavigate();
  const like = () => {
    sessionStorage.setItem("estimate-specification", JSON.stringify(job.specification));
    void navigate({ to: "/estimate" });
  };
  return (
    <div className="row top">
      <div className="grow">
        <div className="row">
          <h1>{job.work_order ?? job.quote_number}</h1>
          <Tag tone={jobStatus[job.status].tone}>{jobStatus[job.status].label}</Tag>
        </div>
        <div className="ink-2">{job.customer}</div>
      </div>
      {Object.keys(job.specification).length > 0 && (
        <Button size="compact-sm" onClick={like}>
          Estimate one like it
        </Button>
      )}
      <PrintJob job={job} />
      <ActionIcon onClick={close} aria-label="Close the job">
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}

/** What a finished job cost against its estimate, and the work order for the floor. */
function PrintJob({ job }: { job: Job }) {
  const writing = useCommand("write_job_pdf");
  const number = job.work_order ?? job.quote_number ?? String(job.id);
  const write = (kind: "costs" | "work_order", name: string) => void print(`${number}-${name}.pdf`, (path) => writing.mutateAsync({ id: job.id, number: null, kind, path }));
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" loading={writing.isPending}>
          PDF
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={job.status !== "completed"} onClick={() => write("costs", "costs")}>
          Estimate against actual
        </Menu.Item>
        <Menu.Item onClick={() => write("work_order", "work-order")}>Work order, without prices</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Answer({ job }: { job: Job }) {
  const over = overrun(job.actual.total, job.estimated_cost);
  return (
    <div>
      <div className="dim">{job.actual.total ? "Actual cost" : "Estimated cost"}</div>
      <div className="row">
        <span className="big">{job.actual.total ? whole(job.actual.total) : job.estimated_cost ? whole(job.estimated_cost) : "not known"}</span>
        {over !== null && <Tag tone={over > 10 ? "up" : over < -10 ? "good" : "plain"}>{signedPercent(over)} on the estimate</Tag>}
      </div>
      {job.overrun_cause && <div className="dim">because of {named(job.overrun_cause).toLowerCase()}</div>}
    </div>
  );
}

function Odd({ one, number }: { one: RowAnomaly; number: string }) {
  return (
    <div className="note">
      <b>{anomalyKind[one.kind]}</b>
      <div>{afterNumber(one.explanation, number)}</div>
    </div>
  );
}
