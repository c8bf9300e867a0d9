import { describe, expect, it } from "vitest";

import type { Field, Review } from "../../api/types";
import { around, besides, moved, nextWaiting, type Shown, textOf } from "./focus";

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

  it("stays with its line when another is taken out or joined", () => {
    expect([0, 1, 2, 3].map((line) => moved(line, 1, "remove", 0))).toEqual([0, null, 1, 2]);
    expect([0, 1, 2, 3].map((line) => moved(line, 2, "join", 0))).toEqual([0, 1, 0, 2]);
    expect(moved(2, 2, "join", undefined)).toBeNull();
  });

  it("fills a new line from left to right, also once it is there, and no other", () => {
    const review = { sections: [{ section: "labour", columns: ["department", "hours", "cost"] }] } as unknown as Review;
    const adding = { section: "labour" as const, line: 4 };
    expect(besides(review, { field: "department", line: 4, section: "labour" }, adding)).toEqual({ field: "hours", line: 4 });
    expect(besides(review, { field: "hours", line: 4 }, adding)).toEqual({ field: "cost", line: 4 });
    expect(besides(review, { field: "cost", line: 4 }, adding)).toBeNull();
    expect(besides(review, { field: "hours", line: 3 }, adding)).toBeNull();
    expect(besides(review, { field: "customer", line: 4 }, adding)).toBeNull();
  });

  it("takes the box around two words", () => {
    expect(around([10, 5, 20, 12], [24, 4, 40, 11])).toEqual([10, 4, 40, 12]);
  });
});
