/** The chance of a quote at the price that is looked at. */
import { useEstimate } from "../../api/queries";
import type { Money, Quote, Specification } from "../../api/types";
import { Winning } from "../shared/winning";
import { active } from "./active";

interface WinningPriceProps {
  quote: Quote;
  price: Money;
  cost: Money;
}

const nothing: Specification = {};

export function WinningPrice({ quote, price, cost }: WinningPriceProps) {
  const estimated = active(quote).lines.find((line) => line.estimate_id !== null)?.estimate_id ?? null;
  const specification = useEstimate(estimated).data?.specification ?? nothing;
  return <Winning cost={cost} price={price} customer={quote.customer} specification={specification} />;
}
