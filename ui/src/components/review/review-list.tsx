import { Button, SegmentedControl } from "@mantine/core";

import { useCommand } from "../../api/commands";
import { useTasks } from "../../api/queries";
import type { ReviewState, ReviewSummary } from "../../api/types";
import { count, counted } from "../../lib/numbers";
import type { Tone } from "../../lib/words";
import { Card } from "../shared/card";
import { failed } from "../shared/notify";
import { Dot } from "../shared/tag";

interface ReviewListProps {
  documents: ReviewSummary[];
  chosen: string | null;
  choose: (sha256: string) => void;
  all: boolean;
  showAll: (all: boolean) => void;
  /** Documents in which nothing waits and that nobody has confirmed. */
  certain: number;
}

/** Documents that wait for a person, newest first. */
export function ReviewList({ documents, chosen, choose, all, showAll, certain }: ReviewListProps) {
  const shown = (
    <SegmentedControl
      value={all ? "all" : "waiting"}
      onChange={(value) => showAll(value === "all")}
      data={[
        { value: "waiting", label: "Waiting" },
        { value: "all", label: "All" },
      ]}
      aria-label="Documents that wait or all"
    />
  );
  return (
    <Card title="Documents" right={shown} fill flush>
      <AcceptCertain certain={certain} />
      {documents.map((one) => (
        <button
          key={one.sha256}
          type="button"
          className={one.sha256 === chosen ? "review-file on" : "review-file"}
          aria-pressed={one.sha256 === chosen}
          onClick={() => choose(one.sha256)}
          data-testid="review-row"
        >
          <Dot tone={toneOf(one.state)} />
          <div className="grow">
            <b title={one.file}>{one.file}</b>
            <span className="dim small">{standing(one)}</span>
          </div>
        </button>
      ))}
    </Card>
  );
}

/** How the title of the task begins. */
const CONFIRMING = "Confirming ";

/** Confirms what needs nobody's eyes, all at once. */
export function AcceptCertain({ certain }: { certain: number }) {
  const confirming = useCommand("start_confirming", ["tasks"]);
  const running = (useTasks().data ?? []).some(({ state, title }) => state === "running" && title.startsWith(CONFIRMING));
  if (certain === 0) return null;
  return (
    <Button size="compact-sm" className="review-certain" loading={confirming.isPending || running} onClick={() => confirming.mutate({}, { onError: failed })} title="Confirms every document in which nothing waits; each teaches its layout">
      Confirm all certain · {count(certain)}
    </Button>
  );
}

export function toneOf(state: ReviewState): Tone {
  switch (state) {
    case "unknown":
      return "bad";
    case "waiting":
      return "warn";
    case "certain":
    case "confirmed":
      return "good";
  }
}

function standing(one: ReviewSummary): string {
  switch (one.state) {
    case "unknown":
      return "layout not known";
    case "waiting":
      return one.waiting > 0 ? `${counted(one.waiting, "value")} to check` : "not confirmed yet";
    case "certain":
      return "all certain";
    case "confirmed":
      return "confirmed";
  }
}
