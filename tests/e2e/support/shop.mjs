/** The program under test, and shops to try it on. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { end, firstLine, out, run, start, twice } from "./programs.mjs";

const clone = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const samples = join(clone, "sample-data");

/** `signwright`, as `SIGNWRIGHT` names it. */
export const program = resolve(process.env.SIGNWRIGHT ?? "signwright");

/** A folder of this run, which goes with it. */
export const folder = mkdtempSync(join(tmpdir(), "signwright-e2e-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/**
 * A copy of the sample shop: of the file `SHOP` names, or else one that is made now by the whole demo. A closed shop is
 * one file, so copying that file is enough.
 */
export async function sampleShop() {
  let made = process.env.SHOP;
  if (!made || !existsSync(made)) {
    made = join(folder, "made", "sample.signwright");
    mkdirSync(dirname(made));
    await run("demo", program, ["demo", "--shop", made, "--sample-data", samples], { within: 300_000 });
  }
  const copy = join(folder, "sample.signwright");
  copyFileSync(made, copy);
  return copy;
}

/** A place where no shop is yet. */
export function newShop() {
  return join(folder, "new.signwright");
}

/** One of the printed cost summaries. */
export function costSummary(number = 0) {
  const names = readdirSync(join(samples, "cost-summaries")).filter((name) => name.endsWith(".pdf")).sort();
  return join(samples, "cost-summaries", names[number]);
}

/** The one whose printed total is not the sum of its lines, so that it waits for a person. */
export const doubtful = join(samples, "cost-summaries", "WO-19168.pdf");

/** A list of the office's own program. */
export const table = join(samples, "crm", "opportunities.csv");

/** A bill that opens with `PASSWORD`. */
export const locked = join(clone, "tests/fixtures/locked-bill.pdf");
export const PASSWORD = "lantern 27";

/** The same document in a file that the shop has never seen: a comment after the end changes nothing a reader looks at. */
export function printedAgain(pdf) {
  const copy = join(folder, basename(pdf, ".pdf") + " printed again.pdf");
  writeFileSync(copy, Buffer.concat([readFileSync(pdf), Buffer.from("\n% printed again\n")]));
  return copy;
}

/** Serves a shop and gives the address to open, with `stop`, which gives the exit code. */
export async function serve(shop) {
  const serving = () => {
    const child = start("serve", program, ["serve", "--shop", shop, "--port", "0"], { env: { SIGNWRIGHT_SECRETS: join(folder, "secrets") }, stdio: { out: "pipe" } });
    return firstLine(child, child.stdout, (line) => /http:\/\/127\.0\.0\.1:\d+\/#token=\w+/.exec(line)?.[0]).then((url) => ({
      url,
      stop: () => end(child),
    }));
  };
  return twice(serving);
}

/** Where a screenshot of this name goes. */
export function picture(name) {
  return join(out, `${name}.png`);
}
