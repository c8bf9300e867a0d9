import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

interface WhyProps {
  opened: boolean;
  close: () => void;
  title: string;
  about: string;
  placeholder: string;
  act: string;
  busy: boolean;
  onGiven: (reason: string) => void;
}

/** Asks for the reason of a change, which goes into the event log. */
export function Why({ opened, close, title, about, placeholder, act, busy, onGiven }: WhyProps) {
  const [reason, setReason] = useState("");
  return (
    <Modal opened={opened} onClose={close} title={<b>{title}</b>}>
      <div className="stack">
        <p className="dim">{about}</p>
        <TextInput label="Why" required placeholder={placeholder} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button variant="filled" onClick={() => onGiven(reason)} disabled={reason.trim() === ""} loading={busy}>
            {act}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
