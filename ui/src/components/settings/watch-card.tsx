import { Button, Switch, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";

import { useCommand } from "../../api/commands";
import { chooseFolder } from "../../api/files";
import { useWatch } from "../../api/queries";
import { inDesktop } from "../../api/transport";
import type { Watch, WatchedFile } from "../../api/types";
import { ago } from "../../lib/dates";
import { count, counted } from "../../lib/numbers";
import { capitalized, type Tone } from "../../lib/words";
import { Card } from "../shared/card";
import { InternalLink } from "../shared/internal-link";
import { failed } from "../shared/notify";
import { Shown } from "../shared/states";
import { Dot, Tag } from "../shared/tag";

/** A folder whose new files come in by themselves. */
export function WatchCard() {
  const watch = useWatch();
  return (
    <Card title="Watched folder" sub="what is put there comes in by itself" right={watch.data && <Standing watch={watch.data} />}>
      <Shown query={watch} height={120}>
        {(data) => <Form watch={data} />}
      </Shown>
    </Card>
  );
}

function Standing({ watch }: { watch: Watch }) {
  if (!watch.on) return <Tag>off</Tag>;
  if (watch.problem) return <Tag tone="bad">nothing comes in</Tag>;
  return watch.watching ? <Tag tone="good">watched now</Tag> : <Tag tone="warn">starting</Tag>;
}

function Form({ watch }: { watch: Watch }) {
  const [folder, setFolder] = useState(watch.folder ?? "");
  useEffect(() => setFolder(watch.folder ?? ""), [watch.folder]);
  const setting = useCommand("set_watch", ["watch", "events"]);
  const retrying = useCommand("retry_watched", ["watch"]);
  const set = (path: string, on: boolean) => setting.mutate({ folder: path.trim() === "" ? null : path, on }, { onError: failed });
  const choose = () => void chooseFolder("Watch a folder").then((chosen) => chosen && set(chosen, true)).catch(failed);
  const changed = folder.trim() !== (watch.folder ?? "");
  return (
    <div className="stack">
      <form
        className="row"
        style={{ alignItems: "end" }}
        onSubmit={(event) => {
          event.preventDefault();
          set(folder, true);
        }}
      >
        <TextInput label="Folder" className="grow" placeholder="its full path" value={folder} onChange={(event) => setFolder(event.currentTarget.value)} />
        {inDesktop && <Button onClick={choose}>Choose</Button>}
        {changed && folder.trim() !== "" && (
          <Button type="submit" loading={setting.isPending}>
            Watch it
          </Button>
        )}
      </form>
      <Switch
        label="Import what is put there"
        checked={watch.on}
        disabled={setting.isPending || (!watch.on && folder.trim() === "")}
        onChange={(event) => set(event.currentTarget.checked ? folder : (watch.folder ?? ""), event.currentTarget.checked)}
      />
      {watch.problem && <div className="note">{sentence(watch.problem)}</div>}
      {watch.files.length > 0 && (
        <div>
          <div className="row small dim" style={{ marginBottom: 4 }}>
            <span className="grow">
              {counted(watch.taken, "file")} taken{watch.failed > 0 && `, ${count(watch.failed)} brought nothing`}
            </span>
            {watch.failed > 0 && (
              <Button size="compact-xs" loading={retrying.isPending} onClick={() => retrying.mutate({ path: null }, { onError: failed })}>
                Try again
              </Button>
            )}
          </div>
          <div className="watched-files">
            {watch.files.slice(0, 12).map((file) => (
              <File key={`${file.path} ${file.taken_at}`} file={file} />
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function File({ file }: { file: WatchedFile }) {
  const name = file.path.split(/[\\/]/).at(-1) ?? file.path;
  return (
    <div className="watched-file" title={file.path} data-testid="watched-file">
      <Dot tone={toneOf(file)} />
      <div className="grow">
        <div className="row">
          <span className="clip grow">{file.import_id === null ? name : <InternalLink to={`/import?id=${file.import_id}`}>{name}</InternalLink>}</span>
          <span className="dim small">{ago(file.taken_at)}</span>
        </div>
        {file.message && toneOf(file) !== "good" && <span className="dim small">{file.message}</span>}
      </div>
    </div>
  );
}

function toneOf({ state }: WatchedFile): Tone {
  if (["read", "seen_before"].includes(state)) return "good";
  return ["partly_read", "no_text_layer"].includes(state) ? "warn" : "bad";
}

function sentence(text: string): string {
  return `${capitalized(text)}.`;
}
