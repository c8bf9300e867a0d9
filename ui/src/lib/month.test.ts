import { describe, expect, it } from "vitest";

import type { MonthlyCosts } from "../api/types";
import { major } from "./money";
import { read, typed } from "./month";

const month: MonthlyCosts = {
  currency: "USD",
  payroll: "0.18",
  spread: "by_hours",
  overhead: [{ name: "Rent", amount: { minor: 480_050, currency: "USD" } }, { name: "Insurance", amount: { minor: 0, currency: "USD" } }],
  departments: [{ code: "200", name: "Fabrication", people: "3", wage: "27.50", paid_hours: "173", chargeable: "0.75", efficiency: "0.9" }],
};

describe("a month that is typed", () => {
  it("is read as it was given", () => {
    const back = read(typed(month, major), "USD");
    expect(back?.overhead).toEqual(month.overhead);
    expect(back?.departments.map(({ wage, chargeable }) => [wage, Number(chargeable)])).toEqual([["27.50", 0.75]]);
    expect(Number(back?.payroll)).toBe(0.18);
  });

  it("is not read while something in it is unclear", () => {
    const one = typed(month, major);
    expect(read({ ...one, payroll: "18 or so" }, "USD")).toBeNull();
    expect(read({ ...one, overhead: [{ id: 0, name: "Rent", amount: "4800,50" }] }, "USD")).toBeNull();
    expect(read({ ...one, departments: one.departments.map((department) => ({ ...department, wage: "64,50" })) }, "USD")).toBeNull();
  });
});
