/** One document under review: its pages beside its values. */
import { SegmentedControl } from "@mantine/core";
import { useEffect, useState } from "react";

import { useCommand } from "../../api/commands";
import type { LineEdit, RecordKind, Review, ReviewTable, Section } from "../../api/types";
import { counted } from "../../lib/numbers";
import { recordKind } from "../../lib/words";
import { Card } from "../shared/card";
import { failed } from "../shared/notify";
import type { Box } from "../shared/paper/frame";
import { Paper } from "../shared/paper/paper";
import { Tag } from "../shared/tag";
import { tableIn } from "./columns";
import { FieldForm } from "./field-form";
import { type Adding, besides, type Focus, goingOn, moved, nextWaiting, type Shown, shown } from "./focus";
import { KindChoice, KindSelect } from "./kind-choice";
import { LineTables } from "./line-tables";
import { MarkTable } from "./mark-table";
import { PageSheet } from "./page-sheet";
import { RecordBar } from "./record-bar";
import { keyOf } from "./records";

const touched = ["reviews", "imports", "jobs", "rejects", "summary"];

interface DeskProps {
  review: Review;
  leave: () => void;
  /** After a change: what the document is now. */
  keep: (after: Review) => void;
  /** Goes to another bidder of the document. */
  turn: (record: string) => void;
}

export function Desk({ review, leave, keep, turn }: DeskProps) {
  const values = shown(review);
  const [focus, setFocus] = useState<Focus | null>(() => goingOn(review, null));
  const [part, setPart] = useState<"fields" | "lines">("fields");
  const [marking, setMarking] = useState<Section | null>(null);
  const [adding, setAdding] = useState<Adding | null>(null);
  const [draft, setDraft] = useState<ReviewTable | null>(null);
  const field = useCommand("correct_field", touched);
  const table = useCommand("correct_table", touched);
  const line = useCommand("correct_line", touched);
  const kind = useCommand("set_document_kind", touched);
  const { sha256 } = review;
  const record = keyOf(review.records, review.shown);
  const [of, setOf] = useState(record);
  if (of !== record) {
    setOf(record);
    setFocus(goingOn(review, null));
    setMarking(null);
    setAdding(null);
    setDraft(null);
  }
  useEffect(() => {
    if (focus) setPart(focus.line === null ? "fields" : "lines");
  }, [focus]);

  const go = (after: Review, from: Focus | null) => {
    keep(after);
    const beside = besides(after, from, adding);
    const next = beside ?? goingOn(after, from);
    if (adding && from?.line === adding.line && !beside) setAdding(null);
    if (next) setFocus(next);
  };
  const take = (value: Shown, text: string | null) => {
    if (text === null && !value.waiting) return setFocus(following(values, value) ?? focus);
    const given = text ?? (value.value ? value.value.raw : "");
    if (given.trim() === "" && !value.value) return setFocus(nextWaiting(values, value) ?? focus);
    const what = { sha256, record, field: value.field, line: value.line, section: value.section ?? null, value: given.trim() === "" ? null : given, place: null };
    field.mutate(text === null && value.value ? { ...what, place: value.value.at } : what, { onSuccess: (after) => go(after, value), onError: failed });
  };
  const pointed = (page: number, bbox: Box) => {
    if (marking) {
      const names = review.sections.find(({ section }) => section === marking)?.columns ?? [];
      return setDraft(tableIn(review.words, page, bbox, marking, names));
    }
    // Which value it would be is not known while a line is taken out.
    if (!focus || line.isPending) return;
    const place = { in: "page" as const, page, bbox };
    field.mutate({ sha256, record, field: focus.field, line: focus.line, section: focus.section ?? null, value: null, place }, { onSuccess: (after) => go(after, focus), onError: failed });
  };
  const read = (given: ReviewTable) => {
    const columns = given.columns.filter((column) => column.field !== "");
    table.mutate({ sha256, record, table: { ...given, columns } }, { onSuccess: keep, onError: failed, onSettled: () => mark(null) });
    setAdding(null);
  };
  const editLine = (at: number, edit: LineEdit) => {
    const above = review.lines.findLastIndex((one, before) => before < at && one.section === review.lines[at]?.section);
    const shift = <At extends { line: number | null }>(one: At | null): At | null => {
      if (!one || one.line === null) return one;
      const to = moved(one.line, at, edit, above < 0 ? undefined : above);
      return to === null ? null : { ...one, line: to };
    };
    const finished = (after: Review) => {
      keep(after);
      setFocus(shift);
      setAdding((one) => (one?.line === at ? null : shift(one)));
    };
    line.mutate({ sha256, record, line: at, edit }, { onSuccess: finished, onError: failed });
  };
  const add = (section: Section) => {
    const end = review.lines.length;
    const [first] = review.sections.find((one) => one.section === section)?.columns ?? [];
    setAdding({ section, line: end });
    if (first) setFocus({ field: first, line: end, section });
  };
  const leaveNew = () => {
    setAdding(null);
    setFocus(null);
  };
  const mark = (section: Section | null) => {
    setMarking(section);
    setDraft(null);
  };
  const setKind = (chosen: RecordKind) => kind.mutate({ sha256, kind: chosen }, { onSuccess: (after) => go(after, null), onError: failed });
  const known = review.kind !== null;
  return (
    <>
      <Paper sha256={sha256} sizes={review.page_sizes} words={review.words}>
        {(sheet) => (
          <PageSheet
            sheet={sheet}
            values={values.filter(({ value }) => value?.at.in === "page" && value.at.page === sheet.page)}
            focus={focus}
            tables={(draft ? [draft] : part === "lines" ? review.tables : []).filter(({ page }) => page === sheet.page)}
            pointed={pointed}
            choose={setFocus}
            changed={draft ? setDraft : read}
          />
        )}
      </Paper>
      <Card
        title={record === null ? (review.key ?? "No number yet") : recordKind[review.kind ?? "bid_tab"]}
        sub={review.layout ? `layout known from ${counted(review.layout.examples, "document")}` : "Enter accepts, Tab goes on"}
        right={<Standing review={review} />}
        fill
      >
        {record !== null && <RecordBar records={review.records} shown={review.shown} choose={turn} />}
        {known ? (
          <>
            <div className="row" style={{ marginBottom: 10 }}>
              <SegmentedControl
                value={part}
                onChange={(chosen) => setPart(chosen === "lines" ? "lines" : "fields")}
                data={[{ value: "fields", label: "Fields" }, { value: "lines", label: `Lines · ${review.lines.length}` }]}
                aria-label="Fields or lines"
              />
              <span className="grow" />
              <KindSelect kind={review.kind ?? "cost_summary"} choose={setKind} />
            </div>
            {part === "fields" ? (
              <FieldForm review={review} values={values} focus={focus} choose={setFocus} take={take} />
            ) : (
              <div className="stack">
                <LineTables review={review} values={values} focus={focus} choose={setFocus} take={take} edit={editLine} busy={line.isPending || field.isPending} adding={adding} add={add} leave={leaveNew} />
                <MarkTable review={review} marking={marking} mark={mark} draft={draft} name={setDraft} read={() => draft && read(draft)} pending={table.isPending} />
              </div>
            )}
          </>
        ) : (
          <KindChoice choose={setKind} leave={leave} />
        )}
      </Card>
    </>
  );
}

/** The value after one in the order of the form. */
function following(values: Shown[], value: Shown): Focus | null {
  const at = values.indexOf(value);
  return values[at + 1] ?? null;
}

function Standing({ review }: { review: Review }) {
  switch (review.state) {
    case "unknown":
      return <Tag tone="bad">layout not known</Tag>;
    case "waiting": {
      const here = review.records[review.shown];
      if (review.records.length > 1 && here?.confirmed) return <Tag tone="good">confirmed</Tag>;
      const waiting = here?.waiting ?? review.waiting;
      return <Tag tone="warn">{waiting > 0 ? `${waiting} to check` : "not confirmed yet"}</Tag>;
    }
    case "certain":
      return <Tag tone="good">all certain</Tag>;
    case "confirmed":
      return <Tag tone="good">confirmed</Tag>;
  }
}
