/** Options of a quote while they are edited. Which are chosen together is kept right here as well, so that a save is not refused. */
import type { OptionLine, QuoteLine, QuoteOption } from "../api/types";
import { parse } from "./decimal";

export const BASE = "base";

/** The lines as the base of options, where there are none yet. */
export function based(lines: QuoteLine[]): QuoteOption {
  return { key: BASE, label: "The quote", kind: { kind: "base" }, chosen: true, lines: lines.map((line) => ({ line, breaks: [] })) };
}

/** The chosen lines at the prices of their quantities, as the backend rolls them up. */
export function chosenLines(options: QuoteOption[]): QuoteLine[] {
  return options.filter((option) => option.chosen).flatMap((option) => option.lines.map(atItsBreak));
}

export function atItsBreak({ line, breaks }: OptionLine): QuoteLine {
  const counts = breaks.findLast((one) => atLeast(line.quantity, one.from));
  return counts ? { ...line, unit_cost: counts.unit_cost, unit_price: counts.unit_price } : line;
}

/** Takes or leaves an addition; of alternates the one takes the place of the other. */
export function choose(options: QuoteOption[], at: number): QuoteOption[] {
  const kind = options[at]?.kind;
  if (!kind || kind.kind === "base") return options;
  if (kind.kind === "addition") return options.map((option, k) => (k === at ? { ...option, chosen: !option.chosen } : option));
  return options.map((option, k) => (inGroup(option, kind.group) ? { ...option, chosen: k === at } : option));
}

/** Makes an option one of a group, or one of its own; of every group one stays chosen. */
export function regroup(options: QuoteOption[], at: number, group: string | null): QuoteOption[] {
  const kind: QuoteOption["kind"] = group === null ? { kind: "addition" } : { kind: "alternate", group };
  return settled(options.map((option, k) => (k === at ? { ...option, kind } : option)), at);
}

export function without(options: QuoteOption[], at: number): QuoteOption[] {
  const left = settled(options.filter((_, k) => k !== at));
  return left.length === 1 && left[0]?.kind.kind === "base" ? [] : left;
}

/** A key that no option has. */
export function freeKey(options: QuoteOption[]): string {
  let n = options.length;
  while (options.some((option) => option.key === `option-${n}`)) n += 1;
  return `option-${n}`;
}

export function groupsOf(options: QuoteOption[]): string[] {
  return [...new Set(options.flatMap(({ kind }) => (kind.kind === "alternate" ? [kind.group] : [])))];
}

function settled(options: QuoteOption[], moved?: number): QuoteOption[] {
  return groupsOf(options).reduce((all, group) => {
    const members = all.flatMap((option, k) => (inGroup(option, group) ? [k] : []));
    const stays = members.find((k) => k !== moved && all[k]?.chosen) ?? members[0];
    return all.map((option, k) => (members.includes(k) ? { ...option, chosen: k === stays } : option));
  }, options);
}

function inGroup({ kind }: QuoteOption, group: string): boolean {
  return kind.kind === "alternate" && kind.group === group;
}

function atLeast(quantity: string, from: string): boolean {
  const [a, b] = [parse(quantity), parse(from)];
  if (!a || !b) return false;
  const scale = Math.max(a.scale, b.scale);
  return a.digits * 10n ** BigInt(scale - a.scale) >= b.digits * 10n ** BigInt(scale - b.scale);
}
