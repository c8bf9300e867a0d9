/** What may be done to a quote in its state; the next step is the blue button. */
import { Button, Modal, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { Quote } from "../../api/types";
import { placesOf } from "../../lib/money";
import { done, failed } from "../shared/notify";

interface StepsProps {
  quote: Quote;
  currency: string;
  /** There are changes that are not saved; nothing else may be done before. */
  dirty: boolean;
  readable: boolean;
  save: () => void;
  saving: boolean;
}

const touched = ["quotes", "outbox"];

export function Steps({ quote, currency, dirty, readable, save, saving }: StepsProps) {
  const approve = useCommand("approve_quote", touched);
  const send = useCommand("send_quote", touched);
  const won = useCommand("mark_quote_won", touched);
  const [losing, setLosing] = useState(false);
  const { id, number, status } = quote;
  if (dirty) {
    return (
      <Button variant="filled" onClick={save} loading={saving} disabled={!readable}>
        Save changes
      </Button>
    );
  }
  switch (status) {
    case "draft":
      return (
        <Button variant="filled" loading={approve.isPending} onClick={() => approve.mutate({ id }, { onSuccess: () => done("This version is locked now.", `${number} approved`), onError: failed })}>
          Approve
        </Button>
      );
    case "approved":
      return (
        <>
          <Revise id={id} />
        <Button variant="filled" loading={send.isPending} onClick={() => send.mutate({ id }, { onSuccess: () => done("It waits in the outbox.", `${number} sent`), onError: failed })}>
          Send
        </Button>
        </>
      );
    case "sent":
      return (
        <>
          <Revise id={id} />
          <Button onClick={() => setLosing(true)}>Lost</Button>
          <Button variant="filled" loading={won.isPending} onClick={() => won.mutate({ id }, { onSuccess: () => done("", `${number} won`), onError: failed })}>
            Won
          </Button>
          <Lost opened={losing} close={() => setLosing(false)} quote={quote} currency={currency} />
        </>
      );
    case "expired":
    case "lost":
      return <Revise id={id} />;
    case "won":
      return null;
  }
}

/** A new version on the same number; the one before stays readable. */
function Revise({ id }: { id: number }) {
  const revise = useCommand("revise_quote", touched);
  return (
    <Button loading={revise.isPending} onClick={() => revise.mutate({ id }, { onError: failed })}>
      Revise
    </Button>
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
