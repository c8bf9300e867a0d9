/** The web UI in a real Chromium, over `signwright serve`: the way through a day, and a file dropped on an empty shop. */
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { chromium } from "playwright-core";

import { until } from "./support/programs.mjs";
import { isSigned, receive } from "./support/receiver.mjs";
import { amount, matching, report, same } from "./support/report.mjs";
import { costSummary, doubtful, folder, locked, newShop, PASSWORD, picture, sampleShop, serve, table } from "./support/shop.mjs";

const WAIT = 45_000;
const KEY = "a key between two programs";

let browser;
const servers = [];
/** How the console begins to tell of an answer that is a refusal; which one it was says the answer itself. */
const REFUSED = "Failed to load resource: the server responded with a status of";
/** What pages wrote to their consoles as errors, and refusals that nobody expects. */
const problems = [];

await report("the web UI in Chromium", {
  checks: walk,
  look: async () => {
    const page = browser?.contexts().at(-1)?.pages().at(-1);
    if (!page) return;
    await page.screenshot({ path: picture("chromium-failed") });
    console.log(`the page says: ${await page.locator("body").innerText()}\nthe console: ${problems.join("\n")}`);
  },
  clear: async () => {
    await browser?.close();
    for (const server of servers) await server.stop();
  },
});

async function walk({ check }) {
  browser = await check("the browser starts", () =>
    chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    }),
  );
  const shop = await check("the sample shop is made by the demo", sampleShop);
  await theDay(check, await open(shop));
  await theFirstFile(check, await open(newShop()));
  await withoutToken(check);
}

/** Serves a shop and opens it. */
async function open(shop) {
  const server = await serve(shop);
  servers.push(server);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT);
  page.on("console", (message) => message.type() === "error" && !message.text().startsWith(REFUSED) && problems.push(message.text()));
  page.on("response", async (response) => {
    if (response.status() < 400) return;
    const { code } = await response.json().catch(() => ({}));
    // A new shop has too little of much, and says so on the page.
    if (code !== "not_enough_data") problems.push(`${response.status()} ${code}: ${new URL(response.url()).pathname}`);
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(server.url);
  return { page, server, area: (name) => page.getByRole("navigation").getByRole("link", { name }).click() };
}

async function theDay(check, { page, server, area }) {
  const title = (name) => page.getByRole("heading", { level: 1, name }).waitFor();
  const shot = (name) => page.screenshot({ path: picture(`chromium-${name}`) });

  await check("Today shows the shop, and the token is gone from the address", async () => {
    await title("Today");
    await page.getByText(/1,\d{3} finished jobs/).first().waitFor();
    await until(() => !page.url().includes("token"), { what: "an address without the token" });
    await shot("today");
  });

  await check("Jobs finds by words", async () => {
    await area("Jobs");
    const count = page.getByTestId("jobs-count");
    const all = await counted(count, (n) => n > 1000);
    await page.getByLabel("Search jobs").fill("monument");
    const some = await counted(count, (n) => n < all && n > 0);
    await page.getByLabel("Search jobs").fill("no such words anywhere");
    await counted(count, (n) => n === 0);
    await page.getByLabel("Search jobs").fill("");
    await counted(count, (n) => n === all);
    await shot("jobs");
    return some;
  });

  const cost = await check("Estimate answers as soon as type and size are known", async () => {
    await area("Estimate");
    await page.locator("#driver-sign_type").click();
    await page.getByRole("option", { name: "Monument" }).click();
    await page.locator("#driver-width").fill("10");
    await page.locator("#driver-height").fill("6");
    const small = await answered(page);
    await page.locator("#driver-width").fill("20");
    const large = await until(async () => {
      const now = await answered(page);
      return now > small && now;
    }, { what: "a higher cost of a wider sign" });
    await page.getByText("Similar jobs", { exact: false }).first().waitFor();
    await shot("estimate");
    return large;
  });

  await check("a variant of the estimate is kept and stands beside it", async () => {
    await page.getByRole("button", { name: "Save the estimate" }).click();
    await page.getByText("As estimated").waitFor();
    await page.locator("#driver-height").fill("5");
    await page.getByLabel("Name of the variant").fill("a foot lower");
    await page.getByRole("button", { name: "Keep this variant" }).click();
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    const table = page.getByTestId("comparison");
    matching((await table.textContent()) ?? "", /Height\s*6 ft\s*5 ft.*Difference\s*[−-] \$/s, "the comparison");
    await shot("scenarios");
    await page.keyboard.press("Escape");
    await table.waitFor({ state: "detached" });
    await page.locator("#driver-height").fill("6");
    await until(async () => (await answered(page)) === cost, { what: "the cost as estimated" });
  });

  await check("the cost is built up part by part beside it, and a person can go by it", async () => {
    const built = amount((await page.getByTestId("built-up").textContent()) ?? "", "the built-up cost");
    matching((await page.getByTestId("two-estimates").textContent()) ?? "", /range of finished jobs/, "where the two stand");
    await page.getByRole("button", { name: /Show \d+ lines/ }).click();
    const lines = page.getByTestId("build-up-lines");
    await lines.getByRole("button", { name: "Layout and drawings" }).click();
    await lines.getByText("62.00").first().waitFor();
    matching((await lines.locator("td.build-why").textContent()) ?? "", /=\s*[\d.]+\s*h/, "what a formula comes to");
    const goBy = page.getByRole("radiogroup", { name: "Whose cost to go by" });
    await goBy.getByText("Built up").click();
    await until(async () => amount((await page.getByTestId("decided-cost").textContent()) ?? "", "the cost decided on") === built, { what: "the built-up cost as the one gone by" });
    await goBy.getByText("Finished jobs").click();
    await shot("built-up");
  });

  await check("a quote is made from the estimate", async () => {
    await page.getByRole("button", { name: "Make quote" }).click();
    await page.getByRole("dialog").getByLabel("Customer").fill("Lakeside Library");
    await page.getByRole("button", { name: "Make the quote" }).click();
    const text = await page.getByTestId("quote-total").textContent();
    const total = amount(text ?? "", "the total");
    if (total <= cost) throw new Error(`the quote of ${total} does not even cover the cost of ${cost}`);
    await shot("quote");
  });

  const total = await check("its price is decided step by step, and the lines follow to the cent", async () => {
    const card = page.getByTestId("price-decision");
    await card.getByText("P80", { exact: true }).click();
    await card.getByLabel("Margin").fill("45");
    await card.getByLabel("Discount").fill("2 %");
    const steps = page.getByTestId("price-steps");
    const told = await until(async () => {
      const text = (await steps.textContent()) ?? "";
      return text.includes("80 of 100 such jobs") && text.includes("cost / 0.55") && text.includes("2 % of the list price") && text;
    }, { what: "the steps of this decision" });
    const [, expected] = /% of the net price(?:[^T]*)Total(\$[\d,]+\.\d\d)/.exec(told) ?? [];
    await page.getByRole("button", { name: "Take this price" }).click();
    await page.getByText("Price taken").waitFor();
    await until(async () => (await page.getByTestId("quote-total").textContent()) === expected, { what: `a total of ${expected}` });
    await shot("price");
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await page.getByTestId("quote-total").textContent()) !== expected, { what: "the total before the decision" });
    await page.getByRole("button", { name: "Redo" }).click();
    await until(async () => (await page.getByTestId("quote-total").textContent()) === expected, { what: `a total of ${expected} again` });
    return expected;
  });

  await check("the quote is approved, and its PDF comes as a download", async () => {
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("button", { name: "Send" }).waitFor();
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: /PDF/ }).first().click();
    await page.getByRole("menuitem", { name: "Quote, a price for every line" }).click();
    const bytes = readFileSync(await (await coming).path());
    same(bytes.subarray(0, 5).toString(), "%PDF-", "the start of the file");
  });

  await check("Quotes lists it with the same total", async () => {
    await area("Quotes");
    await title("Quotes");
    await page.getByTestId("quote-row").filter({ hasText: "Lakeside Library" }).filter({ hasText: (total ?? "").replace(/\.\d+$/, "") }).waitFor();
    await shot("quotes");
  });

  await check("what would be sent is shown, and a quote that is sent arrives once, signed", async () => {
    const other = await receive();
    try {
      await area("Settings");
      await page.getByRole("button", { name: "Connect", exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").fill("Office");
      await dialog.getByLabel("Address").fill(other.url);
      await dialog.getByLabel(/^Key that signs/).fill(KEY);
      await dialog.getByRole("button", { name: "Show what would be sent" }).click();
      matching((await dialog.getByTestId("outgoing").textContent()) ?? "", /POST .*Lakeside Library/s, "what would be sent");
      await shot("connection");
      same(other.parcels.length, 0, "parcels before anything was sent");
      await dialog.getByRole("button", { name: "Connect", exact: true }).click();
      await page.getByTestId("connection").filter({ hasText: "Office" }).waitFor();
      await area("Quotes");
      await page.getByTestId("quote-row").filter({ hasText: "Lakeside Library" }).click();
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.getByText("Sent", { exact: true }).first().waitFor();
      const ours = () => other.parcels.filter(({ body }) => body.includes("Lakeside Library"));
      await until(() => ours().length > 0, { within: WAIT, what: "the quote at the other system" });
      same(isSigned(ours()[0], KEY), true, "signed with the key");
      await area("Quotes");
      await page.locator(".message").filter({ hasText: "delivered" }).first().waitFor();
      await shot("outbox");
      same(ours().length, 1, "parcels of this quote");
    } finally {
      await other.close();
    }
  });

  await check("an assembly is changed: a wrong formula is told where it is, a right one is version 2", async () => {
    await area("Costs");
    await page.getByRole("button", { name: "Banner", exact: true }).click();
    await page.getByRole("button", { name: "Change", exact: true }).click();
    const before = await page.getByTestId("assembly-tried").textContent();
    await page.getByLabel("How much of Installing").fill("0.7 h + 2 ft");
    await page.getByRole("alert").getByText("this is a number of ft").waitFor();
    await page.getByLabel("How much of Installing").fill("3 h");
    await until(async () => (await page.getByTestId("assembly-tried").textContent()) !== before, { what: "what the changed assembly comes to" });
    await page.getByLabel("What was changed").fill("never under three hours");
    await page.getByRole("button", { name: "Save as version 2" }).click();
    await page.getByText("version 2", { exact: true }).waitFor();
    await shot("assembly");
  });

  await check("a price is said anew and keeps its past, and rates are worked out from a month", async () => {
    await page.getByText("Prices", { exact: true }).click();
    await page.getByRole("button", { name: "Acrylic 1/8" }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox", { name: "Price", exact: true }).fill("4.45");
    await form.getByRole("textbox", { name: "Whose price it is" }).fill("the vendor's list");
    await form.getByRole("button", { name: "Save" }).click();
    await form.waitFor({ state: "detached" });
    await page.getByTestId("price-list").getByText("$4.45").waitFor();
    await shot("prices");
    await page.getByText("Hourly rates", { exact: true }).click();
    await page.getByLabel("Amount of Rent and utilities").fill("5200");
    await page.getByRole("button", { name: "Take these rates" }).click();
    await until(async () => !((await page.getByTestId("rates").textContent()) ?? "").includes("not confirmed"), { what: "rates of the shop's own" });
    await shot("rates");
  });

  await check("Forecasts draws the past and what is ahead", async () => {
    await area("Forecasts");
    const chart = page.getByTestId("forecast-chart");
    await chart.waitFor();
    await until(() => drawn(chart), { what: "something drawn in the chart" });
    await shot("forecasts");
  });

  await check("Anomalies lists what does not fit, with why", async () => {
    await area("Anomalies");
    await page.getByTestId("anomaly-row").first().waitFor();
    matching((await page.getByTestId("anomaly-row").first().textContent()) ?? "", /\w{3}/, "the first anomaly");
    await shot("anomalies");
  });

  await check("a finding is dismissed with a reason and does not come back", async () => {
    const rows = page.getByTestId("anomaly-row");
    const first = rows.first();
    const number = (await first.locator("b").first().textContent()) ?? "";
    const left = () => rows.filter({ hasText: number }).count();
    const before = await left();
    await first.getByRole("button", { name: "Dismiss" }).click();
    await page.getByLabel("Why is it as it should be?").fill("a one-off that is known");
    await page.getByRole("button", { name: "Dismiss, and do not bring it back" }).click();
    await until(async () => (await left()) === before - 1, { what: "one finding less" });
    await page.reload();
    await rows.first().waitFor();
    same(await left(), before - 1, "findings of this job after a reload");
  });

  await check("overruns are taken apart by work code", async () => {
    await page.getByText("Why", { exact: true }).first().click();
    await page.getByText("What overruns are made of").waitFor();
    matching((await page.locator("main").textContent()) ?? "", /Code \d{3}/, "the work codes");
    await shot("causes");
  });

  await check("a series is split, and what follows from a dearer material is told", async () => {
    await area("Forecasts");
    await page.getByTestId("forecast-chart").waitFor();
    await page.locator('input[aria-label="Each"]').click();
    await page.getByRole("option", { name: "Quarter" }).click();
    await page.getByText("Next 12 quarters").waitFor();
    await page.getByText("What if", { exact: true }).click();
    await until(async () => /of the cost of a job/.test((await page.getByTestId("outlook-words").textContent()) ?? ""), { what: "what follows" });
    await shot("what-if");
  });

  await check("a rule is watched, asked, fires, and is acknowledged", async () => {
    await area("Alerts");
    await page.getByRole("button", { name: "New rule" }).click();
    await page.getByLabel("Title").fill("Revenue is above nothing");
    await page.getByLabel("Is", { exact: true }).first().click();
    await page.getByRole("option", { name: "above" }).click();
    await page.getByRole("button", { name: "Try it on the past" }).click();
    matching((await page.getByTestId("alert-test").textContent()) ?? "", /would have fired once in 24 months/, "the past");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByTestId("alert-rule").waitFor();
    await page.getByRole("button", { name: "Ask now" }).click();
    const alert = page.getByTestId("alert").first();
    matching((await alert.textContent()) ?? "", /was above/, "the alert");
    await shot("alerts");
    await alert.getByRole("button", { name: "Acknowledge" }).click();
    await alert.getByText("acknowledged").waitFor();
  });

  await check("Models says how far to trust the model", async () => {
    await area("Models");
    matching((await page.getByTestId("model-verdict").textContent()) ?? "", /±\s?\d/, "the verdict");
    await shot("models");
  });

  await check("Settings opens", async () => {
    await area("Settings");
    await title("Settings");
    await shot("settings");
  });

  await check("no page scrolls sideways in a window of 1280 pixels, light or dark", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: "dark" });
    for (const name of ["Today", "Import", "Jobs", "Estimate", "Costs", "Quotes", "Forecasts", "Anomalies", "Alerts", "Models", "Settings"]) {
      await area(name);
      await page.getByRole("navigation").locator('[aria-current="page"]', { hasText: name }).waitFor();
      same(await page.evaluate(() => document.documentElement.scrollWidth), 1280, `the width of ${name}`);
    }
    await area("Estimate");
    await answered(page);
    await shot("estimate-dark");
  });

  await check("the page wrote no error", () => same(problems.join("\n"), "", "errors in the console"));

  await check("the server ends when asked, and with success", async () => {
    await page.context().close();
    same(await server.stop(), 0, "exit code");
  });
}

async function theFirstFile(check, { page, area }) {
  const pdf = costSummary();

  await check("an empty shop says what to do", async () => {
    await page.getByText("Drop files anywhere in the window").waitFor();
    await page.screenshot({ path: picture("chromium-empty") });
  });

  await check("an empty shop is told by the starter model, and told so", async () => {
    await area("Estimate");
    await page.getByText("the starter model answers").waitFor();
    await page.locator("#driver-sign_type").click();
    await page.getByRole("option", { name: "Monument" }).click();
    await page.locator("#driver-width").fill("8");
    await page.locator("#driver-height").fill("4");
    await page.getByText("Starter model, not your jobs").waitFor();
    matching((await page.getByTestId("estimate-basis").textContent()) ?? "", /made from published hours and prices, not from your jobs/, "what the answer rests on");
    await page.screenshot({ path: picture("chromium-starter") });
    await area("Models");
    await page.getByTestId("starter-model").getByText("What was assumed").waitFor();
    await area("Today");
  });

  await check("a PDF chosen at the drop zone is imported", async () => {
    const choosing = page.waitForEvent("filechooser");
    await page.getByText("Drop files anywhere in the window").click();
    await (await choosing).setFiles(pdf);
    const row = page.getByTestId("import-row").filter({ hasText: basename(pdf) });
    await row.filter({ hasText: /\d+ new/ }).waitFor();
    await page.screenshot({ path: picture("chromium-import") });
  });

  await check("a PDF dropped on the page is imported too", async () => {
    const other = costSummary(1);
    await drop(page, other);
    await page.getByTestId("import-row").filter({ hasText: basename(other) }).filter({ hasText: /\d+ new/ }).waitFor();
  });

  await check("their jobs are in the history", async () => {
    await area("Jobs");
    await counted(page.getByTestId("jobs-count"), (n) => n === 2);
  });

  await theReview(check, page, area);
  await theTable(check, page, area);
  await theLocked(check, page, area);
  await theWatchedFolder(check, page, area);

  await check("the page wrote no error", () => same(problems.join("\n"), "", "errors in the console"));
}

/** A document with a doubtful value: its page as a picture, a word clicked, the rest accepted. */
async function theReview(check, page, area) {
  const field = (name) => page.getByRole("textbox", { name, exact: true });

  await check("a doubtful document waits beside its page as a picture", async () => {
    await area("Import");
    await drop(page, doubtful);
    await page.getByTestId("import-row").filter({ hasText: basename(doubtful) }).waitFor();
    await page.getByText(/^To check/).click();
    await page.getByTestId("review-row").filter({ hasText: basename(doubtful) }).click();
    await page.locator('[data-testid="page-picture"][data-painted="true"]').first().waitFor();
    const share = await inked(page.getByTestId("page-picture").first());
    if (share < 0.005 || share > 0.5) throw new Error(`${(share * 100).toFixed(2)} % of the page is inked`);
    await page.screenshot({ path: picture("chromium-review") });
  });

  await check("a click on a word of the page puts it into the field", async () => {
    await field("Customer").click();
    const word = page.getByTestId("word").filter({ hasText: /^Dental$/ }).first();
    await word.scrollIntoViewIfNeeded();
    await word.click({ force: true });
    await until(async () => (await field("Customer").inputValue()) === "Dental", { what: "the word in the field" });
    await field("Customer").fill("Pennyroyal Dental");
    await field("Customer").press("Enter");
    await page.getByText(/“Dental” to “Pennyroyal Dental”/).waitFor();
  });

  await check("what is certain is accepted, then the whole document", async () => {
    await page.getByRole("button", { name: /^Accept certain/ }).click();
    await page.getByRole("button", { name: "All of it is right" }).click();
    await page.getByTestId("review-row").filter({ hasText: basename(doubtful) }).waitFor({ state: "detached" });
  });
}

/** How the columns of a table are understood, changed and tried. */
async function theTable(check, page, area) {
  await check("the columns of a table are shown, changed and tried", async () => {
    await area("Import");
    await drop(page, table);
    await page.getByTestId("import-row").filter({ hasText: basename(table) }).filter({ hasText: /\d+ new/ }).click();
    await page.getByText("Columns", { exact: true }).click();
    const row = page.getByTestId("column-row");
    await row.first().waitFor();
    const last = row.last().getByRole("combobox");
    await last.click();
    await page.getByRole("option", { name: "Not read" }).click();
    await page.getByTestId("try-mapping").click();
    await page.getByText(/^[\d,]+ new$/).waitFor();
    await page.screenshot({ path: picture("chromium-columns") });
  });
}

async function theLocked(check, page, area) {
  await check("a locked document is read with its password", async () => {
    await area("Import");
    await drop(page, locked);
    await page.getByTestId("import-row").filter({ hasText: basename(locked) }).click();
    const password = page.getByLabel("Password", { exact: true });
    await password.fill("wrong");
    await password.press("Enter");
    await page.getByText(/not the password of/).waitFor();
    // The browser writes down that the wrong one was refused, a moment after the page has said so.
    const refusal = () => problems.findIndex((text) => text.includes("unlock_import"));
    await until(() => refusal() >= 0, { what: "the refusal of the wrong password" });
    problems.splice(refusal(), 1);
    await password.fill(PASSWORD);
    await password.press("Enter");
    await page.getByTestId("import-row").filter({ hasText: basename(locked) }).filter({ hasText: /\d+ new/ }).waitFor();
    await page.getByLabel("Password of the document").waitFor();
    await page.getByLabel("Password of the document").fill(PASSWORD);
    await page.getByLabel("Password of the document").press("Enter");
    await page.locator('[data-testid="page-picture"][data-painted="true"]').first().waitFor();
  });
}

async function theWatchedFolder(check, page, area) {
  await check("what is put into the watched folder comes in by itself", async () => {
    const watched = join(folder, "scans");
    mkdirSync(watched);
    await area("Settings");
    await page.getByLabel("Folder").fill(watched);
    await page.getByRole("button", { name: "Watch it" }).click();
    await page.getByText("watched now").waitFor();
    copyFileSync(costSummary(2), join(watched, basename(costSummary(2))));
    await page.getByTestId("watched-file").filter({ hasText: basename(costSummary(2)) }).waitFor();
    await page.screenshot({ path: picture("chromium-watched") });
    await page.getByRole("switch", { name: "Import what is put there" }).click({ force: true });
    await page.getByText("off", { exact: true }).waitFor();
  });
}

/** The share of a painted page that is not paper. */
function inked(picture) {
  return picture.evaluate((frame) => {
    const canvas = frame.querySelector("canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 160) dark += 1;
    return dark / (data.length / 4);
  });
}

async function withoutToken(check) {
  await check("without the token the page shows nothing of the shop", async () => {
    const page = await browser.newPage();
    await page.goto(new URL("/", servers.at(-1).url).href);
    await page.getByText(/token/).first().waitFor({ timeout: WAIT });
    same(await page.getByText("2 jobs").count(), 0, "places that tell of the shop");
    await page.close();
  });
}

async function counted(locator, fits) {
  return until(
    async () => {
      const text = (await locator.textContent()) ?? "";
      const found = /([\d,]+) jobs?/.exec(text);
      if (!found) return false;
      const n = Number(found[1].replaceAll(",", ""));
      // A count of nothing is an answer too.
      return fits(n) && { n };
    },
    { within: WAIT, what: `a fitting number in ${locator}` },
  ).then(({ n }) => n);
}

async function answered(page) {
  return amount((await page.getByTestId("estimate-cost").textContent()) ?? "", "the estimated cost");
}

/** Whether any pixel of the chart's canvas is painted. */
function drawn(chart) {
  return chart.evaluate((frame) => {
    const canvas = frame.querySelector("canvas");
    if (!canvas) return frame.querySelector("svg path") !== null;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value !== 0);
  });
}

/** What a browser does when a file is let go over the page. */
async function drop(page, file) {
  const given = { name: basename(file), bytes: [...readFileSync(file)] };
  const transfer = await page.evaluateHandle(({ name, bytes }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], name, { type: "application/pdf" }));
    return transfer;
  }, given);
  await page.dispatchEvent("body", "dragenter", { dataTransfer: transfer });
  await page.getByTestId("drop-overlay").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}
