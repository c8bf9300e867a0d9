import { describe, expect, it } from "vitest";

import { fromPercent, grouped, parse, plus, rounded, times, toMoney, toPercent, written } from "./decimal";

const d = (text: string) => {
  const read = parse(text);
  if (!read) throw new Error(`${text} is not a decimal`);
  return read;
};

describe("decimals", () => {
  it.each(["0", "12", "-0.07", "1234.500", "0.1"])("%s reads and writes the same", (text) => {
    expect(written(d(text))).toBe(text);
  });

  it.each(["", "-", ".", "12 %", "1e3", "12.3.4", "abc"])("%j is none", (text) => expect(parse(text)).toBeNull());

  it("take thousands commas and a leading point", () => {
    expect(written(d("1,234.5"))).toBe("1234.5");
    expect(written(d(".5"))).toBe("0.5");
  });

  it("are exact where floats are not", () => {
    expect(written(plus(d("0.1"), d("0.2")))).toBe("0.3");
    expect(written(times(d("1.005"), d("100")))).toBe("100.500");
  });

  it.each([
    ["1.005", 2, "1.01"],
    ["-1.005", 2, "-1.01"],
    ["1.004", 2, "1.00"],
    ["2.5", 0, "3"],
    ["7", 2, "7.00"],
  ])("%s rounds half away from zero to %i places: %s", (text, places, expected) => {
    expect(written(rounded(d(text), places))).toBe(expected);
  });

  it("become money at the minor unit", () => {
    expect(toMoney(d("12.345"), "USD")).toEqual({ minor: 1235, currency: "USD" });
    expect(toMoney(d("12.5"), "JPY")).toEqual({ minor: 13, currency: "JPY" });
  });

  it("are typed as per cent and kept as fractions", () => {
    expect(fromPercent("35")).toBe("0.35");
    expect(fromPercent("7.25")).toBe("0.0725");
    expect(fromPercent("x")).toBeNull();
    expect([toPercent("0.0725"), toPercent("0.35"), toPercent("0.4"), toPercent("1"), toPercent("0")]).toEqual(["7.25", "35", "40", "100", "0"]);
  });

  it("are read with their thousands separated", () => {
    expect(["16082.07", "-1234567", "999", "1,234.5", "0.12345"].map(grouped)).toEqual(["16,082.07", "-1,234,567", "999", "1,234.5", "0.12345"]);
    expect(["", "12 ft"].map(grouped)).toEqual(["", "12 ft"]);
  });
});
