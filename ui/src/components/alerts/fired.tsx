import { Button, Menu, TextInput } from "@mantine/core";
import { IconBellOff, IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useAlert } from "../../api/queries";
import type { Alert, AlertStep } from "../../api/types";
import { ago, at, isAhead } from "../../lib/dates";
import { severity } from "../../lib/words";
import { failed } from "../shared/notify";
import { Dot, Tag } from "../shared/tag";

const states = {
  open: { label: "open", tone: "warn" },
  acknowledged: { label: "acknowledged", tone: "accent" },
  resolved: { label: "resolved", tone: "plain" },
} as const;

/** One alert: what holds, and what can be done about it. */
export function Fired({ alert, shown }: { alert: Alert; shown: boolean }) {
  const [opened, setOpened] = useState(shown);
  const [note, setNote] = useState("");
  const act = useCommand("act_on_alert", ["alerts", "summary"]);
  const step = (next: AlertStep) => act.mutate({ id: alert.id, step: next, note }, { onSuccess: () => setNote(""), onError: failed });
  const sleeps = isAhead(alert.snoozed_until);
  const { label, tone } = states[alert.state];
  return (
    <div className={alert.state === "resolved" ? "fired past" : "fired"} data-testid="alert">
      <Dot tone={severity[alert.severity].tone} label={severity[alert.severity].label} />
      <div>
        <div className="row wrap">
          <b>{alert.title}</b>
          <Tag tone={tone}>{label}</Tag>
          {sleeps && <Tag>sleeps until {at(alert.snoozed_until ?? "")}</Tag>}
          {alert.escalated_at && <Tag tone="bad">escalated</Tag>}
          <span className="grow" />
          <span className="dim small" title={at(alert.opened_at)}>
            {ago(alert.opened_at)}
          </span>
        </div>
        <div className="dim">{alert.message}</div>
        <div className="do">
          {alert.state === "open" && (
            <Button size="compact-xs" variant="filled" loading={act.isPending} onClick={() => step({ what: "acknowledge" })}>
              Acknowledge
            </Button>
          )}
          {alert.state !== "resolved" && (
            <>
              <Button size="compact-xs" onClick={() => step({ what: "resolve" })}>
                Resolve
              </Button>
              <Snooze snooze={(days) => step({ what: "snooze", days })} />
            </>
          )}
          {alert.state !== "open" && (
            <Button size="compact-xs" onClick={() => step({ what: "reopen" })}>
              Reopen
            </Button>
          )}
          <Button size="compact-xs" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)} leftSection={opened ? <IconChevronDown size={13} aria-hidden /> : <IconChevronRight size={13} aria-hidden />}>
            What happened
          </Button>
        </div>
        {opened && (
          <>
            <Happened id={alert.id} />
            {alert.state !== "resolved" && <TextInput size="xs" mt={6} aria-label="Note for the next step" placeholder="A note for what you do next" value={note} onChange={(event) => setNote(event.currentTarget.value)} />}
          </>
        )}
      </div>
    </div>
  );
}

function Snooze({ snooze }: { snooze: (days: number) => void }) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-xs" leftSection={<IconBellOff size={12} aria-hidden />}>
          Snooze
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {[
          { days: 1, label: "Until tomorrow" },
          { days: 7, label: "For a week" },
          { days: 30, label: "For a month" },
        ].map(({ days, label }) => (
          <Menu.Item key={days} onClick={() => snooze(days)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Happened({ id }: { id: number }) {
  const history = useAlert(id).data?.history ?? [];
  return (
    <ul className="happened">
      {history.map((event) => (
        <li key={`${event.at} ${event.what}`} className="dim small">
          {at(event.at)} · {event.who}: {event.what}
          {event.note !== "" && event.what !== "fired" ? `, ${event.note}` : ""}
        </li>
      ))}
    </ul>
  );
}
