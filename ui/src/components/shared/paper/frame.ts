/** What is shown of a page, in points: the whole of it, or the part with words. */
import type { Word } from "../../../api/types";

export type Box = [number, number, number, number];

const MARGIN = 24;

/** The box of a word. */
export function boxOf({ bbox: [left = 0, top = 0, right = 0, bottom = 0] }: Word): Box {
  return [left, top, right, bottom];
}

/** Margins without words cut away, so that the words can be read in a narrow window. */
export function cropped(words: Word[], [width, height]: [number, number]): Box {
  if (words.length === 0) return [0, 0, width, height];
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const word of words) {
    const box = boxOf(word);
    left = Math.min(left, box[0]);
    top = Math.min(top, box[1]);
    right = Math.max(right, box[2]);
    bottom = Math.max(bottom, box[3]);
  }
  return [Math.max(0, left - MARGIN), Math.max(0, top - MARGIN), Math.min(width, right + MARGIN), Math.min(height, bottom + MARGIN)];
}

/** Whether every character is as wide as every other, as in a printer's spool. */
export function isSpool(words: Word[]): boolean {
  const widths = words.filter(({ text }) => text.length >= 4).map((word) => {
    const [left, top, right, bottom] = boxOf(word);
    return (right - left) / (word.text.length * (bottom - top));
  });
  if (widths.length === 0) return false;
  const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
  return widths.filter((width) => Math.abs(width - mean) < 0.06 * mean).length > 0.8 * widths.length;
}

/** Scrolls to a box that lies outside what is seen, or at its edge. */
export function intoView(shape: Element | null): void {
  const scroller = shape?.closest(".paper-pages");
  if (!shape || !scroller) return;
  const [seen, at] = [scroller.getBoundingClientRect(), shape.getBoundingClientRect()];
  const inside = at.top > seen.top + 40 && at.bottom < seen.bottom - 40 && at.left > seen.left && at.right < seen.right;
  if (!inside) shape.scrollIntoView({ block: "center", inline: "nearest", behavior: "smooth" });
}
