import { Link } from "@tanstack/react-router";

import type { SimilarJob } from "../../api/types";
import { inMonth } from "../../lib/dates";
import { overrun, whole } from "../../lib/money";
import { signedPercent } from "../../lib/numbers";
import { Card } from "../shared/card";

/** Finished jobs that are like this one, nearest first. */
export function SimilarJobs({ jobs }: { jobs: SimilarJob[] }) {
  if (jobs.length === 0) return null;
  return (
    <Card title="Similar jobs" sub="nearest first, by what moves the cost" flush>
      <table className="grid">
        <thead>
          <tr>
            <th>Job</th>
            <th>What differs</th>
            <th className="num">Estimated</th>
            <th className="num">Actual</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.job_id}>
              <td className="clip" style={{ maxWidth: 168 }}>
                <Link to="/jobs" search={{ job: job.job_id }}>
                  <b>{job.number}</b>
                </Link>{" "}
                <span className="dim">{job.customer}</span>
                <div className="dim small">{job.completed_on ? inMonth(job.completed_on) : ""}</div>
              </td>
              <td className="dim differs">{job.differs}</td>
              <td className="num">{job.estimated ? whole(job.estimated) : "–"}</td>
              <td className="num">
                <Actual job={job} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Actual({ job }: { job: SimilarJob }) {
  const over = overrun(job.actual, job.estimated);
  return (
    <div className={over !== null && over > 10 ? "up" : ""}>
      {whole(job.actual)}
      {over !== null && over > 10 && <div className="small">{signedPercent(over)}</div>}
    </div>
  );
}
