import { Button, Checkbox, Modal, PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useOutbox } from "../../api/queries";
import type { Connection, ConnectionStanding, Endpoint, ParcelKind } from "../../api/types";
import { counted } from "../../lib/numbers";
import { endpoint as kinds, parcels } from "../../lib/words";
import { done } from "../shared/notify";
import { Outgoing } from "./outgoing";

type Edited = Connection | ConnectionStanding;

const got: Record<ParcelKind, string> = { quote: "quotes that you send", estimate: "estimates that you send", alert: "alerts that fire" };

interface ConnectionFormProps {
  connection: Edited | null;
  close: () => void;
}

/** A connection, with exactly what would be sent before anything is. */
export function ConnectionForm({ connection, close }: ConnectionFormProps) {
  return (
    <Modal opened={connection !== null} onClose={close} size="lg" title={<b>{connection && connection.id > 0 ? `Change ${connection.name}` : "Connect something"}</b>}>
      {connection && <Fields key={connection.id} connection={connection} close={close} />}
    </Modal>
  );
}

export function newConnection(): Connection {
  return { id: 0, name: "", endpoint: { kind: "webhook", url: "", template: null }, sends: ["quote"], enabled: true };
}

function blank(kind: Endpoint["kind"], url: string): Endpoint {
  switch (kind) {
    case "webhook":
      return { kind, url, template: null };
    case "salesforce":
      return { kind, url, client_id: null };
    case "hubspot":
      return { kind, url: url === "" ? "https://api.hubapi.com" : url, pipeline: null, stage: null };
    case "tryton":
      return { kind, url, database: "", user: "" };
  }
}

function Fields({ connection, close }: { connection: Edited; close: () => void }) {
  const { id } = connection;
  const [name, setName] = useState(connection.name);
  const [where, setWhere] = useState<Endpoint>(connection.endpoint);
  const [sends, setSends] = useState<ParcelKind[]>(connection.sends);
  const [secret, setSecret] = useState("");
  const [takes, setTakes] = useState(true);
  const waiting = (useOutbox().data ?? []).filter(({ state, connection_id, kind }) => state === "waiting" && connection_id === null && sends.includes(kind as ParcelKind)).length;
  const saving = useCommand("save_connection", ["outbox", "events"], { secret: true });
  const preview = useCommand("preview_connection");
  const edited: Connection = { id, name, endpoint: where, sends, enabled: connection.enabled };
  const change = (next: Endpoint) => {
    setWhere(next);
    preview.reset();
  };
  const known = kinds[where.kind];
  const kept = "has_secret" in connection && connection.has_secret;
  const error = saving.error ?? preview.error;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(
          { connection: edited, secret: secret === "" ? null : secret, take_waiting: takes && waiting > 0 },
          {
            onSuccess: () => {
              done(sends.length === 0 ? "Nothing is sent there yet." : `It gets ${sends.map((kind) => got[kind]).join(", ")}.`, `${name} is connected`);
              close();
            },
          },
        );
      }}
    >
      <div className="connection-fields">
        <Select label="What" allowDeselect={false} value={where.kind} onChange={(kind) => { if (!kind) return; const next = kind as Endpoint["kind"]; change(blank(next, where.url)); setSends(sends.filter((one) => kinds[next].takes.includes(one))); }} data={Object.entries(kinds).map(([value, { label }]) => ({ value, label }))} />
        <TextInput label="Name" required data-autofocus placeholder="Office CRM" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </div>
      <TextInput label="Address" required placeholder={known.url} value={where.url} onChange={(event) => change({ ...where, url: event.currentTarget.value })} />
      <Own where={where} change={change} />
      <PasswordInput
        label={known.secret}
        description={kept ? "One is kept; what you enter takes its place." : "Kept in the keychain of this computer or an encrypted file, never in the shop file."}
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <Checkbox.Group label="What is sent there" value={sends} onChange={(next) => { setSends(next as ParcelKind[]); preview.reset(); }}>
        <div className="row" style={{ gap: 16, marginTop: 6 }}>
          {known.takes.map((kind) => (
            <Checkbox key={kind} value={kind} label={parcels[kind]} />
          ))}
        </div>
      </Checkbox.Group>
      {waiting > 0 && <Checkbox checked={takes} onChange={(event) => setTakes(event.currentTarget.checked)} label={`Send ${counted(waiting, "quote")} as well that ${waiting === 1 ? "has" : "have"} waited for a connection`} />}
      {preview.data && <Outgoing requests={preview.data} />}
      {error && (
        <p className="up" role="alert">
          {error.message}. {error.hint ?? ""}
        </p>
      )}
      <div className="row">
        <Button disabled={sends.length === 0} loading={preview.isPending} onClick={() => preview.mutate(edited)}>
          Show what would be sent
        </Button>
        <span className="grow" />
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="filled" loading={saving.isPending} disabled={name.trim() === "" || where.url.trim() === ""}>
          {id > 0 ? "Save" : "Connect"}
        </Button>
      </div>
    </form>
  );
}

/** The fields that only one kind of system has. */
function Own({ where, change }: { where: Endpoint; change: (next: Endpoint) => void }) {
  const text = (label: string, value: string | null, set: (value: string) => Endpoint, more: { required?: boolean; placeholder?: string } = {}) => (
    <TextInput label={label} value={value ?? ""} onChange={(event) => change(set(event.currentTarget.value))} {...more} />
  );
  const or = (value: string) => (value.trim() === "" ? null : value);
  switch (where.kind) {
    case "webhook":
      return (
        <Textarea
          label="Template"
          description="JSON in which {{alert.title}} or {{quotes.0.number}} stands for what is sent; without one, all of it is."
          placeholder={'{"text": "{{alert.title}}: {{alert.message}}"}'}
          autosize
          minRows={2}
          maxRows={8}
          value={where.template ?? ""}
          onChange={(event) => change({ ...where, template: or(event.currentTarget.value) })}
        />
      );
    case "salesforce":
      return text("Client id of a connected app", where.client_id, (client_id) => ({ ...where, client_id: or(client_id) }), { placeholder: "none: the secret is an access token" });
    case "hubspot":
      return (
        <div className="connection-fields">
          {text("Pipeline", where.pipeline, (pipeline) => ({ ...where, pipeline: or(pipeline) }), { placeholder: "the first" })}
          {text("Stage", where.stage, (stage) => ({ ...where, stage: or(stage) }), { placeholder: "the first" })}
        </div>
      );
    case "tryton":
      return (
        <div className="connection-fields">
          {text("Database", where.database, (database) => ({ ...where, database }), { required: true })}
          {text("User", where.user, (user) => ({ ...where, user }), { required: true })}
        </div>
      );
  }
}
