/** How likely an offer is taken at its price, and what other prices would earn on average. */
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";

import { toApiError } from "../../api/error";
import { useWinChance } from "../../api/queries";
import type { Money, Specification, WinCurve, Winning as Told } from "../../api/types";
import { major, whole } from "../../lib/money";
import { share } from "../../lib/numbers";
import { capitalized } from "../../lib/words";
import { Card } from "./card";
import { ProfitCurve } from "./profit-curve";
import { Loading, Problem } from "./states";

interface WinningProps {
  cost: Money;
  /** Before tax. */
  price: Money;
  customer: string | null;
  specification: Specification;
  /** Takes another price; absent where the price cannot be changed. */
  take?: (price: Money) => void;
}

export function Winning({ cost, price, customer, specification, take }: WinningProps) {
  const [asked] = useDebouncedValue(price.minor, 250);
  const told = useWinChance({ cost, price: { ...price, minor: asked }, customer, specification }, cost.minor > 0 && asked > 0);
  if (cost.minor <= 0 || price.minor <= 0) return null;
  return (
    <Card title="Chance to win" sub={told.data && `from ${told.data.outcomes} decided quotes`}>
      <div data-testid="winning">{told.data ? <Answer told={told.data} cost={cost} take={take} /> : <Missing error={told.error} />}</div>
    </Card>
  );
}

/** Too few outcomes are no failure: it says how many there are. */
function Missing({ error }: { error: unknown }) {
  if (!error) return <Loading height={120} />;
  const { code, message, hint } = toApiError(error);
  if (code !== "not_enough_data") return <Problem error={error} />;
  return (
    <p className="dim">
      {capitalized(message)}. {hint}
    </p>
  );
}

function Answer({ told, cost, take }: { told: Told; cost: Money; take: WinningProps["take"] }) {
  const { measured } = told;
  return (
    <div className="stack tight">
      <div className="row" style={{ alignItems: "baseline" }}>
        <span className="big" title={`${told.near_won} of ${told.near} past quotes that were thought as likely were won`}>
          {share(told.chance)}
        </span>
        <span className="dim">
          at {whole(told.price)}, {share(told.low)} to {share(told.high)}
        </span>
      </div>
      <div className="dim small">{record(told)}</div>
      {told.outside && <div className="small warn-ink">Hardly any offer had such a price for such a cost: the chance is that at the edge of what was tried.</div>}
      {told.curve ? <Curve told={told} curve={told.curve} cost={cost} take={take} /> : <p className="dim small">The price did not tell won from lost so far, or no price that was tried leaves a profit: there is no best one.</p>}
      {told.words.length > 0 && (
        <ul className="win-words">
          {told.words.map((line) => (
            <li key={line}>{line.replaceAll(" %", "\u00a0%")}</li>
          ))}
        </ul>
      )}
      <div className={measured.better_than_share ? "dim small" : "small warn-ink"} title={`squared error ${measured.brier.toFixed(3)}, always saying the share won ${measured.brier_share.toFixed(3)}, AUC ${measured.auc.toFixed(2)}`}>
        {measured.better_than_share
          ? `On the newest ${measured.offers} outcomes a won quote was thought likelier than a lost one ${share(measured.auc)} of the time.`
          : `On the newest ${measured.offers} outcomes no better than always saying the share won: do not rest on it.`}
      </div>
    </div>
  );
}

function record({ customer_offers, customer_won }: Told): string {
  return customer_offers === 0 ? "Nothing is known of this customer: an average one is assumed." : `This customer took ${customer_won} of ${customer_offers} quotes before.`;
}

function Curve({ told, curve, cost, take }: { told: Told; curve: WinCurve; cost: Money; take: WinningProps["take"] }) {
  const { best } = curve;
  const there = told.price.minor >= curve.from.minor && told.price.minor <= curve.to.minor;
  return (
    <>
      <ProfitCurve curve={curve} price={told.price} />
      <div className="row">
        <span className="grow">
          Earns most at <b className="num">{whole(best.price)}</b> <span className="dim">({share(best.chance)} win, {whole(best.profit)} on average)</span>
        </span>
        {take && !there && (
          <Button size="compact-xs" onClick={() => take(best.price)}>
            Take it
          </Button>
        )}
      </div>
      <div className="dim small">
        {whole(curve.from)} to {whole(curve.to)} is within 2 % of it, a markup of {markup(curve.from, cost)} to {markup(curve.to, cost)}.
        {curve.at_upper_edge && " It is the highest price that enough offers had: a higher one may earn more, nobody knows."}
        {curve.at_lower_edge && " It is the lowest price that enough offers had."}
      </div>
    </>
  );
}

function markup(price: Money, cost: Money): string {
  return share(major(price) / major(cost) - 1);
}
