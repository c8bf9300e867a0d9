import { useCallback, useMemo } from "react";

import { useDrivers } from "../../api/queries";
import type { DriverChoice } from "../../api/types";
import { named } from "../../lib/words";

/** The sign types of the catalogue, and how one is written for people. */
export function useSignTypes(): { types: DriverChoice[]; typeLabel: (type: string) => string } {
  const drivers = useDrivers().data;
  const types = useMemo(() => {
    return drivers?.find((driver) => driver.name === "sign_type")?.choices ?? [];
  }, [drivers]);
  const typeLabel = useCallback((type: string) => types.find((one) => one.value === type)?.label ?? named(type), [types]);
  return { types, typeLabel };
}
