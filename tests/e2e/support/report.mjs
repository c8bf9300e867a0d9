/** Named checks in order; the first that fails ends the run, because the next ones stand on it. */
import { performance } from "node:perf_hooks";

/** Runs `checks({ check })`, `look` if one failed, then `clear`, and ends the process with 0 or 1. */
export async function report(title, { checks, look, clear }) {
  let failed = false;
  const begun = performance.now();
  const check = async (name, act) => {
    const from = performance.now();
    try {
      const answer = await act();
      console.log(`  ok    ${name} (${Math.round(performance.now() - from)} ms)`);
      return answer;
    } catch (error) {
      console.log(`  FAIL  ${name}\n${error.stack ?? error}`);
      failed = true;
      throw error;
    }
  };
  console.log(title);
  try {
    await checks({ check });
  } catch (error) {
    if (!failed) console.log(`  FAIL  ${error.stack ?? error}`);
    failed = true;
  }
  if (failed) await look().catch((error) => console.log(`  while looking what there was: ${error.message}`));
  await clear().catch((error) => console.log(`  while clearing up: ${error.message}`));
  console.log(`${failed ? "failed" : "passed"} in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  process.exit(failed ? 1 : 0);
}

/** Fails with both values unless they are the same. */
export function same(found, expected, what) {
  if (found !== expected) throw new Error(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
}

/** Fails unless the text matches; gives the match. */
export function matching(text, pattern, what) {
  const match = pattern.exec(text);
  if (!match) throw new Error(`${what}: ${JSON.stringify(text)} does not match ${pattern}`);
  return match;
}

/** `$24,310` or `$24,310.55` as a number. */
export function amount(text, what) {
  return Number(matching(text, /\$\s?([\d,]+(?:\.\d+)?)/, what)[1].replaceAll(",", ""));
}
