import { useEffect, useRef, useState } from "react";

import { type Shown, textOf } from "./focus";

interface ValueInputProps {
  value: Shown;
  on: boolean;
  name: string;
  className?: string;
  choose: () => void;
  /** Enter: the text, or `null` where it was left as it was. */
  take: (text: string | null) => void;
}

/** One value as a person may change it: Enter takes it and goes on, Escape puts it back. */
export function ValueInput({ value, on, name, className, choose, take }: ValueInputProps) {
  const before = textOf(value.value);
  const [text, setText] = useState(before);
  // What was typed and not taken yet; a value that was pointed at meanwhile takes its place.
  const typed = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  const settle = (shown: string) => {
    typed.current = false;
    setText(shown);
  };
  useEffect(() => {
    typed.current = false;
    setText(before);
  }, [before]);
  useEffect(() => {
    if (on && document.activeElement !== input.current) {
      input.current?.focus();
      input.current?.select();
    }
  }, [on]);
  return (
    <input
      ref={input}
      className={className}
      value={text}
      aria-label={name}
      placeholder={value.waiting && !value.value ? "not found: type it, or click it on the page" : ""}
      size={Math.min(18, Math.max(5, text.length))}
      onChange={(event) => {
        typed.current = true;
        setText(event.currentTarget.value);
      }}
      onFocus={choose}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
          event.preventDefault();
          const changed = typed.current && text !== before;
          typed.current = false;
          take(changed ? text : null);
        }
        if (event.key === "Escape") settle(before);
      }}
      onBlur={() => {
        const changed = typed.current && text !== before;
        typed.current = false;
        if (changed) take(text);
      }}
    />
  );
}
