import { Button, Menu } from "@mantine/core";

import { useCommand } from "../../api/commands";
import { chooseTarget, deliver } from "../../api/files";
import { done, failed } from "../shared/notify";

/** Quotes out to the CRM as a file. */
export function ExportMenu() {
  const exporting = useCommand("export_quotes", ["outbox"]);
  const run = async (format: "csv" | "json") => {
    try {
      const path = await chooseTarget(`quotes.${format}`);
      if (path === undefined) return;
      const file = await exporting.mutateAsync({ format, path });
      deliver(file);
      done(file.path, "Quotes exported");
    } catch (thrown) {
      failed(thrown);
    }
  };
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button loading={exporting.isPending}>Export</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void run("csv")}>CSV for the CRM</Menu.Item>
        <Menu.Item onClick={() => void run("json")}>JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The document that a customer is handed. */
export function PdfButton({ id, number, version }: { id: number; number: string; version: number | null }) {
  const writing = useCommand("write_quote_pdf");
  const run = async () => {
    try {
      const path = await chooseTarget(version === null ? `${number}.pdf` : `${number}-v${version}.pdf`);
      if (path === undefined) return;
      const file = await writing.mutateAsync({ id, version, path });
      deliver(file);
      done(file.path, "PDF written");
    } catch (thrown) {
      failed(thrown);
    }
  };
  return (
    <Button onClick={() => void run()} loading={writing.isPending}>
      PDF
    </Button>
  );
}
