import { useEffect, useState } from "react";

/** State that survives going to another page, for this tab. */
export function useSessionState<T>(key: string, initial: T): [T, (next: T | ((before: T) => T)) => void] {
  const [state, setState] = useState<T>(() => read(key) ?? initial);
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(state)), [key, state]);
  return [state, setState];
}

function read<T>(key: string): T | null {
  const kept = sessionStorage.getItem(key);
  return kept === null ? null : (JSON.parse(kept) as T);
}
