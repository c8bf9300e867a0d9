/** The values of a record and its lines as one list, each with a name and a key by which page and panel find each other. */
import type { Field, ImportedRecord } from "../../api/types";
import { named, section } from "../../lib/words";

export interface Placed {
  key: string;
  name: string;
  field: Field;
}

/** The order in which people read a record; fields that are not listed come after these. */
const order = [
  "work_order", "quote_number", "opportunity", "vendor", "bill_number", "series", "customer", "title", "description", "sign_type", "date", "due_date",
  "run_date", "quoted_on", "created_on", "started_on", "completed_on", "closed_on", "status", "stage", "outcome", "estimator", "owner", "amount",
  "price", "unit", "estimated_cost", "estimated_hours", "actual_hours", "quoted_price", "sale_price", "labour_cost", "material_cost", "burden_cost",
  "outplant_cost", "equipment_cost", "shipping_cost", "use_tax", "subtotal", "tax", "shipping", "total", "total_cost",
];

/** Field names in reading order. */
export function inOrder(names: string[]): string[] {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...names].sort((a, b) => rank(a) - rank(b));
}

export function headerValues(record: ImportedRecord): Placed[] {
  return inOrder(Object.keys(record.fields)).flatMap((name) => {
    const field = record.fields[name];
    return field ? [{ key: `${record.key}/${name}`, name: named(name), field }] : [];
  });
}

export function lineValues(record: ImportedRecord): Placed[] {
  return record.lines.flatMap((line, row) =>
    Object.entries(line.fields).map(([name, field]) => ({
      key: `${record.key}/${row}/${name}`,
      name: `${section[line.section]} ${row + 1}: ${named(name).toLowerCase()}`,
      field,
    })),
  );
}

/** A key of several parts, as `steel pipe@2025-03-01` or `Vendor/Bill 7`, with its parts apart. */
export function spokenKey(key: string): string {
  return key.split(/[@/]/).join(" · ");
}

/** Values below this confidence wait for a person (the backend's own limit). */
export const ACCEPTED = 0.9;
