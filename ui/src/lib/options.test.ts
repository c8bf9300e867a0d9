import { describe, expect, it } from "vitest";

import type { QuoteLine, QuoteOption } from "../api/types";
import { atItsBreak, based, choose, chosenLines, freeKey, regroup, without } from "./options";

const line = (description: string, quantity = "1"): QuoteLine => ({ description, quantity, unit: "each", unit_cost: "5", unit_price: "10", estimate_id: null });

const option = (key: string, chosen: boolean, group?: string): QuoteOption => ({
  key, label: key, chosen, kind: group ? { kind: "alternate", group } : { kind: "addition" }, lines: [{ line: line(key), breaks: [] }],
});

const chosen = (options: QuoteOption[]) => options.filter((one) => one.chosen).map((one) => one.key);

describe("options", () => {
  const options = [based([line("sign")]), option("acrylic", true, "face"), option("flex", false, "face"), option("cleaning", false)];

  it("of a group one takes the place of the other", () => {
    expect(chosen(choose(options, 2))).toEqual(["base", "flex"]);
    expect(chosen(choose(options, 1))).toEqual(["base", "acrylic"]);
  });

  it("an addition is taken or left by itself, the base always taken", () => {
    expect(chosen(choose(options, 3))).toEqual(["base", "acrylic", "cleaning"]);
    expect(chosen(choose(options, 0))).toEqual(["base", "acrylic"]);
    expect(chosenLines(choose(options, 3)).map((one) => one.description)).toEqual(["sign", "acrylic", "cleaning"]);
  });

  it("one of every group stays chosen", () => {
    expect(chosen(without(options, 1))).toEqual(["base", "flex"]);
    expect(chosen(regroup(options, 1, null))).toEqual(["base", "acrylic", "flex"]);
    expect(chosen(regroup(options, 3, "face"))).toEqual(["base", "acrylic"]);
    expect(chosen(regroup(options, 3, "service"))).toEqual(["base", "acrylic", "cleaning"]);
  });

  it("the last one that goes leaves plain lines", () => {
    expect(without([based([line("sign")]), option("cleaning", true)], 1)).toEqual([]);
  });

  it("a key is given once", () => {
    expect(freeKey([based([]), option("option-2", true)])).toBe("option-3");
  });

  it.each([["4", "10"], ["5", "8"], ["5.5", "8"], ["12", "6"]])("%s pieces cost %s each", (quantity, price) => {
    const breaks = [{ from: "5", unit_cost: "4", unit_price: "8" }, { from: "10", unit_cost: "3", unit_price: "6" }];
    expect(atItsBreak({ line: line("panel", quantity), breaks }).unit_price).toBe(price);
  });
});
