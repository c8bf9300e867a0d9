import { describe, expect, it } from "vitest";

import { outcomeOf } from "./outcome";

const file = (state: string, created: number, unchanged: number, rejected: number) => ({ state, counts: { created, updated: 0, unchanged, rejected } });

describe("the outcome of a task", () => {
  it("adds up the files of an import", () => {
    expect(outcomeOf({ files: [file("read", 1200, 0, 0), file("partly_read", 12, 3, 2)] })).toBe("1,212 new, 3 the same, 2 refused");
  });

  it("says that a second import changed nothing", () => {
    expect(outcomeOf({ files: [file("seen_before", 0, 0, 0)] })).toBe("1 file imported before, nothing changed");
    expect(outcomeOf({ files: [] })).toBe("nothing new");
  });

  it("gives the verdict on a trained model", () => {
    expect(outcomeOf({ id: 2, card: { verdict: { reason: "off by 7 % instead of 31 %" } } })).toBe("off by 7 % instead of 31 %");
  });

  it("tells what came back from a CRM", () => {
    const back = { changed: 2, decided: ["Q-2026-0001 won"], disagree: [], imported: { files: [file("read", 1, 0, 0)] } };
    expect(outcomeOf(back)).toBe("Q-2026-0001 won. imported: 1 new");
    expect(outcomeOf({ ...back, changed: 0 })).toBe("Nothing has changed there.");
  });

  it("says nothing about what it does not know", () => expect([outcomeOf(null), outcomeOf(7), outcomeOf({})]).toEqual(["", "", ""]));
});
