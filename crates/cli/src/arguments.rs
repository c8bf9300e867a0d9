//! What can be typed. The help texts are written for estimators, not for programmers.

mod examples;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Cost intelligence for sign shops: learn from your own jobs, estimate with ranges that hold, quote.
///
/// Everything is kept in one shop file on this machine; nothing leaves it unless you export it.
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
    /// Make, price, send and close quotes
    #[command(subcommand, after_help = examples::QUOTE)]
    Quote(Quote),
    /// Write quotes for a CRM, or the shop's history as Parquet
    #[command(subcommand, after_help = examples::EXPORT)]
    Export(Export),
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
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The folder with the sample files; found beside the program when not given
    #[arg(long, value_name = "DIR")]
    pub(crate) sample_data: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Files and folders
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Say what would happen and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// What the columns of the tables are, as TOML
    #[arg(long, value_name = "MAP.toml")]
    pub(crate) map: Option<PathBuf>,
    /// Read the tables with a profile of this name, the shop's own or one that comes with the program
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Keep how the first table was read under this name, to be taken when such a file comes again
    #[arg(long, value_name = "NAME")]
    pub(crate) save_profile: Option<String>,
    /// Take the password of locked PDFs from the first line of standard input; it is kept nowhere
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Watch {
    /// The folder, remembered with the shop; without it the one that was named last
    pub(crate) folder: Option<PathBuf>,
    /// Take what lies there now, then end
    #[arg(long)]
    pub(crate) once: bool,
    /// Say what is watched and what came in
    #[arg(long)]
    pub(crate) status: bool,
    /// Leave the folder alone from now on
    #[arg(long, conflicts_with_all = ["once", "status"])]
    pub(crate) off: bool,
    /// How often to look, in seconds; a file is taken when it was the same at two looks
    #[arg(long, value_name = "SECONDS", default_value_t = 3.0)]
    pub(crate) every: f64,
}

#[derive(Debug, Args)]
pub(crate) struct Extract {
    pub(crate) file: PathBuf,
    /// Also print every word with its page and box
    #[arg(long)]
    pub(crate) words: bool,
    /// Take the password of a locked PDF from the first line of standard input; without this it is asked for
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Reviews {
    /// What waits, or with --all every document
    #[command(after_help = examples::REVIEW_LIST)]
    List {
        #[arg(long)]
        all: bool,
    },
    /// One document: its values with how sure each is, and whether it adds up
    #[command(after_help = examples::REVIEW_SHOW)]
    Show {
        /// File name, work order or bill number, or the beginning of its SHA-256
        document: String,
        /// Of several bidders, the key of this one; without it the first that waits
        #[arg(long, value_name = "KEY")]
        record: Option<String>,
    },
    /// Put the right value into a field
    #[command(after_help = examples::REVIEW_SET)]
    Set {
        document: String,
        /// Such as total_cost; `review show` lists them
        field: String,
        value: String,
        /// The line that the field belongs to, counted from 0
        #[arg(long)]
        line: Option<u32>,
        /// Of several bidders, the key of this one; `review show` lists them
        #[arg(long, value_name = "KEY")]
        record: Option<String>,
    },
    /// Accept all values that are certain; a document without doubt teaches its layout
    #[command(after_help = examples::REVIEW_ACCEPT)]
    Accept {
        document: String,
        /// Also those that wait
        #[arg(long)]
        all: bool,
        /// Of several bidders this one alone, by its key
        #[arg(long, value_name = "KEY")]
        record: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Profiles {
    /// All layouts, with how many documents taught them and were recognised by them
    #[command(after_help = examples::PROFILES_LIST)]
    List,
    /// Write one for another machine, without any customer's text or amounts
    #[command(after_help = examples::PROFILES_EXPORT)]
    Export {
        id: i64,
        /// Without it into the exports folder beside the shop
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Take one from another machine
    #[command(after_help = examples::PROFILES_IMPORT)]
    Import {
        /// A file written by `profiles export`
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Rules {
    /// Print the rules in force as a file to start from
    #[command(after_help = examples::RULES_SHOW)]
    Show {
        /// Write the file here
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Take a file of rules and ask every job again
    #[command(after_help = examples::RULES_SET)]
    Set {
        /// TOML; what it leaves out stays as the product has it
        file: PathBuf,
    },
    /// Go back to the product's own rules
    #[command(after_help = examples::RULES_RESET)]
    Reset,
    /// Ask every job again and list what is found
    #[command(after_help = examples::RULES_CHECK)]
    Check {
        /// Only this rule
        #[arg(long, value_name = "NAME")]
        rule: Option<String>,
        /// Also what is only worth a look
        #[arg(long)]
        info: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Rejects {
    /// What is open, with file, place and reason
    #[command(after_help = examples::REJECTS_LIST)]
    List {
        /// Also what was fixed or discarded
        #[arg(long)]
        all: bool,
    },
    /// Write the refused rows of tables as spreadsheets, to be corrected there and imported again
    #[command(after_help = examples::REJECTS_EXPORT)]
    Export {
        /// The folder they go to
        folder: PathBuf,
    },
    /// Put a corrected value in the place of a refused one
    #[command(after_help = examples::REJECTS_FIX)]
    Fix {
        id: i64,
        /// The value as it should have stood
        value: String,
    },
    /// Read the refused row or document again, with what the program can read now
    #[command(after_help = examples::REJECTS_RETRY)]
    Retry { id: i64 },
    /// Close a reject without taking its value
    #[command(after_help = examples::REJECTS_DISCARD)]
    Discard {
        id: i64,
        /// Why
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Take back what `fix` or `discard` did, as long as nothing has changed the value since
    #[command(after_help = examples::REJECTS_REOPEN)]
    Reopen { id: i64 },
}

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
    /// List the shop's series
    #[arg(long)]
    pub(crate) list: bool,
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
pub(crate) enum Quote {
    /// Make a draft from saved estimates
    #[command(after_help = examples::QUOTE_NEW)]
    New {
        /// Ids of saved estimates
        #[arg(long = "estimate", required = true)]
        estimates: Vec<i64>,
        #[arg(long)]
        customer: String,
        #[arg(long, default_value = "")]
        contact: String,
        #[arg(long)]
        title: Option<String>,
        /// Price above cost, as a fraction: 0.6 is 60 %; without it the shop's default
        #[arg(long, allow_hyphen_values = true)]
        markup: Option<String>,
    },
    /// All quotes
    #[command(after_help = examples::QUOTE_LIST)]
    List,
    /// One quote
    #[command(after_help = examples::QUOTE_SHOW)]
    Show { number: String },
    /// Price the draft again
    #[command(after_help = examples::QUOTE_PRICE)]
    Price {
        number: String,
        /// Price above cost, as a fraction: 0.6 is 60 %
        #[arg(long, allow_hyphen_values = true)]
        markup: String,
    },
    /// Approve the draft inside the shop and lock it
    #[command(after_help = examples::QUOTE_APPROVE)]
    Approve { number: String },
    /// Put the approved quote into the outbox
    #[command(after_help = examples::QUOTE_SEND)]
    Send { number: String },
    /// The customer took it
    #[command(after_help = examples::QUOTE_WON)]
    Won { number: String },
    /// The customer did not take it
    #[command(after_help = examples::QUOTE_LOST)]
    Lost {
        number: String,
        #[arg(long)]
        reason: String,
        /// What the competitor asked, such as 12500.00
        #[arg(long)]
        competitor_price: Option<String>,
    },
    /// A new version of a locked quote
    #[command(after_help = examples::QUOTE_REVISE)]
    Revise { number: String },
    /// Write it as a PDF for the customer
    #[command(after_help = examples::QUOTE_PDF)]
    Pdf {
        number: String,
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// Quotes for a CRM
    #[command(after_help = examples::EXPORT_QUOTES)]
    Quotes {
        #[arg(long, value_parser = ["csv", "json"], default_value = "csv")]
        format: String,
        /// Where it is written; `-` for standard output
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Jobs, cost lines and predictions as Parquet, partitioned by year and month
    #[command(after_help = examples::EXPORT_LAKE)]
    Lake { dir: PathBuf },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Models {
    /// Every model, newest first
    #[command(after_help = examples::MODELS_LIST)]
    List,
    /// What a model is and how good it is; without an id the champion's
    #[command(after_help = examples::MODELS_CARD)]
    Card { id: Option<i64> },
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

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 7465)]
    pub(crate) port: u16,
}
