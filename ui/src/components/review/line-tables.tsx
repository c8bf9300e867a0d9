import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArrowBarToUp, IconPlus, IconX, type TablerIcon } from "@tabler/icons-react";
import { useState } from "react";

import type { LineEdit, Review, Section } from "../../api/types";
import { named, section as sectionWord } from "../../lib/words";
import { type Focus, type Shown, same } from "./focus";
import { ValueInput } from "./value-input";

interface LineTablesProps {
  review: Review;
  values: Shown[];
  focus: Focus | null;
  choose: (focus: Focus) => void;
  take: (value: Shown, text: string | null) => void;
  edit: (line: number, edit: LineEdit) => void;
}

/** The lines of a document by section; each cell can be changed as a field can, lines joined, taken out and added. */
export function LineTables({ review, ...rest }: LineTablesProps) {
  return (
    <div className="stack">
      {review.lines.length === 0 ? (
        <p className="dim">No lines were read in this document. Set a section below and pull a box around its rows on the page.</p>
      ) : (
        <p className="dim small">Drag the edge of a column on the page where words fell into the wrong one.</p>
      )}
      {review.sections.map(({ section, columns }) => (
        <SectionTable key={section} section={section} columns={columns} review={review} {...rest} />
      ))}
    </div>
  );
}

function SectionTable({ section, columns, review, values, focus, choose, take, edit }: LineTablesProps & { section: Section; columns: string[] }) {
  /** As many lines as there were when a new one was asked for; it is there once there are more. */
  const [adding, setAdding] = useState<number | null>(null);
  const lines = review.lines.flatMap((line, at) => (line.section === section ? [at] : []));
  const isNew = adding === review.lines.length;
  const shown = adding === null ? columns.filter((column) => lines.some((at) => review.lines[at]?.fields[column])) : columns;
  const add = () => {
    setAdding(review.lines.length);
    const [first] = columns;
    if (first) choose({ field: first, line: review.lines.length, section });
  };
  const cell = (column: string, at: number): Shown =>
    values.find((one) => one.line === at && one.field === column) ?? { field: column, line: at, value: null, waiting: false, ...(at === review.lines.length && { section }) };
  return (
    <div style={{ minWidth: 0 }}>
      <div className="row">
        <b className="grow">
          {sectionWord[section]} · {lines.length}
        </b>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} aria-hidden />} onClick={add} disabled={isNew}>
          Add a line
        </Button>
      </div>
      {(lines.length > 0 || isNew) && (
        <div style={{ overflowX: "auto" }}>
          <table className="grid review-lines">
            <thead>
              <tr>
                {shown.map((column) => (
                  <th key={column}>{named(column)}</th>
                ))}
                <th aria-label="Join or take out" />
              </tr>
            </thead>
            <tbody>
              {[...lines, ...(isNew ? [review.lines.length] : [])].map((at, row) => (
                <tr key={at} data-testid="review-line">
                  {shown.map((column) => {
                    const value = cell(column, at);
                    return (
                      <td key={column}>
                        <ValueInput
                          value={value}
                          on={same(focus, value)}
                          name={`${named(column)} of line ${at + 1}`}
                          className={value.waiting ? "doubt" : value.section ? "draft" : ""}
                          choose={() => choose(value)}
                          take={(text) => take(value, text)}
                        />
                      </td>
                    );
                  })}
                  <td className="review-line-acts">
                    {at === review.lines.length ? (
                      <Act name="Leave the new line out" icon={IconX} act={() => setAdding(null)} />
                    ) : (
                      <>
                        {row > 0 && <Act name={`Join line ${at + 1} to the line above`} icon={IconArrowBarToUp} act={() => edit(at, "join")} />}
                        <Act name={`Take line ${at + 1} out`} icon={IconX} act={() => edit(at, "remove")} />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Act({ name, icon: Icon, act }: { name: string; icon: TablerIcon; act: () => void }) {
  return (
    <Tooltip label={name} openDelay={400}>
      <ActionIcon variant="subtle" size="xs" aria-label={name} onClick={act}>
        <Icon size={13} stroke={1.8} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
