import "../components/quotes/quotes.css";

import { Textarea } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";

import { useCommand } from "../api/commands";
import { useQuote } from "../api/queries";
import type { Quote, QuoteLine, QuoteStatus, QuoteVersion } from "../api/types";
import { active } from "../components/quotes/active";
import { PdfButton } from "../components/quotes/export";
import { LineTable } from "../components/quotes/line-table";
import { Steps } from "../components/quotes/steps";
import { Sums } from "../components/quotes/sums";
import { Card } from "../components/shared/card";
import { done, failed } from "../components/shared/notify";
import { Shown } from "../components/shared/states";
import { Tag } from "../components/shared/tag";
import { WinningPrice } from "../components/quotes/winning-price";
import { Page } from "../components/shell/page";
import { at, onDay } from "../lib/dates";
import { fromPercent, toPercent } from "../lib/decimal";
import { exact } from "../lib/money";
import { priced, totals } from "../lib/totals";
import { quoteStatus } from "../lib/words";

const route = getRouteApi("/quotes/$id");

export function QuotePage() {
  const { id } = route.useParams();
  const quote = useQuote(Number(id));
  if (!quote.data) return <Page title="Quote"><Shown query={quote} height={300}>{() => null}</Shown></Page>;
  const version = active(quote.data);
  return <OneQuote key={`${quote.data.id} ${version.version} ${quote.data.status}`} quote={quote.data} version={version} />;
}

interface Edited {
  lines: QuoteLine[];
  taxPercent: string;
  terms: string;
  exclusions: string;
}

function asEdited(version: QuoteVersion): Edited {
  return { lines: version.lines, taxPercent: toPercent(version.tax_rate), terms: version.terms, exclusions: version.exclusions.join("\n") };
}

/** Whose outcome is known needs no chance. */
function decided(status: QuoteStatus): boolean {
  return status === "won" || status === "lost" || status === "expired";
}

const unchanged = { markup: null, valid_until: null, title: null, customer: null, contact: null };

function asLines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

function OneQuote({ quote, version }: { quote: Quote; version: QuoteVersion }) {
  const stored = useMemo(() => asEdited(version), [version]);
  const [edited, setEdited] = useState(stored);
  const updating = useCommand("update_quote", ["quotes"]);
  const locked = version.locked || quote.status !== "draft";
  const dirty = !locked && JSON.stringify(edited) !== JSON.stringify(stored);
  const currency = version.totals.total.currency;
  const rate = fromPercent(edited.taxPercent);
  const sums = totals(edited.lines, rate ?? "", currency);
  const change = (next: Partial<Edited>) => setEdited((before) => ({ ...before, ...next }));
  const save = () =>
    updating.mutate(
      { ...unchanged, id: quote.id, lines: edited.lines, tax_rate: rate, terms: edited.terms, exclusions: asLines(edited.exclusions) },
      { onSuccess: (saved) => { setEdited(asEdited(active(saved))); done("", `${quote.number} saved`); }, onError: failed },
    );
  return (
    <Page
      title={quote.number}
      crumb={
        <>
          <Tag tone={quoteStatus[quote.status].tone}>{quoteStatus[quote.status].label}</Tag> {quote.versions.length > 1 && <Tag>version {version.version}</Tag>}
          {" "}<Link to="/quotes">all quotes</Link>
        </>
      }
      actions={
        <>
          {!dirty && <PdfButton id={quote.id} number={quote.number} />}
          <Steps quote={quote} currency={currency} dirty={dirty} readable={sums.readable} save={save} saving={updating.isPending} />
        </>
      }
    >
      <div className="quote">
        <div className="stack">
          <LineTable lines={edited.lines} sums={sums} locked={locked} set={(lines) => change({ lines })} />
          <Card title="Terms and exclusions" sub="printed below the total">
            <div className="stack">
              <Textarea label="Terms" autosize minRows={2} value={edited.terms} readOnly={locked} variant={locked ? "filled" : "default"} onChange={(event) => change({ terms: event.currentTarget.value })} />
              <Textarea label="Not included, one per line" autosize minRows={2} value={edited.exclusions} readOnly={locked} variant={locked ? "filled" : "default"} onChange={(event) => change({ exclusions: event.currentTarget.value })} />
            </div>
          </Card>
        </div>
        <div className="stack">
          <Sums
            sums={sums}
            price={(markup) => change({ lines: priced(edited.lines, markup, currency) })}
            taxPercent={edited.taxPercent} locked={locked} setTaxPercent={(taxPercent) => change({ taxPercent })} />
          {!decided(quote.status) && <WinningPrice quote={quote} sums={sums} take={locked ? undefined : (markup) => change({ lines: priced(edited.lines, markup, currency) })} />}
          <About quote={quote} version={version} />
          <Versions quote={quote} />
        </div>
      </div>
    </Page>
  );
}

function About({ quote, version }: { quote: Quote; version: QuoteVersion }) {
  return (
    <Card>
      <h2 className="wraps">{quote.customer}</h2>
      {quote.contact && <div className="dim wraps">{quote.contact}</div>}
      <div className="wraps" style={{ marginTop: 6 }}>
        {quote.title}
      </div>
      <div className="dim">valid until {onDay(version.valid_until)}</div>
      {quote.external_id && <div className="dim">in the CRM: {quote.external_id}</div>}
      {quote.lost_reason && (
        <div className="bad">
          lost: {quote.lost_reason}
          {quote.competitor_price && `, to ${exact(quote.competitor_price)}`}
        </div>
      )}
    </Card>
  );
}

function Versions({ quote }: { quote: Quote }) {
  if (quote.versions.length < 2) return null;
  return (
    <Card title="Versions" sub="the last one counts">
      {quote.versions.map((version) => (
        <div key={version.version} className="sum">
          <span>version {version.version}</span>
          <span className="dim small grow">{at(version.created_at)}</span>
          <span className="num">{exact(version.totals.total)}</span>
        </div>
      ))}
    </Card>
  );
}
