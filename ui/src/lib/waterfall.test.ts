import { describe, expect, it } from "vitest";

import type { Contribution } from "../api/types";
import { causeSteps, steps, sum } from "./waterfall";

const part = (driver: string, minor: number, value = "x"): Contribution => ({
  driver, label: driver, value, cause: driver === "travel" ? "site" : driver === "soil" ? "structure" : "size", amount: { minor, currency: "USD" },
});
const estimate = {
  base: { minor: 1_105_000, currency: "USD" },
  contributions: [part("area", 149_000), part("travel", -31_000), part("faces", 61_017), part("finish", -1), part("soil", 2, "")],
};

describe("the waterfall", () => {
  it("starts at the average job and ends at the cost, to the cent", () => {
    const all = steps(estimate, 8);
    expect(all[0]?.from).toBe(1_105_000);
    expect(all.at(-1)?.to).toBe(sum(estimate));
    expect(sum(estimate)).toBe(1_284_018);
  });

  it("has each step begin where the one before ended", () => {
    const all = steps(estimate, 8);
    for (const [at, step] of all.slice(1).entries()) expect(step.from).toBe(all[at]?.to);
  });

  it("puts what does not fit into one step and still adds up", () => {
    const few = steps(estimate, 3);
    expect(few.map((step) => step.label)).toEqual(["area: x", "faces: x", "3 smaller drivers"]);
    expect(few.at(-1)?.to).toBe(sum(estimate));
  });

  it("shows every driver where they fit exactly", () => {
    expect(steps(estimate, 5).map((step) => step.key)).toEqual(["area", "faces", "travel", "soil", "finish"]);
  });

  it("gathers drivers by cause, with the same sum", () => {
    const all = causeSteps(estimate, null);
    expect(all.map((step) => [step.key, step.amount.minor])).toEqual([["size", 210_016], ["site", -31_000], ["structure", 2]]);
    expect(all.at(-1)?.to).toBe(sum(estimate));
  });

  it("tells the parts of an opened cause below it, from its beginning to its end", () => {
    const all = causeSteps(estimate, "size");
    expect(all.map((step) => step.level)).toEqual([0, 1, 1, 1, 0, 0]);
    expect([all[1]?.from, all[3]?.to]).toEqual([all[0]?.from, all[0]?.to]);
    expect(all[4]?.from).toBe(all[0]?.to);
  });
});
