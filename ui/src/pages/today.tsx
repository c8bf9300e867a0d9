import "../components/today/today.css";

import { Button } from "@mantine/core";
import { IconHome } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";

import { useSummary, useTasks } from "../api/queries";
import type { Attention, TaskState } from "../api/types";
import { DropZone } from "../components/shared/drop-zone";
import { Card } from "../components/shared/card";
import { Start } from "../components/shared/start";
import { Shown } from "../components/shared/states";
import { Page } from "../components/shell/page";
import { TaskProgress } from "../components/shell/tasks";
import { AttentionList } from "../components/today/attention-list";
import { Figures } from "../components/today/figures";
import { ModelSummary } from "../components/today/model-summary";
import { NewestQuotes } from "../components/today/newest-quotes";
import { counted } from "../lib/numbers";

export function Today() {
  const summary = useSummary();
  const navigate = useNavigate();
  const running = (useTasks().data ?? []).filter((task) => task.state === "running");
  const data = summary.data;
  return (
    <Page
      title="Today"
      crumb={data && `${data.name} · ${counted(data.completed_jobs, "finished job")}`}
      actions={
        <Button variant="filled" onClick={() => void navigate({ to: "/estimate" })}>
          New estimate
        </Button>
      }
    >
      {data && data.jobs === 0 && running.length === 0 ? <FirstFiles attention={data.attention} /> : <Day summary={summary} running={running} />}
    </Page>
  );
}

/** A shop without jobs has one thing to do. */
function FirstFiles({ attention }: { attention: Attention[] }) {
  const rejects = attention.filter(({ kind }) => kind.startsWith("reject"));
  return (
    <div className="stack">
      {rejects.length > 0 && <AttentionList items={rejects} />}
      <Start icon={IconHome} title="Bring in your jobs">
        Drop what the shop already has: printed cost summaries, lists of work orders and quotes, CRM exports. From them Signwright learns what your jobs
        really cost.
      </Start>
    </div>
  );
}

function Day({ summary, running }: { summary: ReturnType<typeof useSummary>; running: TaskState[] }) {
  const data = summary.data;
  // They are made of the finished jobs, which a task may still be reading.
  const awaited = data ? data.looking !== null && data.figures.length === 0 : !summary.error;
  const figures = awaited ? undefined : (data?.figures ?? []);
  return (
    <div className="today">
      <div className="stack">
        <Figures figures={figures} />
        <Shown query={summary} height={220}>
          {({ attention }) => <AttentionList items={attention} />}
        </Shown>
        <NewestQuotes />
      </div>
      <div className="stack">
        <DropZone />
        {running.length > 0 && (
          <Card>
            {running.map((task) => (
              <TaskProgress key={task.id} task={task} />
            ))}
          </Card>
        )}
        {data && <ModelSummary model={data.champion} />}
      </div>
    </div>
  );
}
