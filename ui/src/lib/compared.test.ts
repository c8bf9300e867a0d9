import { describe, expect, it } from "vitest";

import { driverRows } from "./compared";

const one = (driver: string, minor: number) => ({ driver, label: driver, amount: { minor, currency: "USD" } });

describe("the drivers of a difference", () => {
  it("stand in one row each, the largest first, with nothing where a variant has none", () => {
    const rows = driverRows([[], [one("a", 5)], [one("b", -9)]], "USD");
    expect(rows.map((row) => row.map(({ amount }) => amount.minor))).toEqual([[0, 0, -9], [0, 5, 0]]);
  });

  it("puts what is small into one row, so that the sum stays", () => {
    const drivers = ["a", "b", "c", "d", "e", "f", "g"].map((name, at) => one(name, 100 - at));
    const rows = driverRows([[], drivers], "USD");
    expect(rows.at(-1)?.[1]).toEqual({ driver: "rest", label: "2 smaller drivers", amount: { minor: 95 + 94, currency: "USD" } });
    expect(rows.reduce((sum, row) => sum + (row[1]?.amount.minor ?? 0), 0)).toBe(drivers.reduce((sum, { amount }) => sum + amount.minor, 0));
  });
});
