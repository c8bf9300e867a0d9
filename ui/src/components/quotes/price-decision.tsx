/** How the cost becomes the price: what is decided on the left, every step of the way on the right, and what to think about. */
import { Button, Checkbox, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";

import { useCommand } from "../../api/commands";
import { toApiError } from "../../api/error";
import { usePricePreview, usePricing, useQuoteEscalation } from "../../api/queries";
import type { Money, PricedJob, PriceWay, Pricing, Quote } from "../../api/types";
import { daysUntil } from "../../lib/dates";
import { exact, whole } from "../../lib/money";
import { asDecision, asForm, plain, type PriceForm, said } from "../../lib/price-form";
import { capitalized } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Shown } from "../shared/states";
import { active } from "./active";
import { Signals, Steps } from "./price-steps";

interface PriceDecisionProps {
  quote: Quote;
  /** Lines that are not saved have another cost than the one that is priced here. */
  dirty: boolean;
  /** Told of what is looked at, for the chart beside it. */
  look: (priced: PricedJob | null) => void;
  taken: (quote: Quote) => void;
}

export function PriceDecisionCard(props: PriceDecisionProps) {
  const { quote, dirty } = props;
  const pricing = usePricing(quote.id);
  if (dirty) {
    return (
      <Card title="Price decision">
        <p className="dim">Save the changes above first: a price is decided on the cost of the lines as they are kept.</p>
      </Card>
    );
  }
  return (
    <Shown query={pricing} height={260}>
      {(known) => <Deciding key={JSON.stringify([known.decision, known.background.cost])} {...props} known={known} />}
    </Shown>
  );
}

function Deciding({ quote, known, look, taken }: PriceDecisionProps & { known: Pricing }) {
  const [form, setForm] = useState(() => asForm(known.decision));
  const [reason, setReason] = useState("");
  const currency = known.background.cost.currency;
  const decision = asDecision(form, currency);
  const [asked] = useDebouncedValue(decision, 120);
  const preview = usePricePreview(quote.id, asked ?? known.decision);
  const applying = useCommand("apply_price", ["quotes"]);
  const priced = preview.data ?? known.priced;
  const change = (next: Partial<PriceForm>) => setForm((before) => ({ ...before, ...next }));
  useEffect(() => look(preview.data ?? null), [preview.data, look]);
  const decided = active(quote).decided;
  const same = decided !== null && JSON.stringify(decision) === JSON.stringify(asDecision(asForm(decided.decision), currency));
  const apply = () =>
    decision &&
    applying.mutate({ id: quote.id, decision, reason }, { onSuccess: (saved) => { taken(saved); done("The lines follow it, to the cent.", "Price taken"); }, onError: failed });
  return (
    <Card
      title="Price decision"
      sub={decided ? `decided by ${decided.who}` : "not decided yet"}
      right={
        <Button size="compact-sm" variant="filled" onClick={apply} loading={applying.isPending} disabled={!decision || !priced || same}>
          Take this price
        </Button>
      }
    >
      <div className="q-deciding" data-testid="price-decision">
        <div className="stack tight">
          <Contingency known={known} form={form} change={change} />
          <Ways form={form} priced={priced} change={change} />
          <Rounding form={form} change={change} />
          <div className="q-pair">
            <TextInput label="Discount" placeholder="3 % or 250" value={form.discount} onChange={(event) => change({ discount: event.currentTarget.value })} />
            <TextInput label="Deposit" placeholder="50 %" value={form.deposit} onChange={(event) => change({ deposit: event.currentTarget.value })} />
          </div>
          <Escalation quote={quote} known={known} form={form} change={change} />
          <TextInput label="Why so" placeholder="kept with the decision" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        </div>
        <div className="stack tight">
          {preview.error ? <p className="bad">{capitalized(toApiError(preview.error).message)}</p> : priced && <Steps priced={priced} />}
          {priced && <Signals priced={priced} />}
          {known.unknown.map((reason) => (
            <p key={reason} className="dim small">Not known: {reason}.</p>
          ))}
        </div>
      </div>
    </Card>
  );
}

interface PartProps {
  form: PriceForm;
  change: (next: Partial<PriceForm>) => void;
}

function Contingency({ known, form, change }: PartProps & { known: Pricing }) {
  const { at_most: atMost, cost } = known.background;
  if (atMost.length === 0) return null;
  const choices = [{ value: "", label: "Expected" }, ...atMost.map(({ percentile }) => ({ value: String(percentile), label: `P${percentile}` }))];
  const chosen = atMost.find(({ percentile }) => String(percentile) === form.contingency);
  return (
    <div>
      <div className="q-label">Price on</div>
      <SegmentedControl aria-label="Contingency" fullWidth size="xs" value={form.contingency} onChange={(contingency) => change({ contingency })} data={choices} />
      <div className="dim small">
        {chosen ? `${chosen.percentile} of 100 such jobs cost at most ${whole(chosen.cost)}: ${whole(chosen.over)} of contingency` : `what it is expected to cost, ${whole(cost)}`}
      </div>
    </div>
  );
}

const ways: { by: PriceWay["by"]; label: string }[] = [
  { by: "markup", label: "Markup" },
  { by: "margin", label: "Margin" },
  { by: "price", label: "Price" },
];

/** One price said in three ways: what is typed counts, the others follow. */
function Ways({ form, priced, change }: PartProps & { priced: PricedJob | null }) {
  const others = priced ? said(priced) : { markup: "", margin: "", price: "" };
  return (
    <div className="q-ways">
      {ways.map(({ by, label }) => (
        <TextInput
          key={by}
          label={label}
          className="right"
          inputMode="decimal"
          value={form.by === by ? form.way : others[by]}
          rightSection={by === "price" ? undefined : <span className="dim">%</span>}
          onChange={(event) => change({ by, way: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}

function Rounding({ form, change }: PartProps) {
  const steps = ["1", "5", "10", "25", "50", "100"];
  const known = form.roundTo === "" || steps.includes(form.roundTo) ? steps : [...steps, form.roundTo];
  return (
    <div className="q-pair">
      <Select label="Round to" allowDeselect={false} value={form.roundTo} onChange={(roundTo) => change({ roundTo: roundTo ?? "" })} data={[{ value: "", label: "the cent" }, ...known.map((value) => ({ value, label: value }))]} />
      <Checkbox label="never down" checked={form.roundUp} disabled={form.roundTo === ""} onChange={(event) => change({ roundUp: event.currentTarget.checked })} style={{ alignSelf: "end", paddingBottom: 7 }} />
    </div>
  );
}

/** What prices may rise until the quote ends, as the forecasts of them say. */
function Escalation({ quote, known, form, change }: PartProps & { quote: Quote; known: Pricing }) {
  const told = useQuoteEscalation(daysUntil(active(quote).valid_until), known.kinds[0] ?? null, known.background.cost).data;
  const offer = (amount: Money | null, words: string) =>
    amount && amount.minor > 0 && (
      <Button size="compact-xs" onClick={() => change({ escalation: plain(amount) })}>
        {words} {exact(amount)}
      </Button>
    );
  return (
    <div>
      <TextInput label="Escalation until it ends" placeholder="none" className="right" inputMode="decimal" value={form.escalation} onChange={(event) => change({ escalation: event.currentTarget.value })} />
      {told && (
        <div className="row wrap" style={{ marginTop: 4 }} title={told.summary}>
          {offer(told.expected_amount, "expected")}
          {offer(told.upper_amount, "at most")}
          {!(told.upper_amount && told.upper_amount.minor > 0) && <span className="dim small">Forecasts see no rise until then.</span>}
        </div>
      )}
    </div>
  );
}
