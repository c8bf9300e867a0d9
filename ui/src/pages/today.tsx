import "../components/today/today.css";

import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

import { useSummary, useTasks } from "../api/queries";
import { DropZone } from "../components/shared/drop-zone";
import { Card } from "../components/shared/card";
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
      <div className="today">
        <div className="stack">
          <Figures figures={data?.figures ?? (summary.error ? [] : undefined)} />
          <Shown query={summary} height={220}>
            {({ attention }) => <AttentionList items={attention} />}
          </Shown>
          <NewestQuotes />
        </div>
        <div className="stack">
          <Card>
            <DropZone />
            {running.map((task) => (
              <TaskProgress key={task.id} task={task} />
            ))}
          </Card>
          {data && <ModelSummary model={data.champion} />}
        </div>
      </div>
    </Page>
  );
}
