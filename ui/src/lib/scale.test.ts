import { describe, expect, it } from "vitest";

import { linear, padded, ticks } from "./scale";

describe("axes", () => {
  it.each([
    [0, 10, 5, [0, 2, 4, 6, 8, 10]],
    [9100, 17_200, 4, [10_000, 12_500, 15_000]],
    [0.13, 0.41, 3, [0.2, 0.3, 0.4]],
    [5, 5, 4, [5]],
  ])("%d to %d has round ticks", (low, high, wanted, expected) => {
    const found = ticks(low, high, wanted);
    expect(found).toHaveLength(expected.length);
    for (const [k, tick] of found.entries()) expect(tick).toBeCloseTo(expected[k] ?? Number.NaN);
  });

  it("place values between their edges", () => {
    const x = linear(100, 200, 0, 50);
    expect([x(100), x(150), x(200)]).toEqual([0, 25, 50]);
  });

  it("leave air around the values, also around a single one", () => {
    expect(padded([0, 100], 0.1)).toEqual([-10, 110]);
    expect(padded([50], 0.1)).toEqual([45, 55]);
  });
});
