import { NumberInput, Select, Tooltip } from "@mantine/core";
import { useState } from "react";

import type { AssemblyChoice, AssemblyProblem, BuildUpInput, DriverValue, ShownInput } from "../../api/types";
import { capitalized } from "../../lib/words";

interface BuildUpInputsProps {
  inputs: ShownInput[];
  /** What each of them was; `null` where something is missing. */
  known: BuildUpInput[] | null;
  problems: AssemblyProblem[];
  given: AssemblyChoice["given"];
  give: (name: string, value: DriverValue | undefined) => void;
}

/** What an assembly asks and the specification does not say; what counts instead is shown in grey. */
export function BuildUpInputs({ inputs, known, problems, given, give }: BuildUpInputsProps) {
  const [all, setAll] = useState(false);
  const missing = (name: string) => problems.some(({ place }) => place === `input ${name}`);
  const value = (name: string) => known?.find((one) => one.name === name);
  const asked = inputs.filter(({ input }) => missing(input.name) || given[input.name] !== undefined || value(input.name)?.from === "default");
  const shown = all ? asked : asked.filter(({ input }) => missing(input.name) || given[input.name] !== undefined);
  const hidden = asked.length - shown.length;
  if (asked.length === 0) return null;
  return (
    <div>
      {shown.length > 0 && (
        <div className="build-inputs">
          {shown.map(({ input, choices }) => (
            <div key={input.name} className="spec-field">
              <Tooltip label={input.help} disabled={input.help === ""} position="top-start">
                <label htmlFor={`input-${input.name}`}>{input.label || capitalized(input.name.replaceAll("_", " "))}</label>
              </Tooltip>
              <Field id={`input-${input.name}`} shown={{ input, choices }} given={given[input.name]} usual={value(input.name)?.value} wrong={missing(input.name)} give={(next) => give(input.name, next)} />
            </div>
          ))}
        </div>
      )}
      {(hidden > 0 || all) && (
        <button type="button" className="linklike small" onClick={() => setAll(!all)}>
          {all ? "Only what was given" : `${hidden} more that nobody said: the assembly's usual counts`}
        </button>
      )}
    </div>
  );
}

const yesNo = [{ value: "true", label: "yes" }, { value: "false", label: "no" }];

interface FieldProps {
  id: string;
  shown: ShownInput;
  given: DriverValue | undefined;
  usual: DriverValue | undefined;
  wrong: boolean;
  give: (value: DriverValue | undefined) => void;
}

function Field({ id, shown: { input, choices }, given, usual, wrong, give }: FieldProps) {
  const placeholder = usual === undefined ? "" : String(usual);
  switch (input.kind) {
    case "choice":
      return <Select id={id} size="xs" data={choices} value={typeof given === "string" ? given : null} onChange={(next) => give(next ?? undefined)} placeholder={placeholder} clearable error={wrong} />;
    case "flag":
      return <Select id={id} size="xs" data={yesNo} value={given === undefined ? null : String(given === true)} onChange={(next) => give(next === null ? undefined : next === "true")} placeholder={usual === true ? "yes" : "no"} clearable />;
    default:
      return (
        <NumberInput
          id={id}
          size="xs"
          hideControls
          value={typeof given === "number" ? given : ""}
          onChange={(next) => give(typeof next === "number" ? next : undefined)}
          placeholder={placeholder}
          error={wrong}
          rightSection={<span className="unit">{input.unit}</span>}
          rightSectionWidth={12 + input.unit.length * 7}
          rightSectionPointerEvents="none"
        />
      );
  }
}
