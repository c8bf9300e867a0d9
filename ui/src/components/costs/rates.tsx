import { Button, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useCosts, useMonthlyCosts } from "../../api/queries";
import type { CostRate, Costs, MonthlyCosts } from "../../api/types";
import { fromPercent, grouped, plain, toPercent } from "../../lib/decimal";
import { onDay, today } from "../../lib/dates";
import { symbolOf } from "../../lib/money";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Shown } from "../shared/states";
import { Tag } from "../shared/tag";
import { Month } from "./month";

const REFRESHED = ["costs", "assemblies", "estimate"];

/** What hours cost, and the way from what a month costs to that. */
export function Rates() {
  const costs = useCosts();
  const month = useMonthlyCosts();
  return (
    <div className="rates">
      <Shown query={costs} height={400}>
        {(found) => (
          <div className="stack">
            <Table costs={found} />
            <UseTax key={found.use_tax} useTax={found.use_tax} />
          </div>
        )}
      </Shown>
      <Shown query={month} height={400}>
        {(kept) => (costs.data ? <Month start={kept ?? usual(costs.data)} own={kept !== null} /> : null)}
      </Shown>
    </div>
  );
}

/** A small shop to begin with: every figure is to be typed over. */
function usual(costs: Costs): MonthlyCosts {
  const department = ({ rate: { code, name } }: CostRate) => ({ code, name, people: "1", wage: "25", paid_hours: "173", chargeable: "0.75", efficiency: "0.9" });
  return {
    currency: costs.currency,
    overhead: ["Rent and utilities", "Insurance", "Vehicles", "Office and software"].map((name) => ({ name, amount: { minor: 0, currency: costs.currency } })),
    payroll: "0.18",
    spread: "by_hours",
    departments: costs.rates.map(department),
  };
}

function Table({ costs }: { costs: Costs }) {
  const confirming = useCommand("confirm_costs", REFRESHED);
  const open = costs.rates.filter(({ rate }) => !rate.confirmed).map(({ rate }) => rate.code);
  return (
    <Card
      title="What an hour costs"
      sub="burden included"
      flush
      right={open.length > 0 && <Button size="compact-sm" loading={confirming.isPending} onClick={() => confirming.mutate({ items: [], rates: open }, { onError: failed })}>They are right as they stand</Button>}
    >
      <table className="grid" data-testid="rates">
        <thead>
          <tr>
            <th>Code</th>
            <th>Work</th>
            <th className="num">An hour</th>
            <th>Of</th>
          </tr>
        </thead>
        <tbody>
          {costs.rates.map((one) => <Row key={`${one.rate.code} ${one.rate.rate}`} one={one} currency={costs.currency} />)}
        </tbody>
      </table>
      <p className="dim small" style={{ padding: "6px 8px" }}>A work code without a rate has that of its department: 225 belongs to 200.</p>
    </Card>
  );
}

function Row({ one: { rate, old }, currency }: { one: CostRate; currency: string }) {
  const [typed, setTyped] = useState(rate.rate);
  const saving = useCommand("save_rate", REFRESHED);
  const next = plain(typed);
  const changed = typed.trim() !== "" && typed !== rate.rate;
  const save = () => next !== null && saving.mutate({ ...rate, rate: next, on: today(), source: "typed in by hand" }, { onSuccess: () => done(rate.name, "Rate saved"), onError: failed });
  return (
    <tr>
      <td className="dim">{rate.code}</td>
      <td>{rate.name} {!rate.confirmed && <Tag tone="warn" title={rate.source}>not confirmed</Tag>}</td>
      <td>
        <form className="row rate-form" onSubmit={(event) => { event.preventDefault(); if (changed) save(); }}>
          <TextInput aria-label={`An hour of ${rate.name}`} inputMode="decimal" leftSection={<span className="dim">{symbolOf(currency).trim()}</span>} value={changed ? typed : grouped(rate.rate)} error={changed && next === null} onChange={(event) => setTyped(event.currentTarget.value)} />
          {changed && <Button type="submit" size="compact-sm" variant="filled" disabled={next === null} loading={saving.isPending}>Save</Button>}
        </form>
      </td>
      <td className={old ? "warn-ink" : "dim"} title={rate.source} style={{ whiteSpace: "nowrap" }}>{onDay(rate.on)}</td>
    </tr>
  );
}

function UseTax({ useTax }: { useTax: string }) {
  const [typed, setTyped] = useState(toPercent(useTax));
  const saving = useCommand("set_use_tax", REFRESHED);
  const next = fromPercent(typed);
  return (
    <Card title="Use tax" sub="on material that the shop pays it for">
      <form className="row" onSubmit={(event) => { event.preventDefault(); if (next) saving.mutate({ use_tax: next }, { onSuccess: () => done(`${typed} % of material.`, "Use tax saved"), onError: failed }); }}>
        <TextInput aria-label="Use tax" w={110} inputMode="decimal" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} rightSection={<span className="dim">%</span>} error={next === null} />
        <Button type="submit" disabled={next === null || toPercent(useTax) === typed} loading={saving.isPending}>Save</Button>
      </form>
    </Card>
  );
}
