/** Files dragged over the window, natively or in a browser, as one stream of three events. */
import { listen } from "@tauri-apps/api/event";

import { importFiles, importPaths } from "./files";
import { inDesktop } from "./transport";

export interface DropListener {
  /** Files are over the window. */
  over: () => void;
  /** They left, or were dropped. */
  away: () => void;
  /** They were dropped: resolves when the import has started. */
  dropped: (starting: Promise<{ task_id: number }>, count: number) => void;
}

/** Listens until the returned function is called. */
export function listenToDrops(listener: DropListener): () => void {
  return inDesktop ? listenNatively(listener) : listenInBrowser(listener);
}

function listenNatively(listener: DropListener): () => void {
  const stopping = Promise.all([
    listen("tauri://drag-enter", listener.over),
    listen("tauri://drag-leave", listener.away),
    listen<{ paths: string[] }>("tauri://drag-drop", ({ payload }) => {
      listener.away();
      if (payload.paths.length > 0) listener.dropped(importPaths(payload.paths), payload.paths.length);
    }),
  ]);
  return () => void stopping.then((stops) => stops.forEach((stop) => stop()));
}

function listenInBrowser(listener: DropListener): () => void {
  let depth = 0;
  const withFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const stop = new AbortController();
  const on = (name: "dragenter" | "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
    window.addEventListener(name, (event) => { if (withFiles(event)) act(event); }, { signal: stop.signal });
  on("dragenter", (event) => { event.preventDefault(); depth += 1; listener.over(); });
  on("dragover", (event) => event.preventDefault());
  on("dragleave", () => { depth -= 1; if (depth <= 0) listener.away(); });
  on("drop", (event) => {
    event.preventDefault();
    depth = 0;
    listener.away();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) listener.dropped(importFiles(files), files.length);
  });
  return () => stop.abort();
}
