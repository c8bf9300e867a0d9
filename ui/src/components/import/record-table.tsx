import type { ImportDetail, ImportedRecord } from "../../api/types";
import { count } from "../../lib/numbers";
import { named, value } from "../../lib/words";
import { Card } from "../shared/card";
import { useWidth } from "../shared/width";
import { inOrder } from "./placed";

interface RecordTableProps {
  detail: ImportDetail;
  chosen: string | null;
  choose: (key: string) => void;
}

/** The records of a table file, one row each, with as many columns as fit; the panel beside it has them all. */
export function RecordTable({ detail, chosen, choose }: RecordTableProps) {
  const { records, import: { counts } } = detail;
  const [frame, width] = useWidth<HTMLDivElement>(420);
  const composed = records.every(isComposed);
  const columns = columnsOf(records).slice(0, Math.max(2, Math.floor((width - (composed ? 0 : 110)) / 118)));
  const all = counts.created + counts.updated + counts.unchanged;
  const title = records.length < all ? `The first ${records.length} of ${count(all)} records` : `${count(records.length)} records`;
  return (
    <Card title={title} sub="all values of a row are at the right" fill flush>
      <div ref={frame}>
        <table className="grid">
          <thead>
            <tr>
              {!composed && <th>Key</th>}
              {columns.map((column) => (
                <th key={column} className={isAmount(records, column) ? "num" : ""}>
                  {named(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <Row key={record.key} record={record} columns={columns} composed={composed} on={record.key === chosen} choose={choose} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

interface RowProps {
  record: ImportedRecord;
  columns: string[];
  composed: boolean;
  on: boolean;
  choose: (key: string) => void;
}

function Row({ record, columns, composed, on, choose }: RowProps) {
  const pick = () => choose(record.key);
  return (
    <tr className={on ? "link on" : "link"} tabIndex={0} onClick={pick} onKeyDown={(event) => event.key === "Enter" && pick()}>
      {!composed && (
        <td className="clip" style={{ maxWidth: 130 }}>
          <b>{record.key}</b>
        </td>
      )}
      {columns.map((column) => {
        const field = record.fields[column];
        const right = field?.value.type === "money" || field?.value.type === "number";
        return (
          <td key={column} className={right ? "num" : "clip"} style={{ maxWidth: 124 }}>
            {field && value(field.value)}
          </td>
        );
      })}
    </tr>
  );
}

/** Whether the key only repeats columns of the row, as `steel pipe@2025-03-01` does. */
function isComposed({ key, fields }: ImportedRecord): boolean {
  return key.includes("@") && Object.values(fields).some((field) => key.startsWith(`${value(field.value)}@`));
}

function columnsOf(records: ImportedRecord[]): string[] {
  const names = inOrder([...new Set(records.flatMap((record) => Object.keys(record.fields)))]);
  return names.filter((name) => records.some((record) => shownText(record, name) !== record.key));
}

/** A column that only repeats the key is not shown beside it. */
function shownText(record: ImportedRecord, name: string): string | undefined {
  const field = record.fields[name];
  return field && value(field.value);
}

function isAmount(records: ImportedRecord[], column: string): boolean {
  const type = records.find((record) => record.fields[column])?.fields[column]?.value.type;
  return type === "money" || type === "number";
}
