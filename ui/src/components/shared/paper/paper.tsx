/**
 * The pages of a document as pictures, each under what the caller draws over it in points of the page. Where a page cannot be
 * painted, or not soon, the caller draws its words.
 */
import "./paper.css";

import { type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { Word } from "../../../api/types";
import { useSessionState } from "../session";
import { useWidth } from "../width";
import { type Box, cropped } from "./frame";
import { Locked } from "./locked";
import { Picture } from "./picture";
import { useNear } from "./near";
import { middle, scrolledTo } from "./place";
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
  const [shown, setShown] = useSessionState<Shown>("paper", { zoom: 1, whole: false });
  const [frame, width] = useWidth<HTMLDivElement>(0);
  const scroller = useRef<HTMLDivElement>(null);
  const kept = useRef<{ across: number; down: number } | null>(null);
  // Zooming keeps the place that is looked at.
  const show = (next: Shown) => {
    const seen = scroller.current;
    kept.current = seen && { across: middle(seen.scrollLeft, seen.clientWidth, seen.scrollWidth), down: middle(seen.scrollTop, seen.clientHeight, seen.scrollHeight) };
    setShown(next);
  };
  useLayoutEffect(() => {
    const seen = scroller.current;
    if (!seen || !kept.current) return;
    seen.scrollLeft = scrolledTo(kept.current.across, seen.clientWidth, seen.scrollWidth);
    seen.scrollTop = scrolledTo(kept.current.down, seen.clientHeight, seen.scrollHeight);
    kept.current = null;
  });
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
      <PaperTools pages={pages.length} scroller={scroller} shown={shown} show={show} />
      <Standing opened={opened} worded={words.length > 0} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be scrolled by key as well */}
      <div className="paper-pages" ref={scroller} tabIndex={0} role="region" aria-label="Pages of the document">
        <div ref={frame}>
          {width > 0 &&
            pages.map((one) => {
              const across = one.frame[2] - one.frame[0];
              const scale = Math.min(width / across, Math.max(LARGEST, LEAST / across)) * shown.zoom;
              return (
                <Leaf key={one.page} page={one.page} width={across * scale} height={(one.frame[3] - one.frame[1]) * scale} opened={opened} painted={painted.get(one.page)}>
                  {(worded) => (
                    <>
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
                      {children({ ...one, worded })}
                    </>
                  )}
                </Leaf>
              );
            })}
        </div>
      </div>
    </div>
  );
}

interface LeafProps {
  page: number;
  width: number;
  height: number;
  opened: Opened;
  /** Whether its picture is there; nothing while nobody knows. */
  painted: boolean | undefined;
  children: (worded: boolean) => ReactNode;
}

/** The place of one page. Words are many: those of a page that nobody has come near to are not drawn. */
function Leaf({ page, width, height, opened, painted, children }: LeafProps) {
  const place = useRef<HTMLDivElement>(null);
  const reached = useReached(place);
  const late = useLate(reached);
  const without = opened.state === "failed" || opened.state === "locked" || !(painted ?? !late);
  return (
    <div ref={place} className="paper-page" data-page={page} style={{ width, height }}>
      {children(reached && without)}
    </div>
  );
}

function useReached(place: RefObject<HTMLElement | null>): boolean {
  const near = useNear(place);
  const [reached, setReached] = useState(false);
  useEffect(() => {
    if (near) setReached(true);
  }, [near]);
  return reached;
}

/** Drawing words takes a window longer than painting, so it is not begun before this. */
const SOON = 4000;

/** Whether it is that long ago that something began. */
function useLate(begun: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!begun) return;
    const timer = setTimeout(() => setLate(true), SOON);
    return () => clearTimeout(timer);
  }, [begun]);
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
