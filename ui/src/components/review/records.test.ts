import { describe, expect, it } from "vitest";

import type { ReviewRecord } from "../../api/types";
import { beside, keyOf, nextOpen, standing, toCheck } from "./records";

const one = (key: string, waiting: number, confirmed = false): ReviewRecord => ({ key, name: key, waiting, confirmed });
const bids = [one("a", 0, true), one("b", 2), one("c", 0), one("d", 1)];

describe("the bidders of a bid tab", () => {
  it("goes to the next that nobody has confirmed, around the end, never to itself", () => {
    expect(nextOpen(bids, 0)?.key).toBe("b");
    expect(nextOpen(bids, 1)?.key).toBe("c");
    expect(nextOpen(bids, 3)?.key).toBe("b");
    expect(nextOpen([one("a", 0, true), one("b", 2)], 1)).toBeNull();
  });

  it("stops at the first and the last", () => {
    expect(beside(bids, 0, -1)).toBeNull();
    expect(beside(bids, 0, 1)?.key).toBe("b");
    expect(beside(bids, 3, 1)).toBeNull();
  });

  it("counts those with values to check, and says how each stands", () => {
    expect(toCheck(bids)).toBe(2);
    expect(bids.map(standing)).toEqual(["confirmed", "2 to check", "certain", "1 to check"]);
  });

  it("names one of several, also one without a number, and leaves one alone unnamed", () => {
    expect(keyOf(bids, 2)).toBe("c");
    expect(keyOf([one("", 1), one("b", 0)], 0)).toBe("");
    expect(keyOf([one("a", 0)], 0)).toBeNull();
    expect(keyOf([], 0)).toBeNull();
  });
});
