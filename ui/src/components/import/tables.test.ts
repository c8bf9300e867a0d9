import { describe, expect, it } from "vitest";

import type { ImportDetail } from "../../api/types";
import { isTableFile, tablesOf } from "./tables";

const keeping = (understood: unknown) => ({ import: { understood } }) as ImportDetail;

describe("tables of an import", () => {
  it("are those that say how they were understood", () => {
    const table = { understood: { columns: [] }, mapping: {} };
    expect(tablesOf(keeping([table]))).toEqual([table]);
    expect(tablesOf(keeping([{ columns: [] }]))).toEqual([]);
    expect(tablesOf(keeping(null))).toEqual([]);
    expect(tablesOf(keeping({ kind: "quote" }))).toEqual([]);
  });

  it("stand in files that are read as tables", () => {
    expect(["a.csv", "B.XLSX", "c.ods", "d.json", "e.parquet"].every(isTableFile)).toBe(true);
    expect(["a.pdf", "csv", "a.csv.zip"].some(isTableFile)).toBe(false);
  });
});
