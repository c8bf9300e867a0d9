//! The list of commands: from it come the dispatcher, the TypeScript client and the description of the API.

use std::any::TypeId;
use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::{Config, ExportError, TS, TypeVisitor};

use crate::tasks::{TaskRef, TaskState};
use crate::{
    Action, AppEvent, CallError, Code, alerts, anomalies, assemblies, document, documents, drivers, estimates, export,
    forecasts, import, jobs, model_words, models, outlook, price_drivers, quotes, rejects, review, rules, scenarios,
    sending, series, shop, starter, train, watch, winning,
};

/// The input of commands that take none.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// One command as `signwright call` and the API page describe it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CommandInfo {
    pub name: &'static str,
    pub about: &'static str,
}

/// One command with its types in TypeScript.
#[derive(Debug)]
pub(crate) struct CommandTypes {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) input: String,
    pub(crate) output: String,
    pub(crate) imports: Vec<String>,
}

macro_rules! commands {
    ($( $name:ident($input:ty) -> $output:ty = $function:path, $about:literal; )*) => {
        /// Every command, in the order of the day.
        pub const COMMANDS: &[CommandInfo] = &[$( CommandInfo { name: stringify!($name), about: $about } ),*];

        pub(crate) fn dispatch(action: &Action, command: &str, input: Value) -> Result<Value, CallError> {
            match command {
                $( stringify!($name) => {
                    let input: $input = understood(command, input)?;
                    let output: $output = $function(action, input)?;
                    answer(&output)
                } )*
                _ => Err(unknown(command)),
            }
        }

        pub(crate) fn types(config: &Config) -> Result<Vec<CommandTypes>, ExportError> {
            let mut exporter = Exporter::new(config);
            exporter.top::<AppEvent>();
            exporter.top::<CallError>();
            let types = vec![$( {
                exporter.imports.clear();
                exporter.top::<$input>();
                exporter.top::<$output>();
                CommandTypes {
                    name: stringify!($name),
                    about: $about,
                    input: <$input as TS>::name(config),
                    output: <$output as TS>::name(config),
                    imports: exporter.imports.clone(),
                }
            } ),*];
            exporter.done().map(|()| types)
        }
    };
}

commands! {
    shop_summary(Nothing) -> shop::ShopSummary = shop::shop_summary,
        "What needs attention today, and the shop's key figures.";
    shop_settings(Nothing) -> shop::ShopSettings = shop::shop_settings,
        "Name, currency, rates and terms of the shop.";
    save_settings(shop::ShopSettings) -> shop::ShopSettings = shop::save_settings,
        "Changes the shop's settings.";
    verify_shop(Nothing) -> shop::Verification = shop::verify_shop,
        "Checks the shop file: integrity, references, and the hash of every document.";
    write_backup(shop::WriteBackup) -> shop::FileWritten = shop::write_backup,
        "Writes a verified copy of the open shop.";
    list_events(shop::EventQuery) -> Vec<shop::Event> = shop::list_events,
        "Who changed what, newest first.";

    start_import(import::StartImport) -> crate::tasks::TaskStarted = import::start_import,
        "Imports files and folders as a task.";
    unlock_import(import::UnlockImport) -> import::FileOutcome = import::unlock_import,
        "Reads a locked document with its password, which is kept nowhere.";
    show_watch(Nothing) -> watch::Watch = watch::show_watch,
        "The watched folder: whether it is watched, what came in, what did not.";
    set_watch(watch::SetWatch) -> watch::Watch = watch::set_watch,
        "Names the folder whose new files are imported by themselves, and switches that on or off.";
    retry_watched(watch::RetryWatched) -> watch::Watch = watch::retry_watched,
        "Takes files of the watched folder again of which nothing came in.";
    list_imports(import::ListImports) -> Vec<import::Import> = import::list_imports,
        "Imported files, newest first.";
    show_import(import::ImportRef) -> import::ImportDetail = import::show_import,
        "One imported file: its records, checks and rejects.";
    list_fields(import::FieldsOf) -> Vec<String> = import::list_fields,
        "The fields that the columns of a table of this kind can fill.";
    try_mapping(import::MapImport) -> import::FileOutcome = import::try_mapping,
        "Reads an imported table with another mapping and says what would change, without changing it.";
    apply_mapping(import::MapImport) -> crate::tasks::TaskStarted = import::apply_mapping,
        "Reads an imported table again with another mapping, as a task.";
    list_table_profiles(Nothing) -> Vec<import::TableProfile> = import::list_table_profiles,
        "How tables of known sources are read: the shop's own profiles, then those that come with the program.";
    save_table_profile(import::SaveTableProfile) -> import::TableProfile = import::save_table_profile,
        "Keeps a mapping of columns to fields as a profile, taken when a file has the headers it is known by.";
    remove_table_profile(import::TableProfileRef) -> Vec<import::TableProfile> = import::remove_table_profile,
        "Forgets one of the shop's own profiles.";
    export_table_profile(import::ExportTableProfile) -> shop::FileWritten = import::export_table_profile,
        "Writes how a source's tables are read, for another machine.";
    import_table_profile(import::ImportTableProfile) -> import::TableProfile = import::import_table_profile,
        "Takes how a source's tables are read from another machine.";
    export_rejects(rejects::ExportRejects) -> Vec<rejects::RejectSheet> = rejects::export_rejects,
        "Writes the refused rows of each table as a spreadsheet, to be corrected and imported again.";
    list_rejects(rejects::RejectQuery) -> Vec<rejects::StoredReject> = rejects::list_rejects,
        "What was refused, with place and reason.";
    fix_reject(rejects::FixReject) -> rejects::StoredReject = rejects::fix_reject,
        "Puts a corrected value in the place of a refused one.";
    retry_reject(rejects::RejectRef) -> rejects::StoredReject = rejects::retry,
        "Reads the document of a reject again.";
    discard_reject(rejects::DiscardReject) -> rejects::StoredReject = rejects::discard_reject,
        "Closes a reject without taking its value.";
    reopen_reject(rejects::RejectRef) -> rejects::StoredReject = rejects::reopen_reject,
        "Takes back what was decided about a reject, unless its value has changed since.";
    show_rules(Nothing) -> rules::RuleFile = rules::show_rules,
        "The sanity rules in force, as a file.";
    start_setting_rules(rules::SetRules) -> crate::tasks::TaskStarted = rules::start_setting_rules,
        "Takes a file of sanity rules and asks every job again; the result is what they find.";
    start_resetting_rules(Nothing) -> crate::tasks::TaskStarted = rules::start_resetting_rules,
        "Goes back to the product's own rules; the result is what they find.";
    start_asking_rules(Nothing) -> crate::tasks::TaskStarted = rules::start_asking_rules,
        "Asks every job the rules again; the result is what they find.";
    list_findings(rules::ListFindings) -> rules::Findings = rules::list_findings,
        "What the rules and the comparison with their peers find among the jobs.";
    list_reviews(review::ReviewQuery) -> review::ReviewPage = review::list_reviews,
        "Documents with values that wait for a person.";
    show_review(review::ShowReview) -> review::Review = review::show_review,
        "One document with its words, fields, lines, checks and corrections.";
    set_document_kind(review::SetDocumentKind) -> review::Review = review::set_document_kind,
        "Says what a document is that nobody knew.";
    correct_field(review::CorrectField) -> review::Review = review::correct_field,
        "Corrects or confirms one value of a document, typed or pointed at on the page.";
    correct_line(review::CorrectLine) -> review::Review = review::correct_line,
        "Takes out a line that is none, or joins one to the line above that it continues.";
    correct_table(review::CorrectTable) -> review::Review = review::correct_table,
        "Reads the lines of a table again between the edges of its columns.";
    confirm_document(review::ConfirmDocument) -> review::Review = review::confirm_document,
        "Accepts all values that are certain; a document without doubt teaches its layout.";
    start_confirming(Nothing) -> crate::tasks::TaskStarted = review::start_confirming,
        "Confirms every document in which nothing waits, as a task.";
    list_profiles(Nothing) -> Vec<review::ProfileInfo> = review::list_profiles,
        "The layouts learned from confirmed documents.";
    export_profile(review::ExportProfile) -> shop::FileWritten = review::export_profile,
        "Writes a learned layout for another machine, without any customer's text or amounts.";
    import_profile(review::ImportProfile) -> review::ProfileInfo = review::import_profile,
        "Takes a learned layout from another machine.";

    list_jobs(jobs::JobQuery) -> jobs::JobPage = jobs::list_jobs,
        "A page of the history: search, filter, sort.";
    show_job(jobs::JobRef) -> jobs::JobDetail = jobs::show_job,
        "One job with its cost lines and where every value came from.";
    job_anomalies(jobs::JobRef) -> Vec<signwright_domain::anomaly::RowAnomaly> = jobs::job_anomalies,
        "What does not fit in one job.";
    show_document(jobs::DocumentRef) -> jobs::DocumentView = jobs::show_document,
        "A document as it was imported, with the words and boxes that were read.";
    save_document(document::SaveDocument) -> shop::FileWritten = document::save_document,
        "Writes the kept file of a document, byte for byte.";

    list_drivers(Nothing) -> Vec<drivers::DriverInfo> = drivers::list_drivers,
        "The known drivers of cost: labels, units, choices, limits.";
    create_estimate(estimates::CreateEstimate) -> signwright_domain::estimate::Estimate = estimates::create_estimate,
        "What a job will cost: cost, ranges, drivers in money, similar jobs, warnings.";
    explore_driver(estimates::ExploreDriver) -> estimates::Dependence = estimates::explore_driver,
        "What a job would cost with other values of one driver, all else as it is.";
    explore_pair(estimates::ExplorePair) -> estimates::PairGrid = estimates::explore_pair,
        "What a job would cost over two drivers at once, and where finished jobs stood.";
    find_ways(estimates::FindWays) -> estimates::Ways = estimates::find_ways,
        "What changes of a specification would bring its cost under an amount.";
    list_estimates(estimates::ListEstimates) -> Vec<estimates::EstimateSummary> = estimates::list_estimates,
        "Saved estimates, newest first.";
    show_estimate(estimates::EstimateRef) -> signwright_domain::estimate::Estimate = estimates::show_estimate,
        "One saved estimate.";
    list_assemblies(Nothing) -> Vec<assemblies::AssemblyInfo> = assemblies::list_assemblies,
        "What signs are built up from: the assemblies and blocks of the program and of the shop.";
    show_assembly(assemblies::AssemblyRef) -> assemblies::AssemblyShown = assemblies::show_assembly,
        "One assembly, or one version of it, with what it asks for.";
    check_assembly(assemblies::CheckAssembly) -> assemblies::AssemblyChecked = assemblies::check_assembly,
        "Everything that is wrong with a draft of an assembly, and what it makes of a job. Nothing is kept.";
    save_assembly(assemblies::SaveAssembly) -> assemblies::AssemblyShown = assemblies::save_assembly,
        "Keeps an assembly as its next version.";
    copy_assembly(assemblies::CopyAssembly) -> assemblies::AssemblyShown = assemblies::copy_assembly,
        "Makes an assembly of the shop from another.";
    put_away_assembly(assemblies::PutAway) -> Vec<assemblies::AssemblyInfo> = assemblies::put_away_assembly,
        "Offers an assembly no more, or again.";
    build_up_job(assemblies::BuildUpJob) -> signwright_domain::build_up::BuildUp = assemblies::build_up_job,
        "What a job costs by an assembly, line by line.";
    explain_job(assemblies::ExplainJob) -> Vec<signwright_domain::assembly::ExplainedFormula> = assemblies::explain_job,
        "The formulas of one value or part of an assembly, with what each piece of them comes to in a job.";
    show_costs(Nothing) -> assemblies::Costs = assemblies::show_costs,
        "What items and hours cost the shop, with day, source and use.";
    save_item(assemblies::SaveItem) -> assemblies::Costs = assemblies::save_item,
        "Keeps what an item costs from now on; the older prices stay as its history.";
    save_rate(signwright_domain::cost_library::LabourRate) -> assemblies::Costs = assemblies::save_rate,
        "Keeps what an hour of a work code or department costs, burden included.";
    confirm_costs(assemblies::ConfirmCosts) -> assemblies::Costs = assemblies::confirm_costs,
        "Says that prices and rates are the shop's own as they stand.";
    remove_cost(assemblies::CostKey) -> assemblies::Costs = assemblies::remove_cost,
        "Takes an item or a rate away that no assembly draws on.";
    past_prices(assemblies::CostKey) -> Vec<assemblies::PastItem> = assemblies::past_prices,
        "Everything that was said of the price of an item, newest first.";
    set_use_tax(assemblies::SetUseTax) -> assemblies::Costs = assemblies::set_use_tax,
        "Sets the share of material that is paid as use tax.";
    list_price_changes(Nothing) -> assemblies::PriceChanges = assemblies::list_price_changes,
        "Items for which newer prices were imported.";
    take_prices(assemblies::TakePrices) -> assemblies::Costs = assemblies::take_prices,
        "Lets imported prices count as those of items.";
    show_monthly_costs(Nothing) -> Option<signwright_domain::burden::MonthlyCosts> = assemblies::show_monthly_costs,
        "The month from which the burdened rates were worked out.";
    work_out_rates(signwright_domain::burden::MonthlyCosts) -> signwright_domain::burden::BurdenedRates = assemblies::work_out_rates,
        "What an hour of each department costs, step by step. Nothing is kept.";
    save_burdened_rates(assemblies::SaveRates) -> assemblies::Costs = assemblies::save_burdened_rates,
        "Keeps the rates of a month as the shop's own.";
    save_scenario(scenarios::SaveScenario) -> scenarios::ListedScenario = scenarios::save_scenario,
        "Keeps a variant of a saved estimate under a name, with what it costs.";
    list_scenarios(scenarios::ScenariosOf) -> Vec<scenarios::ListedScenario> = scenarios::list_scenarios,
        "The variants of an estimate, and in what they differ from it.";
    rename_scenario(scenarios::RenameScenario) -> scenarios::ListedScenario = scenarios::rename_scenario,
        "Gives a variant another name.";
    delete_scenario(scenarios::ScenarioRef) -> scenarios::Scenario = scenarios::delete_scenario,
        "Forgets a variant of an estimate.";
    compare_scenarios(scenarios::CompareScenarios) -> scenarios::Comparison = scenarios::compare_scenarios,
        "Two to four variants side by side: drivers that differ, costs with ranges, and by what the difference comes.";
    win_chance(winning::WinQuery) -> winning::Winning = winning::win_chance,
        "How likely an offer is taken at a price, and which price is expected to earn most.";

    create_quote(quotes::CreateQuote) -> signwright_domain::quote::Quote = quotes::create_quote,
        "Makes a draft quote from saved estimates.";
    update_quote(quotes::UpdateQuote) -> signwright_domain::quote::Quote = quotes::update_quote,
        "Changes the lines and terms of a draft.";
    revise_quote(quotes::QuoteRef) -> signwright_domain::quote::Quote = quotes::revise_quote,
        "Adds a new version to a quote that is locked.";
    approve_quote(quotes::ApproveQuote) -> signwright_domain::quote::Quote = quotes::approve_quote,
        "Approves the draft inside the shop and locks it; below its floor only with a name and a reason.";
    send_quote(quotes::QuoteRef) -> signwright_domain::quote::Quote = quotes::send_quote,
        "Puts an approved quote into the outbox.";
    mark_quote_won(quotes::QuoteRef) -> signwright_domain::quote::Quote = quotes::mark_quote_won,
        "Records that the customer took the quote.";
    mark_quote_viewed(quotes::QuoteRef) -> signwright_domain::quote::Quote = quotes::mark_quote_viewed,
        "Records that the customer has looked at the quote.";
    expire_quote(quotes::QuoteRef) -> signwright_domain::quote::Quote = quotes::expire_quote,
        "Closes an offer that nobody answered by its last day.";
    mark_quote_lost(quotes::MarkQuoteLost) -> signwright_domain::quote::Quote = quotes::mark_quote_lost,
        "Records that the customer did not take it, and why.";
    list_quotes(quotes::QuoteQuery) -> quotes::QuotePage = quotes::list_quotes,
        "Quotes, newest first.";
    show_quote(quotes::QuoteRef) -> signwright_domain::quote::Quote = quotes::show_quote,
        "One quote with all its versions.";
    quote_standing(quotes::QuoteRef) -> quotes::QuoteStanding = quotes::quote_standing,
        "How a quote stands today: status, what may be done, floor, change orders, notes, tags, what can be undone.";
    quote_pricing(quotes::QuoteRef) -> quotes::Pricing = quotes::quote_pricing,
        "What is known when a quote is priced: cost, P70 to P90, floor, chances over price; and the decision as it is.";
    preview_price(quotes::PriceQuote) -> signwright_domain::price_decision::PricedJob = quotes::preview_price,
        "What a price decision would come to, step by step. Nothing is written.";
    apply_price(quotes::PriceQuote) -> signwright_domain::quote::Quote = quotes::apply_price,
        "Prices the lines of a draft by a decision, to the cent, and keeps the decision.";
    margin_floors(Nothing) -> signwright_domain::price_decision::MarginFloors = quotes::margin_floors,
        "The lowest margins without approval, by sign type.";
    save_margin_floors(signwright_domain::price_decision::MarginFloors) -> signwright_domain::price_decision::MarginFloors = quotes::save_margin_floors,
        "Changes the lowest margins without approval.";
    undo_quote(quotes::QuoteRef) -> signwright_domain::quote::Quote = quotes::undo_quote,
        "Takes the last change of a draft back.";
    redo_quote(quotes::QuoteRef) -> signwright_domain::quote::Quote = quotes::redo_quote,
        "Makes the change of a draft again that was taken back last.";
    compare_versions(quotes::CompareVersions) -> signwright_domain::quote_difference::QuoteDifference = quotes::compare_versions,
        "In what two versions of a quote differ: lines, totals, terms.";
    copy_quote(quotes::CopyQuote) -> signwright_domain::quote::Quote = quotes::copy_quote,
        "Makes a draft with the lines of another quote.";
    quote_from_job(quotes::QuoteFromJob) -> signwright_domain::quote::Quote = quotes::quote_from_job,
        "Makes a draft at what a finished job has cost.";
    list_quote_templates(Nothing) -> Vec<quotes::QuoteTemplate> = quotes::list_quote_templates,
        "Quotes that are kept as templates, by name.";
    save_quote_template(quotes::SaveQuoteTemplate) -> quotes::QuoteTemplate = quotes::save_quote_template,
        "Keeps a quote as a template.";
    delete_quote_template(quotes::TemplateRef) -> quotes::QuoteTemplate = quotes::delete_quote_template,
        "Forgets a template.";
    quote_from_template(quotes::QuoteFromTemplate) -> signwright_domain::quote::Quote = quotes::quote_from_template,
        "Makes a draft from a template.";
    follow_up_quote(quotes::FollowUpQuote) -> signwright_domain::quote::Quote = quotes::follow_up_quote,
        "Sets the day on which to ask the customer, or takes it away.";
    add_quote_note(quotes::AddQuoteNote) -> signwright_domain::quote::Quote = quotes::add_quote_note,
        "Adds a note to a quote.";
    remove_quote_note(quotes::QuoteNoteRef) -> signwright_domain::quote::Quote = quotes::remove_quote_note,
        "Takes a note of a quote away.";
    tag_quote(quotes::TagQuote) -> signwright_domain::quote::Quote = quotes::tag_quote,
        "Puts tags to a quote, in place of those it has.";
    add_change_order(quotes::AddChangeOrder) -> signwright_domain::change_order::ChangeOrder = quotes::add_change_order,
        "Adds to a won quote, or takes out of it, as a numbered order with a reason.";
    write_quote_pdf(documents::WriteQuotePdf) -> shop::FileWritten = documents::write_quote_pdf,
        "Writes the active version as a PDF: the quote, why this price, the owner's version or the work order.";
    write_job_pdf(documents::WriteJobPdf) -> shop::FileWritten = documents::write_job_pdf,
        "Writes what a finished job cost against its estimate, or the work order of a job, as a PDF.";
    write_model_pdf(documents::WriteModelPdf) -> shop::FileWritten = documents::write_model_pdf,
        "Writes the card of a model as a PDF.";
    show_letterhead(Nothing) -> documents::LetterheadSettings = documents::show_letterhead,
        "The logo and colour of the shop's documents, and how quotes show prices.";
    save_letterhead(documents::LetterheadSettings) -> documents::LetterheadSettings = documents::save_letterhead,
        "Changes the logo and colour of the shop's documents, and how quotes show prices.";
    list_document_templates(Nothing) -> Vec<documents::TemplateInfo> = documents::list_document_templates,
        "The templates that documents are set by, and which of them the shop has made its own.";
    show_document_template(documents::ShowTemplate) -> documents::TemplateText = documents::show_document_template,
        "The text of a template.";
    save_document_template(documents::SaveTemplate) -> Vec<documents::TemplateInfo> = documents::save_document_template,
        "Puts a template of the shop's own in the place of one of the program, once it can be set.";
    reset_document_template(documents::DocumentTemplateRef) -> Vec<documents::TemplateInfo> = documents::reset_document_template,
        "Goes back to the template that comes with the program.";
    export_quotes(export::ExportQuotes) -> export::QuotesExported = export::export_quotes,
        "Writes quotes as CSV or JSON: plain, as a CRM imports them, or in columns of the shop's own.";
    export_lake(export::ExportLake) -> export::LakeWritten = export::export_lake,
        "Writes jobs, cost lines and predictions as Parquet, partitioned by year and month.";
    list_connections(Nothing) -> Vec<sending::ConnectionStanding> = sending::list_connections,
        "What the shop is connected to, and how sending stands.";
    save_connection(sending::SaveConnection) -> sending::ConnectionStanding = sending::save_connection,
        "Keeps a connection, as a new one without an id; its secret goes into the keychain of the system.";
    remove_connection(sending::ConnectionRef) -> signwright_domain::connection::Connection = sending::remove_connection,
        "Takes a connection away with its secret; what still waits for it is withdrawn.";
    probe_connection(sending::ConnectionRef) -> sending::Probed = sending::probe_connection,
        "Asks a connected system who it is, without sending anything of the shop.";
    preview_connection(signwright_domain::connection::Connection) -> Vec<signwright_domain::connection::Outgoing> = sending::preview_connection,
        "Exactly what would go over a connection, kept or not, of the newest thing that is sent there. Nothing is sent.";
    list_outbox(sending::MessageQuery) -> Vec<signwright_store::outbox::Message> = sending::list_outbox,
        "What waits, was sent, was given up or taken back, newest first.";
    show_message(sending::MessageRef) -> sending::MessageShown = sending::show_message,
        "A message with exactly what goes over the network.";
    retry_message(sending::MessageRef) -> signwright_store::outbox::Message = sending::retry_message,
        "Lets a message that was given up wait again.";
    repair_message(sending::RepairMessage) -> signwright_store::outbox::Message = sending::repair_message,
        "Puts the payload of a message right that was not sent, and lets it wait again.";
    discard_message(sending::MessageRef) -> signwright_store::outbox::Message = sending::discard_message,
        "Takes a message back that was not sent.";
    send_estimate(estimates::EstimateRef) -> Vec<signwright_store::outbox::Message> = sending::send_estimate,
        "Puts a kept estimate into the outbox of every connection that takes estimates.";
    start_pull(sending::PullConnection) -> crate::tasks::TaskStarted = sending::start_pull,
        "Brings back what changed in a connected system, as a task: quotes that were won or lost there, and opportunities as an import.";
    start_push(sending::PushOutbox) -> crate::tasks::TaskStarted = sending::start_push,
        "Sends what waits now, as a task.";

    list_series(Nothing) -> Vec<series::SeriesInfo> = series::list_series,
        "The shop's own series and imported material prices.";
    list_measures(Nothing) -> Vec<series::MeasureInfo> = series::list_measures,
        "What series can be of: measures, by what they can be split, and in which ways; a name is name@period~way/column=level.";
    show_series(series::SeriesRef) -> signwright_domain::series::Series = series::show_series,
        "The points of one series.";
    series_leads(series::SeriesRef) -> forecasts::Leads = forecasts::series_leads,
        "Which other series run ahead of one, beyond chance among all that were looked at.";
    series_passes(forecasts::PassQuery) -> forecasts::PassAnswer = forecasts::series_passes,
        "How likely a series passes a value and when, or what the year adds up to does.";
    list_saved_series(Nothing) -> Vec<signwright_store::saved_series::SavedSeries> = series::list_saved_series,
        "Series that the shop has made of others by a formula.";
    save_series(series::SaveSeries) -> signwright_store::saved_series::SavedSeries = series::save_series,
        "Keeps a formula over series under a title.";
    delete_series(series::SavedRef) -> signwright_store::saved_series::SavedSeries = series::delete_series,
        "Forgets a formula over series.";
    forecast_series(forecasts::ForecastSeries) -> forecasts::SeriesForecast = forecasts::forecast_series,
        "One series with its forecast, backtest and anomalies.";
    find_anomalies(Nothing) -> anomalies::Anomalies = anomalies::find_anomalies,
        "Jobs and months that do not fit, each with what was expected. Waits for them where they are not known yet.";
    anomalies_so_far(Nothing) -> anomalies::AnomaliesSoFar = anomalies::anomalies_so_far,
        "The same as far as they are known, or the task that has begun to look for them.";
    start_finding_anomalies(Nothing) -> crate::tasks::TaskStarted = anomalies::start_finding_anomalies,
        "Looks for what does not fit as a task, also where that was cancelled before.";
    job_overrun(jobs::JobRef) -> signwright_domain::cause_of_overrun::OverrunSplit = anomalies::job_overrun,
        "Why a job cost more or less than was estimated: hours, rate, quantity, price and omissions by work code.";
    overrun_causes(Nothing) -> anomalies::OverrunCauses = anomalies::overrun_causes,
        "What jobs that went wrong have in common, what overruns are made of, and what changed with the level of a series.";
    judge_anomaly(anomalies::JudgeAnomaly) -> Option<signwright_store::anomaly_verdicts::AnomalyVerdict> = anomalies::judge_anomaly,
        "Confirms or dismisses a finding with a reason, or takes that back; a dismissed one does not come back.";
    list_anomaly_verdicts(Nothing) -> Vec<signwright_store::anomaly_verdicts::AnomalyVerdict> = anomalies::list_anomaly_verdicts,
        "What people said of anomalies, newest first.";

    list_alert_rules(Nothing) -> Vec<signwright_domain::alert::WatchedRule> = alerts::list_alert_rules,
        "The rules that watch series, models and records, and how asking them went.";
    suggest_alert_rules(Nothing) -> Vec<signwright_domain::alert::AlertRule> = alerts::suggest_alert_rules,
        "Rules to begin with; none of them is kept before somebody saves it.";
    test_alert_rule(signwright_domain::alert::AlertRule) -> alerts::AlertTest = alerts::test_alert_rule,
        "How often a rule would have fired in the last 24 months, with what was known then.";
    save_alert_rule(signwright_domain::alert::AlertRule) -> signwright_domain::alert::AlertRule = alerts::save_alert_rule,
        "Keeps a rule, as a new one without an id.";
    remove_alert_rule(alerts::AlertRuleRef) -> signwright_domain::alert::AlertRule = alerts::remove_alert_rule,
        "Takes a rule away; what it has fired stays.";
    check_alerts(Nothing) -> alerts::AlertCheck = alerts::check_alerts,
        "Asks every rule now; a window does so by itself whenever something has come in.";
    list_alerts(alerts::AlertQuery) -> Vec<signwright_domain::alert::Alert> = alerts::list_alerts,
        "What rules have fired: what is not resolved, or all.";
    show_alert(alerts::AlertRef) -> alerts::AlertDetail = alerts::show_alert,
        "One alert with everything that happened to it.";
    act_on_alert(alerts::ActOnAlert) -> alerts::AlertDetail = alerts::act_on_alert,
        "Acknowledges, resolves, reopens or snoozes an alert.";
    alert_channels(Nothing) -> alerts::AlertChannelsStanding = alerts::alert_channels,
        "How alerts reach people who are not looking at the window, and what stands in the way.";
    save_alert_channels(signwright_domain::alert::AlertChannels) -> alerts::AlertChannelsStanding = alerts::save_alert_channels,
        "Sets how alerts reach people who are not looking: messages of the desktop, drafts of mails, quiet hours.";

    show_outlook(outlook::OutlookQuery) -> outlook::Outlook = outlook::show_outlook,
        "What follows for prices, open quotes and hours in the books if prices, wages, demand or people change.";
    list_outlooks(Nothing) -> Vec<signwright_domain::outlook::SavedOutlook> = outlook::list_outlooks,
        "Assumptions that are kept under a name.";
    save_outlook(outlook::SaveOutlook) -> signwright_domain::outlook::SavedOutlook = outlook::save_outlook,
        "Keeps assumptions, in place of those of the same name.";
    delete_outlook(outlook::OutlookRef) -> signwright_domain::outlook::SavedOutlook = outlook::delete_outlook,
        "Forgets assumptions.";
    escalation(outlook::EscalationQuery) -> outlook::Escalation = outlook::escalation,
        "By how much a cost may rise until a quote ends, from the forecasts of what it is made of.";

    start_training(train::StartTraining) -> crate::tasks::TaskStarted = train::start_training,
        "Trains a challenger on the finished jobs as a task, and promotes it if it is better.";
    list_models(Nothing) -> Vec<signwright_domain::card::Model> = models::list_models,
        "The registry of models, newest first.";
    show_model(models::ModelRef) -> signwright_domain::card::Model = models::show_model,
        "One model with its card.";
    describe_model(Nothing) -> model_words::ModelWords = model_words::describe_model,
        "The model in use in words: what makes jobs dear, and which drivers act together.";
    show_price_drivers(Nothing) -> price_drivers::PriceDrivers = price_drivers::show_price_drivers,
        "Which imported price series a new model learns from, and which there are.";
    set_price_drivers(price_drivers::SetPriceDrivers) -> price_drivers::PriceDrivers = price_drivers::set_price_drivers,
        "Chooses the price series, with how many months each lags, that a new model learns from.";
    show_starter(Nothing) -> starter::StarterInfo = starter::show_starter,
        "The starter model that comes with the program, and whether this shop is told by it.";
    promote_model(models::PromoteModel) -> signwright_domain::card::Model = models::promote_model,
        "Makes a challenger the champion by hand, with a reason.";
    rollback_model(models::RollbackModel) -> signwright_domain::card::Model = models::rollback_model,
        "Makes the champion before the present one champion again.";
    write_model_data(models::WriteModelData) -> shop::FileWritten = models::write_model_data,
        "Writes the rows that a model has learned from, as Parquet.";
    start_rebuilding(models::ModelRef) -> crate::tasks::TaskStarted = models::start_rebuilding,
        "Makes a model again from its rows as a task; the result says whether it is the same bit for bit.";
    show_watching(Nothing) -> models::watch::Watching = models::watch::show_watching,
        "How the model in use does on the jobs since it was trained, as the last look found.";
    start_watching(models::watch::StartWatching) -> crate::tasks::TaskStarted = models::watch::start_watching,
        "Looks at the model in use as a task: errors, ranges and drivers of now, a challenger where it has become worse.";
    set_promotion(models::watch::SetPromotion) -> models::watch::Watching = models::watch::set_promotion,
        "Whether a challenger that is better is promoted without asking.";
    accept_proposal(models::ModelRef) -> signwright_domain::card::Model = models::watch::accept_proposal,
        "Makes the proposed challenger the champion.";
    retire_model(models::watch::RetireModel) -> signwright_domain::card::Model = models::watch::retire_model,
        "Takes a challenger out of the running, with a reason.";
    list_biases(Nothing) -> Vec<models::bias::EstimatorBias> = models::bias::list_biases,
        "By how much estimators' own estimates are usually off, by estimator, sign type and work code.";
    accept_bias(signwright_store::bias::BiasOf) -> models::bias::EstimatorBias = models::bias::accept_bias,
        "Accepts a correction of somebody's own estimates of one kind.";
    take_back_bias(signwright_store::bias::BiasOf) -> Vec<models::bias::EstimatorBias> = models::bias::take_back_bias,
        "Takes a correction of own estimates back.";
    correct_own_estimate(models::bias::OwnEstimate) -> models::bias::CorrectedEstimate = models::bias::correct_own_estimate,
        "An own estimate of a job's cost, with the correction that was accepted for such.";

    list_tasks(Nothing) -> Vec<TaskState> = list_tasks, "Long work, newest first.";
    show_task(TaskRef) -> TaskState = show_task, "How far one piece of long work is.";
    cancel_task(TaskRef) -> TaskState = cancel_task, "Stops one piece of long work.";
}

fn list_tasks(action: &Action, _: Nothing) -> Result<Vec<TaskState>, CallError> {
    Ok(action.tasks().list())
}

fn show_task(action: &Action, input: TaskRef) -> Result<TaskState, CallError> {
    action.tasks().get(input.id).ok_or_else(|| CallError::not_found(format!("task with id {}", input.id)))
}

fn cancel_task(action: &Action, input: TaskRef) -> Result<TaskState, CallError> {
    action.tasks().cancel(input.id);
    show_task(action, input)
}

fn understood<T: DeserializeOwned>(command: &str, input: Value) -> Result<T, CallError> {
    let input = if input.is_null() { Value::Object(serde_json::Map::new()) } else { input };
    serde_json::from_value(input).map_err(|error| CallError::invalid(format!("{command} does not take this: {error}")))
}

fn answer(output: &impl Serialize) -> Result<Value, CallError> {
    serde_json::to_value(output).map_err(|error| CallError::new(Code::Internal, error.to_string()))
}

fn unknown(command: &str) -> CallError {
    let mut best: Vec<_> = COMMANDS.iter().map(|c| (shared_prefix(c.name, command), c.name)).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let near: Vec<_> = best.iter().take(3).map(|(_, name)| *name).collect();
    CallError::new(Code::UnknownCommand, format!("no command named \"{command}\""))
        .hint(format!("Perhaps one of: {}.", near.join(", ")))
}

fn shared_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
}

/// Writes every exportable type once and collects the names a command's own signature needs.
struct Exporter<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    imports: Vec<String>,
    failure: Option<ExportError>,
}

impl<'a> Exporter<'a> {
    fn new(config: &'a Config) -> Self {
        Self { config, seen: HashSet::new(), imports: Vec::new(), failure: None }
    }

    fn top<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            T::visit_generics(self);
        } else {
            self.visit::<T>();
        }
    }

    fn done(self) -> Result<(), ExportError> {
        self.failure.map_or(Ok(()), Err)
    }
}

impl TypeVisitor for Exporter<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            return;
        }
        self.imports.push(T::ident(self.config));
        if self.seen.insert(TypeId::of::<T>())
            && let Err(error) = T::export_all(self.config)
        {
            self.failure.get_or_insert(error);
        }
    }
}
