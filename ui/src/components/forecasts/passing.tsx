import { NumberInput, SegmentedControl } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import { usePassing } from "../../api/queries";
import type { PassAnswer, Series } from "../../api/types";
import { inPeriod } from "../../lib/dates";
import { inUnit, share } from "../../lib/numbers";
import { Card } from "../shared/card";
import { Problem } from "../shared/states";

/** Whether a value is passed, how likely and when: of a period, or of what the year adds up to. */
export function PassingCard({ series, horizon }: { series: Series; horizon: number }) {
  const [value, setValue] = useState<number | null>(null);
  const [total, setTotal] = useState(false);
  const [asked] = useDebouncedValue(value, 350);
  const answer = usePassing(series.name, asked, horizon, total);
  // Rates and shares do not add up.
  const addsUp = !series.unit.includes("/") && series.unit !== "%";
  return (
    <Card title="Will it pass a value?">
      <div className="stack tight">
        <NumberInput aria-label="Value" placeholder={`A value in ${series.unit === "" ? "its unit" : series.unit}`} thousandSeparator="," hideControls value={value ?? ""} onChange={(next) => setValue(typeof next === "number" ? next : null)} />
        {addsUp && <SegmentedControl aria-label="What is to pass it" size="xs" fullWidth value={total ? "total" : "value"} onChange={(next) => setTotal(next === "total")} data={[{ value: "value", label: "One period" }, { value: "total", label: "Your year's total" }]} />}
        {answer.error ? <Problem error={answer.error} /> : answer.data && asked !== null && <Told answer={answer.data} series={series} />}
      </div>
    </Card>
  );
}

function Told({ answer: { passing, chances, so_far }, series }: { answer: PassAnswer; series: Series }) {
  const when = (date: string | null) => (date ? inPeriod(date, series.frequency) : null);
  const likeliest = chances.reduce<PassAnswer["chances"][number] | null>((best, one) => (best === null || one.above > best.above ? one : best), null);
  const middle = when(passing.median);
  return (
    <>
      {so_far !== null && <p className="dim">{inUnit(so_far, series.unit)} so far this year.</p>}
      {passing.already ? (
        <p>
          <b>It already has.</b>
        </p>
      ) : (
        <p>
          <b>{share(passing.within)} likely</b> within this time{middle ? `, probably by ${middle}` : ""}.
          {(passing.early ?? passing.late) && (
            <span className="dim">
              {" "}
              {passing.early && `As early as ${when(passing.early)} in one case of ten`}
              {passing.early && passing.late ? "; " : ""}
              {passing.late && `by ${when(passing.late)} in nine of ten`}.
            </span>
          )}
        </p>
      )}
      {likeliest && likeliest.above > 0 && (
        <p className="dim small">
          Likeliest in {inPeriod(likeliest.ds, series.frequency)}: {share(likeliest.above)}.
        </p>
      )}
    </>
  );
}
