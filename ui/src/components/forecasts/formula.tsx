import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { SavedSeries } from "../../api/types";
import { done, failed } from "../shared/notify";

interface FormulaProps {
  /** One that is changed; `null` for a new one. */
  saved: SavedSeries | null;
  opened: boolean;
  close: () => void;
  show: (name: string) => void;
}

/** A series made of others. */
export function FormulaForm({ saved, opened, close, show }: FormulaProps) {
  return (
    <Modal opened={opened} onClose={close} size="lg" title={<b>{saved ? "Change the formula" : "A series of others"}</b>}>
      <Fields key={saved?.id ?? 0} saved={saved} close={close} show={show} />
    </Modal>
  );
}

function Fields({ saved, close, show }: Omit<FormulaProps, "opened">) {
  const [title, setTitle] = useState(saved?.title ?? "");
  const [unit, setUnit] = useState(saved?.unit ?? "");
  const [formula, setFormula] = useState(saved?.formula ?? "");
  const saving = useCommand("save_series", ["series"]);
  const removing = useCommand("delete_series", ["series"]);
  const save = () =>
    saving.mutate(
      { id: saved?.id ?? null, title, unit, formula },
      {
        onSuccess: ({ id }) => {
          close();
          show(`saved:${id}`);
        },
      },
    );
  const remove = () =>
    saved &&
    removing.mutate(
      { id: saved.id },
      {
        onSuccess: () => {
          done(saved.title, "Removed");
          close();
          show("");
        },
        onError: failed,
      },
    );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="formula-head">
        <TextInput label="Title" required data-autofocus value={title} onChange={(event) => setTitle(event.currentTarget.value)} placeholder="Revenue per hour" />
        <TextInput label="Unit" value={unit} onChange={(event) => setUnit(event.currentTarget.value)} placeholder="$/hour" />
      </div>
      <Textarea
        label="Formula"
        required
        autosize
        minRows={2}
        value={formula}
        onChange={(event) => setFormula(event.currentTarget.value)}
        placeholder={'series("booked_revenue") / series("labour_hours")'}
        error={saving.error && `${saving.error.message}. ${saving.error.hint ?? ""}`}
        styles={{ input: { fontFamily: "var(--mono)" } }}
      />
      <p className="dim small">
        Names as they stand in the address of a series, such as {'series("margin/sign_type=pole")'} or {'series("material:acrylic")'}; + − × ÷ as + - * /, brackets, min, max and abs. A period counts where everything it asks for is known.
      </p>
      <div className="row">
        {saved && (
          <Button variant="subtle" color="red" loading={removing.isPending} onClick={remove}>
            Remove
          </Button>
        )}
        <span className="grow" />
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="filled" loading={saving.isPending} disabled={title.trim() === "" || formula.trim() === ""}>
          Save
        </Button>
      </div>
    </form>
  );
}
