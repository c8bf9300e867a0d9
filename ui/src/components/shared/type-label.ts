import { useCallback, useMemo } from "react";

import { useDrivers } from "../../api/queries";
import type { Choice } from "../../api/types";
import { named } from "../../lib/words";

/** The sign types of the catalogue, and how one is written for people. */
export function useSignTypes(): { types: Choice[]; typeLabel: (type: string) => string } {
  const drivers = useDrivers().data;
  const types = useMemo(() => {
    const kind = drivers?.find((driver) => driver.name === "sign_type")?.kind;
    return kind?.kind === "choice" ? kind.choices : [];
  }, [drivers]);
  const typeLabel = useCallback((type: string) => types.find((one) => one.value === type)?.label ?? named(type), [types]);
  return { types, typeLabel };
}
