/** Thousands of jobs that scroll smoothly: only the rows in view exist, and pages are fetched as they come into view. */
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp, IconList } from "@tabler/icons-react";
import { type ReactTable, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";

import type { JobFilter } from "../../api/queries";
import type { JobSort } from "../../api/types";
import { Start } from "../shared/start";
import { Empty, Loading, Problem } from "../shared/states";
import { features, layout, makeColumns, type Row } from "./columns";
import { useJobRows } from "./pages";

const ROW = 34;

interface JobTableProps {
  filter: JobFilter;
  typeLabel: (type: string) => string;
  /** The job whose panel is open. */
  chosen: number | null;
  choose: (id: number | null) => void;
  sort: (column: JobSort) => void;
  counted: (total: number | null) => void;
  /** Takes search and filters away. */
  clear: () => void;
}

export function JobTable({ filter, typeLabel, chosen, choose, sort, counted, clear }: JobTableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ first: 0, last: 40 });
  const [at, setAt] = useState(0);
  const roomy = useMediaQuery("(min-width: 1640px)");
  const { total, rows, error, retry } = useJobRows(filter, view.first, view.last);
  const columns = useMemo(() => makeColumns(typeLabel), [typeLabel]);
  const table = useTable({ features, columns, data: rows });
  const virtual = useVirtualizer({
    count: total ?? 0,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 12,
    onChange: (instance) => {
      const items = instance.getVirtualItems();
      const next = { first: items[0]?.index ?? 0, last: items.at(-1)?.index ?? 40 };
      setView((before) => (before.first === next.first && before.last === next.last ? before : next));
    },
  });

  useEffect(() => counted(total), [total, counted]);
  useEffect(() => {
    setAt(0);
    frame.current?.scrollTo({ top: 0 });
  }, [filter]);

  if (error) return <Problem error={error} retry={retry} />;
  if (total === null) return <Loading height="100%" />;
  if (total === 0) return <NoJobs searching={filter.search !== "" || filter.sign_type !== null || filter.status !== null} clear={clear} />;

  const all = chosen === null || roomy;
  const shown = table.getAllColumns().filter((column) => all || !layout[column.id]?.wide);
  const tracks = { gridTemplateColumns: shown.map((column) => layout[column.id]?.width).join(" ") };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to));
    setAt(next);
    virtual.scrollToIndex(next);
    if (chosen !== null) choose(rows[next]?.job?.id ?? chosen);
  };
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step !== undefined) move(at + step);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(total - 1);
    else if (event.key === "Enter") choose(rows[at]?.job?.id ?? null);
    else if (event.key === "Escape") choose(null);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={frame}
      className="card jobs-list"
      tabIndex={0}
      role="grid"
      aria-label="Jobs"
      aria-rowcount={total}
      onKeyDown={press}
    >
      <div className="jobs-head" style={tracks} role="row">
        {shown.map((column) => (
          <Head key={column.id} id={column.id} label={String(column.columnDef.header)} filter={filter} sort={sort} />
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map((item) => {
          const job = rows[item.index]?.job ?? null;
          const state = `${item.index === at ? "at" : ""} ${job && job.id === chosen ? "on" : ""}`;
          const pick = () => {
            setAt(item.index);
            if (job) choose(job.id);
          };
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the grid around the rows
            <div
              key={item.key}
              className={`jobs-row ${state}`}
              style={{ ...tracks, transform: `translateY(${item.start}px)` }}
              role="row"
              tabIndex={-1}
              aria-rowindex={item.index + 1}
              aria-selected={job !== null && job.id === chosen}
              onClick={pick}
            >
              <Cells table={table} at={item.index} shown={(id) => all || !layout[id]?.wide} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

type JobsTable = ReactTable<typeof features, Row>;

function Cells({ table, at, shown }: { table: JobsTable; at: number; shown: (column: string) => boolean }) {
  const cells = table.getRowModel().rows[at]?.getAllCells() ?? [];
  return cells
    .filter((cell) => shown(cell.column.id))
    .map((cell) => (
      <div key={cell.id} className={layout[cell.column.id]?.right ? "right" : ""} role="gridcell">
        <table.FlexRender cell={cell} />
      </div>
    ));
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 };

function Head({ id, label, filter, sort }: { id: string; label: string; filter: JobFilter; sort: (column: JobSort) => void }) {
  const { sort: by, right } = layout[id] ?? {};
  const side = right ? "right" : "";
  if (!by) return <span className={side} role="columnheader">{label}</span>;
  const Arrow = filter.descending ? IconArrowDown : IconArrowUp;
  const sorted = filter.sort === by;
  return (
    <span className={side} role="columnheader" aria-sort={sorted ? (filter.descending ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={() => sort(by)}>
        {label}
        {sorted && <Arrow size={12} aria-hidden />}
      </button>
    </span>
  );
}

function NoJobs({ searching, clear }: { searching: boolean; clear: () => void }) {
  if (!searching) {
    return (
      <Start icon={IconList} title="No jobs yet">
        Import the list of work orders from your ERP, or the cost summaries you print: every job then stands here with what it was to cost and what it did.
      </Start>
    );
  }
  return (
    <div className="card">
      <Empty icon={IconList} title="No job is like that" action={<Button onClick={clear}>Show all jobs</Button>}>
        Search takes work orders, quotes, customers and descriptions.
      </Empty>
    </div>
  );
}
