//! Connections, and what waits for them.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::examples;

#[derive(Debug, Subcommand)]
pub(crate) enum Connections {
    /// What the shop is connected to, and how sending stands
    #[command(after_help = examples::CONNECTIONS_LIST)]
    List,
    /// Connect something; its secret is asked for, or read from standard input
    #[command(after_help = examples::CONNECTIONS_ADD)]
    Add(AddConnection),
    /// Ask a connected system who it is, without sending anything of the shop
    #[command(after_help = examples::CONNECTIONS_TEST)]
    Test { name: String },
    /// Send there again
    #[command(after_help = examples::CONNECTIONS_ON)]
    On { name: String },
    /// Send nothing there for now
    #[command(after_help = examples::CONNECTIONS_OFF)]
    Off { name: String },
    /// Enter the secret anew
    #[command(after_help = examples::CONNECTIONS_SECRET)]
    Secret { name: String },
    /// Take a connection away with its secret
    #[command(after_help = examples::CONNECTIONS_REMOVE)]
    Remove { name: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConnectionKind {
    Webhook,
    Salesforce,
    Hubspot,
    Tryton,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sends {
    Quotes,
    Estimates,
    Alerts,
}

#[derive(Debug, Args)]
pub(crate) struct AddConnection {
    /// What it is called here
    pub(crate) name: String,
    /// Where it is: https://host/path
    pub(crate) url: String,
    #[arg(long, value_enum, default_value_t = ConnectionKind::Webhook)]
    pub(crate) kind: ConnectionKind,
    /// What is sent there
    #[arg(long, value_enum, value_delimiter = ',', default_value = "quotes")]
    pub(crate) sends: Vec<Sends>,
    /// A webhook's JSON in which {{path.to.value}} stands for what is sent
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// Salesforce: the client id of a connected app, whose secret is the secret
    #[arg(long)]
    pub(crate) client_id: Option<String>,
    /// HubSpot: the pipeline of new deals
    #[arg(long)]
    pub(crate) pipeline: Option<String>,
    /// HubSpot: the stage of new deals
    #[arg(long)]
    pub(crate) stage: Option<String>,
    /// Tryton: the database
    #[arg(long)]
    pub(crate) database: Option<String>,
    /// Tryton: the user
    #[arg(long)]
    pub(crate) user: Option<String>,
    /// There is no secret: nothing is signed
    #[arg(long)]
    pub(crate) no_secret: bool,
    /// Send there as well what has waited for a connection until now
    #[arg(long)]
    pub(crate) take_waiting: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Pull {
    /// The connection to ask
    pub(crate) connection: String,
    /// Everything that changed since this day; since the last time where it is not said
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<jiff::civil::Date>,
}

#[derive(Debug, Args)]
pub(crate) struct Push {
    /// Only over the connection of this name
    #[arg(long)]
    pub(crate) connection: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Outbox {
    /// What waits, was sent, was given up or taken back, newest first
    #[command(after_help = examples::OUTBOX_LIST)]
    List {
        /// Only what stands so
        #[arg(long, value_enum)]
        state: Option<MessageState>,
    },
    /// Exactly what goes over the network
    #[command(after_help = examples::OUTBOX_SHOW)]
    Show { id: i64 },
    /// Send a kept estimate to every connection that takes estimates
    #[command(after_help = examples::OUTBOX_ESTIMATE)]
    Estimate { id: i64 },
    /// Let one that was given up wait again
    #[command(after_help = examples::OUTBOX_RETRY)]
    Retry { id: i64 },
    /// Put right what one says that was not sent, and let it wait again
    #[command(after_help = examples::OUTBOX_REPAIR)]
    Repair {
        id: i64,
        /// Its payload as JSON
        #[arg(value_name = "PAYLOAD.json")]
        payload: PathBuf,
    },
    /// Take one back that was not sent
    #[command(after_help = examples::OUTBOX_DISCARD)]
    Discard { id: i64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageState {
    Waiting,
    Sent,
    Dead,
    Withdrawn,
}
