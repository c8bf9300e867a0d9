/** Where a quote begins: an estimate, a template, a finished job. */
import { Button, Menu, Modal, Select, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useTemplates } from "../../api/queries";
import { call } from "../../api/transport";
import type { Quote, QuoteTemplate } from "../../api/types";
import { exact } from "../../lib/money";
import { failed } from "../shared/notify";

export function NewQuote() {
  const navigate = useNavigate();
  const [from, setFrom] = useState<"template" | "job" | null>(null);
  const templates = useTemplates().data ?? [];
  const made = (quote: Quote) => void navigate({ to: "/quotes/$id", params: { id: String(quote.id) } });
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="filled">New quote</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void navigate({ to: "/estimate" })}>From an estimate</Menu.Item>
          <Menu.Item disabled={templates.length === 0} onClick={() => setFrom("template")}>
            From a template {templates.length === 0 && <span className="dim small">none is kept yet</span>}
          </Menu.Item>
          <Menu.Item onClick={() => setFrom("job")}>From a finished job</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {from === "template" && <FromTemplate templates={templates} close={() => setFrom(null)} made={made} />}
      {from === "job" && <FromJob close={() => setFrom(null)} made={made} />}
    </>
  );
}

interface BeginProps {
  close: () => void;
  made: (quote: Quote) => void;
}

function FromTemplate({ templates, close, made }: BeginProps & { templates: QuoteTemplate[] }) {
  const [chosen, setChosen] = useState(String(templates[0]?.id ?? ""));
  const [customer, setCustomer] = useState("");
  const making = useCommand("quote_from_template", ["quotes"]);
  const deleting = useCommand("delete_quote_template", ["quotes"]);
  const make = () => making.mutate({ template_id: Number(chosen), customer, contact: "", title: null }, { onSuccess: made, onError: failed });
  const template = templates.find((one) => String(one.id) === chosen);
  return (
    <Modal opened onClose={close} title={<b>Quote from a template</b>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); make(); }}>
        <Select label="Template" allowDeselect={false} value={chosen} onChange={(next) => setChosen(next ?? "")} data={templates.map((one) => ({ value: String(one.id), label: `${one.name}, ${exact(one.content.totals.total)}` }))} />
        <TextInput label="Customer" required value={customer} onChange={(event) => setCustomer(event.currentTarget.value)} data-autofocus />
        <div className="row">
          {template && <Button onClick={() => deleting.mutate({ id: template.id }, { onSuccess: close, onError: failed })}>Forget this template</Button>}
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={!template || customer.trim() === ""} loading={making.isPending}>
            Make the quote
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function FromJob({ close, made }: BeginProps) {
  const [number, setNumber] = useState("");
  const [customer, setCustomer] = useState("");
  const making = useCommand("quote_from_job", ["quotes"]);
  const make = async () => {
    try {
      const { job } = await call("show_job", { id: null, number: number.trim() });
      made(await making.mutateAsync({ job_id: job.id, customer: customer.trim() || null, markup: null }));
    } catch (thrown) {
      failed(thrown);
    }
  };
  return (
    <Modal opened onClose={close} title={<b>Quote from a finished job</b>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); void make(); }}>
        <p className="dim">Its lines are at what the job has cost, at the prices of then.</p>
        <TextInput label="Work order" required value={number} onChange={(event) => setNumber(event.currentTarget.value)} data-autofocus />
        <TextInput label="Customer" placeholder="that of the job" value={customer} onChange={(event) => setCustomer(event.currentTarget.value)} />
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={number.trim() === ""} loading={making.isPending}>
            Make the quote
          </Button>
        </div>
      </form>
    </Modal>
  );
}
