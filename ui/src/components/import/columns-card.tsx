import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useFields } from "../../api/queries";
import type { FileOutcome, ImportDetail, Mapping, RecordKind, TableOutcome } from "../../api/types";
import { count, counted } from "../../lib/numbers";
import { recordKind } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Tag } from "../shared/tag";
import { ColumnRows } from "./column-rows";
import { tablesOf } from "./tables";

const KINDS: RecordKind[] = ["customer", "opportunity", "quote", "work_order", "material_price", "vendor_bill", "line_item"];
const touched = ["imports", "rejects", "jobs", "summary", "tasks"];

/** What the columns of a table were taken for, to be changed, tried, and imported again. */
export function ColumnsCard({ detail }: { detail: ImportDetail }) {
  const [kept] = tablesOf(detail);
  const [table, setTable] = useState<TableOutcome | null>(kept ?? null);
  const [mapping, setMapping] = useState<Mapping>(kept?.mapping ?? { header_row: 1 });
  const [tried, setTried] = useState<FileOutcome | null>(null);
  const fields = useFields(mapping.kind ?? null);
  const trying = useCommand("try_mapping", []);
  const { id } = detail.import;
  const change = (next: Mapping) => {
    setMapping(next);
    setTried(null);
  };
  const attempt = (next: Mapping) =>
    trying.mutate(
      { id, mapping: next, save_profile: null },
      {
        onSuccess: (outcome) => {
          setTried(outcome);
          const [first] = outcome.tables;
          if (!first) return;
          setTable(first);
          setMapping({ ...first.mapping, sheet: next.sheet, header_row: next.header_row });
        },
        onError: failed,
      },
    );
  return (
    <Card title="Columns" sub={table ? saidOf(table) : "say what the table is, then try"} fill flush className="columns-card" right={<Standing tried={tried} />}>
      <div className="row" style={{ gap: 8, padding: "10px 14px", alignItems: "end", flexWrap: "wrap" }}>
        <Select
          label="One row is"
          placeholder="choose"
          data={KINDS.map((kind) => ({ value: kind, label: recordKind[kind] }))}
          value={mapping.kind ?? null}
          onChange={(kind) => change({ ...mapping, kind: KINDS.find((one) => one === kind), columns: kind === mapping.kind ? mapping.columns : {} })}
          w={128}
        />
        <NumberInput
          label="Header in row"
          placeholder="found"
          min={1}
          value={mapping.header_row ?? table?.understood.header_row ?? ""}
          onChange={(row) => change({ ...mapping, header_row: typeof row === "number" ? row : undefined })}
          w={84}
        />
        <Select
          label="Dates"
          data={[{ value: "month_first", label: "Month first" }, { value: "day_first", label: "Day first" }]}
          placeholder="as found"
          value={mapping.dates ?? null}
          onChange={(order) => change({ ...mapping, dates: order === "day_first" || order === "month_first" ? order : undefined })}
          w={106}
        />
        <Select
          label="Decimals"
          data={[{ value: "point", label: "1,234.50" }, { value: "comma", label: "1.234,50" }]}
          placeholder="as found"
          value={mapping.decimal ?? null}
          onChange={(mark) => change({ ...mapping, decimal: mark === "comma" || mark === "point" ? mark : undefined })}
          w={100}
        />
        <span className="grow" />
        <Button loading={trying.isPending} disabled={!mapping.kind} onClick={() => attempt(mapping)} data-testid="try-mapping">
          Try
        </Button>
        <Apply id={id} mapping={mapping} tried={tried} />
      </div>
      {tried && <Outcome outcome={tried} />}
      {table && <ColumnRows key={table.understood.sheet ?? ""} understood={table.understood} mapping={mapping} fields={fields.data ?? []} change={change} />}
    </Card>
  );
}

function Standing({ tried }: { tried: FileOutcome | null }) {
  if (!tried) return null;
  const { created, updated, unchanged, rejected } = tried.counts;
  return (
    <span className="row" style={{ gap: 6 }}>
      <Tag tone="good">{count(created)} new</Tag>
      <Tag tone="accent">{count(updated)} changed</Tag>
      <Tag tone="plain">{count(unchanged)} unchanged</Tag>
      {rejected > 0 && <Tag tone="bad">{count(rejected)} refused</Tag>}
    </span>
  );
}

/** Importing again follows a try, so that nobody stores what they have not seen. */
function Apply({ id, mapping, tried }: { id: number; mapping: Mapping; tried: FileOutcome | null }) {
  const [name, setName] = useState(mapping.name ?? "");
  const applying = useCommand("apply_mapping", touched);
  const takes = tried !== null && tried.state === "read";
  const act = () =>
    applying.mutate(
      { id, mapping, save_profile: name.trim() === "" ? null : name.trim() },
      { onSuccess: () => done("The table is being read again."), onError: failed },
    );
  return (
    <>
      <TextInput label="Remember as" placeholder="not remembered" value={name} onChange={(event) => setName(event.currentTarget.value)} w={126} />
      <Button variant="filled" disabled={!takes} loading={applying.isPending} onClick={act} data-testid="apply-mapping">
        Import
      </Button>
    </>
  );
}

function Outcome({ outcome }: { outcome: FileOutcome }) {
  if (outcome.refused.length === 0 && !outcome.message) return null;
  return (
    <div className="stack" style={{ padding: "0 14px 10px" }}>
      {outcome.message && <div className="note">{outcome.message}</div>}
      {outcome.refused.map((group) => (
        <div className="note" key={`${group.reason} ${group.field ?? ""}`}>
          <b>{counted(group.count, "refusal")}</b> {group.examples[0]?.message}
          <div className="dim">{group.repair}</div>
        </div>
      ))}
    </div>
  );
}

function saidOf({ understood }: TableOutcome): string {
  const said = [understood.sheet, understood.profile, understood.encoding, counted(understood.rows, "row")];
  if (understood.set_aside_count > 0) said.push(`${count(understood.set_aside_count)} set aside`);
  return said.filter((one) => one !== null && one !== undefined).join(" · ");
}
