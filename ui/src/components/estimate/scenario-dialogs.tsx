import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { Scenario } from "../../api/types";
import { done, failed } from "../shared/notify";

const touched = ["estimates", "estimate"];

interface DialogProps {
  scenario: Scenario;
  close: () => void;
}

export function Rename({ scenario, close }: DialogProps) {
  const [name, setName] = useState(scenario.name);
  const renaming = useCommand("rename_scenario", touched);
  const act = () => renaming.mutate({ id: scenario.id, name }, { onSuccess: close, onError: failed });
  return (
    <Modal opened onClose={close} title={<b>Rename “{scenario.name}”</b>}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          act();
        }}
      >
        <TextInput label="Name" required value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ""} loading={renaming.isPending}>
            Rename
          </Button>
        </div>
      </form>
    </Modal>
  );
}

export function Forget({ scenario, close }: DialogProps) {
  const deleting = useCommand("delete_scenario", touched);
  const act = () => deleting.mutate({ id: scenario.id }, { onSuccess: () => { close(); done("", `“${scenario.name}” deleted`); }, onError: failed });
  return (
    <Modal opened onClose={close} title={<b>Delete “{scenario.name}”?</b>}>
      <div className="stack">
        <p className="dim">The estimate stays as it is. The event log keeps the name of the variant and what it was to cost.</p>
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Keep it</Button>
          <Button variant="filled" onClick={act} loading={deleting.isPending}>
            Delete
          </Button>
        </div>
      </div>
    </Modal>
  );
}
