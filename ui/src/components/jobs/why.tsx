import { useJobOverrun } from "../../api/queries";
import type { Job } from "../../api/types";
import { OverrunSplitView } from "../shared/overrun-split";
import { Shown } from "../shared/states";

/** Why a job cost more or less than was estimated, by its lines. */
export function Why({ job }: { job: Job }) {
  const split = useJobOverrun(job.id);
  return (
    <Shown query={split} height={160}>
      {(found) => <OverrunSplitView split={found} currency={job.actual.total?.currency ?? "USD"} />}
    </Shown>
  );
}
