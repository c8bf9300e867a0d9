/** What the backend announces: progress of tasks, and that something changed. States are fetched, never carried. */
import { listen } from "@tauri-apps/api/event";
import type { QueryClient } from "@tanstack/react-query";

import { inDesktop, token } from "./transport";
import type { AppEvent, TaskState } from "./types";

/** Which cached queries a change makes stale, by the first part of their keys. What is not listed here refreshes everything. */
const touched: Record<string, string[]> = {
  imports: ["imports", "rejects", "summary"],
  jobs: ["jobs", "summary", "anomalies", "series", "estimate"],
  estimates: ["estimates"],
  quotes: ["quotes", "summary", "outbox"],
  models: ["models", "summary", "estimate"],
  settings: ["settings", "summary"],
};

/** Listens until the returned function is called. */
export function listenToEvents(client: QueryClient, onTaskEnd: (task: TaskState) => void): () => void {
  const receive = (event: AppEvent) => handle(client, event, onTaskEnd);
  if (!inDesktop) return listenByHttp(receive);
  const stopping = listen<AppEvent>("signwright", ({ payload }) => receive(payload));
  return () => void stopping.then((stop) => stop());
}

function listenByHttp(receive: (event: AppEvent) => void): () => void {
  const source = new EventSource(`/api/v1/events?token=${encodeURIComponent(token())}`);
  source.addEventListener("message", (message) => receive(JSON.parse(message.data as string) as AppEvent));
  return () => source.close();
}

function handle(client: QueryClient, event: AppEvent, onTaskEnd: (task: TaskState) => void): void {
  switch (event.event) {
    case "task":
      noteTask(client, event.task, onTaskEnd);
      break;
    case "changed":
      invalidate(client, event.what);
  }
}

function noteTask(client: QueryClient, task: TaskState, onTaskEnd: (task: TaskState) => void): void {
  const before = client.getQueryData<TaskState[]>(["tasks"]) ?? [];
  const known = before.find((other) => other.id === task.id);
  if (known && known.state !== "running") return;
  client.setQueryData<TaskState[]>(["tasks"], known ? before.map((t) => (t.id === task.id ? task : t)) : [task, ...before]);
  if (task.state !== "running") onTaskEnd(task);
}

function invalidate(client: QueryClient, what: string): void {
  const keys = touched[what];
  if (!keys) return void client.invalidateQueries();
  for (const key of [...keys, "events"]) void client.invalidateQueries({ queryKey: [key] });
}
