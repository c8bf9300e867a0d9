/** What quote lines come to while they are edited: line amounts rounded half away from zero, tax once, nothing else. */
import type { Money, QuoteLine } from "../api/types";
import { type Decimal, parse, plus, rounded, times, toMoney, written } from "./decimal";
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

/** The lines with each price its cost and the markup (a fraction), to the minor unit; what has no cost keeps its price. */
export function priced(lines: QuoteLine[], markup: string, currency: string): QuoteLine[] {
  const rate = parse(markup);
  if (!rate) return lines;
  const factor = plus({ digits: 1n, scale: 0 }, rate);
  return lines.map((line) => {
    const cost = parse(line.unit_cost);
    if (!cost || cost.digits === 0n) return line;
    return { ...line, unit_price: written(rounded(times(cost, factor), placesOf(currency))) };
  });
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
