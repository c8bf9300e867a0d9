import { ActionIcon, Button, CloseButton, Menu, NumberInput, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useOutlooks } from "../../api/queries";
import type { Assumption, SavedOutlook, SeriesInfo } from "../../api/types";
import { today } from "../../lib/dates";
import { named } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";

interface AssumptionsProps {
  assumptions: Assumption[];
  materials: SeriesInfo[];
  change: (next: Assumption[]) => void;
}

const kinds: { of: Assumption["of"]; label: string }[] = [
  { of: "price", label: "A material price changes" },
  { of: "wage", label: "Labour gets dearer or cheaper" },
  { of: "demand", label: "More or less work is sold" },
  { of: "people", label: "More or fewer people" },
];

/** An assumption to begin with, from the next month on. */
export function assumed(of: Assumption["of"], material: string): Assumption {
  const [year = 2026, month = 1] = today().split("-").map(Number);
  const from = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
  switch (of) {
    case "price":
      return { of, series: material, percent: 15, from };
    case "people":
      return { of, more: 1, hours: 150, from };
    case "wage":
      return { of, percent: 5, from };
    case "demand":
      return { of, percent: 10, from };
  }
}

/** What is assumed; kept under a name if wanted. */
export function Assumptions({ assumptions, materials, change }: AssumptionsProps) {
  const put = (at: number, next: Assumption | null) => change(assumptions.flatMap((one, place) => (place === at ? (next ? [next] : []) : [one])));
  const material = materials[0]?.name ?? "";
  return (
    <div className="stack">
      <Card title="What is assumed">
        {assumptions.map((one, at) => (
          <Fields key={`${at} ${one.of}`} one={one} materials={materials} change={(next) => put(at, next)} remove={() => put(at, null)} />
        ))}
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} disabled={assumptions.length >= 12}>
              Assume
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds
              .filter(({ of }) => of !== "price" || material !== "")
              .map(({ of, label }) => (
                <Menu.Item key={of} onClick={() => change([...assumptions, assumed(of, material)])}>
                  {label}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
        {assumptions.length > 0 && <Keep assumptions={assumptions} />}
      </Card>
      <Kept change={change} />
    </div>
  );
}

interface FieldsProps {
  one: Assumption;
  materials: SeriesInfo[];
  change: (next: Assumption) => void;
  remove: () => void;
}

function Fields({ one, materials, change, remove }: FieldsProps) {
  const percent = (value: number, set: (next: number) => Assumption) => <NumberInput label="By" value={value} suffix=" %" min={-95} max={500} onChange={(next) => typeof next === "number" && change(set(next))} />;
  return (
    <div className="assumption">
      <div className="row">
        <b className="grow">{kinds.find(({ of }) => of === one.of)?.label}</b>
        <CloseButton size="sm" aria-label="Do not assume this" onClick={remove} />
      </div>
      {one.of === "price" && (
        <Select aria-label="Material" allowDeselect={false} searchable value={one.series} onChange={(series) => series && change({ ...one, series })} data={materials.map(({ name, label }) => ({ value: name, label: named(label) }))} />
      )}
      {one.of === "people" && (
        <div className="two">
          <NumberInput label="People" value={one.more} onChange={(more) => typeof more === "number" && change({ ...one, more })} />
          <NumberInput label="Hours a month each" value={one.hours} min={0} max={400} onChange={(hours) => typeof hours === "number" && change({ ...one, hours })} />
        </div>
      )}
      <div className="two">
        {one.of !== "people" && percent(one.percent, (next) => ({ ...one, percent: next }))}
        <TextInput label="From" type="month" value={one.from.slice(0, 7)} onChange={(event) => event.currentTarget.value && change({ ...one, from: `${event.currentTarget.value}-01` })} />
      </div>
    </div>
  );
}

function Keep({ assumptions }: { assumptions: Assumption[] }) {
  const [name, setName] = useState("");
  const saving = useCommand("save_outlook", ["outlooks"]);
  return (
    <form
      className="row"
      style={{ marginTop: 10 }}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate({ name, assumptions }, { onSuccess: () => { done(name, "Kept"); setName(""); }, onError: failed });
      }}
    >
      <TextInput className="grow" aria-label="Name" placeholder="Keep it under a name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Button type="submit" loading={saving.isPending} disabled={name.trim() === ""}>
        Keep
      </Button>
    </form>
  );
}

function Kept({ change }: { change: (next: Assumption[]) => void }) {
  const kept = useOutlooks().data ?? [];
  const removing = useCommand("delete_outlook", ["outlooks"]);
  if (kept.length === 0) return null;
  const remove = ({ id, name }: SavedOutlook) => removing.mutate({ id }, { onSuccess: () => done(name, "Forgotten"), onError: failed });
  return (
    <Card title="Kept">
      {kept.map((one) => (
        <div key={one.id} className="row">
          <Button variant="subtle" size="compact-sm" onClick={() => change(one.assumptions)}>
            {one.name}
          </Button>
          <span className="grow" />
          <ActionIcon variant="subtle" aria-label={`Forget ${one.name}`} onClick={() => remove(one)}>
            <IconTrash size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
    </Card>
  );
}
