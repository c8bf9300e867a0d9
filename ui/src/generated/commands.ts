// Generated from the command list by `cargo xtask generate`. Do not edit.
import type { ActOnAlert } from "./ActOnAlert";
import type { AddChangeOrder } from "./AddChangeOrder";
import type { AddQuoteNote } from "./AddQuoteNote";
import type { Alert } from "./Alert";
import type { AlertChannels } from "./AlertChannels";
import type { AlertChannelsStanding } from "./AlertChannelsStanding";
import type { AlertCheck } from "./AlertCheck";
import type { AlertDetail } from "./AlertDetail";
import type { AlertQuery } from "./AlertQuery";
import type { AlertRef } from "./AlertRef";
import type { AlertRule } from "./AlertRule";
import type { AlertRuleRef } from "./AlertRuleRef";
import type { AlertTest } from "./AlertTest";
import type { Anomalies } from "./Anomalies";
import type { AnomaliesSoFar } from "./AnomaliesSoFar";
import type { AnomalyVerdict } from "./AnomalyVerdict";
import type { ApproveQuote } from "./ApproveQuote";
import type { AssemblyChecked } from "./AssemblyChecked";
import type { AssemblyInfo } from "./AssemblyInfo";
import type { AssemblyRef } from "./AssemblyRef";
import type { AssemblyShown } from "./AssemblyShown";
import type { BiasOf } from "./BiasOf";
import type { BuildUp } from "./BuildUp";
import type { BuildUpJob } from "./BuildUpJob";
import type { BurdenedRates } from "./BurdenedRates";
import type { ChangeOrder } from "./ChangeOrder";
import type { CheckAssembly } from "./CheckAssembly";
import type { CompareScenarios } from "./CompareScenarios";
import type { CompareVersions } from "./CompareVersions";
import type { Comparison } from "./Comparison";
import type { ConfirmCosts } from "./ConfirmCosts";
import type { ConfirmDocument } from "./ConfirmDocument";
import type { Connection } from "./Connection";
import type { ConnectionRef } from "./ConnectionRef";
import type { ConnectionStanding } from "./ConnectionStanding";
import type { CopyAssembly } from "./CopyAssembly";
import type { CopyQuote } from "./CopyQuote";
import type { CorrectField } from "./CorrectField";
import type { CorrectLine } from "./CorrectLine";
import type { CorrectTable } from "./CorrectTable";
import type { CorrectedEstimate } from "./CorrectedEstimate";
import type { CostKey } from "./CostKey";
import type { Costs } from "./Costs";
import type { CreateEstimate } from "./CreateEstimate";
import type { CreateQuote } from "./CreateQuote";
import type { Dependence } from "./Dependence";
import type { DiscardReject } from "./DiscardReject";
import type { DocumentRef } from "./DocumentRef";
import type { DocumentTemplateRef } from "./DocumentTemplateRef";
import type { DocumentView } from "./DocumentView";
import type { DriverInfo } from "./DriverInfo";
import type { Escalation } from "./Escalation";
import type { EscalationQuery } from "./EscalationQuery";
import type { Estimate } from "./Estimate";
import type { EstimateRef } from "./EstimateRef";
import type { EstimateSummary } from "./EstimateSummary";
import type { EstimatorBias } from "./EstimatorBias";
import type { Event } from "./Event";
import type { EventQuery } from "./EventQuery";
import type { ExplainJob } from "./ExplainJob";
import type { ExplainedFormula } from "./ExplainedFormula";
import type { ExploreDriver } from "./ExploreDriver";
import type { ExplorePair } from "./ExplorePair";
import type { ExportLake } from "./ExportLake";
import type { ExportProfile } from "./ExportProfile";
import type { ExportQuotes } from "./ExportQuotes";
import type { ExportRejects } from "./ExportRejects";
import type { ExportTableProfile } from "./ExportTableProfile";
import type { FieldsOf } from "./FieldsOf";
import type { FileOutcome } from "./FileOutcome";
import type { FileWritten } from "./FileWritten";
import type { FindWays } from "./FindWays";
import type { Findings } from "./Findings";
import type { FixReject } from "./FixReject";
import type { FollowUpQuote } from "./FollowUpQuote";
import type { ForecastSeries } from "./ForecastSeries";
import type { Import } from "./Import";
import type { ImportDetail } from "./ImportDetail";
import type { ImportProfile } from "./ImportProfile";
import type { ImportRef } from "./ImportRef";
import type { ImportTableProfile } from "./ImportTableProfile";
import type { JobDetail } from "./JobDetail";
import type { JobPage } from "./JobPage";
import type { JobQuery } from "./JobQuery";
import type { JobRef } from "./JobRef";
import type { JudgeAnomaly } from "./JudgeAnomaly";
import type { LabourRate } from "./LabourRate";
import type { LakeWritten } from "./LakeWritten";
import type { Leads } from "./Leads";
import type { LetterheadSettings } from "./LetterheadSettings";
import type { ListEstimates } from "./ListEstimates";
import type { ListFindings } from "./ListFindings";
import type { ListImports } from "./ListImports";
import type { ListedScenario } from "./ListedScenario";
import type { MapImport } from "./MapImport";
import type { MarginFloors } from "./MarginFloors";
import type { MarkQuoteLost } from "./MarkQuoteLost";
import type { MeasureInfo } from "./MeasureInfo";
import type { Message } from "./Message";
import type { MessageQuery } from "./MessageQuery";
import type { MessageRef } from "./MessageRef";
import type { MessageShown } from "./MessageShown";
import type { Model } from "./Model";
import type { ModelRef } from "./ModelRef";
import type { ModelWords } from "./ModelWords";
import type { MonthlyCosts } from "./MonthlyCosts";
import type { Nothing } from "./Nothing";
import type { Outgoing } from "./Outgoing";
import type { Outlook } from "./Outlook";
import type { OutlookQuery } from "./OutlookQuery";
import type { OutlookRef } from "./OutlookRef";
import type { OverrunCauses } from "./OverrunCauses";
import type { OverrunSplit } from "./OverrunSplit";
import type { OwnEstimate } from "./OwnEstimate";
import type { PairGrid } from "./PairGrid";
import type { PassAnswer } from "./PassAnswer";
import type { PassQuery } from "./PassQuery";
import type { PastItem } from "./PastItem";
import type { PriceChanges } from "./PriceChanges";
import type { PriceDrivers } from "./PriceDrivers";
import type { PriceQuote } from "./PriceQuote";
import type { PricedJob } from "./PricedJob";
import type { Pricing } from "./Pricing";
import type { Probed } from "./Probed";
import type { ProfileInfo } from "./ProfileInfo";
import type { PromoteModel } from "./PromoteModel";
import type { PullConnection } from "./PullConnection";
import type { PushOutbox } from "./PushOutbox";
import type { PutAway } from "./PutAway";
import type { Quote } from "./Quote";
import type { QuoteDifference } from "./QuoteDifference";
import type { QuoteFromJob } from "./QuoteFromJob";
import type { QuoteFromTemplate } from "./QuoteFromTemplate";
import type { QuoteNoteRef } from "./QuoteNoteRef";
import type { QuotePage } from "./QuotePage";
import type { QuoteQuery } from "./QuoteQuery";
import type { QuoteRef } from "./QuoteRef";
import type { QuoteStanding } from "./QuoteStanding";
import type { QuoteTemplate } from "./QuoteTemplate";
import type { QuotesExported } from "./QuotesExported";
import type { RejectQuery } from "./RejectQuery";
import type { RejectRef } from "./RejectRef";
import type { RejectSheet } from "./RejectSheet";
import type { RenameScenario } from "./RenameScenario";
import type { RepairMessage } from "./RepairMessage";
import type { RetireModel } from "./RetireModel";
import type { RetryWatched } from "./RetryWatched";
import type { Review } from "./Review";
import type { ReviewPage } from "./ReviewPage";
import type { ReviewQuery } from "./ReviewQuery";
import type { RollbackModel } from "./RollbackModel";
import type { RowAnomaly } from "./RowAnomaly";
import type { RuleFile } from "./RuleFile";
import type { SaveAssembly } from "./SaveAssembly";
import type { SaveConnection } from "./SaveConnection";
import type { SaveDocument } from "./SaveDocument";
import type { SaveItem } from "./SaveItem";
import type { SaveOutlook } from "./SaveOutlook";
import type { SaveQuoteTemplate } from "./SaveQuoteTemplate";
import type { SaveRates } from "./SaveRates";
import type { SaveScenario } from "./SaveScenario";
import type { SaveSeries } from "./SaveSeries";
import type { SaveTableProfile } from "./SaveTableProfile";
import type { SaveTemplate } from "./SaveTemplate";
import type { SavedOutlook } from "./SavedOutlook";
import type { SavedRef } from "./SavedRef";
import type { SavedSeries } from "./SavedSeries";
import type { Scenario } from "./Scenario";
import type { ScenarioRef } from "./ScenarioRef";
import type { ScenariosOf } from "./ScenariosOf";
import type { Series } from "./Series";
import type { SeriesForecast } from "./SeriesForecast";
import type { SeriesInfo } from "./SeriesInfo";
import type { SeriesRef } from "./SeriesRef";
import type { SetDocumentKind } from "./SetDocumentKind";
import type { SetPriceDrivers } from "./SetPriceDrivers";
import type { SetPromotion } from "./SetPromotion";
import type { SetRules } from "./SetRules";
import type { SetUseTax } from "./SetUseTax";
import type { SetWatch } from "./SetWatch";
import type { ShopSettings } from "./ShopSettings";
import type { ShopSummary } from "./ShopSummary";
import type { ShowReview } from "./ShowReview";
import type { ShowTemplate } from "./ShowTemplate";
import type { StartImport } from "./StartImport";
import type { StartTraining } from "./StartTraining";
import type { StartWatching } from "./StartWatching";
import type { StarterInfo } from "./StarterInfo";
import type { StoredReject } from "./StoredReject";
import type { TableProfile } from "./TableProfile";
import type { TableProfileRef } from "./TableProfileRef";
import type { TagQuote } from "./TagQuote";
import type { TakePrices } from "./TakePrices";
import type { TaskRef } from "./TaskRef";
import type { TaskStarted } from "./TaskStarted";
import type { TaskState } from "./TaskState";
import type { TemplateInfo } from "./TemplateInfo";
import type { TemplateRef } from "./TemplateRef";
import type { TemplateText } from "./TemplateText";
import type { UnlockImport } from "./UnlockImport";
import type { UpdateQuote } from "./UpdateQuote";
import type { Verification } from "./Verification";
import type { Watch } from "./Watch";
import type { WatchedRule } from "./WatchedRule";
import type { Watching } from "./Watching";
import type { Ways } from "./Ways";
import type { WinQuery } from "./WinQuery";
import type { Winning } from "./Winning";
import type { WriteBackup } from "./WriteBackup";
import type { WriteJobPdf } from "./WriteJobPdf";
import type { WriteModelData } from "./WriteModelData";
import type { WriteModelPdf } from "./WriteModelPdf";
import type { WriteQuotePdf } from "./WriteQuotePdf";

export interface Commands {
  /** What needs attention today, and the shop's key figures. */
  shop_summary: { input: Nothing; output: ShopSummary };
  /** Name, currency, rates and terms of the shop. */
  shop_settings: { input: Nothing; output: ShopSettings };
  /** Changes the shop's settings. */
  save_settings: { input: ShopSettings; output: ShopSettings };
  /** Checks the shop file: integrity, references, and the hash of every document. */
  verify_shop: { input: Nothing; output: Verification };
  /** Writes a verified copy of the open shop. */
  write_backup: { input: WriteBackup; output: FileWritten };
  /** Who changed what, newest first. */
  list_events: { input: EventQuery; output: Array<Event> };
  /** Imports files and folders as a task. */
  start_import: { input: StartImport; output: TaskStarted };
  /** Reads a locked document with its password, which is kept nowhere. */
  unlock_import: { input: UnlockImport; output: FileOutcome };
  /** The watched folder: whether it is watched, what came in, what did not. */
  show_watch: { input: Nothing; output: Watch };
  /** Names the folder whose new files are imported by themselves, and switches that on or off. */
  set_watch: { input: SetWatch; output: Watch };
  /** Takes files of the watched folder again of which nothing came in. */
  retry_watched: { input: RetryWatched; output: Watch };
  /** Imported files, newest first. */
  list_imports: { input: ListImports; output: Array<Import> };
  /** One imported file: its records, checks and rejects. */
  show_import: { input: ImportRef; output: ImportDetail };
  /** The fields that the columns of a table of this kind can fill. */
  list_fields: { input: FieldsOf; output: Array<string> };
  /** Reads an imported table with another mapping and says what would change, without changing it. */
  try_mapping: { input: MapImport; output: FileOutcome };
  /** Reads an imported table again with another mapping, as a task. */
  apply_mapping: { input: MapImport; output: TaskStarted };
  /** How tables of known sources are read: the shop's own profiles, then those that come with the program. */
  list_table_profiles: { input: Nothing; output: Array<TableProfile> };
  /** Keeps a mapping of columns to fields as a profile, taken when a file has the headers it is known by. */
  save_table_profile: { input: SaveTableProfile; output: TableProfile };
  /** Forgets one of the shop's own profiles. */
  remove_table_profile: { input: TableProfileRef; output: Array<TableProfile> };
  /** Writes how a source's tables are read, for another machine. */
  export_table_profile: { input: ExportTableProfile; output: FileWritten };
  /** Takes how a source's tables are read from another machine. */
  import_table_profile: { input: ImportTableProfile; output: TableProfile };
  /** Writes the refused rows of each table as a spreadsheet, to be corrected and imported again. */
  export_rejects: { input: ExportRejects; output: Array<RejectSheet> };
  /** What was refused, with place and reason. */
  list_rejects: { input: RejectQuery; output: Array<StoredReject> };
  /** Puts a corrected value in the place of a refused one. */
  fix_reject: { input: FixReject; output: StoredReject };
  /** Reads the document of a reject again. */
  retry_reject: { input: RejectRef; output: StoredReject };
  /** Closes a reject without taking its value. */
  discard_reject: { input: DiscardReject; output: StoredReject };
  /** Takes back what was decided about a reject, unless its value has changed since. */
  reopen_reject: { input: RejectRef; output: StoredReject };
  /** The sanity rules in force, as a file. */
  show_rules: { input: Nothing; output: RuleFile };
  /** Takes a file of sanity rules and asks every job again; the result is what they find. */
  start_setting_rules: { input: SetRules; output: TaskStarted };
  /** Goes back to the product's own rules; the result is what they find. */
  start_resetting_rules: { input: Nothing; output: TaskStarted };
  /** Asks every job the rules again; the result is what they find. */
  start_asking_rules: { input: Nothing; output: TaskStarted };
  /** What the rules and the comparison with their peers find among the jobs. */
  list_findings: { input: ListFindings; output: Findings };
  /** Documents with values that wait for a person. */
  list_reviews: { input: ReviewQuery; output: ReviewPage };
  /** One document with its words, fields, lines, checks and corrections. */
  show_review: { input: ShowReview; output: Review };
  /** Says what a document is that nobody knew. */
  set_document_kind: { input: SetDocumentKind; output: Review };
  /** Corrects or confirms one value of a document, typed or pointed at on the page. */
  correct_field: { input: CorrectField; output: Review };
  /** Takes out a line that is none, or joins one to the line above that it continues. */
  correct_line: { input: CorrectLine; output: Review };
  /** Reads the lines of a table again between the edges of its columns. */
  correct_table: { input: CorrectTable; output: Review };
  /** Accepts all values that are certain; a document without doubt teaches its layout. */
  confirm_document: { input: ConfirmDocument; output: Review };
  /** Confirms every document in which nothing waits, as a task. */
  start_confirming: { input: Nothing; output: TaskStarted };
  /** The layouts learned from confirmed documents. */
  list_profiles: { input: Nothing; output: Array<ProfileInfo> };
  /** Writes a learned layout for another machine, without any customer's text or amounts. */
  export_profile: { input: ExportProfile; output: FileWritten };
  /** Takes a learned layout from another machine. */
  import_profile: { input: ImportProfile; output: ProfileInfo };
  /** A page of the history: search, filter, sort. */
  list_jobs: { input: JobQuery; output: JobPage };
  /** One job with its cost lines and where every value came from. */
  show_job: { input: JobRef; output: JobDetail };
  /** What does not fit in one job. */
  job_anomalies: { input: JobRef; output: Array<RowAnomaly> };
  /** A document as it was imported, with the words and boxes that were read. */
  show_document: { input: DocumentRef; output: DocumentView };
  /** Writes the kept file of a document, byte for byte. */
  save_document: { input: SaveDocument; output: FileWritten };
  /** The known drivers of cost: labels, units, choices, limits. */
  list_drivers: { input: Nothing; output: Array<DriverInfo> };
  /** What a job will cost: cost, ranges, drivers in money, similar jobs, warnings. */
  create_estimate: { input: CreateEstimate; output: Estimate };
  /** What a job would cost with other values of one driver, all else as it is. */
  explore_driver: { input: ExploreDriver; output: Dependence };
  /** What a job would cost over two drivers at once, and where finished jobs stood. */
  explore_pair: { input: ExplorePair; output: PairGrid };
  /** What changes of a specification would bring its cost under an amount. */
  find_ways: { input: FindWays; output: Ways };
  /** Saved estimates, newest first. */
  list_estimates: { input: ListEstimates; output: Array<EstimateSummary> };
  /** One saved estimate. */
  show_estimate: { input: EstimateRef; output: Estimate };
  /** What signs are built up from: the assemblies and blocks of the program and of the shop. */
  list_assemblies: { input: Nothing; output: Array<AssemblyInfo> };
  /** One assembly, or one version of it, with what it asks for. */
  show_assembly: { input: AssemblyRef; output: AssemblyShown };
  /** Everything that is wrong with a draft of an assembly, and what it makes of a job. Nothing is kept. */
  check_assembly: { input: CheckAssembly; output: AssemblyChecked };
  /** Keeps an assembly as its next version. */
  save_assembly: { input: SaveAssembly; output: AssemblyShown };
  /** Makes an assembly of the shop from another. */
  copy_assembly: { input: CopyAssembly; output: AssemblyShown };
  /** Offers an assembly no more, or again. */
  put_away_assembly: { input: PutAway; output: Array<AssemblyInfo> };
  /** What a job costs by an assembly, line by line. */
  build_up_job: { input: BuildUpJob; output: BuildUp };
  /** The formulas of one value or part of an assembly, with what each piece of them comes to in a job. */
  explain_job: { input: ExplainJob; output: Array<ExplainedFormula> };
  /** What items and hours cost the shop, with day, source and use. */
  show_costs: { input: Nothing; output: Costs };
  /** Keeps what an item costs from now on; the older prices stay as its history. */
  save_item: { input: SaveItem; output: Costs };
  /** Keeps what an hour of a work code or department costs, burden included. */
  save_rate: { input: LabourRate; output: Costs };
  /** Says that prices and rates are the shop's own as they stand. */
  confirm_costs: { input: ConfirmCosts; output: Costs };
  /** Takes an item or a rate away that no assembly draws on. */
  remove_cost: { input: CostKey; output: Costs };
  /** Everything that was said of the price of an item, newest first. */
  past_prices: { input: CostKey; output: Array<PastItem> };
  /** Sets the share of material that is paid as use tax. */
  set_use_tax: { input: SetUseTax; output: Costs };
  /** Items for which newer prices were imported. */
  list_price_changes: { input: Nothing; output: PriceChanges };
  /** Lets imported prices count as those of items. */
  take_prices: { input: TakePrices; output: Costs };
  /** The month from which the burdened rates were worked out. */
  show_monthly_costs: { input: Nothing; output: MonthlyCosts | null };
  /** What an hour of each department costs, step by step. Nothing is kept. */
  work_out_rates: { input: MonthlyCosts; output: BurdenedRates };
  /** Keeps the rates of a month as the shop's own. */
  save_burdened_rates: { input: SaveRates; output: Costs };
  /** Keeps a variant of a saved estimate under a name, with what it costs. */
  save_scenario: { input: SaveScenario; output: ListedScenario };
  /** The variants of an estimate, and in what they differ from it. */
  list_scenarios: { input: ScenariosOf; output: Array<ListedScenario> };
  /** Gives a variant another name. */
  rename_scenario: { input: RenameScenario; output: ListedScenario };
  /** Forgets a variant of an estimate. */
  delete_scenario: { input: ScenarioRef; output: Scenario };
  /** Two to four variants side by side: drivers that differ, costs with ranges, and by what the difference comes. */
  compare_scenarios: { input: CompareScenarios; output: Comparison };
  /** How likely an offer is taken at a price, and which price is expected to earn most. */
  win_chance: { input: WinQuery; output: Winning };
  /** Makes a draft quote from saved estimates. */
  create_quote: { input: CreateQuote; output: Quote };
  /** Changes the lines and terms of a draft. */
  update_quote: { input: UpdateQuote; output: Quote };
  /** Adds a new version to a quote that is locked. */
  revise_quote: { input: QuoteRef; output: Quote };
  /** Approves the draft inside the shop and locks it; below its floor only with a name and a reason. */
  approve_quote: { input: ApproveQuote; output: Quote };
  /** Puts an approved quote into the outbox. */
  send_quote: { input: QuoteRef; output: Quote };
  /** Records that the customer took the quote. */
  mark_quote_won: { input: QuoteRef; output: Quote };
  /** Records that the customer has looked at the quote. */
  mark_quote_viewed: { input: QuoteRef; output: Quote };
  /** Closes an offer that nobody answered by its last day. */
  expire_quote: { input: QuoteRef; output: Quote };
  /** Records that the customer did not take it, and why. */
  mark_quote_lost: { input: MarkQuoteLost; output: Quote };
  /** Quotes, newest first. */
  list_quotes: { input: QuoteQuery; output: QuotePage };
  /** One quote with all its versions. */
  show_quote: { input: QuoteRef; output: Quote };
  /** How a quote stands today: status, what may be done, floor, change orders, notes, tags, what can be undone. */
  quote_standing: { input: QuoteRef; output: QuoteStanding };
  /** What is known when a quote is priced: cost, P70 to P90, floor, chances over price; and the decision as it is. */
  quote_pricing: { input: QuoteRef; output: Pricing };
  /** What a price decision would come to, step by step. Nothing is written. */
  preview_price: { input: PriceQuote; output: PricedJob };
  /** Prices the lines of a draft by a decision, to the cent, and keeps the decision. */
  apply_price: { input: PriceQuote; output: Quote };
  /** The lowest margins without approval, by sign type. */
  margin_floors: { input: Nothing; output: MarginFloors };
  /** Changes the lowest margins without approval. */
  save_margin_floors: { input: MarginFloors; output: MarginFloors };
  /** Takes the last change of a draft back. */
  undo_quote: { input: QuoteRef; output: Quote };
  /** Makes the change of a draft again that was taken back last. */
  redo_quote: { input: QuoteRef; output: Quote };
  /** In what two versions of a quote differ: lines, totals, terms. */
  compare_versions: { input: CompareVersions; output: QuoteDifference };
  /** Makes a draft with the lines of another quote. */
  copy_quote: { input: CopyQuote; output: Quote };
  /** Makes a draft at what a finished job has cost. */
  quote_from_job: { input: QuoteFromJob; output: Quote };
  /** Quotes that are kept as templates, by name. */
  list_quote_templates: { input: Nothing; output: Array<QuoteTemplate> };
  /** Keeps a quote as a template. */
  save_quote_template: { input: SaveQuoteTemplate; output: QuoteTemplate };
  /** Forgets a template. */
  delete_quote_template: { input: TemplateRef; output: QuoteTemplate };
  /** Makes a draft from a template. */
  quote_from_template: { input: QuoteFromTemplate; output: Quote };
  /** Sets the day on which to ask the customer, or takes it away. */
  follow_up_quote: { input: FollowUpQuote; output: Quote };
  /** Adds a note to a quote. */
  add_quote_note: { input: AddQuoteNote; output: Quote };
  /** Takes a note of a quote away. */
  remove_quote_note: { input: QuoteNoteRef; output: Quote };
  /** Puts tags to a quote, in place of those it has. */
  tag_quote: { input: TagQuote; output: Quote };
  /** Adds to a won quote, or takes out of it, as a numbered order with a reason. */
  add_change_order: { input: AddChangeOrder; output: ChangeOrder };
  /** Writes the active version as a PDF: the quote, why this price, the owner's version or the work order. */
  write_quote_pdf: { input: WriteQuotePdf; output: FileWritten };
  /** Writes what a finished job cost against its estimate, or the work order of a job, as a PDF. */
  write_job_pdf: { input: WriteJobPdf; output: FileWritten };
  /** Writes the card of a model as a PDF. */
  write_model_pdf: { input: WriteModelPdf; output: FileWritten };
  /** The logo and colour of the shop's documents, and how quotes show prices. */
  show_letterhead: { input: Nothing; output: LetterheadSettings };
  /** Changes the logo and colour of the shop's documents, and how quotes show prices. */
  save_letterhead: { input: LetterheadSettings; output: LetterheadSettings };
  /** The templates that documents are set by, and which of them the shop has made its own. */
  list_document_templates: { input: Nothing; output: Array<TemplateInfo> };
  /** The text of a template. */
  show_document_template: { input: ShowTemplate; output: TemplateText };
  /** Puts a template of the shop's own in the place of one of the program, once it can be set. */
  save_document_template: { input: SaveTemplate; output: Array<TemplateInfo> };
  /** Goes back to the template that comes with the program. */
  reset_document_template: { input: DocumentTemplateRef; output: Array<TemplateInfo> };
  /** Writes quotes as CSV or JSON: plain, as a CRM imports them, or in columns of the shop's own. */
  export_quotes: { input: ExportQuotes; output: QuotesExported };
  /** Writes jobs, cost lines and predictions as Parquet, partitioned by year and month. */
  export_lake: { input: ExportLake; output: LakeWritten };
  /** What the shop is connected to, and how sending stands. */
  list_connections: { input: Nothing; output: Array<ConnectionStanding> };
  /** Keeps a connection, as a new one without an id; its secret goes into the keychain of the system. */
  save_connection: { input: SaveConnection; output: ConnectionStanding };
  /** Takes a connection away with its secret; what still waits for it is withdrawn. */
  remove_connection: { input: ConnectionRef; output: Connection };
  /** Asks a connected system who it is, without sending anything of the shop. */
  probe_connection: { input: ConnectionRef; output: Probed };
  /** Exactly what would go over a connection, kept or not, of the newest thing that is sent there. Nothing is sent. */
  preview_connection: { input: Connection; output: Array<Outgoing> };
  /** What waits, was sent, was given up or taken back, newest first. */
  list_outbox: { input: MessageQuery; output: Array<Message> };
  /** A message with exactly what goes over the network. */
  show_message: { input: MessageRef; output: MessageShown };
  /** Lets a message that was given up wait again. */
  retry_message: { input: MessageRef; output: Message };
  /** Puts the payload of a message right that was not sent, and lets it wait again. */
  repair_message: { input: RepairMessage; output: Message };
  /** Takes a message back that was not sent. */
  discard_message: { input: MessageRef; output: Message };
  /** Puts a kept estimate into the outbox of every connection that takes estimates. */
  send_estimate: { input: EstimateRef; output: Array<Message> };
  /** Brings back what changed in a connected system, as a task: quotes that were won or lost there, and opportunities as an import. */
  start_pull: { input: PullConnection; output: TaskStarted };
  /** Sends what waits now, as a task. */
  start_push: { input: PushOutbox; output: TaskStarted };
  /** The shop's own series and imported material prices. */
  list_series: { input: Nothing; output: Array<SeriesInfo> };
  /** What series can be of: measures, by what they can be split, and in which ways; a name is name@period~way/column=level. */
  list_measures: { input: Nothing; output: Array<MeasureInfo> };
  /** The points of one series. */
  show_series: { input: SeriesRef; output: Series };
  /** Which other series run ahead of one, beyond chance among all that were looked at. */
  series_leads: { input: SeriesRef; output: Leads };
  /** How likely a series passes a value and when, or what the year adds up to does. */
  series_passes: { input: PassQuery; output: PassAnswer };
  /** Series that the shop has made of others by a formula. */
  list_saved_series: { input: Nothing; output: Array<SavedSeries> };
  /** Keeps a formula over series under a title. */
  save_series: { input: SaveSeries; output: SavedSeries };
  /** Forgets a formula over series. */
  delete_series: { input: SavedRef; output: SavedSeries };
  /** One series with its forecast, backtest and anomalies. */
  forecast_series: { input: ForecastSeries; output: SeriesForecast };
  /** Jobs and months that do not fit, each with what was expected. Waits for them where they are not known yet. */
  find_anomalies: { input: Nothing; output: Anomalies };
  /** The same as far as they are known, or the task that has begun to look for them. */
  anomalies_so_far: { input: Nothing; output: AnomaliesSoFar };
  /** Looks for what does not fit as a task, also where that was cancelled before. */
  start_finding_anomalies: { input: Nothing; output: TaskStarted };
  /** Why a job cost more or less than was estimated: hours, rate, quantity, price and omissions by work code. */
  job_overrun: { input: JobRef; output: OverrunSplit };
  /** What jobs that went wrong have in common, what overruns are made of, and what changed with the level of a series. */
  overrun_causes: { input: Nothing; output: OverrunCauses };
  /** Confirms or dismisses a finding with a reason, or takes that back; a dismissed one does not come back. */
  judge_anomaly: { input: JudgeAnomaly; output: AnomalyVerdict | null };
  /** What people said of anomalies, newest first. */
  list_anomaly_verdicts: { input: Nothing; output: Array<AnomalyVerdict> };
  /** The rules that watch series, models and records, and how asking them went. */
  list_alert_rules: { input: Nothing; output: Array<WatchedRule> };
  /** Rules to begin with; none of them is kept before somebody saves it. */
  suggest_alert_rules: { input: Nothing; output: Array<AlertRule> };
  /** How often a rule would have fired in the last 24 months, with what was known then. */
  test_alert_rule: { input: AlertRule; output: AlertTest };
  /** Keeps a rule, as a new one without an id. */
  save_alert_rule: { input: AlertRule; output: AlertRule };
  /** Takes a rule away; what it has fired stays. */
  remove_alert_rule: { input: AlertRuleRef; output: AlertRule };
  /** Asks every rule now; a window does so by itself whenever something has come in. */
  check_alerts: { input: Nothing; output: AlertCheck };
  /** What rules have fired: what is not resolved, or all. */
  list_alerts: { input: AlertQuery; output: Array<Alert> };
  /** One alert with everything that happened to it. */
  show_alert: { input: AlertRef; output: AlertDetail };
  /** Acknowledges, resolves, reopens or snoozes an alert. */
  act_on_alert: { input: ActOnAlert; output: AlertDetail };
  /** How alerts reach people who are not looking at the window, and what stands in the way. */
  alert_channels: { input: Nothing; output: AlertChannelsStanding };
  /** Sets how alerts reach people who are not looking: messages of the desktop, drafts of mails, quiet hours. */
  save_alert_channels: { input: AlertChannels; output: AlertChannelsStanding };
  /** What follows for prices, open quotes and hours in the books if prices, wages, demand or people change. */
  show_outlook: { input: OutlookQuery; output: Outlook };
  /** Assumptions that are kept under a name. */
  list_outlooks: { input: Nothing; output: Array<SavedOutlook> };
  /** Keeps assumptions, in place of those of the same name. */
  save_outlook: { input: SaveOutlook; output: SavedOutlook };
  /** Forgets assumptions. */
  delete_outlook: { input: OutlookRef; output: SavedOutlook };
  /** By how much a cost may rise until a quote ends, from the forecasts of what it is made of. */
  escalation: { input: EscalationQuery; output: Escalation };
  /** Trains a challenger on the finished jobs as a task, and promotes it if it is better. */
  start_training: { input: StartTraining; output: TaskStarted };
  /** The registry of models, newest first. */
  list_models: { input: Nothing; output: Array<Model> };
  /** One model with its card. */
  show_model: { input: ModelRef; output: Model };
  /** The model in use in words: what makes jobs dear, and which drivers act together. */
  describe_model: { input: Nothing; output: ModelWords };
  /** Which imported price series a new model learns from, and which there are. */
  show_price_drivers: { input: Nothing; output: PriceDrivers };
  /** Chooses the price series, with how many months each lags, that a new model learns from. */
  set_price_drivers: { input: SetPriceDrivers; output: PriceDrivers };
  /** The starter model that comes with the program, and whether this shop is told by it. */
  show_starter: { input: Nothing; output: StarterInfo };
  /** Makes a challenger the champion by hand, with a reason. */
  promote_model: { input: PromoteModel; output: Model };
  /** Makes the champion before the present one champion again. */
  rollback_model: { input: RollbackModel; output: Model };
  /** Writes the rows that a model has learned from, as Parquet. */
  write_model_data: { input: WriteModelData; output: FileWritten };
  /** Makes a model again from its rows as a task; the result says whether it is the same bit for bit. */
  start_rebuilding: { input: ModelRef; output: TaskStarted };
  /** How the model in use does on the jobs since it was trained, as the last look found. */
  show_watching: { input: Nothing; output: Watching };
  /** Looks at the model in use as a task: errors, ranges and drivers of now, a challenger where it has become worse. */
  start_watching: { input: StartWatching; output: TaskStarted };
  /** Whether a challenger that is better is promoted without asking. */
  set_promotion: { input: SetPromotion; output: Watching };
  /** Makes the proposed challenger the champion. */
  accept_proposal: { input: ModelRef; output: Model };
  /** Takes a challenger out of the running, with a reason. */
  retire_model: { input: RetireModel; output: Model };
  /** By how much estimators' own estimates are usually off, by estimator, sign type and work code. */
  list_biases: { input: Nothing; output: Array<EstimatorBias> };
  /** Accepts a correction of somebody's own estimates of one kind. */
  accept_bias: { input: BiasOf; output: EstimatorBias };
  /** Takes a correction of own estimates back. */
  take_back_bias: { input: BiasOf; output: Array<EstimatorBias> };
  /** An own estimate of a job's cost, with the correction that was accepted for such. */
  correct_own_estimate: { input: OwnEstimate; output: CorrectedEstimate };
  /** Long work, newest first. */
  list_tasks: { input: Nothing; output: Array<TaskState> };
  /** How far one piece of long work is. */
  show_task: { input: TaskRef; output: TaskState };
  /** Stops one piece of long work. */
  cancel_task: { input: TaskRef; output: TaskState };
}
