import { describe, expect, it } from "vitest";

import type { PriceDecision } from "../api/types";
import { asDecision, asForm } from "./price-form";

const usd = (minor: number) => ({ minor, currency: "USD" });

const decision: PriceDecision = {
  contingency: 80,
  escalation: usd(12_345),
  way: { by: "margin", margin: "0.375" },
  rounding: { to: "5", up: true },
  discount: { of: "part", share: "0.03" },
  tax_rate: "0.07",
  deposit: { of: "amount", amount: usd(100_000) },
};

describe("a price decision that is typed", () => {
  it("comes back as it was", () => {
    const form = asForm(decision);
    expect(form).toMatchObject({ contingency: "80", escalation: "123.45", way: "37.5", discount: "3 %", deposit: "1000" });
    expect(asDecision(form, "USD")).toEqual(decision);
  });

  it.each([
    ["way", "a third"],
    ["way", ""],
    ["escalation", "some"],
    ["discount", "% 3"],
    ["deposit", "half"],
  ])("is none where %s is %j", (field, text) => {
    expect(asDecision({ ...asForm(decision), [field]: text }, "USD")).toBeNull();
  });

  it("takes nothing typed as nothing", () => {
    const read = asDecision({ ...asForm(decision), escalation: "", discount: " ", deposit: "", contingency: "", roundTo: "" }, "USD");
    expect(read).toMatchObject({ escalation: null, discount: { of: "nothing" }, deposit: { of: "nothing" }, contingency: null, rounding: { to: null, up: false } });
  });
});
