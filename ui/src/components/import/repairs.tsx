import { Button, Modal, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { useCommand } from "../../api/commands";
import type { StoredReject } from "../../api/types";
import { named } from "../../lib/words";
import { failed } from "../shared/notify";
import { spokenKey } from "./placed";

const touched = ["rejects", "imports", "jobs"];

/** What may be done about a reject: put the right value in, read the file again, or leave it out for good. */
export function Repairs({ one, open }: { one: StoredReject; open: (importId: number) => void }) {
  const [doing, setDoing] = useState<"fix" | "discard" | null>(null);
  const again = useCommand("retry_reject", touched);
  const { field, key } = one.reject;
  const close = () => setDoing(null);
  return (
    <div className="row" style={{ justifyContent: "flex-end", gap: 6 }}>
      {field !== null && key !== null ? (
        <Button size="compact-xs" onClick={() => setDoing("fix")}>
          Fix
        </Button>
      ) : one.reject.reason === "needs_password" ? (
        <Button size="compact-xs" onClick={() => open(one.import_id)}>
          Give its password
        </Button>
      ) : (
        <Button size="compact-xs" loading={again.isPending} onClick={() => again.mutate({ id: one.id }, { onError: failed })}>
          Read again
        </Button>
      )}
      <Button size="compact-xs" onClick={() => setDoing("discard")}>
        Discard
      </Button>
      {doing === "fix" && <Fix one={one} close={close} />}
      {doing === "discard" && <Discard one={one} close={close} />}
    </div>
  );
}

function Fix({ one, close }: { one: StoredReject; close: () => void }) {
  const { field, key, raw, message } = one.reject;
  const [value, setValue] = useState(raw);
  const fixing = useCommand("fix_reject", touched);
  const act = () => fixing.mutate({ id: one.id, value }, { onSuccess: close, onError: failed });
  return (
    <Dialog title={`${named(field ?? "")} of ${spokenKey(key ?? "")}`} close={close} act={act} verb="Take this value" pending={fixing.isPending} possible={value.trim() !== ""}>
      <p className="dim">{message}. Your value is kept with your name; what the file said stays beside it.</p>
      <TextInput label="As it should have stood" value={value} onChange={(event) => setValue(event.currentTarget.value)} data-autofocus />
    </Dialog>
  );
}

function Discard({ one, close }: { one: StoredReject; close: () => void }) {
  const [note, setNote] = useState("");
  const discarding = useCommand("discard_reject", touched);
  const act = () => discarding.mutate({ id: one.id, note }, { onSuccess: close, onError: failed });
  return (
    <Dialog title="Discard this reject?" close={close} act={act} verb="Discard" pending={discarding.isPending} possible>
      <p className="dim">It stays in the file's history as discarded, with your note. Nothing of it enters your figures.</p>
      <TextInput label="Why" placeholder="duplicate of the row above" value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
    </Dialog>
  );
}

/** Takes back what was decided, unless the value has changed since. */
export function Reopen({ one }: { one: StoredReject }) {
  const reopening = useCommand("reopen_reject", touched);
  return (
    <Button size="compact-xs" loading={reopening.isPending} onClick={() => reopening.mutate({ id: one.id }, { onError: failed })}>
      Reopen
    </Button>
  );
}

interface DialogProps {
  title: string;
  close: () => void;
  act: () => void;
  verb: string;
  pending: boolean;
  possible: boolean;
  children: ReactNode;
}

function Dialog({ title, close, act, verb, pending, possible, children }: DialogProps) {
  return (
    <Modal opened onClose={close} title={<b>{title}</b>}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          act();
        }}
      >
        {children}
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" loading={pending} disabled={!possible}>
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
