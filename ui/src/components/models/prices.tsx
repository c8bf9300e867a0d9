/** Which of the imported material prices a new model learns from: the level of all, or chosen series with how late each is known. */
import { ActionIcon, Button, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { usePriceDrivers } from "../../api/queries";
import type { PriceDriver, PriceDrivers } from "../../api/types";
import { inMonth } from "../../lib/dates";
import { counted } from "../../lib/numbers";
import { capitalized } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";

const lags = [0, 1, 2, 3, 4, 5, 6].map((lag) => ({ value: String(lag), label: lag === 0 ? "latest" : `${lag} mo. before` }));

export function PricesCard() {
  const found = usePriceDrivers().data;
  if (!found || found.series.length === 0) return null;
  return <Choosing key={JSON.stringify(found.chosen)} found={found} />;
}

function Choosing({ found: { chosen, series } }: { found: PriceDrivers }) {
  const [drivers, setDrivers] = useState(chosen);
  const saving = useCommand("set_price_drivers", ["models"]);
  const names = series.map((one) => ({ value: one.series, label: capitalized(one.series) }));
  const change = (at: number, next: Partial<PriceDriver>) => setDrivers(drivers.map((one, place) => (place === at ? { ...one, ...next } : one)));
  const unused = series.find((one) => !drivers.some((driver) => driver.series === one.series));
  const changed = JSON.stringify(drivers) !== JSON.stringify(chosen);
  const save = () => saving.mutate({ chosen: drivers }, { onSuccess: () => done("The next model that is trained learns from them.", "Prices chosen"), onError: failed });
  return (
    <Card title="Prices to learn from" sub="for the next model">
      <div className="stack tight">
        {drivers.length === 0 && <p className="dim">The level of all {counted(series.length, "imported series", "imported series")} together, as of the month of the quote.</p>}
        {drivers.map((driver, at) => (
          <div key={`${driver.series} ${driver.lag}`} className="price-driver">
            <Select size="xs" aria-label="Series" data={names} value={driver.series} onChange={(name) => name && change(at, { series: name })} allowDeselect={false} />
            <Select size="xs" aria-label={`When ${driver.series} is known`} data={lags} value={String(driver.lag)} onChange={(lag) => change(at, { lag: Number(lag) })} allowDeselect={false} />
            <ActionIcon variant="subtle" size="sm" aria-label={`Without ${driver.series}`} onClick={() => setDrivers(drivers.filter((_, place) => place !== at))}>
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        {drivers.map((driver) => series.find((one) => one.series === driver.series)).some((one) => one !== undefined) && (
          <p className="dim small">Only prices published before the day of a quote count; the newest are of {inMonth(newest(drivers, series))}.</p>
        )}
        <div className="row">
          <Button size="compact-xs" disabled={!unused} onClick={() => unused && setDrivers([...drivers, { series: unused.series, lag: 0 }])}>
            {drivers.length === 0 ? "Choose series" : "Add one"}
          </Button>
          <span className="grow" />
          {changed && (
            <Button size="compact-xs" variant="filled" loading={saving.isPending} onClick={save}>
              Save
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}

/** The last day any of the chosen series has a price for. */
function newest(drivers: PriceDriver[], series: PriceDrivers["series"]): string {
  return series.filter((one) => drivers.some((driver) => driver.series === one.series)).reduce((last, one) => (one.to > last ? one.to : last), "");
}
