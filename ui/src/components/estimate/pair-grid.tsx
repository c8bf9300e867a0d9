/** The cost over two drivers at once: deeper is dearer; where no finished job stood near, a cell is hatched. A click takes it over. */
import { Button, Select } from "@mantine/core";
import { useState } from "react";

import { useModelWords, usePairGrid } from "../../api/queries";
import type { DriverInfo, DriverValue, PairGrid as Found, Specification } from "../../api/types";
import { counted } from "../../lib/numbers";
import { major, whole } from "../../lib/money";
import { Card } from "../shared/card";
import { useSessionState } from "../shared/session";
import { Loading, Problem } from "../shared/states";

interface PairGridProps {
  drivers: DriverInfo[];
  specification: Specification;
  quotedOn: string;
  take: (changes: Record<string, DriverValue>) => void;
}

export function PairGrid({ drivers, specification, quotedOn, take }: PairGridProps) {
  const [open, setOpen] = useSessionState("estimate-pair-open", false);
  const [chosen, setChosen] = useState<[string, string] | null>(null);
  const known = drivers.filter(({ name, kind }) => kind !== "text" && name !== "sign_type" && specification[name] !== undefined);
  const usual = useUsual(known, open);
  const [first, second] = chosen?.every((name) => known.some((driver) => driver.name === name)) ? chosen : usual;
  if (known.length < 2) return null;
  const options = known.map(({ name, label }) => ({ value: name, label }));
  return (
    <Card
      title="Two drivers at once"
      sub={open ? "deeper is dearer; click to take over" : "the cost over a grid of both"}
      right={
        <Button size="compact-xs" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide" : "Show"}
        </Button>
      }
    >
      {open && (
        <div className="stack tight">
          <div className="row">
            <Select size="xs" aria-label="Driver across" data={options.filter(({ value }) => value !== second)} value={first} onChange={(name) => name && setChosen([name, second])} allowDeselect={false} />
            <span className="dim">across,</span>
            <Select size="xs" aria-label="Driver down" data={options.filter(({ value }) => value !== first)} value={second} onChange={(name) => name && setChosen([first, name])} allowDeselect={false} />
            <span className="dim">down</span>
          </div>
          <Grid first={first} second={second} specification={specification} quotedOn={quotedOn} take={take} />
        </div>
      )}
    </Card>
  );
}

/** The pair of this job that acts together most; without one, the first two. */
function useUsual(known: DriverInfo[], open: boolean): [string, string] {
  const words = useModelWords(open).data;
  const names = new Set(known.map(({ name }) => name));
  const pair = words?.together.find(({ first, second }) => names.has(first) && names.has(second));
  return pair ? [pair.first, pair.second] : [known[0]?.name ?? "", known[1]?.name ?? ""];
}

interface GridProps extends Pick<PairGridProps, "specification" | "quotedOn" | "take"> {
  first: string;
  second: string;
}

function Grid({ first, second, specification, quotedOn, take }: GridProps) {
  const found = usePairGrid(specification, quotedOn, first, second);
  if (found.error) return <Problem error={found.error} />;
  if (!found.data) return <Loading height={190} />;
  if (found.data.cells.length === 0 || found.data.first.values.length === 0) return <p className="dim">Too few finished jobs of this type say what these were.</p>;
  return <Cells found={found.data} take={take} />;
}

function Cells({ found: { first, second, cells }, take }: { found: Found; take: PairGridProps["take"] }) {
  const costs = cells.flat().map(({ cost }) => major(cost));
  const [least, most] = [Math.min(...costs), Math.max(...costs)];
  const depth = (cost: number) => (most > least ? Math.round(4 + 36 * ((cost - least) / (most - least))) : 4);
  const hatched = cells.flat().some(({ jobs }) => jobs === 0);
  return (
    <>
      <div className="scroll-x">
        <table className="pair-grid" data-testid="pair-grid">
          <thead>
            <tr>
              <th />
              {first.values.map(({ label }, at) => <th key={label} className={at === first.now ? "num strong" : "num"}>{label}</th>)}
            </tr>
          </thead>
          <tbody>
            {cells.map((row, down) => {
              const across = second.values[down];
              return (
                <tr key={across?.label}>
                  <th className={down === second.now ? "strong" : ""}>{across?.label}</th>
                  {row.map(({ cost, jobs }, at) => {
                    const value = first.values[at];
                    const now = at === first.now && down === second.now;
                    const look = `cell${jobs === 0 ? " unseen" : ""}${now ? " now" : ""}`;
                    const near = jobs === 0 ? "no finished job of this type is near" : `${counted(jobs, "finished job")} near`;
                    return (
                      <td key={value?.label}>
                        <button
                          type="button"
                          className={look}
                          style={{ "--depth": `${depth(major(cost))}%` } as React.CSSProperties}
                          title={`${first.label} ${value?.label}, ${second.label} ${across?.label}: ${whole(cost)}; ${near}`}
                          disabled={now}
                          onClick={() => value && across && take({ [first.driver]: value.value, [second.driver]: across.value })}
                        >
                          {whole(cost)}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="dim small">
        Framed: this job.{hatched && " Hatched: no finished job of this type is near, the model goes by others."}
      </p>
    </>
  );
}
