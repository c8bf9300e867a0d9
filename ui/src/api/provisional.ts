/** Types of the backend as the domain crate defines them, used until the generated ones are there. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Money { minor: number; currency: string }
export type DriverValue = boolean | number | string;
export type Specification = Record<string, DriverValue>;

export interface Choice { value: string; label: string }
export type DriverKind =
  | { kind: "number"; unit: string; min: number; max: number; step: number }
  | { kind: "choice"; choices: Choice[] }
  | { kind: "flag" }
  | { kind: "text" };
export type DriverGroup = "sign" | "structure" | "site" | "commercial";
export interface Driver { name: string; label: string; group: DriverGroup; kind: DriverKind; help: string }

export type AnomalyKind =
  | "point" | "contextual" | "collective" | "level" | "trend"
  | "decimal_slip" | "swapped_columns" | "wrong_unit" | "missing_department" | "duplicate" | "unusual";
export type AnomalySeverity = "low" | "medium" | "high";
export interface SeriesAnomaly {
  series: string; start: string; end: string; kind: AnomalyKind; score: number; severity: AnomalySeverity;
  expected: number; detectors: string[]; explanation: string;
}
export interface RowAnomaly {
  row: number; kind: AnomalyKind; score: number; severity: AnomalySeverity; field: string; expected: string;
  detectors: string[]; explanation: string;
}

export type Standing = "champion" | "challenger" | "retired";
export interface Score { method: string; n: number; mae: number; rmse: number; median_error: number; bias: number }
export interface Coverage { level: number; held: number; n: number; width: number }
export interface Importance { driver: string; label: string; share: number }
export interface GroupScore { group: string; n: number; median_error: number; rule_median_error: number | null; held_80: number }
export interface Verdict { promoted: boolean; better_than_rule: boolean; reason: string }
export interface Card {
  target: string; created_at: string; learner: string; version: string; seed: number;
  train_from: string | null; train_to: string | null; test_from: string | null; test_to: string | null;
  n_train: number; n_test: number; data_hash: string; scores: Score[]; coverage: Coverage[]; by_type: GroupScore[];
  importance: Importance[]; limits: string[]; verdict: Verdict;
}
export interface Model { id: number; standing: Standing; card: Card }

export type Basis = "model" | "median_of_type" | "similar_jobs";
export interface Range { level: number; low: Money; high: Money }
export interface Contribution { driver: string; label: string; value: string; amount: Money }
export interface SimilarJob {
  job_id: number; number: string; customer: string | null; completed_on: string | null; differs: string;
  estimated: Money | null; actual: Money; distance: number;
}
export interface Novelty { score: number; reasons: string[] }
export type Severity = "info" | "warning" | "error";
export interface Warning { severity: Severity; driver: string; message: string }
export interface Structure {
  wind_force: number; moment: number; piers: number; pier_diameter: number; pier_depth: number; concrete: number; pole_weight: number;
}
export interface Estimate {
  id: number; title: string; created_at: string; quoted_on: string; specification: Specification; basis: Basis; basis_note: string;
  model_id: number | null; cost: Money; ranges: Range[]; base: Money; contributions: Contribution[]; novelty: Novelty;
  similar: SimilarJob[]; median_of_type: Money | null; median_count: number; structure: Structure | null; warnings: Warning[];
}

export type JobStatus = "quoted" | "in_progress" | "completed";
export type Outcome = "open" | "won" | "lost";
export interface CostRecord {
  material: Money | null; labour: Money | null; burden: Money | null; outplant: Money | null; equipment: Money | null;
  shipping: Money | null; use_tax: Money | null; total: Money | null;
}
export interface Job {
  id: number; work_order: string | null; quote_number: string | null; opportunity: string | null; customer_id: string | null;
  customer: string | null; description: string | null; location: string | null; sign_type: string | null; estimator: string | null;
  status: JobStatus; outcome: Outcome | null; lost_reason: string | null; competitor_price: Money | null; quoted_on: string | null;
  completed_on: string | null; estimated_cost: Money | null; estimated_hours: number | null; actual_hours: number | null;
  actual: CostRecord; quoted_price: Money | null; sale_price: Money | null; overrun_cause: string | null; specification: Specification;
}

export type Place =
  | { in: "page"; page: number; bbox: [number, number, number, number] }
  | { in: "cell"; sheet: string | null; row: number; column: number };
export type Value =
  | { type: "text"; value: string }
  | { type: "number"; value: string }
  | { type: "money"; value: Money }
  | { type: "date"; value: string }
  | { type: "flag"; value: boolean };
export interface Field { value: Value; raw: string; at: Place; confidence: number; found_by: string }
export type RecordKind = "customer" | "opportunity" | "quote" | "work_order" | "cost_summary" | "material_price" | "vendor_bill";
export type Section = "labour" | "material" | "outplant" | "item";
export interface RecordLine { section: Section; fields: Record<string, Field> }
export interface ImportedRecord { kind: RecordKind; key: string; fields: Record<string, Field>; lines: RecordLine[] }
export type RejectReason =
  | "not_a_number" | "not_a_date" | "not_a_flag" | "missing_key" | "duplicate_key" | "does_not_add_up" | "wrong_shape"
  | "no_text_layer" | "needs_password" | "damaged" | "too_large" | "unknown_layout";
export interface Reject {
  kind: RecordKind | null; key: string | null; field: string | null; place: Place | null; raw: string; reason: RejectReason; message: string;
}
export interface Check { name: string; printed: Money; computed: Money }

export type QuoteStatus = "draft" | "approved" | "sent" | "won" | "lost" | "expired";
export interface QuoteLine {
  description: string; quantity: string; unit: string; unit_cost: string; unit_price: string; estimate_id: number | null;
}
export interface Totals {
  amounts: Money[]; cost: Money; subtotal: Money; tax: Money; total: Money; markup: string | null; margin: string | null;
}
export interface QuoteVersion {
  version: number; created_at: string; locked: boolean; lines: QuoteLine[]; tax_rate: string; valid_until: string; terms: string;
  exclusions: string[]; totals: Totals;
}
export interface Quote {
  id: number; number: string; title: string; customer: string; contact: string; status: QuoteStatus; created_at: string;
  lost_reason: string | null; competitor_price: Money | null; external_id: string | null; versions: QuoteVersion[];
}

export type Frequency = "daily" | "weekly" | "monthly" | "quarterly" | "yearly";
export interface Point { ds: string; y: number }
export interface Series { name: string; label: string; unit: string; frequency: Frequency; points: Point[] }
export interface ForecastPoint { ds: string; yhat: number; lo_80: number; hi_80: number; lo_95: number; hi_95: number }
export interface BacktestScore {
  method: string; weight: number; mape: number | null; mase: number | null; held_80: number | null; held_95: number | null;
}
export interface Forecast { name: string; method: string; points: ForecastPoint[]; backtest: BacktestScore[]; origins: number; notes: string[] }

export interface Attention { kind: string; title: string; detail: string; link: string }
export interface Figure { label: string; value: string; unit: string; trend: number[]; note: string }
export interface ShopSummary {
  name: string; path: string; currency: string; jobs: number; completed_jobs: number; open_quotes: number; open_rejects: number;
  anomalies: number; last_import_at: string | null; champion: Model | null; attention: Attention[]; figures: Figure[];
}
export interface Progress { done: number; total: number; step: string }
export interface CallError { code: string; message: string; hint: string | null }
export type RunState = "running" | "done" | "failed" | "cancelled";
export interface TaskState {
  id: number; title: string; state: RunState; progress: Progress; result: Json; error: CallError | null; started_at: string;
}
export type AppEvent = { event: "task"; task: TaskState } | { event: "changed"; what: string };

export interface ImportSummary {
  id: number; file: string; document: string | null; at: string; user: string; kind: RecordKind | null; state: string;
  created: number; updated: number; unchanged: number; rejected: number; message: string | null;
}
export interface StoredReject { id: number; import_id: number; file: string; at: string; status: string; reject: Reject }
export interface ImportDetail {
  summary: ImportSummary; checks: Check[]; records: ImportedRecord[]; rejects: StoredReject[]; page_sizes: [number, number][];
}
export interface JobLine {
  section: Section; department: string | null; work_code: string | null; description: string | null; unit: string | null;
  estimated_hours: number | null; actual_hours: number | null; estimated_quantity: number | null; quantity: number | null;
  estimated_cost: Money | null; cost: Money | null;
}
export interface JobSource {
  field: string; value: Value; raw: string; document: string | null; file: string; kind: RecordKind; place: Place; confidence: number;
  chosen: boolean;
}
export interface JobDetail { job: Job; lines: JobLine[]; sources: JobSource[]; anomalies: RowAnomaly[] }
export interface JobAnomaly { job_id: number; number: string; customer: string | null; anomaly: RowAnomaly }
export interface FileWritten { id: string; path: string; bytes: number }
export interface OutboxRow { id: number; quote_id: number; kind: string; at: string; state: string; attempts: number; message: string | null }
export interface StoredEvent { id: number; at: string; user: string; command: string; subject: string; before: Json; after: Json }
export interface Settings {
  name: string; currency: string; tax_rate: string; markup: string; valid_days: number; terms: string; exclusions: string[];
}
export interface Verification { sound: boolean; documents: number; problems: string[] }

type None = Record<string, never>;
export interface Commands {
  shop_summary: { input: None; output: ShopSummary };
  start_import: { input: { files: string[] }; output: { task_id: number } };
  list_tasks: { input: None; output: TaskState[] };
  show_task: { input: { id: number }; output: TaskState };
  cancel_task: { input: { id: number }; output: unknown };
  list_imports: { input: { limit: number }; output: ImportSummary[] };
  show_import: { input: { id: number }; output: ImportDetail };
  list_rejects: { input: { import_id: number | null; include_closed: boolean }; output: StoredReject[] };
  discard_reject: { input: { id: number; note: string }; output: unknown };
  list_jobs: { input: ListJobs; output: { total: number; jobs: Job[] } };
  show_job: { input: { id: number }; output: JobDetail };
  list_drivers: { input: None; output: Driver[] };
  create_estimate: { input: { title: string; specification: Specification; quoted_on: string | null; save: boolean }; output: Estimate };
  list_estimates: { input: { limit: number }; output: Estimate[] };
  show_estimate: { input: { id: number }; output: Estimate };
  create_quote: {
    input: { title: string; customer: string; contact: string; estimate_ids: number[]; markup: string; tax_rate: string | null };
    output: Quote;
  };
  update_quote: { input: { id: number; lines: QuoteLine[]; tax_rate: string; terms: string; exclusions: string[] }; output: Quote };
  approve_quote: { input: { id: number }; output: Quote };
  send_quote: { input: { id: number }; output: Quote };
  mark_quote_won: { input: { id: number }; output: Quote };
  mark_quote_lost: { input: { id: number; reason: string; competitor_price: Money | null }; output: Quote };
  list_quotes: { input: { search: string; status: QuoteStatus | null }; output: Quote[] };
  show_quote: { input: { id: number }; output: Quote };
  write_quote_pdf: { input: { id: number; path: string | null }; output: FileWritten };
  export_quotes: { input: { format: "csv" | "json"; path: string | null }; output: FileWritten };
  list_outbox: { input: None; output: OutboxRow[] };
  start_training: { input: None; output: { task_id: number } };
  list_models: { input: None; output: Model[] };
  show_model: { input: { id: number }; output: Model };
  promote_model: { input: { id: number; reason: string }; output: Model };
  rollback_model: { input: None; output: Model };
  list_series: { input: None; output: SeriesEntry[] };
  show_series: { input: { name: string }; output: Series };
  forecast_series: { input: { name: string; horizon: number }; output: { series: Series; forecast: Forecast; anomalies: SeriesAnomaly[] } };
  find_anomalies: { input: None; output: { jobs: JobAnomaly[]; series: SeriesAnomaly[] } };
  list_events: { input: { limit: number }; output: StoredEvent[] };
  shop_settings: { input: None; output: Settings };
  save_settings: { input: Settings; output: Settings };
  write_backup: { input: { path: string | null }; output: FileWritten };
  verify_shop: { input: None; output: Verification };
}
export interface ListJobs {
  search: string; sign_type: string | null; status: JobStatus | null; estimator: string | null; sort: string; descending: boolean;
  offset: number; limit: number;
}
export interface SeriesEntry { name: string; label: string; unit: string; frequency: Frequency; points: number }
