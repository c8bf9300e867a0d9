/** Conditions of alert rules in words. */
import type { Condition, ModelFigure } from "../api/types";
import { severity } from "./words";

export const modelFigure: Record<ModelFigure, string> = {
  error: "error of the model, %",
  error_over_card: "error of the model over that on its card",
  held80: "share of jobs inside the 80 % range, %",
  drivers_drifted: "drivers that have changed",
};

/** One condition as a sentence; `label` says how a series is called. */
export function inWords(condition: Condition, label: (series: string) => string): string {
  switch (condition.of) {
    case "series":
      return `${label(condition.name)} ${condition.side} ${condition.threshold} for ${periods(condition.periods)}`;
    case "change":
      return `${label(condition.name)} ${condition.side === "above" ? "rises" : "falls"} by more than ${condition.percent} % within ${periods(condition.periods)}`;
    case "series_anomaly":
      return `an anomaly of ${severity[condition.severity].label.toLowerCase()} severity or more in ${condition.name ? label(condition.name) : "any series"}`;
    case "job_anomalies":
      return `${condition.at_least} or more jobs that do not fit, severity ${severity[condition.severity].label.toLowerCase()} or more`;
    case "forecast":
      return `${label(condition.name)} will be ${condition.side} ${condition.threshold} within ${periods(condition.within)}, with ${Math.round(100 * condition.probability)} % or more`;
    case "model":
      return `${modelFigure[condition.figure]} ${condition.side} ${condition.threshold}`;
    case "overruns":
      return `${condition.at_least} or more jobs in ${condition.days} days cost over ${condition.percent} % more than estimated`;
    case "unanswered":
      return `${condition.at_least} or more quotes without an answer for ${condition.days} days`;
  }
}

function periods(n: number): string {
  return n === 1 ? "1 period" : `${n} periods`;
}

/** A condition of this kind to begin with. */
export function blank(of: Condition["of"], series: string): Condition {
  switch (of) {
    case "series":
      return { of, name: series, side: "below", threshold: 0, periods: 2 };
    case "change":
      return { of, name: series, side: "above", percent: 10, periods: 3 };
    case "series_anomaly":
      return { of, name: series, severity: "medium" };
    case "job_anomalies":
      return { of, severity: "high", at_least: 1 };
    case "forecast":
      return { of, name: series, side: "above", threshold: 0, within: 6, probability: 0.8 };
    case "model":
      return { of, figure: "error_over_card", side: "above", threshold: 1.2 };
    case "overruns":
      return { of, percent: 30, days: 30, at_least: 3 };
    case "unanswered":
      return { of, days: 14, at_least: 1 };
  }
}

export const kinds: { value: Condition["of"]; label: string }[] = [
  { value: "series", label: "A series is beyond a value" },
  { value: "change", label: "A series rises or falls" },
  { value: "forecast", label: "A series will pass a value" },
  { value: "series_anomaly", label: "An anomaly in a series" },
  { value: "job_anomalies", label: "Jobs that do not fit" },
  { value: "overruns", label: "Jobs over their estimate" },
  { value: "model", label: "A figure of the cost model" },
  { value: "unanswered", label: "Quotes without an answer" },
];
