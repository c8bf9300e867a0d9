/** How amounts are written. Amounts arrive as integer minor units with their currency and are only divided for writing. */
import type { Money } from "../api/types";

const places: Record<string, number> = { JPY: 0, KRW: 0, CLP: 0, ISK: 0, VND: 0, KWD: 3, BHD: 3, OMR: 3, TND: 3, JOD: 3 };
const symbols: Record<string, string> = { USD: "$", CAD: "$", AUD: "$", EUR: "€", GBP: "£" };

/** Decimal places of a currency's amounts (ISO 4217). */
export function placesOf(currency: string): number {
  return places[currency] ?? 2;
}

export function symbolOf(currency: string): string {
  return symbols[currency] ?? `${currency} `;
}

/** In major units, for drawing and ratios only. */
export function major(money: Money): number {
  return money.minor / 10 ** placesOf(money.currency);
}

/** With all its decimals: `$1,234.56`, negative as `−$1,234.56`. */
export function exact(money: Money): string {
  return written(money, placesOf(money.currency));
}

/** To the whole unit, as answers are shown: `$13,480`. */
export function whole(money: Money): string {
  return written(money, 0);
}

/** With its sign spoken out: `+ $610`, `− $540`. */
export function signed(money: Money): string {
  const sign = Math.round(major(money)) < 0 ? "−" : "+";
  return `${sign} ${whole({ ...money, minor: Math.abs(money.minor) })}`;
}

/** For axes: `$9k`, `$1.2M`. */
export function short(amount: number, currency: string): string {
  const size = Math.abs(amount);
  const sign = amount < 0 ? "−" : "";
  const [divisor, unit] = size >= 1e6 ? [1e6, "M"] : size >= 1000 ? [1000, "k"] : [1, ""];
  const figure = Number((size / divisor).toFixed(size >= 1000 && size / divisor < 100 ? 1 : 0));
  return `${sign}${symbolOf(currency)}${figure.toLocaleString("en-US")}${unit}`;
}

function written(money: Money, decimals: number): string {
  const amount = Math.abs(major(money)).toLocaleString("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const negative = money.minor < 0 && /[1-9]/.test(amount);
  return `${negative ? "−" : ""}${symbolOf(money.currency)}${amount}`;
}

/** By how much `actual` is above `expected`, in per cent; `null` without a base. */
export function overrun(actual: Money | null, expected: Money | null): number | null {
  if (!actual || !expected || expected.minor <= 0) return null;
  return ((actual.minor - expected.minor) / expected.minor) * 100;
}
