/** Rows of a long list, fetched a page at a time as they come into view. */
import { useQueries } from "@tanstack/react-query";

import { type JobFilter, jobPage, PAGE_OF_JOBS } from "../../api/queries";
import type { Row } from "./columns";

export interface JobRows {
  /** `null` until the first page is there. */
  total: number | null;
  rows: Row[];
  error: unknown;
  retry: () => void;
}

/** The rows `first`..`last` and whatever else is on their pages; the others are `{ job: null }`. */
export function useJobRows(filter: JobFilter, first: number, last: number): JobRows {
  const pages = range(Math.floor(first / PAGE_OF_JOBS), Math.floor(Math.max(first, last) / PAGE_OF_JOBS));
  const wanted = pages.includes(0) ? pages : [0, ...pages];
  const results = useQueries({ queries: wanted.map((page) => jobPage(filter, page)) });
  const total = results.find((result) => result.data)?.data?.total ?? null;
  const rows: Row[] = Array.from({ length: total ?? 0 }, () => missing);
  for (const [k, result] of results.entries()) {
    const start = (wanted[k] ?? 0) * PAGE_OF_JOBS;
    for (const [at, job] of (result.data?.jobs ?? []).entries()) rows[start + at] = { job };
  }
  const refused = results.find((result) => result.error);
  return { total, rows, error: refused?.error ?? null, retry: () => void refused?.refetch() };
}

const missing: Row = { job: null };

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, k) => from + k);
}
