import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";

import type { Check, Correction, Review } from "../../api/types";
import { onDay } from "../../lib/dates";
import { exact } from "../../lib/money";
import { named, place } from "../../lib/words";
import { type Focus, type Shown, same, textOf } from "./focus";
import { ValueInput } from "./value-input";

interface FieldFormProps {
  review: Review;
  values: Shown[];
  focus: Focus | null;
  choose: (focus: Focus) => void;
  take: (value: Shown, text: string | null) => void;
}

/** The fields of a document, whether it adds up, and what people changed in it. */
export function FieldForm({ review, values, focus, choose, take }: FieldFormProps) {
  return (
    <>
      <div style={{ margin: "-4px -14px 0" }}>
        {values.filter(({ line }) => line === null).map((one) => (
          <div key={one.field} className={`review-field ${same(focus, one) ? "on" : ""} ${one.waiting ? "doubt" : ""}`} title={origin(one)} data-testid="review-field">
            <span className="dim clip">{named(one.field)}</span>
            <ValueInput value={one} on={same(focus, one)} name={named(one.field)} choose={() => choose(one)} take={(text) => take(one, text)} />
            <Standing value={one} />
          </div>
        ))}
      </div>
      <div className="stack" style={{ paddingTop: 12 }}>
        {review.checks.length > 0 && (
          <div>
            {review.checks.map((check) => (
              <CheckRow key={check.name} check={check} />
            ))}
          </div>
        )}
        <History review={review} />
      </div>
    </>
  );
}

function origin({ value }: Shown): string {
  if (!value) return "not found in this document";
  return `${place(value.at)}, ${value.found_by}, ${Math.round(value.confidence * 100)} % sure`;
}

function Standing({ value }: { value: Shown }) {
  if (value.waiting) return <IconAlertTriangle size={15} className="warn" aria-label="to check" />;
  if (value.value) return <IconCheck size={15} className="down" aria-label="certain" />;
  return <span />;
}

function CheckRow({ check }: { check: Check }) {
  const difference = check.computed.minor - check.printed.minor;
  const passed = difference === 0;
  return (
    <div className="review-check">
      {passed ? <IconCheck size={14} className="down" aria-label="holds" /> : <IconAlertTriangle size={14} className="warn" aria-label="does not hold" />}
      <span className="grow">{named(check.name)}</span>
      <span className={passed ? "dim num" : "warn num"} title={`printed ${exact(check.printed)}, computed ${exact(check.computed)}`}>
        Δ {exact({ ...check.printed, minor: difference })}
      </span>
    </div>
  );
}

function changeOf({ before, after }: Correction): string {
  if (after) return `“${textOf(before) || "nothing"}” to “${textOf(after)}”`;
  return before ? `“${textOf(before)}” taken out` : "changed";
}

function told(one: Correction): string {
  // That somebody saw one of several bidders, where nothing of it was in doubt.
  if (one.field === "confirmed" && !one.before && !one.after) return "Confirmed";
  return `${named(one.field)}${one.line === null ? "" : ` of line ${one.line + 1}`}: ${changeOf(one)}`;
}

/** The newest corrections first. */
function History({ review }: { review: Review }) {
  const made = [...review.corrections].reverse().slice(0, 8);
  if (made.length === 0 && !review.confirmed_by) return null;
  return (
    <div className="review-history dim">
      {review.confirmed_by && review.confirmed_at && (
        <span>
          Confirmed by {review.confirmed_by}, {onDay(review.confirmed_at.slice(0, 10))}
        </span>
      )}
      {made.map((one) => (
        <span key={`${one.at} ${one.field} ${one.line}`}>
          {told(one)}, {one.who},{" "}
          {onDay(one.at.slice(0, 10))}
        </span>
      ))}
    </div>
  );
}
