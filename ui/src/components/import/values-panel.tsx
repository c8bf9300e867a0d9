import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

import type { Check, ImportDetail, ImportedRecord, StoredReject } from "../../api/types";
import { exact } from "../../lib/money";
import { counted } from "../../lib/numbers";
import { capitalized, place, reason, value } from "../../lib/words";
import { Card } from "../shared/card";
import { Tag } from "../shared/tag";
import { ACCEPTED, headerValues, type Placed, spokenKey } from "./placed";

interface ValuesPanelProps {
  detail: ImportDetail;
  record: ImportedRecord | undefined;
  chosen: string | null;
  choose: (key: string) => void;
}

/** The values of one record with where each stood, what was refused, and whether the document adds up. */
export function ValuesPanel({ detail, record, chosen, choose }: ValuesPanelProps) {
  const { checks } = detail.import;
  return (
    <Card title={record ? spokenKey(record.key) : "Values"} right={<Standing detail={detail} />} fill className="values">
      <div style={{ margin: "-4px -14px 0" }}>
        {record && headerValues(record).map((one) => <ValueRow key={one.key} one={one} on={one.key === chosen} choose={choose} />)}
      </div>
      <div className="stack" style={{ paddingTop: 12 }}>
        {detail.import.message && <div className="note">{detail.import.message}</div>}
        {detail.flagged > 0 && <Flagged detail={detail} />}
        {detail.rejects.map((one) => (
          <Refused key={one.id} one={one} />
        ))}
        {checks.length > 0 && (
          <div>
            {checks.map((check) => (
              <CheckRow key={check.name} check={check} />
            ))}
          </div>
        )}
      </div>
    </Card>
  );
}

function Standing({ detail }: { detail: ImportDetail }) {
  const doubtful = detail.records.flatMap(headerValues).filter(({ field }) => field.confidence < ACCEPTED).length;
  if (doubtful > 0) return <Tag tone="warn">{doubtful} to check</Tag>;
  return detail.records.length > 0 ? <Tag tone="good">all certain</Tag> : null;
}

function ValueRow({ one, on, choose }: { one: Placed; on: boolean; choose: (key: string) => void }) {
  const { field, name, key } = one;
  const certain = field.confidence >= ACCEPTED;
  return (
    <button type="button" className={on ? "read-value on" : "read-value"} onClick={() => choose(key)} title={`${place(field.at)}, ${field.found_by}, read as “${field.raw}”`}>
      <span className="dim clip">{name}</span>
      <span className="what">{value(field.value)}</span>
      {certain ? <IconCheck size={15} className="down" aria-label="certain" /> : <IconAlertTriangle size={15} className="warn" aria-label="to check" />}
    </button>
  );
}

/** So many are told here; the list of jobs shows all. */
const TOLD = 5;

function Flagged({ detail: { flags, flagged } }: { detail: ImportDetail }) {
  return (
    <div className="note">
      <b>{counted(flagged, "finding")} among these jobs</b>
      {flags.slice(0, TOLD).map((one) => (
        <div key={`${one.job_id} ${one.flag.rule} ${one.flag.driver}`}>
          <Link to="/jobs" search={{ job: one.job_id, search: one.number }}>
            {one.number}
          </Link>
          : {one.flag.message}
        </div>
      ))}
      {flagged > TOLD && (
        <Link to="/jobs" search={{ flagged: true }}>
          Show all jobs to look at
        </Link>
      )}
    </div>
  );
}

function Refused({ one: { reject } }: { one: StoredReject }) {
  return (
    <div className="note">
      <b>{reason[reject.reason]}</b>
      {reject.place && <span className="small"> · {place(reject.place)}</span>}
      <div>{reject.message}</div>
    </div>
  );
}

function CheckRow({ check }: { check: Check }) {
  const difference = check.computed.minor - check.printed.minor;
  const passed = difference === 0;
  return (
    <div className="check">
      {passed ? <IconCheck size={14} className="down" aria-label="holds" /> : <IconAlertTriangle size={14} className="warn" aria-label="does not hold" />}
      <span className="grow">{capitalized(check.name)}</span>
      <span className={passed ? "dim num" : "warn num"} title={`printed ${exact(check.printed)}, lines ${exact(check.computed)}`}>
        Δ {exact({ ...check.printed, minor: difference })}
      </span>
    </div>
  );
}
