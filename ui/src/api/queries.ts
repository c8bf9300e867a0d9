/** What pages read, as hooks. The first part of every key is what `events.ts` refreshes by. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { call } from "./transport";
import type { JobQuery, QuoteStatus, Specification } from "./types";

export const PAGE_OF_JOBS = 100;

export const useSummary = () => useQuery({ queryKey: ["summary"], queryFn: () => call("shop_summary", {}) });

export const useTasks = () => useQuery({ queryKey: ["tasks"], queryFn: () => call("list_tasks", {}) });

export const useImports = () => useQuery({ queryKey: ["imports"], queryFn: () => call("list_imports", { limit: 500 }) });

export const useImport = (id: number | null) =>
  useQuery({ queryKey: ["imports", id], queryFn: () => call("show_import", { id: id ?? 0 }), enabled: id !== null });

/** A document with every word that was read in it; documents never change. */
export const useDocument = (sha256: string | null) =>
  useQuery({
    queryKey: ["document", sha256],
    queryFn: () => call("show_document", { sha256: sha256 ?? "" }),
    enabled: sha256 !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useRejects = (includeClosed: boolean) =>
  useQuery({
    queryKey: ["rejects", includeClosed],
    queryFn: () => call("list_rejects", { status: includeClosed ? null : "open", import_id: null, offset: 0, limit: 1000 }),
  });

export type JobFilter = Omit<JobQuery, "offset" | "limit">;

/** One page of jobs; pages are fetched as the table scrolls to them. */
export const jobPage = (filter: JobFilter, page: number) => ({
  queryKey: ["jobs", filter, page],
  queryFn: () => call("list_jobs", { ...filter, offset: page * PAGE_OF_JOBS, limit: PAGE_OF_JOBS }),
  staleTime: 60_000,
});

export const useJob = (id: number | null) =>
  useQuery({ queryKey: ["jobs", "one", id], queryFn: () => call("show_job", { id, number: null }), enabled: id !== null });

/** Every completed job, for charts. */
export const useCompletedJobs = () =>
  useQuery({
    queryKey: ["jobs", "completed"],
    queryFn: () => call("list_jobs", { ...everyJob, status: "completed", offset: 0, limit: 5000 }),
    staleTime: 60_000,
  });

export const everyJob: JobFilter = {
  search: "", sign_type: null, status: null, estimator: null, sort: "completed", descending: true,
};

export const useDrivers = () =>
  useQuery({ queryKey: ["drivers"], queryFn: () => call("list_drivers", {}), staleTime: Number.POSITIVE_INFINITY });

/** The answer for a specification that is not stored. */
export const liveEstimate = (specification: Specification, quotedOn: string) => ({
  queryKey: ["estimate", specification, quotedOn],
  queryFn: () => call("create_estimate", { title: "", specification, quoted_on: quotedOn, save: false }),
  staleTime: 60_000,
  retry: false,
});

/** The live answer; the last one stays visible while the next one is made. */
export const useLiveEstimate = (specification: Specification, quotedOn: string, ready: boolean) =>
  useQuery({ ...liveEstimate(specification, quotedOn), enabled: ready, placeholderData: keepPreviousData });

export const useEstimates = () => useQuery({ queryKey: ["estimates"], queryFn: () => call("list_estimates", { limit: 50 }) });

export const useEstimate = (id: number | null) =>
  useQuery({ queryKey: ["estimates", id], queryFn: () => call("show_estimate", { id: id ?? 0 }), enabled: id !== null });

export const useQuotes = (search: string, status: QuoteStatus | null) =>
  useQuery({
    queryKey: ["quotes", "list", search, status],
    queryFn: () => call("list_quotes", { search, status, offset: 0, limit: 500 }),
    placeholderData: keepPreviousData,
  });

export const useQuote = (id: number) => useQuery({ queryKey: ["quotes", id], queryFn: () => call("show_quote", { id }) });

export const useOutbox = () => useQuery({ queryKey: ["outbox"], queryFn: () => call("list_outbox", {}) });

export const useModels = () => useQuery({ queryKey: ["models"], queryFn: () => call("list_models", {}) });

export const useSeriesList = () => useQuery({ queryKey: ["series"], queryFn: () => call("list_series", {}) });

export const useForecast = (name: string | null, horizon: number) =>
  useQuery({
    queryKey: ["series", "forecast", name, horizon],
    queryFn: () => call("forecast_series", { name: name ?? "", horizon }),
    enabled: name !== null,
    staleTime: 300_000,
  });

export const useAnomalies = () =>
  useQuery({ queryKey: ["anomalies"], queryFn: () => call("find_anomalies", {}), staleTime: 300_000 });

export const useEventLog = () => useQuery({ queryKey: ["events"], queryFn: () => call("list_events", { subject: null, before_id: null, limit: 100 }) });

export const useSettings = () => useQuery({ queryKey: ["settings"], queryFn: () => call("shop_settings", {}) });
