import { describe, expect, it } from "vitest";

import type { DriverInfo, Specification } from "../api/types";
import { asked, outOfRange, ready, sent, starters } from "./form";

const number = (name: string, min = 0, max = 100): DriverInfo => ({
  name, label: name, group: "sign", kind: "number", unit: "ft", min, max, step: 1, choices: [], help: "",
});
const names = [
  "sign_type", "width", "height", "faces", "letter_height", "letter_count", "font", "lighting", "mounting", "base", "base_area",
  "foundation", "wind_speed", "soil", "engineering", "shop_colour_code",
];
const drivers = names.map((name) => number(name));
const shown = (spec: Specification) => asked(drivers, spec).map((driver) => driver.name);

describe("the form", () => {
  it("asks only for the type before there is one", () => expect(shown({})).toEqual(["sign_type"]));

  it("asks letters for their height and not for a footing", () => {
    const form = shown({ sign_type: "channel_letters", mounting: "flush" });
    expect(form).toEqual(expect.arrayContaining(["letter_height", "letter_count", "font", "lighting"]));
    for (const hidden of ["foundation", "wind_speed", "base", "faces"]) expect(form).not.toContain(hidden);
  });

  it("asks a monument for wind and footing, and for the base area once there is a base", () => {
    expect(shown({ sign_type: "monument", base: "none" })).not.toContain("base_area");
    expect(shown({ sign_type: "monument", base: "masonry" })).toEqual(expect.arrayContaining(["base_area", "wind_speed", "soil"]));
    expect(shown({ sign_type: "monument", foundation: "existing" })).not.toContain("soil");
  });

  it("asks a cabinet on a pole for its footing", () => {
    expect(shown({ sign_type: "cabinet", mounting: "flush" })).not.toContain("foundation");
    expect(shown({ sign_type: "cabinet", mounting: "single_pole" })).toContain("foundation");
  });

  it("stays short for vinyl", () => {
    for (const hidden of ["lighting", "mounting", "foundation", "engineering"]) expect(shown({ sign_type: "vinyl" })).not.toContain(hidden);
  });

  it("always asks for a shop's own drivers", () => expect(shown({ sign_type: "vinyl" })).toContain("shop_colour_code"));

  it("sends what is asked for and given, nothing that is hidden or empty", () => {
    const spec = { sign_type: "vinyl", width: 4, height: 2, wind_speed: 115, shop_colour_code: "" };
    expect(sent(drivers, spec)).toEqual({ sign_type: "vinyl", width: 4, height: 2 });
  });

  it("is ready with a type and a size", () => {
    expect(ready({ sign_type: "monument" })).toBe(false);
    expect(ready({ sign_type: "monument", width: 10, height: 6 })).toBe(true);
    expect(ready({ sign_type: "channel_letters", letter_height: 24, letter_count: 9 })).toBe(true);
    expect(ready({ width: 10, height: 6 })).toBe(false);
  });

  it("starts with what is usual for a type and asked for by it", () => {
    for (const type of ["monument", "channel_letters", "vinyl", "pole"]) {
      const start = { sign_type: type, ...starters(type) };
      const hidden = Object.keys(start).filter((name) => names.includes(name) && !shown(start).includes(name));
      expect(hidden).toEqual([]);
    }
  });

  it("names what is out of range", () => {
    const height = number("Height", 0.1, 60);
    expect(outOfRange(height, 61)).toBe("Height is 0.1 to 60 ft");
    expect(outOfRange(height, 6)).toBeNull();
  });
});
