import { describe, expect, it } from "vitest";

import type { Field } from "../../api/types";
import { around, nextWaiting, type Shown, textOf } from "./focus";

const field = (raw: string): Field => ({
  value: { type: "money", value: { minor: 1250, currency: "USD" } }, raw, at: { in: "page", page: 1, bbox: [0, 0, 1, 1] }, confidence: 1, found_by: "label",
});
const one = (name: string, waiting: boolean, line: number | null = null): Shown => ({ field: name, line, waiting, value: field("12.50") });

describe("review", () => {
  it("goes to the next value that waits, around the end", () => {
    const values = [one("a", true), one("b", false), one("c", true), one("cost", true, 0)];
    expect(nextWaiting(values, null)).toEqual({ field: "a", line: null });
    expect(nextWaiting(values, { field: "a", line: null })).toEqual({ field: "c", line: null });
    expect(nextWaiting(values, { field: "c", line: null })).toEqual({ field: "cost", line: 0 });
    expect(nextWaiting(values, { field: "cost", line: 0 })).toEqual({ field: "a", line: null });
    expect(nextWaiting([one("a", true)], { field: "a", line: null })).toBeNull();
  });

  it("shows what stands on the page, and the result of a sum", () => {
    expect(textOf(field("$12.50"))).toBe("$12.50");
    expect(textOf(field("6.00 + 6.50"))).toBe("12.50");
    expect(textOf(null)).toBe("");
  });

  it("takes the box around two words", () => {
    expect(around([10, 5, 20, 12], [24, 4, 40, 11])).toEqual([10, 4, 40, 12]);
  });
});
