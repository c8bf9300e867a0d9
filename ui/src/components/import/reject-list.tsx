import { Button, SegmentedControl } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";

import { useRejects } from "../../api/queries";
import type { RejectReason, StoredReject } from "../../api/types";
import { count } from "../../lib/numbers";
import { named, place, reason, rejectStatus } from "../../lib/words";
import { Card } from "../shared/card";
import { Empty, Shown } from "../shared/states";
import { Tag } from "../shared/tag";
import { nameOf } from "./file-list";
import { spokenKey } from "./placed";
import { RejectSheets } from "./reject-sheets";
import { Reopen, Repairs } from "./repairs";

/** Everything that was refused: kept, with its reason, until someone decides. */
export function RejectList({ open }: { open: (importId: number) => void }) {
  const [closed, setClosed] = useState(false);
  const [only, setOnly] = useState<RejectReason | null>(null);
  const rejects = useRejects(closed);
  return (
    <Shown query={rejects} height={300}>
      {(all) => (
        <Card
          title="Refused"
          sub="nothing of this is in your figures"
          fill
          flush
          right={
            <div className="row" style={{ alignSelf: "center" }}>
              <RejectSheets rows={all.filter(({ status, reject }) => status === "open" && reject.place?.in === "cell").length} />
              <SegmentedControl
                value={closed ? "all" : "open"}
                onChange={(chosen) => setClosed(chosen === "all")}
                data={[{ value: "open", label: "Open" }, { value: "all", label: "With closed" }]}
                aria-label="Which rejects"
              />
            </div>
          }
        >
          {all.length === 0 ? (
            <Empty icon={IconCircleCheck} title="Nothing was refused">
              Every row and document that you imported could be read.
            </Empty>
          ) : (
            <>
              <Reasons all={all} only={only} choose={setOnly} />
              <Table rejects={only ? all.filter(({ reject }) => reject.reason === only) : all} open={open} />
            </>
          )}
        </Card>
      )}
    </Shown>
  );
}

function Reasons({ all, only, choose }: { all: StoredReject[]; only: RejectReason | null; choose: (one: RejectReason | null) => void }) {
  const counts = new Map<RejectReason, number>();
  for (const { reject } of all) counts.set(reject.reason, (counts.get(reject.reason) ?? 0) + 1);
  return (
    <div className="row wrap" style={{ padding: "4px 8px 8px" }}>
      {[...counts].map(([key, n]) => (
        <Button key={key} size="compact-xs" variant={only === key ? "light" : "default"} onClick={() => choose(only === key ? null : key)}>
          {reason[key]} · {count(n)}
        </Button>
      ))}
    </div>
  );
}

function Table({ rejects, open }: { rejects: StoredReject[]; open: (importId: number) => void }) {
  return (
      <table className="grid rejects-table">
        <thead>
          <tr>
            <th>Why</th>
            <th>What stood there</th>
            <th>Where</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rejects.slice(0, 500).map((one) => (
            <tr key={one.id} data-testid="reject-row">
              <td>
                <Tag tone="bad">{reason[one.reject.reason]}</Tag>
                <div style={{ marginTop: 3 }}>{one.reject.message}</div>
              </td>
              <td>
                {one.reject.field && <div className="dim">{named(one.reject.field)}{one.reject.key ? ` of ${spokenKey(one.reject.key)}` : ""}</div>}
                <span className="raw">{one.reject.raw.slice(0, 160) || "(empty)"}</span>
              </td>
              <td>
                <button type="button" className="linklike" onClick={() => open(one.import_id)}>
                  {nameOf(one.file_name)}
                </button>
                <div className="dim small">{one.reject.place ? place(one.reject.place) : ""}</div>
              </td>
              <td className="num">
                {one.status === "open" ? (
                  <Repairs one={one} open={open} />
                ) : (
                  <div className="row" style={{ justifyContent: "flex-end", gap: 6 }}>
                    <Tag tone={rejectStatus[one.status].tone}>{rejectStatus[one.status].label}</Tag>
                    {one.reopenable && <Reopen one={one} />}
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
  );
}
