import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import type { ImportDetail } from "../../api/types";
import { ColumnsCard } from "./columns-card";
import { RecordTable } from "./record-table";

interface TableViewProps {
  detail: ImportDetail;
  chosen: string | null;
  choose: (key: string) => void;
}

/** An imported table: its records, or what its columns were taken for. One without records shows its columns. */
export function TableView({ detail, chosen, choose }: TableViewProps) {
  const [view, setView] = useState<"records" | "columns">(detail.records.length > 0 ? "records" : "columns");
  return (
    <div style={{ display: "grid", gridTemplateRows: "auto minmax(0, 1fr)", gap: 8, minHeight: 0, minWidth: 0 }}>
      <SegmentedControl
        aria-label="Records or columns"
        value={view}
        onChange={(next) => setView(next === "columns" ? "columns" : "records")}
        data={[{ value: "records", label: "Records", disabled: detail.records.length === 0 }, { value: "columns", label: "Columns" }]}
        style={{ justifySelf: "start" }}
      />
      {view === "columns" ? <ColumnsCard key={detail.import.id} detail={detail} /> : <RecordTable detail={detail} chosen={chosen} choose={choose} />}
    </div>
  );
}
