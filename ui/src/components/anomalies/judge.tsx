import { Button, Popover, TextInput, Tooltip } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import type { AnomalyStanding } from "../../api/types";
import { share } from "../../lib/numbers";
import { failed } from "../shared/notify";
import { Tag } from "../shared/tag";

/** Confirm or dismiss a finding; what was said of it, and how to take that back. */
export function Judge({ standing }: { standing: AnomalyStanding | null }) {
  const judge = useCommand("judge_anomaly", ["anomalies", "summary"]);
  if (!standing) return null;
  const say = (verdict: "confirmed" | "dismissed" | null, reason = "") => judge.mutate({ key: standing.key, verdict, reason }, { onError: failed });
  if (standing.verdict) {
    const confirmed = standing.verdict === "confirmed";
    return (
      <span className="judged">
        <Tooltip label={standing.said} disabled={!standing.said}>
          <span>
            <Tag tone={confirmed ? "bad" : "plain"}>{confirmed ? "confirmed" : "as it should be"}</Tag>
          </span>
        </Tooltip>
        <button type="button" className="plain-link" onClick={() => say(null)}>
          Take back
        </button>
      </span>
    );
  }
  return (
    <span className="judged">
      <Tooltip label="Something really was wrong or unusual">
        <Button size="compact-xs" leftSection={<IconCheck size={12} aria-hidden />} loading={judge.isPending} onClick={() => say("confirmed")}>
          Right
        </Button>
      </Tooltip>
      <Dismiss dismiss={(reason) => say("dismissed", reason)} />
      <span className="dim small" title="From how many detectors agree, and what was said of others like it">
        {standing.set_aside ?? `${share(standing.confidence)} sure`}
      </span>
    </span>
  );
}

function Dismiss({ dismiss }: { dismiss: (reason: string) => void }) {
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState("");
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus withinPortal width={280}>
      <Popover.Target>
        <Button size="compact-xs" leftSection={<IconX size={12} aria-hidden />} onClick={() => setOpened(true)}>
          Dismiss
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className="stack tight"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() === "") return;
            setOpened(false);
            dismiss(reason);
          }}
        >
          <TextInput label="Why is it as it should be?" data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} placeholder="a one-off, known since May" />
          <Button type="submit" variant="filled" size="xs" disabled={reason.trim() === ""}>
            Dismiss, and do not bring it back
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
