import { NumberInput } from "@mantine/core";

import type { Money } from "../../api/types";
import { priceAt } from "../../lib/markup";
import { whole } from "../../lib/money";
import { share } from "../../lib/numbers";
import { Card } from "../shared/card";

interface PriceProps {
  /** What is gone by. */
  cost: Money;
  /** Per cent on cost, as typed. */
  markup: string;
  setMarkup: (markup: string) => void;
}

/** From cost to price. The customer sees neither markup nor margin. */
export function Price({ cost, markup, setMarkup }: PriceProps) {
  const price = priceAt(cost, markup);
  const profit = { ...price, minor: price.minor - cost.minor };
  return (
    <Card title="Price" sub="for you only">
      <div className="stack tight">
        <div className="row">
          <label htmlFor="markup" className="ink-2 grow">
            Markup on cost
          </label>
          <NumberInput
            id="markup"
            value={markup}
            onChange={(next) => setMarkup(String(next))}
            w={84}
            decimalScale={2}
            min={0}
            rightSection={<span className="dim">%</span>}
          />
        </div>
        <Line name="Price" value={whole(price)} strong />
        <Line name="Profit" value={whole(profit)} />
        <Line name="Margin on price" value={price.minor > 0 ? share(profit.minor / price.minor, 1) : "–"} />
      </div>
    </Card>
  );
}

function Line({ name, value, strong = false }: { name: string; value: string; strong?: boolean }) {
  return (
    <div className="row">
      <span className="dim grow">{name}</span>
      {strong ? <b className="num">{value}</b> : <span className="num">{value}</span>}
    </div>
  );
}
