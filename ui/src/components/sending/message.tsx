import { Button, Modal } from "@mantine/core";

import { useCommand } from "../../api/commands";
import { useMessage } from "../../api/queries";
import type { MessageShown } from "../../api/types";
import { at, isAhead } from "../../lib/dates";
import { capitalized, named, outboxState } from "../../lib/words";
import { done, failed } from "../shared/notify";
import { Shown } from "../shared/states";
import { Tag } from "../shared/tag";
import { Outgoing } from "./outgoing";

/** One message of the outbox: where it stands, exactly what goes out, and what can be done about it. */
export function MessageModal({ id, close }: { id: number | null; close: () => void }) {
  const message = useMessage(id);
  return (
    <Modal opened={id !== null} onClose={close} size="lg" title={<b>{message.data ? named(message.data.message.subject) : "Outbox"}</b>}>
      <Shown query={message} height={240}>
        {(shown) => <Body shown={shown} close={close} />}
      </Shown>
    </Modal>
  );
}

function Body({ shown, close }: { shown: MessageShown; close: () => void }) {
  const { message, connection, outgoing, unsendable } = shown;
  const retrying = useCommand("retry_message", ["outbox"]);
  const discarding = useCommand("discard_message", ["outbox"]);
  const { label, tone } = outboxState[message.state];
  const open = message.state === "waiting" || message.state === "dead";
  return (
    <div className="stack">
      <div className="row wrap">
        <Tag tone={tone}>{label.toLowerCase()}</Tag>
        <span>{connection ? `to ${connection.name}` : message.state === "waiting" ? "for the first connection that takes quotes" : "to nobody"}</span>
        <span className="grow" />
        <span className="dim small">{message.sent_at ? `delivered ${at(message.sent_at)}` : `since ${at(message.created_at)}`}</span>
      </div>
      {message.receipt && <div className="dim">{capitalized(message.receipt)}.</div>}
      {message.last_error && (
        <div className="note">
          {capitalized(message.last_error)}.{message.attempts > 0 && ` Tried ${message.attempts === 1 ? "once" : `${message.attempts} times`}.`}
        </div>
      )}
      {message.state === "waiting" && isAhead(message.next_at) && <div className="dim">It is sent at {at(message.next_at)}, or when you try now.</div>}
      {unsendable && <div className="note">It cannot go out as it is: {unsendable}.</div>}
      {outgoing.length > 0 && message.state !== "waiting" && <div className="dim small">As it would go out now:</div>}
      {outgoing.length > 0 ? <Outgoing requests={outgoing} /> : <pre className="outgoing small">{JSON.stringify(message.payload, null, 2)}</pre>}
      {open && (
        <div className="row">
          <span className="grow" />
          <Button loading={discarding.isPending} onClick={() => discarding.mutate({ id: message.id }, { onSuccess: () => { done("It is not sent any more.", "Taken back"); close(); }, onError: failed })}>
            Take it back
          </Button>
          {connection && (message.state === "dead" || isAhead(message.next_at)) && (
            <Button variant="filled" loading={retrying.isPending} onClick={() => retrying.mutate({ id: message.id }, { onSuccess: () => done("It goes out within seconds.", "Tried again"), onError: failed })}>
              Try now
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
