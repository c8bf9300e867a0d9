import { TextInput } from "@mantine/core";
import { useState } from "react";

import { fromPercent } from "../../lib/decimal";
import { exact } from "../../lib/money";
import { share } from "../../lib/numbers";
import type { EditedTotals } from "../../lib/totals";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";

interface SumsProps {
  sums: EditedTotals;
  /** Per cent, as typed. */
  taxPercent: string;
  locked: boolean;
  setTaxPercent: (percent: string) => void;
  /** Prices every line that has a cost at this markup, a fraction. */
  price: (markup: string) => void;
}

/** What the customer pays, and below it what is left for the shop. */
export function Sums({ sums, taxPercent, locked, setTaxPercent, price }: SumsProps) {
  const { subtotal, tax, total, cost, markup, margin } = sums;
  return (
    <Card>
      <div className="dim">The customer pays</div>
      <div className="big" data-testid="quote-total">
        {exact(total)}
      </div>
      <div style={{ marginTop: 10 }}>
        <Sum name="Subtotal" value={exact(subtotal)} />
        <div className="sum">
          <label htmlFor="tax" className="dim">
            Tax
          </label>
          {locked ? <span className="dim">{taxPercent} %</span> : <TextInput id="tax" value={taxPercent} onChange={(event) => setTaxPercent(event.currentTarget.value)} w={78} rightSection={<span className="dim">%</span>} />}
          <span className="grow" />
          <span className="num">{exact(tax)}</span>
        </div>
        <div className="sum total">
          <span className="dim grow">Cost</span>
          <span className="num">{exact(cost)}</span>
        </div>
        <Sum name="Profit" value={exact({ ...subtotal, minor: subtotal.minor - cost.minor })} />
        {!locked && <Markup markup={markup} price={price} />}
        <div className="row" style={{ marginTop: 6 }}>
          {locked && <Tag>markup {markup === null ? "–" : share(markup, 1)}</Tag>}
          <Tag tone={margin !== null && margin < 0.25 ? "up" : "good"}>margin {margin === null ? "–" : share(margin, 1)}</Tag>
        </div>
      </div>
    </Card>
  );
}

/** Shows what the prices come to; typing another prices the lines anew. */
function Markup({ markup, price }: { markup: number | null; price: (markup: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = markup === null ? "" : String(Number((markup * 100).toFixed(1)));
  const type = (text: string) => {
    setTyped(text);
    const rate = fromPercent(text);
    if (rate) price(rate);
  };
  return (
    <div className="sum">
      <label htmlFor="quote-markup" className="dim grow">
        Markup on cost
      </label>
      <TextInput id="quote-markup" className="right" value={typed ?? shown} inputMode="decimal" disabled={markup === null} onChange={(event) => type(event.currentTarget.value)} onBlur={() => setTyped(null)} w={84} rightSection={<span className="dim">%</span>} />
    </div>
  );
}

function Sum({ name, value }: { name: string; value: string }) {
  return (
    <div className="sum">
      <span className="dim grow">{name}</span>
      <span className="num">{value}</span>
    </div>
  );
}
