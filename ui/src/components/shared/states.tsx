/** What stands where there is nothing yet, nothing at all, or a refusal. */
import { Button } from "@mantine/core";
import { IconAlertCircle, type TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { toApiError } from "../../api/error";
import { capitalized } from "../../lib/words";

interface EmptyProps {
  icon: TablerIcon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** An empty list says what to do next. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <Icon size={30} aria-hidden />
      <b>{title}</b>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** An error with its sentence and what to do about it. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const { message, hint } = toApiError(error);
  return (
    <div className="problem" role="alert">
      <IconAlertCircle size={18} aria-hidden />
      <div className="grow">
        <b>{capitalized(message)}</b>
        {hint && <p>{hint}</p>}
      </div>
      {retry && (
        <Button size="compact-xs" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A place holder of the size of what is being fetched. */
export function Loading({ height = 120 }: { height?: number | string }) {
  return <div className="skeleton" style={{ height }} role="status" aria-label="Loading" />;
}

interface Fetched<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** Shows what a query has: its error, a place holder, or its data. */
export function Shown<T>({ query, height, children }: { query: Fetched<T>; height?: number | string; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Problem error={query.error} retry={() => void query.refetch()} />;
  return <Loading height={height} />;
}
