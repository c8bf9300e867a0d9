/** The values of a record and its lines as one list, each with a name and a key by which page and panel find each other. */
import type { Field, ImportedRecord } from "../../api/types";
import { named, section } from "../../lib/words";

export interface Placed {
  key: string;
  name: string;
  field: Field;
}

export function headerValues(record: ImportedRecord): Placed[] {
  return Object.entries(record.fields).map(([name, field]) => ({ key: `${record.key}/${name}`, name: named(name), field }));
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

/** Values below this confidence wait for a person (the backend's own limit). */
export const ACCEPTED = 0.9;
