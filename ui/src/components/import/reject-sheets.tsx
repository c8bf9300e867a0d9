import { Button } from "@mantine/core";

import { useCommand } from "../../api/commands";
import { chooseAndImport, chooseFolder, deliver } from "../../api/files";
import { inDesktop } from "../../api/transport";
import { counted } from "../../lib/numbers";
import { done, failed } from "../shared/notify";

/** Refused rows of tables as spreadsheets, to be put right there and brought back. */
export function RejectSheets({ rows }: { rows: number }) {
  const exporting = useCommand("export_rejects", ["events"]);
  const act = async () => {
    try {
      const folder = await chooseFolder("Where the spreadsheets go");
      if (inDesktop && folder === null) return;
      const sheets = await exporting.mutateAsync({ folder, import_id: null });
      for (const { id, file } of sheets) deliver({ id, path: file, bytes: 0 });
      const total = sheets.reduce((sum, sheet) => sum + sheet.rows, 0);
      done(
        sheets.length === 0 ? "No row of a table is refused." : `${counted(total, "row")} in ${counted(sheets.length, "spreadsheet")}. Put them right there, save, and bring them back.`,
        "Refused rows",
      );
    } catch (thrown) {
      failed(thrown);
    }
  };
  return (
    <>
      <Button size="compact-sm" disabled={rows === 0} loading={exporting.isPending} onClick={() => void act()} title="One CSV per table, with its own columns and why each row was refused">
        Export to a spreadsheet
      </Button>
      <Button size="compact-sm" onClick={() => void chooseAndImport().catch(failed)} title="Import the corrected spreadsheets: what they repair is closed here">
        Bring back
      </Button>
    </>
  );
}
