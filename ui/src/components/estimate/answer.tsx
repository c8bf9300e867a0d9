import { Tooltip } from "@mantine/core";

import type { Estimate, Model } from "../../api/types";
import { learnedFrom } from "../../lib/learned";
import { whole } from "../../lib/money";
import { count, percent, share } from "../../lib/numbers";
import { basis, capitalized, type Tone } from "../../lib/words";
import { Tag } from "../shared/tag";
import { RangeBar } from "./range-bar";

interface AnswerProps {
  estimate: Estimate;
  model: Model | null;
  /** A newer answer is being made. */
  stale: boolean;
}

/** What it will cost, how sure that is, and what it rests on. */
export function Answer({ estimate, model, stale }: AnswerProps) {
  const likely = estimate.ranges.find(({ level }) => level === 80);
  const starter = estimate.basis === "starter";
  return (
    <section className={stale ? "card stale" : "card"} aria-busy={stale}>
      <div className="bd" style={{ padding: "14px 16px 12px" }}>
        <div className="answer-top">
          <div>
            <div className="dim">Expected cost</div>
            <div className="big" data-testid="estimate-cost" aria-live="polite">
              {whole(estimate.cost)}
            </div>
          </div>
          <div className="answer-tags">
            <Rests estimate={estimate} model={model} />
            <Experience estimate={estimate} />
          </div>
          <span className="grow" />
          {likely && (
            <div style={{ textAlign: "right", paddingBottom: 2, whiteSpace: "nowrap" }}>
              <div className="dim">{starter ? "80 %, assumed" : "80 % of such jobs"}</div>
              <b className="num">
                {whole(likely.low)} – {whole(likely.high)}
              </b>
            </div>
          )}
        </div>
        <RangeBar estimate={estimate} />
        {estimate.at_most.length > 0 && <Contingency estimate={estimate} model={model} />}
        <p className={starter ? "note" : "dim small"} style={{ marginTop: 4 }} data-testid="estimate-basis">
          {sentence(estimate, model)}
        </p>
      </div>
    </section>
  );
}

/** What 70, 80 and 90 of 100 such jobs cost at most, and what that is above the expected cost. */
function Contingency({ estimate, model }: { estimate: Estimate; model: Model | null }) {
  const held = (percentile: number) => (estimate.basis === "model" ? model?.card.at_most.find((one) => one.percentile === percentile) : undefined);
  const measured = (percentile: number) => {
    const found = held(percentile);
    return found ? `${share(found.held)} of your newest ${count(found.n)} jobs cost no more than their P${percentile}` : `${percentile} of 100 such jobs should cost no more`;
  };
  return (
    <div className="at-most" data-testid="contingency">
      <span className="dim" title="What so many of 100 such jobs cost at most: choose how much to set aside">
        Contingency
      </span>
      {estimate.at_most.map(({ percentile, cost, over }) => (
        <Tooltip key={percentile} label={measured(percentile)}>
          <span>
            <span className="dim">P{percentile}</span> <b className="num">{whole(cost)}</b> <span className="dim num">+{whole(over)}</span>
          </span>
        </Tooltip>
      ))}
    </div>
  );
}

function Rests({ estimate, model }: { estimate: Estimate; model: Model | null }) {
  const rested = estimate.basis === "model" && model ? learnedFrom(model.card) : basis[estimate.basis];
  return (
    <Tooltip label={estimate.basis_note} disabled={estimate.basis_note === ""}>
      <span>
        <Tag tone={estimate.basis === "model" ? "good" : "warn"}>{rested}</Tag>
      </span>
    </Tooltip>
  );
}

function Experience({ estimate: { novelty, basis: rests } }: { estimate: Estimate }) {
  // The starter knows nothing of the shop's experience, only of the jobs that it was made from.
  if (rests === "starter" && novelty.score <= 1) return null;
  const [tone, text]: [Tone, string] = novelty.score < 0.8 ? ["plain", "inside your experience"] : novelty.score <= 1 ? ["warn", "at the edge of your experience"] : ["bad", rests === "starter" ? "unlike what it was made from" : "outside your experience"];
  return (
    <Tooltip label={novelty.reasons.join("; ")} disabled={novelty.reasons.length === 0}>
      <span>
        <Tag tone={tone}>{text}</Tag>
      </span>
    </Tooltip>
  );
}

/** Dots explained, then what the card measured. */
function sentence(estimate: Estimate, model: Model | null): string {
  const dots = estimate.similar.length > 0 ? `Dots: what ${estimate.similar.length} similar jobs really cost. ` : "";
  if (estimate.basis !== "model" || !model) return `${dots}${capitalized(estimate.basis_note)}.`;
  const { card } = model;
  const held = card.coverage.find(({ level }) => level === 80);
  const [best] = card.scores;
  const own = card.scores.find(({ method }) => method.includes("own"));
  const range = held ? `On your newest ${count(card.n_test)} jobs this range held ${share(held.held)} of the time` : "";
  const errors = own && best ? `; your own estimates were off by ${percent(own.median_error)}, the model by ${percent(best.median_error)} (median).` : ".";
  return `${dots}${range}${range ? errors : estimate.basis_note}`;
}
