import type { JobDetail, JobLine, Money, Section } from "../../api/types";
import { exact, major, overrun, whole } from "../../lib/money";
import { fixed } from "../../lib/numbers";

/** Estimate against actual, as a whole and by part where the lines know it. */
export function Compared({ detail }: { detail: JobDetail }) {
  const { job, lines } = detail;
  const widest = Math.max(1, major0(job.estimated_cost), major0(job.actual.total));
  return (
    <div className="stack">
      <div className="pair">
        <Bar label="Estimated" money={job.estimated_cost} widest={widest} tone="" />
        <Bar label="Actual" money={job.actual.total} widest={widest} tone={tone(job.actual.total, job.estimated_cost)} />
      </div>
      <Parts detail={detail} lines={lines} />
      {job.estimated_hours !== null && job.actual_hours !== null && (
        <div className="row">
          <span className="dim grow">Hours, estimated and actual</span>
          <span className="num">{fixed(job.estimated_hours, 1)}</span>
          <span className="dim">→</span>
          <b className="num">{fixed(job.actual_hours, 1)}</b>
        </div>
      )}
      <Price detail={detail} />
    </div>
  );
}

function Bar({ label, money, widest, tone }: { label: string; money: Money | null; widest: number; tone: string }) {
  return (
    <>
      <span className="dim">{label}</span>
      <span className={`bar ${tone}`} style={{ width: `${(major0(money) / widest) * 100}%` }} />
      <span className="num">{money ? whole(money) : "–"}</span>
    </>
  );
}

function Parts({ detail, lines }: { detail: JobDetail; lines: JobLine[] }) {
  const { actual } = detail.job;
  const parts: [string, Money | null, Section | null][] = [
    ["Material", actual.material, "material"],
    ["Labour", actual.labour, "labour"],
    ["Burden", actual.burden, null],
    ["Outplant", actual.outplant, "outplant"],
    ["Equipment", actual.equipment, null],
    ["Shipping", actual.shipping, null],
    ["Use tax", actual.use_tax, null],
  ];
  const known = parts.filter(([, money]) => money !== null);
  if (known.length === 0) return <p className="dim">No source gave the cost in parts.</p>;
  return (
    <table className="grid">
      <thead>
        <tr>
          <th>Part</th>
          <th className="num">Estimated</th>
          <th className="num">Actual</th>
          <th className="num">Share</th>
        </tr>
      </thead>
      <tbody>
        {known.map(([name, money, from]) => (
          <tr key={name}>
            <td>{name}</td>
            <td className="num dim">{from ? estimatedOf(lines, from) : "–"}</td>
            <td className="num">{money && exact(money)}</td>
            <td className="num dim">{money && actual.total ? `${fixed((money.minor / actual.total.minor) * 100, 0)} %` : ""}</td>
          </tr>
        ))}
        {actual.total && (
          <tr>
            <td className="strong">Total</td>
            <td className="num dim">{detail.job.estimated_cost ? exact(detail.job.estimated_cost) : "–"}</td>
            <td className="num strong">{exact(actual.total)}</td>
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Price({ detail: { job } }: { detail: JobDetail }) {
  const price = job.sale_price ?? job.quoted_price;
  if (!price) return null;
  const cost = job.actual.total ?? job.estimated_cost;
  const margin = cost && price.minor > 0 ? ((price.minor - cost.minor) / price.minor) * 100 : null;
  return (
    <div className="row">
      <span className="dim grow">{job.sale_price ? "Sold at" : "Quoted at"}</span>
      <b className="num">{exact(price)}</b>
      {margin !== null && <span className={margin < 0 ? "up num" : "dim num"}>margin {fixed(margin, 1)} %</span>}
    </div>
  );
}

/** What the lines of a part were estimated at. */
function estimatedOf(lines: JobLine[], from: Section): string {
  const known = lines.filter((line) => line.section === from).map((line) => line.estimated_cost).filter((money) => money !== null);
  const [first] = known;
  if (!first || known.length === 0) return "–";
  return exact({ minor: known.reduce((total, money) => total + money.minor, 0), currency: first.currency });
}

function major0(money: Money | null): number {
  return money ? Math.max(0, major(money)) : 0;
}

function tone(actual: Money | null, estimated: Money | null): string {
  const over = overrun(actual, estimated) ?? 0;
  return over > 10 ? "over" : over < -10 ? "under" : "actual";
}
