import { Select } from "@mantine/core";

import type { Frequency, MeasureInfo } from "../../api/types";
import { count } from "../../lib/numbers";
import { frequencies, periods } from "../../lib/periods";
import { parsed, type SeriesName, written } from "../../lib/series-name";
import { named } from "../../lib/words";

interface ShapeProps {
  name: string;
  measures: MeasureInfo[];
  show: (name: string) => void;
}

const each = frequencies.map((value) => ({ value, label: periods[value].label }));

const ways: Record<string, string> = {
  sum: "Sum", mean: "Mean", median: "Median", p10: "10 in 100 below", p25: "25 in 100 below", p75: "75 in 100 below", p90: "90 in 100 below", count: "How many",
};

const ALL = "";

/** Of what, by which period, and how the rows of one become a value. */
export function Shape({ name, measures, show }: ShapeProps) {
  const parts = parsed(name);
  const measure = measures.find((one) => one.name === parts?.measure);
  if (!parts || !measure) return null;
  const change = (next: Partial<SeriesName>) => show(written({ ...parts, ...next }));
  return (
    <>
      {measure.by.length > 0 && (
        <Select
          aria-label="Of"
          searchable
          allowDeselect={false}
          value={parts.column ? `${parts.column}=${parts.level}` : ALL}
          onChange={(chosen) => {
            const equals = chosen?.indexOf("=") ?? -1;
            change(chosen && equals > 0 ? { column: chosen.slice(0, equals), level: chosen.slice(equals + 1) } : { column: null, level: null });
          }}
          data={levels(measure)}
          maxDropdownHeight={360}
          comboboxProps={{ width: 300, position: "bottom-start" }}
        />
      )}
      <Select aria-label="Each" allowDeselect={false} value={parts.frequency} onChange={(chosen) => change({ frequency: (chosen ?? "monthly") as Frequency })} data={each} leftSection={<span className="dim">by</span>} />
      {measure.ways.length > 1 && (
        <Select aria-label="As" allowDeselect={false} value={parts.way || (measure.ways[0] ?? "")} onChange={(chosen) => change({ way: chosen === measure.ways[0] ? "" : (chosen ?? "") })} data={measure.ways.map((way) => ({ value: way, label: ways[way] ?? way }))} leftSection={<span className="dim">as</span>} />
      )}
    </>
  );
}

function levels(measure: MeasureInfo) {
  const groups = measure.by.map(({ column, label, levels }) => ({
    group: `By ${label}`,
    items: levels.map(({ level, label: text, rows }) => ({ value: `${column}=${level}`, label: `${named(text)} (${count(rows)})` })),
  }));
  return measure.split_only ? groups : [{ value: ALL, label: "Everything" }, ...groups];
}

/** The series of a measure to begin with: of everything, or of its most frequent level where that says nothing. */
export function beginning(measure: MeasureInfo): string {
  const first = measure.by[0];
  const level = first?.levels[0];
  const split = measure.split_only && first && level ? { column: first.column, level: level.level } : { column: null, level: null };
  return written({ measure: measure.name, frequency: "monthly", way: "", ...split });
}
