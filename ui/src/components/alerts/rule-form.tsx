import { Button, Modal, NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useSeriesList } from "../../api/queries";
import type { AlertRule, AlertTest, AnomalySeverity, Condition } from "../../api/types";
import { blank } from "../../lib/alert-words";
import { onDay } from "../../lib/dates";
import { severity } from "../../lib/words";
import { ConditionForm } from "./condition";

interface RuleFormProps {
  /** The rule that is changed, or one to begin with. */
  rule: AlertRule | null;
  close: () => void;
}

/** A rule, tried on the past before it is kept. */
export function RuleForm({ rule, close }: RuleFormProps) {
  return (
    <Modal opened={rule !== null} onClose={close} size="xl" title={<b>{rule && rule.id > 0 ? "Change the rule" : "A new rule"}</b>}>
      {rule && <Fields key={`${rule.id} ${rule.title}`} rule={rule} close={close} />}
    </Modal>
  );
}

export function newRule(series: string): AlertRule {
  return { id: 0, title: "", severity: "medium", any: false, conditions: [blank(series === "" ? "overruns" : "series", series)], enabled: true, escalate_after: null };
}

function Fields({ rule, close }: { rule: AlertRule; close: () => void }) {
  const [edited, setEdited] = useState(rule);
  const series = useSeriesList().data ?? [];
  const test = useCommand("test_alert_rule");
  const saving = useCommand("save_alert_rule", ["alerts"]);
  const change = (next: Partial<AlertRule>) => {
    setEdited((before) => ({ ...before, ...next }));
    test.reset();
  };
  const put = (at: number, next: Condition) => change({ conditions: edited.conditions.map((one, place) => (place === at ? next : one)) });
  const tried = { ...edited, title: edited.title.trim() === "" ? "new rule" : edited.title };
  const error = saving.error ?? test.error;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(edited, { onSuccess: close });
      }}
    >
      <div className="rule-head">
        <TextInput label="Title" required data-autofocus value={edited.title} onChange={(event) => change({ title: event.currentTarget.value })} placeholder="Margin below 30 %" />
          <Select label="Severity" allowDeselect={false} value={edited.severity} onChange={(next) => next && change({ severity: next as AnomalySeverity })} data={(["low", "medium", "high"] as const).map((one) => ({ value: one, label: severity[one].label }))} />
          <NumberInput label="Escalates after" placeholder="never" value={edited.escalate_after ?? ""} min={1} max={365} hideControls rightSection={<span className="dim">days</span>} rightSectionWidth={44} onChange={(next) => change({ escalate_after: typeof next === "number" ? next : null })} />
      </div>
      {edited.conditions.length > 1 && (
        <SegmentedControl aria-label="Which must hold" value={edited.any ? "any" : "all"} onChange={(next) => change({ any: next === "any" })} data={[{ value: "all", label: "All of these" }, { value: "any", label: "Any of these" }]} />
      )}
      {edited.conditions.map((condition, at) => (
        <ConditionForm key={`${at} ${condition.of}`} condition={condition} series={series} change={(next) => put(at, next)} remove={edited.conditions.length > 1 ? () => change({ conditions: edited.conditions.filter((_, place) => place !== at) }) : null} />
      ))}
      <div className="row">
        <Button variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} disabled={edited.conditions.length >= 8} onClick={() => change({ conditions: [...edited.conditions, blank("overruns", "")] })}>
          Another condition
        </Button>
        <span className="grow" />
        <Button loading={test.isPending} onClick={() => test.mutate(tried)}>
          Try it on the past
        </Button>
      </div>
      {test.data && <Tried tried={test.data} />}
      {error && (
        <p className="up" role="alert">
          {error.message}. {error.hint ?? ""}
        </p>
      )}
      <div className="row">
        <span className="grow" />
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="filled" loading={saving.isPending} disabled={edited.title.trim() === ""}>
          Save
        </Button>
      </div>
    </form>
  );
}

function Tried({ tried }: { tried: AlertTest }) {
  return (
    <div className="note" data-testid="alert-test">
      <b>It {tried.summary}.</b> {tried.now ? `It holds now: ${tried.now}` : "It does not hold now."}
      {tried.fired.length > 0 && (
        <ul className="would">
          {tried.fired.map(({ on, message }) => (
            <li key={on} className="small">
              <b>{onDay(on)}</b> {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
