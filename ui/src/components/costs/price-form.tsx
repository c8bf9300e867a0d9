import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { usePastPrices } from "../../api/queries";
import type { PriceItem } from "../../api/types";
import { grouped, plain } from "../../lib/decimal";
import { at, onDay, today } from "../../lib/dates";
import { symbolOf } from "../../lib/money";
import { failed } from "../shared/notify";
import { Problem } from "../shared/states";

interface PriceFormProps {
  item: PriceItem | null;
  currency: string;
  /** What draws on it. */
  used: string[];
  close: () => void;
}

/** What an item costs from now on; what was said of it before stands below. */
export function PriceForm({ item, currency, used, close }: PriceFormProps) {
  return (
    <Modal opened={item !== null} onClose={close} title={<b>{item?.key ? item.name : "A new price"}</b>}>
      {item && <Fields key={item.key} item={item} currency={currency} used={used} close={close} />}
    </Modal>
  );
}

function Fields({ item, currency, used, close }: Omit<PriceFormProps, "item"> & { item: PriceItem }) {
  const isNew = item.key === "";
  const [edited, setEdited] = useState<PriceItem>(isNew ? item : { ...item, on: today(), source: item.confirmed ? item.source : "" });
  const saving = useCommand("save_item", ["costs", "assemblies", "estimate"]);
  const removing = useCommand("remove_cost", ["costs", "assemblies"]);
  const price = plain(edited.unit_cost);
  const change = (next: Partial<PriceItem>) => setEdited({ ...edited, ...next });
  const key = isNew ? edited.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "") : item.key;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (price !== null) saving.mutate({ item: { ...edited, key, unit_cost: price }, new: isNew, before: isNew ? null : item }, { onSuccess: close });
      }}
    >
      <TextInput label="Name" required value={edited.name} onChange={(event) => change({ name: event.currentTarget.value })} description={isNew && key !== "" ? `Assemblies call it ${key}` : undefined} />
      <div className="price-fields">
        <TextInput label="Price" required data-autofocus inputMode="decimal" leftSection={<span className="dim">{symbolOf(currency).trim()}</span>} value={edited.unit_cost} error={edited.unit_cost !== "" && price === null} onChange={(event) => change({ unit_cost: event.currentTarget.value })} />
        <TextInput label="Per" required value={edited.unit} onChange={(event) => change({ unit: event.currentTarget.value })} />
        <TextInput label="Of" required type="date" max={today()} value={edited.on} onChange={(event) => change({ on: event.currentTarget.value })} />
      </div>
      <TextInput label="Whose price it is" required placeholder="the vendor, a price list" value={edited.source} onChange={(event) => change({ source: event.currentTarget.value })} />
      <TextInput label="Moves with the imported prices of" placeholder="nothing" value={edited.series ?? ""} onChange={(event) => change({ series: event.currentTarget.value === "" ? null : event.currentTarget.value })} />
      {saving.error && <Problem error={saving.error} />}
      {!isNew && <Past item={item} currency={currency} />}
      <div className="row">
        {!isNew && used.length === 0 && <Button variant="subtle" color="red" onClick={() => removing.mutate({ item: item.key }, { onSuccess: close, onError: failed })}>Remove</Button>}
        <span className="grow" />
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="filled" loading={saving.isPending} disabled={key === "" || price === null} title={key === "" && edited.name !== "" ? "Its name needs letters from a to z or digits" : undefined}>Save</Button>
      </div>
    </form>
  );
}

function Past({ item, currency }: { item: PriceItem; currency: string }) {
  const past = usePastPrices(item.key).data ?? [];
  if (past.length === 0) return <p className="dim small">Until now: {symbolOf(currency)}{grouped(item.unit_cost)} of {onDay(item.on)}, {item.source}.</p>;
  return (
    <ul className="win-words">
      {past.map((one) => (
        <li key={one.at}>{one.item ? `${symbolOf(currency)}${grouped(one.item.unit_cost)} per ${one.item.unit} of ${onDay(one.item.on)}, ${one.item.source}` : "removed"} ({one.who}, {at(one.at)})</li>
      ))}
    </ul>
  );
}
