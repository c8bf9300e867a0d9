import { expect, it } from "vitest";

import type { Word } from "../../../api/types";
import { cropped } from "./frame";

const word = (left: number, top: number, right: number, bottom: number): Word => ({ text: "Total", page: 1, bbox: [left, top, right, bottom] });

it("cuts away margins without words, and never more than the page", () => {
  expect(cropped([word(100, 200, 140, 210), word(300, 90, 380, 100)], [612, 792])).toEqual([76, 66, 404, 234]);
  expect(cropped([word(4, 4, 610, 790)], [612, 792])).toEqual([0, 0, 612, 792]);
  expect(cropped([], [612, 792])).toEqual([0, 0, 612, 792]);
});
