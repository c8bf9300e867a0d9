import "../components/quotes/quotes.css";

import { Textarea, TextInput } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";

import { useCommand } from "../api/commands";
import { useQuote, useShowQuote, useStanding } from "../api/queries";
import type { PricedJob, Quote, QuoteLine, QuoteOption, QuoteStatus, QuoteVersion } from "../api/types";
import { About } from "../components/quotes/about";
import { active } from "../components/quotes/active";
import { ChangeOrders } from "../components/quotes/change-orders";
import { PrintMenu } from "../components/quotes/export";
import { LineTable } from "../components/quotes/line-table";
import { More, Undo } from "../components/quotes/more";
import { Options } from "../components/quotes/options";
import { PriceDecisionCard } from "../components/quotes/price-decision";
import { Signals, Steps as PriceSteps } from "../components/quotes/price-steps";
import { Steps } from "../components/quotes/steps";
import { Sums } from "../components/quotes/sums";
import { Versions } from "../components/quotes/versions";
import { WinningPrice } from "../components/quotes/winning-price";
import { Card } from "../components/shared/card";
import { done, failed } from "../components/shared/notify";
import { Shown } from "../components/shared/states";
import { Tag } from "../components/shared/tag";
import { Page } from "../components/shell/page";
import { at } from "../lib/dates";
import { fromPercent, toPercent } from "../lib/decimal";
import { based, chosenLines } from "../lib/options";
import { totals } from "../lib/totals";
import { quoteStatus } from "../lib/words";

const route = getRouteApi("/quotes/$id");

export function QuotePage() {
  const { id } = route.useParams();
  const asked = route.useSearch().version;
  const quote = useQuote(Number(id));
  if (!quote.data) return <Page title="Quote"><Shown query={quote} height={300}>{() => null}</Shown></Page>;
  const version = quote.data.versions.find((one) => one.version === asked) ?? active(quote.data);
  return <OneQuote key={`${quote.data.id} ${version.version} ${quote.data.status}`} quote={quote.data} version={version} />;
}

interface Edited {
  /** Those of the base, where there are options. */
  lines: QuoteLine[];
  /** The base first; empty where all lines are taken. */
  options: QuoteOption[];
  taxPercent: string;
  validUntil: string;
  terms: string;
  exclusions: string;
}

function asEdited(version: QuoteVersion): Edited {
  const [base] = version.options;
  return { lines: base ? base.lines.map(({ line }) => line) : version.lines, options: version.options, taxPercent: toPercent(version.tax_rate), validUntil: version.valid_until, terms: version.terms, exclusions: version.exclusions.join("\n") };
}

/** Whose outcome is known needs no chance. */
function decided(status: QuoteStatus): boolean {
  return status === "won" || status === "lost" || status === "expired";
}

const unchanged = { markup: null, title: null, customer: null, contact: null };

/** The options with the base as its lines are now. */
function whole({ lines, options }: Edited): QuoteOption[] {
  const [base, ...others] = options;
  if (!base) return [];
  return [{ ...base, lines: lines.map((line, at) => ({ line, breaks: base.lines[at]?.breaks ?? [] })) }, ...others];
}

function asLines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

function OneQuote({ quote, version }: { quote: Quote; version: QuoteVersion }) {
  const stored = useMemo(() => asEdited(version), [version]);
  const [edited, setEdited] = useState(stored);
  const [looked, setLooked] = useState<PricedJob | null>(null);
  const updating = useCommand("update_quote", ["quotes"]);
  const standing = useStanding(quote.id).data;
  const older = version.version !== active(quote).version;
  const locked = older || version.locked || quote.status !== "draft";
  const dirty = !locked && JSON.stringify(edited) !== JSON.stringify(stored);
  const currency = version.totals.total.currency;
  const rate = fromPercent(edited.taxPercent);
  const options = whole(edited);
  const base = totals(edited.lines, rate ?? "", currency);
  const sums = options.length === 0 ? base : totals(chosenLines(options), rate ?? "", currency);
  const change = (next: Partial<Edited>) => setEdited((before) => ({ ...before, ...next }));
  const show = useShowQuote();
  const taken = (saved: Quote) => {
    show(saved);
    setEdited(asEdited(active(saved)));
  };
  const save = () =>
    updating.mutate(
      { ...unchanged, id: quote.id, lines: options.length === 0 ? edited.lines : null, options, tax_rate: rate, valid_until: edited.validUntil, terms: edited.terms, exclusions: asLines(edited.exclusions) },
      { onSuccess: (saved) => { taken(saved); done("", `${quote.number} saved`); }, onError: failed },
    );
  const status = quoteStatus[standing?.status ?? quote.status];
  return (
    <Page
      title={quote.number}
      crumb={
        <>
          <Tag tone={status.tone}>{status.label}</Tag> {quote.versions.length > 1 && <Tag>version {version.version}</Tag>}
          {" "}<Link to="/quotes">all quotes</Link>
        </>
      }
      actions={
        <>
          {!older && <Undo quote={quote} standing={standing} dirty={dirty} taken={taken} />}
          {!dirty && <More quote={quote} standing={standing} />}
          {!dirty && <PrintMenu id={quote.id} number={quote.number} version={older ? version.version : null} />}
          {!older && <Steps quote={quote} standing={standing} currency={currency} dirty={dirty} readable={sums.readable && base.readable} save={save} saving={updating.isPending} />}
        </>
      }
    >
      <div className="quote">
        <div className="stack">
          {older && (
            <div className="note">
              Version {version.version} as it was offered; another took its place. <Link to="/quotes/$id" params={{ id: String(quote.id) }} search={{}}>To the one that counts</Link>
            </div>
          )}
          <LineTable lines={edited.lines} sums={base} locked={locked} set={(lines) => change({ lines })} />
          {!older && <Options options={options} currency={currency} locked={locked} hints={standing?.hints ?? []} set={(next) => change({ options: next.length === 1 ? [based(edited.lines), ...next] : next })} />}
          {locked ? <Decided version={version} /> : <PriceDecisionCard quote={quote} dirty={dirty} look={setLooked} taken={taken} />}
          <Card title="Terms and exclusions" sub="printed below the total">
            <div className="stack">
              <TextInput type="date" label="Valid until" w={170} value={edited.validUntil} readOnly={locked} variant={locked ? "filled" : "default"} onChange={(event) => change({ validUntil: event.currentTarget.value })} />
              <Textarea label="Terms" autosize minRows={2} value={edited.terms} readOnly={locked} variant={locked ? "filled" : "default"} onChange={(event) => change({ terms: event.currentTarget.value })} />
              <Textarea label="Not included, one per line" autosize minRows={2} value={edited.exclusions} readOnly={locked} variant={locked ? "filled" : "default"} onChange={(event) => change({ exclusions: event.currentTarget.value })} />
            </div>
          </Card>
        </div>
        <div className="stack">
          <Sums sums={sums} below={!dirty && !older && (standing?.floor?.needs_approval ?? false)} taxPercent={edited.taxPercent} locked={locked} setTaxPercent={(taxPercent) => change({ taxPercent })} />
          {standing && !older && <ChangeOrders quote={quote} standing={standing} />}
          {!decided(quote.status) && !older && <WinningPrice quote={quote} price={dirty ? sums.subtotal : (looked?.net ?? sums.subtotal)} cost={sums.cost} />}
          <About quote={quote} version={version} standing={older ? undefined : standing} />
          <Versions quote={quote} shown={version.version} />
        </div>
      </div>
    </Page>
  );
}

/** How the price of a locked version was decided. */
function Decided({ version }: { version: QuoteVersion }) {
  const { decided: price } = version;
  if (!price) return null;
  return (
    <Card title="Price decision" sub={`by ${price.who}, ${at(price.at)}`}>
      {price.reason && <p className="wraps">{price.reason}</p>}
      <PriceSteps priced={price.priced} />
      <Signals priced={price.priced} />
    </Card>
  );
}
