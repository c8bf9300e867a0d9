import type { TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { DropZone } from "./drop-zone";
import { Empty } from "./states";

/** What stands on a page while the shop has no data for it: what the page will show, and the files it needs. */
export function Start({ icon, title, children }: { icon: TablerIcon; title: string; children: ReactNode }) {
  return (
    <div className="stack start">
      <Empty icon={icon} title={title}>
        {children}
      </Empty>
      <DropZone />
    </div>
  );
}
