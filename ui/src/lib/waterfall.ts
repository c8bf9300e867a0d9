/** The drivers of an estimate as steps from the average job to the cost; they add up to the cent. */
import type { Cause, Contribution, Estimate, Money } from "../api/types";
import { cause } from "./words";

export interface Step {
  key: string;
  label: string;
  amount: Money;
  /** Of a sum: the cause of its drivers. A driver under an opened sum has a deeper level. */
  cause?: Cause;
  level?: 0 | 1;
  /** Where the bar starts and ends, in minor units. */
  from: number;
  to: number;
}

/** At most `limit` steps, the strongest first; the rest is one step, so that nothing is left out of the sum. */
export function steps(estimate: Pick<Estimate, "base" | "contributions">, limit: number): Step[] {
  const ranked = [...estimate.contributions].sort((a, b) => Math.abs(b.amount.minor) - Math.abs(a.amount.minor));
  const kept = ranked.slice(0, ranked.length > limit ? limit - 1 : limit);
  const rest = ranked.slice(kept.length);
  const parts = kept.map((part) => ({ key: part.driver, label: titleOf(part), amount: part.amount }));
  if (rest.length > 0) parts.push(remainder(rest, estimate.base.currency));
  let at = estimate.base.minor;
  return parts.map((part) => {
    const from = at;
    at += part.amount.minor;
    return { ...part, from, to: at };
  });
}

/**
 * One step per cause, the largest sum first. The drivers of the opened one stand below it, from where it begins to where it ends:
 * they tell its parts and move nothing further.
 */
export function causeSteps(estimate: Pick<Estimate, "base" | "contributions">, opened: Cause | null): Step[] {
  const all: Step[] = [];
  let at = estimate.base.minor;
  for (const { of, parts, minor } of sums(estimate.contributions)) {
    all.push({ key: of, label: cause[of], cause: of, level: 0, amount: { ...estimate.base, minor }, from: at, to: at + minor });
    if (of === opened) all.push(...steps({ base: { ...estimate.base, minor: at }, contributions: parts }, 9).map((step) => ({ ...step, level: 1 as const })));
    at += minor;
  }
  return all;
}

function sums(contributions: Contribution[]) {
  const byCause = new Map<Cause, Contribution[]>();
  for (const part of contributions) byCause.set(part.cause, [...(byCause.get(part.cause) ?? []), part]);
  const summed = [...byCause].map(([of, parts]) => ({ of, parts, minor: parts.reduce((total, part) => total + part.amount.minor, 0) }));
  return summed.sort((a, b) => Math.abs(b.minor) - Math.abs(a.minor));
}

/** Base and contributions together. */
export function sum(estimate: Pick<Estimate, "base" | "contributions">): number {
  return estimate.contributions.reduce((total, part) => total + part.amount.minor, estimate.base.minor);
}

function titleOf(part: Contribution): string {
  return part.value === "" ? part.label : `${part.label}: ${part.value}`;
}

function remainder(rest: Contribution[], currency: string) {
  const minor = rest.reduce((total, part) => total + part.amount.minor, 0);
  return { key: "rest", label: `${rest.length} smaller drivers`, amount: { minor, currency } };
}
