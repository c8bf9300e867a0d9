/** How days and moments are written. Days are local dates without a zone and must not move when they are shown. */

import type { Frequency } from "../api/types";

const day = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en-US", { month: "short", year: "numeric", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** `2026-11-14` as `Nov 14, 2026`. */
export function onDay(date: string | null): string {
  return date ? day.format(new Date(`${date.slice(0, 10)}T00:00:00Z`)) : "–";
}

/** `2026-11-01` as `Nov 2026`. */
export function inMonth(date: string): string {
  return month.format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}

/** A period by its first day: `Nov 2026`, `Q from Nov 2026`, `week of Nov 2, 2026`. */
export function inPeriod(date: string, frequency: Frequency): string {
  switch (frequency) {
    case "daily":
      return onDay(date);
    case "weekly":
      return `week of ${onDay(date)}`;
    case "monthly":
      return inMonth(date);
    case "quarterly":
      return `quarter from ${inMonth(date)}`;
    case "yearly":
      return `year from ${inMonth(date)}`;
  }
}

/** A moment in the user's zone: `Nov 14, 09:30`. */
export function at(timestamp: string): string {
  return moment.format(new Date(timestamp));
}

/** How long ago, in words. */
export function ago(timestamp: string, now: number = Date.now()): string {
  const minutes = Math.floor((now - new Date(timestamp).getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  const days = Math.floor(minutes / 1440);
  return days === 1 ? "yesterday" : days < 30 ? `${days} days ago` : onDay(timestamp);
}

/** Whether a moment is still to come. */
export function isAhead(timestamp: string | null, now: number = Date.now()): boolean {
  return timestamp !== null && new Date(timestamp).getTime() > now;
}

/** Today's date in the user's zone, as the backend writes dates. */
export function today(now: Date = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** How many days ago, in the user's zone: `today`, `yesterday`, `9 days ago`. */
export function daysAgo(timestamp: string, now: Date = new Date()): string {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(new Date(timestamp))) / 86_400_000);
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : `${days} days ago`;
}

/** The same day a year earlier: `2026-11-02` gives `2025-11-02`. */
export function yearBefore(date: string): string {
  return `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
}

/** Days from today to a day, at least none. */
export function daysUntil(date: string, now: Date = new Date()): number {
  const from = new Date(`${today(now)}T00:00:00Z`).getTime();
  return Math.max(0, Math.round((new Date(`${date.slice(0, 10)}T00:00:00Z`).getTime() - from) / 86_400_000));
}
