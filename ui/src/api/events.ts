/** What the backend announces: progress of tasks, and that something changed. States are fetched, never carried. */
import { listen } from "@tauri-apps/api/event";
import type { QueryClient } from "@tanstack/react-query";

import { inDesktop, token } from "./transport";
import type { AppEvent, TaskState } from "./types";

/** Which cached queries a change makes stale, by the first part of their keys. What is not listed here refreshes everything. */
const touched: Record<string, string[]> = {
  imports: ["imports", "rejects", "reviews", "summary", "profiles"],
  reviews: ["reviews", "profiles", "summary"],
  watch: ["watch"],
  jobs: ["jobs", "summary", "anomalies", "series", "estimate", "rules", "winning", "biases", "alerts", "outlooks"],
  rules: ["rules", "jobs"],
  anomalies: ["anomalies", "summary", "series"],
  series: ["series", "anomalies", "alerts"],
  outlooks: ["outlooks"],
  outbox: ["outbox"],
  alerts: ["alerts", "summary"],
  estimates: ["estimates"],
  assemblies: ["assemblies", "costs", "estimate"],
  quotes: ["quotes", "summary", "outbox", "winning", "outlooks"],
  models: ["models", "summary", "estimate", "biases"],
  settings: ["settings", "summary", "estimate", "series"],
};

/** Listens until the returned function is called. */
export function listenToEvents(client: QueryClient, onTaskEnd: (task: TaskState) => void, onNotice: (title: string, body: string) => void): () => void {
  const changed = together((whats) => invalidate(client, whats));
  const receive = (event: AppEvent) => {
    if (event.event === "task") noteTask(client, event.task, onTaskEnd);
    else if (event.event === "notice") onNotice(event.title, event.body);
    else changed(event.what);
  };
  if (!inDesktop) return listenByHttp(receive, (answers) => noteConnection(client, answers));
  const stopping = listen<AppEvent>("signwright", ({ payload }) => receive(payload));
  return () => void stopping.then((stop) => stop());
}

/** The cached value by which pages know whether the backend answers. */
export const CONNECTION = ["connection"];

/** Back after a break, everything may have changed. */
function noteConnection(client: QueryClient, answers: boolean): void {
  const before = client.getQueryData<boolean>(CONNECTION) ?? true;
  client.setQueryData<boolean>(CONNECTION, answers);
  if (answers && !before) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== CONNECTION[0] });
}

function listenByHttp(receive: (event: AppEvent) => void, reached: (answers: boolean) => void): () => void {
  const source = new EventSource(`/api/v1/events?token=${encodeURIComponent(token())}`);
  source.addEventListener("message", (message) => receive(JSON.parse(message.data as string) as AppEvent));
  // Who was never let in has no token: the pages say so.
  let opened = false;
  source.addEventListener("open", () => {
    opened = true;
    reached(true);
  });
  source.addEventListener("error", () => opened && reached(false));
  return () => source.close();
}

function noteTask(client: QueryClient, task: TaskState, onTaskEnd: (task: TaskState) => void): void {
  const before = client.getQueryData<TaskState[]>(["tasks"]) ?? [];
  const known = before.find((other) => other.id === task.id);
  if (known && known.state !== "running") return;
  client.setQueryData<TaskState[]>(["tasks"], known ? before.map((t) => (t.id === task.id ? task : t)) : [task, ...before]);
  if (task.state !== "running") onTaskEnd(task);
}

/** Changes come in bursts (an import touches many things): they are answered together, once they pause. */
function together(act: (whats: Set<string>) => void): (what: string) => void {
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (what) => {
    waiting.add(what);
    clearTimeout(timer);
    timer = setTimeout(() => {
      act(waiting);
      waiting = new Set();
    }, 250);
  };
}

function invalidate(client: QueryClient, whats: Set<string>): void {
  if ([...whats].some((what) => !touched[what])) return void client.invalidateQueries();
  const keys = new Set([...whats].flatMap((what) => touched[what] ?? []));
  for (const key of [...keys, "events"]) void client.invalidateQueries({ queryKey: [key] });
}
