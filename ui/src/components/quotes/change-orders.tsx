/** What was added to a won quote or taken out of it, and what the job comes to with that. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { ChangeOrder, Quote, QuoteStanding } from "../../api/types";
import { at } from "../../lib/dates";
import { parse } from "../../lib/decimal";
import { exact } from "../../lib/money";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";

export function ChangeOrders({ quote, standing }: { quote: Quote; standing: QuoteStanding }) {
  const [adding, setAdding] = useState(false);
  if (!standing.steps.includes("change_order")) return null;
  const { change_orders: orders, ordered } = standing;
  return (
    <Card title="Change orders" sub="after the win" right={<Button size="compact-xs" onClick={() => setAdding(true)}>Add one</Button>}>
      <div data-testid="change-orders">
        {orders.length === 0 && <p className="dim">None. What is added to the job or taken out of it is written here, with a reason.</p>}
        {orders.map((order) => (
          <Order key={order.number} order={order} />
        ))}
        {ordered && (
          <div className="sum total">
            <span className="grow">The job with all orders</span>
            <b className="num">{exact(ordered.total)}</b>
          </div>
        )}
      </div>
      <Adding opened={adding} close={() => setAdding(false)} quote={quote} />
    </Card>
  );
}

function Order({ order }: { order: ChangeOrder }) {
  return (
    <div className="sum">
      <span className="grow wraps">
        <b>{order.number}</b> {order.reason}
        <span className="dim small"> {order.lines.map((line) => line.description).join(", ")}; {order.who}, {at(order.at)}</span>
      </span>
      <span className="num">{exact(order.totals.total)}</span>
    </div>
  );
}

const none = { reason: "", description: "", price: "", cost: "" };

function Adding({ opened, close, quote }: { opened: boolean; close: () => void; quote: Quote }) {
  const [typed, setTyped] = useState(none);
  const adding = useCommand("add_change_order", ["quotes"]);
  const { reason, description, price, cost } = typed;
  const ready = reason.trim() !== "" && description.trim() !== "" && parse(price) !== null && (cost === "" || parse(cost) !== null);
  const change = (next: Partial<typeof none>) => setTyped((before) => ({ ...before, ...next }));
  const plain = (text: string) => (text.trim() === "" ? "0" : text.replaceAll(",", "").trim());
  const line = { description, quantity: "1", unit: "lot", unit_cost: plain(cost), unit_price: plain(price), estimate_id: null };
  const add = () => adding.mutate({ id: quote.id, reason, lines: [line], tax_rate: null }, { onSuccess: (order) => { close(); setTyped(none); done(exact(order.totals.total), `Change order ${order.number} of ${quote.number}`); }, onError: failed });
  return (
    <Modal opened={opened} onClose={close} title={<b>Change order of {quote.number}</b>}>
      <div className="stack">
        <TextInput label="Why" placeholder="rock in the footing" required value={reason} onChange={(event) => change({ reason: event.currentTarget.value })} data-autofocus />
        <TextInput label="What" placeholder="Rock drilling" required value={description} onChange={(event) => change({ description: event.currentTarget.value })} />
        <div className="q-pair">
          <TextInput label="Price before tax" description="below zero takes out" inputMode="decimal" required value={price} onChange={(event) => change({ price: event.currentTarget.value })} />
          <TextInput label="Cost" description="never printed" inputMode="decimal" value={cost} onChange={(event) => change({ cost: event.currentTarget.value })} />
        </div>
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button variant="filled" onClick={add} disabled={!ready} loading={adding.isPending}>
            Add the change order
          </Button>
        </div>
      </div>
    </Modal>
  );
}
