import { Button, Select } from "@mantine/core";

import type { MeasureInfo, SavedSeries, SeriesInfo } from "../../api/types";
import { parsed } from "../../lib/series-name";
import { named } from "../../lib/words";
import { beginning, Shape } from "./shape";

interface ChooserProps {
  name: string | null;
  series: SeriesInfo[];
  measures: MeasureInfo[];
  saved: SavedSeries[];
  show: (name: string) => void;
  write: () => void;
}

/** Measures of one level of a column only. */
const ofOneLevel: Record<string, string> = { code_hours: "Hours by work code", code_rate: "Rate by work code", code_overrun: "Overrun by work code", material_price: "Price paid by material" };

/** Which series is open, and how it is put together. */
export function Chooser({ name, series, measures, saved, show, write }: ChooserProps) {
  const measure = name === null ? null : parsed(name)?.measure;
  const split = measures.filter((one) => one.split_only && one.by.length > 0);
  const beginnings = new Map(split.map((one) => [one.name, beginning(one)]));
  const open = saved.some(({ id }) => name === `saved:${id}`);
  const own = series.filter((one) => !one.name.includes(":"));
  const group = (title: string, items: { value: string; label: string }[]) => (items.length > 0 ? [{ group: title, items }] : []);
  const item = ({ name: value, label }: SeriesInfo) => ({ value, label: named(label) });
  return (
    <div className="shape">
      <Select
        className="wide"
        aria-label="Series"
        searchable
        allowDeselect={false}
        value={(measure && (beginnings.get(measure) ?? measure)) ?? name}
        onChange={(chosen) => chosen && show(chosen)}
        maxDropdownHeight={420}
        data={[
          ...group("Your shop", own.map(item)),
          ...group("By code and material", split.map((one) => ({ value: beginnings.get(one.name) ?? one.name, label: ofOneLevel[one.name] ?? one.label }))),
          ...group("Material prices", series.filter((one) => one.name.startsWith("material:")).map(item)),
          ...group("Formulas", series.filter((one) => one.name.startsWith("saved:")).map(item)),
        ]}
      />
      {name !== null && <Shape name={name} measures={measures} show={show} />}
      <Button variant="subtle" onClick={write}>
        {open ? "Change the formula" : "New formula"}
      </Button>
    </div>
  );
}
