import { useOutbox } from "../../api/queries";
import type { OutboxRow } from "../../api/types";
import { ago } from "../../lib/dates";
import { named, type Tone } from "../../lib/words";
import { Card } from "../shared/card";
import { Shown } from "../shared/states";
import { Tag } from "../shared/tag";

/** What waits to go out, and what went. */
export function Outbox() {
  const outbox = useOutbox();
  return (
    <Shown query={outbox} height={120}>
      {(rows) => (
        <Card title="Outbox" sub="what goes to the CRM">
          {rows.length === 0 ? <p className="dim">Nothing waits. A quote comes here when you send it.</p> : rows.slice(0, 12).map((row) => <Row key={row.id} row={row} />)}
        </Card>
      )}
    </Shown>
  );
}

function Row({ row }: { row: OutboxRow }) {
  return (
    <div style={{ padding: "4px 0" }}>
      <div className="row">
        <span className="grow clip">{named(row.kind)}</span>
        <Tag tone={toneOf(row.state)}>{named(row.state).toLowerCase()}</Tag>
      </div>
      <div className="dim small">
        {ago(row.at)}
        {row.message ? ` · ${row.message}` : ""}
      </div>
    </div>
  );
}

function toneOf(state: string): Tone {
  if (state === "delivered" || state === "sent") return "good";
  return state === "failed" ? "bad" : "warn";
}
