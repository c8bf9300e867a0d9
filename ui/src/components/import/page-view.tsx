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
  return (
    <div className="card paper">
      <div className="pages">
        {detail.page_sizes.map(([width, height], at) => (
          <Sheet
            key={`page ${at + 1}`}
            page={at + 1}
            width={width}
            height={height}
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
  height: number;
  values: Placed[];
  chosen: string | null;
  choose: (key: string) => void;
}

function Sheet({ page, width, height, values, chosen, choose }: SheetProps) {
  const lowest = Math.max(120, ...values.map(({ field }) => (field.at.in === "page" ? field.at.bbox[3] : 0)));
  const shown = Math.min(height, lowest + 48);
  return (
    <svg className="sheet" viewBox={`0 0 ${width} ${shown}`} aria-label={`Values read from page ${page}`}>
      {values.map((value) => (
        <Box key={value.key} value={value} on={value.key === chosen} choose={choose} />
      ))}
      <text x={width - 36} y={shown - 14} textAnchor="end" fontSize={8} opacity={0.55}>{`page ${page}`}</text>
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
