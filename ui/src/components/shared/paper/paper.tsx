/**
 * The pages of a document as pictures, each under what the caller draws over it in points of the page. Until a page is painted,
 * and where it cannot be, the caller draws its words.
 */
import "./paper.css";

import { type ReactNode, useCallback, useRef, useState } from "react";

import type { Word } from "../../../api/types";
import { useSessionState } from "../session";
import { useWidth } from "../width";
import { type Box, cropped } from "./frame";
import { Locked } from "./locked";
import { Picture } from "./picture";
import { PaperTools, type Shown } from "./tools";
import { type Opened, usePdf } from "./use-pdf";

export interface Sheet {
  page: number;
  size: [number, number];
  words: Word[];
  /** What is shown of the page. */
  frame: Box;
  /** Whether the picture is there, so that words need not be drawn. */
  pictured: boolean;
}

interface PaperProps {
  sha256: string;
  sizes: number[][];
  words: Word[];
  /** What lies over a page. */
  children: (sheet: Sheet) => ReactNode;
}

/** On a wide window a page need not be larger than this many pixels per point. */
const LARGEST = 1.75;

export function Paper({ sha256, sizes, words, children }: PaperProps) {
  const opened = usePdf(sha256);
  const [painted, setPainted] = useState<ReadonlySet<number>>(new Set());
  const [shown, setShown] = useSessionState<Shown>("paper", { zoom: 1, whole: false });
  const [frame, width] = useWidth<HTMLDivElement>(0);
  const scroller = useRef<HTMLDivElement>(null);
  const note = useCallback(
    (page: number, is: boolean) =>
      setPainted((before) => {
        if (before.has(page) === is) return before;
        const next = new Set(before);
        if (is) next.add(page);
        else next.delete(page);
        return next;
      }),
    [],
  );
  const pages = sizes.map(([across = 612, down = 792], at) => {
    const own = words.filter(({ page }) => page === at + 1);
    const size: [number, number] = [across, down];
    return { page: at + 1, size, words: own, frame: shown.whole ? ([0, 0, across, down] as Box) : cropped(own, size) };
  });
  return (
    <div className="card paper-card" data-testid="paper">
      <PaperTools pages={pages.length} scroller={scroller} shown={shown} show={setShown} />
      <Standing opened={opened} />
      <div className="paper-pages" ref={scroller}>
        <div ref={frame}>
          {width > 0 &&
            pages.map((one) => {
              const scale = (Math.min(width / (one.frame[2] - one.frame[0]), LARGEST)) * shown.zoom;
              return (
                <div
                  key={one.page}
                  className="paper-page"
                  data-page={one.page}
                  style={{ width: (one.frame[2] - one.frame[0]) * scale, height: (one.frame[3] - one.frame[1]) * scale }}
                >
                  {opened.state === "open" && (
                    <Picture
                      pdf={opened.pdf}
                      page={one.page}
                      size={one.size}
                      width={one.size[0] * scale}
                      left={-one.frame[0] * scale}
                      top={-one.frame[1] * scale}
                      painted={note}
                    />
                  )}
                  {children({ ...one, pictured: opened.state === "open" && painted.has(one.page) })}
                </div>
              );
            })}
        </div>
      </div>
    </div>
  );
}

/** Why there is no picture, while the words stand in for it. */
function Standing({ opened }: { opened: Opened }) {
  switch (opened.state) {
    case "opening":
    case "open":
      return null;
    case "locked":
      return <Locked wrong={opened.wrong} unlock={opened.unlock} />;
    case "failed":
      return (
        <div className="paper-note" role="status">
          The page cannot be shown as a picture ({opened.why}). These are its words as they were read.
        </div>
      );
  }
}
