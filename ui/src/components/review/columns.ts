/** Columns of a table that was pulled on a page: stretches of words with a gap through all rows. */
import type { ReviewTable, Section, Word } from "../../api/types";
import type { Box } from "../shared/paper/frame";

/** Gaps narrower than this, in points, lie between the words of one text. */
const GAP = 7;

/** A table in a box, its columns named in the order of `names`. */
export function tableIn(words: Word[], page: number, bbox: Box, section: Section, names: string[]): ReviewTable {
  const inside = words.filter((word) => word.page === page && within(word, bbox));
  const stretches = merged(inside.map(({ bbox: [left = 0, , right = 0] }): [number, number] => [left, right]));
  const columns = stretches.slice(0, names.length).map(([left, right], at) => {
    const [before, after] = [stretches[at - 1], stretches[at + 1]];
    return {
      field: names[at] ?? "",
      left: before ? (before[1] + left) / 2 : Math.max(0, left - 12),
      right: after ? (right + after[0]) / 2 : right + 12,
    };
  });
  return { section, page, top: bbox[1], bottom: bbox[3], columns };
}

function within({ bbox: [left = 0, top = 0, right = 0, bottom = 0] }: Word, box: Box): boolean {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

function merged(spans: [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (const [left, right] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && left - last[1] < GAP) last[1] = Math.max(last[1], right);
    else out.push([left, right]);
  }
  return out;
}
