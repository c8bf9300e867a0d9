/** One page painted, as soon as it is near what is seen, and painted again when it grows. */
import { useEffect, useRef } from "react";

import { paint, type Pdf, proportion } from "../../../lib/pdf";
import { useNear } from "./near";

interface PictureProps {
  pdf: Pdf;
  page: number;
  /** Width and height in points, as our reader saw the page. */
  size: [number, number];
  /** Of the whole page on the screen. */
  width: number;
  /** Where the page begins, seen from what is shown of it. */
  left: number;
  top: number;
  painted: (page: number, painted: boolean) => void;
}

/** Boxes of a page of other proportions would lie beside their words. */
const ALIKE = 0.02;
const AFTER_A_CHANGE = 120;

export function Picture({ pdf, page, size, width, left, top, painted }: PictureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const near = useNear(frame);
  const expected = size[1] / size[0];
  useEffect(() => {
    const at = frame.current;
    if (!at || !near || width === 0) return;
    let stop = () => {};
    let gone = false;
    const begin = async () => {
      if (Math.abs((await proportion(pdf, page)) / expected - 1) > ALIKE) return painted(page, false);
      if (gone) return;
      const painting = paint(pdf, page, width * Math.min(3, window.devicePixelRatio || 1));
      stop = painting.cancel;
      const canvas = await painting.done;
      if (gone) return;
      at.replaceChildren(canvas);
      at.dataset.painted = "true";
      painted(page, true);
    };
    // A page that cannot be painted stays as its words.
    const timer = setTimeout(() => void begin().catch(() => !gone && painted(page, false)), at.dataset.painted ? AFTER_A_CHANGE : 0);
    return () => {
      gone = true;
      clearTimeout(timer);
      stop();
    };
  }, [pdf, page, near, width, expected, painted]);
  useEffect(() => {
    if (near || !frame.current?.dataset.painted) return;
    frame.current.replaceChildren();
    delete frame.current.dataset.painted;
  }, [near]);
  return <div ref={frame} className="paper-picture" style={{ left, top, width, height: width * expected }} data-testid="page-picture" aria-hidden />;
}
