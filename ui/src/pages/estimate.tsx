import "../components/estimate/estimate.css";

import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconRulerMeasure } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";

import { useCommand } from "../api/commands";
import { anyAssembly, useDrivers, useEstimate, useLiveEstimate, useModels, useSettings, useStarter, useSummary } from "../api/queries";
import type { AssemblyChoice, DriverInfo, DriverValue, Estimate as Answered, Model, Specification } from "../api/types";
import { Answer } from "../components/estimate/answer";
import { Warnings, WindAndFooting } from "../components/estimate/aside";
import { BottomUpCard } from "../components/estimate/bottom-up";
import { Dependence } from "../components/estimate/dependence";
import { MakeQuote } from "../components/estimate/make-quote";
import { OpenEstimate } from "../components/estimate/open-estimate";
import { OwnEstimate } from "../components/estimate/own-estimate";
import { PairGrid } from "../components/estimate/pair-grid";
import { Price } from "../components/estimate/price";
import { Scenarios } from "../components/estimate/scenarios";
import { SimilarJobs } from "../components/estimate/similar-jobs";
import { SpecForm } from "../components/estimate/spec-form";
import { Waterfall } from "../components/estimate/waterfall";
import { Ways } from "../components/estimate/ways";
import { WhatIf } from "../components/estimate/what-if";
import { Card } from "../components/shared/card";
import { done, failed } from "../components/shared/notify";
import { useSessionState } from "../components/shared/session";
import { Start } from "../components/shared/start";
import { Empty, Loading, Problem, Shown } from "../components/shared/states";
import { useSignTypes } from "../components/shared/type-label";
import { Winning } from "../components/shared/winning";
import { Page } from "../components/shell/page";
import { today } from "../lib/dates";
import { decidedCost, decision, undecided, unsettled, type Deciding } from "../lib/decided";
import { toPercent } from "../lib/decimal";
import { ready, sent, starters } from "../lib/form";
import { markupFor, priceAt } from "../lib/markup";
import { major } from "../lib/money";

const route = getRouteApi("/estimate");
const nothing: Specification = {};
/** What the starter says is not looked into driver by driver: that takes finished jobs. */
const nothingKnown: ReadonlySet<string> = new Set();

export function Estimate() {
  const drivers = useDrivers();
  return drivers.data ? <Estimating drivers={drivers.data} /> : <Page title="Estimate"><Shown query={drivers} height={400}>{() => null}</Shown></Page>;
}

/** The specification being worked on: kept for this tab, replaced when a stored estimate is opened. */
function useDraft() {
  const { id } = route.useSearch();
  const stored = useEstimate(id ?? null).data;
  const [specification, setSpecification] = useSessionState<Specification>("estimate-specification", nothing);
  const [title, setTitle] = useSessionState("estimate-title", "");
  const [assembly, setAssembly] = useSessionState<AssemblyChoice>("estimate-assembly", anyAssembly);
  const [deciding, decide] = useSessionState<Deciding>("estimate-decision", undecided);
  useEffect(() => {
    if (!stored) return;
    setSpecification(stored.specification);
    setTitle(stored.title);
    setAssembly(stored.bottom_up ? { id: stored.bottom_up.assembly, given: stored.bottom_up.given } : anyAssembly);
    decide(decidedBefore(stored));
  }, [stored, setSpecification, setTitle, setAssembly, decide]);
  /** A figure of one's own is of one job: another job has none. */
  const unsettle = () => deciding.by === "own" && decide(undecided);
  const set = (name: string, value: DriverValue | undefined) => {
    unsettle();
    // Another kind of sign is built up from another assembly, and nobody has decided on its cost.
    if (name === "sign_type") {
      setAssembly(anyAssembly);
      decide(undecided);
    }
    setSpecification((before) => {
      const { [name]: _, ...rest } = before;
      const start = name === "sign_type" && typeof value === "string" ? starters(value) : {};
      return { ...start, ...rest, ...(value !== undefined && { [name]: value }) };
    });
  };
  const take = (next: Specification) => {
    unsettle();
    setSpecification(next);
  };
  const clear = () => {
    setSpecification(nothing);
    setTitle("");
    setAssembly(anyAssembly);
    decide(undecided);
  };
  return { stored: stored ?? null, specification, take, title, setTitle, set, assembly, setAssembly, deciding, decide, clear };
}

function decidedBefore({ decision: before }: Answered): Deciding {
  if (!before) return undecided;
  return { by: before.by, cost: before.by === "own" ? String(major(before.cost)) : "", why: before.why };
}

function Estimating({ drivers }: { drivers: DriverInfo[] }) {
  const draft = useDraft();
  const { specification, title, assembly, deciding } = draft;
  const { typeLabel } = useSignTypes();
  const [settled] = useDebouncedValue(specification, 250);
  const asked = useMemo(() => sent(drivers, settled), [drivers, settled]);
  const complete = ready(asked);
  const quotedOn = today();
  const live = useLiveEstimate(asked, quotedOn, complete, assembly);
  const models = useModels().data;
  const [typedMarkup, setMarkup] = useSessionState<string | null>("estimate-markup", null);
  const usual = useSettings().data?.default_markup;
  const markup = typedMarkup ?? (usual === undefined ? "" : toPercent(usual));
  const [quoting, setQuoting] = useState(false);
  const saving = useCommand("create_estimate", ["estimates"]);
  const navigate = route.useNavigate();
  const { compared } = route.useSearch();
  const type = typeof specification.sign_type === "string" ? typeLabel(specification.sign_type) : "";
  const name = title.trim() || describe(specification, type);
  const model = models?.find((one) => one.id === live.data?.model_id) ?? null;
  const unready = live.data ? unsettled(live.data, deciding) : null;
  const cost = live.data ? (decidedCost(live.data, deciding) ?? live.data.cost) : null;
  const save = () =>
    saving.mutate({ title: name, specification: asked, quoted_on: quotedOn, save: true, assembly, decide: live.data ? decision(live.data, deciding) : null }, {
      onSuccess: ({ id }) => {
        void navigate({ search: { id } });
        done("It is under Open, as it stands now.", `“${name}” saved`);
      },
      onError: failed,
    });
  const restart = () => {
    draft.clear();
    void navigate({ search: {} });
  };
  return (
    <Page
      title="Estimate"
      crumb={
        <TextInput
          aria-label="Title of the estimate"
          placeholder={type ? describe(specification, type) : "Untitled"}
          value={title}
          onChange={(event) => draft.setTitle(event.currentTarget.value)}
          variant="unstyled"
          w={240}
        />
      }
      actions={
        <>
          {specification !== nothing && Object.keys(specification).length > 0 && <Button onClick={restart}>New</Button>}
          <OpenEstimate />
          <Button onClick={save} disabled={!live.data || unready !== null} title={unready ?? undefined} loading={saving.isPending}>
            Save
          </Button>
          <Button variant="filled" disabled={!live.data || unready !== null} title={unready ?? undefined} onClick={() => setQuoting(true)}>
            Make quote
          </Button>
        </>
      }
    >
      <div className="estimate">
        <SpecForm drivers={drivers} specification={specification} typeName={type} set={draft.set} />
        {complete && live.data ? (
          <Result estimate={live.data} model={model} stale={live.isPlaceholderData} problem={live.error} drivers={drivers} specification={asked} quotedOn={quotedOn} set={draft.set} bottomUp={<BottomUpCard estimate={live.data} specification={asked} choice={assembly} choose={draft.setAssembly} deciding={deciding} decide={draft.decide} before={draft.stored?.decision ?? null} set={draft.set} drivers={drivers} />}>
            <Scenarios
              base={draft.stored}
              specification={asked}
              compared={(compared ?? "").split(",").filter(Boolean).map(Number)}
              compare={(chosen) => void navigate({ search: (before) => ({ ...(before.id && { id: before.id }), ...(chosen.length > 0 && { compared: chosen.join(",") }) }) })}
              take={draft.take}
              save={save}
              saving={saving.isPending}
            />
          </Result>
        ) : (
          <Waiting complete={complete} error={live.error} />
        )}
        {complete && live.data && (
          <div className="aside">
            <Warnings warnings={live.data.warnings} />
            <Price cost={cost ?? live.data.cost} markup={markup} setMarkup={setMarkup} />
            <Winning cost={cost ?? live.data.cost} price={priceAt(cost ?? live.data.cost, markup)} customer={null} specification={settled} take={(price) => setMarkup(markupFor(cost ?? live.data.cost, price))} />
            <WhatIf drivers={drivers} specification={settled} quotedOn={quotedOn} estimate={live.data} take={draft.take} />
            {live.data.basis !== "starter" && <Ways specification={asked} quotedOn={quotedOn} estimate={live.data} take={draft.take} />}
            <OwnEstimate estimate={live.data} />
            <WindAndFooting structure={live.data.structure} />
          </div>
        )}
      </div>
      <MakeQuote opened={quoting} close={() => setQuoting(false)} title={name} markup={markup} setMarkup={setMarkup} specification={asked} quotedOn={quotedOn} answer={live.data} assembly={assembly} deciding={deciding} />
    </Page>
  );
}

interface ResultProps {
  estimate: Answered;
  model: Model | null;
  stale: boolean;
  problem: unknown;
  drivers: DriverInfo[];
  specification: Specification;
  quotedOn: string;
  set: (name: string, value: DriverValue | undefined) => void;
  bottomUp: React.ReactNode;
  children: React.ReactNode;
}

function Result({ estimate, model, stale, problem, drivers, bottomUp, children, ...asked }: ResultProps) {
  const [driver, setDriver] = useState<string | null>(null);
  const known = useMemo(() => new Set(drivers.map(({ name }) => name).filter((name) => name !== "sign_type")), [drivers]);
  return (
    <div className="stack">
      {problem !== null && <Problem error={problem} />}
      <Answer estimate={estimate} model={model} stale={stale} />
      {bottomUp}
      <Waterfall estimate={estimate} open={estimate.basis === "starter" ? nothingKnown : known} pick={setDriver} />
      {driver !== null && estimate.basis !== "starter" && <Dependence driver={driver} estimate={estimate} {...asked} close={() => setDriver(null)} />}
      {estimate.basis === "model" && <PairGrid drivers={drivers} specification={asked.specification} quotedOn={asked.quotedOn} take={(changes) => Object.entries(changes).forEach(([name, value]) => asked.set(name, value))} />}
      {children}
      <SimilarJobs jobs={estimate.similar} />
    </div>
  );
}

function Waiting({ complete, error }: { complete: boolean; error: unknown }) {
  const empty = useSummary().data?.completed_jobs === 0;
  const starter = useStarter();
  if (empty && starter.data && !starter.data.in_use) return <NoJobs why={starter.data.reason} />;
  if (empty && starter.error) return <NoJobs why="" />;
  if (error) return <Problem error={error} />;
  if (complete) return <Loading height={180} />;
  if (empty && starter.data) return <FromStarter />;
  return (
    <Card>
      <Empty icon={IconRulerMeasure} title="What is being made, and how big?">
        Give the type and the size at the left: the cost appears here at once, with how sure it is, why it costs that, and what similar jobs really cost.
      </Empty>
    </Card>
  );
}

/** A shop that has nothing of its own yet is told by the starter model, and told so before it asks. */
function FromStarter() {
  return (
    <Card>
      <Start icon={IconRulerMeasure} title="No finished jobs yet: the starter model answers">
        Give the type and the size at the left. Until your own jobs tell, the answer comes from a model made from published hours and prices, with a wide range.
        Import finished jobs with their costs: five of a type already take its place.
      </Start>
    </Card>
  );
}

function NoJobs({ why }: { why: string }) {
  return (
    <Card>
      <Start icon={IconRulerMeasure} title="No finished jobs to estimate from">
        An estimate rests on what your own jobs really cost. Import finished jobs with their costs first; then give the type and the size at the left. {why}
      </Start>
    </Card>
  );
}

function describe(specification: Specification, type: string): string {
  const { width, height, letter_height, letter_count } = specification;
  if (width && height) return `${type} ${width} × ${height} ft`;
  if (letter_height && letter_count) return `${type} ${letter_count} × ${letter_height} in`;
  return type || "Estimate";
}
