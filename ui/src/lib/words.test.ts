import { expect, test } from "vitest";

import { afterNumber } from "./words";

test("an explanation drops the job number that stands before it", () => {
  expect(afterNumber("19775: labour cost and burden cost look exchanged", "19775")).toBe("Labour cost and burden cost look exchanged");
  expect(afterNumber("19275 repeats 19260: same customer", "19275")).toBe("Repeats 19260: same customer");
});

test("another number, or a longer one, stays", () => {
  expect(afterNumber("19260: labour cost is low", "19275")).toBe("19260: labour cost is low");
  expect(afterNumber("192601: labour cost is low", "19260")).toBe("192601: labour cost is low");
});
