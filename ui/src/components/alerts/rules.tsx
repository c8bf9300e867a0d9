import { ActionIcon, Button, Switch, Tooltip } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";

import { useCommand } from "../../api/commands";
import { useSeriesList } from "../../api/queries";
import type { AlertRule, WatchedRule } from "../../api/types";
import { inWords } from "../../lib/alert-words";
import { named, severity } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Dot } from "../shared/tag";

/** What is watched. */
export function Rules({ rules, edit }: { rules: WatchedRule[]; edit: (rule: AlertRule) => void }) {
  const saving = useCommand("save_alert_rule", ["alerts"]);
  const removing = useCommand("remove_alert_rule", ["alerts", "summary"]);
  const words = useRuleWords();
  return (
    <Card title="Rules" sub="asked whenever something comes in, and once a day" flush>
      {rules.map((rule) => (
        <div key={rule.id} className="watching" data-testid="alert-rule">
          <Dot tone={severity[rule.severity].tone} label={severity[rule.severity].label} />
          <div className="grow" style={{ minWidth: 0 }}>
            <b>{rule.title}</b>
            <div className="dim small">{words(rule)}</div>
            {rule.enabled && rule.trouble && <div className="note">It could not be asked: {rule.trouble}.</div>}
          </div>
          <Switch aria-label={`${rule.title}: watched`} checked={rule.enabled} onChange={(event) => saving.mutate({ ...bare(rule), enabled: event.currentTarget.checked }, { onError: failed })} />
          <Tooltip label="Change">
            <ActionIcon variant="subtle" aria-label={`Change ${rule.title}`} onClick={() => edit(bare(rule))}>
              <IconPencil size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Remove; what it has fired stays">
            <ActionIcon variant="subtle" aria-label={`Remove ${rule.title}`} onClick={() => removing.mutate({ id: rule.id }, { onSuccess: () => done(rule.title, "Removed"), onError: failed })}>
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
    </Card>
  );
}

/** The rule without how asking it went. */
function bare({ asked_at: _at, trouble: _trouble, ...rule }: WatchedRule): AlertRule {
  return rule;
}

/** Rules to begin with; none is kept before somebody says so. */
export function Suggestions({ rules, edit }: { rules: AlertRule[]; edit: (rule: AlertRule) => void }) {
  const saving = useCommand("save_alert_rule", ["alerts"]);
  const words = useRuleWords();
  if (rules.length === 0) return null;
  return (
    <Card title="To begin with" sub="nothing is watched before you say so" flush>
      {rules.map((rule) => (
        <div key={rule.title} className="watching">
          <div className="grow" style={{ minWidth: 0 }}>
            <b>{rule.title}</b>
            <div className="dim small">{words(rule)}</div>
          </div>
          <Button size="compact-sm" variant="subtle" onClick={() => edit(rule)}>
            Change
          </Button>
          <Button size="compact-sm" loading={saving.isPending && saving.variables.title === rule.title} onClick={() => saving.mutate(rule, { onError: failed })}>
            Watch
          </Button>
        </div>
      ))}
    </Card>
  );
}

/** Conditions that are told one by one. */
const SHOWN = 2;

function useRuleWords(): (rule: AlertRule) => string {
  const list = useSeriesList().data;
  const label = (name: string) => named(list?.find((one) => one.name === name)?.label ?? name);
  return ({ conditions, any, escalate_after }) => {
    const shown = conditions.slice(0, conditions.length > SHOWN + 1 ? SHOWN : conditions.length).map((condition) => inWords(condition, label));
    const more = conditions.length > shown.length ? [`${conditions.length - shown.length} more`] : [];
    return named([...shown, ...more].join(any ? "; or " : "; and ")) + (escalate_after ? `. Escalates after ${escalate_after} days.` : ".");
  };
}
