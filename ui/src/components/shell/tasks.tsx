/** What runs in the background: progress, and a way to stop it. */
import { Button, Popover, Progress, RingProgress } from "@mantine/core";
import { IconActivity } from "@tabler/icons-react";

import { useCommand } from "../../api/commands";
import { useConnected, useTasks } from "../../api/queries";
import type { TaskState } from "../../api/types";
import { ago } from "../../lib/dates";
import { runState } from "../../lib/words";
import { failed } from "../shared/notify";
import { Tag } from "../shared/tag";

export function Tasks() {
  const tasks = useTasks().data ?? [];
  const connected = useConnected();
  const running = tasks.filter((task) => task.state === "running");
  if (!connected) return <Tag tone="bad" title="See that “signwright serve” is still running: the page goes on by itself once it answers.">Signwright does not answer</Tag>;
  if (tasks.length === 0) return null;
  const first = running[0];
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <button type="button" className={first ? "running on" : "running"} aria-label={first ? `Running: ${first.title}` : "Recent tasks"}>
          {first ? <Ring task={first} /> : <IconActivity size={15} stroke={1.6} aria-hidden />}
          {first && <span>{running.length > 1 ? `${running.length} tasks` : first.title}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="tasks">
          {tasks.slice(0, 8).map((task) => (
            <Row key={task.id} task={task} />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Ring({ task }: { task: TaskState }) {
  return <RingProgress size={18} thickness={3} sections={[{ value: shareDone(task), color: "var(--accent)" }]} aria-hidden />;
}

function Row({ task }: { task: TaskState }) {
  const state = runState[task.state];
  return (
    <div className="task">
      <div className="row">
        <b className="clip grow">{task.title}</b>
        <Tag tone={state.tone}>{state.label}</Tag>
      </div>
      {task.state === "running" ? <TaskProgress task={task} /> : <span className="dim small">{ending(task)}</span>}
    </div>
  );
}

/** The bar of a running task with its step and the button that stops it. */
export function TaskProgress({ task }: { task: TaskState }) {
  const cancel = useCommand("cancel_task");
  const { done, total, step } = task.progress;
  return (
    <div className="stack tight">
      <Progress value={total > 0 ? shareDone(task) : 100} animated={total === 0} size={5} aria-label={task.title} />
      <div className="row small">
        <span className="dim clip grow">{step}</span>
        {total > 0 && <span className="dim num">{`${done} of ${total}`}</span>}
        <Button size="compact-xs" onClick={() => cancel.mutate({ id: task.id }, { onError: failed })}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function shareDone({ progress }: TaskState): number {
  return progress.total > 0 ? Math.min(100, (progress.done / progress.total) * 100) : 0;
}

function ending(task: TaskState): string {
  if (task.error) return task.error.hint ? `${task.error.message}. ${task.error.hint}` : task.error.message;
  return ago(task.started_at);
}
