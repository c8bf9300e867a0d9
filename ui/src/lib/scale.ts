/** Axes of the small drawings that are made by hand: round ticks, and a position between two edges. */

/** Round values (1, 2, 2.5 or 5 times a power of ten) that lie inside `low`..`high`, about `wanted` of them. */
export function ticks(low: number, high: number, wanted: number): number[] {
  if (!(high > low)) return [low];
  const step = roundStep((high - low) / Math.max(1, wanted));
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((f) => f * power >= rough * 0.999) ?? 10;
  return factor * power;
}

/** A function from values to positions, linear from `low`..`high` to `from`..`to`. */
export function linear(low: number, high: number, from: number, to: number): (value: number) => number {
  const width = high - low || 1;
  return (value) => from + ((value - low) / width) * (to - from);
}

/** The edges of a set of values with some air, `share` of the width at each side. */
export function padded(values: number[], share: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = (high - low || Math.abs(high) || 1) * share;
  return [low - air, high + air];
}
