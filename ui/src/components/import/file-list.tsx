import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import type { Counts, Import, RecordKind } from "../../api/types";
import { ago } from "../../lib/dates";
import { count } from "../../lib/numbers";
import { importState, named, recordKind, type Tone } from "../../lib/words";
import { Card } from "../shared/card";
import { Dot } from "../shared/tag";

interface FileListProps {
  imports: Import[];
  chosen: number | null;
  choose: (id: number) => void;
}

/** The imported files, newest first, each with what became of it. */
export function FileList({ imports, chosen, choose }: FileListProps) {
  const [every, setEvery] = useState(true);
  const doubtful = imports.filter((one) => toneOf(one) !== "good");
  const filter = (showAll: boolean) => {
    setEvery(showAll);
    const [first] = doubtful;
    if (!showAll && first && !doubtful.some(({ id }) => id === chosen)) choose(first.id);
  };
  return (
    <Card
      title="Files"
      fill
      flush
      right={
        doubtful.length > 0 && (
          <SegmentedControl
            aria-label="Which files"
            value={every ? "all" : "doubtful"}
            onChange={(which) => filter(which === "all")}
            data={[{ value: "all", label: "All" }, { value: "doubtful", label: `To look at · ${count(doubtful.length)}` }]}
          />
        )
      }
    >
      {(every || doubtful.length === 0 ? imports : doubtful).map((one) => (
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
            <span className="named">
              <b title={one.file_name}>{nameOf(one.file_name)}</b>
              <span className="dim small">{ago(one.started_at)}</span>
            </span>
            <span className="dim small said">{outcomeOf(one)}</span>
          </div>
        </button>
      ))}
    </Card>
  );
}

/** Nothing of such a file came in. */
const FAILED: Import["state"][] = ["needs_password", "damaged", "too_large", "refused"];

/** A file of which nothing came in, such as a locked one, that was read since: the reading that stands for it. */
export function standingFor(one: Import, all: Import[]): Import | undefined {
  if (!FAILED.includes(one.state)) return undefined;
  return all.find((other) => other.sha256 === one.sha256 && other.id > one.id && !FAILED.includes(other.state));
}

export function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

export function toneOf(one: Import): Tone {
  if (one.state !== "read" && one.state !== "partly_read") return "bad";
  return one.counts.rejected > 0 || one.checks.some(({ printed, computed }) => printed.minor !== computed.minor) ? "warn" : "good";
}

/** `Quotes: 312 new, 41 updated, 1,902 the same, 3 refused`; the message where nothing came in. */
export function outcomeOf(one: Import): string {
  if (toneOf(one) === "bad") return one.message ?? importState[one.state];
  const came = counted(one.counts);
  if (came === "") return one.message ?? "nothing in it";
  return one.kind ? `${kindName(one.kind)}: ${came}` : came;
}

function kindName(kind: string): string {
  const known = kind.replaceAll(" ", "_");
  return known in recordKind ? recordKind[known as RecordKind] : named(kind);
}

function counted({ created, updated, unchanged, rejected }: Counts): string {
  const parts: [number, string][] = [
    [created, "new"],
    [updated, "updated"],
    [unchanged, "the same"],
    [rejected, "refused"],
  ];
  return parts.filter(([n]) => n > 0).map(([n, word]) => `${count(n)} ${word}`).join(", ");
}
