import { Button, Menu, SegmentedControl, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { anyAssembly, useCheckedAssembly } from "../../api/queries";
import type { AssemblyChecked, AssemblyDefinition, AssemblyShown, Specification } from "../../api/types";
import { at } from "../../lib/dates";
import { starters } from "../../lib/form";
import { exact } from "../../lib/money";
import { counted } from "../../lib/numbers";
import { capitalized } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { useSessionState } from "../shared/session";
import { Tag } from "../shared/tag";
import { useSignTypes } from "../shared/type-label";
import { CopyAssembly } from "./copy-assembly";
import { Inputs, Values } from "./names";
import { Parts } from "./parts";

interface AssemblyProps {
  shown: AssemblyShown;
  /** The version in use. */
  newest: number;
  open: (id: string) => void;
  showVersion: (version: number | null) => void;
}

/** What is being changed, and from which version. */
type Editing = { from: number } & ({ as: "table"; definition: AssemblyDefinition } | { as: "file"; text: string });

/** One assembly: read, changed as a table or as a file, tried on a job while it is changed, kept as a version. */
export function Assembly({ shown, newest, open, showVersion }: AssemblyProps) {
  const { info, definition } = shown;
  // Kept until it is saved or given up: another page, or another assembly, may be looked at meanwhile.
  const [editing, setEditing] = useSessionState<Editing | null>(`assembly-edit ${info.id}`, null);
  const [copying, setCopying] = useState(false);
  const draft = editing === null ? { definition } : editing.as === "table" ? { definition: editing.definition } : { text: editing.text };
  const [settled] = useDebouncedValue(draft, 300);
  const trial = useTrial(definition);
  const checked = useCheckedAssembly(settled, definition.block ? null : trial.specification);
  const edit = (next: AssemblyDefinition) => setEditing({ as: "table", definition: next, from: editing?.from ?? newest });
  const current = editing?.as === "table" ? editing.definition : (checked.data?.definition ?? definition);
  return (
    <div className="stack">
      <Card title={info.name} sub={shownAs(shown, newest)} right={<Actions shown={shown} newest={newest} editing={editing !== null} edit={() => edit(definition)} copy={() => setCopying(true)} showVersion={showVersion} />}>
        <div className="stack tight">
          <About shown={shown} />
          {editing !== null && <EditBar key="bar" shown={shown} newest={newest} editing={editing} setEditing={setEditing} checked={checked.data} />}
          <Problems checked={checked.data} />
          {!definition.block && checked.data?.built && (
            <p className="dim small" data-testid="assembly-tried">
              {trial.words}: <b className="num">{exact(checked.data.built.total)}</b>, {counted(Math.round(Number(checked.data.built.hours)), "hour")}
            </p>
          )}
        </div>
      </Card>
      {editing?.as === "file" ? (
        <Card title="As a file" sub="TOML">
          <Textarea aria-label="The assembly as a file" value={editing.text} onChange={(event) => setEditing({ ...editing, text: event.currentTarget.value })} autosize minRows={20} maxRows={40} spellCheck={false} wrap="off" classNames={{ input: "code" }} />
        </Card>
      ) : (
        <>
          <Parts definition={current} edit={editing === null ? null : edit} checked={checked.data} open={open} />
          <Values definition={current} edit={editing === null ? null : edit} built={checked.data?.built ?? null} problems={checked.data?.problems ?? []} />
          <Inputs inputs={checked.data?.inputs ?? shown.inputs} built={checked.data?.built ?? null} />
        </>
      )}
      <CopyAssembly opened={copying} close={() => setCopying(false)} info={info} open={open} />
    </div>
  );
}

/** The job on the Estimate page where it is of this kind, else a usual one of the type. */
function useTrial(definition: AssemblyDefinition): { specification: Specification; words: string } {
  const { typeLabel } = useSignTypes();
  const kept = sessionStorage.getItem("estimate-specification");
  const draft = kept === null ? {} : (JSON.parse(kept) as Specification);
  const serves = definition.sign_types.includes(String(draft.sign_type)) && draft.width !== undefined;
  if (serves) return { specification: draft, words: "The job on Estimate" };
  const type = definition.sign_types[0] ?? "";
  const usual: Specification = { width: 8, height: 4, letter_height: 18, letter_count: 8, ...starters(type), ...(type !== "" && { sign_type: type }) };
  return { specification: usual, words: type === "" ? "A usual job" : `${typeLabel(type)} of usual size` };
}

function shownAs({ info }: AssemblyShown, newest: number): string {
  const version = `version ${info.version}${info.version === newest ? "" : `, no longer in use: that is ${newest}`}`;
  return info.own ? version : `${version}, as it came with the program`;
}

function About({ shown: { definition, used_by, info } }: { shown: AssemblyShown }) {
  const { typeLabel } = useSignTypes();
  const serves = definition.sign_types.map(typeLabel).join(", ");
  return (
    <div className="row wrap small">
      {definition.block ? <span className="dim">Used by {used_by.join(", ") || "nothing yet"}</span> : <span className="dim">{serves === "" ? "For work that is no sign: chosen by hand" : `For ${serves}`}</span>}
      {!info.confirmed && <Tag tone="warn" title={definition.source}>published figures, not yours yet</Tag>}
      {definition.source !== "" && <p className="dim wraps assembly-source">{definition.source}</p>}
    </div>
  );
}

interface ActionsProps extends Pick<AssemblyProps, "shown" | "newest" | "showVersion"> {
  editing: boolean;
  edit: () => void;
  copy: () => void;
}

function Actions({ shown, newest, editing, edit, copy, showVersion }: ActionsProps) {
  const putting = useCommand("put_away_assembly", ["assemblies", "estimate"]);
  const { info, versions } = shown;
  if (editing) return null;
  const known = [...versions.map(({ version, note, at: saved }) => ({ value: String(version), label: `Version ${version}${note ? `, ${note}` : ""}, ${at(saved)}` })), ...(info.shipped !== null && !versions.some(({ version }) => version === info.shipped) ? [{ value: String(info.shipped), label: `Version ${info.shipped}, as it came` }] : [])];
  return (
    <div className="row">
      {known.length > 1 && <Select aria-label="Version" size="xs" w={170} allowDeselect={false} value={String(info.version)} data={known} onChange={(version) => showVersion(Number(version) === newest ? null : Number(version))} comboboxProps={{ width: 340, position: "bottom-end" }} />}
      {!info.block && (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <Button size="compact-sm" variant="subtle">More</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={copy}>Copy under another name</Menu.Item>
            <Menu.Item onClick={() => putting.mutate({ id: info.id, put_away: !info.put_away }, { onSuccess: () => done(info.name, info.put_away ? "Offered again" : "Put away"), onError: failed })}>{info.put_away ? "Offer it again" : "Put it away: we do not make these"}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Button size="compact-sm" onClick={edit}>{info.version === newest ? "Change" : "Go back to this"}</Button>
    </div>
  );
}

interface EditBarProps extends Pick<AssemblyProps, "shown" | "newest"> {
  editing: Editing;
  setEditing: (editing: Editing | null) => void;
  checked: AssemblyChecked | undefined;
}

function EditBar({ shown, newest, editing, setEditing, checked }: EditBarProps) {
  const [note, setNote] = useState(shown.info.version === newest ? "" : `back to version ${shown.info.version}`);
  const saving = useCommand("save_assembly", ["assemblies", "estimate", "costs"]);
  const reading = useCommand("check_assembly");
  const draft = editing.as === "table" ? { definition: editing.definition } : { text: editing.text };
  const definition = editing.as === "table" ? editing.definition : (checked?.definition ?? null);
  const turn = (as: string) => {
    const { from } = editing;
    reading.mutate({ draft, specification: null, choice: anyAssembly }, {
      onSuccess: ({ text, definition: read, problems }) => {
        if (as === "file" && text !== null) setEditing({ as: "file", text, from });
        else if (as === "table" && read !== null) setEditing({ as: "table", definition: read, from });
        else failed({ code: "invalid_input", message: problems[0] ? `${problems[0].place}: ${problems[0].message}` : "this cannot be read", hint: "Mend the file first." });
      },
      onError: failed,
    });
  };
  const save = () =>
    saving.mutate({ draft, of: shown.info.id, based_on: editing.from, note }, {
      onSuccess: ({ info }) => {
        done(`Version ${info.version} counts from now on.`, info.name);
        setEditing(null);
      },
      onError: failed,
    });
  return (
    <div className="row wrap assembly-edit">
      <SegmentedControl aria-label="Change it as" data={[{ value: "table", label: "Table" }, { value: "file", label: "File" }]} value={editing.as} onChange={turn} />
      {editing.as === "table" && definition && <Switch label="these figures are our own" checked={definition.confirmed} onChange={(event) => setEditing({ as: "table", definition: { ...definition, confirmed: event.currentTarget.checked }, from: editing.from })} />}
      <TextInput className="grow" aria-label="What was changed" placeholder="What was changed" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <Button onClick={() => setEditing(null)}>Cancel</Button>
      <Button variant="filled" loading={saving.isPending} disabled={definition === null} title={definition === null ? "The file cannot be read yet" : undefined} onClick={save}>Save as version {newest + 1}</Button>
    </div>
  );
}

function Problems({ checked }: { checked: AssemblyChecked | undefined }) {
  if (!checked || checked.problems.length === 0) return null;
  return (
    <div className="note" role="alert">
      {checked.problems.slice(0, 8).map((problem) => (
        <div key={`${problem.place} ${problem.message} ${problem.start}`}>
          <b>{capitalized(problem.place)}</b>: {problem.message}
          {problem.formula !== null && (
            <div className="raw formula">
              {problem.formula.slice(0, problem.start)}
              <mark>{problem.formula.slice(problem.start, problem.end) || " "}</mark>
              {problem.formula.slice(problem.end)}
            </div>
          )}
          {problem.parts.length > 0 && <div className="small">{problem.parts.map(({ text, value }) => `${text} = ${value ?? "no value"}`).join(" · ")}</div>}
        </div>
      ))}
    </div>
  );
}
