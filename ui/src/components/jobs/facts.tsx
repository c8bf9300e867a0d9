import { useDrivers } from "../../api/queries";
import type { Job } from "../../api/types";
import { onDay } from "../../lib/dates";
import { described } from "../../lib/spec";
import { outcome } from "../../lib/words";

/** What is known of a job besides its costs; what is not known is left out. */
export function Facts({ job, typeLabel }: { job: Job; typeLabel: (type: string) => string }) {
  const drivers = useDrivers().data ?? [];
  const { sign_type: _type, estimator: _estimator, ...specification } = job.specification;
  const facts: [string, string | null][] = [
    ["Description", job.description],
    ["Sign type", job.sign_type && typeLabel(job.sign_type)],
    ["Location", job.location],
    ["Estimator", job.estimator],
    ["Quoted", job.quoted_on && onDay(job.quoted_on)],
    ["Completed", job.completed_on && onDay(job.completed_on)],
    ["Quote", job.quote_number],
    ["Opportunity", job.opportunity],
    ["Outcome", job.outcome && outcome[job.outcome].label],
    ["Lost because", job.lost_reason],
    ...described(specification, drivers),
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => value && [<dt key={`${name} is`}>{name}</dt>, <dd key={name}>{value}</dd>])}
    </dl>
  );
}
