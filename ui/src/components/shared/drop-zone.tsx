import { IconDownload } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";

import { chooseAndImport } from "../../api/files";
import { failed } from "./notify";

/** Says that files may be dropped anywhere, and chooses them by a click. */
export function DropZone() {
  const navigate = useNavigate();
  const choose = () =>
    void chooseAndImport()
      .then((begun) => begun && navigate({ to: "/import" }))
      .catch(failed);
  return (
    <button type="button" className="dropzone" onClick={choose}>
      <IconDownload size={26} stroke={1.4} aria-hidden />
      <b>Drop files anywhere in the window</b>
      <span>or click to choose: cost summaries and bills as PDF, exports as CSV or XLSX</span>
    </button>
  );
}
