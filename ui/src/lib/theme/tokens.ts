/**
 * The colours, spacing and type of the product, in one place: the CSS variables, the Mantine theme and the chart theme are made
 * from here. Text tokens (`ink*`, `up`, `down`, `warn`, `bad`, `accentInk`) reach WCAG AA (4.5 to 1) on every surface they stand on;
 * `tokens.test.ts` holds that.
 */
export interface Palette {
  bg: string;
  surface: string;
  sunken: string;
  line: string;
  lineStrong: string;
  ink: string;
  ink2: string;
  ink3: string;
  accent: string;
  accentSoft: string;
  accentInk: string;
  onAccent: string;
  up: string;
  upSoft: string;
  down: string;
  downSoft: string;
  warn: string;
  warnSoft: string;
  bad: string;
  badSoft: string;
}

export type Scheme = "light" | "dark";

export const palettes: Record<Scheme, Palette> = {
  light: {
    bg: "#f6f7f9", surface: "#ffffff", sunken: "#f1f3f6", line: "#e3e6eb", lineStrong: "#cfd4dc",
    ink: "#14181f", ink2: "#4a5361", ink3: "#636d7c",
    accent: "#1f5eff", accentSoft: "#e8efff", accentInk: "#1746c7", onAccent: "#ffffff",
    up: "#ad4019", upSoft: "#fdece4", down: "#08724e", downSoft: "#e2f5ed",
    warn: "#855600", warnSoft: "#fff3d6", bad: "#b3261e", badSoft: "#fde7e5",
  },
  dark: {
    bg: "#0f1216", surface: "#171b21", sunken: "#1e232b", line: "#262c35", lineStrong: "#38404c",
    ink: "#eef1f5", ink2: "#b3bcc9", ink3: "#8b96a6",
    accent: "#6d9bff", accentSoft: "#1b2947", accentInk: "#a9c4ff", onAccent: "#0b1220",
    up: "#ff9466", upSoft: "#3a2015", down: "#4fd1a1", downSoft: "#12301f",
    warn: "#ffcf70", warnSoft: "#37290a", bad: "#ff8a80", badSoft: "#3d1815",
  },
};

export const shape = {
  font: '"Inter Variable", system-ui, sans-serif',
  fontSize: "13px",
  radius: "8px",
  radiusSmall: "6px",
  shadow: { light: "0 1px 2px rgba(16, 24, 40, .05)", dark: "none" },
};

/** The palette as CSS variables: `ink2` becomes `--ink-2`, `accentSoft` becomes `--accent-soft`. */
export function cssVariables(scheme: Scheme): Record<string, string> {
  const named = Object.entries(palettes[scheme]).map(([name, colour]) => [`--${dashed(name)}`, colour]);
  return { ...Object.fromEntries(named), "--shadow": shape.shadow[scheme] };
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/([a-z])(\d)/g, "$1-$2");
}
