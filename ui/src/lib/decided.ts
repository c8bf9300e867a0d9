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

/** The cost that counts from here on; `null` where there is none of the kind that was chosen. */
export function decidedCost(estimate: Estimate, { by, cost }: Deciding): Money | null {
  if (by === "built_up") return estimate.bottom_up?.built?.total ?? null;
  if (by === "learned") return estimate.cost;
  const own = parse(cost);
  return own && own.digits > 0n ? toMoney(own, estimate.cost.currency) : null;
}

/** Why this cannot be kept yet; `null` where it can. */
export function unsettled(estimate: Estimate, deciding: Deciding): string | null {
  if (decidedCost(estimate, deciding) === null) return deciding.by === "own" ? "Type your own figure first" : "There is no built-up cost to go by";
  return needsReason(estimate, deciding) && deciding.why.trim() === "" ? "Say why this cost is right first" : null;
}

/** Whether the backend will ask for a reason. */
export function needsReason(estimate: Estimate, deciding: Deciding): boolean {
  if (deciding.by === "own") return true;
  const likely = estimate.ranges.find(({ level }) => level === 80);
  const cost = decidedCost(estimate, deciding);
  return likely !== undefined && cost !== null && (cost.minor < likely.low.minor || cost.minor > likely.high.minor);
}

/** What is sent: nothing where nobody decided. The cost that is looked at goes along, so that no other one is kept. */
export function decision(estimate: Estimate, deciding: Deciding): DecideCost | null {
  const { by, why } = deciding;
  if (by === "learned" && why.trim() === "") return null;
  return { by, cost: decidedCost(estimate, deciding), why };
}
