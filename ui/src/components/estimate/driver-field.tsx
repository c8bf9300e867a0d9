import { NumberInput, SegmentedControl, Select, Switch, TextInput, Tooltip } from "@mantine/core";

import type { DriverChoice, DriverInfo, DriverValue } from "../../api/types";
import { outOfRange } from "../../lib/form";

interface DriverFieldProps {
  driver: DriverInfo;
  value: DriverValue | undefined;
  set: (value: DriverValue | undefined) => void;
}

/** One driver of the form, as the catalogue describes it. */
export function DriverField({ driver, value, set }: DriverFieldProps) {
  const id = `driver-${driver.name}`;
  const error = outOfRange(driver, value);
  return (
    <div className={driver.name === "sign_type" ? "spec-field wide" : "spec-field"}>
      <Tooltip label={driver.help} position="top-start" disabled={driver.help === ""}>
        <label htmlFor={id} id={`${id}-label`}>
          {driver.label}
        </label>
      </Tooltip>
      <div>
        <Control driver={driver} value={value} set={set} id={id} />
        {error && <div className="bad small">{error}</div>}
      </div>
    </div>
  );
}

function Control({ driver, value, set, id }: DriverFieldProps & { id: string }) {
  if (driver.name === "faces") return <Faces value={value} set={set} id={id} />;
  switch (driver.kind) {
    case "number":
      return (
        <NumberInput
          id={id}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => set(typeof next === "number" ? next : undefined)}
          step={driver.step ?? 1}
          decimalScale={3}
          allowNegative={false}
          hideControls
          error={outOfRange(driver, value) !== null}
          rightSection={<span className="unit">{driver.unit}</span>}
          rightSectionWidth={driver.unit === "" ? 10 : 12 + driver.unit.length * 7}
          rightSectionPointerEvents="none"
          rightSectionProps={{ style: { justifyContent: "flex-end", paddingRight: 5 } }}
        />
      );
    case "choice":
      return <Choices choices={driver.choices} value={value} set={set} id={id} searchable={driver.name === "sign_type"} />;
    case "flag":
      return <Switch id={id} checked={value === true} onChange={(event) => set(event.currentTarget.checked ? true : undefined)} />;
    default:
      return <TextInput id={id} value={typeof value === "string" ? value : ""} onChange={(event) => set(event.currentTarget.value || undefined)} />;
  }
}

const faces = [
  { value: "1", label: "Single" },
  { value: "2", label: "Double" },
  { value: "3", label: "3" },
  { value: "4", label: "4" },
];

function Faces({ value, set, id }: { value: DriverValue | undefined; set: (value: DriverValue) => void; id: string }) {
  return <SegmentedControl id={id} aria-labelledby={`${id}-label`} data={faces} value={String(value ?? "")} onChange={(next) => set(Number(next))} fullWidth />;
}

interface ChoicesProps {
  choices: DriverChoice[];
  value: DriverValue | undefined;
  set: (value: DriverValue | undefined) => void;
  id: string;
  searchable: boolean;
}

/** A few short choices stand side by side, more of them in a list. */
function Choices({ choices, value, set, id, searchable }: ChoicesProps) {
  const short = choices.length <= 4 && choices.reduce((letters, choice) => letters + choice.label.length, 0) <= 17;
  const chosen = typeof value === "string" ? value : null;
  if (short) {
    return <SegmentedControl id={id} aria-labelledby={`${id}-label`} data={choices} value={chosen ?? ""} onChange={set} fullWidth />;
  }
  return (
    <Select
      id={id}
      data={searchable ? choices : [{ value: "", label: "not given" }, ...choices]}
      value={chosen ?? (searchable ? null : "")}
      onChange={(next) => set(next || undefined)}
      placeholder="Choose a type"
      searchable={searchable}
      comboboxProps={{ width: 240, position: "bottom-start" }}
      maxDropdownHeight={360}
    />
  );
}
