/** The columns of a table over its page: an edge between two columns is dragged, or moved with the arrow keys. */
import { type PointerEvent, type RefObject, useState } from "react";

import type { ReviewTable } from "../../api/types";
import { named } from "../../lib/words";

interface ColumnEdgesProps {
  table: ReviewTable;
  sheet: RefObject<SVGSVGElement | null>;
  changed: (table: ReviewTable) => void;
}

export function ColumnEdges({ table, sheet, changed }: ColumnEdgesProps) {
  const [moved, setMoved] = useState<ReviewTable | null>(null);
  const now = moved ?? table;
  const edges = [...now.columns.map(({ left }) => left), now.columns.at(-1)?.right ?? 0];
  const move = (edge: number, x: number) => setMoved(withEdge(now, edge, x));
  const drop = () => {
    if (moved) changed(moved);
    setMoved(null);
  };
  return (
    <g>
      {now.columns.map((column) => (
        <text key={column.field} className="review-head" x={column.left + 2} y={now.bottom + 8} style={{ fontSize: Math.min(6, (column.right - column.left) / (0.62 * column.field.length)) }}>
          {named(column.field)}
        </text>
      ))}
      {edges.map((x, edge) => (
        <Edge
          key={`${table.section} ${edge}`}
          name={`Edge ${edge + 1} of ${edges.length}, ${table.section}`}
          x={x}
          top={now.top}
          bottom={now.bottom}
          drag={(event) => move(edge, inside(sheet.current, event) ?? x)}
          step={(by) => changed(withEdge(table, edge, x + by))}
          drop={drop}
        />
      ))}
    </g>
  );
}

interface EdgeProps {
  name: string;
  x: number;
  top: number;
  bottom: number;
  drag: (event: PointerEvent) => void;
  step: (by: number) => void;
  drop: () => void;
}

function Edge({ name, x, top, bottom, drag, step, drop }: EdgeProps) {
  const [held, setHeld] = useState(false);
  return (
    <>
      <line className="review-edge" x1={x} x2={x} y1={top - 2} y2={bottom + 2} />
      <rect
        className="review-grip"
        x={x - 3}
        y={top - 8}
        width={6}
        height={bottom - top + 12}
        tabIndex={0}
        role="slider"
        aria-label={name}
        aria-valuenow={Math.round(x)}
        data-testid="column-edge"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          event.stopPropagation();
          setHeld(true);
        }}
        onPointerMove={(event) => held && drag(event)}
        onPointerUp={(event) => {
          event.stopPropagation();
          setHeld(false);
          drop();
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft") step(-3);
          if (event.key === "ArrowRight") step(3);
        }}
      />
    </>
  );
}

/** The table with one edge elsewhere, between its neighbours. */
function withEdge(table: ReviewTable, edge: number, x: number): ReviewTable {
  const columns = table.columns.map((column) => ({ ...column }));
  const [before, after] = [columns[edge - 1], columns[edge]];
  const least = before ? before.left + 4 : 0;
  const most = after ? after.right - 4 : Number.POSITIVE_INFINITY;
  const at = Math.min(Math.max(x, least), most);
  if (before) before.right = at;
  if (after) after.left = at;
  return { ...table, columns };
}

/** Where a pointer is, in points of the page. */
function inside(sheet: SVGSVGElement | null, event: PointerEvent): number | null {
  const matrix = sheet?.getScreenCTM();
  if (!matrix) return null;
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()).x;
}
