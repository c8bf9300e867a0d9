import type { Card as ModelCard } from "../../api/types";
import { count, percent, share } from "../../lib/numbers";
import { inMonth } from "../../lib/dates";
import { Dot, Tag } from "../shared/tag";

/** The answer: how wrong it usually is on jobs it has not seen, beside the simple rule, and whether it is used. */
export function Verdict({ card }: { card: ModelCard }) {
  const [model, ...others] = card.scores;
  const rule = others.find(({ method }) => method.includes("median"));
  const held = card.coverage.find(({ level }) => level === 80);
  return (
    <section className="card" data-testid="model-verdict">
      <div className="bd" style={{ padding: "14px 16px" }}>
        <div className="verdict">
          <div>
            <div className="dim">Half of your newest {count(card.n_test)} jobs came within</div>
            <div className="big">{model ? `±${percent(model.median_error)}` : "not measured"}</div>
          </div>
          {rule && (
            <div>
              <div className="dim">the simple rule</div>
              <div style={{ fontSize: 18, fontWeight: 600 }}>±{percent(rule.median_error)}</div>
            </div>
          )}
          {held && (
            <div>
              <div className="dim">80 % range held</div>
              <div style={{ fontSize: 18, fontWeight: 600 }}>{share(held.held)}</div>
            </div>
          )}
        </div>
        <div className="odd ink-2" style={{ marginTop: 8 }}>
          <Dot tone={card.verdict.better_than_rule ? "good" : "warn"} />
          <p>
            {!card.verdict.better_than_rule && <Tag tone="warn">the simple rule is used</Tag>} {card.verdict.reason}
          </p>
        </div>
        <p className="dim small" style={{ marginTop: 4 }}>
          {card.test_from && card.test_to && `Measured on jobs from ${inMonth(card.test_from)} to ${inMonth(card.test_to)}, `}
          after learning from {count(card.n_train)} older ones. The model that estimates has then learned from all of them.
        </p>
      </div>
    </section>
  );
}
