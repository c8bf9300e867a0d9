//! What can be typed. The help texts are written for estimators, not for programmers.

mod costs;
mod documents;
mod examples;
mod intake;
mod models;
mod quote;
mod sending;
mod work;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use costs::{Assemblies, ChosenAssembly, Costs, SetPrice, SetRate};
pub(crate) use documents::{Documents, Letterhead, Printing, Templates};
pub(crate) use intake::{Extract, Import, Profiles, Rejects, Reviews, Rules, Watch};
pub(crate) use models::{Alerts, Anomalies, Forecast, Models, Predict, Train, Win};
pub(crate) use quote::{Price, Quote, Template};
pub(crate) use sending::{AddConnection, ConnectionKind, Connections, MessageState, Outbox, Pull, Push, Sends};
pub(crate) use work::{Estimate, Export, JobFilter, Jobs, SaveScenario, Scenarios};

/// Cost intelligence for sign shops: learn from your own jobs, estimate with ranges that hold, quote.
///
/// Everything is kept in one shop file on this machine; nothing leaves it unless you export it or connect something.
/// Without a command the window opens, where there is a display.
#[derive(Debug, Parser)]
#[command(name = "signwright", version, propagate_version = true, max_term_width = 110)]
pub(crate) struct Arguments {
    /// The shop file; without it the shop in your user data folder
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) shop: Option<PathBuf>,
    /// Print machine-readable JSON on standard output; everything else goes to standard error
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Log what is done on standard error; twice for more
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build a sample shop and do the whole job on it: import, train, estimate, forecast, anomalies, quote, export
    #[command(after_help = examples::DEMO)]
    Demo(Demo),
    /// Bring PDFs, CSV and spreadsheet exports into the shop
    #[command(after_help = examples::IMPORT)]
    Import(Import),
    /// Import what is put into a folder by itself, until Ctrl-C; the window and `serve` do so as well while they are open
    #[command(after_help = examples::WATCH)]
    Watch(Watch),
    /// Show what is read from one PDF, without a shop
    #[command(after_help = examples::EXTRACT)]
    Extract(Extract),
    /// What was refused at import, and what to do about it
    #[command(subcommand, after_help = examples::REJECTS)]
    Rejects(Rejects),
    /// Documents with values that wait for a person
    #[command(subcommand, after_help = examples::REVIEW)]
    Review(Reviews),
    /// Layouts learned from confirmed documents
    #[command(subcommand, after_help = examples::PROFILES)]
    Profiles(Profiles),
    /// Sanity rules: what looks like a slip in estimates and imported jobs
    #[command(subcommand, after_help = examples::RULES)]
    Rules(Rules),
    /// The history of jobs
    #[command(subcommand, after_help = examples::JOBS)]
    Jobs(Jobs),
    /// Train a cost model on the shop's finished jobs, or on any table with --input
    #[command(after_help = examples::TRAIN)]
    Train(Train),
    /// Predict a column for every row of a table
    #[command(after_help = examples::PREDICT)]
    Predict(Predict),
    /// What one job will cost: cost, ranges, drivers in money, similar jobs
    #[command(after_help = examples::ESTIMATE)]
    Estimate(Estimate),
    /// What signs are built up from: assemblies with their formulas, of the program and of the shop
    #[command(subcommand, after_help = examples::ASSEMBLIES)]
    Assemblies(Assemblies),
    /// What items and hours cost the shop, with day and source
    #[command(subcommand, after_help = examples::COSTS)]
    Costs(Costs),
    /// Variants of a saved estimate: keep them under a name, put them side by side
    #[command(subcommand, after_help = examples::SCENARIOS)]
    Scenarios(Scenarios),
    /// How likely an offer is won at a price, and which price is expected to earn most; for the shop or a file
    #[command(after_help = examples::WIN)]
    Win(Win),
    /// Forecast one of the shop's series, or every series of a file (columns unique_id, ds, y)
    #[command(after_help = examples::FORECAST)]
    Forecast(Forecast),
    /// Find jobs and months that do not fit, in the shop or in a file
    #[command(after_help = examples::ANOMALIES)]
    Anomalies(Anomalies),
    /// Rules that watch series, models and records, and what they have fired
    #[command(subcommand, after_help = examples::ALERTS)]
    Alerts(Alerts),
    /// Make, price, send and close quotes
    #[command(subcommand, after_help = examples::QUOTE)]
    Quote(Quote),
    /// Write quotes for a CRM, or the shop's history as Parquet
    #[command(subcommand, after_help = examples::EXPORT)]
    Export(Export),
    /// How documents look: logo, colour, and templates of your own
    #[command(subcommand, after_help = examples::DOCUMENTS)]
    Documents(Documents),
    /// What the shop is connected to: CRM systems and webhooks; nothing until you say so
    #[command(subcommand, after_help = examples::CONNECTIONS)]
    Connections(Connections),
    /// Send what waits in the outbox
    #[command(after_help = examples::PUSH)]
    Push(Push),
    /// Bring back what changed in a connected CRM: quotes that were won or lost there, opportunities as an import
    #[command(after_help = examples::PULL)]
    Pull(Pull),
    /// What waits to be sent: look at it, repair it, take it back
    #[command(subcommand, after_help = examples::OUTBOX)]
    Outbox(Outbox),
    /// The registry of cost models
    #[command(subcommand, after_help = examples::MODELS)]
    Models(Models),
    /// Serve the same application in a browser on this machine
    #[command(after_help = examples::SERVE)]
    Serve(Serve),
    /// Open the desktop window
    #[command(after_help = examples::WINDOW)]
    Window,
    /// Write a verified copy of the shop file
    #[command(after_help = examples::BACKUP)]
    Backup {
        /// Where the copy goes; it must not exist
        file: PathBuf,
    },
    /// Put a backup in the place of the shop file, which is kept beside it
    #[command(after_help = examples::RESTORE)]
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Check the shop file: integrity, references, the hash of every document
    #[command(after_help = examples::VERIFY)]
    Verify,
    /// Run any command of the API by name
    #[command(after_help = examples::CALL)]
    Call {
        command: Option<String>,
        /// The input as JSON; `-` reads it from standard input
        input: Option<String>,
    },
    /// Read documents from standard input and write what is in them as JSON (used by the program itself)
    #[command(hide = true)]
    Worker { kind: WorkerKind },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum WorkerKind {
    Pdf,
    Document,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The folder with the sample files; found beside the program when not given
    #[arg(long, value_name = "DIR")]
    pub(crate) sample_data: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 7465)]
    pub(crate) port: u16,
}
