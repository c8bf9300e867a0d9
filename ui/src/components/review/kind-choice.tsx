import { Button, NativeSelect } from "@mantine/core";

import type { RecordKind } from "../../api/types";
import { recordKind } from "../../lib/words";

export const kinds: { kind: RecordKind; label: string }[] = [
  { kind: "cost_summary", label: "Cost summary" },
  { kind: "vendor_bill", label: "Vendor bill" },
  { kind: "invoice", label: "Invoice" },
  { kind: "purchase_order", label: "Purchase order" },
  { kind: "printed_quote", label: "Quote" },
  { kind: "work_order", label: "Work order" },
];

/** What a document is that nobody knows: said once, and remembered with its layout. */
export function KindChoice({ choose, leave }: { choose: (kind: RecordKind) => void; leave: () => void }) {
  return (
    <div className="stack">
      <p className="dim">The layout of this document is not known yet. Say what it is, then click each value on the page. After three documents of a layout it is read by itself.</p>
      <div className="row wrap">
        {kinds.map(({ kind, label }) => (
          <Button key={kind} size="compact-sm" onClick={() => choose(kind)}>
            {label}
          </Button>
        ))}
      </div>
      <button type="button" className="linklike" onClick={leave}>
        Nothing to take from it
      </button>
    </div>
  );
}

/** What a document was taken for, to be put right where that is wrong. */
export function KindSelect({ kind, choose }: { kind: RecordKind; choose: (kind: RecordKind) => void }) {
  const known = kinds.some((one) => one.kind === kind);
  return (
    <NativeSelect
      aria-label="What the document is"
      size="xs"
      value={kind}
      data={[...(known ? [] : [{ value: kind, label: recordKind[kind] }]), ...kinds.map((one) => ({ value: one.kind, label: one.label }))]}
      onChange={(event) => {
        const chosen = kinds.find((one) => one.kind === event.currentTarget.value);
        if (chosen) choose(chosen.kind);
      }}
    />
  );
}
