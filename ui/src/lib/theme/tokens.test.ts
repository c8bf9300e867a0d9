import { describe, expect, it } from "vitest";

import { cssVariables, type Palette, palettes, type Scheme } from "./tokens";

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const pairs: [keyof Palette, keyof Palette][] = [
  ...(["bg", "surface", "sunken"] as const).flatMap((ground) =>
    (["ink", "ink2", "ink3"] as const).map((ink): [keyof Palette, keyof Palette] => [ink, ground]),
  ),
  ["accentInk", "accentSoft"], ["ink2", "accentSoft"], ["ink3", "accentSoft"], ["onAccent", "accent"],
  ["up", "upSoft"], ["down", "downSoft"], ["warn", "warnSoft"], ["bad", "badSoft"],
  ["up", "surface"], ["down", "surface"], ["warn", "surface"], ["bad", "surface"],
];

describe.each<Scheme>(["light", "dark"])("%s palette", (scheme) => {
  it.each(pairs)("%s on %s can be read (WCAG AA)", (ink, ground) => {
    expect(contrast(palettes[scheme][ink], palettes[scheme][ground])).toBeGreaterThanOrEqual(4.5);
  });

  it("names its variables as the style sheets use them", () => {
    expect(Object.keys(cssVariables(scheme))).toEqual(expect.arrayContaining(["--ink-2", "--accent-soft", "--line-strong", "--shadow"]));
  });
});
