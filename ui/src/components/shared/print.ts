import { chooseTarget, deliver } from "../../api/files";
import type { FileWritten } from "../../api/types";
import { done, failed } from "./notify";

/** Asks where a document goes, has it written, and hands it over. */
export async function print(suggested: string, write: (path: string | null) => Promise<FileWritten>): Promise<void> {
  try {
    const path = await chooseTarget(suggested);
    if (path === undefined) return;
    const file = await write(path);
    deliver(file);
    done(file.path, "PDF written");
  } catch (thrown) {
    failed(thrown);
  }
}
