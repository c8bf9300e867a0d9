import { Button, Checkbox, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { chooseFolder } from "../../api/files";
import { useAlertChannels, useConnections } from "../../api/queries";
import { inDesktop } from "../../api/transport";
import type { AlertChannels, AlertChannelsStanding, AnomalySeverity, MailDraft, QuietHours } from "../../api/types";
import { severity } from "../../lib/words";
import { Card } from "../shared/card";
import { InternalLink } from "../shared/internal-link";
import { done, failed } from "../shared/notify";
import { Shown } from "../shared/states";

const levels = (["low", "medium", "high"] as const).map((one) => ({ value: one, label: `from ${severity[one].label.toLowerCase()} severity` }));
const NO_DRAFT: MailDraft = { folder: "", to: "", severity: "high" };
const NIGHTS: QuietHours = { from: "18:00:00", until: "07:00:00", weekends: true, except_high: true };

/** How alerts reach people who are not looking at the window. */
export function Channels() {
  const channels = useAlertChannels();
  return (
    <Card title="When nobody is looking" sub="how you are told">
      <Shown query={channels} height={160}>
        {(standing) => <Form key={JSON.stringify(standing.channels)} standing={standing} />}
      </Shown>
    </Card>
  );
}

function Form({ standing }: { standing: AlertChannelsStanding }) {
  const [edited, setEdited] = useState(standing.channels);
  const saving = useCommand("save_alert_channels", ["alerts", "events"]);
  const change = (next: Partial<AlertChannels>) => setEdited((before) => ({ ...before, ...next }));
  const changed = JSON.stringify(edited) !== JSON.stringify(standing.channels);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(edited, { onSuccess: () => done("It holds from the next alert on.", "Saved"), onError: failed });
      }}
    >
      <div className="channel">
        <Switch label="A message of the desktop" checked={edited.desktop !== null} onChange={(event) => change({ desktop: event.currentTarget.checked ? "medium" : null })} />
        {edited.desktop !== null && <Level label="The desktop is told" value={edited.desktop} set={(desktop) => change({ desktop })} />}
      </div>
      {edited.desktop !== null && <Permission />}
      <div className="channel">
        <Switch label="A mail, drafted for you to send" checked={edited.draft !== null} onChange={(event) => change({ draft: event.currentTarget.checked ? NO_DRAFT : null })} />
        {edited.draft !== null && <Level label="A mail is drafted" value={edited.draft.severity} set={(severity) => edited.draft && change({ draft: { ...edited.draft, severity } })} />}
      </div>
      {edited.draft !== null && <Draft draft={edited.draft} set={(draft) => change({ draft })} />}
      {standing.trouble && <div className="note">The last mail could not be drafted: {standing.trouble}.</div>}
      <Webhooks />
      <div className="channel">
        <Switch label="Quiet hours" checked={edited.quiet !== null} onChange={(event) => change({ quiet: event.currentTarget.checked ? NIGHTS : null })} />
      </div>
      {edited.quiet !== null && <Quiet quiet={edited.quiet} set={(quiet) => change({ quiet })} />}
      {changed && (
        <div className="row">
          <span className="grow" />
          <Button onClick={() => setEdited(standing.channels)}>Cancel</Button>
          <Button type="submit" variant="filled" loading={saving.isPending}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}

/** A browser shows messages of a page only where it was allowed to. */
function Permission() {
  const able = !inDesktop && "Notification" in window;
  const [permission, setPermission] = useState(able ? Notification.permission : "granted");
  if (permission === "granted") return null;
  if (permission === "denied") return <span className="dim small">This browser was told not to show messages of this page.</span>;
  return (
    <div className="row">
      <span className="dim small grow">This browser does not show messages of this page yet.</span>
      <Button size="compact-xs" onClick={() => void Notification.requestPermission().then(setPermission)}>
        Allow
      </Button>
    </div>
  );
}

function Level({ label, value, set }: { label: string; value: AnomalySeverity; set: (value: AnomalySeverity) => void }) {
  return <Select aria-label={label} size="xs" w={196} allowDeselect={false} value={value} onChange={(next) => next && set(next as AnomalySeverity)} data={levels} />;
}

function Draft({ draft, set }: { draft: MailDraft; set: (draft: MailDraft) => void }) {
  const choose = () => void chooseFolder("Drafts go into").then((folder) => folder && set({ ...draft, folder })).catch(failed);
  return (
    <div className="channel-fields">
      <TextInput label="To" required placeholder="owner@example.com" value={draft.to} onChange={(event) => set({ ...draft, to: event.currentTarget.value })} />
      <div className="row" style={{ alignItems: "end" }}>
        <TextInput label="Folder" required className="grow" placeholder="its full path" value={draft.folder} onChange={(event) => set({ ...draft, folder: event.currentTarget.value })} />
        {inDesktop && <Button onClick={choose}>Choose</Button>}
      </div>
    </div>
  );
}

function Quiet({ quiet, set }: { quiet: QuietHours; set: (quiet: QuietHours) => void }) {
  const hour = (label: string, value: string, put: (value: string) => QuietHours) => (
    <TextInput label={label} type="time" required value={value.slice(0, 5)} onChange={(event) => event.currentTarget.value && set(put(event.currentTarget.value))} />
  );
  return (
    <div className="stack">
      <div className="channel-fields">
        {hour("From", quiet.from, (from) => ({ ...quiet, from: `${from}:00` }))}
        {hour("Until", quiet.until, (until) => ({ ...quiet, until: `${until}:00` }))}
      </div>
      <div className="row wrap" style={{ gap: 16 }}>
        <Checkbox label="Weekends too" checked={quiet.weekends} onChange={(event) => set({ ...quiet, weekends: event.currentTarget.checked })} />
        <Checkbox label="High severity comes through" checked={quiet.except_high} onChange={(event) => set({ ...quiet, except_high: event.currentTarget.checked })} />
      </div>
      <span className="dim small">What fires meanwhile comes in one message at the end.</span>
    </div>
  );
}

/** What is sent over connections is said there. */
function Webhooks() {
  const connections = useConnections().data ?? [];
  const names = connections.filter(({ enabled, sends }) => enabled && sends.includes("alert")).map(({ name }) => name);
  return (
    <span className="dim">
      {names.length > 0 ? `Sent to ${names.join(", ")}. ` : "Sent nowhere. "}
      <InternalLink to="/settings">Connections</InternalLink>
    </span>
  );
}
