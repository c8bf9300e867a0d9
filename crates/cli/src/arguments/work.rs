//! Jobs, estimates, quotes, and what leaves the shop.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::documents::Printing;
use super::{ChosenAssembly, examples};

#[derive(Debug, Subcommand)]
pub(crate) enum Jobs {
    /// A page of jobs, newest first
    #[command(after_help = examples::JOBS_LIST)]
    List(JobFilter),
    /// Jobs whose number, customer or description has these words
    #[command(after_help = examples::JOBS_SEARCH)]
    Search {
        #[arg(required = true)]
        words: Vec<String>,
        #[command(flatten)]
        filter: JobFilter,
    },
    /// One job with its cost lines and where each value came from
    #[command(after_help = examples::JOBS_SHOW)]
    Show {
        /// Work-order or quote number
        number: String,
    },
    /// Write what a finished job cost against its estimate as a PDF, or its work order
    #[command(after_help = examples::JOBS_PDF)]
    Pdf {
        /// Work-order or quote number
        number: String,
        #[arg(long, value_parser = ["costs", "work-order"], default_value = "costs")]
        kind: String,
        #[command(flatten)]
        printing: Printing,
    },
}

#[derive(Debug, Args)]
pub(crate) struct JobFilter {
    /// Only this sign type, such as monument
    #[arg(long)]
    pub(crate) sign_type: Option<String>,
    /// Only this status
    #[arg(long, value_parser = ["quoted", "in_progress", "completed"])]
    pub(crate) status: Option<String>,
    /// Only jobs that the rules or their peers warn of
    #[arg(long)]
    pub(crate) flagged: bool,
    /// How many
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: u32,
    /// Skip this many
    #[arg(long, default_value_t = 0)]
    pub(crate) offset: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Estimate {
    /// A JSON file with the drivers; `-` reads standard input
    #[arg(long, value_name = "SPEC.json")]
    pub(crate) spec: PathBuf,
    /// The cost over one driver or two, all else as it is, such as width,height
    #[arg(long, value_name = "DRIVER[,DRIVER]", value_delimiter = ',', num_args = 1, conflicts_with = "save")]
    pub(crate) over: Vec<String>,
    /// A name for it
    #[arg(long, default_value = "Estimate")]
    pub(crate) title: String,
    /// Keep it in the shop, so that a quote can be made from it
    #[arg(long)]
    pub(crate) save: bool,
    #[command(flatten)]
    pub(crate) assembly: ChosenAssembly,
    /// Whose cost to go by: learned, built-up, or an amount of your own
    #[arg(long, value_name = "WHOSE")]
    pub(crate) go_by: Option<String>,
    /// Why that cost is right; needed for an own amount and for one outside of the range
    #[arg(long, default_value = "", requires = "go_by")]
    pub(crate) why: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Scenarios {
    /// The variants of an estimate, and in what they differ from it
    #[command(after_help = examples::SCENARIOS_LIST)]
    List {
        /// The id of the estimate; `signwright estimate --save` prints it
        estimate: i64,
    },
    /// Keep a variant of an estimate with what it costs
    #[command(after_help = examples::SCENARIOS_SAVE)]
    Save(SaveScenario),
    /// Give a variant another name
    #[command(after_help = examples::SCENARIOS_RENAME)]
    Rename { id: i64, name: String },
    /// Forget a variant
    #[command(after_help = examples::SCENARIOS_DELETE)]
    Delete { id: i64 },
    /// Two to four side by side: what differs, what each costs, by which drivers the difference comes
    #[command(after_help = examples::SCENARIOS_COMPARE)]
    Compare {
        /// The id of the estimate; it stands first
        estimate: i64,
        /// Ids of its variants, in the order in which they are to stand
        #[arg(required = true)]
        scenarios: Vec<i64>,
        /// Compare the variants with the first of them
        #[arg(long)]
        without_estimate: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct SaveScenario {
    /// The id of the estimate that it varies
    pub(crate) estimate: i64,
    /// What it is called
    #[arg(long)]
    pub(crate) name: String,
    /// A driver that is otherwise, such as height=12; repeat it for several. Nothing behind the sign takes it away
    #[arg(long, value_name = "DRIVER=VALUE", required_unless_present = "spec")]
    pub(crate) set: Vec<String>,
    /// All drivers from a JSON file instead of those of the estimate; `-` reads standard input
    #[arg(long, value_name = "SPEC.json")]
    pub(crate) spec: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// Quotes for a CRM
    #[command(after_help = examples::EXPORT_QUOTES)]
    Quotes {
        #[arg(long, value_parser = ["csv", "json", "salesforce", "hubspot", "quickbooks", "odoo", "keyedin", "generic"], default_value = "csv")]
        format: String,
        /// The columns of `generic`, as a TOML file; docs/export.md teaches it
        #[arg(long, value_name = "FILE", alias = "mapping", required_if_eq("format", "generic"))]
        map: Option<PathBuf>,
        /// Lists of JSON objects in place of tables, for the CRM formats
        #[arg(long)]
        as_json: bool,
        /// Where it is written; `-` for standard output. Where a CRM takes several files, each has its name behind this one
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Jobs, cost lines and predictions as Parquet, partitioned by year and month
    #[command(after_help = examples::EXPORT_LAKE)]
    Lake { dir: PathBuf },
}
