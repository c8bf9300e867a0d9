/**
 * Starts programs, each in a process group of its own, and ends them with everything they have started: when asked, when
 * this script ends for whatever reason, and when the program that started this script is gone.
 */
import { spawn } from "node:child_process";
import { mkdirSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** Where logs and screenshots go. */
export const out = process.env.OUT ?? "out";
mkdirSync(out, { recursive: true });

const running = new Set();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));
process.on("exit", () => running.forEach((child) => signalGroup(child, "SIGKILL")));

const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(1), 1000).unref();

/**
 * Starts a program. Its standard error goes to `$OUT/NAME.log`, and so does its output unless `stdio` says otherwise.
 */
export function start(name, command, args, { env = {}, stdio = {} } = {}) {
  const log = openSync(join(out, `${name}.log`), "a");
  const child = spawn(command, args, {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", stdio.out ?? log, log, ...(stdio.more ?? [])],
  });
  child.title = name;
  child.failure = null;
  child.on("error", (error) => (child.failure = error));
  running.add(child);
  return child;
}

/** Asks a program to end, insists after five seconds, and gives its exit code (null if it was killed). */
export async function end(child) {
  const gone = () => child.exitCode !== null || child.signalCode !== null || child.failure !== null;
  for (const [signal, patience] of [["SIGTERM", 5000], ["SIGKILL", 2000]]) {
    if (gone()) break;
    signalGroup(child, signal);
    await until(gone, { within: patience, what: `the end of ${child.title}` }).catch(() => undefined);
  }
  signalGroup(child, "SIGKILL");
  running.delete(child);
  return child.exitCode;
}

/** Runs a program to its end and fails unless it succeeds. */
export async function run(name, command, args, options = {}) {
  const child = start(name, command, args, options);
  await until(() => child.exitCode !== null || child.signalCode !== null || child.failure !== null, {
    within: options.within ?? 120_000,
    what: `the end of ${name}`,
  });
  running.delete(child);
  if (child.exitCode !== 0) throw new Error(`${name} failed (${child.failure ?? child.exitCode ?? child.signalCode}): see ${join(out, `${name}.log`)}`);
}

/** The first line that a program writes to a stream and that `find` gives something for. */
export function firstLine(child, stream, find, within = 30_000) {
  return new Promise((resolve, reject) => {
    let text = "";
    const late = setTimeout(() => reject(new Error(`${child.title} said nothing of use within ${within / 1000} s: ${text}`)), within);
    const settle = (act, value) => {
      clearTimeout(late);
      act(value);
    };
    stream.on("data", (chunk) => {
      text += chunk;
      const found = text.split("\n").slice(0, -1).map(find).find(Boolean);
      if (found) settle(resolve, found);
    });
    child.on("exit", (code) => settle(reject, new Error(`${child.title} ended (${code}) before it was ready: ${text}`)));
    child.on("error", (error) => settle(reject, error));
  });
}

/** Asks again and again until the answer is something; fails with what it waited for. */
export async function until(ask, { within = 15_000, every = 100, what = "an answer" } = {}) {
  const late = Date.now() + within;
  let problem = null;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      problem = null;
    } catch (error) {
      problem = error;
    }
    if (Date.now() > late) throw new Error(`waited ${within / 1000} s for ${what}${problem ? `: ${problem.message ?? problem}` : ""}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** Starting a server or a display is tried a second time: the machine may be busy. Nothing else is. */
export async function twice(act) {
  try {
    return await act();
  } catch (error) {
    console.log(`once more, because: ${error.message}`);
    return act();
  }
}

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already, or (on Windows) there are no groups.
    child.kill(signal);
  }
}
