import { Button, NativeSelect } from "@mantine/core";

import type { Review, ReviewTable, Section } from "../../api/types";
import { named, section as sectionWord } from "../../lib/words";

interface MarkTableProps {
  review: Review;
  /** The section whose rows are being pulled on the page. */
  marking: Section | null;
  mark: (section: Section | null) => void;
  /** What was pulled, before it is read. */
  draft: ReviewTable | null;
  name: (draft: ReviewTable) => void;
  read: () => void;
  pending: boolean;
}

/** A table that was not read: pull a box around its rows, say what each column is. */
export function MarkTable({ review, marking, mark, draft, name, read, pending }: MarkTableProps) {
  if (draft) return <Columns review={review} draft={draft} name={name} read={read} leave={() => mark(null)} pending={pending} />;
  if (marking) {
    return (
      <div className="note">
        Pull from the first word of the first row to the last word of the last row of {sectionWord[marking].toLowerCase()}.{" "}
        <button type="button" className="linklike" onClick={() => mark(null)}>
          Cancel
        </button>
      </div>
    );
  }
  return (
    <div className="row wrap">
      <span className="dim small">Rows missing?</span>
      {review.sections.map(({ section }) => (
        <Button key={section} size="compact-xs" onClick={() => mark(section)}>
          Mark {sectionWord[section].toLowerCase()}
        </Button>
      ))}
    </div>
  );
}

interface ColumnsProps {
  review: Review;
  draft: ReviewTable;
  name: (draft: ReviewTable) => void;
  read: () => void;
  leave: () => void;
  pending: boolean;
}

function Columns({ review, draft, name, read, leave, pending }: ColumnsProps) {
  const names = review.sections.find(({ section }) => section === draft.section)?.columns ?? [];
  const options = [{ value: "", label: "Leave out" }, ...names.map((value) => ({ value, label: named(value) }))];
  const rename = (at: number, field: string) => {
    const others = draft.columns.map((column, place) => ({ ...column, field: place !== at && column.field === field ? "" : column.field }));
    name({ ...draft, columns: others.map((column, place) => (place === at ? { ...column, field } : column)) });
  };
  return (
    <div className="stack tight">
      <b>Columns of {sectionWord[draft.section].toLowerCase()}, left to right</b>
      {draft.columns.map((column, at) => (
        <NativeSelect
          key={column.left}
          aria-label={`Column ${at + 1}`}
          size="xs"
          data={options}
          value={column.field}
          onChange={(event) => rename(at, event.currentTarget.value)}
        />
      ))}
      <div className="row">
        <Button variant="filled" size="compact-sm" loading={pending} onClick={read}>
          Read rows
        </Button>
        <Button size="compact-sm" onClick={leave}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
