import { SegmentedControl, TextInput } from "@mantine/core";

import type { CostSource, Estimate } from "../../api/types";
import { decidedCost, needsReason, type Deciding } from "../../lib/decided";
import { symbolOf, whole } from "../../lib/money";

interface DecideCostProps {
  estimate: Estimate;
  deciding: Deciding;
  decide: (deciding: Deciding) => void;
}

/** Where the answer above does not rest on finished jobs. */
const learned: Partial<Record<Estimate["basis"], string>> = { starter: "Starter model", assembly: "The answer above" };

/** Whose cost is gone by, and why: kept with the estimate when it is saved or quoted. */
export function DecideCost({ estimate, deciding, decide }: DecideCostProps) {
  const built = estimate.bottom_up?.built ?? null;
  const options: { value: CostSource; label: string; disabled?: boolean }[] = [
    { value: "learned", label: learned[estimate.basis] ?? "Finished jobs" },
    { value: "built_up", label: "Built up", disabled: built === null },
    { value: "own", label: "My own figure" },
  ];
  const reason = needsReason(estimate, deciding);
  const cost = decidedCost(estimate, deciding);
  return (
    <div className="decide">
      <div className="row wrap">
        <span className="ink-2">Go by</span>
        <SegmentedControl aria-label="Whose cost to go by" data={options} value={deciding.by} onChange={(by) => decide({ ...deciding, by: by as CostSource })} />
        {deciding.by === "own" && (
          <TextInput
            aria-label="My own figure"
            w={120}
            inputMode="decimal"
            leftSection={<span className="dim">{symbolOf(estimate.cost.currency).trim()}</span>}
            value={deciding.cost}
            error={deciding.cost !== "" && cost === null}
            onChange={(event) => decide({ ...deciding, cost: event.currentTarget.value })}
          />
        )}
        <span className="grow" />
        <b className="num" data-testid="decided-cost">{cost ? whole(cost) : "–"}</b>
      </div>
      {(deciding.by !== "learned" || deciding.why !== "") && (
        <TextInput
          aria-label="Why this cost"
          placeholder={reason ? "Why this cost? It is kept with the estimate, and needed here" : "Why this cost? It is kept with the estimate"}
          error={reason && deciding.why.trim() === ""}
          value={deciding.why}
          onChange={(event) => decide({ ...deciding, why: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
