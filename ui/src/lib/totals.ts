/** What quote lines come to while they are edited: line amounts rounded half away from zero, tax once, nothing else. */
import type { Money, QuoteLine } from "../api/types";
import { type Decimal, parse, times, toMoney } from "./decimal";
import { placesOf } from "./money";

export interface EditedTotals {
  /** One per line; `null` where the line cannot be read yet. */
  amounts: (Money | null)[];
  cost: Money;
  subtotal: Money;
  tax: Money;
  total: Money;
  /** Fractions for display, `null` without a base. */
  markup: number | null;
  margin: number | null;
  /** Every line and the tax rate can be read: the quote may be saved. */
  readable: boolean;
}

export function totals(lines: QuoteLine[], taxRate: string, currency: string): EditedTotals {
  const amounts = lines.map((line) => extended(line.quantity, line.unit_price, currency));
  const costs = lines.map((line) => extended(line.quantity, line.unit_cost, currency));
  const [cost, subtotal] = [sum(costs, currency), sum(amounts, currency)];
  const rate = parse(taxRate);
  const tax = rate ? toMoney(times(fromMinor(subtotal), rate), currency) : zero(currency);
  return {
    amounts, cost, subtotal, tax,
    total: { minor: subtotal.minor + tax.minor, currency },
    markup: cost.minor > 0 ? (subtotal.minor - cost.minor) / cost.minor : null,
    margin: subtotal.minor > 0 ? (subtotal.minor - cost.minor) / subtotal.minor : null,
    readable: rate !== null && [...amounts, ...costs].every((amount) => amount !== null),
  };
}

function extended(quantity: string, each: string, currency: string): Money | null {
  const [count, price] = [parse(quantity), parse(each)];
  return count && price && toMoney(times(count, price), currency);
}

function sum(amounts: (Money | null)[], currency: string): Money {
  return { minor: amounts.reduce((total, amount) => total + (amount?.minor ?? 0), 0), currency };
}

function zero(currency: string): Money {
  return { minor: 0, currency };
}

function fromMinor(money: Money): Decimal {
  return { digits: BigInt(money.minor), scale: placesOf(money.currency) };
}
