//! `quote`: from a draft to what was ordered.

use clap::{Args, Subcommand};

use super::{Printing, examples};

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
        /// Price on what 70, 80 or 90 of 100 such jobs cost at most, instead of on the expected cost
        #[arg(long, value_name = "PERCENTILE", value_parser = clap::value_parser!(u8).range(1..=99))]
        contingency: Option<u8>,
    },
    /// Make a draft with the lines of another quote
    #[command(after_help = examples::QUOTE_COPY)]
    Copy {
        number: String,
        /// An older version; the last one when not given
        #[arg(long)]
        revision: Option<u32>,
        /// The same when not given
        #[arg(long)]
        customer: Option<String>,
        #[arg(long)]
        title: Option<String>,
    },
    /// Make a draft at what a finished job has cost
    #[command(after_help = examples::QUOTE_FROM_JOB)]
    FromJob {
        /// The number of its work order
        job: String,
        /// That of the job when not given
        #[arg(long)]
        customer: Option<String>,
        /// Price above cost, as a fraction: 0.6 is 60 %; without it the shop's default
        #[arg(long, allow_hyphen_values = true)]
        markup: Option<String>,
    },
    /// Quotes kept under a name, to begin new ones from
    #[command(subcommand, after_help = examples::QUOTE_TEMPLATE)]
    Template(Template),
    /// All quotes
    #[command(after_help = examples::QUOTE_LIST)]
    List {
        /// Part of the number, title, customer, a tag or a note
        #[arg(long, default_value = "")]
        search: String,
        /// Only those that are to be followed up by today
        #[arg(long)]
        due: bool,
    },
    /// One quote
    #[command(after_help = examples::QUOTE_SHOW)]
    Show { number: String },
    /// Decide the price of the draft, or see what a decision would come to
    #[command(after_help = examples::QUOTE_PRICE)]
    Price(Price),
    /// The lowest margins without approval, by sign type; without margins as they are
    #[command(after_help = examples::QUOTE_FLOORS)]
    Floors {
        /// A lowest margin, such as pole=0.3; nothing behind the sign takes it away, `default` is of all other work
        #[arg(long, value_name = "TYPE=MARGIN")]
        set: Vec<String>,
    },
    /// Take the last change of the draft back
    #[command(after_help = examples::QUOTE_UNDO)]
    Undo { number: String },
    /// Make the change again that was taken back last
    #[command(after_help = examples::QUOTE_REDO)]
    Redo { number: String },
    /// Approve the draft inside the shop and lock it
    #[command(after_help = examples::QUOTE_APPROVE)]
    Approve {
        number: String,
        /// Who allows a price below the floor
        #[arg(long, requires = "reason")]
        by: Option<String>,
        /// Why a price below the floor is allowed
        #[arg(long, requires = "by")]
        reason: Option<String>,
    },
    /// Put the approved quote into the outbox
    #[command(after_help = examples::QUOTE_SEND)]
    Send { number: String },
    /// The customer has looked at it
    #[command(after_help = examples::QUOTE_VIEW)]
    View { number: String },
    /// The day on which to ask the customer; without one it is taken away
    #[command(after_help = examples::QUOTE_FOLLOW_UP)]
    FollowUp {
        number: String,
        /// YYYY-MM-DD
        #[arg(long)]
        on: Option<jiff::civil::Date>,
        #[arg(long, default_value = "")]
        note: String,
    },
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
    /// Close an offer that nobody answered by its last day
    #[command(after_help = examples::QUOTE_EXPIRE)]
    Expire { number: String },
    /// A new version of a locked quote
    #[command(after_help = examples::QUOTE_REVISE)]
    Revise { number: String },
    /// In what two versions differ; without versions the last two
    #[command(after_help = examples::QUOTE_COMPARE)]
    Compare {
        number: String,
        #[arg(long)]
        from: Option<u32>,
        #[arg(long)]
        to: Option<u32>,
    },
    /// Add to a won quote, or take out of it
    #[command(after_help = examples::QUOTE_CHANGE_ORDER)]
    ChangeOrder {
        number: String,
        #[arg(long)]
        reason: String,
        /// What is added and its price; a price below zero takes out; repeat it for several
        #[arg(long = "line", value_name = "DESCRIPTION=PRICE[:COST]", required = true)]
        lines: Vec<String>,
    },
    /// Add a note to it
    #[command(after_help = examples::QUOTE_NOTE)]
    Note { number: String, note: String },
    /// Put tags to it, in place of those it has
    #[command(after_help = examples::QUOTE_TAG)]
    Tag { number: String, tags: Vec<String> },
    /// Write it as a PDF: the quote, why this price (both for the customer), the owner's version, or the work order
    #[command(after_help = examples::QUOTE_PDF)]
    Pdf {
        number: String,
        /// An older version; the last one when not given
        #[arg(long)]
        revision: Option<u32>,
        #[arg(long, value_parser = ["quote", "why", "owner", "work-order"], default_value = "quote")]
        kind: String,
        /// How the customer sees prices; without it as the letterhead says
        #[arg(long, value_parser = ["itemised", "lump-sum"])]
        pricing: Option<String>,
        #[command(flatten)]
        printing: Printing,
    },
}

/// What is not given stays as it was decided before.
#[derive(Debug, Args)]
pub(crate) struct Price {
    pub(crate) number: String,
    /// Price above cost, as a fraction: 0.6 is 60 %
    #[arg(long, allow_hyphen_values = true, group = "way")]
    pub(crate) markup: Option<String>,
    /// Profit as a fraction of the price: 0.375 is 37.5 %
    #[arg(long, allow_hyphen_values = true, group = "way")]
    pub(crate) margin: Option<String>,
    /// A price before tax, such as 12500.00
    #[arg(long, group = "way")]
    pub(crate) price: Option<String>,
    /// What 70, 80 or 90 of 100 such jobs cost at most instead of the expected cost, or `none`
    #[arg(long, value_name = "PERCENTILE")]
    pub(crate) contingency: Option<String>,
    /// What prices may rise until the quote ends, such as 150.00; `suggested` asks the forecasts of prices, or `none`
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) escalation: Option<String>,
    /// Round the price to this much, such as 5, or `none`
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) round: Option<String>,
    /// Never round down
    #[arg(long, requires = "round")]
    pub(crate) up: bool,
    /// Taken off the rounded price: 3% or 250.00, or `none`
    #[arg(long, value_name = "SHARE|AMOUNT")]
    pub(crate) discount: Option<String>,
    /// A fraction: 0.07 is 7 %
    #[arg(long)]
    pub(crate) tax: Option<String>,
    /// Due with the order: 50% or 1000.00, or `none`
    #[arg(long, value_name = "SHARE|AMOUNT")]
    pub(crate) deposit: Option<String>,
    /// Why so; kept with the decision
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
    /// Only show what it would come to
    #[arg(long)]
    pub(crate) preview: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Template {
    /// All templates
    #[command(after_help = examples::QUOTE_TEMPLATE_LIST)]
    List,
    /// Keep a quote as a template, in place of one of the same name
    #[command(after_help = examples::QUOTE_TEMPLATE_SAVE)]
    Save { number: String, name: String },
    /// Make a draft from a template
    #[command(after_help = examples::QUOTE_TEMPLATE_NEW)]
    New {
        name: String,
        #[arg(long)]
        customer: String,
        #[arg(long, default_value = "")]
        contact: String,
        #[arg(long)]
        title: Option<String>,
    },
    /// Forget a template
    #[command(after_help = examples::QUOTE_TEMPLATE_DELETE)]
    Delete { name: String },
}
