import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { Model } from "../../api/types";
import { ago, inMonth, onDay } from "../../lib/dates";
import { lastDay, learnedFrom, pricesOf } from "../../lib/learned";
import { percent } from "../../lib/numbers";
import { standing } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { print } from "../shared/print";
import { Tag } from "../shared/tag";
import { Audit } from "./rows";

const touched = ["models", "estimate"];

/** Every model that was trained, newest first, and which one estimates rest on. */
export function Registry({ models, chosen, choose }: { models: Model[]; chosen: number; choose: (id: number) => void }) {
  return (
    <Card title="Models" right={<Rollback possible={models.some(({ standing }) => standing === "retired")} />} flush>
      {models.map((model) => (
        <button key={model.id} type="button" className={model.id === chosen ? "model-row on" : "model-row"} aria-pressed={model.id === chosen} onClick={() => choose(model.id)}>
          <div className="row">
            <b>Model {model.id}</b>
            <Tag tone={standing[model.standing].tone}>{standing[model.standing].label}</Tag>
            <span className="grow" />
            <span className="num">{model.card.scores[0] && `±${percent(model.card.scores[0].median_error)}`}</span>
          </div>
          <div className="dim small">
            {learnedFrom(model.card)} · {ago(model.card.created_at)}
          </div>
        </button>
      ))}
    </Card>
  );
}

function Rollback({ possible }: { possible: boolean }) {
  const rollback = useCommand("rollback_model", touched);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  if (!possible) return null;
  const act = () => rollback.mutate({ reason }, { onSuccess: () => { setAsking(false); done("Estimates rest on the model before."); }, onError: failed });
  return (
    <>
      <Button size="compact-xs" onClick={() => setAsking(true)}>
        Roll back
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={<b>Go back to the model before?</b>}>
        <div className="stack">
          <p className="dim">New estimates will rest on the model that was in use before this one. Stored estimates stay as they are; you can promote this model again.</p>
          <TextInput label="Why" required placeholder="estimates came out too low" value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
          <div className="row">
            <span className="grow" />
            <Button onClick={() => setAsking(false)}>Keep this one</Button>
            <Button variant="filled" onClick={act} disabled={reason.trim() === ""} loading={rollback.isPending}>
              Roll back
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}

/** The card on paper. */
export function PrintCard({ model }: { model: Model }) {
  const writing = useCommand("write_model_pdf");
  return (
    <Button onClick={() => void print(`model-${model.id}-card.pdf`, (path) => writing.mutateAsync({ id: model.id, path }))} loading={writing.isPending}>
      Card as PDF
    </Button>
  );
}

/** Takes a model that is not in use into use, against or with the verdict, with a reason for the log. */
export function Promote({ model }: { model: Model }) {
  const promote = useCommand("promote_model", touched);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  if (model.standing === "champion") return null;
  const act = () => promote.mutate({ id: model.id, reason }, { onSuccess: () => { setAsking(false); done("New estimates rest on it.", `Model ${model.id} is in use`); }, onError: failed });
  return (
    <>
      <Button onClick={() => setAsking(true)}>Use this model</Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={<b>Use model {model.id}?</b>}>
        <div className="stack">
          <p className="dim">{model.card.verdict.reason}</p>
          <TextInput label="Why" required placeholder="fresh prices, new shop rates" value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
          <div className="row">
            <span className="grow" />
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button variant="filled" onClick={act} disabled={reason.trim() === ""} loading={promote.isPending}>
              Use it
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}

/** `Jun 2023 to Sep 2026`: the months of the jobs it has learned from. */
function monthsOf(card: Model["card"]): string {
  const [first, last] = [card.train_from ?? card.test_from, lastDay(card)];
  return first && last ? `${inMonth(first)} to ${inMonth(last)}` : "–";
}

/** What it is and what it should not be used for. */
export function About({ model }: { model: Model }) {
  const { card } = model;
  const facts: [string, string][] = [
    ["Predicts", card.target.replaceAll("_", " ")],
    ["Method", card.learner],
    ["Version", card.version],
    ["Trained", onDay(card.created_at)],
    ["Jobs from", monthsOf(card)],
    ["Prices", pricesOf(card.drivers) ?? "none"],
    ["Seed", String(card.seed)],
    ["Data", card.data_hash.slice(0, 12)],
  ];
  return (
    <Card title="About this model">
      <dl className="facts">
        {facts.map(([name, value]) => [<dt key={`${name} is`}>{name}</dt>, <dd key={name}>{value}</dd>])}
      </dl>
      <Audit model={model} />
      {card.limits.length > 0 && (
        <div className="note stack tight" style={{ marginTop: 10 }}>
          {card.limits.map((limit) => (
            <p key={limit}>{limit}</p>
          ))}
        </div>
      )}
    </Card>
  );
}
