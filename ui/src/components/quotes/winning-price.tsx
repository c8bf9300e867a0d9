/** The chance of a quote as it is priced now; another price is taken as a markup on all lines. */
import { useEstimate } from "../../api/queries";
import type { Money, Quote, Specification } from "../../api/types";
import { fromPercent } from "../../lib/decimal";
import { markupFor } from "../../lib/markup";
import { Winning } from "../shared/winning";
import { active } from "./active";

interface WinningPriceProps {
  quote: Quote;
  sums: { subtotal: Money; cost: Money };
  /** A fraction. */
  take?: (markup: string) => void;
}

const nothing: Specification = {};

export function WinningPrice({ quote, sums, take }: WinningPriceProps) {
  const estimated = active(quote).lines.find((line) => line.estimate_id !== null)?.estimate_id ?? null;
  const specification = useEstimate(estimated).data?.specification ?? nothing;
  const taken = take && ((price: Money) => {
    const rate = fromPercent(markupFor(sums.cost, price));
    if (rate) take(rate);
  });
  return <Winning cost={sums.cost} price={sums.subtotal} customer={quote.customer} specification={specification} take={taken} />;
}
