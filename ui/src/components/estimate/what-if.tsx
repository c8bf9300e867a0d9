/** What a change would cost: each variation is a real estimate of its own; a click takes it over into the form. */
import { useQueries } from "@tanstack/react-query";

import { liveEstimate } from "../../api/queries";
import type { DriverInfo, Estimate, Specification } from "../../api/types";
import { sent } from "../../lib/form";
import { signed } from "../../lib/money";
import { variations } from "../../lib/whatif";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";

interface WhatIfProps {
  drivers: DriverInfo[];
  specification: Specification;
  quotedOn: string;
  estimate: Estimate;
  take: (specification: Specification) => void;
}

export function WhatIf({ drivers, specification, quotedOn, estimate, take }: WhatIfProps) {
  const proposed = variations(drivers, specification, 5);
  const answers = useQueries({
    queries: proposed.map((one) => liveEstimate(sent(drivers, one.specification), quotedOn)),
  });
  if (proposed.length === 0) return null;
  return (
    <Card title="What if" sub="click to take it over">
      {proposed.map((one, at) => {
        const other = answers[at]?.data;
        return (
          <button key={one.label} type="button" className="what-if" onClick={() => take(one.specification)}>
            <span className="grow">{one.label}</span>
            {other && <Difference minor={other.cost.minor - estimate.cost.minor} currency={estimate.cost.currency} />}
          </button>
        );
      })}
    </Card>
  );
}

function Difference({ minor, currency }: { minor: number; currency: string }) {
  if (Math.abs(minor) < 50) return <Tag>no change</Tag>;
  return <Tag tone={minor > 0 ? "up" : "good"}>{signed({ minor, currency })}</Tag>;
}
