import { NumberInput } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";

import { useEscalation, useOutlook } from "../../api/queries";
import type { AssumedQuote, AssumedSeries, Assumption, Capacity, Outlook, SeriesInfo } from "../../api/types";
import { whole } from "../../lib/money";
import { percent, share, signedPercent, symbolOf } from "../../lib/numbers";
import { named } from "../../lib/words";
import { Card } from "../shared/card";
import { Empty, Shown } from "../shared/states";
import { Assumptions, assumed } from "./assumptions";
import { Course } from "./course";

/** Prices, wages, demand and people assumed otherwise: what follows for forecasts, open quotes and hours. */
export function WhatIf({ series }: { series: SeriesInfo[] }) {
  const materials = series.filter(({ name }) => name.startsWith("material:"));
  const [chosen, setAssumptions] = useState<Assumption[] | null>(null);
  // To begin with, the material that quotes depend on most.
  const weightiest = useEscalation(60).data?.parts.find((part) => part.series.startsWith("material:"))?.series ?? materials[0]?.name;
  const assumptions = useMemo(() => chosen ?? [assumed(weightiest ? "price" : "wage", weightiest ?? "")], [chosen, weightiest]);
  const outlook = useOutlook(assumptions);
  return (
    <div className="assuming">
      <Assumptions assumptions={assumptions} materials={materials} change={setAssumptions} />
      <div className="stack">
        {assumptions.length === 0 ? (
          <Card>
            <Empty icon={IconArrowsSplit2} title="Nothing is assumed">
              Say what might change at the left: a material price, wages, how much is sold, or how many people you have.
            </Empty>
          </Card>
        ) : (
          <Shown query={outlook} height={320}>
            {(found) => <Follows outlook={found} />}
          </Shown>
        )}
        <Allowance />
      </div>
    </div>
  );
}

function Follows({ outlook }: { outlook: Outlook }) {
  const { capacity, assumed_capacity } = outlook;
  return (
    <>
      <Card title="What follows" sub="dashed: as forecast; blue: as assumed">
        <div className="stack tight" data-testid="outlook-words">
          {outlook.words.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      </Card>
      <div className="courses">
        {outlook.series.map((one) => (
          <Card key={one.series} title={named(one.label)} sub={one.unit}>
            <OfSeries one={one} />
          </Card>
        ))}
        {capacity && assumed_capacity && (
          <Card title="Hours in the books" sub="sold and not done, at the end of the month">
            <OfHours plain={capacity} assumed={assumed_capacity} />
          </Card>
        )}
      </div>
      <OpenQuotes quotes={outlook.quotes} />
    </>
  );
}

function OfSeries({ one }: { one: AssumedSeries }) {
  const line = (points: AssumedSeries["forecast"]): [string, number][] => points.map(({ ds, yhat }) => [ds, yhat]);
  return <Course label={`${one.label}, as forecast and as assumed`} past={one.past.map(({ ds, y }) => [ds, y])} forecast={line(one.forecast)} assumed={line(one.assumed)} symbol={symbolOf(one.unit)} />;
}

function OfHours({ plain, assumed }: { plain: Capacity; assumed: Capacity }) {
  const line = ({ months }: Capacity): [string, number][] => months.map(({ month, backlog }) => [month, backlog]);
  return <Course label="Hours in the books, as forecast and as assumed" past={[]} forecast={line(plain)} assumed={line(assumed)} limit={assumed.months.map(({ month, capacity }) => [month, capacity])} symbol="" />;
}

function OpenQuotes({ quotes }: { quotes: AssumedQuote[] }) {
  const moved = quotes.filter(({ cost, assumed_cost }) => cost.minor !== assumed_cost.minor);
  if (moved.length === 0) return null;
  return (
    <Card title="Open quotes" sub="what loses most first" flush>
      <table className="grid">
        <thead>
          <tr>
            <th>Quote</th>
            <th className="num">Price</th>
            <th className="num">Cost</th>
            <th className="num">As assumed</th>
            <th className="num">Margin</th>
            <th className="num">As assumed</th>
          </tr>
        </thead>
        <tbody>
          {moved.slice(0, 50).map((quote) => (
            <tr key={quote.quote_id}>
              <td>
                <Link to="/quotes/$id" params={{ id: String(quote.quote_id) }}>
                  <b>{quote.number}</b>
                </Link>{" "}
                <span className="dim">{quote.customer}</span>
              </td>
              <td className="num">{whole(quote.price)}</td>
              <td className="num dim">{whole(quote.cost)}</td>
              <td className="num">{whole(quote.assumed_cost)}</td>
              <td className="num dim">{quote.margin === null ? "–" : share(quote.margin)}</td>
              <td className="num strong">{quote.assumed_margin === null ? "–" : share(quote.assumed_margin)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** What a quote that stands for a while should allow for. */
function Allowance() {
  const [days, setDays] = useState(60);
  const found = useEscalation(days);
  return (
    <Card title="Quotes that stand for a while" right={<NumberInput size="xs" w={110} aria-label="Days" value={days} min={1} max={730} suffix=" days" onChange={(next) => typeof next === "number" && next > 0 && setDays(Math.round(next))} />} flush={found.data !== undefined}>
      <Shown query={found} height={120}>
        {({ summary, parts, unknown }) => (
          <>
            <p style={{ padding: "0 16px 10px" }}>{summary}</p>
            <table className="grid">
              <thead>
                <tr>
                  <th>Price</th>
                  <th className="num">Of the cost</th>
                  <th className="num">Expected</th>
                  <th className="num">At most, 9 in 10</th>
                </tr>
              </thead>
              <tbody>
                {parts.map((part) => (
                  <tr key={part.series}>
                    <td>
                      <Link to="/forecasts" search={{ series: part.series }}>
                        {named(part.label)}
                      </Link>
                    </td>
                    <td className="num">{percent(100 * part.share)}</td>
                    <td className="num dim">{signedPercent(part.expected, 1)}</td>
                    <td className="num">{signedPercent(part.upper, 1)}</td>
                  </tr>
                ))}
                <tr>
                  <td className="dim">Nothing is known of the rest</td>
                  <td className="num dim">{percent(100 * unknown)}</td>
                  <td />
                  <td />
                </tr>
              </tbody>
            </table>
          </>
        )}
      </Shown>
    </Card>
  );
}
