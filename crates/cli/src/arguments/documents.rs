//! How documents look.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::examples;

#[derive(Debug, Subcommand)]
pub(crate) enum Documents {
    /// Show or change the logo, the colour, and how quotes show prices
    #[command(after_help = examples::DOCUMENTS_LETTERHEAD)]
    Letterhead(Letterhead),
    /// The templates that documents are set by, in the language of typst
    #[command(subcommand, after_help = examples::DOCUMENTS_TEMPLATES)]
    Templates(Templates),
}

#[derive(Debug, Args)]
pub(crate) struct Letterhead {
    /// A PNG or SVG image of at most 1 MB
    #[arg(long, value_name = "FILE", conflicts_with = "no_logo")]
    pub(crate) logo: Option<PathBuf>,
    /// The shop's name in place of a logo
    #[arg(long)]
    pub(crate) no_logo: bool,
    /// Such as #1f5eff
    #[arg(long, value_name = "COLOUR")]
    pub(crate) accent: Option<String>,
    /// How quotes show prices where nothing else is said
    #[arg(long, value_parser = ["itemised", "lump-sum"])]
    pub(crate) pricing: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Templates {
    /// Which there are, and which of them are your own
    #[command(after_help = examples::DOCUMENTS_TEMPLATES_LIST)]
    List,
    /// Write all of them into a folder, to be edited
    #[command(after_help = examples::DOCUMENTS_TEMPLATES_EXPORT)]
    Export {
        dir: PathBuf,
        /// Those that come with the program, even where you have your own
        #[arg(long)]
        shipped: bool,
    },
    /// Take templates that you edited, named as they were exported; each is tried before it is kept
    #[command(after_help = examples::DOCUMENTS_TEMPLATES_IMPORT)]
    Import {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Go back to the one that comes with the program
    #[command(after_help = examples::DOCUMENTS_TEMPLATES_RESET)]
    Reset { name: String },
}

/// Where a document goes, and by whose templates.
#[derive(Debug, Args)]
pub(crate) struct Printing {
    /// Where it is written; `-` for standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// By the templates that come with the program, even where you have your own
    #[arg(long)]
    pub(crate) shipped: bool,
}
