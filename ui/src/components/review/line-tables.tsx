import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconArrowBarToUp, IconPlus, IconX, type TablerIcon } from "@tabler/icons-react";

import type { LineEdit, Review, Section } from "../../api/types";
import { named, section as sectionWord } from "../../lib/words";
import { type Adding, type Focus, type Shown, same } from "./focus";
import { ValueInput } from "./value-input";

interface LineTablesProps {
  review: Review;
  values: Shown[];
  focus: Focus | null;
  choose: (focus: Focus) => void;
  take: (value: Shown, text: string | null) => void;
  edit: (line: number, edit: LineEdit) => void;
  /** A change is under way: until it is in, lines may be numbered otherwise. */
  busy: boolean;
  /** The line that is being added, on the page or not yet. */
  adding: Adding | null;
  add: (section: Section) => void;
  leave: () => void;
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

function SectionTable({ section, columns, review, values, focus, choose, take, edit, busy, adding, add, leave }: LineTablesProps & { section: Section; columns: string[] }) {
  const lines = review.lines.flatMap((line, at) => (line.section === section ? [at] : []));
  const isAdding = adding?.section === section;
  const isNew = isAdding && adding.line === review.lines.length;
  const shown = isAdding ? columns : columns.filter((column) => lines.some((at) => review.lines[at]?.fields[column]));
  const cell = (column: string, at: number): Shown =>
    values.find((one) => one.line === at && one.field === column) ?? { field: column, line: at, value: null, waiting: false, ...(at === review.lines.length && { section }) };
  return (
    <div style={{ minWidth: 0 }}>
      <div className="row">
        <b className="grow">
          {sectionWord[section]} · {lines.length}
        </b>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => add(section)} disabled={isNew || busy}>
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
                      <Act name="Leave the new line out" icon={IconX} act={leave} />
                    ) : (
                      <>
                        {row > 0 && <Asked name={`Join line ${at + 1} to the line above`} icon={IconArrowBarToUp} act={() => edit(at, "join")} busy={busy} />}
                        <Asked name={`Take line ${at + 1} out`} icon={IconX} act={() => edit(at, "remove")} busy={busy} />
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

interface ActProps {
  name: string;
  icon: TablerIcon;
  act: () => void;
}

function Act({ name, icon: Icon, act }: ActProps) {
  return (
    <Tooltip label={name} openDelay={400}>
      {/* What was typed into the line is not to be taken on the way. */}
      <ActionIcon variant="subtle" size="xs" aria-label={name} onMouseDown={(event) => event.preventDefault()} onClick={act}>
        <Icon size={13} stroke={1.8} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Asks once more: the next line moves up under the pointer, and a double click would take two. */
function Asked({ name, icon: Icon, act, busy }: ActProps & { busy: boolean }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size="xs" aria-label={name} title={name}>
          <Icon size={13} stroke={1.8} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={busy} onClick={act}>
          {name}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
