import { expect, test } from "vitest";

import { strongest } from "./strongest";

const month = ({ start }: { start: string }) => start;

test("of two remarks at one month the stronger stays, whichever comes first", () => {
  const level = { start: "2025-03-01", kind: "level", score: 11.1 };
  const season = { start: "2025-03-01", kind: "contextual", score: 5.7 };
  const other = { start: "2025-06-01", kind: "point", score: 4 };
  expect(strongest([season, level, other], month)).toEqual([level, other]);
  expect(strongest([level, season, other], month)).toEqual([level, other]);
});

test("nothing gives nothing", () => {
  expect(strongest([], month)).toEqual([]);
});
