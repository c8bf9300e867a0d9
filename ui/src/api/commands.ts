/** What pages change. A mutation refreshes what it touched at once; the `changed` event refreshes other windows. */
import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { ApiError } from "./error";
import { call, type Command, type Input, type Output } from "./transport";

interface How {
  /** Its input is secret: it is let go of with the mutation, as soon as nobody looks at that. */
  secret?: boolean;
}

/** A command as a mutation; `refresh` are the first parts of the query keys it makes stale. */
export function useCommand<C extends Command>(command: C, refresh: string[] = [], { secret = false }: How = {}) {
  const client = useQueryClient();
  return useMutation<Output<C>, ApiError, Input<C>>({
    ...(secret && { gcTime: 0 }),
    mutationFn: (input) => call(command, input),
    onSuccess: () => {
      for (const key of refresh) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
