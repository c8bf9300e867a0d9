import { describe, expect, it } from "vitest";

import { parsed, written } from "./series-name";

describe("names of series", () => {
  it("have parts, of which the last may hold any sign", () => {
    const name = "price_per_square_foot@weekly~p90/customer=A/B=C & D~E";
    expect(parsed(name)).toEqual({ measure: "price_per_square_foot", frequency: "weekly", way: "p90", column: "customer", level: "A/B=C & D~E" });
    expect(parsed("booked_revenue")).toEqual({ measure: "booked_revenue", frequency: "monthly", way: "", column: null, level: null });
  });

  it("come back as they were", () => {
    for (const name of ["quotes", "quotes@daily", "margin/sign_type=pole", "labour_hours@quarterly~mean/estimator=K. Adams"]) {
      const parts = parsed(name);
      expect(parts && written(parts)).toBe(name);
    }
  });

  it("of imported prices and formulas have none", () => {
    expect(parsed("material:steel/pipe")).toBeNull();
    expect(parsed("saved:3")).toBeNull();
  });
});
