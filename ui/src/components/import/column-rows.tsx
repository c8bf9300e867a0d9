import { Select } from "@mantine/core";
import { useState } from "react";

import type { ColumnMapping, ColumnRule, ColumnUse, Mapping, Understood } from "../../api/types";
import { named } from "../../lib/words";
import { Tag } from "../shared/tag";

interface ColumnRowsProps {
  understood: Understood;
  mapping: Mapping;
  fields: string[];
  change: (next: Mapping) => void;
}

/** As many columns are seen at once. */
const FEW = 12;
const NOT_READ = "";
const OWN = "driver";
const AS_IS = "rule";

/** One row per column: its name and values, the field it fills, and how sure that is. */
export function ColumnRows({ understood, mapping, fields, change }: ColumnRowsProps) {
  const [find, setFind] = useState("");
  const shown = understood.columns.filter(({ header }) => header.toLowerCase().includes(find.trim().toLowerCase()));
  const said = (one: ColumnUse) => mapping.columns?.[one.header];
  const use = (one: ColumnUse, next: ColumnMapping) => change({ ...mapping, columns: { ...mapping.columns, [one.header]: next } });
  return (
    <div className="columns-scroll">
      <table className="grid columns-table">
        <thead>
          <tr>
            <th>
              <span className="row">
                Column
                {understood.columns.length > FEW && (
                  <input className="columns-find" value={find} placeholder={`find among ${understood.columns.length}`} aria-label="Find a column" onChange={(event) => setFind(event.currentTarget.value)} />
                )}
              </span>
            </th>
            <th>Such as</th>
            <th>Is</th>
            <th className="num">Sure</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.column} data-testid="column-row">
              <td className="clip" title={one.header}>
                <b>{one.header}</b>
              </td>
              <td className="clip dim" title={one.samples.join("\n")}>
                {one.samples.join(" · ")}
              </td>
              <td>
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
      {shown.length === 0 && <p className="dim" style={{ padding: 14 }}>No column has “{find}” in its name.</p>}
    </div>
  );
}

function Remark({ one }: { one: ColumnUse }) {
  const perhaps = one.suggestions.map(({ field }) => named(field).toLowerCase()).join(" or ");
  const text = perhaps === "" ? one.note?.replace(/^a driver of your own, /, "") : `perhaps ${perhaps}`;
  // What is not read says so in the choice itself.
  if (!one.field && text === "not used") return null;
  return text ? <div className="dim small">{text}</div> : null;
}

/** Fields the reader thinks likely stand first. */
function choices(one: ColumnUse, fields: string[], said: ColumnMapping | undefined) {
  const likely = one.suggestions.map(({ field }) => field);
  const others = fields.filter((field) => !likely.includes(field));
  const list = [...likely, ...others].map((field) => ({ value: field, label: named(field) }));
  const rule = typeof said === "object" && !isOwn(said) ? [{ value: AS_IS, label: asSaid(said, one) }] : [];
  return [...rule, { value: NOT_READ, label: "Not read" }, { value: OWN, label: "A driver of your own" }, ...list];
}

/** A rule that only names a driver says no more than that it is one. */
function isOwn(rule: ColumnRule): boolean {
  return rule.driver !== undefined && Object.keys(rule).length === 1;
}

/** A rule with a unit or another change is kept as it is: `Width, in`. */
function asSaid({ unit }: ColumnRule, { field, header }: ColumnUse): string {
  return [named(field ?? header), unit].filter(Boolean).join(", ");
}

function chosen(said: ColumnMapping | undefined, one: ColumnUse): string {
  if (typeof said === "object" && isOwn(said)) return OWN;
  if (typeof said === "object") return AS_IS;
  if (typeof said === "string") return said;
  return said === false ? NOT_READ : (one.field ?? NOT_READ);
}
