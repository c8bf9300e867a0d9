/** How what is known of a sign is written for people: in the words and units of the catalogue of drivers. */
import type { DriverInfo, DriverValue, Specification } from "../api/types";
import { named } from "./words";

/** Each value with its name, in the order of the catalogue; drivers that the catalogue does not know stand last. */
export function described(specification: Specification, drivers: DriverInfo[]): [string, string][] {
  const place = (name: string) => {
    const at = drivers.findIndex((driver) => driver.name === name);
    return at < 0 ? drivers.length : at;
  };
  return Object.keys(specification)
    .sort((a, b) => place(a) - place(b))
    .flatMap((name): [string, string][] => {
      const value = specification[name];
      const driver = drivers[place(name)];
      return value === undefined ? [] : [[driver?.label ?? named(name), spoken(value, driver)]];
    });
}

/** `true` as `yes`, `single_pole` as `Single pole`, `16` as `16 ft`. */
function spoken(value: DriverValue, driver: DriverInfo | undefined): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return driver?.unit ? `${value} ${driver.unit}` : String(value);
  return driver?.choices.find((choice) => choice.value === value)?.label ?? value;
}
