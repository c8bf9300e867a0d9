import type { ImportSummary } from "../../api/types";
import { ago } from "../../lib/dates";
import { count } from "../../lib/numbers";
import type { Tone } from "../../lib/words";
import { Card } from "../shared/card";
import { Dot } from "../shared/tag";

interface FileListProps {
  imports: ImportSummary[];
  chosen: number | null;
  choose: (id: number) => void;
}

/** The imported files, newest first, each with what became of it. */
export function FileList({ imports, chosen, choose }: FileListProps) {
  return (
    <Card title="Files" right={<span className="sub">{count(imports.length)}</span>} fill flush>
      {imports.map((one) => (
        <button
          key={one.id}
          type="button"
          className={one.id === chosen ? "file on" : "file"}
          aria-pressed={one.id === chosen}
          onClick={() => choose(one.id)}
          data-testid="import-row"
        >
          <Dot tone={toneOf(one)} />
          <div className="grow">
            <b title={one.file}>{nameOf(one.file)}</b>
            <span className="dim small">{outcomeOf(one)}</span>
          </div>
          <span className="dim small">{ago(one.at)}</span>
        </button>
      ))}
    </Card>
  );
}

export function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

export function toneOf(one: ImportSummary): Tone {
  if (one.created + one.updated + one.unchanged === 0 && (one.rejected > 0 || one.message)) return "bad";
  return one.rejected > 0 ? "warn" : "good";
}

/** `312 new, 41 updated, 1,902 the same, 3 refused`; the message where nothing came in. */
export function outcomeOf(one: ImportSummary): string {
  const parts: [number, string][] = [
    [one.created, "new"],
    [one.updated, "updated"],
    [one.unchanged, "the same"],
    [one.rejected, "refused"],
  ];
  const said = parts.filter(([n]) => n > 0).map(([n, word]) => `${count(n)} ${word}`);
  if (toneOf(one) === "bad" && one.message) return one.message;
  return said.length > 0 ? said.join(", ") : (one.message ?? "nothing in it");
}
