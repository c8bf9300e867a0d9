import { Chip, SegmentedControl, Select } from "@mantine/core";

import type { DriverChoice, JobStatus } from "../../api/types";
import { count } from "../../lib/numbers";
import { jobStatus } from "../../lib/words";
import { SearchBox } from "../shared/search-box";

interface FiltersProps {
  search: string;
  type: string | null;
  status: JobStatus | null;
  flagged: boolean;
  types: DriverChoice[];
  total: number | null;
  change: (next: { search?: string; type?: string | null; status?: JobStatus | null; flagged?: boolean }) => void;
}

export function Filters({ search, type, status, flagged, types, total, change }: FiltersProps) {
  return (
    <div className="row wrap">
      <SearchBox search={search} change={(text) => change({ search: text })} label="Search jobs" hint="Work order, customer, description" />
      <Select
        aria-label="Sign type"
        placeholder="All types"
        data={types}
        value={type}
        onChange={(chosen) => change({ type: chosen })}
        clearable
        searchable
        w={180}
      />
      <SegmentedControl
        aria-label="Status"
        value={status ?? "all"}
        onChange={(chosen) => change({ status: chosen === "all" ? null : (chosen as JobStatus) })}
        data={[{ value: "all", label: "All" }, ...Object.entries(jobStatus).map(([value, { label }]) => ({ value, label }))]}
      />
      <Chip checked={flagged} onChange={(on) => change({ flagged: on })} size="xs">
        To look at
      </Chip>
      <span className="grow" />
      <span className="dim num" data-testid="jobs-count" aria-live="polite">
        {total === null ? "" : `${count(total)} ${total === 1 ? "job" : "jobs"}`}
      </span>
    </div>
  );
}
