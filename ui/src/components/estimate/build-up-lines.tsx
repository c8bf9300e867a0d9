import { Fragment, useState } from "react";

import { useExplained } from "../../api/queries";
import type { AssemblyChoice, BuildUp, BuildUpLine, Specification } from "../../api/types";
import { grouped } from "../../lib/decimal";
import { onDay } from "../../lib/dates";
import { exact } from "../../lib/money";
import { counted, percent } from "../../lib/numbers";
import { costKind } from "../../lib/words";
import { Loading, Problem } from "../shared/states";
import { Tag } from "../shared/tag";

interface BuildUpLinesProps {
  built: BuildUp;
  specification: Specification;
  choice: AssemblyChoice;
}

/** Every line with how it came about; a click on one shows what its formula comes to. */
export function BuildUpLines({ built, specification, choice }: BuildUpLinesProps) {
  const [asked, setAsked] = useState<string | null>(null);
  // Where it is so of most of them, it is said once above.
  const few = 2 * built.lines.filter(({ placeholder }) => placeholder).length < built.lines.length;
  return (
    <div className="scroll-x">
      <table className="grid" data-testid="build-up-lines">
        <thead>
          <tr>
            <th>Line</th>
            <th className="num">Quantity</th>
            <th className="num">Cost of one</th>
            <th className="num">Amount</th>
          </tr>
        </thead>
        {built.subtotals.map(({ kind, amount }) => (
          <tbody key={kind}>
            <tr>
              <th colSpan={3} scope="rowgroup" className="build-kind">{costKind[kind]}</th>
              <th className="num build-kind">{exact(amount)}</th>
            </tr>
            {built.lines.filter((line) => line.kind === kind).map((line, at) => (
              <Fragment key={`${line.name} ${at}`}>
                <Row line={line} tagged={few} open={asked === line.name} toggle={() => setAsked(asked === line.name ? null : line.name)} />
                {asked === line.name && line.formula !== "" && (
                  <tr>
                    <td colSpan={4} className="build-why">
                      <Explained specification={specification} choice={choice} line={line} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        ))}
        <tfoot>
          <tr>
            <th colSpan={3} scope="row" className="build-kind">Built-up cost</th>
            <th className="num build-kind">{exact(built.total)}</th>
          </tr>
        </tfoot>
      </table>
      {built.left_out.length > 0 && (
        <details className="dim small left-out">
          <summary>{counted(built.left_out.length, "cost")} of this assembly {built.left_out.length === 1 ? "is" : "are"} not in this job</summary>
          {built.left_out.map(({ name, why }) => (
            <div key={name}>
              {name}: <span className="raw">{why}</span>
            </div>
          ))}
        </details>
      )}
    </div>
  );
}

function Row({ line, tagged, open, toggle }: { line: BuildUpLine; tagged: boolean; open: boolean; toggle: () => void }) {
  const waste = Number(line.waste);
  return (
    <tr>
      <td>
        {line.formula === "" ? (
          line.name
        ) : (
          <button type="button" className="linklike" onClick={toggle} aria-expanded={open}>
            {line.name}
          </button>
        )}{" "}
        <span className="dim small">{[line.item_name !== line.name && line.item_name, waste >= 0.005 && `${percent(100 * waste, 0)} lost`].filter(Boolean).join(", ")}</span>{" "}
        {tagged && line.placeholder && <Tag tone="warn" title={`${line.source}, ${onDay(line.priced_on)}`}>not confirmed</Tag>}
      </td>
      <td className="num">
        {grouped(String(Number(Number(line.quantity).toFixed(2))))} <span className="dim">{line.unit}</span>
      </td>
      <td className="num" title={`${line.source}, ${onDay(line.priced_on)}`}>{grouped(line.unit_cost)}</td>
      <td className="num">{exact(line.amount)}</td>
    </tr>
  );
}

function Explained({ specification, choice, line }: { specification: Specification; choice: AssemblyChoice; line: BuildUpLine }) {
  const explained = useExplained(specification, choice, line.name);
  if (explained.error) return <Problem error={explained.error} />;
  if (!explained.data) return <Loading height={32} />;
  return (
    <div className="stack tight">
      {explained.data.map((formula) => (
        <div key={formula.place}>
          <span className="raw">{formula.formula}</span> <b className="num">= {formula.value ?? "no value"}</b>
          <div className="dim small">{formula.parts.filter(({ text }) => text !== formula.formula).map(({ text, value }) => `${text} = ${value ?? "no value"}`).join(" · ")}</div>
        </div>
      ))}
      {line.cutting && (
        <div className="dim small">
          cut from {line.cutting.count} {line.cutting.shape}{line.cutting.count === 1 ? "" : "s"}
          {line.cutting.kept > 0 && `, ${line.cutting.kept.toFixed(1)} ${line.unit} back into the rack`}
        </div>
      )}
      {line.note !== "" && <div className="dim small">{line.note}</div>}
    </div>
  );
}
