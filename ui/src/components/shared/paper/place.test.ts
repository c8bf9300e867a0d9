import { expect, it } from "vitest";

import { middle, scrolledTo } from "./place";

it("keeps in the middle what is looked at while the page grows and shrinks", () => {
  const part = middle(600, 400, 2000);
  expect(part).toBe(0.4);
  expect(scrolledTo(part, 400, 4000)).toBe(1400);
  expect(middle(1400, 400, 4000)).toBe(part);
  expect(scrolledTo(part, 400, 2000)).toBe(600);
});

it("stays within the page, also where all of it is seen", () => {
  expect(scrolledTo(0.05, 400, 2000)).toBe(0);
  expect(scrolledTo(0.99, 400, 2000)).toBe(1600);
  expect(scrolledTo(0.5, 400, 300)).toBe(0);
  expect(middle(0, 400, 0)).toBe(0);
});
