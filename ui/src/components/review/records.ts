/** The records of one document as a person goes through them: of a bid tab one for each bidder. */
import type { ReviewRecord } from "../../api/types";

/** The next one that nobody has confirmed, around the end; `null` when all others are. */
export function nextOpen(records: ReviewRecord[], from: number): ReviewRecord | null {
  const order = [...records.slice(from + 1), ...records.slice(0, from)];
  return order.find(({ confirmed }) => !confirmed) ?? null;
}

/** The one so many places on; `null` beyond the first and the last. */
export function beside(records: ReviewRecord[], from: number, by: number): ReviewRecord | null {
  return records[from + by] ?? null;
}

/** How many still have values to check. */
export function toCheck(records: ReviewRecord[]): number {
  return records.filter(({ waiting }) => waiting > 0).length;
}

/** One of several by its key, as corrections name it; of one alone nothing is said. */
export function keyOf(records: ReviewRecord[], shown: number): string | null {
  return records.length > 1 ? (records[shown]?.key ?? null) : null;
}

/** What a person reads in the list of bidders. */
export function standing({ waiting, confirmed }: ReviewRecord): string {
  if (waiting > 0) return `${waiting} to check`;
  return confirmed ? "confirmed" : "certain";
}
