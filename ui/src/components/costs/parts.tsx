import { ActionIcon, Button, Select, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";

import { useAssemblies, useCosts } from "../../api/queries";
import type { AssemblyChecked, AssemblyDefinition, AssemblyPart, CostKind } from "../../api/types";
import { exact } from "../../lib/money";
import { costKind } from "../../lib/words";
import { Card } from "../shared/card";

interface PartsProps {
  definition: AssemblyDefinition;
  /** `null` while it is only read. */
  edit: ((definition: AssemblyDefinition) => void) | null;
  checked: AssemblyChecked | undefined;
  open: (id: string) => void;
}

const kinds = Object.entries(costKind).filter(([kind]) => kind !== "use_tax").map(([value, label]) => ({ value, label }));
const fresh: AssemblyPart = { name: "", kind: "material", per: "sign", when: null, item: null, quantity: "1", waste: null, minimum: null, stock: null, pieces: [], code: null, hours: null, note: "" };

/** Each cost with its formula, and what it comes to in the job that the assembly is tried on. */
export function Parts({ definition, edit, checked, open }: PartsProps) {
  const change = (at: number, next: Partial<AssemblyPart>) => edit?.({ ...definition, part: definition.part.map((one, k) => (k === at ? { ...one, ...next } : one)) });
  const amount = (name: string) => checked?.built?.lines.find((line) => line.name === name)?.amount;
  const wrong = (name: string) => checked?.problems.some(({ place }) => place.includes(`"${name}"`)) === true;
  return (
    <Card title="Costs" flush right={edit && <Button size="compact-xs" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => edit({ ...definition, part: [...definition.part, fresh] })}>Add a cost</Button>}>
      <div className="scroll-x">
        <table className="grid part-table">
          <thead>
            <tr>
              <th>What</th>
              <th>Item or work code</th>
              <th>How much</th>
              <th>Only when</th>
              <th className="num">In that job</th>
              {edit && <td />}
            </tr>
          </thead>
          <tbody>
            {definition.part.map((part, at) => {
              const comes = amount(part.name);
              return (
                <tr key={`part ${at}`} className={wrong(part.name) ? "part-wrong" : ""}>
                  {edit ? <Editable part={part} change={(next) => change(at, next)} /> : <Readable part={part} />}
                  <td className="num">{comes ? exact(comes) : <span className="dim">–</span>}</td>
                  {edit && (
                    <td>
                      <ActionIcon size="sm" aria-label={`Remove ${part.name || "this cost"}`} onClick={() => edit({ ...definition, part: definition.part.filter((_, k) => k !== at) })}>
                        <IconTrash size={14} />
                      </ActionIcon>
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {definition.uses.length > 0 && <Shared ids={definition.uses} only={definition.part.length === 0} open={open} />}
    </Card>
  );
}

/** The blocks in which more of its costs stand. */
function Shared({ ids, only, open }: { ids: string[]; only: boolean; open: (id: string) => void }) {
  const all = useAssemblies().data ?? [];
  return (
    <p className="dim row wrap part-shared">
      {only ? "All its costs stand in parts that it shares:" : "More stand in parts that it shares:"}
      {ids.map((id) => (
        <button key={id} type="button" className="linklike" onClick={() => open(id)}>
          {all.find((one) => one.id === id)?.name ?? id}
        </button>
      ))}
    </p>
  );
}

function Readable({ part }: { part: AssemblyPart }) {
  return (
    <>
      <td>
        {part.name}
        <div className="dim small">{costKind[part.kind]}{part.per === "job" && ", once for the job"}</div>
      </td>
      <td className="dim">{part.code ?? part.item}</td>
      <td>
        <Formulas part={part} />
        {part.note !== "" && <div className="dim small">{part.note}</div>}
      </td>
      <td>{part.when !== null && <span className="raw">{part.when}</span>}</td>
    </>
  );
}

function Formulas({ part }: { part: AssemblyPart }) {
  if (part.stock !== null) {
    return part.pieces.map((piece, at) => (
      <div key={`piece ${at}`}>
        <span className="raw">{[piece.count, piece.width, piece.length].filter((one) => one !== null).map((one) => (one.includes(" ") ? `(${one})` : one)).join(" × ")}</span> <span className="dim small">{at === 0 ? stocked(part) : ""}</span>
      </div>
    ));
  }
  return (
    <>
      <span className="raw">{part.hours ?? part.quantity}</span>{" "}
      <span className="dim small">
        {part.waste !== null && `+ ${part.waste} lost `}
        {part.minimum !== null && `at least ${part.minimum}`}
      </span>
    </>
  );
}

function stocked({ stock }: AssemblyPart): string {
  if (!stock) return "";
  const sizes = [...stock.sheets.map((sheet) => sheet.join(" × ")), ...stock.rolls, ...stock.lengths];
  return `cut from ${stock.sheets.length > 0 ? "sheets" : stock.rolls.length > 0 ? "rolls" : "lengths"} of ${sizes.join(", ")}`;
}

const pers = [{ value: "sign", label: "for every sign" }, { value: "job", label: "once for the job" }];

/** A formula in full: it may be longer than its column. */
function Formula({ label, value, placeholder, set }: { label: string; value: string | null; placeholder?: string; set: (value: string | null) => void }) {
  return <Textarea aria-label={label} classNames={{ input: "code" }} spellCheck={false} autosize minRows={1} maxRows={6} placeholder={placeholder} value={value ?? ""} onChange={(event) => set(event.currentTarget.value === "" ? null : event.currentTarget.value)} />;
}

/** What is cut from stock keeps its pieces: those are changed in the file. */
function Editable({ part, change }: { part: AssemblyPart; change: (next: Partial<AssemblyPart>) => void }) {
  const costs = useCosts().data;
  const labour = part.hours !== null;
  const cut = part.stock !== null;
  const items = (costs?.items ?? []).map(({ item }) => ({ value: `item ${item.key}`, label: item.name }));
  const rates = (costs?.rates ?? []).map(({ rate }) => ({ value: `rate ${rate.code}`, label: `${rate.code} ${rate.name}` }));
  const own = labour && part.code !== null && !rates.some(({ value }) => value === `rate ${part.code}`) ? [{ value: `rate ${part.code}`, label: part.code }] : [];
  const choose = (chosen: string | null) => {
    if (chosen?.startsWith("rate ")) change({ code: chosen.slice(5), hours: part.hours ?? part.quantity ?? "1 h", item: null, quantity: null, waste: null, minimum: null, stock: null, pieces: [], kind: "labour" });
    if (chosen?.startsWith("item ")) change({ item: chosen.slice(5), code: null, hours: null, quantity: part.stock === null ? (part.quantity ?? "1") : null, kind: part.kind === "labour" ? "material" : part.kind });
  };
  return (
    <>
      <td>
        <TextInput aria-label="What it is" value={part.name} onChange={(event) => change({ name: event.currentTarget.value })} />
        <Select aria-label={`What ${part.name} is for`} size="xs" variant="unstyled" allowDeselect={false} data={kinds} value={part.kind} onChange={(kind) => kind && change({ kind: kind as CostKind })} />
      </td>
      <td>
        <Select aria-label={`Item or work code of ${part.name}`} searchable data={cut ? items : [{ group: "Prices", items }, { group: "Hours", items: [...rates, ...own] }]} value={labour ? `rate ${part.code ?? ""}` : `item ${part.item ?? ""}`} onChange={choose} />
      </td>
      <td>
        {cut ? (
          <Formulas part={part} />
        ) : (
          <>
            <Formula label={`How much of ${part.name}`} value={part.hours ?? part.quantity} set={(text) => change(labour ? { hours: text ?? "" } : { quantity: text ?? "" })} />
            {!labour && (
              <div className="part-more">
                <Formula label={`Lost of ${part.name}`} placeholder="lost, 10 %" value={part.waste} set={(waste) => change({ waste })} />
                <Formula label={`At least of ${part.name}`} placeholder="at least" value={part.minimum} set={(minimum) => change({ minimum })} />
              </div>
            )}
          </>
        )}
        <Select aria-label={`How often ${part.name} comes`} size="xs" variant="unstyled" allowDeselect={false} data={pers} value={part.per} onChange={(per) => per && change({ per: per as AssemblyPart["per"] })} />
      </td>
      <td>
        <Formula label={`When ${part.name} is needed`} placeholder="always" value={part.when} set={(when) => change({ when })} />
      </td>
    </>
  );
}
