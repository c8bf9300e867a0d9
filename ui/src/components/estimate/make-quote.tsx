import { Button, Modal, NumberInput, Select, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { AssemblyChoice, Estimate, Specification } from "../../api/types";
import { decidedCost, decision, type Deciding } from "../../lib/decided";
import { fromPercent } from "../../lib/decimal";
import { whole } from "../../lib/money";
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
  /** The answer that the page shows; its cost or what most such jobs cost at most is priced. */
  answer: Estimate | undefined;
  assembly: AssemblyChoice;
  deciding: Deciding;
}

const EXPECTED = "expected";

/** From the estimate on the page to a draft quote for a customer. */
export function MakeQuote({ opened, close, title, markup, setMarkup, specification, quotedOn, answer, assembly, deciding }: MakeQuoteProps) {
  const [customer, setCustomer] = useState("");
  const [contact, setContact] = useState("");
  const [basis, setBasis] = useState(EXPECTED);
  const estimating = useCommand("create_estimate", ["estimates"]);
  const quoting = useCommand("create_quote", ["quotes"]);
  const navigate = useNavigate();
  const rate = fromPercent(markup);

  const make = async () => {
    if (!rate) return;
    try {
      const estimate = await estimating.mutateAsync({ title, specification, quoted_on: quotedOn, save: true, assembly, decide: answer ? decision(answer, deciding) : null });
      const quote = await quoting.mutateAsync({ title, customer, contact, estimate_ids: [estimate.id], markup: rate, tax_rate: null, contingency: basis === EXPECTED || deciding.by !== "learned" ? null : Number(basis) });
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
        {answer && deciding.by !== "learned" && <p className="dim">Priced on the cost decided on, {whole(decidedCost(answer, deciding) ?? answer.cost)}.</p>}
        {answer && deciding.by === "learned" && answer.at_most.length > 0 && (
          <Select
            label="Price on"
            allowDeselect={false}
            value={basis}
            onChange={(next) => setBasis(next ?? EXPECTED)}
            data={[{ value: EXPECTED, label: `Expected cost, ${whole(answer.cost)}` }, ...answer.at_most.map(({ percentile, cost, over }) => ({ value: String(percentile), label: `P${percentile}, ${whole(cost)}: contingency of ${whole(over)}` }))]}
          />
        )}
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
