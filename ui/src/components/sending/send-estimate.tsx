import { Button } from "@mantine/core";

import { useCommand } from "../../api/commands";
import { useConnections } from "../../api/queries";
import { done, failed } from "../shared/notify";

/** Sends a saved estimate to the connections that take estimates; nothing to see where there is none. */
export function SendEstimate({ id, title }: { id: number; title: string }) {
  const connections = useConnections().data ?? [];
  const takers = connections.filter(({ enabled, sends }) => enabled && sends.includes("estimate")).map(({ name }) => name);
  const sending = useCommand("send_estimate", ["outbox"]);
  if (takers.length === 0) return null;
  const to = takers.join(", ");
  return (
    <Button size="compact-xs" loading={sending.isPending} onClick={() => sending.mutate({ id }, { onSuccess: () => done(`It goes to ${to} within seconds.`, `${title} sent`), onError: failed })}>
      Send to {to}
    </Button>
  );
}
