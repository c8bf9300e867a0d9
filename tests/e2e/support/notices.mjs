/** The messages that a program shows on the desktop, caught on the session bus. */
import { end, firstLine, start } from "./programs.mjs";

const systemPython = "/usr/bin/python3";

/** Gives `next(pattern)`, the first message from now on whose title fits, and `close`. */
export async function catchNotices(env) {
  const desktop = start("notices", systemPython, [new URL("show_notices.py", import.meta.url).pathname], { env, stdio: { out: "pipe" } });
  await firstLine(desktop, desktop.stdout, (line) => line === "ready");
  return {
    next: (pattern, within) => firstLine(desktop, desktop.stdout, (line) => {
      const notice = line.startsWith("{") ? JSON.parse(line) : null;
      return notice && pattern.test(notice.title) ? notice : null;
    }, within),
    close: () => end(desktop),
  };
}
