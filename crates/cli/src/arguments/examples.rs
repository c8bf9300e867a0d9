//! Examples below the help of every command. A test parses each line that begins with `signwright`, so that none of them
//! teaches what the program does not take.

mod alerts;
mod costs;
mod documents;
mod quotes;
mod sending;

pub(super) use alerts::{
    ALERTS, ALERTS_ACKNOWLEDGE, ALERTS_CHANNELS, ALERTS_CHECK, ALERTS_LIST, ALERTS_REMOVE, ALERTS_RESOLVE,
    ALERTS_RULES, ALERTS_SAVE, ALERTS_SHOW, ALERTS_SNOOZE, ALERTS_TEST,
};

pub(super) use costs::{
    ASSEMBLIES, ASSEMBLIES_BUILD, ASSEMBLIES_CHECK, ASSEMBLIES_COPY, ASSEMBLIES_EXPLAIN, ASSEMBLIES_LIST,
    ASSEMBLIES_OFFER, ASSEMBLIES_PUT_AWAY, ASSEMBLIES_SAVE, ASSEMBLIES_SHOW, ASSEMBLIES_VERSIONS, COSTS, COSTS_BURDEN,
    COSTS_CHANGES, COSTS_CONFIRM, COSTS_LIST, COSTS_PRICE, COSTS_RATE, COSTS_REMOVE, COSTS_TAKE, COSTS_USE_TAX,
};

pub(super) use quotes::{
    QUOTE, QUOTE_APPROVE, QUOTE_CHANGE_ORDER, QUOTE_COMPARE, QUOTE_COPY, QUOTE_EXPIRE, QUOTE_FLOORS, QUOTE_FOLLOW_UP,
    QUOTE_FROM_JOB, QUOTE_LIST, QUOTE_LOST, QUOTE_NEW, QUOTE_NOTE, QUOTE_PDF, QUOTE_PRICE, QUOTE_REDO, QUOTE_REVISE,
    QUOTE_SEND, QUOTE_SHOW, QUOTE_TAG, QUOTE_TEMPLATE, QUOTE_TEMPLATE_DELETE, QUOTE_TEMPLATE_LIST, QUOTE_TEMPLATE_NEW,
    QUOTE_TEMPLATE_SAVE, QUOTE_UNDO, QUOTE_VIEW, QUOTE_WON,
};

pub(super) use documents::{
    DOCUMENTS, DOCUMENTS_LETTERHEAD, DOCUMENTS_TEMPLATES, DOCUMENTS_TEMPLATES_EXPORT, DOCUMENTS_TEMPLATES_IMPORT,
    DOCUMENTS_TEMPLATES_LIST, DOCUMENTS_TEMPLATES_RESET, JOBS_PDF,
};
pub(super) use sending::{
    CONNECTIONS, CONNECTIONS_ADD, CONNECTIONS_LIST, CONNECTIONS_OFF, CONNECTIONS_ON, CONNECTIONS_REMOVE,
    CONNECTIONS_SECRET, CONNECTIONS_TEST, OUTBOX, OUTBOX_DISCARD, OUTBOX_ESTIMATE, OUTBOX_LIST, OUTBOX_REPAIR,
    OUTBOX_RETRY, OUTBOX_SHOW, PULL, PUSH,
};

pub(super) const DEMO: &str = "\
Examples:
  signwright demo
  signwright demo --shop ~/try.signwright";

pub(super) const IMPORT: &str = "\
Examples:
  signwright import ~/exports/quotes.xlsx ~/exports/work-orders.csv
  signwright import --dry-run \"cost summaries/\"
  signwright import --dry-run --map map.toml jobs.csv
  signwright import --map map.toml --save-profile \"our jobs\" jobs.csv

A mapping says what the reader would otherwise guess, as TOML. All of it is optional:
  kind = \"quote\"          # customer, opportunity, quote, work_order, material_price, vendor_bill, line_item
  header_row = 3          # header_rows = 2, sheet = \"Quotes\", delimiter = \";\", encoding = \"windows-1252\"
  decimal = \"comma\"       # currency = \"CAD\", section = \"customer\", fill_down = [\"Order\"]
  dates = \"day_first\"
  [rates]                 # what one unit is worth in the shop's currency
  CAD = \"0.73\"
  [columns]
  \"Our Ref\" = \"quote_number\"
  Notes = false           # not read
  Gauge = \"driver\"        # a driver of your own
  Net = { field = \"quoted_price\", sign = \"reversed\" }
  Size = { unit = \"in\", split = { at = \"x\", into = [\"width\", \"height\"] } }
  State = { field = \"outcome\", values = { Y = \"won\", N = \"lost\" } }

--dry-run says how each table was understood; with --json its \"mapping\" is one to start from. --save-profile keeps it, and a
file with the same columns is read the same way from then on.

What cannot be read is kept as a reject: see `signwright rejects list`. What can be read but cannot be right (a cost below
zero, a date in the future, a total that is not the sum of its parts) is kept as it stands and said with the file.";

pub(super) const WATCH: &str = "\
Examples:
  signwright watch ~/scans
  signwright watch --once
  signwright watch --status
  signwright watch --off

A file is taken once it has stopped growing, and only once: the same bytes under another name change nothing. One of which
nothing came in is shown by --status and tried again when it changes. Of several programs on one shop one looks.";

pub(super) const EXTRACT: &str = "\
Examples:
  signwright extract WO-19110.pdf
  signwright --json extract WO-19110.pdf --words";

pub(super) const REJECTS: &str = "\
Examples:
  signwright rejects list
  signwright rejects fix 12 1250.00
  signwright rejects discard 13 --note \"a subtotal, not a job\"
  signwright rejects reopen 12";

pub(super) const RULES: &str = "\
Examples:
  signwright rules show --output rules.toml
  signwright rules set rules.toml
  signwright rules check

docs/rules.md describes the file.";

pub(super) const RULES_SHOW: &str = "\
Examples:
  signwright rules show --output rules.toml";

pub(super) const RULES_SET: &str = "\
Examples:
  signwright rules set rules.toml

A file may hold a single rule:
  [[rule]]
  name = \"high-without-lift\"
  severity = \"off\"";

pub(super) const RULES_RESET: &str = "\
Examples:
  signwright rules reset";

pub(super) const RULES_CHECK: &str = "\
Examples:
  signwright rules check
  signwright rules check --rule peers
  signwright rules check --info";

pub(super) const REVIEW: &str = "\
Examples:
  signwright review list
  signwright review show WO-19110.pdf
  signwright review set WO-19110.pdf total_cost 4210.55
  signwright review accept WO-19110.pdf

What was read but is not certain waits here. A document that is confirmed teaches its layout: see `signwright profiles list`.";

pub(super) const REVIEW_LIST: &str = "\
Examples:
  signwright review list
  signwright review list --all";

pub(super) const REVIEW_SHOW: &str = "\
Examples:
  signwright review show WO-19110.pdf
  signwright review show 19110";

pub(super) const REVIEW_SET: &str = "\
Examples:
  signwright review set WO-19110.pdf total_cost 4210.55
  signwright review set WO-19110.pdf description \"Channel letters\" --line 2";

pub(super) const REVIEW_ACCEPT: &str = "\
Examples:
  signwright review accept WO-19110.pdf
  signwright review accept WO-19110.pdf --all";

pub(super) const PROFILES: &str = "\
Examples:
  signwright profiles list
  signwright profiles export 1 --output layout.json
  signwright profiles import layout.json

A learned layout carries words that are printed on every document of it, and no customer's text or amounts.";

pub(super) const PROFILES_LIST: &str = "\
Examples:
  signwright profiles list";

pub(super) const PROFILES_EXPORT: &str = "\
Examples:
  signwright profiles export 1
  signwright profiles export 1 --output layout.json";

pub(super) const PROFILES_IMPORT: &str = "\
Examples:
  signwright profiles import layout.json";

pub(super) const REJECTS_LIST: &str = "\
Examples:
  signwright rejects list
  signwright --json rejects list --all";

pub(super) const REJECTS_EXPORT: &str = "\
Examples:
  signwright rejects export refused/
  signwright import refused/*.csv

Each spreadsheet has the columns of its own file. Correct the rows and import it: rows that come back whole settle their rejects.";

pub(super) const REJECTS_FIX: &str = "\
Examples:
  signwright rejects fix 12 1250.00
  signwright rejects fix 14 2026-01-31

`signwright rejects reopen ID` takes it back.";

pub(super) const REJECTS_RETRY: &str = "\
Examples:
  signwright rejects retry 12";

pub(super) const REJECTS_DISCARD: &str = "\
Examples:
  signwright rejects discard 13
  signwright rejects discard 13 --note \"a subtotal, not a job\"

`signwright rejects reopen ID` takes it back.";

pub(super) const REJECTS_REOPEN: &str = "\
Examples:
  signwright rejects list --all
  signwright rejects reopen 12";

pub(super) const JOBS: &str = "\
Examples:
  signwright jobs list --sign-type monument --limit 50
  signwright jobs search alder bank
  signwright jobs show 19110";

pub(super) const JOBS_LIST: &str = "\
Examples:
  signwright jobs list
  signwright jobs list --sign-type monument --status completed --limit 50
  signwright --json jobs list --offset 20";

pub(super) const JOBS_SEARCH: &str = "\
Examples:
  signwright jobs search alder bank
  signwright jobs search monument --status completed";

pub(super) const JOBS_SHOW: &str = "\
Examples:
  signwright jobs show 19110
  signwright --json jobs show 19110";

pub(super) const TRAIN: &str = "\
Examples:
  signwright train
  signwright train --budget 300
  signwright train --input jobs.csv --target cost --time quoted --model cost.model
  signwright train --input jobs.parquet --target hours --group contract --drop job,invoice --model hours.model";

pub(super) const PREDICT: &str = "\
Examples:
  signwright predict --input jobs.csv --model cost.model --output predicted.csv
  signwright predict --input jobs.parquet --model cost.model --output predicted.parquet
  signwright predict --input jobs.csv --model cost.model --output why.csv --explain
  signwright predict --input jobs.csv --model cost.model --output budget.csv --contingency
  signwright predict --input open.csv --model cost.model --known finished-since.csv --output predicted.csv

The model comes from `signwright train --input FILE --model MODEL`. A note says when it was no better than the simple rule.";

pub(super) const ESTIMATE: &str = "\
Examples:
  signwright estimate --spec monument.json
  signwright estimate --spec monument.json --title \"Alder Bank, main entrance\" --save
  signwright estimate --spec monument.json --over width,height
  signwright estimate --spec -
  signwright estimate --spec monument.json --given travel_miles=60 --go-by built-up --why \"as we built the last one\" --save

The specification is JSON, drivers by name:
  {\"sign_type\": \"monument\", \"width\": 10, \"height\": 6, \"faces\": 2, \"lighting\": \"led\"}

`signwright call list_drivers` prints every known driver with its unit and choices.";

pub(super) const SCENARIOS: &str = "\
Examples:
  signwright scenarios save 7 --name \"lower base\" --set height=4 --set base=none
  signwright scenarios compare 7 1 2

What an estimate was to cost stays with its variants. Comparing asks the model in use about all of them, so that differences
are those of one model; where it says something else than when a variant was kept, both are printed.";

pub(super) const SCENARIOS_LIST: &str = "\
Examples:
  signwright scenarios list 7";

pub(super) const SCENARIOS_SAVE: &str = "\
Examples:
  signwright scenarios save 7 --name \"not lit\" --set lighting=none
  signwright scenarios save 7 --name \"as drawn\" --spec drawn.json";

pub(super) const SCENARIOS_RENAME: &str = "\
Examples:
  signwright scenarios rename 2 \"not lit, no base\"";

pub(super) const SCENARIOS_DELETE: &str = "\
Examples:
  signwright scenarios delete 2";

pub(super) const SCENARIOS_COMPARE: &str = "\
Examples:
  signwright scenarios compare 7 1 2 3
  signwright scenarios compare 7 1 2 --without-estimate
  signwright --json scenarios compare 7 1";

pub(super) const WIN: &str = "\
Examples:
  signwright win --cost 8200.00 --price 12900.00 --customer \"Alder Bank\"
  signwright win --cost 8200.00 --spec monument.json
  signwright win --input bids.csv --price total --cost our_cost --customer client --time date --output chances.csv

Learned from quotes that were won or lost, at least 50 of them, at least 5 of each; measured on the newest fifth. A higher price is
never likelier to win, and no price is proposed that was not tried.

The file gets row, chance, low, high (four times in five the true chance lies between), outside (the price was never tried),
best_price, best_from and best_to (expected to earn within 2 % of the best). Drop columns that are only known afterwards, such
as how many others made an offer.";

pub(super) const FORECAST: &str = "\
Examples:
  signwright forecast --list
  signwright forecast --series booked_revenue --horizon 6
  signwright forecast --series labour_rate --output labour-rate.csv
  signwright forecast --series price_per_square_foot@quarterly/sign_type=monument
  signwright forecast --series code_hours@weekly/work_code=620 --horizon 8
  signwright forecast --series cost_per_square_foot --with \"material:steel pipe\"
  signwright forecast --input prices.csv --horizon 12 --output forecast.csv

The file has the columns unique_id, ds and y, one row per point; dates are written as 2026-01-31.

A series of the shop is MEASURE@PERIOD~WAY/COLUMN=LEVEL: by daily, weekly, monthly (where nothing is said), quarterly or yearly
periods; as sum, mean, median, p10, p25, p75, p90 or count; of one level of a column. Quarters and years begin with the shop's
year. --list names the measures and what they can be split by.

The horizon is part of the question: methods are weighed by how well they did from past dates that many periods ahead, and
the ranges come from those same errors. So the figure for one month may differ a little between --horizon 6 and
--horizon 12. Ask for as far as you need to know.";

pub(super) const ANOMALIES: &str = "\
Examples:
  signwright anomalies
  signwright anomalies --input prices.csv --series --output findings.csv
  signwright anomalies --input jobs.csv --table --output scores.csv

With --table every row gets a score from 0 to 1; the result says from which score a row counts as an anomaly and how many do.";

pub(super) const EXPORT: &str = "\
Examples:
  signwright export quotes --output quotes.csv
  signwright export quotes --format json --output -
  signwright export lake history/";

pub(super) const EXPORT_QUOTES: &str = "\
Examples:
  signwright export quotes --output quotes.csv
  signwright export quotes --format json --output quotes.json
  signwright export quotes --output -
  signwright export quotes --format salesforce --output crm.csv
  signwright export quotes --format generic --map columns.toml --output ours.csv";

pub(super) const EXPORT_LAKE: &str = "\
Examples:
  signwright export lake history/";

pub(super) const MODELS: &str = "\
Examples:
  signwright models list
  signwright models card
  signwright models promote 3 --reason \"knows the new press\"";

pub(super) const MODELS_LIST: &str = "\
Examples:
  signwright models list";

pub(super) const MODELS_PRICES: &str = "\
Examples:
  signwright models prices
  signwright models prices --set \"aluminium sheet\" --set \"steel angle@2\"
  signwright models prices --level

A price counts from the day it stands at, and only for quotes after that. A series that is published late lags: with @2 a quote
of June goes by what was known in April. The model in use stays as it is; train a new one.";

pub(super) const MODELS_WORDS: &str = "\
Examples:
  signwright models words";

pub(super) const MODELS_CARD: &str = "\
Examples:
  signwright models card
  signwright models card 3
  signwright models card --pdf model-card.pdf";

pub(super) const MODELS_STARTER: &str = "\
Examples:
  signwright models starter
  signwright --json models starter";

pub(super) const MODELS_PROMOTE: &str = "\
Examples:
  signwright models promote 3 --reason \"knows the new press\"";

pub(super) const MODELS_ROLLBACK: &str = "\
Examples:
  signwright models rollback --reason \"estimates too low since May\"";

pub(super) const MODELS_WATCH: &str = "\
Examples:
  signwright models watch
  signwright models watch --last
  signwright models watch --promote yes

The window and `serve` look by themselves after each import.";

pub(super) const MODELS_ACCEPT: &str = "\
Examples:
  signwright models accept 4";

pub(super) const MODELS_RETIRE: &str = "\
Examples:
  signwright models retire 4 --reason \"tried on a week of odd jobs\"";

pub(super) const MODELS_BIAS: &str = "\
Examples:
  signwright models bias
  signwright models bias --accept KM monument
  signwright models bias --accept KM monument --code 610
  signwright models bias --take-back KM monument";

pub(super) const MODELS_DATA: &str = "\
Examples:
  signwright models data 3 model-3.parquet

Columns: job, job_id, quoted_on, completed_on, target, own_estimate, and driver:NAME for each driver.";

pub(super) const MODELS_REBUILD: &str = "\
Examples:
  signwright models rebuild 3";

pub(super) const SERVE: &str = "\
Examples:
  signwright serve
  signwright serve --port 0
  signwright --shop ~/try.signwright serve";

pub(super) const WINDOW: &str = "\
Examples:
  signwright window
  signwright --shop ~/try.signwright window";

pub(super) const BACKUP: &str = "\
Examples:
  signwright backup ~/backups/shop-2026-01-31.signwright";

pub(super) const RESTORE: &str = "\
Examples:
  signwright restore ~/backups/shop-2026-01-31.signwright";

pub(super) const VERIFY: &str = "\
Examples:
  signwright verify
  signwright --shop ~/backups/shop-2026-01-31.signwright verify";

pub(super) const CALL: &str = "\
Examples:
  signwright call
  signwright call list_drivers
  signwright call show_job '{\"number\": \"19110\"}'
  signwright call create_estimate -

`signwright call` alone lists the commands.";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use crate::arguments::Arguments;

    /// Words as a shell makes them, with both kinds of quotes.
    fn words(line: &str) -> Vec<String> {
        let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
        for c in line.chars() {
            match quote {
                Some(open) if c == open => quote = None,
                None if c == '"' || c == '\'' => quote = Some(c),
                None if c == ' ' => words.push(std::mem::take(&mut word)),
                Some(_) | None => word.push(c),
            }
        }
        words.push(word);
        words
    }

    fn check(command: &clap::Command) {
        let name = command.get_name();
        let help = command.get_after_help().unwrap_or_else(|| panic!("{name} has no examples")).to_string();
        let lines: Vec<&str> = help.lines().map(str::trim).filter(|line| line.starts_with("signwright ")).collect();
        assert!(help.starts_with("Examples:") && !lines.is_empty(), "{name} has no examples");
        for line in lines {
            if let Err(error) = Arguments::command().try_get_matches_from(words(line)) {
                panic!("{line}: {error}");
            }
        }
        command.get_subcommands().filter(|command| command.get_name() != "help").for_each(check);
    }

    #[test]
    fn every_command_has_examples_and_takes_them() {
        let all = Arguments::command();
        all.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help").for_each(check);
    }
}
