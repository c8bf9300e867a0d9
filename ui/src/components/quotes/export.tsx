import { Button, Menu, Modal, Textarea } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { chooseTarget, deliver } from "../../api/files";
import type { ExportQuotes } from "../../api/types";
import { counted } from "../../lib/numbers";
import { done, failed } from "../shared/notify";
import { print } from "../shared/print";

/** What other systems import; each is one or more files. */
const systems = [
  { label: "Salesforce", format: "salesforce" },
  { label: "HubSpot", format: "hubspot" },
  { label: "QuickBooks", format: "quickbooks" },
  { label: "Odoo", format: "odoo" },
  { label: "KeyedIn columns", format: "keyedin" },
] as const;

/** Quotes out to the CRM as files. */
export function ExportMenu() {
  const exporting = useCommand("export_quotes", ["outbox"]);
  const [own, setOwn] = useState(false);
  const run = async (asked: Omit<ExportQuotes, "path">, suggested: string) => {
    try {
      const path = await chooseTarget(suggested);
      if (path === undefined) return false;
      const { files, quotes } = await exporting.mutateAsync({ ...asked, path });
      for (const file of files) deliver(file);
      done(files.map((file) => file.path).join("\n"), `${counted(quotes, "quote")} exported`);
      return true;
    } catch (thrown) {
      failed(thrown);
      return false;
    }
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button loading={exporting.isPending}>Export</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>All columns</Menu.Label>
          <Menu.Item onClick={() => void run({ format: "csv" }, "quotes.csv")}>CSV</Menu.Item>
          <Menu.Item onClick={() => void run({ format: "json" }, "quotes.json")}>JSON</Menu.Item>
          <Menu.Label>As another system imports them</Menu.Label>
          {systems.map(({ label, format }) => (
            <Menu.Item key={format} onClick={() => void run({ format }, `${format}.csv`)}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setOwn(true)}>Columns of your own…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={own} onClose={() => setOwn(false)} title={<b>Columns of your own</b>} size="lg">
        <OwnColumns write={async (map) => (await run({ format: "generic", map }, "quotes.csv")) && setOwn(false)} />
      </Modal>
    </>
  );
}

const START = `name = "Ours"

[[files]]
name = "quotes"
per = "line"   # or "quote": a row each
columns = [
  { header = "Quote", from = "number" },
  { header = "Customer", from = "customer" },
  { header = "State", from = "status", values = { won = "ordered" } },
  { header = "Text", from = "description" },
  { header = "Quantity", from = "quantity" },
  { header = "Price", from = "unit_price" },
  { header = "Amount", from = "amount" },
]
`;

const KEPT = "export-columns";

/** The layout is kept in this window's storage, so that the next export starts with it. */
function OwnColumns({ write }: { write: (map: string) => Promise<unknown> }) {
  const [text, setText] = useState(() => localStorage.getItem(KEPT) ?? START);
  const go = () => {
    localStorage.setItem(KEPT, text);
    void write(text);
  };
  return (
    <div className="stack">
      <Textarea label="Columns, as TOML" description="What can stand in a column is in docs/export.md; cost and margin cannot." value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={12} maxRows={24} spellCheck={false} wrap="off" classNames={{ input: "code" }} />
      <div className="row">
        <span className="grow" />
        <Button variant="filled" onClick={go}>
          Export
        </Button>
      </div>
    </div>
  );
}

/** What of a quote can be printed, who it is for, and how its file is called. */
const documents = [
  { label: "Quote, a price for every line", kind: "quote", pricing: "itemised", suffix: "", inside: false },
  { label: "Quote, one price", kind: "quote", pricing: "lump_sum", suffix: "", inside: false },
  { label: "Why this price", kind: "why", pricing: undefined, suffix: "-why", inside: false },
  { label: "Owner's version: cost, margin, drivers", kind: "owner", pricing: undefined, suffix: "-owner", inside: true },
  { label: "Work order, without prices", kind: "work_order", pricing: undefined, suffix: "-work-order", inside: true },
] as const;

/** The documents of a quote: for the customer, and for the shop. */
export function PrintMenu({ id, number, version }: { id: number; number: string; version: number | null }) {
  const writing = useCommand("write_quote_pdf");
  const items = (inside: boolean) =>
    documents
      .filter((one) => one.inside === inside)
      .map(({ label, kind, pricing, suffix }) => (
        <Menu.Item key={label} onClick={() => void print(`${number}${version === null ? "" : `-v${version}`}${suffix}.pdf`, (path) => writing.mutateAsync({ id, path, kind, ...(version !== null && { version }), ...(pricing && { pricing }) }))}>
          {label}
        </Menu.Item>
      ));
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button loading={writing.isPending}>PDF</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>For the customer</Menu.Label>
        {items(false)}
        <Menu.Label>Stays in the shop</Menu.Label>
        {items(true)}
      </Menu.Dropdown>
    </Menu>
  );
}
