/**
 * The pages of a document as its words stood on them, with a box around each value that was taken: what Signwright read, not a
 * picture of the file. What has no box was not taken.
 */
import { useEffect, useRef } from "react";

import { useDocument } from "../../api/queries";
import type { ImportDetail, Word } from "../../api/types";
import { Loading } from "../shared/states";
import { ACCEPTED, headerValues, lineValues, type Placed } from "./placed";

interface PageViewProps {
  detail: ImportDetail;
  chosen: string | null;
  choose: (key: string) => void;
}

export function PageView({ detail, chosen, choose }: PageViewProps) {
  const document = useDocument(detail.import.sha256);
  const values = detail.records.flatMap((record) => [...headerValues(record), ...lineValues(record)]);
  if (document.isLoading) return <Loading height="100%" />;
  const words = document.data?.words ?? [];
  return (
    <div className="card paper">
      <div className="pages">
        {detail.page_sizes.map(([width], at) => (
          <Sheet
            key={`page ${at + 1}`}
            page={at + 1}
            width={width}
            words={words.filter(({ page }) => page === at + 1)}
            values={values.filter(({ field }) => field.at.in === "page" && field.at.page === at + 1)}
            chosen={chosen}
            choose={choose}
          />
        ))}
      </div>
    </div>
  );
}

interface SheetProps {
  page: number;
  width: number;
  words: Word[];
  values: Placed[];
  chosen: string | null;
  choose: (key: string) => void;
}

/** Margins without words are cut away, so that the words can be read in a narrow window. */
function Sheet({ page, width, words, values, chosen, choose }: SheetProps) {
  if (words.length === 0) {
    return (
      <p className="dim" style={{ textAlign: "center", padding: 12 }}>
        Page {page} has no words.
      </p>
    );
  }
  const edge = (side: 0 | 1 | 2 | 3) => words.map(({ bbox }) => bbox[side]);
  const left = Math.max(0, Math.min(...edge(0)) - 24);
  const top = Math.max(0, Math.min(...edge(1)) - 24);
  const right = Math.min(width, Math.max(...edge(2)) + 24);
  const bottom = Math.max(...edge(3)) + 24;
  return (
    <svg className={isSpool(words) ? "sheet spool" : "sheet"} viewBox={`${left} ${top} ${right - left} ${bottom - top}`} aria-label={`Page ${page}`}>
      {words.map((word, at) => (
        <Printed key={`${at} ${word.text}`} word={word} />
      ))}
      {values.map((value) => (
        <Box key={value.key} value={value} on={value.key === chosen} choose={choose} />
      ))}
    </svg>
  );
}

/** Whether every character is as wide as every other, as in a printer's spool. */
function isSpool(words: Word[]): boolean {
  const widths = words.filter(({ text }) => text.length >= 4).map(({ text, bbox: [left, top, right, bottom] }) => (right - left) / (text.length * (bottom - top)));
  if (widths.length === 0) return false;
  const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
  return widths.filter((width) => Math.abs(width - mean) < 0.06 * mean).length > 0.8 * widths.length;
}

function Printed({ word: { text, bbox } }: { word: Word }) {
  const [left, top, right, bottom] = bbox;
  const height = bottom - top;
  return (
    <text x={left} y={bottom - height * 0.22} fontSize={height * 0.86} textLength={right - left} lengthAdjust="spacingAndGlyphs">
      {text}
    </text>
  );
}

function Box({ value, on, choose }: { value: Placed; on: boolean; choose: (key: string) => void }) {
  const box = useRef<SVGGElement>(null);
  useEffect(() => {
    if (on) box.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, [on]);
  const { field, key, name } = value;
  if (field.at.in !== "page") return null;
  const [left, top, right, bottom] = field.at.bbox;
  const doubtful = field.confidence < ACCEPTED;
  return (
    <g ref={box} onClick={() => choose(key)}>
      <title>{`${name}: ${field.raw}`}</title>
      <rect className={`box ${doubtful ? "w" : ""} ${on ? "on" : ""}`} x={left - 2} y={top - 1} width={right - left + 4} height={bottom - top + 2} rx={2} />
    </g>
  );
}
