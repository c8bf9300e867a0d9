import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

/** A search field that waits until typing pauses. */
export function SearchBox({ search, change, label, hint }: { search: string; change: (text: string) => void; label: string; hint: string }) {
  const [text, setText] = useState(search);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(search), [search]);
  const type = (next: string) => {
    setText(next);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => change(next.trim()), 250);
  };
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={hint}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      leftSection={<IconSearch size={14} aria-hidden />}
      style={{ flex: "1 1 180px", maxWidth: 272 }}
    />
  );
}
