import { expect, it } from "vitest";

import type { Word } from "../../api/types";
import { tableIn } from "./columns";

const word = (text: string, left: number, right: number, top: number): Word => ({ text, page: 1, bbox: [left, top, right, top + 9] });

it("finds the columns of a table by the gaps through its rows", () => {
  const words = [
    word("Sheet", 50, 74, 100), word("metal", 77, 100, 100), word("4.0", 160, 174, 100), word("217.00", 220, 250, 100),
    word("Paint", 50, 72, 114), word("12.5", 155, 174, 114), word("1,036.80", 212, 250, 114), word("Elsewhere", 50, 90, 300),
  ];
  const table = tableIn(words, 1, [40, 95, 260, 125], "labour", ["description", "actual_hours", "cost", "unit"]);
  expect(table.columns.map(({ field }) => field)).toEqual(["description", "actual_hours", "cost"]);
  expect(table.columns[0]?.right).toBe(127.5);
  expect(table.columns[1]?.right).toBe(193);
  expect([table.top, table.bottom]).toEqual([95, 125]);
});
