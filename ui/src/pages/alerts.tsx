import "../components/alerts/alerts.css";

import { Button, SegmentedControl } from "@mantine/core";
import { IconBell, IconCircleCheck, IconPlus, IconRefresh } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";

import { useCommand } from "../api/commands";
import { useAlertRules, useAlerts, useSeriesList, useSuggestedRules } from "../api/queries";
import type { Alert, AlertRule, WatchedRule } from "../api/types";
import { Channels } from "../components/alerts/channels";
import { Fired } from "../components/alerts/fired";
import { newRule, RuleForm } from "../components/alerts/rule-form";
import { Rules, Suggestions } from "../components/alerts/rules";
import { Card } from "../components/shared/card";
import { done, failed } from "../components/shared/notify";
import { Empty, Shown } from "../components/shared/states";
import { Page } from "../components/shell/page";
import { counted } from "../lib/numbers";

const route = getRouteApi("/alerts");

export function Alerts() {
  const { id } = route.useSearch();
  const [all, setAll] = useState(false);
  const [edited, setEdited] = useState<AlertRule | null>(null);
  const alerts = useAlerts(all);
  const rules = useAlertRules();
  const series = useSeriesList().data ?? [];
  const check = useCommand("check_alerts", ["alerts", "summary"]);
  const ask = () =>
    check.mutate(
      {},
      {
        onSuccess: ({ rules, fired, failed: broken }) => done([`${counted(rules, "rule")} asked, ${fired.length} fired.`, ...broken].join(" "), "Asked"),
        onError: failed,
      },
    );
  return (
    <Page
      title="Alerts"
      crumb={rules.data && rules.data.length > 0 && `${counted(rules.data.filter(({ enabled }) => enabled).length, "rule")} watching`}
      actions={
        <>
          <SegmentedControl aria-label="Which alerts" value={all ? "all" : "now"} onChange={(next) => setAll(next === "all")} data={[{ value: "now", label: "Now" }, { value: "all", label: "All that fired" }]} />
          <Button leftSection={<IconRefresh size={14} aria-hidden />} loading={check.isPending} disabled={!rules.data?.length} onClick={ask}>
            Ask now
          </Button>
          <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEdited(newRule(series[0]?.name ?? ""))}>
            New rule
          </Button>
        </>
      }
    >
      <Shown query={rules} height={360}>
        {(known) => (
          <div className="alerts">
            <div className="stack">
              <Shown query={alerts} height={240}>
                {(fired) => <List alerts={fired} all={all} watched={known.length > 0} shown={id ?? null} />}
              </Shown>
              {known.length > 0 && <Channels />}
            </div>
            <Watched rules={known} edit={setEdited} />
          </div>
        )}
      </Shown>
      <RuleForm rule={edited} close={() => setEdited(null)} />
    </Page>
  );
}

function List({ alerts, all, watched, shown }: { alerts: Alert[]; all: boolean; watched: boolean; shown: number | null }) {
  return (
    <Card title={all ? "All that fired" : "Fired"} flush>
      {alerts.length === 0 ? (
        <Empty icon={watched ? IconCircleCheck : IconBell} title={watched ? "Nothing has fired" : "Nothing is watched yet"}>
          {watched ? "Rules are asked whenever something comes in, and once a day." : "Take one of the rules beside this, or write your own: on any series, on the cost model, on jobs and quotes."}
        </Empty>
      ) : (
        alerts.map((alert) => <Fired key={alert.id} alert={alert} shown={alert.id === shown} />)
      )}
    </Card>
  );
}

function Watched({ rules, edit }: { rules: WatchedRule[]; edit: (rule: AlertRule) => void }) {
  const suggested = useSuggestedRules(true).data ?? [];
  const left = suggested.filter(({ title }) => !rules.some((rule) => rule.title === title));
  return (
    <div className="stack">
      {rules.length > 0 && <Rules rules={rules} edit={edit} />}
      <Suggestions rules={left} edit={edit} />
    </div>
  );
}
