/** Names of the shop's own series: `measure@period~way/column=level`. The level is last, because it may hold any sign. */
import type { Frequency } from "../api/types";
import { isFrequency } from "./periods";

export interface SeriesName {
  measure: string;
  frequency: Frequency;
  /** Empty: the measure's own. */
  way: string;
  column: string | null;
  level: string | null;
}

/** `null` for imported prices and formulas, which have no parts. */
export function parsed(name: string): SeriesName | null {
  if (name.startsWith("material:") || name.startsWith("saved:")) return null;
  const slash = name.indexOf("/");
  const [head, split] = slash < 0 ? [name, ""] : [name.slice(0, slash), name.slice(slash + 1)];
  const [rest = "", way = ""] = head.split("~");
  const [measure = "", period = "monthly"] = rest.split("@");
  const equals = split.indexOf("=");
  return {
    measure,
    frequency: isFrequency(period) ? period : "monthly",
    way,
    column: equals > 0 ? split.slice(0, equals) : null,
    level: equals > 0 ? split.slice(equals + 1) : null,
  };
}

export function written({ measure, frequency, way, column, level }: SeriesName): string {
  const period = frequency === "monthly" ? "" : `@${frequency}`;
  const split = column && level ? `/${column}=${level}` : "";
  return `${measure}${period}${way ? `~${way}` : ""}${split}`;
}
