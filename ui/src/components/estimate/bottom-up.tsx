/** The cost built up part by part from an assembly, beside what finished jobs say, and which of the two is gone by. */
import { Button, Select, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { useAssemblies, useAssembly } from "../../api/queries";
import type { AssemblyChoice, AssemblyProof, BottomUp, Estimate, Specification } from "../../api/types";
import { yearBefore } from "../../lib/dates";
import type { Deciding } from "../../lib/decided";
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
}

export function BottomUpCard({ estimate, specification, choice, choose, deciding, decide }: BottomUpCardProps) {
  const bottomUp = estimate.bottom_up;
  const [open, setOpen] = useState(false);
  return (
    <Card
      title="Part by part"
      sub={bottomUp ? `version ${bottomUp.version}` : "no assembly serves this job"}
      right={<Chooser specification={specification} shown={bottomUp?.assembly ?? null} choose={choose} />}
    >
      {bottomUp && (
        <div className="stack">
          <Head bottomUp={bottomUp} estimate={estimate} />
          {bottomUp.beside && <Beside beside={bottomUp.beside} />}
          <Needed bottomUp={bottomUp} choice={choice} choose={choose} />
          <Forgotten lines={bottomUp.forgotten} />
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
        <Tag tone={close ? "good" : "warn"}>finished jobs cost {fixed(median, 2)} × this</Tag>
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
function Needed({ bottomUp, choice, choose }: { bottomUp: BottomUp; choice: AssemblyChoice; choose: (choice: AssemblyChoice) => void }) {
  const inputs = useAssembly(bottomUp.assembly, null).data?.inputs ?? [];
  const give = (name: string, value: AssemblyChoice["given"][string] | undefined) => {
    const { [name]: _, ...rest } = choice.given;
    choose({ id: bottomUp.assembly, given: value === undefined ? rest : { ...rest, [name]: value } });
  };
  return <BuildUpInputs inputs={inputs} known={bottomUp.built?.inputs ?? null} problems={bottomUp.problems} given={choice.given} give={give} />;
}

function Chooser({ specification, shown, choose }: { specification: Specification; shown: string | null; choose: (choice: AssemblyChoice) => void }) {
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
      onChange={(id) => choose({ id, given: {} })}
      data={[
        ...(ofType.length > 0 ? [{ group: "For this type", items: ofType.map(item) }] : []),
        ...(others.length > 0 ? [{ group: "Others", items: others.map(item) }] : []),
      ]}
    />
  );
}
