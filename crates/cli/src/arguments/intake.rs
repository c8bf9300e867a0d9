//! What is read into a shop, and what is looked through by a person.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::examples;

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
