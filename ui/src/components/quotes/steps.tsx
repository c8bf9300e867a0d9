/** What may be done to a quote in its state, as the backend says it; the next step is the blue button. */
import { Button, Modal, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { FloorCheck, Quote, QuoteStanding, QuoteStep } from "../../api/types";
import { exact, placesOf } from "../../lib/money";
import { share } from "../../lib/numbers";
import { done, failed } from "../shared/notify";

interface StepsProps {
  quote: Quote;
  standing: QuoteStanding | undefined;
  currency: string;
  /** There are changes that are not saved; nothing else may be done before. */
  dirty: boolean;
  readable: boolean;
  save: () => void;
  saving: boolean;
}

const touched = ["quotes", "outbox"];

/** The step that is next in a quote's life comes last, in blue. */
const buttons: QuoteStep[] = ["expire", "revise", "lose", "win", "send", "approve"];

export function Steps({ quote, standing, currency, dirty, readable, save, saving }: StepsProps) {
  if (dirty) {
    return (
      <Button variant="filled" onClick={save} loading={saving} disabled={!readable}>
        Save changes
      </Button>
    );
  }
  if (!standing) return null;
  // An approved quote may be won on paper; what comes next is to send it.
  const sending = standing.steps.includes("send");
  const shown = buttons.filter((step) => standing.steps.includes(step) && !(sending && (step === "win" || step === "lose")));
  return shown.map((step, at) => <Step key={step} step={step} quote={quote} standing={standing} currency={currency} next={at === shown.length - 1 && step !== "revise"} />);
}

interface StepProps {
  step: QuoteStep;
  quote: Quote;
  standing: QuoteStanding;
  currency: string;
  next: boolean;
}

function Step({ step, quote, standing, currency, next }: StepProps) {
  const { id, number } = quote;
  const approve = useCommand("approve_quote", touched);
  const send = useCommand("send_quote", touched);
  const won = useCommand("mark_quote_won", touched);
  const expire = useCommand("expire_quote", touched);
  const revise = useCommand("revise_quote", touched);
  const [asking, setAsking] = useState(false);
  const look = next ? "filled" : "default";
  const told = (words: string, title: string) => ({ onSuccess: () => done(words, title), onError: failed });
  switch (step) {
    case "approve": {
      const below = standing.floor?.needs_approval ? standing.floor : null;
      const plain = () => approve.mutate({ id, approval: null }, told("This version is locked now.", `${number} approved`));
      return (
        <>
          <Button variant={look} loading={approve.isPending} onClick={below ? () => setAsking(true) : plain}>
            Approve
          </Button>
          {below && <BelowFloor opened={asking} close={() => setAsking(false)} quote={quote} floor={below} />}
        </>
      );
    }
    case "send":
      return <Button variant={look} loading={send.isPending} onClick={() => send.mutate({ id }, told("It waits in the outbox.", `${number} sent`))}>Send</Button>;
    case "win":
      return <Button variant={look} loading={won.isPending} onClick={() => won.mutate({ id }, told("", `${number} won`))}>Won</Button>;
    case "lose":
      return (
        <>
          <Button variant={look} onClick={() => setAsking(true)}>Lost</Button>
          <Lost opened={asking} close={() => setAsking(false)} quote={quote} currency={currency} />
        </>
      );
    case "expire":
      return <Button variant={look} loading={expire.isPending} onClick={() => expire.mutate({ id }, told("It can be revised.", `${number} closed as expired`))}>Close as expired</Button>;
    case "revise":
      return <Button loading={revise.isPending} onClick={() => revise.mutate({ id }, { onError: failed })}>Revise</Button>;
    case "view":
    case "change_order":
      return null;
  }
}

/** A price below its floor goes out only with a name and a reason. */
function BelowFloor({ opened, close, quote, floor }: { opened: boolean; close: () => void; quote: Quote; floor: FloorCheck }) {
  const [by, setBy] = useState("");
  const [reason, setReason] = useState("");
  const approve = useCommand("approve_quote", touched);
  const run = () => approve.mutate({ id: quote.id, approval: { by, reason } }, { onSuccess: () => { close(); done(`Allowed by ${by}.`, `${quote.number} approved`); }, onError: failed });
  return (
    <Modal opened={opened} onClose={close} title={<b>{quote.number} is below its floor</b>}>
      <div className="stack">
        <p>
          By {exact(floor.below)}: the floor of {floor.category} is a margin of {share(Number(floor.margin), 1)}, {exact(floor.price)}. Who allows it is kept with the quote and in the log.
        </p>
        <TextInput label="Who allows it" required value={by} onChange={(event) => setBy(event.currentTarget.value)} data-autofocus />
        <TextInput label="Why" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button variant="filled" onClick={run} disabled={by.trim() === "" || reason.trim() === ""} loading={approve.isPending}>
            Approve below the floor
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Lost({ opened, close, quote, currency }: { opened: boolean; close: () => void; quote: Quote; currency: string }) {
  const [reason, setReason] = useState("");
  const [price, setPrice] = useState<number | null>(null);
  const lost = useCommand("mark_quote_lost", touched);
  const competitor_price = price === null ? null : { minor: Math.round(price * 10 ** placesOf(currency)), currency };
  const mark = () => lost.mutate({ id: quote.id, reason, competitor_price }, { onSuccess: close, onError: failed });
  return (
    <Modal opened={opened} onClose={close} title={<b>{quote.number} was lost</b>}>
      <div className="stack">
        <TextInput label="Why" placeholder="price, delay, went elsewhere" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        <NumberInput label="Price of who won, if known" value={price ?? ""} onChange={(next) => setPrice(typeof next === "number" ? next : null)} min={0} decimalScale={2} thousandSeparator="," rightSection={<span className="dim small">{currency}</span>} rightSectionWidth={48} />
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button variant="filled" onClick={mark} disabled={reason.trim() === ""} loading={lost.isPending}>
            Mark as lost
          </Button>
        </div>
      </div>
    </Modal>
  );
}
