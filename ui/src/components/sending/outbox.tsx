import "./sending.css";

import { Button } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useConnections, useOutbox } from "../../api/queries";
import type { Message } from "../../api/types";
import { ago } from "../../lib/dates";
import { named, outboxState } from "../../lib/words";
import { Card } from "../shared/card";
import { InternalLink } from "../shared/internal-link";
import { failed } from "../shared/notify";
import { Shown } from "../shared/states";
import { Tag } from "../shared/tag";
import { MessageModal } from "./message";

const ROWS = 12;

/** What needs somebody or still waits comes first, then the newest. */
function ordered(rows: Message[]): Message[] {
  const isOpen = ({ state }: Message) => state === "waiting" || state === "dead";
  return [...rows.filter(isOpen), ...rows.filter((row) => !isOpen(row))];
}

/** What waits to go out, and what went. */
export function Outbox() {
  const outbox = useOutbox();
  const connections = useConnections().data ?? [];
  const [opened, setOpened] = useState<number | null>(null);
  const [all, setAll] = useState(false);
  const pushing = useCommand("start_push", ["outbox"]);
  const to = (id: number | null) => connections.find((one) => one.id === id)?.name;
  const waits = (outbox.data ?? []).some(({ state, connection_id }) => state === "waiting" && connection_id !== null);
  return (
    <Shown query={outbox} height={120}>
      {(rows) => (
        <Card
          title="Outbox"
          sub={connections.length > 0 ? "what goes out" : "what goes to the CRM"}
          right={
            waits && (
              <Button size="compact-xs" loading={pushing.isPending} onClick={() => pushing.mutate({ connection: null }, { onError: failed })}>
                Send now
              </Button>
            )
          }
        >
          {rows.length === 0 ? <p className="dim">Nothing waits. A quote comes here when you send it.</p> : ordered(rows).slice(0, all ? undefined : ROWS).map((row) => <Row key={row.id} row={row} to={to(row.connection_id)} open={() => setOpened(row.id)} />)}
          {rows.length > ROWS && (
            <Button size="compact-xs" variant="subtle" onClick={() => setAll(!all)}>
              {all ? "Show fewer" : `Show all ${rows.length}`}
            </Button>
          )}
          {connections.length === 0 && rows.length > 0 && (
            <p className="dim small">
              Nothing is connected, so nothing has left this machine. <InternalLink to="/settings">Connect something</InternalLink>
            </p>
          )}
          <MessageModal id={opened} close={() => setOpened(null)} />
        </Card>
      )}
    </Shown>
  );
}

function Row({ row, to, open }: { row: Message; to: string | undefined; open: () => void }) {
  const said = row.last_error ?? row.receipt;
  return (
    <button type="button" className="message" onClick={open}>
      <span className="row">
        <b className="grow clip">{named(row.subject)}</b>
        <Tag tone={outboxState[row.state].tone}>{outboxState[row.state].label.toLowerCase()}</Tag>
      </span>
      <span className="dim small clip" style={{ display: "block" }}>
        {[ago(row.sent_at ?? row.created_at), to && `to ${to}`, said].filter(Boolean).join(" · ")}
      </span>
    </button>
  );
}
