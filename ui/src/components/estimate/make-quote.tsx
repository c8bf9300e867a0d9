import { Button, Modal, NumberInput, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { Specification } from "../../api/types";
import { fromPercent } from "../../lib/decimal";
import { failed } from "../shared/notify";

interface MakeQuoteProps {
  opened: boolean;
  close: () => void;
  title: string;
  markup: string;
  setMarkup: (markup: string) => void;
  /** What the estimate is of; it is stored together with the quote's making. */
  specification: Specification;
  quotedOn: string;
}

/** From the estimate on the page to a draft quote for a customer. */
export function MakeQuote({ opened, close, title, markup, setMarkup, specification, quotedOn }: MakeQuoteProps) {
  const [customer, setCustomer] = useState("");
  const [contact, setContact] = useState("");
  const estimating = useCommand("create_estimate", ["estimates"]);
  const quoting = useCommand("create_quote", ["quotes"]);
  const navigate = useNavigate();
  const rate = fromPercent(markup);

  const make = async () => {
    if (!rate) return;
    try {
      const estimate = await estimating.mutateAsync({ title, specification, quoted_on: quotedOn, save: true });
      const quote = await quoting.mutateAsync({ title, customer, contact, estimate_ids: [estimate.id], markup: rate, tax_rate: null });
      await navigate({ to: "/quotes/$id", params: { id: String(quote.id) } });
    } catch (thrown) {
      failed(thrown);
    }
  };

  return (
    <Modal opened={opened} onClose={close} title={<b>Make a quote</b>}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <p className="dim">A draft of “{title}”: you can change its lines before anyone sees it.</p>
        <TextInput label="Customer" required value={customer} onChange={(event) => setCustomer(event.currentTarget.value)} data-autofocus />
        <TextInput label="Contact" placeholder="name, e-mail" value={contact} onChange={(event) => setContact(event.currentTarget.value)} />
        <NumberInput label="Markup on cost" value={markup} onChange={(next) => setMarkup(String(next))} min={0} decimalScale={2} rightSection={<span className="dim">%</span>} />
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" loading={estimating.isPending || quoting.isPending} disabled={customer.trim() === "" || !rate}>
            Make the quote
          </Button>
        </div>
      </form>
    </Modal>
  );
}
