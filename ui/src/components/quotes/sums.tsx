import { TextInput } from "@mantine/core";

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
  /** The price lies below the shop's floor. */
  below: boolean;
}

/** What the customer pays, and below it what is left for the shop. */
export function Sums({ sums, taxPercent, locked, setTaxPercent, below }: SumsProps) {
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
        <div className="row" style={{ marginTop: 6 }}>
          <Tag>markup {markup === null ? "–" : share(markup, 1)}</Tag>
          <Tag tone={below ? "bad" : "good"}>margin {margin === null ? "–" : share(margin, 1)}</Tag>
        </div>
      </div>
    </Card>
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
