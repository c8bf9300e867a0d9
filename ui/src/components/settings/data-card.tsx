import { Button } from "@mantine/core";

import { useCommand } from "../../api/commands";
import { chooseTarget, deliver } from "../../api/files";
import { today } from "../../lib/dates";
import { counted } from "../../lib/numbers";
import { Card } from "../shared/card";
import { done, failed } from "../shared/notify";
import { Problem } from "../shared/states";

/** The shop is one file: where it is, a copy of it, and whether it is sound. */
export function DataCard({ name, path: shop }: { name: string; path: string | undefined }) {
  const backing = useCommand("write_backup");
  const verifying = useCommand("verify_shop");
  const backup = async () => {
    try {
      const path = await chooseTarget(`${name} ${today()}.signwright`);
      if (path === undefined) return;
      const file = await backing.mutateAsync({ path });
      deliver(file);
      done(file.path, "Backup written");
    } catch (thrown) {
      failed(thrown);
    }
  };
  const found = verifying.data;
  return (
    <Card title="Your data" sub="one file, on this machine">
      <div className="stack">
        {shop && <span className="raw">{shop}</span>}
        <p className="dim">Everything is in this one file, the imported documents included. Copy it when Signwright is closed, or write a backup while it is open.</p>
        <div className="row">
          <Button onClick={() => void backup()} loading={backing.isPending}>
            Write a backup
          </Button>
          <Button onClick={() => verifying.mutate({})} loading={verifying.isPending}>
            Verify
          </Button>
        </div>
        {verifying.error && <Problem error={verifying.error} />}
        {found &&
          (found.sound ? (
            <div className="note" style={{ background: "var(--down-soft)", color: "var(--down)" }}>
              Sound: {counted(found.documents, "document")} checked against their hashes.
            </div>
          ) : (
            <div className="note">
              {[...found.integrity, ...found.foreign_keys, ...found.hashes_wrong.map(({ sha256 }) => `the bytes of document ${sha256.slice(0, 12)} have changed`)].map((problem) => (
                <p key={problem}>{problem}</p>
              ))}
            </div>
          ))}
      </div>
    </Card>
  );
}
