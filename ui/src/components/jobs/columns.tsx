/** The columns of the jobs table. `width` is a grid track; a column with `wide` gives way to the open side panel. */
import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import type { ReactNode } from "react";

import type { Job, JobSort } from "../../api/types";
import { onDay } from "../../lib/dates";
import { overrun, whole } from "../../lib/money";
import { signedPercent } from "../../lib/numbers";
import { jobStatus, named } from "../../lib/words";
import { Tag } from "../shared/tag";

export const features = tableFeatures({});

export interface ColumnMeta {
  width: string;
  right?: boolean;
  wide?: boolean;
  /** The name `list_jobs` sorts by; a column without one cannot be sorted. */
  sort?: JobSort;
}

/** How each column is laid out, by its id. */
export const layout: Record<string, ColumnMeta> = {
  number: { width: "64px", sort: "number" },
  customer: { width: "minmax(100px, 1.3fr)", sort: "customer" },
  description: { width: "minmax(110px, 1.5fr)", wide: true },
  sign_type: { width: "minmax(96px, .9fr)", sort: "sign_type" },
  estimator: { width: "28px", wide: true },
  status: { width: "88px", wide: true },
  completed_on: { width: "94px", wide: true, sort: "completed" },
  estimated: { width: "72px", right: true, sort: "estimated_cost" },
  actual: { width: "72px", right: true, sort: "actual_cost" },
  difference: { width: "76px", right: true, sort: "overrun" },
};

/** A row that is not fetched yet is `null`. */
export type Row = { job: Job | null };

const helper = createColumnHelper<typeof features, Row>();

function column(id: string, header: string, cell: (job: Job) => ReactNode) {
  return helper.display({ id, header, cell: ({ row }) => (row.original.job ? cell(row.original.job) : null) });
}

export function makeColumns(typeLabel: (type: string) => string) {
  return helper.columns([
    column("number", "Job", (job) => <b>{job.work_order ?? job.quote_number}</b>),
    column("customer", "Customer", (job) => job.customer),
    column("description", "Description", (job) => <span className="dim">{job.description}</span>),
    column("sign_type", "Type", (job) => (job.sign_type ? typeLabel(job.sign_type) : "")),
    column("estimator", "By", (job) => <span className="dim">{job.estimator}</span>),
    column("status", "Status", (job) => <Tag tone={jobStatus[job.status].tone}>{jobStatus[job.status].label}</Tag>),
    column("completed_on", "Completed", (job) => <span className="dim">{onDay(job.completed_on)}</span>),
    column("estimated", "Estimated", (job) => (job.estimated_cost ? whole(job.estimated_cost) : "–")),
    column("actual", "Actual", (job) => (job.actual.total ? whole(job.actual.total) : "–")),
    column("difference", "Over / under", (job) => <Overrun job={job} />),
  ]);
}

/** By how much the job came out above its estimate. */
export function Overrun({ job }: { job: Job }) {
  const over = overrun(job.actual.total, job.estimated_cost);
  if (over === null) return null;
  const tone = over > 10 ? "up" : over < -10 ? "down" : "dim";
  return (
    <span className={tone} title={job.overrun_cause ? named(job.overrun_cause) : undefined}>
      {signedPercent(over)}
    </span>
  );
}
