/** What else can be done with a quote: take changes back, copy it, keep it as a template, note that it was looked at. */
import { ActionIcon, Button, Menu, Modal, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { DraftChange, Quote, QuoteStanding } from "../../api/types";
import { done, failed } from "../shared/notify";

interface UndoProps {
  quote: Quote;
  standing: QuoteStanding | undefined;
  /** What is typed and not saved is taken back by the fields themselves. */
  dirty: boolean;
  taken: (quote: Quote) => void;
}

export function Undo({ quote, standing, dirty, taken }: UndoProps) {
  const undo = useCommand("undo_quote", ["quotes"]);
  const redo = useCommand("redo_quote", ["quotes"]);
  const { id } = quote;
  const back = () => standing?.undo && !dirty && undo.mutate({ id }, { onSuccess: taken, onError: failed });
  const again = () => standing?.redo && !dirty && redo.mutate({ id }, { onSuccess: taken, onError: failed });
  useHotkeys([["mod+Z", () => void back()], ["mod+shift+Z", () => void again()]]);
  if (quote.status !== "draft") return null;
  return (
    <>
      <ActionIcon aria-label="Undo" title={words("Undo", standing?.undo)} disabled={!standing?.undo || dirty} loading={undo.isPending} onClick={() => void back()}>
        <IconArrowBackUp size={16} />
      </ActionIcon>
      <ActionIcon aria-label="Redo" title={words("Redo", standing?.redo)} disabled={!standing?.redo || dirty} loading={redo.isPending} onClick={() => void again()}>
        <IconArrowForwardUp size={16} />
      </ActionIcon>
    </>
  );
}

function words(what: string, change: DraftChange | null | undefined): string {
  return change ? `${what}: ${change.words.join(" ")}` : what;
}

export function More({ quote, standing }: { quote: Quote; standing: QuoteStanding | undefined }) {
  const { id, number } = quote;
  const navigate = useNavigate();
  const copying = useCommand("copy_quote", ["quotes"]);
  const viewing = useCommand("mark_quote_viewed", ["quotes"]);
  const [naming, setNaming] = useState(false);
  const copy = () =>
    copying.mutate(
      { id, version: null, customer: null, contact: null, title: null },
      { onSuccess: (made) => { done(`${made.number} has its lines.`, `${number} copied`); void navigate({ to: "/quotes/$id", params: { id: String(made.id) } }); }, onError: failed },
    );
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button loading={copying.isPending}>More</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={copy}>Copy to a new quote</Menu.Item>
          <Menu.Item onClick={() => setNaming(true)}>Keep as a template</Menu.Item>
          {standing?.steps.includes("view") && !standing.viewed_at && (
            <Menu.Item onClick={() => viewing.mutate({ id }, { onSuccess: () => done("", `${number} was looked at`), onError: failed })}>The customer has looked at it</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <KeepTemplate opened={naming} close={() => setNaming(false)} quote={quote} />
    </>
  );
}

function KeepTemplate({ opened, close, quote }: { opened: boolean; close: () => void; quote: Quote }) {
  const [name, setName] = useState(quote.title);
  const saving = useCommand("save_quote_template", ["quotes"]);
  const save = () => saving.mutate({ id: quote.id, name }, { onSuccess: () => { close(); done("New quotes can begin from it.", `Template “${name.trim()}” kept`); }, onError: failed });
  return (
    <Modal opened={opened} onClose={close} title={<b>Keep as a template</b>}>
      <div className="stack">
        <p className="dim">Its lines, options, prices and terms, without the customer. A template of the same name is replaced.</p>
        <TextInput label="Name" required value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        <div className="row">
          <span className="grow" />
          <Button onClick={close}>Cancel</Button>
          <Button variant="filled" onClick={save} disabled={name.trim() === ""} loading={saving.isPending}>
            Keep it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
