import { CloseButton, NumberInput, Select } from "@mantine/core";

import type { AnomalySeverity, Condition, ModelFigure, SeriesInfo, Side } from "../../api/types";
import { blank, kinds, modelFigure } from "../../lib/alert-words";
import { named, severity } from "../../lib/words";

interface ConditionProps {
  condition: Condition;
  series: SeriesInfo[];
  change: (next: Condition) => void;
  /** `null` for the only one. */
  remove: (() => void) | null;
}

/** One condition of a rule, with the fields of its kind. */
export function ConditionForm({ condition, series, change, remove }: ConditionProps) {
  const first = series[0]?.name ?? "";
  return (
    <div className="condition">
      <div className="row">
        <Select
          aria-label="What is watched"
          className="grow"
          allowDeselect={false}
          value={condition.of}
          onChange={(of) => of && change(blank(of as Condition["of"], "name" in condition && condition.name ? condition.name : first))}
          data={kinds.filter(({ value }) => first !== "" || !["series", "change", "forecast", "series_anomaly"].includes(value))}
        />
        {remove && <CloseButton aria-label="Remove this condition" onClick={remove} />}
      </div>
      <div className="parts">
        <Parts condition={condition} series={series} change={change} />
      </div>
    </div>
  );
}

type PartsProps = Omit<ConditionProps, "remove">;

function Parts({ condition, series, change }: PartsProps) {
  const amount = (label: string, value: number, set: (value: number) => Condition, more: { min?: number; max?: number; suffix?: string; step?: number } = {}) => (
    <NumberInput key={label} label={label} value={value} onChange={(next) => typeof next === "number" && change(set(next))} hideControls {...more} />
  );
  const of = (value: string | null, set: (name: string) => Condition, any = false) => (
    <Select
      key="of"
      className="wide"
      label="Series"
      searchable
      allowDeselect={false}
      value={value ?? ""}
      onChange={(next) => next !== null && change(set(next))}
      data={[...(any ? [{ value: "", label: "Any series" }] : []), ...series.map(({ name, label }) => ({ value: name, label: named(label) })), ...(value && !series.some(({ name }) => name === value) ? [{ value, label: value }] : [])]}
    />
  );
  const side = (value: Side, set: (side: Side) => Condition, words: [string, string]) => (
    <Select key="side" label="Is" allowDeselect={false} value={value} onChange={(next) => next && change(set(next as Side))} data={[{ value: "above", label: words[0] }, { value: "below", label: words[1] }]} />
  );
  const least = (value: AnomalySeverity, set: (value: AnomalySeverity) => Condition) => (
    <Select key="severity" label="At least" allowDeselect={false} value={value} onChange={(next) => next && change(set(next as AnomalySeverity))} data={(["low", "medium", "high"] as const).map((one) => ({ value: one, label: severity[one].label }))} />
  );
  const c = condition;
  switch (c.of) {
    case "series":
      return [of(c.name, (name) => ({ ...c, name })), side(c.side, (next) => ({ ...c, side: next }), ["above", "below"]), amount("Value", c.threshold, (threshold) => ({ ...c, threshold })), amount("Periods in a row", c.periods, (periods) => ({ ...c, periods }), { min: 1, max: 60 })];
    case "change":
      return [of(c.name, (name) => ({ ...c, name })), side(c.side, (next) => ({ ...c, side: next }), ["rises", "falls"]), amount("By more than", c.percent, (percent) => ({ ...c, percent }), { min: 0.1, suffix: " %" }), amount("Within periods", c.periods, (periods) => ({ ...c, periods }), { min: 1, max: 60 })];
    case "forecast":
      return [
        of(c.name, (name) => ({ ...c, name })),
        side(c.side, (next) => ({ ...c, side: next }), ["above", "below"]),
        amount("Value", c.threshold, (threshold) => ({ ...c, threshold })),
        amount("Within periods", c.within, (within) => ({ ...c, within }), { min: 1, max: 60 }),
        amount("At least sure", Math.round(100 * c.probability), (sure) => ({ ...c, probability: sure / 100 }), { min: 50, max: 99, suffix: " %" }),
      ];
    case "series_anomaly":
      return [of(c.name, (name) => ({ ...c, name: name === "" ? null : name }), true), least(c.severity, (next) => ({ ...c, severity: next }))];
    case "job_anomalies":
      return [least(c.severity, (next) => ({ ...c, severity: next })), amount("Jobs", c.at_least, (at_least) => ({ ...c, at_least }), { min: 1 })];
    case "overruns":
      return [amount("Jobs", c.at_least, (at_least) => ({ ...c, at_least }), { min: 1 }), amount("Over by more than", c.percent, (percent) => ({ ...c, percent }), { suffix: " %" }), amount("In days", c.days, (days) => ({ ...c, days }), { min: 1, max: 730 })];
    case "model":
      return [
        <Select key="figure" className="wide" label="Figure" allowDeselect={false} value={c.figure} onChange={(next) => next && change({ ...c, figure: next as ModelFigure })} data={Object.entries(modelFigure).map(([value, label]) => ({ value, label: named(label) }))} />,
        side(c.side, (next) => ({ ...c, side: next }), ["above", "below"]),
        amount("Value", c.threshold, (threshold) => ({ ...c, threshold })),
      ];
    case "unanswered":
      return [amount("Quotes", c.at_least, (at_least) => ({ ...c, at_least }), { min: 1 }), amount("Days", c.days, (days) => ({ ...c, days }), { min: 1, max: 730 })];
  }
}
