import { Link } from "@tanstack/react-router";

import type { ForgottenLine } from "../../api/types";
import { whole } from "../../lib/money";

const SHOWN = 6;
/** As the backend counts. */
const FEWEST = 3;

/** Lines that similar jobs have and this one lacks. */
export function Forgotten({ lines, compared }: { lines: ForgottenLine[]; compared: number }) {
  if (compared < FEWEST) return <p className="dim small">Too few similar jobs have their cost lines in the shop to say what they had and this one lacks.</p>;
  if (lines.length === 0) return <p className="dim small">Nothing that most of {compared} similar jobs had is missing here.</p>;
  return (
    <div>
      <div className="spec-group">Similar jobs had, and this one lacks</div>
      <table className="grid" data-testid="forgotten">
        <tbody>
          {lines.slice(0, SHOWN).map((line) => (
            <tr key={`${line.work_code ?? ""} ${line.name}`}>
              <td className="clip" style={{ maxWidth: 220 }}>
                {line.name} {line.work_code && <span className="dim">{line.work_code}</span>}
              </td>
              <td className="dim" style={{ whiteSpace: "nowrap" }}>
                {line.jobs} of {line.of} jobs
              </td>
              <td className="dim small clip" style={{ maxWidth: 150 }}>
                {line.examples.slice(0, 2).map((number, at) => (
                  <span key={number}>
                    {at > 0 && ", "}
                    <Link to="/jobs" search={{ search: number }}>{number}</Link>
                  </span>
                ))}
              </td>
              <td className="num" title="what it costs in the middle one of the jobs that have it">{whole(line.median_cost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > SHOWN && <p className="dim small">and {lines.length - SHOWN} smaller ones</p>}
    </div>
  );
}
