/**
 * What lies over a page under review: the values in boxes, the value in focus highlighted, and the words to point at. A click on
 * a word, or a pull over several, puts them into the field in focus. Column edges can be dragged.
 */
import { useEffect, useRef, useState } from "react";

import type { ReviewTable, Word } from "../../api/types";
import { type Box, boxOf as box, intoView, isSpool } from "../shared/paper/frame";
import type { Sheet } from "../shared/paper/paper";
import { ColumnEdges } from "./column-edges";
import { around, type Focus, type Shown, same } from "./focus";

interface PageSheetProps {
  sheet: Sheet;
  values: Shown[];
  focus: Focus | null;
  /** Tables whose edges may be dragged; none while the fields are shown. */
  tables: ReviewTable[];
  pointed: (page: number, bbox: Box) => void;
  choose: (focus: Focus) => void;
  changed: (table: ReviewTable) => void;
}

export function PageSheet({ sheet: { page, words, frame, worded }, values, focus, tables, pointed, choose, changed }: PageSheetProps) {
  const sheet = useRef<SVGSVGElement>(null);
  const [from, setFrom] = useState<number | null>(null);
  const [to, setTo] = useState<number | null>(null);
  const held = (at: number) => from !== null && to !== null && overlaps(words, from, to, at);
  const release = () => {
    const [a, b] = [words[from ?? -1], words[to ?? -1]];
    setFrom(null);
    setTo(null);
    if (!a || !b) return;
    const bbox = around(box(a), box(b));
    const value = from === to ? values.find((one) => covers(one, bbox)) : undefined;
    if (value && !(focus && same(focus, value)) && (focus === null || value.line !== null)) choose(value);
    else pointed(page, bbox);
  };
  return (
    <svg
      ref={sheet}
      className={isSpool(words) ? "review-sheet spool" : "review-sheet"}
      viewBox={`${frame[0]} ${frame[1]} ${frame[2] - frame[0]} ${frame[3] - frame[1]}`}
      aria-label={`Page ${page}`}
      role="img"
      onPointerUp={release}
      onPointerLeave={() => setFrom(null)}
    >
      {values.map((one) => (
        <ValueBox key={`${one.line} ${one.field}`} value={one} on={same(focus, one)} />
      ))}
      {words.map((word, at) => (
        <Printed
          key={`${at} ${word.text}`}
          word={word}
          drawn={worded}
          held={held(at)}
          press={() => {
            setFrom(at);
            setTo(at);
          }}
          over={() => from !== null && setTo(at)}
        />
      ))}
      {tables.map((table) => (
        <ColumnEdges key={`${table.section} ${table.page}`} table={table} sheet={sheet} changed={changed} />
      ))}
    </svg>
  );
}

interface PrintedProps {
  word: Word;
  /** There is no picture that shows it. */
  drawn: boolean;
  held: boolean;
  press: () => void;
  over: () => void;
}

function Printed({ word, drawn, held, press, over }: PrintedProps) {
  const [left, top, right, bottom] = word.bbox;
  const height = bottom - top;
  return (
    <g>
      {drawn && (
        <text x={left} y={bottom - height * 0.22} fontSize={height * 0.86} textLength={right - left} lengthAdjust="spacingAndGlyphs">
          {word.text}
        </text>
      )}
      <rect
        className={held ? "review-word held" : "review-word"}
        x={left - 1}
        y={top}
        width={right - left + 2}
        height={height}
        onPointerDown={(event) => {
          event.currentTarget.releasePointerCapture(event.pointerId);
          // The field keeps the keyboard while a word is pointed at.
          event.preventDefault();
          press();
        }}
        onPointerEnter={over}
        data-testid="word"
      >
        <title>{word.text}</title>
      </rect>
    </g>
  );
}

function ValueBox({ value, on }: { value: Shown; on: boolean }) {
  const shape = useRef<SVGRectElement>(null);
  useEffect(() => {
    if (on) intoView(shape.current);
  }, [on]);
  const at = value.value?.at;
  if (!at || at.in !== "page" || at.bbox[2] <= at.bbox[0]) return null;
  const [left, top, right, bottom] = at.bbox;
  return (
    <rect
      ref={shape}
      className={`review-box ${value.waiting ? "w" : ""} ${on ? "on" : ""}`}
      x={left - 2}
      y={top - 1}
      width={right - left + 4}
      height={bottom - top + 2}
      rx={2}
    />
  );
}

function covers({ value }: Shown, bbox: Box): boolean {
  if (!value || value.at.in !== "page") return false;
  const [x, y] = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2];
  const [left = 0, top = 0, right = 0, bottom = 0] = value.at.bbox;
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Words inside the box around the first and the last one. */
function overlaps(words: Word[], from: number, to: number, at: number): boolean {
  const [a, b, word] = [words[from], words[to], words[at]];
  if (!a || !b || !word) return false;
  const all = around(box(a), box(b));
  const own = box(word);
  const [x, y] = [(own[0] + own[2]) / 2, (own[1] + own[3]) / 2];
  return x >= all[0] && x <= all[2] && y >= all[1] && y <= all[3];
}
