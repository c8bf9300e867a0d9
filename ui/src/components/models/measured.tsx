import type { AtMostHeld, Coverage, GroupScore, Importance, LearningPoint, Score } from "../../api/types";
import { count, percent, share, signedPercent } from "../../lib/numbers";
import { symbolOf } from "../../lib/money";
import { capitalized } from "../../lib/words";
import { Card } from "../shared/card";

/** The model beside the simple rules, on the same newest jobs. */
export function Scores({ scores, currency, sub = "same jobs, never seen while learning" }: { scores: Score[]; currency: string; sub?: string }) {
  const amount = (value: number) => `${symbolOf(currency)}${count(Math.round(value))}`;
  return (
    <Card title="Against simple rules" sub={sub} flush>
      <table className="grid">
        <thead>
          <tr>
            <th>Way of estimating</th>
            <th className="num">Jobs</th>
            <th className="num" title="Half of the jobs were closer than this">
              Usually off by
            </th>
            <th className="num" title="Mean absolute error">
              On average
            </th>
            <th className="num" title="Above 0 estimates too high">
              Leans
            </th>
          </tr>
        </thead>
        <tbody>
          {scores.map((score, at) => (
            <tr key={score.method}>
              <td className={at === 0 ? "strong" : ""}>{capitalized(score.method)}</td>
              <td className="num dim">{count(score.n)}</td>
              <td className={at === 0 ? "num strong" : "num"}>{percent(score.median_error)}</td>
              <td className="num">{amount(score.mae)}</td>
              <td className="num dim">{signedPercent(score.bias, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** Ranges: how often they held (bar) against how often they promised to (line). */
export function CoverageCard({ coverage, atMost = [], title = "Do the ranges hold?", sub = "bar: held; line: promised" }: { coverage: Coverage[]; atMost?: AtMostHeld[]; title?: string; sub?: string }) {
  return (
    <Card title={title} sub={sub}>
      {coverage.map(({ level, held, width }) => (
        <Held key={level} name={`${level} %`} spoken={`${level} % range held`} promised={level} held={held} extent={`±${share(width / 2)}`} what="Half of the median width, relative to the prediction" />
      ))}
      {atMost.map(({ percentile, held, over }) => (
        <Held key={`P${percentile}`} name={`P${percentile}`} spoken={`Jobs that cost at most their P${percentile}:`} promised={percentile} held={held} extent={`+${share(over)}`} what="Median of what it adds to the prediction" />
      ))}
    </Card>
  );
}

interface HeldProps {
  name: string;
  spoken: string;
  /** Per cent. */
  promised: number;
  held: number;
  extent: string;
  what: string;
}

function Held({ name, spoken, promised, held, extent, what }: HeldProps) {
  return (
    <div className="meter">
      <span>{name}</span>
      <span className="track" role="img" aria-label={`${spoken} ${share(held)}`}>
        <i style={{ width: share(held, 1).replace(" ", "") }} />
        <b style={{ left: `${promised}%` }} />
      </span>
      <span className="num">
        <b>{share(held)}</b> <span className="dim small" title={what}>{extent}</span>
      </span>
    </div>
  );
}

/** What moves the cost, as share of all contributions. */
export function ImportanceCard({ importance }: { importance: Importance[] }) {
  const shown = importance.slice(0, 12);
  const widest = Math.max(0.001, ...shown.map((one) => one.share));
  return (
    <Card title="What moves the cost" sub="share of all contributions">
      <div className="weights">
        {shown.map((one) => (
          <div key={one.driver} className="weight">
            <span className="clip" title={one.label}>
              {one.label}
            </span>
            <span className="track">
              <i style={{ width: `${(one.share / widest) * 100}%` }} />
            </span>
            <span className="num dim">{share(one.share)}</span>
          </div>
        ))}
      </div>
    </Card>
  );
}

/** What the same learners miss by with fewer jobs. */
export function LearningCard({ curve }: { curve: LearningPoint[] }) {
  if (curve.length < 2) return null;
  const widest = Math.max(0.001, ...curve.map((point) => point.median_error));
  return (
    <Card title="What more jobs bring" sub="usually off by">
      {curve.map((point) => (
        <div key={point.jobs} className="meter learned">
          <span>{count(point.jobs)} jobs</span>
          <span className="track">
            <i style={{ width: `${(point.median_error / widest) * 100}%` }} />
          </span>
          <b className="num">{percent(point.median_error)}</b>
        </div>
      ))}
    </Card>
  );
}

/** `up to 2,130` as `up to $2,130`. */
export function withSymbol(size: string, currency: string): string {
  return size.replaceAll(/[\d,.]+/g, (amount) => `${symbolOf(currency)}${amount}`);
}

interface GroupsProps {
  title: string;
  name: string;
  groups: GroupScore[];
  label: (group: string) => string;
}

/** Where the model is good and where it is not. */
export function Groups({ title, name, groups, label }: GroupsProps) {
  if (groups.length < 2) return null;
  return (
    <Card title={title} flush>
      <table className="grid">
        <thead>
          <tr>
            <th>{name}</th>
            <th className="num">Jobs</th>
            <th className="num">Model off by</th>
            <th className="num">Rule off by</th>
            <th className="num">80 % held</th>
            <th className="num">90 % held</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => {
            const worse = group.rule_median_error !== null && group.median_error > group.rule_median_error;
            return (
              <tr key={group.group}>
                <td>{label(group.group)}</td>
                <td className="num dim">{count(group.n)}</td>
                <td className={worse ? "num up" : "num"}>{percent(group.median_error)}</td>
                <td className="num dim">{group.rule_median_error === null ? "–" : percent(group.rule_median_error)}</td>
                <td className="num dim">{share(group.held_80)}</td>
                <td className="num dim">{group.held_90 === null ? "–" : share(group.held_90)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
