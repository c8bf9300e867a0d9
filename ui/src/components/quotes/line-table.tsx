import { ActionIcon, Button, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import type { QuoteLine } from "../../api/types";
import { grouped, parse } from "../../lib/decimal";
import { exact } from "../../lib/money";
import type { EditedTotals } from "../../lib/totals";
import { Card } from "../shared/card";

interface LineTableProps {
  lines: QuoteLine[];
  sums: EditedTotals;
  locked: boolean;
  set: (lines: QuoteLine[]) => void;
}

const fresh: QuoteLine = { description: "", quantity: "1", unit: "ea", unit_cost: "0", unit_price: "0", estimate_id: null };

/** The lines of a quote. Costs are for the shop only; the document shows quantity, unit and price. */
export function LineTable({ lines, sums, locked, set }: LineTableProps) {
  const change = (at: number, next: Partial<QuoteLine>) => set(lines.map((line, k) => (k === at ? { ...line, ...next } : line)));
  return (
    <Card
      title="Lines"
      sub={locked ? "locked: this version was approved" : "cost is never printed"}
      flush
      right={
        !locked && (
          <Button size="compact-xs" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => set([...lines, fresh])}>
            Add a line
          </Button>
        )
      }
    >
      <table className="grid lines">
        <thead>
          <tr>
            <th>Description</th>
            <th className="num c-q">Quantity</th>
            <th className="c-u">Unit</th>
            <th className="num c-m">Cost of one</th>
            <th className="num c-m">Price of one</th>
            <th className="num c-a">Amount</th>
            {!locked && <td className="c-x" />}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={`line ${at}`}>
              <td>
                <Description at={at} value={line.description} locked={locked} set={(description) => change(at, { description })} />
                {line.estimate_id !== null && (
                  <Link to="/estimate" search={{ id: line.estimate_id }} className="small" style={{ paddingLeft: locked ? 4 : 8 }}>
                    from estimate {line.estimate_id}
                  </Link>
                )}
              </td>
              <td><Cell label={`Quantity of line ${at + 1}`} value={line.quantity} locked={locked} decimal set={(quantity) => change(at, { quantity })} /></td>
              <td><Cell label={`Unit of line ${at + 1}`} value={line.unit} locked={locked} set={(unit) => change(at, { unit })} /></td>
              <td><Cell label={`Cost of one of line ${at + 1}`} value={line.unit_cost} locked={locked} decimal set={(unit_cost) => change(at, { unit_cost })} /></td>
              <td><Cell label={`Price of one of line ${at + 1}`} value={line.unit_price} locked={locked} decimal set={(unit_price) => change(at, { unit_price })} /></td>
              <td className={locked ? "num amount locked" : "num amount"}>{amountOf(sums, at)}</td>
              {!locked && (
                <td>
                  <ActionIcon size="sm" aria-label={`Remove line ${at + 1}`} onClick={() => set(lines.filter((_, k) => k !== at))}>
                    <IconTrash size={14} />
                  </ActionIcon>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length === 0 && <p className="dim" style={{ padding: 12 }}>No lines. Add one, or make the quote from an estimate.</p>}
    </Card>
  );
}

function amountOf(sums: EditedTotals, at: number): string {
  const amount = sums.amounts[at];
  return amount ? exact(amount) : "–";
}

function Description({ at, value, locked, set }: { at: number; value: string; locked: boolean; set: (value: string) => void }) {
  if (locked) return <div style={{ padding: "5px 4px" }}>{value}</div>;
  return <Textarea aria-label={`Description of line ${at + 1}`} autosize minRows={1} maxRows={12} value={value} onChange={(event) => set(event.currentTarget.value)} />;
}

interface CellProps {
  label: string;
  value: string;
  locked: boolean;
  decimal?: boolean;
  set: (value: string) => void;
}

/** A decimal has its thousands separated except while it is typed. */
function Cell({ label, value, locked, decimal = false, set }: CellProps) {
  const [typing, setTyping] = useState(false);
  const shown = decimal && !typing ? grouped(value) : value;
  if (locked) return <div className={decimal ? "num" : ""} style={{ padding: "5px 4px" }}>{shown}</div>;
  const unreadable = decimal && parse(value) === null;
  return (
    <TextInput
      aria-label={label}
      value={shown}
      onChange={(event) => set(event.currentTarget.value)}
      onFocus={() => setTyping(true)}
      onBlur={() => setTyping(false)}
      className={decimal ? "right" : ""}
      inputMode={decimal ? "decimal" : "text"}
      error={unreadable}
    />
  );
}
