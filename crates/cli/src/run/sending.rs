//! `connections`, `outbox`, `push` and `pull`.

use std::io::{BufRead, IsTerminal};

use signwright_app::commands::Nothing;
use signwright_app::estimates::EstimateRef;
use signwright_app::sending::{
    Breaker, BroughtBack, ConnectionRef, ConnectionStanding, Message, MessageQuery, MessageRef, MessageShown,
    OutboxState, PullConnection, PushOutbox, Pushed, RepairMessage, SaveConnection, bring_back, deliver,
    discard_message, list_connections, list_outbox, probe_connection, remove_connection, repair_message, retry_message,
    save_connection, send_estimate, show_message,
};
use signwright_app::{Action, App, CallError, Code, files};
use signwright_domain::connection::{Connection, Endpoint, ParcelKind};
use signwright_domain::counted;

use super::{action, shown};
use crate::arguments::{AddConnection, ConnectionKind, Connections, MessageState, Outbox, Pull, Push, Sends};
use crate::output::{Output, table, word};

pub(super) fn connections(app: &App, input: &Connections, output: &Output) -> Result<(), CallError> {
    let action = action(app, "connections");
    match input {
        Connections::List => output.result(&list_connections(&action, Nothing {})?, |all| list_text(all)),
        Connections::Add(input) => output.result(&save_connection(&action, new(input)?)?, standing_text),
        Connections::Test { name } => {
            let id = named(&action, name)?.connection.id;
            output
                .result(&probe_connection(&action, ConnectionRef { id })?, |probed| format!("{name}: {}", probed.said));
        }
        Connections::On { name } => output.result(&switched(&action, name, true)?, standing_text),
        Connections::Off { name } => output.result(&switched(&action, name, false)?, standing_text),
        Connections::Secret { name } => {
            let connection = named(&action, name)?.connection;
            let secret = Some(secret(name)?);
            let saved = save_connection(&action, SaveConnection { connection, secret, take_waiting: false })?;
            output.result(&saved, standing_text);
        }
        Connections::Remove { name } => {
            let id = named(&action, name)?.connection.id;
            let gone = remove_connection(&action, ConnectionRef { id })?;
            output.result(&gone, |gone| format!("nothing is sent to {} any more", gone.name));
        }
    }
    Ok(())
}

pub(super) fn push(app: &App, input: &Push, output: &Output) -> Result<(), CallError> {
    let action = action(app, "push_outbox");
    let pushed = deliver(&action, &shown(output), &PushOutbox { connection: input.connection.clone() })?;
    output.result(&pushed, pushed_text);
    if pushed.failed.is_empty() {
        Ok(())
    } else {
        Err(CallError::new(Code::Conflict, format!("{} not sent", counted(pushed.failed.len(), "message", "messages")))
            .hint("signwright outbox list says what becomes of them."))
    }
}

pub(super) fn pull(app: &App, input: &Pull, output: &Output) -> Result<(), CallError> {
    let asked = PullConnection { connection: input.connection.clone(), since: input.since };
    output.result(&bring_back(&action(app, "pull"), &shown(output), &asked)?, brought_text);
    Ok(())
}

fn brought_text(back: &BroughtBack) -> String {
    let since = back.since;
    let mut text = vec![format!("{} changed in {} since {since}", back.changed, back.connection)];
    text.extend(back.decided.iter().cloned());
    text.extend(back.disagree.iter().map(|one| format!("left as it is: {one}")));
    if let Some(imported) = &back.imported {
        let counts = imported.counts;
        text.push(format!("imported: {} new, {} changed, {} refused", counts.created, counts.updated, counts.rejected));
    }
    text.join("\n")
}

pub(super) fn outbox(app: &App, input: &Outbox, output: &Output) -> Result<(), CallError> {
    let action = action(app, "outbox");
    match input {
        Outbox::List { state } => {
            let names = list_connections(&action, Nothing {})?;
            let found = list_outbox(&action, MessageQuery { state: state.map(state_of) })?;
            output.result(&found, |found| {
                if found.is_empty() {
                    return "nothing is in the outbox".to_owned();
                }
                let to = |id: Option<i64>| {
                    let connection = names.iter().find(|one| Some(one.connection.id) == id);
                    connection.map_or_else(String::new, |one| one.connection.name.clone())
                };
                let row = |one: &Message| {
                    let said = one.last_error.clone().or_else(|| one.receipt.clone()).unwrap_or_default();
                    vec![one.id.to_string(), one.subject.clone(), to(one.connection_id), word(&one.state), said]
                };
                table(&["message", "about", "to", "", "said"], &found.iter().map(row).collect::<Vec<_>>(), &[0])
            });
        }
        Outbox::Show { id } => output.result(&show_message(&action, MessageRef { id: *id })?, message_text),
        Outbox::Estimate { id } => {
            let messages = send_estimate(&action, EstimateRef { id: *id })?;
            output.result(&messages, |messages| {
                format!("estimate {id} waits for {}", counted(messages.len(), "connection", "connections"))
            });
        }
        Outbox::Retry { id } => changed(&retry_message(&action, MessageRef { id: *id })?, output),
        Outbox::Repair { id, payload } => {
            let payload = serde_json::from_slice(&files::read(payload)?)
                .map_err(|error| CallError::invalid(format!("{} is no JSON: {error}", payload.display())))?;
            changed(&repair_message(&action, RepairMessage { id: *id, payload })?, output);
        }
        Outbox::Discard { id } => changed(&discard_message(&action, MessageRef { id: *id })?, output),
    }
    Ok(())
}

fn new(input: &AddConnection) -> Result<SaveConnection, CallError> {
    let url = input.url.clone();
    let need = |value: &Option<String>, what: &str| {
        value.clone().ok_or_else(|| CallError::invalid(format!("Tryton needs its {what}: --{what}")))
    };
    let endpoint = match input.kind {
        ConnectionKind::Webhook => Endpoint::Webhook {
            url,
            template: match &input.template {
                Some(file) => Some(String::from_utf8_lossy(&files::read(file)?).into_owned()),
                None => None,
            },
        },
        ConnectionKind::Salesforce => Endpoint::Salesforce { url, client_id: input.client_id.clone() },
        ConnectionKind::Hubspot => {
            Endpoint::Hubspot { url, pipeline: input.pipeline.clone(), stage: input.stage.clone() }
        }
        ConnectionKind::Tryton => {
            Endpoint::Tryton { url, database: need(&input.database, "database")?, user: need(&input.user, "user")? }
        }
    };
    let sends = input.sends.iter().map(|kind| match kind {
        Sends::Quotes => ParcelKind::Quote,
        Sends::Estimates => ParcelKind::Estimate,
        Sends::Alerts => ParcelKind::Alert,
    });
    let connection = Connection { id: 0, name: input.name.clone(), endpoint, sends: sends.collect(), enabled: true };
    let secret = if input.no_secret { None } else { Some(secret(&input.name)?) };
    Ok(SaveConnection { connection, secret, take_waiting: input.take_waiting })
}

/// Typed unseen, or the first line of standard input; never an argument, which other users of the machine could read.
fn secret(name: &str) -> Result<String, CallError> {
    let unreadable =
        |error: std::io::Error| CallError::invalid(format!("the secret of {name} cannot be read: {error}"));
    let secret = if std::io::stdin().is_terminal() {
        rpassword::prompt_password(format!("secret of {name}: ")).map_err(unreadable)?
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(unreadable)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    if secret.is_empty() {
        return Err(
            CallError::invalid(format!("the secret of {name} is empty")).hint("--no-secret where there is none.")
        );
    }
    Ok(secret)
}

fn named(action: &Action, name: &str) -> Result<ConnectionStanding, CallError> {
    let all = list_connections(action, Nothing {})?;
    let found = all.into_iter().find(|one| one.connection.name == name);
    found.ok_or_else(|| CallError::not_found(format!("connection {name:?}")))
}

fn switched(action: &Action, name: &str, enabled: bool) -> Result<ConnectionStanding, CallError> {
    let connection = Connection { enabled, ..named(action, name)?.connection };
    save_connection(action, SaveConnection { connection, secret: None, take_waiting: false })
}

fn state_of(state: MessageState) -> OutboxState {
    match state {
        MessageState::Waiting => OutboxState::Waiting,
        MessageState::Sent => OutboxState::Sent,
        MessageState::Dead => OutboxState::Dead,
        MessageState::Withdrawn => OutboxState::Withdrawn,
    }
}

fn list_text(all: &[ConnectionStanding]) -> String {
    if all.is_empty() {
        return "nothing is connected, and nothing leaves this machine: signwright connections add NAME URL".to_owned();
    }
    all.iter().map(standing_text).collect::<Vec<_>>().join("\n")
}

fn standing_text(one: &ConnectionStanding) -> String {
    let Connection { name, sends, enabled, .. } = &one.connection;
    let sends: Vec<String> = sends.iter().map(|kind| format!("{}s", word(kind))).collect();
    let state = match (&one.held, enabled) {
        (_, false) => "off".to_owned(),
        (Some(why), true) => format!("waits for you: {why}"),
        (None, true) => match one.breaker {
            Breaker::Closed { .. } => "on".to_owned(),
            Breaker::Open { until, .. } => format!("failing, rests until {until}"),
            Breaker::HalfOpen { .. } => "failing, being tried".to_owned(),
        },
    };
    let sends = if sends.is_empty() { "nothing".to_owned() } else { sends.join(", ") };
    format!("{name}: takes {sends}; {state}; {} waiting, {} sent, {} given up", one.waiting, one.sent, one.dead)
}

fn pushed_text(pushed: &Pushed) -> String {
    let mut text =
        vec![format!("{} sent, {} waiting", counted(pushed.sent.len(), "message", "messages"), pushed.waiting)];
    text.extend(pushed.sent.iter().map(|one| format!("sent: {one}")));
    text.extend(pushed.failed.iter().map(|one| format!("not sent: {one}")));
    text.extend(pushed.resting.iter().map(|one| format!("not tried: {one}")));
    if pushed.elsewhere {
        text.push("another window or program on this shop is sending at this moment".to_owned());
    }
    text.join("\n")
}

fn message_text(shown: &MessageShown) -> String {
    let message = &shown.message;
    let to = shown.connection.as_ref().map_or("no connection", |connection| connection.name.as_str());
    let mut text = vec![format!("message {}, {}: {} to {to}", message.id, word(&message.state), message.subject)];
    text.extend(message.last_error.iter().cloned());
    text.extend(message.receipt.iter().cloned());
    text.extend(shown.unsendable.iter().map(|why| format!("cannot go out: {why}")));
    if !shown.outgoing.is_empty() && message.state != OutboxState::Waiting {
        text.push("\nas it would go out now:".to_owned());
    }
    for outgoing in &shown.outgoing {
        text.push(format!("\n{} {}", outgoing.method, outgoing.url));
        text.extend(outgoing.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        text.push(format!("\n{}", outgoing.body));
    }
    text.join("\n")
}

fn changed(message: &Message, output: &Output) {
    output.result(message, |message| {
        format!("message {} about {}: {}", message.id, message.subject, word(&message.state))
    });
}
