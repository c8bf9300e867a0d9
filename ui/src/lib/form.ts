/**
 * Which drivers the estimate form asks for. A vinyl graphic has no footing and a banner no letters: the form is short for the
 * sign type chosen, and what it hides is not sent. Drivers that no rule knows (a shop's own) are always asked for.
 */
import type { DriverInfo, Specification } from "../api/types";

const letters = ["channel_letters", "channel_letters_unlit"];
const standing = ["monument", "pole", "pylon", "directional", "emc"];
const lit = ["channel_letters", "cabinet", "monument", "pole", "pylon", "blade", "emc", "directional", "awning", "reface"];
const printed = ["vinyl", "banner"];
const flat = [...printed, "ada", "flat_panel"];
const poles = ["single_pole", "double_pole", "base"];

type Rule = (type: string, spec: Specification) => boolean;
const only = (types: string[]): Rule => (type) => types.includes(type);
const not = (types: string[]): Rule => (type) => !types.includes(type);
const inTheGround: Rule = (type, spec) => standing.includes(type) || poles.includes(String(spec.mounting ?? ""));

const rules: Record<string, Rule> = {
  letter_height: only([...letters, "ada"]),
  letter_count: only(letters),
  font: only(letters),
  width: () => true,
  height: () => true,
  faces: not([...letters, ...printed, "ada", "awning"]),
  lighting: only(lit),
  face_material: not([...printed, "awning"]),
  finish: not(printed),
  colours: () => true,
  emc_area: only(["emc", "monument", "pole", "pylon"]),
  mounting: not(printed),
  overall_height: (type, spec) => inTheGround(type, spec) || ["blade", "cabinet", ...letters].includes(type),
  base: only(["monument", "pylon", "emc"]),
  base_area: (type, spec) => ["monument", "pylon", "emc"].includes(type) && spec.base !== undefined && spec.base !== "none",
  foundation: inTheGround,
  wind_speed: inTheGround,
  exposure: inTheGround,
  soil: (type, spec) => inTheGround(type, spec) && spec.foundation !== "existing" && spec.foundation !== "none",
  access: not(["banner"]),
  engineering: not(flat),
};

/** The drivers to ask for, in the order of the catalogue. Before a type is chosen, only the type. */
export function asked(drivers: DriverInfo[], spec: Specification): DriverInfo[] {
  const type = spec.sign_type;
  if (typeof type !== "string") return drivers.filter((driver) => driver.name === "sign_type");
  return drivers.filter((driver) => rules[driver.name]?.(type, spec) ?? true);
}

/** What is sent: the drivers that are asked for and were given. */
export function sent(drivers: DriverInfo[], spec: Specification): Specification {
  const names = new Set(asked(drivers, spec).map((driver) => driver.name));
  const given = Object.entries(spec).filter(([name, value]) => names.has(name) && value !== "");
  return Object.fromEntries(given);
}

/** Whether there is enough for an answer: a type, and a size of the sign or of its letters. */
export function ready(spec: Specification): boolean {
  const positive = (name: string) => typeof spec[name] === "number" && spec[name] > 0;
  const size = positive("width") && positive("height");
  const lettering = positive("letter_height") && positive("letter_count");
  return typeof spec.sign_type === "string" && (size || lettering);
}

/** What a form starts with when a type is chosen: visible in the form, and the user's to change. */
export function starters(type: string): Specification {
  return {
    quantity: 1,
    ...(rules.faces?.(type, {}) ? { faces: 1 } : {}),
    ...(rules.lighting?.(type, {}) ? { lighting: "led" } : {}),
    ...(standing.includes(type) ? { wind_speed: 115, exposure: "C", soil: "clay", foundation: "pier" } : {}),
    ...(type === "monument" ? { mounting: "base", base: "none" } : {}),
    ...(["pole", "pylon"].includes(type) ? { mounting: type === "pole" ? "single_pole" : "double_pole" } : {}),
    ...(letters.includes(type) ? { mounting: "flush", font: "block" } : {}),
    access: "ground",
  };
}

/** A number outside what the catalogue allows, as a sentence; `null` when it is fine. */
export function outOfRange(driver: DriverInfo, value: unknown): string | null {
  const { min, max, unit } = driver;
  if (min === null || max === null || typeof value !== "number") return null;
  return value < min || value > max ? `${driver.label} is ${min} to ${max}${unit ? ` ${unit}` : ""}` : null;
}
