//! What is learned, foretold and found odd, in a shop or in a file.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::examples;

#[derive(Debug, Args)]
pub(crate) struct Train {
    /// A CSV or Parquet file instead of the shop's jobs
    #[arg(long, value_name = "FILE", requires = "model")]
    pub(crate) input: Option<PathBuf>,
    /// The column to predict
    #[arg(long, default_value = "total_cost")]
    pub(crate) target: String,
    /// The column with the date of each row: newest rows are the test, and its month is a driver
    #[arg(long, value_name = "COLUMN", requires = "input")]
    pub(crate) time: Option<String>,
    /// The column that names rows which belong together, such as a contract; its size is a driver
    #[arg(long, value_name = "COLUMN", requires = "input")]
    pub(crate) group: Option<String>,
    /// Columns that are not drivers, separated by commas
    #[arg(long, value_name = "COLUMN,..", value_delimiter = ',', requires = "input")]
    pub(crate) drop: Vec<String>,
    /// Columns that are drivers even where they look as if they were known only afterwards, separated by commas
    #[arg(long, value_name = "COLUMN,..", value_delimiter = ',', requires = "input")]
    pub(crate) keep: Vec<String>,
    /// How long the search may take, in seconds
    #[arg(long, default_value_t = 60)]
    pub(crate) budget: u64,
    /// Where the trained model is written
    #[arg(long, value_name = "OUT", requires = "input")]
    pub(crate) model: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Predict {
    /// A CSV or Parquet file with the drivers
    #[arg(long, value_name = "FILE")]
    pub(crate) input: PathBuf,
    /// A model written by `train --model`
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: PathBuf,
    /// Where the predictions are written, one row per input row, in order
    #[arg(long, value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// Rows of the same columns whose target became known since the training: the ranges follow them
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Option<PathBuf>,
    /// Also write what each driver adds
    #[arg(long)]
    pub(crate) explain: bool,
    /// Add what 70, 80 and 90 of 100 such rows come to at most: p70, p80 and p90
    #[arg(long)]
    pub(crate) contingency: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Win {
    /// What the work costs us, such as 8200.00; with --input the column that says it
    #[arg(long, value_name = "COST")]
    pub(crate) cost: String,
    /// The price before tax; without it the price that is expected to earn most. With --input the column that says it
    #[arg(long, value_name = "PRICE")]
    pub(crate) price: Option<String>,
    /// Who asked; with --input the column that says it
    #[arg(long, value_name = "NAME")]
    pub(crate) customer: Option<String>,
    /// A JSON file with the drivers of the work; `-` reads standard input
    #[arg(long, value_name = "SPEC.json", conflicts_with = "input")]
    pub(crate) spec: Option<PathBuf>,
    /// A CSV or Parquet file: learns from its rows with an outcome, tells the chances of the others
    #[arg(long, value_name = "FILE", requires_all = ["price", "output"])]
    pub(crate) input: Option<PathBuf>,
    /// The column that says won or lost, yes or no, 1 or 0, or nothing
    #[arg(long, value_name = "COLUMN", default_value = "won", requires = "input")]
    pub(crate) won: String,
    /// The column with the day of each offer: what a customer took before is learned in its order
    #[arg(long, value_name = "COLUMN", requires = "input")]
    pub(crate) time: Option<String>,
    /// The column that names offers which belong together, such as a contract
    #[arg(long, value_name = "COLUMN", requires = "input")]
    pub(crate) group: Option<String>,
    /// Columns that are not to be looked at, separated by commas: all that is only known with the outcome
    #[arg(long, value_name = "COLUMN,..", value_delimiter = ',', requires = "input")]
    pub(crate) drop: Vec<String>,
    /// Where the chances are written, one row per row without an outcome
    #[arg(long, value_name = "OUT", requires = "input")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Forecast {
    /// A file with columns unique_id, ds, y
    #[arg(long, value_name = "FILE", requires = "output", conflicts_with = "series", required_unless_present_any = ["series", "list"])]
    pub(crate) input: Option<PathBuf>,
    /// How many periods ahead; methods are chosen by how well they did this far ahead, see below
    #[arg(long, default_value_t = 12)]
    pub(crate) horizon: u32,
    /// Where the forecasts are written
    #[arg(long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,
    /// One of the shop's own series
    #[arg(long, value_name = "NAME")]
    pub(crate) series: Option<String>,
    /// Another series of the shop that may run ahead of it; used where forecasts from past dates were closer with it
    #[arg(long, value_name = "NAME", requires = "series")]
    pub(crate) with: Vec<String>,
    /// List the shop's series
    #[arg(long)]
    pub(crate) list: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Alerts {
    /// What has fired and is not resolved
    #[command(after_help = examples::ALERTS_LIST)]
    List {
        /// Also what was resolved
        #[arg(long)]
        all: bool,
    },
    /// One alert with everything that happened to it
    #[command(after_help = examples::ALERTS_SHOW)]
    Show { id: i64 },
    /// Ask every rule now; a window does so by itself
    #[command(after_help = examples::ALERTS_CHECK)]
    Check,
    /// The rules
    #[command(after_help = examples::ALERTS_RULES)]
    Rules,
    /// How often a rule would have fired in the last 24 months
    #[command(after_help = examples::ALERTS_TEST)]
    Test {
        /// A rule as JSON
        #[arg(value_name = "RULE.json")]
        rule: PathBuf,
    },
    /// Keep a rule, as a new one where it has no id
    #[command(after_help = examples::ALERTS_SAVE)]
    Save {
        /// A rule as JSON
        #[arg(value_name = "RULE.json")]
        rule: PathBuf,
    },
    /// Take a rule away; what it has fired stays
    #[command(after_help = examples::ALERTS_REMOVE)]
    Remove { id: i64 },
    /// Say that somebody looks after an alert
    #[command(after_help = examples::ALERTS_ACKNOWLEDGE)]
    Acknowledge {
        id: i64,
        #[arg(long)]
        note: Option<String>,
    },
    /// Say that an alert is settled
    #[command(after_help = examples::ALERTS_RESOLVE)]
    Resolve {
        id: i64,
        #[arg(long)]
        note: Option<String>,
    },
    /// How alerts reach people who are not looking; with a file, set so
    #[command(after_help = examples::ALERTS_CHANNELS)]
    Channels {
        /// Channels as JSON
        #[arg(value_name = "CHANNELS.json")]
        channels: Option<PathBuf>,
    },
    /// Put an alert out of sight for some days
    #[command(after_help = examples::ALERTS_SNOOZE)]
    Snooze {
        id: i64,
        #[arg(long, default_value_t = 7)]
        days: u16,
        #[arg(long)]
        note: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Anomalies {
    /// A file instead of the shop
    #[arg(long, value_name = "FILE", requires = "output")]
    pub(crate) input: Option<PathBuf>,
    /// The file holds series: columns unique_id, ds, y
    #[arg(long = "series", requires = "input", conflicts_with = "table")]
    pub(crate) series: bool,
    /// The file is a table: one row per record
    #[arg(long = "table", requires = "input")]
    pub(crate) table: bool,
    /// Where the findings are written
    #[arg(long, value_name = "OUT", requires = "input")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Models {
    /// Every model, newest first
    #[command(after_help = examples::MODELS_LIST)]
    List,
    /// What a model is and how good it is; without an id the champion's
    #[command(after_help = examples::MODELS_CARD, visible_alias = "show")]
    Card {
        id: Option<i64>,
        /// Write it as a PDF instead
        #[arg(long, value_name = "FILE")]
        pdf: Option<PathBuf>,
    },
    /// The starter model that comes with the program, and whether this shop is told by it
    #[command(after_help = examples::MODELS_STARTER)]
    Starter,
    /// Make a challenger the champion
    #[command(after_help = examples::MODELS_PROMOTE)]
    Promote {
        id: i64,
        #[arg(long)]
        reason: String,
    },
    /// Make the champion before this one champion again
    #[command(after_help = examples::MODELS_ROLLBACK)]
    Rollback {
        #[arg(long)]
        reason: String,
    },
    /// The model in use in words: what makes jobs dear, and which drivers act together
    #[command(after_help = examples::MODELS_WORDS)]
    Words,
    /// Write the rows that a model has learned from, as Parquet
    #[command(after_help = examples::MODELS_DATA)]
    Data {
        id: i64,
        #[arg(value_name = "OUT.parquet")]
        output: PathBuf,
    },
    /// Look how the model in use does on the jobs since it was trained; train a challenger where it has become worse
    #[command(after_help = examples::MODELS_WATCH)]
    Watch {
        /// Show what the last look found instead
        #[arg(long)]
        last: bool,
        /// From now on, promote a challenger that is better without asking, or ask
        #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
        promote: Option<String>,
        /// Seconds that a challenger may take
        #[arg(long, default_value_t = 60)]
        budget: u64,
    },
    /// Take the challenger that was proposed into use
    #[command(after_help = examples::MODELS_ACCEPT)]
    Accept { id: i64 },
    /// Take a challenger out of the running
    #[command(after_help = examples::MODELS_RETIRE)]
    Retire {
        id: i64,
        #[arg(long)]
        reason: String,
    },
    /// By how much estimators' own estimates are usually off, and the corrections that were accepted
    #[command(after_help = examples::MODELS_BIAS)]
    Bias {
        /// Accept the correction of this estimator's estimates of this sign type
        #[arg(long, num_args = 2, value_names = ["ESTIMATOR", "TYPE"], conflicts_with = "take_back")]
        accept: Vec<String>,
        /// Take it back
        #[arg(long, num_args = 2, value_names = ["ESTIMATOR", "TYPE"])]
        take_back: Vec<String>,
        /// Of the hours of this work code, not of the cost of the job
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
    },
    /// The price series that a new model learns from, and which there are
    #[command(after_help = examples::MODELS_PRICES)]
    Prices {
        /// Learn from this imported series, or as it was so many months before the quote, up to six; repeat it for several
        #[arg(long, value_name = "SERIES[@MONTHS]", conflicts_with = "level")]
        set: Vec<String>,
        /// Learn from the level of all of them together
        #[arg(long)]
        level: bool,
    },
    /// Make a model again from its rows, seed and budget, and say whether it is the same bit for bit
    #[command(after_help = examples::MODELS_REBUILD)]
    Rebuild { id: i64 },
}
