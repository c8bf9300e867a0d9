import "./sending.css";

import { ActionIcon, Button, Modal, Switch, Tooltip } from "@mantine/core";
import { IconPencil, IconPlugConnected, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useConnections } from "../../api/queries";
import type { Connection, ConnectionStanding } from "../../api/types";
import { ago, at } from "../../lib/dates";
import { count, counted } from "../../lib/numbers";
import { capitalized, endpoint, parcels, type Tone } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Shown } from "../shared/states";
import { Dot, Tag } from "../shared/tag";
import { ConnectionForm, newConnection } from "./connection-form";

const CHANGED = ["outbox", "events"];

/** Where the shop sends to: nothing until somebody says so here. */
export function ConnectionsCard() {
  const connections = useConnections();
  const [edited, setEdited] = useState<ConnectionStanding | Connection | null>(null);
  return (
    <Card
      title="Connections"
      sub="nothing leaves this machine without one"
      right={
        <Button size="compact-sm" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => setEdited(newConnection())}>
          Connect
        </Button>
      }
      flush
    >
      <Shown query={connections} height={80}>
        {(all) => (all.length === 0 ? <Nothing /> : all.map((one) => <Row key={one.id} one={one} edit={() => setEdited(one)} />))}
      </Shown>
      <ConnectionForm connection={edited} close={() => setEdited(null)} />
    </Card>
  );
}

function Nothing() {
  return (
    <p className="dim connection">
      <IconPlugConnected size={16} aria-hidden />
      <span>Connect a CRM, or any address that takes JSON, to have quotes you send and alerts that fire delivered there.</span>
    </p>
  );
}

function Row({ one, edit }: { one: ConnectionStanding; edit: () => void }) {
  const saving = useCommand("save_connection", CHANGED);
  const removing = useCommand("remove_connection", CHANGED);
  const probing = useCommand("probe_connection", CHANGED);
  const pulling = useCommand("start_pull", ["tasks"]);
  const [asking, setAsking] = useState(false);
  const { tone, label } = standing(one);
  const { id, name, endpoint: where, sends, enabled } = one;
  const probe = () => probing.mutate({ id }, { onSuccess: ({ said }) => done(capitalized(said), `${name} answers`), onError: failed });
  return (
    <div className="connection" data-testid="connection">
      <Dot tone={tone} label={label} />
      <div className="grow" style={{ minWidth: 0 }}>
        <div className="row">
          <b className="clip">{name}</b>
          <Tag tone={tone}>{label}</Tag>
        </div>
        <div className="dim small clip" title={where.url}>
          {endpoint[where.kind].label}, {host(where.url)} · {sends.length === 0 ? "nothing is sent" : sends.map((kind) => parcels[kind].toLowerCase()).join(", ")}
        </div>
        <div className="dim small">{counts(one)}</div>
        {one.held && <div className="note">{capitalized(one.held)}.</div>}
        {!one.held && one.breaker.state === "open" && <div className="note">It failed several times and is left alone until {at(one.breaker.until)}.</div>}
      </div>
      {where.kind !== "webhook" && enabled && (
        <Tooltip label="Quotes that were won or lost there, and what else changed, as an import">
          <Button size="compact-xs" loading={pulling.isPending} onClick={() => pulling.mutate({ connection: name, since: null }, { onError: failed })}>
            Bring back
          </Button>
        </Tooltip>
      )}
      <Button size="compact-xs" loading={probing.isPending} onClick={probe}>
        Test
      </Button>
      <Switch aria-label={`${name}: sent to`} checked={enabled} onChange={(event) => saving.mutate({ connection: { id, name, endpoint: where, sends, enabled: event.currentTarget.checked }, secret: null, take_waiting: false }, { onError: failed })} />
      <Tooltip label="Change">
        <ActionIcon variant="subtle" aria-label={`Change ${name}`} onClick={edit}>
          <IconPencil size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Remove it with its secret; what still waits for it is taken back">
        <ActionIcon variant="subtle" aria-label={`Remove ${name}`} onClick={() => setAsking(true)}>
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Modal opened={asking} onClose={() => setAsking(false)} title={<b>Remove {name}?</b>}>
        <div className="stack">
          <span>Its secret is forgotten{one.waiting > 0 ? `, and ${counted(one.waiting, "message")} that still ${one.waiting === 1 ? "waits" : "wait"} for it ${one.waiting === 1 ? "is" : "are"} taken back` : ""}. What was sent stays in the outbox.</span>
          <div className="row">
            <span className="grow" />
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button variant="filled" color="red" loading={removing.isPending} onClick={() => removing.mutate({ id }, { onSuccess: () => done(name, "Removed"), onError: failed })}>
              Remove
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  );
}

function standing({ enabled, held, breaker }: ConnectionStanding): { tone: Tone; label: string } {
  if (!enabled) return { tone: "plain", label: "off" };
  if (held) return { tone: "bad", label: "waits for you" };
  if (breaker.state === "open") return { tone: "warn", label: "failing" };
  if (breaker.state === "half_open") return { tone: "warn", label: "being tried" };
  return { tone: "good", label: "on" };
}

function counts({ waiting, sent, dead, last_sent_at }: ConnectionStanding): string {
  const parts = [`${count(sent)} sent${last_sent_at ? `, the last ${ago(last_sent_at)}` : ""}`];
  if (waiting > 0) parts.push(`${count(waiting)} waiting`);
  if (dead > 0) parts.push(`${count(dead)} given up`);
  return parts.join(" · ");
}

function host(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
