import { describe, expect, it } from "vitest";

import type { DriverInfo } from "../api/types";
import { variations } from "./whatif";

const flag = (name: string): DriverInfo => ({
  name, label: name, group: "sign", kind: "flag", unit: "", min: null, max: null, step: null, choices: [], help: "",
});
const drivers = ["sign_type", "faces", "lighting", "access", "rush"].map(flag);

describe("what if", () => {
  it("changes one driver and keeps the rest", () => {
    const spec = { sign_type: "monument", faces: 2, lighting: "led", access: "ground", rush: true };
    const found = variations(drivers, spec, 9);
    expect(found.map((one) => one.label)).toEqual(["Single face", "Not lit", "Crane needed"]);
    expect(found[0]?.specification).toEqual({ ...spec, faces: 1 });
  });

  it("never proposes what the form does not ask for", () => {
    expect(variations(drivers, { sign_type: "banner", faces: 2 }, 9).map((one) => one.label)).toEqual(["Rush"]);
  });

  it("stops at its limit", () => expect(variations(drivers, { sign_type: "monument", faces: 1 }, 1)).toHaveLength(1));
});
