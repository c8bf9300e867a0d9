import { Button, Menu, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useFindings, useRules } from "../../api/queries";
import type { Findings, RuleFile } from "../../api/types";
import { counted } from "../../lib/numbers";
import { warningLabel, warningTone } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Problem, Shown } from "../shared/states";
import { Dot, Tag } from "../shared/tag";

/** Findings that no single rule makes. */
const spoken: Record<string, string> = { peers: "unlike its peers", ranges: "driver outside its range", figures: "figures that cannot be" };

const CHANGED = ["rules", "jobs", "imports", "estimates"];

/** What looks like a slip in estimates and imported jobs: how often each rule finds something, and the file that says so. */
export function RulesCard() {
  const rules = useRules();
  const findings = useFindings();
  const [editing, setEditing] = useState(false);
  return (
    <Card title="Sanity rules" sub="asked of every estimate and imported job" right={rules.data?.own && <Tag tone="plain">your own</Tag>}>
      <div className="stack">
        {rules.data?.problem && <div className="note">Your own rules cannot be used any more, so the product's are in force: {rules.data.problem}</div>}
        <Shown query={findings} height={120}>
          {(found) => (
            <>
              {found.asking && <div className="note">Jobs are being asked. Until that is done, some of these are of other rules and some are not there yet.</div>}
              {found.stale && !found.asking && <Stale />}
              <Counts found={found} />
            </>
          )}
        </Shown>
        {editing && rules.data ? (
          <Editor file={rules.data} close={() => setEditing(false)} />
        ) : (
          <div className="row">
            <Button onClick={() => setEditing(true)} disabled={!rules.data}>
              Edit the rules
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

/** After an upgrade, or where asking was cancelled or failed: nothing begins again by itself. */
function Stale() {
  const asking = useCommand("start_asking_rules", CHANGED);
  return (
    <div className="note row">
      <span className="grow">Not every job was asked the rules in force.</span>
      <Button size="compact-sm" onClick={() => asking.mutate({}, { onError: failed })} loading={asking.isPending}>
        Ask every job
      </Button>
    </div>
  );
}

function Counts({ found }: { found: Findings }) {
  const navigate = useNavigate();
  if (found.rules.length === 0) return <p className="dim">No rule warns of anything among the jobs. What is only worth a look stands with each job.</p>;
  return (
    <>
      <table className="grid">
        <tbody>
          {found.rules.map((one) => (
            <tr key={`${one.rule} ${one.severity}`}>
              <td>
                <Dot tone={warningTone[one.severity]} label={warningLabel[one.severity]} /> {spoken[one.rule] ?? one.rule.replaceAll("-", " ")}
              </td>
              <td className="num">{counted(one.jobs, "job")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <span className="dim grow">What is only worth a look stands with each job.</span>
        <Button variant="subtle" onClick={() => void navigate({ to: "/jobs", search: { flagged: true } })}>
          Show these jobs
        </Button>
      </div>
    </>
  );
}

function Editor({ file, close }: { file: RuleFile; close: () => void }) {
  const [text, setText] = useState(file.text);
  const saving = useCommand("start_setting_rules", CHANGED);
  const resetting = useCommand("start_resetting_rules", CHANGED);
  const finish = (said: string) => () => {
    done("Every job is asked again.", said);
    close();
  };
  return (
    <div className="stack">
      <Textarea
        label="Rules, as TOML"
        description={'A rule is changed by its name; severity = "off" silences it. What is left out stays as the product has it.'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={14}
        maxRows={28}
        spellCheck={false}
        wrap="off"
        classNames={{ input: "code" }}
      />
      {saving.error && <Problem error={saving.error} />}
      <div className="row">
        {file.own && (
          <Menu position="top-start">
            <Menu.Target>
              <Button variant="subtle" loading={resetting.isPending}>
                Back to the product's own
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => resetting.mutate({}, { onSuccess: finish("The product's own rules are back"), onError: failed })}>Throw your own rules away and use the product's</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <span className="grow" />
        <Button onClick={close}>Cancel</Button>
        <Button variant="filled" onClick={() => saving.mutate({ text }, { onSuccess: finish("Rules saved") })} loading={saving.isPending} disabled={text === file.text}>
          Save
        </Button>
      </div>
    </div>
  );
}
