import { useHotkeys } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";

import { listenToEvents } from "../../api/events";
import type { TaskState } from "../../api/types";
import { outcomeOf } from "../../lib/outcome";
import { done, failed, told } from "../shared/notify";
import { areas } from "./areas";
import { DropOverlay } from "./drop-overlay";
import { Palette } from "./palette";
import { Sidebar } from "./sidebar";

/** The window: areas at the left, the open page beside them, and what lies over every page. */
export function Shell() {
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => listenToEvents(client, announce, told), [client]);
  useHotkeys(areas.map(({ digit, to }) => [`alt+${digit}`, () => { spotlight.close(); void navigate({ to }); }]), []);
  return (
    <div className="app">
      <Sidebar />
      <Suspense fallback={<div className="page" />}>
        <Outlet />
      </Suspense>
      <Palette />
      <DropOverlay />
    </div>
  );
}

function announce(task: TaskState): void {
  if (task.unasked) return;
  if (task.state === "done") done(outcomeOf(task.result), `${task.title}: done`);
  if (task.error) failed(task.error);
}
