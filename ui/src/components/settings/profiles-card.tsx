import { Button, Menu } from "@mantine/core";

import { useCommand } from "../../api/commands";
import { chooseFile, chooseTarget, deliver } from "../../api/files";
import { useProfiles, useTableProfiles } from "../../api/queries";
import type { FileWritten, ProfileInfo, TableProfile } from "../../api/types";
import { counted } from "../../lib/numbers";
import { recordKind } from "../../lib/words";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Shown } from "../shared/states";

const touched = ["profiles", "reviews", "imports"];

/** What the shop has learned about papers and tables, to be shared with another machine as files. */
export function ProfilesCard() {
  const layouts = useProfiles();
  const tables = useTableProfiles();
  const own = tables.data?.filter(({ ready }) => !ready) ?? [];
  const takeLayout = useCommand("import_profile", touched);
  const takeTable = useCommand("import_table_profile", touched);
  const take = async () => {
    try {
      const path = await chooseFile("A layout or a mapping", ["json", "toml"]);
      if (path === null) return;
      const name = path.toLowerCase().endsWith(".toml") ? (await takeTable.mutateAsync({ path })).name : (await takeLayout.mutateAsync({ path })).name;
      done(`${name} is used from the next file on.`, "Profile added");
    } catch (thrown) {
      failed(thrown);
    }
  };
  return (
    <Card
      title="Layouts and mappings"
      sub="learned here, or added from a file"
      right={
        <Button size="compact-sm" onClick={() => void take()} loading={takeLayout.isPending || takeTable.isPending}>
          Add from a file
        </Button>
      }
    >
      <Shown query={layouts} height={60}>
        {(learned) =>
          learned.length + own.length === 0 ? (
            <p className="dim">Nothing learned yet: confirm documents under Import, or remember how the columns of a table are read.</p>
          ) : (
            <div>
              {learned.map((one) => (
                <Layout key={one.id} one={one} />
              ))}
              {own.map((one) => (
                <Table key={one.name} one={one} />
              ))}
            </div>
          )
        }
      </Shown>
    </Card>
  );
}

function Layout({ one }: { one: ProfileInfo }) {
  const writing = useCommand("export_profile");
  const act = () => save(`${one.name.toLowerCase().replace(", ", "-").replaceAll(" ", "-")}.layout.json`, (path) => writing.mutateAsync({ id: one.id, path }));
  return (
    <div className="profile" data-testid="profile">
      <div className="grow">
        <b>{one.name}</b>
        <div className="dim small">
          from {counted(one.examples, "document")}, knows {counted(one.documents, "document")}
          {one.origin === "imported" && ", added from a file"}
        </div>
      </div>
      <Button size="compact-xs" loading={writing.isPending} onClick={() => void act()}>
        Save as a file
      </Button>
    </div>
  );
}

function Table({ one }: { one: TableProfile }) {
  const writing = useCommand("export_table_profile");
  const removing = useCommand("remove_table_profile", touched);
  const act = () => save(`${one.name}.mapping.toml`, (path) => writing.mutateAsync({ name: one.name, path }));
  return (
    <div className="profile" data-testid="profile">
      <div className="grow">
        <b>{one.name}</b>
        <div className="dim small">
          mapping of {one.mapping.kind ? recordKind[one.mapping.kind].toLowerCase() : "a table"}, {counted(Object.keys(one.mapping.columns ?? {}).length, "column")}
        </div>
      </div>
      <Button size="compact-xs" loading={writing.isPending} onClick={() => void act()}>
        Save as a file
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-xs" aria-label={`Forget ${one.name}`}>
            Forget
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => removing.mutate({ name: one.name }, { onError: failed })}>Forget this mapping; files read with it stay as they are</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

async function save(suggested: string, write: (path: string | null) => Promise<FileWritten>): Promise<void> {
  try {
    const path = await chooseTarget(suggested);
    if (path === undefined) return;
    const file = await write(path);
    deliver(file);
    done(file.path, "Profile written");
  } catch (thrown) {
    failed(thrown);
  }
}
