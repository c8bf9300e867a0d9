/** Variants of a saved estimate: kept under a name, taken back into the form, chosen to stand side by side. */
import { ActionIcon, Button, Checkbox, TextInput, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import { useCommand } from "../../api/commands";
import { useScenarios } from "../../api/queries";
import type { Estimate, ListedScenario, Specification } from "../../api/types";
import { ago } from "../../lib/dates";
import { signed, whole } from "../../lib/money";
import { SendEstimate } from "../sending/send-estimate";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Shown } from "../shared/states";
import { Dot, Tag } from "../shared/tag";
import { Comparison } from "./comparison";
import { Forget, Rename } from "./scenario-dialogs";

/** Most that stand side by side; the estimate itself is one of them. */
const MOST = 4;
/** The estimate itself among the chosen ones. */
const ITSELF = 0;
const touched = ["estimates", "estimate"];

interface ScenariosProps {
  /** The saved estimate that is open; without one there is nothing to vary. */
  base: Estimate | null;
  specification: Specification;
  /** Which stand side by side, as the address has it; none while they do not. */
  compared: number[];
  compare: (chosen: number[]) => void;
  take: (specification: Specification) => void;
  save: () => void;
  saving: boolean;
}

export function Scenarios({ base, save, saving, ...rest }: ScenariosProps) {
  if (base) return <Kept base={base} {...rest} />;
  return (
    <Card title="Scenarios" right={<Button size="compact-xs" onClick={save} loading={saving}>Save the estimate</Button>}>
      <p className="dim">Save the estimate, then change its drivers, keep each variant under a name, and compare up to four side by side.</p>
    </Card>
  );
}

type KeptProps = Omit<ScenariosProps, "save" | "saving" | "base"> & { base: Estimate };

function Kept({ base, specification, compared, compare, take }: KeptProps) {
  const scenarios = useScenarios(base.id);
  const known = new Set([ITSELF, ...(scenarios.data ?? []).map(({ scenario }) => scenario.id)]);
  const [ticked, setTicked] = useState(compared.length > 0 ? compared : [ITSELF]);
  const chosen = ticked.filter((id) => known.has(id));
  const toggle = (id: number) => setTicked(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].sort((a, b) => a - b));
  const full = chosen.length >= MOST;
  return (
    <>
      <Card title="Scenarios" sub={`variants of “${base.title}”; tick two to four`} right={<><SendEstimate id={base.id} title={base.title} /><Button size="compact-xs" disabled={chosen.length < 2} onClick={() => compare(chosen)}>Compare</Button></>} flush>
        <Shown query={scenarios} height={80}>
          {(list) => (
            <table className="grid scenarios">
              <tbody>
                <tr>
                  <td><Checkbox size="xs" aria-label="Compare the estimate itself" checked={chosen.includes(ITSELF)} disabled={full && !chosen.includes(ITSELF)} onChange={() => toggle(ITSELF)} /></td>
                  <td><b>As estimated</b> <span className="dim">{ago(base.created_at)}</span></td>
                  <td className="num">{whole(base.cost)}</td>
                  <td />
                  <td className="num"><Back take={() => take(base.specification)} /></td>
                </tr>
                {list.map((one) => (
                  <Row key={one.scenario.id} one={one} base={base} chosen={chosen.includes(one.scenario.id)} full={full} toggle={() => toggle(one.scenario.id)} take={take} />
                ))}
              </tbody>
            </table>
          )}
        </Shown>
        <Keep base={base} specification={specification} kept={(id) => chosen.length < MOST && setTicked([...chosen, id])} />
      </Card>
      {compared.length >= 2 && <Comparison estimateId={base.id} scenarios={compared.filter((id) => id !== ITSELF)} estimate={compared.includes(ITSELF)} close={() => compare([])} />}
    </>
  );
}

interface RowProps {
  one: ListedScenario;
  base: Estimate;
  chosen: boolean;
  full: boolean;
  toggle: () => void;
  take: (specification: Specification) => void;
}

function Row({ one: { scenario, changes, unseen }, base, chosen, full, toggle, take }: RowProps) {
  const [renaming, setRenaming] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const minor = scenario.said.cost.minor - base.cost.minor;
  return (
    <tr>
      <td><Checkbox size="xs" aria-label={`Compare ${scenario.name}`} checked={chosen} disabled={full && !chosen} onChange={toggle} /></td>
      <td className="differs">
        <b title={`kept by ${scenario.who}, ${ago(scenario.at)}`}>{scenario.name}</b>
        <div className="dim small">{changes.join(", ")}</div>
        {unseen.map((words) => (
          <div key={words} className="odd small warn">
            <Dot tone="warn" label="Never seen" />
            {words}
          </div>
        ))}
      </td>
      <td className="num">{whole(scenario.said.cost)}</td>
      <td className="num"><Tag tone={minor > 0 ? "up" : "good"}>{signed({ ...base.cost, minor })}</Tag></td>
      <td className="num">
        <Back take={() => take(scenario.said.specification)} />
        <Tooltip label="Rename">
          <ActionIcon variant="subtle" size="sm" aria-label={`Rename ${scenario.name}`} onClick={() => setRenaming(true)}><IconPencil size={14} /></ActionIcon>
        </Tooltip>
        <Tooltip label="Delete">
          <ActionIcon variant="subtle" size="sm" aria-label={`Delete ${scenario.name}`} onClick={() => setForgetting(true)}><IconTrash size={14} /></ActionIcon>
        </Tooltip>
        {renaming && <Rename scenario={scenario} close={() => setRenaming(false)} />}
        {forgetting && <Forget scenario={scenario} close={() => setForgetting(false)} />}
      </td>
    </tr>
  );
}

function Back({ take }: { take: () => void }) {
  return (
    <Tooltip label="Take into the form">
      <ActionIcon variant="subtle" size="sm" aria-label="Take into the form" onClick={take}><IconArrowBackUp size={14} /></ActionIcon>
    </Tooltip>
  );
}

/** What stands in the form, as a variant. */
function Keep({ base, specification, kept }: { base: Estimate; specification: Specification; kept: (id: number) => void }) {
  const [name, setName] = useState("");
  const saving = useCommand("save_scenario", touched);
  const same = sameDrivers(base.specification, specification);
  const keep = () =>
    saving.mutate({ estimate_id: base.id, name, specification }, {
      onSuccess: ({ scenario }) => {
        setName("");
        kept(scenario.id);
        done("It stands beside the estimate.", `“${scenario.name}” kept`);
      },
      onError: failed,
    });
  return (
    <form
      className="row keep"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <TextInput size="xs" className="grow" aria-label="Name of the variant" placeholder={same ? "Change a driver to make a variant" : "Name what stands in the form, such as “lower base”"} value={name} disabled={same} onChange={(event) => setName(event.currentTarget.value)} />
      <Button type="submit" size="xs" disabled={same || name.trim() === ""} loading={saving.isPending}>
        Keep this variant
      </Button>
    </form>
  );
}

function sameDrivers(a: Specification, b: Specification): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => a[name] === b[name]);
}
