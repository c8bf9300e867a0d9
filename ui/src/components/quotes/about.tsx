/** Whom a quote is for, when to ask, and what people keep about it. */
import { ActionIcon, Button, TagsInput, Textarea, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { Quote, QuoteStanding, QuoteVersion } from "../../api/types";
import { ago, at, onDay } from "../../lib/dates";
import { exact } from "../../lib/money";
import { Card } from "../shared/card";
import { failed } from "../shared/notify";
import { Tag } from "../shared/tag";

const touched = ["quotes", "summary"];

export function About({ quote, version, standing }: { quote: Quote; version: QuoteVersion; standing: QuoteStanding | undefined }) {
  return (
    <Card>
      <h2 className="wraps">{quote.customer}</h2>
      {quote.contact && <div className="dim wraps">{quote.contact}</div>}
      <div className="wraps" style={{ marginTop: 6 }}>
        {quote.title}
      </div>
      <div className={standing?.status === "expired" ? "warn-ink" : "dim"}>
        {standing?.status === "expired" && quote.status !== "expired" ? "ran out on" : "valid until"} {onDay(version.valid_until)}
      </div>
      {standing?.viewed_at && <div className="dim">looked at {at(standing.viewed_at)}</div>}
      {quote.external_id && <div className="dim">in the CRM: {quote.external_id}</div>}
      {quote.lost_reason && (
        <div className="bad">
          lost: {quote.lost_reason}
          {quote.competitor_price && `, to ${exact(quote.competitor_price)}`}
        </div>
      )}
      {version.approval && (
        <div className="warn-ink">
          {exact(version.approval.floor.below)} below the floor, allowed by {version.approval.by}: {version.approval.reason}
        </div>
      )}
      {standing && <Kept key={JSON.stringify([standing.follow_up, standing.tags])} quote={quote} standing={standing} />}
    </Card>
  );
}

function Kept({ quote, standing }: { quote: Quote; standing: QuoteStanding }) {
  const tagging = useCommand("tag_quote", touched);
  return (
    <div className="stack tight" style={{ marginTop: 10 }}>
      <FollowUp quote={quote} standing={standing} />
      <TagsInput label="Tags" placeholder={standing.tags.length === 0 ? "chain, rush" : ""} value={standing.tags} onChange={(tags) => tagging.mutate({ id: quote.id, tags }, { onError: failed })} />
      <Notes quote={quote} standing={standing} />
    </div>
  );
}

function FollowUp({ quote, standing }: { quote: Quote; standing: QuoteStanding }) {
  const kept = standing.follow_up;
  const [on, setOn] = useState(kept?.on ?? "");
  const [note, setNote] = useState(kept?.note ?? "");
  const setting = useCommand("follow_up_quote", touched);
  const changed = on !== (kept?.on ?? "") || note !== (kept?.note ?? "");
  const set = (day: string) => setting.mutate({ id: quote.id, follow_up: day === "" ? null : { on: day, note } }, { onError: failed });
  return (
    <div>
      <div className="q-pair">
        <TextInput type="date" label="Follow up on" value={on} onChange={(event) => setOn(event.currentTarget.value)} />
        <TextInput label="About" value={note} disabled={on === ""} onChange={(event) => setNote(event.currentTarget.value)} />
      </div>
      <div className="row" style={{ marginTop: 4 }}>
        {standing.follow_up_due && <Tag tone="warn">due</Tag>}
        <span className="grow" />
        {changed && <Button size="compact-xs" variant="filled" loading={setting.isPending} onClick={() => set(on)}>Set</Button>}
        {kept && !changed && <Button size="compact-xs" loading={setting.isPending} onClick={() => set("")}>Done</Button>}
      </div>
    </div>
  );
}

function Notes({ quote, standing }: { quote: Quote; standing: QuoteStanding }) {
  const [note, setNote] = useState("");
  const adding = useCommand("add_quote_note", touched);
  const removing = useCommand("remove_quote_note", touched);
  const add = () => adding.mutate({ id: quote.id, note }, { onSuccess: () => setNote(""), onError: failed });
  return (
    <div className="stack tight">
      {standing.notes.map((one) => (
        <div key={one.id} className="row" style={{ alignItems: "start" }}>
          <span className="grow wraps">
            {one.note} <span className="dim small">{one.who}, {ago(one.at)}</span>
          </span>
          <ActionIcon size="xs" aria-label={`Remove the note “${one.note}”`} onClick={() => removing.mutate({ id: quote.id, note_id: one.id }, { onError: failed })}>
            <IconX size={12} />
          </ActionIcon>
        </div>
      ))}
      <Textarea label="Note" autosize minRows={1} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      {note.trim() !== "" && (
        <div className="row">
          <span className="grow" />
          <Button size="compact-xs" variant="filled" loading={adding.isPending} onClick={add}>Add the note</Button>
        </div>
      )}
    </div>
  );
}
