import { expect, test } from "vitest";

import { markupFor, priceAt } from "./markup";

const cost = { minor: 100_000, currency: "USD" };

test("a markup comes to a price and back", () => {
  expect(priceAt(cost, "60").minor).toBe(160_000);
  expect(priceAt(cost, "").minor).toBe(100_000);
  expect(markupFor(cost, { minor: 152_340, currency: "USD" })).toBe("52.3");
  expect(markupFor(cost, priceAt(cost, "37.5"))).toBe("37.5");
});
