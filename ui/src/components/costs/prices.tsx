import { Button, Checkbox, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useCosts } from "../../api/queries";
import type { CostItem, Costs, PriceItem } from "../../api/types";
import { grouped } from "../../lib/decimal";
import { onDay, today } from "../../lib/dates";
import { symbolOf } from "../../lib/money";
import { counted } from "../../lib/numbers";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { SearchBox } from "../shared/search-box";
import { Shown } from "../shared/states";
import { Tag } from "../shared/tag";
import { PriceChanges } from "./price-changes";
import { PriceForm } from "./price-form";

type Which = "all" | "open" | "old";

/** What things cost: which prices are the shop's own, how old they are, and what newer ones were imported. */
export function Prices() {
  const costs = useCosts();
  return (
    <div className="stack">
      <PriceChanges />
      <Shown query={costs} height={500}>
        {(found) => <List costs={found} />}
      </Shown>
    </div>
  );
}

function List({ costs }: { costs: Costs }) {
  const [which, setWhich] = useState<Which>("all");
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [edited, setEdited] = useState<PriceItem | null>(null);
  const confirming = useCommand("confirm_costs", ["costs", "assemblies", "estimate"]);
  const open = costs.items.filter(({ item }) => !item.confirmed).length;
  const old = costs.items.filter((one) => one.old).length;
  const words = search.toLowerCase();
  const shown = costs.items
    .filter((one) => which === "all" || (which === "open" ? !one.item.confirmed : one.old))
    .filter(({ item }) => `${item.name} ${item.key} ${item.source}`.toLowerCase().includes(words));
  const picked = shown.filter(({ item }) => chosen.has(item.key)).map(({ item }) => item.key);
  const toggle = (key: string) => setChosen(new Set(chosen.has(key) ? [...chosen].filter((one) => one !== key) : [...chosen, key]));
  const confirm = () =>
    confirming.mutate({ items: picked, rates: [] }, {
      onSuccess: () => {
        done(`${counted(picked.length, "price")} of your own now.`, "Confirmed");
        setChosen(new Set());
      },
      onError: failed,
    });
  return (
    <Card
      title="Prices"
      sub={open > 0 ? `${open} of ${costs.items.length} are published figures that nobody here has confirmed` : counted(costs.items.length, "price")}
      flush
      right={<Button size="compact-sm" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => setEdited({ ...fresh, on: today() })}>Add</Button>}
    >
      <div className="row wrap price-tools">
        <SegmentedControl aria-label="Which prices" data={[{ value: "all", label: "All" }, { value: "open", label: `Not confirmed, ${open}` }, { value: "old", label: `Over a year old, ${old}` }]} value={which} onChange={(next) => setWhich(next as Which)} />
        <SearchBox search={search} change={setSearch} label="Search prices" hint="Name or vendor" />
        <span className="grow" />
        {picked.length > 0 && <Button size="compact-sm" variant="filled" loading={confirming.isPending} onClick={confirm}>{picked.length === 1 ? "It is right as it stands" : `${picked.length} are right as they stand`}</Button>}
      </div>
      <table className="grid" data-testid="price-list">
        <thead>
          <tr>
            <th style={{ width: 30 }}><Checkbox size="xs" aria-label="All shown" checked={shown.length > 0 && shown.every(({ item }) => chosen.has(item.key))} onChange={(event) => setChosen(event.currentTarget.checked ? new Set(shown.map(({ item }) => item.key)) : new Set())} /></th>
            <th>Item</th>
            <th className="num">Price</th>
            <th>Per</th>
            <th>Of</th>
            <th>Whose</th>
            <th>Used by</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => <Row key={one.item.key} one={one} currency={costs.currency} chosen={chosen.has(one.item.key)} toggle={() => toggle(one.item.key)} edit={() => setEdited(one.item)} />)}
        </tbody>
      </table>
      {shown.length === 0 && <p className="dim" style={{ padding: 12 }}>No price is like that.</p>}
      <PriceForm item={edited} currency={costs.currency} used={costs.items.find(({ item }) => item.key === edited?.key)?.used_by ?? []} close={() => setEdited(null)} />
    </Card>
  );
}

const fresh: PriceItem = { key: "", name: "", unit: "each", unit_cost: "", on: "", source: "", confirmed: true, series: null };

function Row({ one: { item, old, used_by }, currency, chosen, toggle, edit }: { one: CostItem; currency: string; chosen: boolean; toggle: () => void; edit: () => void }) {
  return (
    <tr>
      <td><Checkbox size="xs" aria-label={`Choose ${item.name}`} checked={chosen} onChange={toggle} /></td>
      <td>
        <button type="button" className="linklike" onClick={edit}>{item.name}</button> {!item.confirmed && <Tag tone="warn">not confirmed</Tag>}
      </td>
      <td className="num">{symbolOf(currency)}{grouped(item.unit_cost)}</td>
      <td className="dim">{item.unit}</td>
      <td className={old ? "warn-ink" : "dim"} style={{ whiteSpace: "nowrap" }}>{onDay(item.on)}</td>
      <td className="dim clip" style={{ maxWidth: 260 }} title={item.source}>{item.source}</td>
      <td className="dim clip" style={{ maxWidth: 200 }} title={used_by.join(", ")}>{used_by.length === 0 ? "nothing" : used_by.length === 1 ? used_by[0] : counted(used_by.length, "assembly", "assemblies")}</td>
    </tr>
  );
}
