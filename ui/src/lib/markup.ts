/** Between markup on cost and price, while a price is still being thought about; a quote's own sums are exact. */
import type { Money } from "../api/types";
import { fromPercent, parse } from "./decimal";

/** The price at a markup typed as per cent; at cost where none can be read. */
export function priceAt(cost: Money, markup: string): Money {
  const rate = fromPercent(markup) ?? "";
  const fraction = Number(parse(rate) ? rate : 0);
  return { ...cost, minor: Math.round(cost.minor * (1 + fraction)) };
}

/** The markup in per cent that comes to a price, to a tenth. */
export function markupFor(cost: Money, price: Money): string {
  return String(Number((100 * (price.minor / cost.minor - 1)).toFixed(1)));
}
