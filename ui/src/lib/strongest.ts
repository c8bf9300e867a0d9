/** What is written at the points of a chart, where two remarks at one place would cover each other. */

/** One of all that stand at the same place: the one with the highest score, in the order of the first at each place. */
export function strongest<T extends { score: number }>(all: T[], place: (one: T) => string): T[] {
  const best = new Map<string, T>();
  for (const one of all) {
    const before = best.get(place(one));
    if (!before || one.score > before.score) best.set(place(one), one);
  }
  return [...best.values()];
}
