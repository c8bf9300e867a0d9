import { Switch } from "@mantine/core";
import { useState } from "react";

import { useAssemblies, useAssembly } from "../../api/queries";
import type { AssemblyInfo } from "../../api/types";
import { Card } from "../shared/card";
import { Shown } from "../shared/states";
import { Tag } from "../shared/tag";
import { Assembly } from "./assembly";

/** The list at the left, the chosen one at the right. */
export function Assemblies({ id, open }: { id: string | null; open: (id: string) => void }) {
  const list = useAssemblies();
  return (
    <Shown query={list} height="100%">
      {(all) => <Beside all={all} id={id ?? all.find((one) => !one.block && !one.put_away)?.id ?? null} open={open} />}
    </Shown>
  );
}

function Beside({ all, id, open }: { all: AssemblyInfo[]; id: string | null; open: (id: string) => void }) {
  const [away, setAway] = useState(false);
  const [version, setVersion] = useState<{ id: string; version: number } | null>(null);
  const shown = useAssembly(id, version !== null && version.id === id ? version.version : null);
  const offered = all.filter((one) => away || !one.put_away || one.id === id);
  const hidden = all.some((one) => one.put_away);
  return (
    <div className="assemblies">
      <Card title="Assemblies" sub="what a sign is built up from" fill flush right={hidden && <Switch size="xs" label="also put away" checked={away} onChange={(event) => setAway(event.currentTarget.checked)} />}>
        <nav aria-label="Assemblies">
          {offered.filter((one) => !one.block).map((one) => <Item key={one.id} one={one} on={one.id === id} open={open} />)}
          <div className="assembly-blocks">Parts that they share</div>
          {offered.filter((one) => one.block).map((one) => <Item key={one.id} one={one} on={one.id === id} open={open} />)}
        </nav>
      </Card>
      <div className="assembly-shown">
        {id !== null && (
          <Shown query={shown} height={400}>
            {(found) => <Assembly key={found.info.id} shown={found} newest={all.find((one) => one.id === found.info.id)?.version ?? found.info.version} open={open} showVersion={(of) => setVersion(of === null ? null : { id: found.info.id, version: of })} />}
          </Shown>
        )}
      </div>
    </div>
  );
}

function Item({ one, on, open }: { one: AssemblyInfo; on: boolean; open: (id: string) => void }) {
  return (
    <button type="button" className={on ? "assembly-item on" : "assembly-item"} aria-current={on || undefined} onClick={() => open(one.id)}>
      <span className="grow clip">{one.name}</span>
      {one.problems.length > 0 && <Tag tone="bad">cannot be used</Tag>}
      {one.put_away ? <Tag>put away</Tag> : one.own && <Tag tone={one.confirmed ? "good" : "accent"}>yours</Tag>}
    </button>
  );
}
