/** The drivers of an estimate as steps from the average job to the cost; they add up to the cent. */
import type { Contribution, Estimate, Money } from "../api/types";

export interface Step {
  key: string;
  label: string;
  amount: Money;
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
