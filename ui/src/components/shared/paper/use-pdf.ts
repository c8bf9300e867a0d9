/** A kept document opened for its pictures. What stands in the way is a sentence, and the pages fall back to their words. */
import { useEffect, useState } from "react";

import { documentBytes } from "../../../api/document";
import { toApiError } from "../../../api/error";
import { giveUp, openPdf, type Pdf } from "../../../lib/pdf";

export type Opened =
  | { state: "opening" }
  | { state: "open"; pdf: Pdf }
  | { state: "locked"; wrong: boolean; unlock: (password: string) => void }
  | { state: "failed"; why: string };

/** A document that has not opened by then is shown by its words. */
const PATIENCE = 20_000;

export function usePdf(sha256: string): Opened {
  const [opened, setOpened] = useState<Opened>({ state: "opening" });
  useEffect(() => {
    const stop = new AbortController();
    let close = () => {};
    const show = (next: Opened) => !stop.signal.aborted && setOpened(next);
    let late: ReturnType<typeof setTimeout> | undefined;
    const hurry = () => {
      clearTimeout(late);
      late = setTimeout(() => {
        close();
        giveUp();
        show({ state: "failed", why: "it takes too long to open" });
      }, PATIENCE);
    };
    setOpened({ state: "opening" });
    documentBytes(sha256, stop.signal)
      .then((bytes) => {
        if (stop.signal.aborted) return;
        const locked = (unlock: (password: string) => void, wrong: boolean) => {
          clearTimeout(late);
          const attempt = (password: string) => {
            hurry();
            unlock(password);
          };
          show({ state: "locked", wrong, unlock: attempt });
        };
        hurry();
        const opening = openPdf({ bytes, locked });
        close = opening.close;
        return opening.pdf.then((pdf) => show({ state: "open", pdf }));
      })
      .catch((thrown: unknown) => show({ state: "failed", why: toApiError(thrown).message }))
      .finally(() => clearTimeout(late));
    return () => {
      stop.abort();
      clearTimeout(late);
      close();
    };
  }, [sha256]);
  return opened;
}
