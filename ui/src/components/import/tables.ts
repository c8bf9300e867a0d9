/** What an import keeps of the tables in its file. */
import type { ImportDetail, TableOutcome } from "../../api/types";

/** How the tables of an import were understood, kept with it; empty for documents and for what could not be read. */
export function tablesOf(detail: ImportDetail): TableOutcome[] {
  const kept = detail.import.understood;
  const isTable = (one: unknown): one is TableOutcome => typeof one === "object" && one !== null && "understood" in one && "mapping" in one;
  return Array.isArray(kept) ? kept.filter(isTable) : [];
}

/** Whether a file is one that is read as a table. */
export function isTableFile(name: string): boolean {
  return /\.(csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods|json|jsonl|ndjson|parquet)$/i.test(name);
}
