import { describe, expect, it } from "vitest";

import type { QuoteLine } from "../api/types";
import { totals } from "./totals";

const line = (quantity: string, unit_cost: string, unit_price: string): QuoteLine => ({
  description: "Monument sign", quantity, unit: "ea", unit_cost, unit_price, estimate_id: null,
});

describe("totals of a quote being edited", () => {
  it("round each line and the tax once", () => {
    const sums = totals([line("3", "6.00", "10.005"), line("1", "50", "99.99")], "0.0725", "USD");
    expect(sums.amounts.map((amount) => amount?.minor)).toEqual([3002, 9999]);
    expect([sums.subtotal.minor, sums.tax.minor, sums.total.minor]).toEqual([13_001, 943, 13_944]);
    expect(sums.cost.minor).toBe(6800);
  });

  it("give markup on cost and margin on price", () => {
    const sums = totals([line("1", "100", "150")], "0", "USD");
    expect(sums.markup).toBeCloseTo(0.5);
    expect(sums.margin).toBeCloseTo(1 / 3);
  });

  it("know when a line cannot be read and do not count it as zero silently", () => {
    const sums = totals([line("1", "100", "15o")], "0", "USD");
    expect(sums.amounts).toEqual([null]);
    expect(sums.readable).toBe(false);
  });

  it("have no markup without cost and no margin without price", () => {
    const sums = totals([], "0.07", "USD");
    expect([sums.markup, sums.margin, sums.total.minor, sums.readable]).toEqual([null, null, 0, true]);
  });
});
