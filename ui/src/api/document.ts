/** The kept file itself, byte for byte: raw through Tauri, a binary answer in a browser. */
import { invoke } from "@tauri-apps/api/core";

import { fromAnswer, toApiError } from "./error";
import { authorisation, inDesktop } from "./transport";

export async function documentBytes(sha256: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if (inDesktop) return new Uint8Array(await invoke<ArrayBuffer>("document", { sha256 }));
    const answer = await fetch(`/api/v1/documents/${sha256}`, { headers: authorisation(), signal });
    if (!answer.ok) throw fromAnswer(answer.status, await answer.json().catch(() => null));
    return new Uint8Array(await answer.arrayBuffer());
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw toApiError(thrown);
  }
}
