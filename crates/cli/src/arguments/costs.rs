//! Assemblies, and what things and hours cost.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::examples;

#[derive(Debug, Subcommand)]
pub(crate) enum Assemblies {
    /// Every assembly and block, and whether it is the shop's own
    #[command(after_help = examples::ASSEMBLIES_LIST)]
    List,
    /// One assembly as a file
    #[command(after_help = examples::ASSEMBLIES_SHOW)]
    Show {
        id: String,
        /// Another version than the one in use
        #[arg(long = "of", value_name = "VERSION")]
        of: Option<u32>,
        /// Write it here
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Say everything that is wrong with a file, and what it makes of a job; nothing is kept
    #[command(after_help = examples::ASSEMBLIES_CHECK)]
    Check {
        file: PathBuf,
        /// A job to try it on, as for `estimate`
        #[arg(long, value_name = "SPEC.json")]
        spec: Option<PathBuf>,
    },
    /// Keep a file as the next version of its assembly
    #[command(after_help = examples::ASSEMBLIES_SAVE)]
    Save {
        file: PathBuf,
        /// What was changed
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Make an assembly of the shop from another
    #[command(after_help = examples::ASSEMBLIES_COPY)]
    Copy { id: String, new_id: String, name: String },
    /// The versions that were saved of one
    #[command(after_help = examples::ASSEMBLIES_VERSIONS)]
    Versions { id: String },
    /// Offer one no more
    #[command(after_help = examples::ASSEMBLIES_PUT_AWAY)]
    PutAway { id: String },
    /// Offer one again
    #[command(after_help = examples::ASSEMBLIES_OFFER)]
    Offer { id: String },
    /// What a job costs by an assembly, line by line
    #[command(after_help = examples::ASSEMBLIES_BUILD)]
    Build(BuildUp),
    /// The formulas of one value or part with what each piece of them comes to
    #[command(after_help = examples::ASSEMBLIES_EXPLAIN)]
    Explain {
        #[command(flatten)]
        job: BuildUp,
        /// The value or part
        #[arg(long)]
        name: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct BuildUp {
    /// A JSON file with the drivers; `-` reads standard input
    #[arg(long, value_name = "SPEC.json")]
    pub(crate) spec: PathBuf,
    #[command(flatten)]
    pub(crate) assembly: ChosenAssembly,
}

/// Which assembly, and what it is told beyond the specification.
#[derive(Debug, Args)]
pub(crate) struct ChosenAssembly {
    /// The assembly; the first that serves the job where it is not said
    #[arg(long, value_name = "ID")]
    pub(crate) assembly: Option<String>,
    /// An input of the assembly, such as access=crane or travel_miles=40; may be repeated
    #[arg(long, value_name = "INPUT=VALUE")]
    pub(crate) given: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Costs {
    /// What items and hours cost, with day, source and use
    #[command(after_help = examples::COSTS_LIST)]
    List {
        /// Only what nobody in the shop has confirmed
        #[arg(long)]
        unconfirmed: bool,
        /// Only what is older than twelve months
        #[arg(long)]
        old: bool,
    },
    /// Say what an item costs from now on
    #[command(after_help = examples::COSTS_PRICE)]
    Price(SetPrice),
    /// Say what an hour of a work code or department costs, burden included
    #[command(after_help = examples::COSTS_RATE)]
    Rate(SetRate),
    /// Say that prices or rates are right as they stand
    #[command(after_help = examples::COSTS_CONFIRM)]
    Confirm {
        /// Keys of items
        items: Vec<String>,
        /// Work codes or departments
        #[arg(long, value_delimiter = ',')]
        rates: Vec<String>,
    },
    /// Take an item away that no assembly draws on
    #[command(after_help = examples::COSTS_REMOVE)]
    Remove { item: String },
    /// Items for which newer prices were imported
    #[command(after_help = examples::COSTS_CHANGES)]
    Changes,
    /// Let imported prices count as those of items
    #[command(after_help = examples::COSTS_TAKE)]
    Take {
        #[arg(required_unless_present = "all")]
        items: Vec<String>,
        /// All that fit
        #[arg(long)]
        all: bool,
    },
    /// Work the hourly rates out from what a month costs
    #[command(after_help = examples::COSTS_BURDEN)]
    Burden {
        /// The month as TOML
        file: PathBuf,
        /// Keep the rates
        #[arg(long)]
        save: bool,
    },
    /// Set the share of material that is paid as use tax: 0.06 is 6 %
    #[command(after_help = examples::COSTS_USE_TAX)]
    UseTax { share: Decimal },
}

#[derive(Debug, Args)]
pub(crate) struct SetPrice {
    /// As assemblies call it
    pub(crate) item: String,
    /// Of one unit
    pub(crate) price: Decimal,
    /// Whose price it is
    #[arg(long)]
    pub(crate) source: String,
    /// The day of the price; today where it is not said
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    /// Of an item that is new
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Of an item that is new, or sold otherwise now: "sq ft", each, gal
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// The imported prices that it moves with
    #[arg(long)]
    pub(crate) series: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SetRate {
    /// 225, or 200 for all of 2xx that have no rate of their own
    pub(crate) code: String,
    pub(crate) rate: Decimal,
    /// Where it comes from
    #[arg(long)]
    pub(crate) source: String,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    /// Of a code that is new
    #[arg(long)]
    pub(crate) name: Option<String>,
}
