import { TextInput } from "@mantine/core";

import type { AssemblyDefinition, AssemblyProblem, BuildUp, ShownInput } from "../../api/types";
import { Card } from "../shared/card";
import { capitalized } from "../../lib/words";

interface ValuesProps {
  definition: AssemblyDefinition;
  edit: ((definition: AssemblyDefinition) => void) | null;
  built: BuildUp | null;
  problems: AssemblyProblem[];
}

/** Values that formulas share. */
export function Values({ definition, edit, built, problems }: ValuesProps) {
  if (definition.value.length === 0) return null;
  const change = (at: number, formula: string) => edit?.({ ...definition, value: definition.value.map((one, k) => (k === at ? { ...one, formula } : one)) });
  return (
    <Card title="Values" sub="what several formulas need" flush>
      <table className="grid part-table">
        <tbody>
          {definition.value.map((value, at) => (
            <tr key={value.name} className={problems.some(({ place }) => place.endsWith(` ${value.name}`)) ? "part-wrong" : ""}>
              <td className="value-name">
                {value.label || capitalized(value.name.replaceAll("_", " "))}
                <div className="dim small">{value.name}</div>
              </td>
              <td>{edit ? <TextInput aria-label={`Formula of ${value.name}`} classNames={{ input: "code" }} spellCheck={false} value={value.formula} onChange={(event) => change(at, event.currentTarget.value)} /> : <span className="raw">{value.formula}</span>}</td>
              <td className="num">{built?.values.find(({ name }) => name === value.name)?.value ?? <span className="dim">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const from = { given: "given", specification: "from the specification", default: "the usual" };

/** What it asks for, its blocks' included, and what that is in the job it is tried on. */
export function Inputs({ inputs, built }: { inputs: ShownInput[]; built: BuildUp | null }) {
  return (
    <Card title="What it asks for" flush>
      <table className="grid part-table">
        <tbody>
          {inputs.map(({ input, choices }) => {
            const known = built?.inputs.find(({ name }) => name === input.name);
            return (
              <tr key={input.name}>
                <td className="value-name">
                  {input.label || capitalized(input.name.replaceAll("_", " "))}
                  <div className="dim small">{input.name}</div>
                </td>
                <td className="dim">{input.kind === "choice" ? choices.join(", ") : input.kind === "flag" ? "yes or no" : input.unit}</td>
                <td className="num">{known ? `${String(known.value)} ${known.unit}` : ""}</td>
                <td className="dim small">{known && from[known.from]}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
