import { Button } from "@mantine/core";

import { useCommand } from "../../api/commands";
import { useCosts, usePriceChanges } from "../../api/queries";
import type { PriceChange } from "../../api/types";
import { grouped } from "../../lib/decimal";
import { onDay } from "../../lib/dates";
import { symbolOf } from "../../lib/money";
import { counted, signedPercent } from "../../lib/numbers";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";

/** Items for which newer prices came in: they count when somebody takes them. */
export function PriceChanges() {
  const found = usePriceChanges().data;
  const currency = useCosts().data?.currency ?? "USD";
  const taking = useCommand("take_prices", ["costs", "assemblies", "estimate"]);
  if (!found || found.changes.length === 0) return null;
  const fitting = found.changes.filter(({ becomes }) => becomes !== null);
  const take = (items: string[]) => taking.mutate({ items }, { onSuccess: () => done(`${counted(items.length, "price")} taken over.`, "Newer prices count"), onError: failed });
  return (
    <Card title="Newer prices were imported" sub="they count when you take them" flush right={fitting.length > 1 && <Button size="compact-sm" variant="filled" loading={taking.isPending} onClick={() => take(fitting.map(({ item }) => item.key))}>Take all {fitting.length}</Button>}>
      <div className="price-changes">
        <table className="grid">
          <thead>
            <tr>
              <th>Item</th>
              <th>By the prices of</th>
              <th className="num">Until now</th>
              <th className="num">Becomes</th>
              <th className="num" />
              <th />
            </tr>
          </thead>
          <tbody>
            {found.changes.map((change) => <Row key={change.item.key} change={change} currency={currency} take={() => take([change.item.key])} />)}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Row({ change: { item, series, becomes, by, problem }, currency, take }: { change: PriceChange; currency: string; take: () => void }) {
  return (
    <tr>
      <td>{item.name}</td>
      <td className="dim">{series}</td>
      <td className="num">{symbolOf(currency)}{grouped(item.unit_cost)} <span className="dim small">{onDay(item.on)}</span></td>
      <td className="num">{becomes ? <>{symbolOf(currency)}{grouped(becomes.unit_cost)} <span className="dim small">{onDay(becomes.on)}</span></> : <span className="warn-ink">{problem}</span>}</td>
      <td className={by !== null && by > 0 ? "num up" : "num down"}>{by !== null && signedPercent(100 * by, 1)}</td>
      <td className="num">{becomes && <Button size="compact-xs" onClick={take}>Take</Button>}</td>
    </tr>
  );
}
