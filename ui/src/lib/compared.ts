/** The drivers of one cause over the variants that are compared. */
import type { DriverDifference } from "../api/types";

const SHOWN = 5;

/** A row per driver with an amount per variant, those with the largest amounts first; all others are one row, so that nothing is left out. */
export function driverRows(variants: DriverDifference[][], currency: string): DriverDifference[][] {
  const labels = new Map(variants.flat().map(({ driver, label }) => [driver, label]));
  const rows = [...labels].map(([driver, label]) =>
    variants.map((drivers) => drivers.find((one) => one.driver === driver) ?? { driver, label, amount: { minor: 0, currency } }),
  );
  const size = (row: DriverDifference[]) => Math.max(...row.map(({ amount }) => Math.abs(amount.minor)));
  rows.sort((a, b) => size(b) - size(a));
  if (rows.length <= SHOWN + 1) return rows;
  const small = rows.slice(SHOWN);
  const rest = variants.map((_, at) => {
    const minor = small.reduce((sum, row) => sum + (row[at]?.amount.minor ?? 0), 0);
    return { driver: "rest", label: `${small.length} smaller drivers`, amount: { minor, currency } };
  });
  return [...rows.slice(0, SHOWN), rest];
}
