/** A price step by step, and what to think about before it goes out. */
import type { PricedJob, PriceSignalKind } from "../../api/types";
import { exact, whole } from "../../lib/money";
import { share } from "../../lib/numbers";
import type { Tone } from "../../lib/words";
import { Tag } from "../shared/tag";

export function Steps({ priced }: { priced: PricedJob }) {
  return (
    <table className="grid q-ladder" data-testid="price-steps">
      <tbody>
        {priced.steps.map((step, at) => (
          <tr key={`${step.kind} ${at}`} className={step.is_sum ? "q-sum-row" : ""}>
            <td>
              {step.label}
              {step.how && <div className="dim small">{step.how}</div>}
            </td>
            <td className="num">{exact(step.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const signal: Record<PriceSignalKind, { label: string; tone: Tone }> = {
  below_cost: { label: "below cost", tone: "bad" },
  below_floor: { label: "below the floor", tone: "bad" },
  too_cheap: { label: "too cheap", tone: "warn" },
  too_dear: { label: "too dear", tone: "warn" },
};

export function Signals({ priced }: { priced: PricedJob }) {
  const { floor, chance, signals } = priced;
  const rate = (of: string | null) => (of === null ? "–" : share(Number(of), 1));
  return (
    <div className="stack tight" data-testid="price-signals">
      <div className="row wrap">
        <Tag title="of the price after discount, over the cost with contingency and escalation">markup {rate(priced.markup)}</Tag>
        <Tag tone={floor?.needs_approval ? "bad" : "good"}>margin {rate(priced.margin)}</Tag>
        {priced.expected_margin !== priced.margin && <Tag title="if all goes as expected">{rate(priced.expected_margin)} if all goes as expected</Tag>}
        {chance && <Tag tone="accent">{share(chance.chance)} chance, earns {whole(chance.profit)} on average</Tag>}
      </div>
      {floor && (
        <div className="dim small">
          Floor of {floor.category}: a margin of {share(Number(floor.margin), 1)}, {exact(floor.price)} without approval.
        </div>
      )}
      {signals.map(({ kind, message }) => (
        <div key={`${kind} ${message}`} className="q-signal">
          <Tag tone={signal[kind].tone}>{signal[kind].label}</Tag> <span>{message}.</span>
        </div>
      ))}
    </div>
  );
}
