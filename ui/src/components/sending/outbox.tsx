import { useOutbox } from "../../api/queries";
import type { Message } from "../../api/types";
import { ago } from "../../lib/dates";
import { named, outboxState } from "../../lib/words";
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

function Row({ row }: { row: Message }) {
  return (
    <div style={{ padding: "4px 0" }}>
      <div className="row">
        <span className="grow clip">{named(row.subject.replace(":", " "))}</span>
        <Tag tone={outboxState[row.state].tone}>{outboxState[row.state].label.toLowerCase()}</Tag>
      </div>
      <div className="dim small">
        {ago(row.sent_at ?? row.created_at)}
        {row.last_error ? ` · ${row.last_error}` : ""}
      </div>
    </div>
  );
}
