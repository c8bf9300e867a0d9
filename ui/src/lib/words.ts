/** The trade's words for the closed sets of the backend. A new member fails to compile until it has its word here. */
import type {
  AnomalyKind, AnomalySeverity, Basis, Cause, CostKind, Endpoint, ImportState, JobStatus, Outcome, Place, OutboxState, ParcelKind, QuoteStatus, RecordKind, RejectReason, RejectStatus, Section, Standing, TaskRunState, Value, Warning,
} from "../api/types";
import { onDay } from "./dates";
import { exact } from "./money";

export type Tone = "plain" | "good" | "warn" | "bad" | "up" | "accent";

export const recordKind: Record<RecordKind, string> = {
  customer: "Customers", opportunity: "Opportunities", quote: "Quotes", work_order: "Work orders", cost_summary: "Cost summary",
  material_price: "Material prices", vendor_bill: "Vendor bill", invoice: "Invoice", purchase_order: "Purchase order",
  printed_quote: "Printed quote", bid_tab: "Bid tab", line_item: "Line items",
};

export const reason: Record<RejectReason, string> = {
  not_a_number: "Not a number", not_a_date: "Not a date", not_a_flag: "Not yes or no", missing_key: "No key", duplicate_key: "Same key twice",
  does_not_add_up: "Does not add up", wrong_shape: "Wrong shape", no_text_layer: "No text layer", needs_password: "Needs a password",
  damaged: "Damaged", too_large: "Too large", unknown_layout: "Unknown layout",
};

export const importState: Record<ImportState, string> = {
  started: "being read", read: "read", partly_read: "partly read", no_text_layer: "no text layer", needs_password: "needs a password",
  damaged: "damaged", too_large: "too large", refused: "refused",
};

export const section: Record<Section, string> = { labour: "Labour", material: "Material", outplant: "Outplant", item: "Items" };

export const jobStatus: Record<JobStatus, { label: string; tone: Tone }> = {
  quoted: { label: "Quoted", tone: "plain" },
  in_progress: { label: "In progress", tone: "accent" },
  completed: { label: "Completed", tone: "plain" },
};

export const outcome: Record<Outcome, { label: string; tone: Tone }> = {
  open: { label: "Open", tone: "plain" },
  won: { label: "Won", tone: "good" },
  lost: { label: "Lost", tone: "bad" },
};

export const quoteStatus: Record<QuoteStatus, { label: string; tone: Tone }> = {
  draft: { label: "Draft", tone: "plain" },
  approved: { label: "Approved", tone: "accent" },
  sent: { label: "Sent", tone: "warn" },
  won: { label: "Won", tone: "good" },
  lost: { label: "Lost", tone: "bad" },
  expired: { label: "Expired", tone: "plain" },
};

export const outboxState: Record<OutboxState, { label: string; tone: Tone }> = {
  waiting: { label: "Waiting", tone: "warn" },
  sent: { label: "Delivered", tone: "good" },
  dead: { label: "Given up", tone: "bad" },
  withdrawn: { label: "Taken back", tone: "plain" },
};

/** What can be sent over a connection. */
export const parcels: Record<ParcelKind, string> = { quote: "Quotes", estimate: "Estimates", alert: "Alerts" };

/** What can be connected: what it is called, what it takes, and what its secret is. */
export const endpoint: Record<Endpoint["kind"], { label: string; url: string; secret: string; takes: ParcelKind[] }> = {
  webhook: { label: "Webhook", url: "https://hooks.example.com/signs", secret: "Key that signs what is sent", takes: ["quote", "estimate", "alert"] },
  salesforce: { label: "Salesforce", url: "https://shop.my.salesforce.com", secret: "Access token, or the app's secret", takes: ["quote", "estimate"] },
  hubspot: { label: "HubSpot", url: "https://api.hubapi.com", secret: "Token of a private app", takes: ["quote", "estimate"] },
  tryton: { label: "Tryton", url: "https://erp.example.com", secret: "Password", takes: ["quote", "estimate"] },
};

export const rejectStatus: Record<RejectStatus, { label: string; tone: Tone }> = {
  open: { label: "Open", tone: "warn" },
  fixed: { label: "Fixed", tone: "good" },
  discarded: { label: "Discarded", tone: "plain" },
};

export const standing: Record<Standing, { label: string; tone: Tone }> = {
  champion: { label: "In use", tone: "good" },
  challenger: { label: "Challenger", tone: "accent" },
  retired: { label: "Retired", tone: "plain" },
};

export const warningLabel: Record<Warning["severity"], string> = { info: "Note", warning: "Warning", error: "Error" };

/** The colour of what a sanity rule says. */
export const warningTone: Record<Warning["severity"], Tone> = { info: "plain", warning: "warn", error: "bad" };

export const severity: Record<AnomalySeverity, { label: string; tone: Tone }> = {
  high: { label: "High", tone: "bad" },
  medium: { label: "Medium", tone: "warn" },
  low: { label: "Low", tone: "plain" },
};

export const anomalyKind: Record<AnomalyKind, string> = {
  point: "Spike", contextual: "Odd for the season", collective: "Odd stretch", level: "Level shift", trend: "Change of slope",
  decimal_slip: "Decimal slip", swapped_columns: "Swapped columns", wrong_unit: "Wrong unit", missing_department: "Missing department",
  duplicate: "Duplicate", unusual: "Unusual", impossible: "Impossible",
};

export const basis: Record<Basis, string> = { model: "Model", assembly: "Built up from your assembly", median_of_type: "Median of its type", similar_jobs: "Similar jobs", starter: "Starter model, not your jobs" };

/** As `CostKind::label` has it. */
export const costKind: Record<CostKind, string> = {
  material: "Material", labour: "Labour", outplant: "Outplant", equipment: "Equipment", permit: "Permits", engineering: "Engineering",
  survey: "Survey", travel: "Travel", disposal: "Disposal", freight: "Freight", other: "Other", use_tax: "Use tax",
};

/** As `Cause::label` has it. */
export const cause: Record<Cause, string> = {
  kind: "Type and quantity", size: "Size and shape", structure: "Wind and structure", make: "Finish and features",
  site: "Site and installation", people: "People", time: "Prices and time", notes: "Words of notes", own: "Your own drivers",
};

export const runState: Record<TaskRunState, { label: string; tone: Tone }> = {
  running: { label: "Running", tone: "accent" },
  done: { label: "Done", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "plain" },
};

const methods: Record<string, string> = {
  "seasonal naive": "same as a year ago", naive: "same as last time",
};

/** A way of forecasting; those with a name of their own keep it. */
export function methodName(method: string): string {
  return methods[method] ?? method;
}

/** Where a value stood in its file. */
export function place(at: Place): string {
  if (at.in === "page") return `page ${at.page}`;
  const cell = `row ${at.row}, column ${at.column}`;
  return at.sheet ? `${at.sheet}, ${cell}` : cell;
}

/** A value as people write it. */
export function value(given: Value): string {
  switch (given.type) {
    case "text":
    case "number":
      return given.value;
    case "money":
      return exact(given.value);
    case "date":
      return onDay(given.value);
    case "flag":
      return given.value ? "yes" : "no";
  }
}

/** With a capital letter at its beginning. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A field's or command's name for people: `use_tax` as `Use tax`. */
export function named(name: string): string {
  return capitalized(name.replaceAll("_", " "));
}

/** An explanation beside whose job number it stands: `19775: labour cost is low` as `Labour cost is low`. */
export function afterNumber(explanation: string, number: string): string {
  if (!explanation.startsWith(number)) return explanation;
  const rest = explanation.slice(number.length);
  if (!/^[:\s]/.test(rest)) return explanation;
  return capitalized(rest.replace(/^:?\s*/, ""));
}
