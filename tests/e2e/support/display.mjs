/** A display of its own for the window: Xvfb on a free number, a session bus, a window manager, and empty user folders. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { end, firstLine, run, start, twice, until } from "./programs.mjs";
import { folder } from "./shop.mjs";

/** Gives `env` for everything that shall appear there, and `close`. */
export async function openDisplay() {
  const home = join(folder, "home");
  const places = { HOME: home, XDG_RUNTIME_DIR: join(home, "run") };
  for (const [name, below] of [["XDG_DATA_HOME", "data"], ["XDG_CACHE_HOME", "cache"], ["XDG_CONFIG_HOME", "config"]]) {
    places[name] = join(home, below);
  }
  for (const place of Object.values(places)) mkdirSync(place, { recursive: true, mode: 0o700 });

  const { screen, display } = await twice(openScreen);
  const bus = start("dbus", "dbus-daemon", ["--session", "--nofork", "--nopidfile", "--print-address=1"], {
    env: places,
    stdio: { out: "pipe" },
  });
  const address = await firstLine(bus, bus.stdout, (line) => line.trim());
  const env = {
    ...places,
    DISPLAY: display,
    DBUS_SESSION_BUS_ADDRESS: address,
    GDK_BACKEND: "x11",
    LIBGL_ALWAYS_SOFTWARE: "1",
    NO_AT_BRIDGE: "1",
    WAYLAND_DISPLAY: "",
  };
  const manager = start("openbox", "openbox", [], { env });
  await until(() => run("xprop", "xprop", ["-root", "_NET_SUPPORTING_WM_CHECK"], { env }).then(() => true), { what: "the window manager" });
  return {
    env,
    close: async () => {
      for (const child of [manager, bus, screen]) await end(child);
    },
  };
}

/** Xvfb chooses the number itself and says it when it is ready. */
async function openScreen() {
  const screen = start("xvfb", "Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"], { stdio: { more: ["pipe"] } });
  try {
    const number = await firstLine(screen, screen.stdio[3], (line) => line.trim());
    return { screen, display: `:${number}` };
  } catch (error) {
    await end(screen);
    throw error;
  }
}
