/** The cost built up part by part from an assembly, beside what finished jobs say, and which of the two is gone by. */
import { Button, Select, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { useAssemblies, useAssembly } from "../../api/queries";
import type { AssemblyChoice, AssemblyProof, BottomUp, CostDecision, DriverInfo, DriverValue, Estimate, Specification } from "../../api/types";
import { at, yearBefore } from "../../lib/dates";
import type { Deciding } from "../../lib/decided";
import { asked } from "../../lib/form";
import { whole } from "../../lib/money";
import { counted, fixed } from "../../lib/numbers";
import { capitalized } from "../../lib/words";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";
import { Beside } from "./beside";
import { BuildUpInputs } from "./build-up-inputs";
import { BuildUpLines } from "./build-up-lines";
import { DecideCost } from "./decide-cost";
import { Forgotten } from "./forgotten";

interface BottomUpCardProps {
  estimate: Estimate;
  specification: Specification;
  choice: AssemblyChoice;
  choose: (choice: AssemblyChoice) => void;
  deciding: Deciding;
  decide: (deciding: Deciding) => void;
  /** What was decided when the estimate that is open was saved. */
  before: CostDecision | null;
  /** What the specification can say is said there. */
  set: (name: string, value: DriverValue | undefined) => void;
  drivers: DriverInfo[];
}

export function BottomUpCard({ estimate, specification, choice, choose, deciding, decide, before, set, drivers }: BottomUpCardProps) {
  const bottomUp = estimate.bottom_up;
  const [open, setOpen] = useState(false);
  return (
    <Card
      title="Part by part"
      sub={bottomUp ? `version ${bottomUp.version}` : "no assembly serves this job"}
      right={<Chooser specification={specification} shown={bottomUp?.assembly ?? null} chosen={choice.id !== null} choose={choose} />}
    >
      {bottomUp && (
        <div className="stack">
          <Head bottomUp={bottomUp} estimate={estimate} />
          {bottomUp.beside && <Beside beside={bottomUp.beside} />}
          <Needed bottomUp={bottomUp} choice={choice} choose={choose} specification={specification} set={set} drivers={drivers} />
          {bottomUp.built && <Forgotten lines={bottomUp.forgotten} compared={bottomUp.compared_jobs} />}
          {bottomUp.built && (
            <>
              <div className="row">
                <Button size="compact-sm" variant="subtle" onClick={() => setOpen(!open)} aria-expanded={open}>
                  {open ? "Hide the lines" : `Show ${counted(bottomUp.built.lines.length, "line")}`}
                </Button>
              </div>
              {open && <BuildUpLines built={bottomUp.built} specification={specification} choice={{ ...choice, id: bottomUp.assembly }} />}
            </>
          )}
          <DecideCost estimate={estimate} deciding={deciding} decide={decide} />
          {before && (
            <p className="dim small">
              Kept as saved, {at(before.at)}, by {before.who}: <b className="num">{whole(before.cost)}</b>
              {before.why !== "" && `, ${before.why}`}
            </p>
          )}
        </div>
      )}
    </Card>
  );
}

/** What it comes to, how far finished jobs bear it out, and what stands against believing it. */
function Head({ bottomUp, estimate }: { bottomUp: BottomUp; estimate: Estimate }) {
  const { built, proof } = bottomUp;
  if (!built) {
    return (
      <div className="note" role="alert">
        {bottomUp.problems.slice(0, 4).map((problem) => (
          <div key={`${problem.place} ${problem.message}`}>
            {capitalized(problem.message)} <span className="dim">({problem.place})</span>
          </div>
        ))}
      </div>
    );
  }
  const unconfirmed = built.warnings.some(({ kind }) => kind === "placeholder" || kind === "unconfirmed_assembly");
  return (
    <div>
      <div className="answer-top">
        <div>
          <div className="dim">Built-up cost</div>
          <div className="built-total num" data-testid="built-up">{whole(built.total)}</div>
        </div>
        <div className="answer-tags">
          {estimate.basis !== "assembly" && unconfirmed && (
            <Link to="/costs" search={{ view: "prices" }}>
              <Tag tone="warn">not your prices yet</Tag>
            </Link>
          )}
          {proof ? <Proof proof={proof} /> : <Tag>not checked against finished jobs</Tag>}
        </div>
        <span className="grow" />
        <span className="dim num" style={{ paddingBottom: 2 }}>{counted(Math.round(Number(built.hours)), "hour")}</span>
      </div>
      <Warnings bottomUp={bottomUp} />
    </div>
  );
}

function Proof({ proof }: { proof: AssemblyProof }) {
  const { median, low, high, jobs, left_out } = proof;
  const words = `Of ${counted(jobs, "finished job")} of the last 24 months the middle one cost ${fixed(median, 2)} times what this assembly says at today's prices, one in ten less than ${fixed(low, 2)} times, one in ten more than ${fixed(high, 2)} times.${left_out > 0 ? ` ${counted(left_out, "more job")} said too little to be built up.` : ""}`;
  const close = median > 0.9 && median < 1.1;
  return (
    <Tooltip label={words} multiline w={320}>
      <span>
        <Tag tone={close ? "good" : "warn"}>{counted(jobs, "past job")}: actual {fixed(median, 2)} × built up</Tag>
      </span>
    </Tooltip>
  );
}

function Warnings({ bottomUp }: { bottomUp: BottomUp }) {
  const warnings = bottomUp.built?.warnings ?? [];
  const told = warnings.find(({ kind }) => kind === "old_price");
  const since = bottomUp.built ? yearBefore(bottomUp.built.on) : "";
  const old = new Set((bottomUp.built?.lines ?? []).filter(({ priced_on }) => priced_on < since).map(({ item }) => item)).size;
  const joint = warnings.find(({ kind }) => kind === "joint");
  return (
    <>
      {told && (
        <p className="small warn-ink" title={told.about}>
          {counted(old, "price is", "prices are")} more than twelve months old
        </p>
      )}
      {joint && <p className="small warn-ink">{capitalized(joint.message)}</p>}
    </>
  );
}

/** What the assembly asks beyond the specification. */
function Needed({ bottomUp, choice, choose, specification, set, drivers }: { bottomUp: BottomUp; specification: Specification } & Pick<BottomUpCardProps, "choice" | "choose" | "set" | "drivers">) {
  const all = useAssembly(bottomUp.assembly, null).data?.inputs;
  // What the form at the left asks for is said there, so that both estimates are of one job.
  const inForm = new Set(asked(drivers, specification).map(({ name }) => name));
  const inputs = (all ?? []).filter(({ input }) => input.driver === null || !inForm.has(input.driver));
  const foreign = all !== undefined && Object.keys(choice.given).some((name) => !all.some(({ input }) => input.name === name));
  useEffect(() => {
    // Another assembly serves now: it asks for other things.
    if (foreign) choose({ ...choice, given: {} });
  }, [foreign, choice, choose]);
  const give = (name: string, value: AssemblyChoice["given"][string] | undefined) => {
    const driver = inputs.find(({ input }) => input.name === name)?.input.driver;
    if (driver && drivers.some((one) => one.name === driver)) return set(driver, value);
    const { [name]: _, ...rest } = choice.given;
    choose({ id: choice.id, given: value === undefined ? rest : { ...rest, [name]: value } });
  };
  return <BuildUpInputs inputs={inputs} known={bottomUp.built?.inputs ?? null} problems={bottomUp.problems} given={choice.given} give={give} />;
}

function Chooser({ specification, shown, chosen, choose }: { specification: Specification; shown: string | null; chosen: boolean; choose: (choice: AssemblyChoice) => void }) {
  const all = useAssemblies().data ?? [];
  const usable = all.filter((one) => !one.block && !one.put_away && one.problems.length === 0);
  const ofType = usable.filter((one) => one.sign_types.includes(String(specification.sign_type)));
  const others = usable.filter((one) => !ofType.includes(one));
  const item = ({ id, name, own }: (typeof usable)[number]) => ({ value: id, label: own ? `${name}, yours` : name });
  return (
    <Select
      aria-label="Assembly"
      size="xs"
      w={190}
      searchable
      placeholder="Choose an assembly"
      value={shown}
      clearable={chosen}
      clearButtonProps={{ "aria-label": "Whichever serves" }}
      onChange={(id) => choose({ id, given: {} })}
      data={[
        ...(ofType.length > 0 ? [{ group: "For this type", items: ofType.map(item) }] : []),
        ...(others.length > 0 ? [{ group: "Others", items: others.map(item) }] : []),
      ]}
    />
  );
}
