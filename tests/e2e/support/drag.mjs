/** A real drag of a file from another window, by the mouse. */
import { end, firstLine, run, start } from "./programs.mjs";

/** The one that the system's GTK bindings are installed for; another may come first on the PATH. */
const systemPython = "/usr/bin/python3";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Picks the file up in a small window at the left upper corner, moves it over `to` (of the screen) in steps, calls `over`,
 * and lets go. Fails when the target refuses it.
 */
export async function dragFile(file, to, env, over) {
  const from = { x: 70, y: 35 };
  const source = start("drag-source", systemPython, [new URL("offer_file.py", import.meta.url).pathname, file, "0", "0"], {
    env,
    stdio: { out: "pipe" },
  });
  const mouse = (...words) => run("xdotool", "xdotool", words.map(String), { env });
  try {
    await firstLine(source, source.stdout, (line) => line === "ready");
    const ended = firstLine(source, source.stdout, (line) => ["dropped", "refused"].find((word) => line === word));
    // Failing to press or move is reported first; what the source then says or does not say is of no interest.
    ended.catch(() => undefined);
    await mouse("mousemove", from.x, from.y);
    await pause(200);
    await mouse("mousedown", 1);
    const steps = 12;
    for (let step = 1; step <= steps; step += 1) {
      await mouse("mousemove", Math.round(from.x + ((to.x - from.x) * step) / steps), Math.round(from.y + ((to.y - from.y) * step) / steps));
      await pause(40);
    }
    await over();
    await mouse("mouseup", 1);
    const outcome = await ended;
    if (outcome !== "dropped") throw new Error("the window refused the file");
  } finally {
    await end(source);
  }
}
