import { Button, ColorInput, FileButton, Select, Textarea } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useLetterhead, useDocumentTemplate, useDocumentTemplates } from "../../api/queries";
import type { LetterheadSettings } from "../../api/types";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Problem, Shown } from "../shared/states";
import { Tag } from "../shared/tag";

const KEYS = ["settings"];
const MOST = 1 << 20;

/** How documents look: the letterhead, and templates that the shop may make its own. */
export function DocumentsCard() {
  const letterhead = useLetterhead();
  return (
    <Card title="Documents" sub="quotes, work orders and cards as PDF">
      <div className="stack">
        <Shown query={letterhead} height={120}>
          {(settings) => <Letterhead settings={settings} />}
        </Shown>
        <Templates />
      </div>
    </Card>
  );
}

/** The bytes of a file as base64. */
async function asBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function Letterhead({ settings }: { settings: LetterheadSettings }) {
  const saving = useCommand("save_letterhead", KEYS);
  const [accent, setAccent] = useState(settings.accent);
  const save = (next: Partial<LetterheadSettings>) => saving.mutate({ ...settings, ...next }, { onSuccess: () => done("", "Documents changed"), onError: failed });
  const take = async (file: File | null) => {
    if (!file) return;
    if (file.size > MOST) failed(new Error("The logo is larger than 1 MB. Save it smaller, or as SVG."));
    else save({ logo: await asBase64(file) });
  };
  return (
    <div className="stack">
      <div className="row">
        {settings.logo && <img className="logo-shown" src={`data:${settings.logo.startsWith("iVBOR") ? "image/png" : "image/svg+xml"};base64,${settings.logo}`} alt="The shop's logo" />}
        <FileButton onChange={(file) => void take(file)} accept="image/png,image/svg+xml">
          {(props) => (
            <Button {...props} loading={saving.isPending}>
              {settings.logo ? "Another logo" : "Choose a logo"}
            </Button>
          )}
        </FileButton>
        {settings.logo && (
          <Button variant="subtle" onClick={() => save({ logo: null })}>
            Print the name instead
          </Button>
        )}
      </div>
      <div className="pair2">
        <ColorInput label="Colour" format="hex" value={accent} onChange={setAccent} onBlur={() => accent !== settings.accent && save({ accent })} onChangeEnd={(next) => save({ accent: next })} />
        <Select
          label="Quotes show"
          allowDeselect={false}
          value={settings.pricing}
          onChange={(next) => save({ pricing: next === "lump_sum" ? "lump_sum" : "itemised" })}
          data={[{ value: "itemised", label: "a price for every line" }, { value: "lump_sum", label: "one price for all lines" }]}
        />
      </div>
    </div>
  );
}

function Templates() {
  const templates = useDocumentTemplates();
  const [editing, setEditing] = useState<string | null>(null);
  if (editing !== null) return <Editor name={editing} close={() => setEditing(null)} />;
  return (
    <Shown query={templates} height={160}>
      {(list) => (
        <table className="grid">
          <tbody>
            {list.map((one) => (
              <tr key={one.name}>
                <td>{one.about}</td>
                <td>{one.own && <Tag tone="plain">your own</Tag>}</td>
                <td className="num">
                  <Button size="compact-xs" aria-label={`Edit the template ${one.name}`} onClick={() => setEditing(one.name)}>
                    Edit
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Shown>
  );
}

function Editor({ name, close }: { name: string; close: () => void }) {
  const template = useDocumentTemplate(name);
  const saving = useCommand("save_document_template", KEYS);
  const resetting = useCommand("reset_document_template", KEYS);
  const [edited, setEdited] = useState<string | null>(null);
  return (
    <Shown query={template} height={260}>
      {(kept) => (
        <div className="stack">
          <Textarea
            label={`Template ${name}, in the language of typst`}
            description="It is tried on your newest document before it is kept. It can read its data and nothing else on this machine."
            value={edited ?? kept.text}
            onChange={(event) => setEdited(event.currentTarget.value)}
            autosize
            minRows={14}
            maxRows={28}
            spellCheck={false}
            wrap="off"
            classNames={{ input: "code" }}
          />
          {saving.error && <Problem error={saving.error} />}
          <div className="row">
            {kept.own && (
              <Button variant="subtle" loading={resetting.isPending} onClick={() => resetting.mutate({ name }, { onSuccess: () => { done("Your own is in the event log.", "The program's template is back"); close(); }, onError: failed })}>
                Back to the program's own
              </Button>
            )}
            <span className="grow" />
            <Button onClick={close}>Cancel</Button>
            <Button variant="filled" disabled={edited === null || edited === kept.text} loading={saving.isPending} onClick={() => saving.mutate({ name, text: edited ?? kept.text }, { onSuccess: () => { done("", "Template saved"); close(); } })}>
              Save
            </Button>
          </div>
        </div>
      )}
    </Shown>
  );
}
