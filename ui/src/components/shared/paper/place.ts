/** What part of a scrolled stretch is in the middle, and how to bring it back there when the stretch has another length. */

/** 0 is its beginning, 1 its end. */
export function middle(scrolled: number, seen: number, length: number): number {
  return length > 0 ? (scrolled + seen / 2) / length : 0;
}

/** How far to scroll so that this part is in the middle. */
export function scrolledTo(part: number, seen: number, length: number): number {
  return Math.max(0, Math.min(part * length - seen / 2, length - seen));
}
