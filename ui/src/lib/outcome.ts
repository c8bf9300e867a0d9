/** What a finished task gave back, in a sentence. The shape of a result depends on the task; an unknown one says nothing. */
import type { Counts } from "../api/types";
import { count, counted } from "./numbers";

export function outcomeOf(result: unknown): string {
  const files = filesOf(result);
  if (files) return imported(files);
  const brought = broughtIn(result);
  if (brought !== null) return brought;
  const pushed = pushedIn(result);
  if (pushed !== null) return pushed;
  const confirmed = part(result, "documents");
  if (typeof confirmed === "number") return `${counted(confirmed, "document")} confirmed`;
  const reason = reasonOf(result);
  return reason ?? "";
}

interface File {
  state: string;
  counts: Counts;
}

function imported(files: File[]): string {
  const sum = (part: keyof Counts) => files.reduce((total, { counts }) => total + counts[part], 0);
  const parts: [number, string][] = [
    [sum("created"), "new"],
    [sum("updated"), "updated"],
    [sum("unchanged"), "the same"],
    [sum("rejected"), "refused"],
  ];
  const before = files.filter(({ state }) => state === "seen_before").length;
  const said = parts.filter(([n]) => n > 0).map(([n, word]) => `${count(n)} ${word}`);
  if (before > 0) said.push(`${counted(before, "file")} imported before, nothing changed`);
  return said.length > 0 ? said.join(", ") : "nothing new";
}

/** What came back from another system. */
function broughtIn(result: unknown): string | null {
  const [decided, disagree, changed] = ["decided", "disagree", "changed"].map((name) => part(result, name));
  if (!Array.isArray(decided) || !Array.isArray(disagree) || typeof changed !== "number") return null;
  if (changed === 0) return "Nothing has changed there.";
  const files = filesOf(part(result, "imported"));
  return [...decided.map(String), ...disagree.map((one) => `left as it is: ${String(one)}`), ...(files ? [`imported: ${imported(files)}`] : [])].join(". ");
}

/** What became of sending: what went, what did not and why, what still waits. */
function pushedIn(result: unknown): string | null {
  const [sent, failed, resting] = ["sent", "failed", "resting"].map((name) => part(result, name));
  if (!Array.isArray(sent) || !Array.isArray(failed) || !Array.isArray(resting)) return null;
  const waiting = part(result, "waiting");
  const said = [`${counted(sent.length, "message")} sent`, ...failed.map(String), ...resting.map(String)];
  if (part(result, "elsewhere") === true) said.push("another window on this shop is sending at this moment");
  if (typeof waiting === "number" && waiting > 0) said.push(`${count(waiting)} still waiting`);
  return `${said.join(". ")}.`;
}

function filesOf(result: unknown): File[] | null {
  if (typeof result !== "object" || result === null || !("files" in result) || !Array.isArray(result.files)) return null;
  return result.files as File[];
}

/** A trained model says why it was taken into use, or why not. */
function reasonOf(result: unknown): string | null {
  const reason = part(part(part(result, "card"), "verdict"), "reason");
  return typeof reason === "string" ? reason : null;
}

function part(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null && name in of ? (of as Record<string, unknown>)[name] : undefined;
}
