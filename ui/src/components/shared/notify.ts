/** Short messages in the corner: that something was done, or why it was not. */
import { notifications } from "@mantine/notifications";

import { toApiError } from "../../api/error";
import { capitalized } from "../../lib/words";

export function done(message: string, title?: string): void {
  notifications.show({ title, message, color: "teal", autoClose: 3000, withBorder: true });
}

export function failed(thrown: unknown): void {
  const { message, hint } = toApiError(thrown);
  notifications.show({ title: capitalized(message), message: hint, color: "red", autoClose: 9000, withBorder: true });
}
