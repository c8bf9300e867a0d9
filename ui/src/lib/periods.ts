/** The periods of series, the shortest first, in words. */
import type { Frequency } from "../api/types";

interface Period {
  label: string;
  many: string;
}

export const periods: Record<Frequency, Period> = {
  daily: { label: "Day", many: "days" },
  weekly: { label: "Week", many: "weeks" },
  monthly: { label: "Month", many: "months" },
  quarterly: { label: "Quarter", many: "quarters" },
  yearly: { label: "Year", many: "years" },
};

export const frequencies = Object.keys(periods) as Frequency[];

export function isFrequency(word: string): word is Frequency {
  return frequencies.some((one) => one === word);
}
