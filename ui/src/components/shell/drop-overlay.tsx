import { IconDownload } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { listenToDrops } from "../../api/drops";
import { counted } from "../../lib/numbers";
import { done, failed } from "../shared/notify";

/** Files may be dropped anywhere in the window; they are imported and the import page opens. */
export function DropOverlay() {
  const [over, setOver] = useState(false);
  const navigate = useNavigate();

  useEffect(
    () =>
      listenToDrops({
        over: () => setOver(true),
        away: () => setOver(false),
        dropped: (starting, count) => {
          starting
            .then(() => done(`${counted(count, "file")} on the way in`, "Import started"))
            .then(() => navigate({ to: "/import" }))
            .catch(failed);
        },
      }),
    [navigate],
  );

  if (!over) return null;
  return (
    <div className="drop" data-testid="drop-overlay">
      <div>
        <IconDownload size={40} stroke={1.4} aria-hidden />
        <b>Drop to import</b>
        <span>Cost summaries, vendor bills, CRM and ERP exports: PDF, CSV, XLSX</span>
      </div>
    </div>
  );
}
