/** The lowest margins without approval, by sign type. */
import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useDrivers, useFloors } from "../../api/queries";
import type { MarginFloors } from "../../api/types";
import { fromPercent, toPercent } from "../../lib/decimal";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Shown } from "../shared/states";

export function FloorsCard() {
  const floors = useFloors();
  return <Shown query={floors} height={120}>{(kept) => <Editing key={JSON.stringify(kept)} kept={kept} />}</Shown>;
}

interface Row {
  type: string;
  percent: string;
}

function Editing({ kept }: { kept: MarginFloors }) {
  const [base, setBase] = useState(kept.default === null ? "" : toPercent(kept.default));
  const [rows, setRows] = useState<Row[]>(() => Object.entries(kept.by_type).map(([type, margin]) => ({ type, percent: toPercent(margin) })));
  const types = useDrivers().data?.find((driver) => driver.name === "sign_type")?.choices ?? [];
  const saving = useCommand("save_margin_floors", ["settings", "quotes"]);
  const typed = asFloors(base, rows);
  const free = types.filter(({ value }) => !rows.some((row) => row.type === value));
  const change = (at: number, percent: string) => setRows(rows.map((row, k) => (k === at ? { ...row, percent } : row)));
  return (
    <Card title="Price floors" sub="below them a quote is approved only with a name and a reason">
      <div className="stack tight" data-testid="floors">
        <div className="floor-row">
          <span>All other work</span>
          <TextInput aria-label="Lowest margin of all other work" className="right" placeholder="none" inputMode="decimal" value={base} onChange={(event) => setBase(event.currentTarget.value)} rightSection={<span className="dim">%</span>} />
        </div>
        {rows.map(({ type, percent }, at) => {
          const label = types.find(({ value }) => value === type)?.label ?? type;
          return (
            <div key={type} className="floor-row">
              <span>{label}</span>
              <TextInput aria-label={`Lowest margin of ${label}`} className="right" inputMode="decimal" value={percent} onChange={(event) => change(at, event.currentTarget.value)} rightSection={<span className="dim">%</span>} />
              <ActionIcon size="sm" aria-label={`Remove the floor of ${label}`} onClick={() => setRows(rows.filter((_, k) => k !== at))}><IconTrash size={14} /></ActionIcon>
            </div>
          );
        })}
        <div className="row">
          <Select aria-label="Sign type with a floor of its own" placeholder="A sign type with a floor of its own" className="grow" searchable value={null} onChange={(type) => type && setRows([...rows, { type, percent: base }])} data={free} />
          <Button variant="filled" disabled={!typed || JSON.stringify(typed) === JSON.stringify(kept)} loading={saving.isPending} onClick={() => typed && saving.mutate(typed, { onSuccess: () => done("", "Price floors saved"), onError: failed })}>
            Save
          </Button>
        </div>
      </div>
    </Card>
  );
}

/** `null` where a margin cannot be read. */
function asFloors(base: string, rows: Row[]): MarginFloors | null {
  const read = rows.map(({ type, percent }) => [type, fromPercent(percent)] as const);
  const fallback = base.trim() === "" ? null : fromPercent(base);
  if ((base.trim() !== "" && fallback === null) || read.some(([, margin]) => margin === null)) return null;
  return { default: fallback, by_type: Object.fromEntries(read.map(([type, margin]) => [type, margin ?? ""])) };
}
