import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";

import type { Tone } from "../../lib/words";

/** A small label whose colour says what it means. */
export function Tag({ tone = "plain", title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={`tag ${tone}`} title={title}>
      {children}
    </span>
  );
}

/** A point whose colour says what it means; `label` says it to those who do not see it, where no text beside it does. */
export function Dot({ tone, label }: { tone: Tone; label?: string }) {
  if (!label) return <span className={`dot ${tone}`} aria-hidden />;
  return (
    <span className={`dot ${tone}`}>
      <VisuallyHidden>{label}: </VisuallyHidden>
    </span>
  );
}
