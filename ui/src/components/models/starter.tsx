/** The starter model: not one of the registry, and shown only where no model of the shop is in use. */
import type { StarterInfo } from "../../api/types";
import { inMonth } from "../../lib/dates";
import { whole } from "../../lib/money";
import { count, percent } from "../../lib/numbers";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";
import { CoverageCard, Groups, Scores } from "./measured";

/** What it is, what was assumed, and what was measured, kept apart. */
export function Starter({ starter, label }: { starter: StarterInfo; label: (type: string) => string }) {
  const { card } = starter;
  const { measured } = card;
  return (
    <div className="models" data-testid="starter-model">
      <div className="stack">
        <Heading starter={starter} />
        <Points title="What was assumed" sub="nobody has measured it" points={card.assumed} />
        <Published starter={starter} />
        <Scores scores={measured.scores} currency={card.currency} sub={`on ${count(measured.n_test)} generated jobs, not yours`} />
        <Groups title="By sign type, on generated jobs" name="Type" groups={measured.by_type} label={label} />
      </div>
      <div className="stack">
        <Points title="Not for" points={card.not_for} />
        <CoverageCard coverage={measured.coverage} title="Ranges on generated jobs" sub="before shops differ" />
        <Points title="Made of" points={card.made_of} />
      </div>
    </div>
  );
}

function Heading({ starter: { card, reason } }: { starter: StarterInfo }) {
  return (
    <section className="card">
      <div className="bd stack tight" style={{ padding: "14px 16px" }}>
        <div className="row">
          <h2 className="grow">{card.title}</h2>
          <Tag tone="warn">made from published hours and prices, not from your jobs</Tag>
        </div>
        <p>{reason}</p>
        <p className="dim">
          {card.currency} at the prices of {inMonth(card.price_level)}, for {card.types.length} sign types. It is not one of your models: it cannot be promoted, and it steps back when one of yours is trained.
        </p>
      </div>
    </section>
  );
}

/** The same in two lines, where models of the shop are listed and none is in use. */
export function StandsIn({ starter }: { starter: StarterInfo }) {
  return (
    <Card title={starter.card.title}>
      <Tag tone="warn">not from your jobs</Tag>
      <p className="dim" style={{ marginTop: 6 }}>
        {starter.reason}
      </p>
    </Card>
  );
}

function Points({ title, sub, points }: { title: string; sub?: string; points: string[] }) {
  return (
    <Card title={title} sub={sub}>
      <div className="stack tight">
        {points.map((point) => (
          <p key={point}>{point}</p>
        ))}
      </div>
    </Card>
  );
}

function Published({ starter: { card } }: { starter: StarterInfo }) {
  const amount = (value: number) => whole({ minor: Math.round(value * 100), currency: card.currency });
  return (
    <Card title="Beside published jobs" sub="range: 80 %, assumed" flush>
      <table className="grid">
        <thead>
          <tr>
            <th>Job</th>
            <th className="num">Published</th>
            <th className="num">Starter</th>
            <th className="num">Range</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {card.published.map((job) => (
            <tr key={job.job}>
              <td>
                {job.job}
                <div className="dim small">{job.fitted ? "what it was made from was fitted to it" : "a real shop’s, independent"}</div>
              </td>
              <td className="num">{amount(job.cost)}</td>
              <td className="num">
                {amount(job.starter)}
                <div className="dim small">{percent(Math.abs(job.starter / job.cost - 1) * 100)} off</div>
              </td>
              <td className="num dim">
                {amount(job.low)} – {amount(job.high)}
              </td>
              <td>{job.cost >= job.low && job.cost <= job.high ? <Tag>inside</Tag> : <Tag tone="bad">outside</Tag>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
