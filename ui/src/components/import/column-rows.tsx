import { Select } from "@mantine/core";

import type { ColumnMapping, ColumnUse, Mapping, Understood } from "../../api/types";
import { named } from "../../lib/words";
import { Tag } from "../shared/tag";

interface ColumnRowsProps {
  understood: Understood;
  mapping: Mapping;
  fields: string[];
  change: (next: Mapping) => void;
}

const NOT_READ = "";
const OWN = "driver";
const AS_IS = "rule";

/** One row per column: its name and values, the field it fills, and how sure that is. */
export function ColumnRows({ understood, mapping, fields, change }: ColumnRowsProps) {
  const said = (one: ColumnUse) => mapping.columns?.[one.header];
  const use = (one: ColumnUse, next: ColumnMapping) => change({ ...mapping, columns: { ...mapping.columns, [one.header]: next } });
  return (
    <table className="grid">
      <thead>
        <tr>
          <th>Column</th>
          <th>Such as</th>
          <th>Is</th>
          <th>Sure</th>
        </tr>
      </thead>
      <tbody>
        {understood.columns.map((one) => (
          <tr key={one.column} data-testid="column-row">
            <td className="clip" style={{ maxWidth: 150 }} title={one.header}>
              <b>{one.header}</b>
            </td>
            <td className="clip dim" style={{ maxWidth: 170 }} title={one.samples.join("\n")}>
              {one.samples.join(" · ")}
            </td>
            <td style={{ minWidth: 180 }}>
              <Select
                aria-label={`What ${one.header} is`}
                size="xs"
                searchable
                data={choices(one, fields, said(one))}
                value={chosen(said(one), one)}
                onChange={(next) => next !== null && next !== AS_IS && use(one, next === NOT_READ ? false : next)}
              />
              <Remark one={one} />
            </td>
            <td className="num">{one.field && <Tag tone={one.confidence >= 0.9 ? "good" : "warn"}>{Math.round(one.confidence * 100)} %</Tag>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Remark({ one }: { one: ColumnUse }) {
  const perhaps = one.suggestions.map(({ field }) => named(field).toLowerCase()).join(" or ");
  const text = perhaps === "" ? one.note : `perhaps ${perhaps}`;
  return text ? <div className="dim small">{text}</div> : null;
}

/** Fields the reader thinks likely stand first. */
function choices(one: ColumnUse, fields: string[], said: ColumnMapping | undefined) {
  const likely = one.suggestions.map(({ field }) => field);
  const others = fields.filter((field) => !likely.includes(field));
  const list = [...likely, ...others].map((field) => ({ value: field, label: named(field) }));
  const rule = typeof said === "object" ? [{ value: AS_IS, label: `As said${one.field ? `: ${named(one.field)}` : ""}` }] : [];
  return [...rule, { value: NOT_READ, label: "Not read" }, { value: OWN, label: "A driver of your own" }, ...list];
}

function chosen(said: ColumnMapping | undefined, one: ColumnUse): string {
  if (typeof said === "object") return AS_IS;
  if (typeof said === "string") return said;
  return said === false ? NOT_READ : (one.field ?? NOT_READ);
}
