/**
 * How a command reaches the backend: Tauri's `call` in the desktop window, the local HTTP API in a browser. Both carry the same
 * names, inputs and outputs, so nothing outside this folder knows which one it is.
 */
import { invoke } from "@tauri-apps/api/core";

import { fromAnswer, toApiError } from "./error";
import type { Commands } from "./types";

export type Command = keyof Commands;
export type Input<C extends Command> = Commands[C]["input"];
export type Output<C extends Command> = Commands[C]["output"];

/** True in the desktop window, where there are native dialogs and paths. */
export const inDesktop = typeof window !== "undefined" && "__TAURI_INTERNALS__" in window;

const TOKEN = "signwright-token";

/** Takes the token out of `#token=...` once, keeps it for this tab, and leaves a clean address. */
export function takeToken(): void {
  const found = /[#&]token=([^&]+)/.exec(window.location.hash);
  if (!found?.[1]) return;
  sessionStorage.setItem(TOKEN, decodeURIComponent(found[1]));
  window.history.replaceState(null, "", `${window.location.pathname}${window.location.search}#/`);
}

export function token(): string {
  return sessionStorage.getItem(TOKEN) ?? "";
}

/** Runs one command. Throws an `ApiError`. In a browser, `signal` frees the connection when nobody waits for the answer any more. */
export async function call<C extends Command>(command: C, input: Input<C>, signal?: AbortSignal): Promise<Output<C>> {
  try {
    if (inDesktop) return await invoke<Output<C>>("call", { command, input });
    return (await post(command, input, signal)) as Output<C>;
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw toApiError(thrown);
  }
}

async function post(command: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
  const answer = await fetch(`/api/v1/${command}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...authorisation() },
    body: JSON.stringify(input),
    ...(signal && { signal }),
  });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw fromAnswer(answer.status, body);
  return body;
}

export function authorisation(): Record<string, string> {
  return { Authorization: `Bearer ${token()}` };
}
