import "../components/jobs/jobs.css";

import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";

import { type JobFilter, useSummary } from "../api/queries";
import type { JobSort } from "../api/types";
import { Filters } from "../components/jobs/filters";
import { JobPanel } from "../components/jobs/job-panel";
import { JobTable } from "../components/jobs/job-table";
import { useSignTypes } from "../components/shared/type-label";
import { Page } from "../components/shell/page";
import { counted } from "../lib/numbers";

const route = getRouteApi("/jobs");

export function Jobs() {
  const { search = "", type = null, status = null, sort = "completed", ascending = false, flagged = false, job = null } = route.useSearch();
  const navigate = route.useNavigate();
  const { types, typeLabel } = useSignTypes();
  const [total, setTotal] = useState<number | null>(null);
  const summary = useSummary().data;
  const filter = useMemo<JobFilter>(
    () => ({ search, sign_type: type, status, estimator: null, flagged, sort, descending: !ascending }),
    [search, type, status, flagged, sort, ascending],
  );
  const choose = useCallback((id: number | null) => void navigate({ search: (before) => ({ ...before, job: id ?? undefined }), replace: true }), [navigate]);
  const change = (next: { search?: string; type?: string | null; status?: typeof status; flagged?: boolean }) =>
    void navigate({
      search: (before) => ({
        ...before,
        ...("search" in next && { search: next.search || undefined }),
        ...("type" in next && { type: next.type ?? undefined }),
        ...("status" in next && { status: next.status ?? undefined }),
        ...("flagged" in next && { flagged: next.flagged || undefined }),
      }),
      replace: true,
    });
  const sortBy = (column: JobSort) =>
    void navigate({ search: (before) => ({ ...before, sort: column, ascending: sort === column && !ascending ? true : undefined }), replace: true });

  return (
    <Page title="Jobs" crumb={summary && summary.completed_jobs > 0 && `${counted(summary.completed_jobs, "finished job")} teach the model`} fixed>
      <div className={job === null ? "jobs" : "jobs with-panel"}>
        <div className="jobs-left">
          <Filters search={search} type={type} status={status} flagged={flagged} types={types} total={total} change={change} />
          <JobTable filter={filter} typeLabel={typeLabel} chosen={job} choose={choose} sort={sortBy} counted={setTotal} clear={() => change({ search: "", type: null, status: null, flagged: false })} />
        </div>
        {job !== null && <JobPanel key={job} id={job} typeLabel={typeLabel} close={() => choose(null)} />}
      </div>
    </Page>
  );
}
