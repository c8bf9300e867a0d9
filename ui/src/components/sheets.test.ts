/** A page's style sheet stays loaded when another page is opened, so no area may use a class that another area's sheet styles. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

const root = import.meta.dirname;
const shared = ["shared", "shell"];
const areas = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

function files(area: string, ending: string): string[] {
  return readdirSync(join(root, area)).filter((name) => name.endsWith(ending)).map((name) => readFileSync(join(root, area, name), "utf8"));
}

/** Classes that a sheet styles wherever they stand: the first part of a selector. */
function styled(area: string): string[] {
  return files(area, ".css").flatMap((sheet) => [...sheet.matchAll(/(?:^|[},])\s*\.([\w-]+)/gm)].map((found) => found[1] ?? ""));
}

function used(area: string): Set<string> {
  const literals = files(area, ".tsx").flatMap((text) => [...text.matchAll(/className=(?:"([^"]*)"|\{[^}]*\})/g)].map((found) => found[0]));
  return new Set(literals.flatMap((text) => text.match(/[\w-]+/g) ?? []));
}

describe("style sheets", () => {
  it.each(areas.filter((area) => !shared.includes(area)))("of %s style no class of another area", (area) => {
    const ours = styled(area);
    const clashes = areas.filter((other) => other !== area).flatMap((other) => ours.filter((name) => used(other).has(name)).map((name) => `${other}: ${name}`));
    expect(clashes).toEqual([]);
  });
});
