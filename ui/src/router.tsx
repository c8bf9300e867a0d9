/** The addresses of the pages. What is open is in the address (after `#`, so that any static server can serve it). */
import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { Shell } from "./components/shell/shell";
import type { JobSort, JobStatus, QuoteStatus } from "./api/types";

const root = createRootRoute({ component: Shell });

const today = createRoute({ getParentRoute: () => root, path: "/", component: lazyRouteComponent(() => import("./pages/today"), "Today") });

const imports = createRoute({
  getParentRoute: () => root,
  path: "/import",
  validateSearch: (search): { id?: number; view?: "rejects" } => ({
    ...(number(search.id) && { id: number(search.id) }),
    ...(search.view === "rejects" && { view: "rejects" as const }),
  }),
  component: lazyRouteComponent(() => import("./pages/import"), "Import"),
});

const review = createRoute({
  getParentRoute: () => root,
  path: "/import/review",
  validateSearch: (search): { document?: string; record?: string; all?: boolean } => ({
    ...(text(search.document) && { document: text(search.document) }),
    ...(typeof search.record === "string" && { record: search.record }),
    ...(search.all === true && { all: true }),
  }),
  component: lazyRouteComponent(() => import("./pages/review"), "Review"),
});

export interface JobsSearch {
  search?: string;
  type?: string;
  status?: JobStatus;
  sort?: JobSort;
  ascending?: boolean;
  flagged?: boolean;
  job?: number;
}

const jobs = createRoute({
  getParentRoute: () => root,
  path: "/jobs",
  validateSearch: (search): JobsSearch => ({
    ...(text(search.search) && { search: text(search.search) }),
    ...(text(search.type) && { type: text(search.type) }),
    ...(isJobStatus(search.status) && { status: search.status }),
    ...(isJobSort(search.sort) && { sort: search.sort }),
    ...(search.ascending === true && { ascending: true }),
    ...(search.flagged === true && { flagged: true }),
    ...(number(search.job) && { job: number(search.job) }),
  }),
  component: lazyRouteComponent(() => import("./pages/jobs"), "Jobs"),
});

const estimate = createRoute({
  getParentRoute: () => root,
  path: "/estimate",
  validateSearch: (search): { id?: number; compared?: string } => ({
    ...(number(search.id) && { id: number(search.id) }),
    ...(/^\d+(,\d+)*$/.test(text(search.compared) ?? "") && { compared: text(search.compared) }),
  }),
  component: lazyRouteComponent(() => import("./pages/estimate"), "Estimate"),
});

const quotes = createRoute({
  getParentRoute: () => root,
  path: "/quotes",
  validateSearch: (search): { search?: string; status?: QuoteStatus; due?: boolean } => ({
    ...(text(search.search) && { search: text(search.search) }),
    ...(isQuoteStatus(search.status) && { status: search.status }),
    ...(search.due === true && { due: true }),
  }),
  component: lazyRouteComponent(() => import("./pages/quotes"), "Quotes"),
});

const quote = createRoute({
  getParentRoute: () => root,
  path: "/quotes/$id",
  /** An older version; the last one without. */
  validateSearch: (search): { version?: number } => ({ ...(number(search.version) && { version: number(search.version) }) }),
  component: lazyRouteComponent(() => import("./pages/quote"), "QuotePage"),
});

const forecasts = createRoute({
  getParentRoute: () => root,
  path: "/forecasts",
  validateSearch: (search): { series?: string; horizon?: number; view?: "what-if" } => ({
    ...(search.view === "what-if" && { view: "what-if" as const }),
    ...(text(search.series) && { series: text(search.series) }),
    ...(number(search.horizon) && { horizon: number(search.horizon) }),
  }),
  component: lazyRouteComponent(() => import("./pages/forecasts"), "Forecasts"),
});

const anomalies = createRoute({
  getParentRoute: () => root,
  path: "/anomalies",
  validateSearch: (search): { view?: "causes" } => ({ ...(search.view === "causes" && { view: "causes" as const }) }),
  component: lazyRouteComponent(() => import("./pages/anomalies"), "Anomalies"),
});

const alerts = createRoute({
  getParentRoute: () => root,
  path: "/alerts",
  validateSearch: (search): { id?: number } => ({ ...(number(search.id) && { id: number(search.id) }) }),
  component: lazyRouteComponent(() => import("./pages/alerts"), "Alerts"),
});

const models = createRoute({
  getParentRoute: () => root,
  path: "/models",
  validateSearch: (search): { id?: number } => ({ ...(number(search.id) && { id: number(search.id) }) }),
  component: lazyRouteComponent(() => import("./pages/models"), "Models"),
});

export type CostsView = "assemblies" | "prices" | "rates";

const costs = createRoute({
  getParentRoute: () => root,
  path: "/costs",
  validateSearch: (search): { view?: CostsView; id?: string } => ({
    ...((search.view === "prices" || search.view === "rates") && { view: search.view }),
    ...(text(search.id) && { id: text(search.id) }),
  }),
  component: lazyRouteComponent(() => import("./pages/costs"), "CostsPage"),
});

const settings = createRoute({ getParentRoute: () => root, path: "/settings", component: lazyRouteComponent(() => import("./pages/settings"), "SettingsPage") });

/** Called once the token has been taken out of the address. */
export function makeRouter() {
  const routeTree = root.addChildren([today, imports, review, jobs, estimate, costs, quotes, quote, forecasts, anomalies, alerts, models, settings]);
  return createRouter({ routeTree, history: createHashHistory(), defaultPreload: "intent" });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

function number(given: unknown): number | undefined {
  const read = Number(given);
  return Number.isInteger(read) && read > 0 ? read : undefined;
}

function text(given: unknown): string | undefined {
  if (typeof given === "number") return String(given);
  return typeof given === "string" && given !== "" ? given : undefined;
}

function isJobStatus(given: unknown): given is JobStatus {
  return given === "quoted" || given === "in_progress" || given === "completed";
}

function isJobSort(given: unknown): given is JobSort {
  return ["completed", "quoted", "number", "customer", "sign_type", "estimated_cost", "actual_cost", "overrun"].includes(String(given));
}

function isQuoteStatus(given: unknown): given is QuoteStatus {
  return ["draft", "approved", "sent", "won", "lost", "expired"].includes(String(given));
}
