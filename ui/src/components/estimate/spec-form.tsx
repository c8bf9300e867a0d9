import { Fragment } from "react";

import type { DriverInfo, DriverValue, Specification } from "../../api/types";
import { asked } from "../../lib/form";
import { named } from "../../lib/words";
import { Card } from "../shared/card";
import { DriverField } from "./driver-field";

interface SpecFormProps {
  drivers: DriverInfo[];
  specification: Specification;
  typeName: string;
  set: (name: string, value: DriverValue | undefined) => void;
}


/** The specification, short for the sign type chosen, in the order of the catalogue. */
export function SpecForm({ drivers, specification, typeName, set }: SpecFormProps) {
  const shown = asked(drivers, specification);
  const groups = [...new Set(shown.map((driver) => driver.group))];
  return (
    <Card title="Specification" right={<span className="sub dim small clip">{typeName.toLowerCase()}</span>}>
      <form onSubmit={(event) => event.preventDefault()} aria-label="Specification">
        {groups.map((group) => (
          <Fragment key={group}>
            {shown.some((driver) => driver.group === group) && shown.length > 1 && <div className="spec-group">{named(group)}</div>}
            {shown
              .filter((driver) => driver.group === group)
              .map((driver) => (
                <DriverField key={driver.name} driver={driver} value={specification[driver.name]} set={(value) => set(driver.name, value)} />
              ))}
          </Fragment>
        ))}
      </form>
      {shown.length <= 1 && <p className="dim small" style={{ paddingTop: 8 }}>Choose what is being made: the form then asks only what matters for it.</p>}
    </Card>
  );
}
