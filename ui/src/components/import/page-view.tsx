/**
 * The pages of a document with what was read from them, each value at the place where it stands. It shows what Signwright read, not a
 * picture of the file: what is missing here was not taken.
 */
import { useEffect, useRef } from "react";

import type { ImportDetail } from "../../api/types";
import { ACCEPTED, headerValues, lineValues, type Placed } from "./placed";

interface PageViewProps {
  detail: ImportDetail;
  chosen: string | null;
  choose: (key: string) => void;
}

export function PageView({ detail, chosen, choose }: PageViewProps) {
  const values = detail.records.flatMap((record) => [...headerValues(record), ...lineValues(record)]);
  const pages = detail.page_sizes.map((_, at) => values.filter(({ field }) => field.at.in === "page" && field.at.page === at + 1));
  const frame = frameOf(values);
  return (
    <div className="card paper">
      <div className="pages">
        {pages.map((read, at) =>
          read.length > 0 ? (
            <Sheet key={`page ${at + 1}`} page={at + 1} frame={frame} values={read} chosen={chosen} choose={choose} />
          ) : (
            <p key={`page ${at + 1}`} className="dim" style={{ textAlign: "center" }}>
              Nothing was taken from page {at + 1}.
            </p>
          ),
        )}
      </div>
    </div>
  );
}

interface Frame {
  left: number;
  width: number;
}

/** All pages are cut to the same columns, those where something was read. */
function frameOf(values: Placed[]): Frame {
  const boxes = values.flatMap(({ field }) => (field.at.in === "page" ? [field.at.bbox] : []));
  const left = Math.min(...boxes.map(([x]) => x)) - 22;
  const right = Math.max(...boxes.map(([, , x]) => x)) + 22;
  return { left, width: right - left };
}

interface SheetProps {
  page: number;
  frame: Frame;
  values: Placed[];
  chosen: string | null;
  choose: (key: string) => void;
}

function Sheet({ page, frame, values, chosen, choose }: SheetProps) {
  const boxes = values.flatMap(({ field }) => (field.at.in === "page" ? [field.at.bbox] : []));
  const top = Math.min(...boxes.map(([, y]) => y)) - 22;
  const height = Math.max(...boxes.map(([, , , y]) => y)) + 30 - top;
  return (
    <svg className="sheet" viewBox={`${frame.left} ${top} ${frame.width} ${height}`} aria-label={`Values read from page ${page}`}>
      {values.map((value) => (
        <Box key={value.key} value={value} on={value.key === chosen} choose={choose} />
      ))}
      <text x={frame.left + frame.width - 14} y={top + height - 10} textAnchor="end" fontSize={8} opacity={0.55}>{`page ${page}`}</text>
    </svg>
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
      <rect className={`box ${doubtful ? "w" : ""} ${on ? "on" : ""}`} x={left - 2} y={top - 1.5} width={right - left + 4} height={bottom - top + 3} rx={2} />
      <text x={left} y={bottom - (bottom - top) * 0.2} fontSize={(bottom - top) * 0.82} textLength={right - left} lengthAdjust="spacingAndGlyphs" pointerEvents="none">
        {field.raw}
      </text>
    </g>
  );
}
