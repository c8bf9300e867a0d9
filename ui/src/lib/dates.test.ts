import { describe, expect, it } from "vitest";

import { ago, daysAgo, inMonth, onDay, today } from "./dates";

describe("dates", () => {
  it("are the day that was stored, in every zone", () => {
    expect(onDay("2026-11-14")).toBe("Nov 14, 2026");
    expect(onDay("2026-01-01")).toBe("Jan 1, 2026");
    expect(inMonth("2026-11-01")).toBe("Nov 2026");
    expect(onDay(null)).toBe("–");
  });

  it("are told as a distance", () => {
    const now = Date.parse("2026-11-21T12:00:00Z");
    const words = ["2026-11-21T11:59:40Z", "2026-11-21T11:18:00Z", "2026-11-21T07:00:00Z", "2026-11-20T10:00:00Z", "2026-11-10T10:00:00Z"];
    expect(words.map((when) => ago(when, now))).toEqual(["just now", "42 min ago", "5 h ago", "yesterday", "11 days ago"]);
  });

  it("are told in days", () => {
    const now = new Date(2026, 10, 21, 0, 30);
    const days = [new Date(2026, 10, 21, 0, 1), new Date(2026, 10, 20, 23, 59), new Date(2026, 10, 12, 8, 0)];
    expect(days.map((day) => daysAgo(day.toISOString(), now))).toEqual(["today", "yesterday", "9 days ago"]);
  });

  it("today is a local day", () => expect(today(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05"));
});
