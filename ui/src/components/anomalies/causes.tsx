import { Link } from "@tanstack/react-router";

import { useOverrunCauses } from "../../api/queries";
import type { OverrunCauses } from "../../api/types";
import { whole } from "../../lib/money";
import { count, counted } from "../../lib/numbers";
import { named } from "../../lib/words";
import { Card } from "../shared/card";
import { OverrunSplitView } from "../shared/overrun-split";
import { Shown } from "../shared/states";

const EVIDENCE = 6;

/** What jobs that went wrong have in common, and what overruns are made of. */
export function Causes({ currency }: { currency: string }) {
  const causes = useOverrunCauses();
  return (
    <Shown query={causes} height={420}>
      {(found) => <Found found={found} currency={currency} />}
    </Shown>
  );
}

function Found({ found, currency }: { found: OverrunCauses; currency: string }) {
  const lost = (minor: number) => whole({ minor, currency });
  const patterns = [
    ...found.signatures.map(({ attributes, sentence, jobs, lost }) => ({ key: attributes.map(({ name, value }) => `${name}: ${value}`).join(" + "), sentence, jobs, lost })),
    ...found.clusters.map(({ attribute, sentence, jobs, lost }) => ({ key: `${attribute.name}: ${attribute.value}`, sentence, jobs, lost })),
  ].sort((a, b) => b.lost - a.lost);
  return (
    <div className="anomalies">
      <div className="stack">
        <Card title="What goes together with overruns" sub={`${count(found.wrong)} of ${counted(found.jobs, "job")}: 30 % over the estimate or with a finding`} flush={patterns.length > 0}>
          {patterns.length === 0 ? (
            <p className="dim">Nothing beyond chance: jobs that went wrong have nothing in common that the others have not.</p>
          ) : (
            <table className="grid">
              <thead>
                <tr>
                  <th>Pattern</th>
                  <th className="num">Money lost</th>
                </tr>
              </thead>
              <tbody>
                {patterns.map((one) => (
                  <tr key={one.key}>
                    <td>
                      <b>{named(one.key)}</b>
                      <div className="dim">{named(one.sentence)}</div>
                      <div className="small">
                        {one.jobs.slice(0, EVIDENCE).map((job, at) => (
                          <span key={job}>
                            {at > 0 && ", "}
                            <Link to="/jobs" search={{ search: job }}>
                              {job}
                            </Link>
                          </span>
                        ))}
                        {one.jobs.length > EVIDENCE && <span className="dim"> and {one.jobs.length - EVIDENCE} more</span>}
                      </div>
                    </td>
                    <td className="num strong">{lost(one.lost)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Card>
        {found.split && (
          <Card title="What overruns are made of" sub={`of ${counted(found.split_of, "finished job")} whose lines tell`}>
            <OverrunSplitView split={found.split} currency={currency} />
          </Card>
        )}
      </div>
      <div className="stack">
        <Card title="What changed with a level">
          {found.changes.length === 0 ? (
            <p className="dim">No series of the shop has shifted its level, or nothing among the jobs changed with it by more than chance.</p>
          ) : (
            <div className="stack tight">
              {found.changes.map(({ series, change }) => (
                <div key={`${series} ${change.date} ${change.attribute.name} ${change.attribute.value}`}>
                  <Link to="/forecasts" search={{ series }}>
                    {named(series.replaceAll("_", " "))}
                  </Link>
                  <div className="dim">{named(change.sentence)}</div>
                </div>
              ))}
            </div>
          )}
        </Card>
        <Card title="How to read this">
          <p className="dim">What goes together with overruns need not be their cause. Everything that was looked at counts against what was found, so that chance alone shows one false pattern in twenty.</p>
        </Card>
      </div>
    </div>
  );
}
