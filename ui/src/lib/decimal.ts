/**
 * Exact decimals for quantities, unit prices and rates, which travel as strings. Nothing here is a float: a quote shown while
 * it is edited must come to the cent to what the backend will store.
 */
import type { Money } from "../api/types";
import { placesOf } from "./money";

/** `digits` divided by ten to the power of `scale`. */
export interface Decimal {
  digits: bigint;
  scale: number;
}

/** Reads `1,234.5`, `-0.07`; `12 %` is not one, nor is `64,50`, which could mean two things. `null` for anything that is not a decimal. */
export function parse(text: string): Decimal | null {
  const trimmed = text.trim();
  if (trimmed.includes(",") && !/^[-−]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(trimmed)) return null;
  const found = /^([-−]?)(\d*)(?:\.(\d*))?$/.exec(trimmed.replaceAll(",", ""));
  if (!found || `${found[2]}${found[3] ?? ""}` === "") return null;
  const digits = BigInt(`${found[2]}${found[3] ?? ""}`);
  return { digits: found[1] ? -digits : digits, scale: (found[3] ?? "").length };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: at(a, scale) + at(b, scale), scale };
}

/** Rounded half away from zero to `scale` places, as the backend rounds. */
export function rounded(a: Decimal, scale: number): Decimal {
  if (a.scale <= scale) return { digits: at(a, scale), scale };
  const divisor = 10n ** BigInt(a.scale - scale);
  const size = a.digits < 0n ? -a.digits : a.digits;
  const up = (size * 2n + divisor) / (divisor * 2n);
  return { digits: a.digits < 0n ? -up : up, scale };
}

/** As plain text without thousands separators, trailing zeros kept: what is sent to the backend. */
export function written(a: Decimal): string {
  const size = (a.digits < 0n ? -a.digits : a.digits).toString().padStart(a.scale + 1, "0");
  const point = size.length - a.scale;
  const text = a.scale === 0 ? size : `${size.slice(0, point)}.${size.slice(point)}`;
  return a.digits < 0n ? `-${text}` : text;
}

/** What was typed as it is sent; `null` where it is no decimal. */
export function plain(text: string): string | null {
  const read = parse(text);
  return read && written(read);
}

/** For reading: `16082.07` as `16,082.07`. What is not a decimal stays as it was typed. */
export function grouped(text: string): string {
  if (parse(text) === null) return text;
  const [whole = "", ...rest] = text.trim().replaceAll(",", "").split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}

/** An amount of money, rounded to the currency's minor unit. */
export function toMoney(a: Decimal, currency: string): Money {
  return { minor: Number(rounded(a, placesOf(currency)).digits), currency };
}

/** A rate typed as per cent, as the fraction the backend keeps: `35` becomes `0.35`. */
export function fromPercent(text: string): string | null {
  const read = parse(text);
  return read && written({ digits: read.digits, scale: read.scale + 2 });
}

/** A fraction as per cent to be typed over: `0.0725` becomes `7.25`. */
export function toPercent(fraction: string): string {
  const read = parse(fraction);
  if (!read) return "";
  const percent = read.scale >= 2 ? { digits: read.digits, scale: read.scale - 2 } : { digits: at(read, 2), scale: 0 };
  return written(percent).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

function at(a: Decimal, scale: number): bigint {
  return a.digits * 10n ** BigInt(scale - a.scale);
}
