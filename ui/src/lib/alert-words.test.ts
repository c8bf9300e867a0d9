import { describe, expect, it } from "vitest";

import { blank, inWords, kinds } from "./alert-words";

describe("conditions in words", () => {
  const label = (series: string) => (series === "margin" ? "Margin" : series);

  it("name the series, the side and the periods", () => {
    expect(inWords({ of: "series", name: "margin", side: "below", threshold: 30, periods: 2 }, label)).toBe("Margin below 30 for 2 periods");
    expect(inWords({ of: "change", name: "margin", side: "below", percent: 20, periods: 1 }, label)).toBe("Margin falls by more than 20 % within 1 period");
  });

  it("exist for every kind there is", () => {
    for (const { value } of kinds) {
      const condition = blank(value, "margin");
      expect(condition.of).toBe(value);
      expect(inWords(condition, label).length).toBeGreaterThan(10);
    }
  });
});
