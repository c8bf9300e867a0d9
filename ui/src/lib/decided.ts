/** Whose cost an estimator goes by, while it is being decided. */
import type { CostSource, DecideCost, Estimate, Money } from "../api/types";
import { parse, toMoney } from "./decimal";

export interface Deciding {
  by: CostSource;
  /** Of an own figure, as typed. */
  cost: string;
  why: string;
}

export const undecided: Deciding = { by: "learned", cost: "", why: "" };

/** The cost that counts from here on; the expected one where nothing else is known. */
export function decidedCost(estimate: Estimate, { by, cost }: Deciding): Money {
  if (by === "built_up") return estimate.bottom_up?.built?.total ?? estimate.cost;
  const own = by === "own" ? parse(cost) : null;
  return own ? toMoney(own, estimate.cost.currency) : estimate.cost;
}

/** Whether the backend will ask for a reason. */
export function needsReason(estimate: Estimate, deciding: Deciding): boolean {
  if (deciding.by === "own") return true;
  const likely = estimate.ranges.find(({ level }) => level === 80);
  const { minor } = decidedCost(estimate, deciding);
  return likely !== undefined && (minor < likely.low.minor || minor > likely.high.minor);
}

/** What is sent: nothing where nobody decided. */
export function decision(estimate: Estimate, deciding: Deciding): DecideCost | null {
  const { by, why } = deciding;
  if (by === "learned" && why.trim() === "") return null;
  return { by, cost: by === "own" ? decidedCost(estimate, deciding) : null, why };
}
