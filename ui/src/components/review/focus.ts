/** Which value of a document a person is at, and the values in the order of the form. */
import type { Field, LineEdit, Review, Section } from "../../api/types";

export interface Focus {
  field: string;
  /** The line that the field belongs to; `null` for a field of the document. */
  line: number | null;
  /** Of a line that is not there yet: the section it is added to. */
  section?: Section;
}

/** A line that is being added and where it stands, or will stand once its first value is in. */
export interface Adding {
  section: Section;
  line: number;
}

export interface Shown extends Focus {
  value: Field | null;
  waiting: boolean;
}

/** The bar that the backend holds values to. */
export const ACCEPTED = 0.9;

export function same(a: Focus | null, b: Focus): boolean {
  return a !== null && a.field === b.field && a.line === b.line;
}

/** Every value of a document: the fields of the form, then the lines. */
export function shown(review: Review): Shown[] {
  const fields = review.fields.map(({ name, field, waiting }) => ({ field: name, line: null, value: field, waiting }));
  const lines = review.lines.flatMap((line, at) =>
    Object.entries(line.fields).flatMap(([field, value]) => (value ? [{ field, line: at, value, waiting: value.confidence < ACCEPTED }] : [])),
  );
  return [...fields, ...lines];
}

/** Where a line stands once the one at `at` is taken out or joined to the line above; `null` when it is gone. */
export function moved(line: number, at: number, edit: LineEdit, above: number | undefined): number | null {
  if (line === at) return edit === "join" ? (above ?? null) : null;
  return line > at ? line - 1 : line;
}

/** The next column of a line that is being added: it is filled from left to right. */
export function besides(review: Review, from: Focus | null, adding: Adding | null): Focus | null {
  if (!from || !adding || from.line !== adding.line) return null;
  const columns = review.sections.find(({ section }) => section === adding.section)?.columns ?? [];
  const at = columns.indexOf(from.field);
  const next = at < 0 ? undefined : columns[at + 1];
  return next === undefined ? null : { field: next, line: from.line };
}

/** What to go to after a value: the next that waits, around the end; `null` when nothing waits. */
export function nextWaiting(values: Shown[], from: Focus | null): Focus | null {
  const at = from ? values.findIndex((one) => same(from, one)) : -1;
  const order = [...values.slice(at + 1), ...values.slice(0, at + 1)];
  const next = order.find((one) => one.waiting && !(from && same(from, one)));
  return next ? { field: next.field, line: next.line } : null;
}

/** Where to go on: to what waits; in a layout that nobody knows yet, to the next field without a value. */
export function goingOn(review: Review, from: Focus | null): Focus | null {
  const values = shown(review);
  const waiting = nextWaiting(values, from);
  if (waiting || review.layout) return waiting;
  const at = from ? values.findIndex((one) => same(from, one)) : -1;
  const empty = values.slice(at + 1).find((one) => one.value === null);
  return empty ? { field: empty.field, line: empty.line } : null;
}

/** A value as it stands on the page; a sum of several as its result. */
export function textOf(field: Field | null): string {
  if (!field) return "";
  if (field.raw !== "" && !field.raw.includes(" + ")) return field.raw;
  const { value } = field;
  switch (value.type) {
    case "money":
      return (value.value.minor / 100).toFixed(2);
    case "flag":
      return value.value ? "yes" : "no";
    case "text":
    case "number":
    case "date":
      return value.value;
  }
}

/** The smallest box around two. */
export function around(a: [number, number, number, number], b: [number, number, number, number]): [number, number, number, number] {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
