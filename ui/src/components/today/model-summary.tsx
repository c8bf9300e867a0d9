import { Link } from "@tanstack/react-router";

import type { Model } from "../../api/types";
import { learnedFrom } from "../../lib/learned";
import { count, percent, share } from "../../lib/numbers";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";

/** How far the estimates can be trusted, in one glance. */
export function ModelSummary({ model }: { model: Model | null }) {
  if (!model) return <NoModel />;
  const { card } = model;
  const score = card.scores[0];
  const range = card.coverage.find((one) => one.level === 80);
  return (
    <Card title="Can the estimates be trusted?" right={<Link to="/models">Model card</Link>}>
      <div className="stack tight">
        {score && (
          <div>
            <span className="big">±{percent(score.median_error)}</span>
            <div className="dim">half of your newest {count(card.n_test)} jobs were closer than this</div>
          </div>
        )}
        <div className="row wrap">
          <Tag tone={card.verdict.better_than_rule ? "good" : "warn"}>
            {card.verdict.better_than_rule ? "better than the simple rule" : "the simple rule is used"}
          </Tag>
          {range && <Tag>80 % range held {share(range.held)}</Tag>}
        </div>
        <span className="dim small">Learned from {learnedFrom(card)}</span>
      </div>
    </Card>
  );
}

function NoModel() {
  return (
    <Card title="No model yet">
      <p className="dim">
        Import finished jobs with their costs, then <Link to="/models">train the first model</Link>. Until then estimates rest on the median of a type, or where there is none on the starter model, and say so.
      </p>
    </Card>
  );
}
