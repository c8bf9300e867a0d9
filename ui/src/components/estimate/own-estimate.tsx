/** What somebody thinks it will cost, with the correction that was accepted for such estimates. */
import { NumberInput, Select } from "@mantine/core";
import { useState } from "react";

import { useBiases, useOwnEstimate } from "../../api/queries";
import type { Estimate } from "../../api/types";
import { exact, placesOf } from "../../lib/money";
import { signedPercent } from "../../lib/numbers";
import { Card } from "../shared/card";

export function OwnEstimate({ estimate }: { estimate: Estimate }) {
  const { sign_type: type, estimator: given } = estimate.specification;
  const accepted = (useBiases().data ?? []).filter((one) => one.accepted && one.of.work_code === null && one.of.sign_type === type);
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState<number | null>(null);
  const names = accepted.map((one) => one.of.estimator);
  const estimator = chosen ?? (typeof given === "string" && names.includes(given) ? given : (names[0] ?? null));
  const { currency } = estimate.cost;
  const cost = typed === null ? null : { minor: Math.round(typed * 10 ** placesOf(currency)), currency };
  const corrected = useOwnEstimate(estimator, typeof type === "string" ? type : null, cost).data;
  // Without an accepted correction there is nothing to say about it.
  if (names.length === 0) return null;
  return (
    <Card title="Your own estimate">
      <div className="stack tight">
        <div className="row">
          <NumberInput aria-label="Your own estimate of the cost" placeholder="what you think" size="xs" hideControls min={0} thousandSeparator="," value={typed ?? ""} onChange={(value) => setTyped(typeof value === "number" && value > 0 ? value : null)} />
          <Select aria-label="Estimator" size="xs" data={names} value={estimator} onChange={setChosen} allowDeselect={false} />
        </div>
        {corrected?.correction && (
          <p>
            <b className="num">{exact(corrected.cost)}</b> <span className="dim">{corrected.words}; beside the estimate {signedPercent((100 * (corrected.cost.minor - estimate.cost.minor)) / estimate.cost.minor, 0)}.</span>
          </p>
        )}
      </div>
    </Card>
  );
}
