/** A price decision while it is typed: texts on this side, what the backend takes on the other. Nothing is computed here. */
import type { Money, PriceDecision, PricedJob, PriceStepKind, PriceWay, ShareOrAmount } from "../api/types";
import { fromPercent, parse, toMoney, toPercent } from "./decimal";
import { placesOf } from "./money";

export interface PriceForm {
  /** `70`, `80`, `90`; empty for the expected cost. */
  contingency: string;
  /** An amount; empty for none. */
  escalation: string;
  by: PriceWay["by"];
  /** Per cent, or a price. */
  way: string;
  /** In major units; empty for the minor unit. */
  roundTo: string;
  roundUp: boolean;
  /** Per cent (`3 %`) or an amount; empty for none. */
  discount: string;
  deposit: string;
  /** A fraction, as the lines have it. */
  taxRate: string;
}

export function asForm(decision: PriceDecision): PriceForm {
  const { way, rounding } = decision;
  return {
    contingency: decision.contingency === null ? "" : String(decision.contingency),
    escalation: decision.escalation ? plain(decision.escalation) : "",
    by: way.by,
    way: way.by === "price" ? plain(way.price) : toPercent(way.by === "markup" ? way.markup : way.margin),
    roundTo: rounding.to ?? "",
    roundUp: rounding.up,
    discount: written(decision.discount),
    deposit: written(decision.deposit),
    taxRate: decision.tax_rate,
  };
}

/** `null` where something cannot be read. */
export function asDecision(form: PriceForm, currency: string): PriceDecision | null {
  const way = wayOf(form, currency);
  const escalation = optional(form.escalation, (text) => amount(text, currency));
  const discount = share(form.discount, currency);
  const deposit = share(form.deposit, currency);
  if (!way || escalation === undefined || !discount || !deposit) return null;
  return {
    contingency: form.contingency === "" ? null : Number(form.contingency),
    escalation,
    way,
    rounding: { to: form.roundTo === "" ? null : form.roundTo, up: form.roundTo !== "" && form.roundUp },
    discount,
    tax_rate: form.taxRate,
    deposit,
  };
}

/** What a step of a price comes to. */
export function stepOf(priced: PricedJob, kind: PriceStepKind): Money | null {
  return priced.steps.find((step) => step.kind === kind)?.amount ?? null;
}

/** The three ways to say one price, as it stands before rounding: per cent to a tenth, and the amount. */
export function said(priced: PricedJob): Record<PriceWay["by"], string> {
  const profit = stepOf(priced, "profit");
  const price = priced.cost.minor + (profit?.minor ?? 0);
  const per = (of: number) => (of > 0 ? String(Number(((100 * (price - priced.cost.minor)) / of).toFixed(1))) : "");
  return { markup: per(priced.cost.minor), margin: per(price), price: plain({ ...priced.cost, minor: price }) };
}

function wayOf({ by, way }: PriceForm, currency: string): PriceWay | null {
  if (by === "price") {
    const price = amount(way, currency);
    return price && { by, price };
  }
  const rate = fromPercent(way);
  if (!rate) return null;
  return by === "markup" ? { by, markup: rate } : { by, margin: rate };
}

/** `null` for nothing typed, `undefined` for what cannot be read. */
function optional<T>(text: string, read: (text: string) => T | null): T | null | undefined {
  return text.trim() === "" ? null : (read(text) ?? undefined);
}

function share(text: string, currency: string): ShareOrAmount | null {
  const typed = text.trim();
  if (typed === "") return { of: "nothing" };
  if (typed.endsWith("%")) {
    const rate = fromPercent(typed.slice(0, -1).trim());
    return rate ? { of: "part", share: rate } : null;
  }
  const read = amount(typed, currency);
  return read && { of: "amount", amount: read };
}

function amount(text: string, currency: string): Money | null {
  const read = parse(text);
  return read && toMoney(read, currency);
}

function written(given: ShareOrAmount): string {
  switch (given.of) {
    case "nothing":
      return "";
    case "part":
      return `${toPercent(given.share)} %`;
    case "amount":
      return plain(given.amount);
  }
}

/** As it is typed: `123.45`, `1000`. */
export function plain(money: Money): string {
  const places = placesOf(money.currency);
  return (money.minor / 10 ** places).toFixed(places).replace(/\.0+$/, "");
}
