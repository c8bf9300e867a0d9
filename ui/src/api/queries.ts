/** What pages read, as hooks. The first part of every key is what `events.ts` refreshes by. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";

import type { ApiError } from "./error";
import { CONNECTION } from "./events";
import { call, type Command, type Input } from "./transport";
import type { AssemblyChoice, AssemblyDraft, Assumption, Dependence, Escalation, JobDetail, JobPage, JobQuery, Money, MonthlyCosts, Outlook, PairGrid, PassAnswer, PriceDecision, PricedJob, Quote, QuoteStatus, RecordKind, Review, Specification, WinQuery } from "./types";

export const PAGE_OF_JOBS = 100;

function read<C extends Command>(command: C, input: Input<C>) {
  return ({ signal }: { signal: AbortSignal }) => call(command, input, signal);
}

export const useSummary = () => useQuery({ queryKey: ["summary"], queryFn: read("shop_summary", {}) });

/** Whether the backend answers; the events note it. */
export const useConnected = () => useQuery({ queryKey: CONNECTION, queryFn: () => true, initialData: true, staleTime: Number.POSITIVE_INFINITY }).data;

export const useTasks = () => useQuery({ queryKey: ["tasks"], queryFn: read("list_tasks", {}) });

/** The imported files; while more are being read, those that are in already appear one after the other. */
export const useImports = (running = false) =>
  useQuery({ queryKey: ["imports"], queryFn: read("list_imports", { limit: 500 }), refetchInterval: running ? 1500 : false });

export const useImport = (id: number | null) =>
  useQuery({ queryKey: ["imports", id], queryFn: read("show_import", { id: id ?? 0 }), enabled: id !== null });

/** A document with every word that was read in it; documents never change. */
export const useDocument = (sha256: string | null) =>
  useQuery({
    queryKey: ["document", sha256],
    queryFn: read("show_document", { sha256: sha256 ?? "" }),
    enabled: sha256 !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The fields that a table's columns can fill. */
export const useFields = (kind: RecordKind | null) =>
  useQuery({
    queryKey: ["fields", kind],
    queryFn: read("list_fields", { kind: kind ?? "quote" }),
    enabled: kind !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useRejects = (includeClosed: boolean) =>
  useQuery({
    queryKey: ["rejects", includeClosed],
    queryFn: read("list_rejects", { status: includeClosed ? null : "open", import_id: null, offset: 0, limit: 1000 }),
  });

/** The watched folder. Another process may be the one that looks, so its state is asked for now and then. */
export const useWatch = () => useQuery({ queryKey: ["watch"], queryFn: read("show_watch", {}), refetchInterval: 5000 });

export const useProfiles = () => useQuery({ queryKey: ["profiles", "layouts"], queryFn: read("list_profiles", {}) });

export const useTableProfiles = () => useQuery({ queryKey: ["profiles", "tables"], queryFn: read("list_table_profiles", {}) });

/** Documents that wait for a person, or all of them. */
export const useReviews = (all: boolean) =>
  useQuery({ queryKey: ["reviews", "list", all], queryFn: read("list_reviews", { all, limit: 500 }), placeholderData: keepPreviousData });

/** The document with one of its records; until that is there, the one looked at before stays. */
export const useReview = (sha256: string | null, record: string | null) =>
  useQuery<Review, ApiError>({
    queryKey: ["reviews", "one", sha256, record],
    queryFn: read("show_review", { sha256: sha256 ?? "", record }),
    enabled: sha256 !== null,
    placeholderData: (before) => (before?.sha256 === sha256 ? before : undefined),
  });

/** Shows a document as a command has just answered it, without asking again. */
export function useShowReview() {
  const client = useQueryClient();
  // A page that names no record shows this one until it names it.
  return (review: Review, record: string | null) => {
    for (const named of new Set([record, review.records.length > 1 ? (review.records[review.shown]?.key ?? null) : null])) {
      client.setQueryData(["reviews", "one", review.sha256, named], review);
    }
  };
}

export type JobFilter = Omit<JobQuery, "offset" | "limit">;

/** One page of jobs; pages are fetched as the table scrolls to them. */
export const jobPage = (filter: JobFilter, page: number) => ({
  queryKey: ["jobs", filter, page],
  queryFn: read("list_jobs", { ...filter, offset: page * PAGE_OF_JOBS, limit: PAGE_OF_JOBS }),
  staleTime: 60_000,
});

/** One job in full; until its lines and sources are there, what a fetched page of the list knows of it. */
export function useJob(id: number | null) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["jobs", "one", id],
    queryFn: read("show_job", { id, number: null }),
    enabled: id !== null,
    staleTime: 60_000,
    placeholderData: (): JobDetail | undefined => {
      const pages = client.getQueriesData<JobPage>({ queryKey: ["jobs"] }).flatMap(([, page]) => page?.jobs ?? []);
      const job = pages.find((one) => one.id === id);
      return job && { job, lines: [], sources: [], items: [], flags: [] };
    },
  });
}

export const useJobOverrun = (id: number) => useQuery({ queryKey: ["jobs", "overrun", id], queryFn: read("job_overrun", { id, number: null }), staleTime: 60_000, retry: false });

/** What jobs that went wrong have in common; it takes a moment. */
export const useOverrunCauses = () => useQuery({ queryKey: ["anomalies", "causes"], queryFn: read("overrun_causes", {}), staleTime: 300_000 });

/** What does not fit in a job; in a large shop it comes a while after the job itself. */
export const useJobAnomalies = (id: number) =>
  useQuery({ queryKey: ["anomalies", "job", id], queryFn: read("job_anomalies", { id, number: null }), staleTime: 300_000 });

/** Every completed job, for charts. */
export const useCompletedJobs = () =>
  useQuery({
    queryKey: ["jobs", "completed"],
    queryFn: read("list_jobs", { ...everyJob, status: "completed", offset: 0, limit: 5000 }),
    staleTime: 60_000,
  });

export const everyJob: JobFilter = {
  search: "", sign_type: null, status: null, estimator: null, flagged: false, sort: "completed", descending: true,
};

export const useDrivers = () =>
  useQuery({ queryKey: ["drivers"], queryFn: read("list_drivers", {}), staleTime: Number.POSITIVE_INFINITY });

/** The first assembly that serves, told nothing beyond the specification. */
export const anyAssembly: AssemblyChoice = { id: null, given: {} };

export const useAssemblies = () => useQuery({ queryKey: ["assemblies"], queryFn: read("list_assemblies", {}) });

/** One assembly; the last one stays while the next one is fetched. */
export const useAssembly = (id: string | null, version: number | null) =>
  useQuery({ queryKey: ["assemblies", id, version], queryFn: read("show_assembly", { id: id ?? "", version }), enabled: id !== null });

/** A draft looked at and tried on a job; what was found last stays while the next is looked for. */
export const useCheckedAssembly = (draft: AssemblyDraft | null, specification: Specification | null) =>
  useQuery({
    queryKey: ["assemblies", "checked", draft, specification],
    queryFn: read("check_assembly", { draft: draft ?? { text: "" }, specification, choice: anyAssembly }),
    enabled: draft !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

/** The formulas of a value or part in a job. */
export const useExplained = (specification: Specification, assembly: AssemblyChoice, name: string) =>
  useQuery({ queryKey: ["assemblies", "explained", specification, assembly, name], queryFn: read("explain_job", { specification, assembly, name }), staleTime: 60_000, retry: false });

export const useCosts = () => useQuery({ queryKey: ["costs"], queryFn: read("show_costs", {}) });

export const usePriceChanges = () => useQuery({ queryKey: ["costs", "changes"], queryFn: read("list_price_changes", {}) });

export const usePastPrices = (key: string) => useQuery({ queryKey: ["costs", "past", key], queryFn: read("past_prices", { item: key }) });

export const useMonthlyCosts = () => useQuery({ queryKey: ["costs", "month"], queryFn: read("show_monthly_costs", {}) });

/** What an hour costs in a month that is being typed. */
export const useWorkedOutRates = (month: MonthlyCosts | null) =>
  useQuery({ queryKey: ["costs", "worked-out", month], queryFn: read("work_out_rates", month ?? nothingPaid), enabled: month !== null, placeholderData: keepPreviousData, retry: false, staleTime: 60_000 });

const nothingPaid: MonthlyCosts = { currency: "USD", payroll: "0", spread: "by_hours", overhead: [], departments: [] };

/** The answer for a specification that is not stored. */
export const liveEstimate = (specification: Specification, quotedOn: string, assembly: AssemblyChoice = anyAssembly) => ({
  queryKey: ["estimate", specification, quotedOn, assembly],
  queryFn: read("create_estimate", { title: "", specification, quoted_on: quotedOn, save: false, assembly, decide: null }),
  staleTime: 60_000,
  retry: false,
});

/** The live answer; the last one stays visible while the next one is made. */
export const useLiveEstimate = (specification: Specification, quotedOn: string, ready: boolean, assembly: AssemblyChoice) =>
  useQuery({ ...liveEstimate(specification, quotedOn, assembly), enabled: ready, placeholderData: keepPreviousData });

/** The cost of a specification over one driver. */
export const useDependence = (specification: Specification, quotedOn: string, driver: string) =>
  useQuery<Dependence, ApiError>({
    queryKey: ["dependence", specification, quotedOn, driver],
    queryFn: read("explore_driver", { specification, quoted_on: quotedOn, driver }),
    staleTime: 60_000,
    retry: false,
  });

/** The cost of a specification over two drivers; the last grid stays while the next one is made. */
export const usePairGrid = (specification: Specification, quotedOn: string, first: string, second: string) =>
  useQuery<PairGrid, ApiError>({
    queryKey: ["dependence", specification, quotedOn, first, second],
    queryFn: read("explore_pair", { specification, quoted_on: quotedOn, first, second }),
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  });

/** What would bring a specification under an amount. */
export const useWays = (specification: Specification, quotedOn: string, atMost: Money) =>
  useQuery({
    queryKey: ["ways", specification, quotedOn, atMost],
    queryFn: read("find_ways", { specification, quoted_on: quotedOn, at_most: atMost }),
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  });

export const useEstimates = () => useQuery({ queryKey: ["estimates"], queryFn: read("list_estimates", { limit: 50 }) });

export const useEstimate = (id: number | null) =>
  useQuery({ queryKey: ["estimates", id], queryFn: read("show_estimate", { id: id ?? 0 }), enabled: id !== null });

/** The variants of a saved estimate. */
export const useScenarios = (estimateId: number) => useQuery({ queryKey: ["estimates", estimateId, "scenarios"], queryFn: read("list_scenarios", { estimate_id: estimateId }) });

/** Variants side by side, asked anew; until that is there, the ones looked at before. */
export const useComparison = (estimateId: number, scenarios: number[], estimate: boolean) =>
  useQuery({
    queryKey: ["estimate", "compared", estimateId, scenarios, estimate],
    queryFn: read("compare_scenarios", { estimate_id: estimateId, scenarios, estimate }),
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  });

/** How likely an offer is taken; the last answer stays visible while the next one is made. */
export const useWinChance = (input: WinQuery, ready: boolean) =>
  useQuery({ queryKey: ["winning", input], queryFn: read("win_chance", input), enabled: ready, placeholderData: keepPreviousData, staleTime: 60_000, retry: false });

export const useQuotes = (search: string, status: QuoteStatus | null, due: boolean) =>
  useQuery({
    queryKey: ["quotes", "list", search, status, due],
    queryFn: read("list_quotes", { search, status, due, as_of: null, offset: 0, limit: 500 }),
    placeholderData: keepPreviousData,
  });

export const useQuote = (id: number) => useQuery({ queryKey: ["quotes", id], queryFn: read("show_quote", { id }) });

/** Shows a quote as a command has just answered it, without asking again. */
export function useShowQuote() {
  const client = useQueryClient();
  return (quote: Quote) => client.setQueryData(["quotes", quote.id], quote);
}

/** How a quote stands today, and what may be done to it. */
export const useStanding = (id: number) => useQuery({ queryKey: ["quotes", id, "standing"], queryFn: read("quote_standing", { id }) });

/** What is known when a quote is priced. */
export const usePricing = (id: number) => useQuery({ queryKey: ["quotes", id, "pricing"], queryFn: read("quote_pricing", { id }) });

/** What a decision would come to; the last answer stays until the next one is there. */
export const usePricePreview = (id: number, decision: PriceDecision) =>
  useQuery<PricedJob, ApiError>({ queryKey: ["quotes", id, "preview", decision], queryFn: read("preview_price", { id, decision, reason: "" }), placeholderData: keepPreviousData, retry: false });

/** By how much the cost of a quote may rise until it ends. */
export const useQuoteEscalation = (days: number, signType: string | null, cost: Money) =>
  useQuery<Escalation, ApiError>({
    queryKey: ["outlooks", "escalation", days, signType, cost],
    queryFn: read("escalation", { days, sign_type: signType, cost }),
    enabled: days > 0 && cost.minor > 0,
    staleTime: 300_000,
    retry: false,
  });

export const useVersionDifference = (id: number, from: number, to: number, enabled: boolean) =>
  useQuery({ queryKey: ["quotes", id, "difference", from, to], queryFn: read("compare_versions", { id, from, to }), enabled });

export const useTemplates = () => useQuery({ queryKey: ["quotes", "templates"], queryFn: read("list_quote_templates", {}) });

export const useFloors = () => useQuery({ queryKey: ["settings", "floors"], queryFn: read("margin_floors", {}) });

export const useOutbox = () => useQuery({ queryKey: ["outbox", "list"], queryFn: read("list_outbox", { state: null }) });

/** A message with exactly what goes over the network. */
export const useMessage = (id: number | null) => useQuery({ queryKey: ["outbox", "one", id], queryFn: read("show_message", { id: id ?? 0 }), enabled: id !== null });

export const useConnections = () => useQuery({ queryKey: ["outbox", "connections"], queryFn: read("list_connections", {}) });

export const useModels = () => useQuery({ queryKey: ["models"], queryFn: read("list_models", {}) });

/** The champion in words; it takes a moment. */
export const useModelWords = (enabled = true) => useQuery({ queryKey: ["models", "words"], queryFn: read("describe_model", {}), staleTime: 300_000, retry: false, enabled });

/** The starter model, and whether this shop is told by it: its jobs and its models decide that. */
export const useStarter = () => useQuery({ queryKey: ["estimate", "starter"], queryFn: read("show_starter", {}), retry: false });

/** How the model in use does on new jobs, as the last look found. */
export const useWatching = () => useQuery({ queryKey: ["models", "watching"], queryFn: read("show_watching", {}) });

/** The price series a new model learns from, and which there are. */
export const usePriceDrivers = () => useQuery({ queryKey: ["models", "prices"], queryFn: read("show_price_drivers", {}) });

export const useBiases = () => useQuery({ queryKey: ["biases"], queryFn: read("list_biases", {}), staleTime: 60_000 });

/** An own estimate with the correction that was accepted for such. */
export const useOwnEstimate = (estimator: string | null, type: string | null, cost: Money | null) =>
  useQuery({
    queryKey: ["biases", "own", estimator, type, cost],
    queryFn: read("correct_own_estimate", { estimator: estimator ?? "", sign_type: type ?? "", cost: cost ?? { minor: 0, currency: "USD" } }),
    enabled: estimator !== null && type !== null && cost !== null,
    placeholderData: keepPreviousData,
  });

export const useSeriesList = () => useQuery({ queryKey: ["series"], queryFn: read("list_series", {}) });

/** What series can be of, and how they are put together. */
export const useMeasures = () => useQuery({ queryKey: ["series", "measures"], queryFn: read("list_measures", {}), staleTime: 300_000 });

export const useSavedSeries = () => useQuery({ queryKey: ["series", "saved"], queryFn: read("list_saved_series", {}) });

/** Alerts that are not resolved, or all. */
export const useAlerts = (all: boolean) => useQuery({ queryKey: ["alerts", "list", all], queryFn: read("list_alerts", { all }), placeholderData: keepPreviousData });

export const useAlert = (id: number | null) => useQuery({ queryKey: ["alerts", "one", id], queryFn: read("show_alert", { id: id ?? 0 }), enabled: id !== null });

export const useAlertRules = () => useQuery({ queryKey: ["alerts", "rules"], queryFn: read("list_alert_rules", {}) });

/** How alerts reach people who are not looking. */
export const useAlertChannels = () => useQuery({ queryKey: ["alerts", "channels"], queryFn: read("alert_channels", {}) });

export const useSuggestedRules = (enabled: boolean) => useQuery({ queryKey: ["alerts", "suggested"], queryFn: read("suggest_alert_rules", {}), enabled });

/** Whether and when a value is passed. */
export const usePassing = (name: string, threshold: number | null, horizon: number, total: boolean) =>
  useQuery<PassAnswer, ApiError>({ queryKey: ["series", "passing", name, threshold, horizon, total], queryFn: read("series_passes", { name, threshold: threshold ?? 0, horizon, total }), enabled: threshold !== null, retry: false });

/** Which other series run ahead of one; it takes a moment. */
export const useLeads = (name: string) => useQuery({ queryKey: ["series", "leads", name], queryFn: read("series_leads", { name }), staleTime: 300_000, retry: false });

export const useOutlooks = () => useQuery({ queryKey: ["outlooks", "saved"], queryFn: read("list_outlooks", {}) });

/** What follows from assumptions; the last answer stays until the next one is there. */
export const useOutlook = (assumptions: Assumption[]) =>
  useQuery<Outlook, ApiError>({ queryKey: ["outlooks", "shown", assumptions], queryFn: read("show_outlook", { assumptions, horizon: 12 }), enabled: assumptions.length > 0, placeholderData: keepPreviousData });

/** By how much a cost may rise until a quote ends. */
export const useEscalation = (days: number) =>
  useQuery<Escalation, ApiError>({ queryKey: ["outlooks", "escalation", days], queryFn: read("escalation", { days, sign_type: null, cost: null }), enabled: days > 0, placeholderData: keepPreviousData, retry: false });

export const useForecast = (name: string | null, horizon: number, others: string[] = []) =>
  useQuery({
    queryKey: ["series", "forecast", name, horizon, others],
    queryFn: read("forecast_series", { name: name ?? "", horizon, with: others }),
    enabled: name !== null,
    staleTime: 300_000,
  });

/** What does not fit, as far as it is known; in a large shop a task looks for it. */
export const useAnomalies = () =>
  useQuery({ queryKey: ["anomalies"], queryFn: read("anomalies_so_far", {}), staleTime: 300_000 });

export const useEventLog = () => useQuery({ queryKey: ["events"], queryFn: read("list_events", { subject: null, before_id: null, limit: 100 }) });

export const useRules = () => useQuery({ queryKey: ["rules", "file"], queryFn: read("show_rules", {}) });

/** How often each rule finds something among the jobs. */
export const useFindings = () => useQuery({ queryKey: ["rules", "findings"], queryFn: read("list_findings", { rule: null, info: false }) });

export const useSettings = () => useQuery({ queryKey: ["settings"], queryFn: read("shop_settings", {}) });

/** Logo, colour, and how quotes show prices. */
export const useLetterhead = () => useQuery({ queryKey: ["settings", "letterhead"], queryFn: read("show_letterhead", {}) });

export const useDocumentTemplates = () => useQuery({ queryKey: ["settings", "templates"], queryFn: read("list_document_templates", {}) });

/** The text of a template that is being edited. */
export const useDocumentTemplate = (name: string) => useQuery({ queryKey: ["settings", "templates", name], queryFn: read("show_document_template", { name, shipped: false }) });
