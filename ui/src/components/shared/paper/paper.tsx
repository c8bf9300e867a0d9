/**
 * The pages of a document as pictures, each under what the caller draws over it in points of the page. Where a page cannot be
 * painted, or not soon, the caller draws its words.
 */
import "./paper.css";

import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";

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
  /** Whether the words are to be drawn, because there is no picture. */
  worded: boolean;
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
/** A small page is enlarged to this many pixels. */
const LEAST = 480;

export function Paper({ sha256, sizes, words, children }: PaperProps) {
  const opened = usePdf(sha256);
  const [painted, setPainted] = useState<ReadonlyMap<number, boolean>>(new Map());
  const late = useLate();
  const [shown, setShown] = useSessionState<Shown>("paper", { zoom: 1, whole: false });
  const [frame, width] = useWidth<HTMLDivElement>(0);
  const scroller = useRef<HTMLDivElement>(null);
  const note = useCallback(
    (page: number, is: boolean) => setPainted((before) => (before.get(page) === is ? before : new Map(before).set(page, is))),
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
      <Standing opened={opened} worded={words.length > 0} />
      <div className="paper-pages" ref={scroller}>
        <div ref={frame}>
          {width > 0 &&
            pages.map((one) => {
              const across = one.frame[2] - one.frame[0];
              const scale = Math.min(width / across, Math.max(LARGEST, LEAST / across)) * shown.zoom;
              return (
                <div
                  key={one.page}
                  className="paper-page"
                  data-page={one.page}
                  style={{ width: across * scale, height: (one.frame[3] - one.frame[1]) * scale }}
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
                  {children({ ...one, worded: opened.state === "failed" || opened.state === "locked" || !(painted.get(one.page) ?? !late) })}
                </div>
              );
            })}
        </div>
      </div>
    </div>
  );
}

/** Drawing words takes a window longer than painting, so it is not begun before this. */
const SOON = 4000;

function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SOON);
    return () => clearTimeout(timer);
  }, []);
  return late;
}

/** Why there is no picture, while the words stand in for it. */
function Standing({ opened, worded }: { opened: Opened; worded: boolean }) {
  switch (opened.state) {
    case "opening":
    case "open":
      return null;
    case "locked":
      return <Locked wrong={opened.wrong} unlock={opened.unlock} />;
    case "failed":
      return (
        <div className="paper-note" role="status">
          The page cannot be shown as a picture: {opened.why.replace(/\.$/, "")}. {worded ? "These are its words as they were read." : "No words were read in it either."}
        </div>
      );
  }
}
