/** Short messages in the corner: that something was done, or why it was not. */
import { notifications } from "@mantine/notifications";

import { toApiError } from "../../api/error";
import { inDesktop } from "../../api/transport";
import { capitalized } from "../../lib/words";

export function done(message: string, title?: string): void {
  notifications.show({ title, message, color: "teal", autoClose: 3000, withBorder: true });
}

export function failed(thrown: unknown): void {
  const { message, hint } = toApiError(thrown);
  notifications.show({ title: capitalized(message), message: hint, color: "red", autoClose: 9000, withBorder: true });
}

/** Something has come up. Whoever looks at the page is told here; whoever does not, by the desktop, where the browser may. */
export function told(title: string, body: string): void {
  notifications.show({ title, message: body, color: "yellow", autoClose: 12000, withBorder: true, styles: { description: { whiteSpace: "pre-line" } } });
  if (inDesktop || document.hasFocus() || !("Notification" in window) || Notification.permission !== "granted") return;
  const shown = new Notification(title, { body });
  shown.addEventListener("click", () => window.focus());
}
