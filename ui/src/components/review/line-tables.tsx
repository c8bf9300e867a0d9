import type { Review, Section } from "../../api/types";
import { named, section as sectionWord } from "../../lib/words";
import { type Focus, type Shown, same } from "./focus";
import { ValueInput } from "./value-input";

interface LineTablesProps {
  review: Review;
  values: Shown[];
  focus: Focus | null;
  choose: (focus: Focus) => void;
  take: (value: Shown, text: string | null) => void;
}

/** The lines of a document by section; each cell can be changed as a field can. */
export function LineTables({ review, values, focus, choose, take }: LineTablesProps) {
  if (review.lines.length === 0) {
    return <p className="dim">No lines were read in this document. Set a section below and pull a box around its rows on the page.</p>;
  }
  return (
    <div className="stack">
      <p className="dim small">Drag the edge of a column on the page where words fell into the wrong one.</p>
      {review.sections.map(({ section, columns }) => (
        <SectionTable key={section} section={section} columns={columns} review={review} values={values} focus={focus} choose={choose} take={take} />
      ))}
    </div>
  );
}

function SectionTable({ section, columns, review, values, focus, choose, take }: LineTablesProps & { section: Section; columns: string[] }) {
  const lines = review.lines.flatMap((line, at) => (line.section === section ? [at] : []));
  const filled = columns.filter((column) => lines.some((at) => review.lines[at]?.fields[column]));
  if (lines.length === 0) return null;
  return (
    <div style={{ overflowX: "auto" }}>
      <b>
        {sectionWord[section]} · {lines.length}
      </b>
      <table className="grid review-lines">
        <thead>
          <tr>
            {filled.map((column) => (
              <th key={column}>{named(column)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((at) => (
            <tr key={at}>
              {filled.map((column) => {
                const value = values.find((one) => one.line === at && one.field === column) ?? { field: column, line: at, value: null, waiting: false };
                return (
                  <td key={column}>
                    <ValueInput
                      value={value}
                      on={same(focus, value)}
                      name={`${named(column)} of line ${at + 1}`}
                      className={value.waiting ? "doubt" : ""}
                      choose={() => choose(value)}
                      take={(text) => take(value, text)}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
