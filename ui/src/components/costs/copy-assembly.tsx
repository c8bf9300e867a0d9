import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { AssemblyInfo } from "../../api/types";
import { Problem } from "../shared/states";

interface CopyAssemblyProps {
  opened: boolean;
  close: () => void;
  info: AssemblyInfo;
  open: (id: string) => void;
}

/** An assembly of the shop made from another. */
export function CopyAssembly({ opened, close, info, open }: CopyAssemblyProps) {
  const [name, setName] = useState(`${info.name}, ours`);
  const copying = useCommand("copy_assembly", ["assemblies"]);
  const id = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return (
    <Modal opened={opened} onClose={close} title={<b>Copy “{info.name}”</b>}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          copying.mutate({ id: info.id, new_id: id, name }, { onSuccess: (copied) => { close(); open(copied.info.id); } });
        }}
      >
        <TextInput label="Name" required data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} description={id === "" ? "" : `Its id: ${id}`} />
        <p className="dim small">The copy is offered before the one that it is made from.</p>
        {copying.error && <Problem error={copying.error} />}
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={id === ""} loading={copying.isPending}>Copy</Button>
        </div>
      </form>
    </Modal>
  );
}
