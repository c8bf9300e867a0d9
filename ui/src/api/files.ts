/** Files in and out: native paths and dialogs in the desktop window, uploads and downloads in a browser. */
import { open, save } from "@tauri-apps/plugin-dialog";

import { fromAnswer, toApiError } from "./error";
import { authorisation, call, inDesktop, token } from "./transport";
import type { FileWritten } from "./types";

/** What the importer reads. */
export const importable = ["pdf", "csv", "tsv", "txt", "xlsx", "xls", "ods", "json", "parquet"];

/** Starts an import of files that are paths already. */
export function importPaths(files: string[]): Promise<{ task_id: number }> {
  return call("start_import", { files });
}

/** Uploads files from the browser and starts their import. */
export async function importFiles(files: File[]): Promise<{ task_id: number }> {
  const paths: string[] = [];
  for (const file of files) paths.push(await upload(file));
  return importPaths(paths);
}

async function upload(file: File): Promise<string> {
  try {
    const answer = await fetch(`/api/v1/files/${encodeURIComponent(file.name)}`, {
      method: "PUT",
      headers: authorisation(),
      body: file,
    });
    const body = (await answer.json().catch(() => null)) as { path?: string } | null;
    if (!answer.ok || !body?.path) throw fromAnswer(answer.status, body);
    return body.path;
  } catch (thrown) {
    throw toApiError(thrown);
  }
}

/** Asks for files and starts their import; `null` when the user changed their mind. */
export async function chooseAndImport(): Promise<{ task_id: number } | null> {
  if (!inDesktop) {
    const files = await chooseInBrowser(importable, true);
    return files.length > 0 ? importFiles(files) : null;
  }
  const filters = [{ name: "Documents and exports", extensions: importable }];
  const chosen = await open({ multiple: true, filters, title: "Import files" });
  return chosen && chosen.length > 0 ? importPaths(chosen) : null;
}

function chooseInBrowser(extensions: string[], multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = multiple;
    input.accept = extensions.map((extension) => `.${extension}`).join(",");
    input.addEventListener("change", () => resolve([...(input.files ?? [])]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
}

/** Asks for one file and gives the path to read it by; `null` when the user changed their mind. */
export async function chooseFile(title: string, extensions: string[]): Promise<string | null> {
  if (inDesktop) return open({ title, filters: [{ name: title, extensions }] });
  const [file] = await chooseInBrowser(extensions, false);
  return file ? upload(file) : null;
}

/** Asks for a folder in the desktop window; a browser cannot. */
export function chooseFolder(title: string): Promise<string | null> {
  return inDesktop ? open({ title, directory: true }) : Promise.resolve(null);
}

/** Where a file should be written: asked for in the desktop window (`undefined`: cancelled), left to the server in a browser. */
export async function chooseTarget(suggested: string): Promise<string | null | undefined> {
  if (!inDesktop) return null;
  const extension = suggested.split(".").at(-1) ?? "";
  const chosen = await save({ defaultPath: suggested, filters: [{ name: extension.toUpperCase(), extensions: [extension] }] });
  return chosen ?? undefined;
}

/** Hands a written file to the user of a browser; in the desktop window it is where they asked for it. */
export function deliver(file: FileWritten): void {
  if (inDesktop) return;
  const link = document.createElement("a");
  link.href = `/api/v1/written/${encodeURIComponent(String(file.id))}?token=${encodeURIComponent(token())}`;
  link.download = file.path.split(/[\\/]/).at(-1) ?? "";
  link.click();
}
