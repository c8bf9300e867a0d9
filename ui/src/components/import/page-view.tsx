/** The pages of a document with a box around each value that was taken. What has no box was not taken. */
import { useEffect, useRef } from "react";

import { useDocument } from "../../api/queries";
import type { ImportDetail, Word } from "../../api/types";
import { boxOf, intoView, isSpool } from "../shared/paper/frame";
import { Paper, type Sheet } from "../shared/paper/paper";
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
  return (
    <Paper sha256={detail.import.sha256 ?? ""} sizes={detail.page_sizes} words={document.data?.words ?? []}>
      {(sheet) => (
        <ValuesOn
          sheet={sheet}
          values={values.filter(({ field }) => field.at.in === "page" && field.at.page === sheet.page)}
          chosen={chosen}
          choose={choose}
        />
      )}
    </Paper>
  );
}

interface ValuesOnProps {
  sheet: Sheet;
  values: Placed[];
  chosen: string | null;
  choose: (key: string) => void;
}

function ValuesOn({ sheet: { page, words, frame, worded }, values, chosen, choose }: ValuesOnProps) {
  return (
    <svg className={isSpool(words) ? "sheet spool" : "sheet"} viewBox={`${frame[0]} ${frame[1]} ${frame[2] - frame[0]} ${frame[3] - frame[1]}`} aria-label={`Page ${page}`}>
      {worded && words.map((word, at) => <Printed key={`${at} ${word.text}`} word={word} />)}
      {values.map((value) => (
        <ValueBox key={value.key} value={value} on={value.key === chosen} choose={choose} />
      ))}
    </svg>
  );
}

function Printed({ word }: { word: Word }) {
  const [left, top, right, bottom] = boxOf(word);
  const height = bottom - top;
  return (
    <text x={left} y={bottom - height * 0.22} fontSize={height * 0.86} textLength={right - left} lengthAdjust="spacingAndGlyphs">
      {word.text}
    </text>
  );
}

function ValueBox({ value, on, choose }: { value: Placed; on: boolean; choose: (key: string) => void }) {
  const box = useRef<SVGGElement>(null);
  useEffect(() => {
    if (on) intoView(box.current);
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
