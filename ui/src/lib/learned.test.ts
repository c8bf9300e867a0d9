import { expect, test } from "vitest";

import { learnedFrom, pricesOf } from "./learned";

test("the jobs it was measured on count too, up to the newest of them", () => {
  expect(learnedFrom({ n_train: 845, n_test: 245, n_all: 1220, train_to: "2025-10-02", test_to: "2026-09-17" })).toBe("1,220 jobs, to Sep 2026");
});

test("jobs without dates give a number only", () => {
  expect(learnedFrom({ n_train: 60, n_test: 15, n_all: 0, train_to: null, test_to: null })).toBe("75 jobs");
});

test("the prices it goes by are told with how late they are known", () => {
  expect(pricesOf(["width", "price:steel angle@2", "price:ACM @ 3 mm@0"])).toBe("steel angle 2 mo. before, ACM @ 3 mm");
  expect(pricesOf(["width", "price_level"])).toBe("level of all series");
  expect(pricesOf(["width"])).toBe(null);
});
