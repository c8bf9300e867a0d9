import { IconChevronRight, IconCircleCheck } from "@tabler/icons-react";

import type { Attention } from "../../api/types";
import type { Tone } from "../../lib/words";
import { Card } from "../shared/card";
import { InternalLink } from "../shared/internal-link";
import { Empty } from "../shared/states";
import { Dot, Tag } from "../shared/tag";

/** What waits for a person, the most pressing first. */
export function AttentionList({ items }: { items: Attention[] }) {
  return (
    <Card title="Needs you" right={items.length > 0 && <Tag tone="warn">{items.length}</Tag>} flush>
      {items.length === 0 ? (
        <Empty icon={IconCircleCheck} title="Nothing waits for you">
          Drop this month's cost summaries and exports into the window, or start an estimate.
        </Empty>
      ) : (
        items.map((item) => (
          <InternalLink key={`${item.kind} ${item.title}`} to={item.link} className="attention">
            <Dot tone={toneOf(item.kind)} />
            <div className="grow">
              <b>{item.title}</b>
              <div className="dim">{item.detail}</div>
            </div>
            <IconChevronRight size={15} className="dim" aria-hidden />
          </InternalLink>
        ))
      )}
    </Card>
  );
}

/** The backend names what an item is about; refused data is red, the rest is to be looked at. */
function toneOf(kind: string): Tone {
  if (kind.startsWith("reject") || kind === "error" || kind === "alert") return "bad";
  return kind.startsWith("model") || kind === "info" ? "accent" : "warn";
}
