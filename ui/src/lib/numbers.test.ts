import { describe, expect, it } from "vitest";

import { compact, counted, inUnit, share, signedPercent } from "./numbers";

describe("numbers", () => {
  it("are counted with the right word", () => {
    expect([counted(0, "file"), counted(1, "file"), counted(1214, "job")]).toEqual(["0 files", "1 file", "1,214 jobs"]);
  });

  it("say their sign without a negative zero", () => {
    expect([signedPercent(26.2), signedPercent(-3.14, 1), signedPercent(-0.2)]).toEqual(["+26 %", "−3.1 %", "+0 %"]);
  });

  it("are shares", () => expect([share(0.812), share(0.055, 1)]).toEqual(["81 %", "5.5 %"]));

  it("keep what matters of them", () => {
    expect([1240.4, 21.1, 0.2134, 8, -3.5].map(compact)).toEqual(["1,240", "21.1", "0.213", "8", "−3.5"]);
  });

  it("stand in the unit of their series", () => {
    expect([inUnit(21.1, "$/sq ft"), inUnit(128_400, "$"), inUnit(1240, "hours"), inUnit(104.2, ""), inUnit(65.574, "%"), inUnit(1, "jobs")]).toEqual([
      "$21.10 / sq ft", "$128,400", "1,240 hours", "104.2", "65.6 %", "1 job",
    ]);
  });
});
