import "../components/models/models.css";

import { Button } from "@mantine/core";
import { IconCube } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";

import { useCommand } from "../api/commands";
import { useBiases, useModels, useStarter, useSummary, useTasks, useWatching } from "../api/queries";
import type { Model } from "../api/types";
import { BiasesCard } from "../components/models/biases";
import { InWords } from "../components/models/in-words";
import { CoverageCard, Groups, ImportanceCard, LearningCard, Scores, withSymbol } from "../components/models/measured";
import { PricesCard } from "../components/models/prices";
import { About, PrintCard, Promote, Registry } from "../components/models/registry";
import { StandsIn, Starter } from "../components/models/starter";
import { Verdict } from "../components/models/verdict";
import { WatchingCard } from "../components/models/watching";
import { Card } from "../components/shared/card";
import { failed } from "../components/shared/notify";
import { Start } from "../components/shared/start";
import { Empty, Shown } from "../components/shared/states";
import { useSignTypes } from "../components/shared/type-label";
import { Page } from "../components/shell/page";
import { TaskProgress } from "../components/shell/tasks";
import { ago } from "../lib/dates";

const route = getRouteApi("/models");

export function Models() {
  const { id } = route.useSearch();
  const navigate = route.useNavigate();
  const models = useModels();
  const list = models.data ?? [];
  const model = list.find((one) => one.id === id) ?? list.find(({ standing }) => standing === "champion") ?? list[0];
  return (
    <Page title="Models" crumb={model && `model ${model.id}, trained ${ago(model.card.created_at)}`} actions={<Train promoting={model && <><PrintCard model={model} /><Promote model={model} /></>} />}>
      <div className="stack">
        <Training />
        <Shown query={models} height={420}>
          {() => (model ? <Open model={model} models={list} choose={(chosen) => void navigate({ search: { id: chosen } })} /> : <Nothing />)}
        </Shown>
      </div>
    </Page>
  );
}

function useTraining() {
  return (useTasks().data ?? []).filter((task) => task.state === "running" && task.title.toLowerCase().includes("train"));
}

function Train({ promoting }: { promoting?: React.ReactNode }) {
  const train = useCommand("start_training", ["tasks"]);
  const running = useTraining().length > 0;
  const unlearnable = useSummary().data?.completed_jobs === 0;
  return (
    <>
      {promoting}
      <Button variant="filled" loading={train.isPending} disabled={running || unlearnable} title={unlearnable ? "There are no finished jobs to learn from" : undefined} onClick={() => train.mutate({ budget: null }, { onError: failed })}>
        {running ? "Training…" : "Train a new model"}
      </Button>
    </>
  );
}

function Training() {
  const running = useTraining();
  if (running.length === 0) return null;
  return (
    <Card title="Training">
      {running.map((task) => (
        <TaskProgress key={task.id} task={task} />
      ))}
    </Card>
  );
}

function Open({ model, models, choose }: { model: Model; models: Model[]; choose: (id: number) => void }) {
  const { card } = model;
  const { typeLabel } = useSignTypes();
  const currency = useSummary().data?.currency ?? "USD";
  const starter = useStarter().data;
  return (
    <div className="models">
      <div className="stack">
        <Verdict card={card} />
        {model.standing === "champion" && <SinceTrained />}
        <Scores scores={card.scores} currency={currency} />
        <ImportanceCard importance={card.importance} />
        {model.standing === "champion" && <InWords />}
        <Groups title="By sign type" name="Type" groups={card.by_type} label={typeLabel} />
        <Groups title="By size" name="Estimated cost" groups={card.by_size} label={(size) => withSymbol(size, currency)} />
        <Groups title="By estimator" name="Estimator" groups={card.by_estimator} label={(name) => name} />
        <BiasesCard biases={useBiases().data ?? []} label={typeLabel} />
      </div>
      <div className="stack">
        <Registry models={models} chosen={model.id} choose={choose} />
        {starter?.in_use && <StandsIn starter={starter} />}
        <CoverageCard coverage={card.coverage} atMost={card.at_most} />
        <LearningCard curve={card.learning_curve} />
        <PricesCard />
        <About model={model} />
      </div>
    </div>
  );
}

function SinceTrained() {
  const watching = useWatching();
  const busy = (useTasks().data ?? []).some((task) => task.state === "running" && task.title.startsWith("Watching the model"));
  return (
    <Shown query={watching} height={220}>
      {(found) => <WatchingCard watching={found} busy={busy} />}
    </Shown>
  );
}

function Nothing() {
  const starter = useStarter().data;
  const { typeLabel } = useSignTypes();
  if (starter?.in_use) return <Starter starter={starter} label={typeLabel} />;
  return <NoModel />;
}

function NoModel() {
  if (useSummary().data?.completed_jobs === 0) {
    return (
      <Start icon={IconCube} title="No model yet">
        A model learns what your jobs cost from the jobs that are finished. Import your work orders and quotes first; some 50 finished jobs are a start.
      </Start>
    );
  }
  return (
    <Card>
      <Empty icon={IconCube} title="No model yet">
        A model learns what your jobs cost from the jobs that are finished (some 50 of them are a start). Choose “Train a new model”: it is
        measured on the newest jobs beside simple rules, and used only where it is better.
      </Empty>
    </Card>
  );
}
