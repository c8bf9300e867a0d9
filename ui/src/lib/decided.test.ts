import { describe, expect, it } from "vitest";

import type { Estimate, Money } from "../api/types";
import { decidedCost, decision, needsReason, undecided, unsettled } from "./decided";

const usd = (dollars: number): Money => ({ minor: dollars * 100, currency: "USD" });
const estimate = { cost: usd(1000), ranges: [{ level: 80, low: usd(900), high: usd(1100) }], bottom_up: { built: { total: usd(1200) } } } as unknown as Estimate;

describe("the cost that is decided on", () => {
  it("is the expected one until somebody decides", () => {
    expect(decidedCost(estimate, undecided)).toEqual(usd(1000));
    expect(decision(estimate, undecided)).toBeNull();
    expect(needsReason(estimate, undecided)).toBe(false);
  });

  it("is the built-up one, with a reason where it lies outside of the range", () => {
    const built = { ...undecided, by: "built_up" as const };
    expect(decidedCost(estimate, built)).toEqual(usd(1200));
    expect(needsReason(estimate, built)).toBe(true);
    expect(decision(estimate, built)).toEqual({ by: "built_up", cost: usd(1200), why: "" });
    expect(unsettled(estimate, built)).toMatch(/why/);
    expect(unsettled({ ...estimate, bottom_up: null }, built)).toMatch(/no built-up cost/);
  });

  it("is an own figure, to the cent as it was typed", () => {
    const own = { by: "own" as const, cost: "1,050.55", why: "the pole is in the yard" };
    expect(decision(estimate, own)).toEqual({ by: "own", cost: { minor: 105_055, currency: "USD" }, why: own.why });
    for (const cost of ["about a thousand", "", "12k", "1050,55", "-3"]) expect(unsettled(estimate, { ...own, cost })).toMatch(/figure/);
    expect(unsettled(estimate, own)).toBeNull();
  });
});
