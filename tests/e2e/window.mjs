/** The real window under Xvfb, driven through WebDriver: the main path, and a file dragged in from another window. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { remote } from "webdriverio";

import { openDisplay } from "./support/display.mjs";
import { dragFile } from "./support/drag.mjs";
import { catchNotices } from "./support/notices.mjs";
import { end, freePort, out, run, start, twice, until } from "./support/programs.mjs";
import { amount, matching, report, same } from "./support/report.mjs";
import { costSummary, newShop, picture, printedAgain, program, sampleShop } from "./support/shop.mjs";

const WAIT = 45_000;

let display;
let driver;
let window;

await report("the desktop window", {
  checks: walk,
  look: async () => {
    if (!window) return;
    await shot("failed");
    console.log(`the page says: ${await text("body")}`);
  },
  clear: async () => {
    await window?.deleteSession();
    if (driver) await end(driver.child);
    await display?.close();
  },
});

async function walk({ check }) {
  await check("without a display it says so and fails", refuses);
  const shop = await check("the sample shop is made by the demo", sampleShop);
  display = await check("a display opens", openDisplay);
  driver = await check("the driver starts", () => twice(startDriver));
  window = await check("the window opens", () => openWindow(shop));
  await theMainPath(check);
  await theNotice(check, shop);
  await theDrop(check, shop);
}

/** Nothing named, and a display named that is not there. */
async function refuses() {
  await without("", /no display to open a window on/);
  await without(":4711", /the display does not take a window/);
}

async function without(display, saying) {
  const env = { DISPLAY: display, WAYLAND_DISPLAY: "" };
  const child = start("no-display", program, ["window", "--shop", newShop()], { env });
  await until(() => child.exitCode !== null || child.failure, { within: WAIT, what: "the end without a window" });
  same(child.exitCode, 1, "exit code");
  matching(readFileSync(join(out, "no-display.log"), "utf8"), saying, "what it says");
}

async function startDriver() {
  const port = await freePort();
  const env = { ...display.env, TAURI_WEBVIEW_AUTOMATION: "true" };
  const child = start("driver", "WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], { env });
  try {
    await until(() => fetch(`http://127.0.0.1:${port}/status`).then((answer) => answer.ok), { what: "WebKitWebDriver" });
    return { child, port };
  } catch (error) {
    await end(child);
    throw error;
  }
}

function openWindow(shop) {
  const capabilities = {
    browserName: "wry",
    "wdio:enforceWebDriverClassic": true,
    "webkitgtk:browserOptions": { binary: program, args: ["window", "--shop", shop] },
  };
  const options = { hostname: "127.0.0.1", port: driver.port, logLevel: "error", connectionRetryCount: 1, connectionRetryTimeout: 60_000 };
  return twice(() => remote({ ...options, capabilities }));
}

async function theMainPath(check) {
  await check("Today shows the shop", async () => {
    await reads("h1", /Today/);
    await reads("body", /1,\d{3} finished jobs/);
    await shot("today");
  });

  await check("Jobs finds by words", async () => {
    await area("Jobs");
    const all = count(await reads('[data-testid="jobs-count"]', /\d,\d{3} jobs/));
    await window.$('[aria-label="Search jobs"]').setValue("monument");
    await until(async () => {
      const some = count(await text('[data-testid="jobs-count"]'));
      return some > 0 && some < all;
    }, { within: WAIT, what: "fewer jobs" });
    await shot("jobs");
  });

  const cost = await check("Estimate answers", async () => {
    await area("Estimate");
    await window.$("#driver-sign_type").click();
    await window.$('//*[@role="option"][normalize-space()="Monument"]').click();
    await window.$("#driver-width").setValue("10");
    await window.$("#driver-height").setValue("6");
    const cost = amount(await reads('[data-testid="estimate-cost"]', /\$[\d,]{4,}/), "the estimated cost");
    await shot("estimate");
    return cost;
  });

  await check("a quote is made from it", async () => {
    await button("Make quote");
    const customer = window.$('//*[@role="dialog"]//label[starts-with(normalize-space(), "Customer")]/following::input[1]');
    await customer.waitForExist({ timeout: WAIT });
    await customer.setValue("Lakeside Library");
    await button("Make the quote");
    const total = amount(await reads('[data-testid="quote-total"]', /\$[\d,]{4,}/), "the total");
    if (total <= cost) throw new Error(`the quote of ${total} does not even cover the cost of ${cost}`);
    await shot("quote");
  });

  await check("Forecasts, Anomalies and Models open", async () => {
    await area("Forecasts");
    await window.$('[data-testid="forecast-chart"] :is(canvas, svg)').waitForExist({ timeout: WAIT });
    await shot("forecasts");
    await area("Anomalies");
    await reads('[data-testid="anomaly-row"]', /\w{3}/);
    await area("Models");
    await reads('[data-testid="model-verdict"]', /±\s?\d/);
    await shot("models");
  });
}

/** An alert that fires while nobody looks at the window. */
async function theNotice(check, shop) {
  await check("the desktop tells of an alert while the window is minimised", async () => {
    const notices = await catchNotices(display.env);
    try {
      const told = notices.next(/Nobody answers/, WAIT);
      told.catch(() => undefined);
      const id = (await theWindow()).at(-1);
      await run("minimise", "xdotool", ["windowminimize", id], { env: display.env });
      const rule = { title: "Nobody answers", severity: "high", any: false, enabled: true, conditions: [{ of: "overruns", percent: -99, days: 36500, at_least: 1 }] };
      await run("rule", program, ["call", "save_alert_rule", JSON.stringify(rule), "--shop", shop]);
      matching((await told).body, /\w{3}/, "what the desktop says");
      await run("restore", "xdotool", ["windowmap", id, "windowactivate", "--sync", id], { env: display.env });
    } finally {
      await notices.close();
    }
    await area("Alerts");
    await reads('[data-testid="alert"]', /Nobody answers/);
    await shot("alerts");
  });
}

async function theDrop(check, shop) {
  const file = printedAgain(costSummary());

  await check("a file dragged over the window shows where it would go, and dropping imports it", async () => {
    await area("Today");
    const middle = await middleOfTheWindow();
    await dragFile(file, middle, display.env, () => reads('[data-testid="drop-overlay"]', /Drop to import/));
    await until(async () => {
      const rows = await window.execute(() => [...document.querySelectorAll('[data-testid="import-row"]')].map((row) => row.innerText));
      return rows.some((row) => row.includes(basename(file)) && /\d+ (new|the same|updated)/.test(row));
    }, { within: WAIT, what: "a row for the dropped file" });
    await shot("dropped");
  });

  await check("its page is painted from the kept file", async () => {
    const canvas = '[data-testid="page-picture"][data-painted="true"] canvas';
    await until(() => window.execute((selector) => (document.querySelector(selector)?.width ?? 0) > 100, canvas), { within: WAIT, what: "a painted page" });
    await shot("page");
  });

  await check("the window closes, and the shop is sound", async () => {
    await window.deleteSession();
    window = null;
    await run("verify", program, ["verify", "--shop", shop], { within: WAIT });
  });
}

/** The numbers of the windows that name the program, the outermost last. */
async function theWindow() {
  const found = [];
  const search = start("xdotool-search", "xdotool", ["search", "--onlyvisible", "--name", "Signwright"], { env: display.env, stdio: { out: "pipe" } });
  search.stdout.on("data", (chunk) => found.push(...String(chunk).split("\n").filter(Boolean)));
  await until(() => search.exitCode !== null, { what: "the search for the window" });
  await end(search);
  if (found.length === 0) throw new Error("no window whose title names Signwright");
  return found;
}

/** In pixels of the screen: what is dragged there is over the page. */
async function middleOfTheWindow() {
  const found = await theWindow();
  const asked = start("xdotool-geometry", "xdotool", ["getwindowgeometry", "--shell", found.at(-1)], { env: display.env, stdio: { out: "pipe" } });
  let answer = "";
  asked.stdout.on("data", (chunk) => (answer += chunk));
  await until(() => asked.exitCode !== null, { what: "the window's place" });
  await end(asked);
  const [x, y, width, height] = ["X", "Y", "WIDTH", "HEIGHT"].map((name) => Number(matching(answer, new RegExp(`^${name}=(-?\\d+)`, "m"), "the window's place")[1]));
  same(width >= 1024 && height >= 680, true, `a window of ${width} by ${height} is as large as it should be`);
  return { x: x + width / 2, y: y + height / 2 };
}

async function area(name) {
  await window.$(`//nav//a[.//*[normalize-space()="${name}"]]`).click();
}

async function button(name) {
  const found = window.$(`//button[normalize-space()="${name}"]`);
  await found.waitForEnabled({ timeout: WAIT });
  await found.click();
}

/** What is to be read there; WebKit's own answer leaves out text in nested boxes that clip. */
function text(selector) {
  return window.execute((selector) => document.querySelector(selector)?.innerText ?? "", selector);
}

/** Waits until the element's text fits, and gives it. */
async function reads(selector, pattern) {
  let last = "";
  return until(async () => {
    last = await text(selector);
    return pattern.test(last) && last;
  }, { within: WAIT, what: `${pattern} in ${selector}` }).catch((error) => {
    throw new Error(`${error.message}; it says ${JSON.stringify(last.slice(0, 300))}`);
  });
}

function count(given) {
  return Number((/([\d,]+) jobs?/.exec(given)?.[1] ?? "0").replaceAll(",", ""));
}

async function shot(name) {
  await window.saveScreenshot(picture(`window-${name}`));
}
