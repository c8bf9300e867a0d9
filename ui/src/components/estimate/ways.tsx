/** What would bring the cost under an amount: the smallest changes that finished jobs have shown to be possible. */
import { Button, NumberInput } from "@mantine/core";
import { useState } from "react";

import { useWays } from "../../api/queries";
import type { Estimate, Specification } from "../../api/types";
import { major, placesOf, symbolOf, whole } from "../../lib/money";
import { Card } from "../shared/card";
import { Loading, Problem } from "../shared/states";
import { Tag } from "../shared/tag";

interface WaysProps {
  specification: Specification;
  quotedOn: string;
  estimate: Estimate;
  take: (specification: Specification) => void;
}

export function Ways({ specification, quotedOn, estimate, take }: WaysProps) {
  const { currency } = estimate.cost;
  const [typed, setTyped] = useState<string | number>("");
  const [asked, setAsked] = useState<number | null>(null);
  const amount = Number(typed);
  const suggested = Math.floor((major(estimate.cost) * 0.9) / 100) * 100;
  return (
    <Card title="Bring it under" sub="smallest change first">
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(Math.round(amount * 10 ** placesOf(currency)));
        }}
      >
        <NumberInput aria-label="The cost should be at most" className="grow" value={typed} onChange={setTyped} placeholder={suggested > 0 ? String(suggested) : ""} min={0} thousandSeparator="," leftSection={<span className="dim">{symbolOf(currency).trim()}</span>} />
        <Button type="submit" disabled={!(amount > 0)}>
          Find
        </Button>
      </form>
      {asked !== null && <Found specification={specification} quotedOn={quotedOn} asked={{ minor: asked, currency }} take={take} />}
    </Card>
  );
}

function Found({ specification, quotedOn, asked, take }: Pick<WaysProps, "specification" | "quotedOn" | "take"> & { asked: Estimate["cost"] }) {
  const found = useWays(specification, quotedOn, asked);
  if (found.error) return <Problem error={found.error} />;
  if (!found.data) return <Loading height={60} />;
  if (found.data.cost.minor <= asked.minor) return <p className="dim small">It is under {whole(asked)} as it is.</p>;
  if (found.data.ways.length === 0) return <p className="dim small">No change that jobs of this type had brings it under {whole(asked)}, nor do the four that save most together.</p>;
  return (
    <>
      {found.data.ways.map((way) => (
        <button key={way.label} type="button" className="what-if" onClick={() => take(way.specification)}>
          <span className="grow">{way.label}</span>
          <Tag tone="good">{whole(way.cost)}</Tag>
        </button>
      ))}
    </>
  );
}
