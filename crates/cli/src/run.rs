//! From what was typed to the use case, and its result to the terminal.

mod alerts;
mod anomalies;
mod assemblies;
mod costs;
mod demo;
mod destination;
mod documents;
mod estimate;
mod explore;
mod forecast;
mod import;
mod jobs;
mod models;
mod password;
mod place;
mod prices;
mod quote;
mod review;
mod rules;
mod scenarios;
mod sending;
mod shop;
mod watch;
mod win;

use std::io::Read;

use jiff::Timestamp;
use serde_json::Value;
use signwright_app::{Action, App, AppOptions, COMMANDS, CallError, Code};
use signwright_domain::Task;

use crate::arguments::{Command, WorkerKind};
use crate::output::{Output, table};

pub(crate) fn run(shop: Option<std::path::PathBuf>, command: Command, output: &Output) -> Result<(), CallError> {
    let make = || open(&place::shop(shop.clone())?);
    let open = || open(&place::existing(place::shop(shop.clone())?)?);
    match command {
        Command::Worker { kind: WorkerKind::Pdf } => signwright_app::worker::serve_documents(),
        Command::Worker { kind: WorkerKind::Document } => signwright_app::documents::serve_templates(),
        Command::Extract(input) => import::extract(&input, output),
        Command::Demo(input) => demo::demo(shop, &input, output),
        Command::Train(input) if input.input.is_some() => models::train_file(&outside(), &input, output),
        Command::Predict(input) => models::predict(&input, output),
        Command::Forecast(input) if input.input.is_some() => forecast::file(&input, output),
        Command::Anomalies(input) if input.input.is_some() => anomalies::file(&input, output),
        Command::Win(input) if input.input.is_some() => win::file(&input, output),
        Command::Restore { file } => shop::restore(&file, &place::shop(shop)?, output),
        Command::Verify => shop::verify(&place::shop(shop)?, output),
        Command::Call { command: None, .. } => {
            list_commands(output);
            Ok(())
        }
        Command::Call { command: Some(name), input } => {
            let input = json_argument(input.as_deref())?;
            let answer = call(&make()?, &name, input)?;
            output.result(&answer, |answer| serde_json::to_string_pretty(answer).unwrap_or_default());
            Ok(())
        }
        Command::Import(input) => import::import(&make()?, &input, output),
        Command::Watch(input) => watch::watch(&make()?, &input, output),
        Command::Rejects(input) => import::rejects(&open()?, &input, output),
        Command::Rules(input) => rules::rules(&open()?, &input, output),
        Command::Review(input) => review::review(&open()?, &input, output),
        Command::Profiles(input) => review::profiles(&make()?, &input, output),
        Command::Jobs(input) => jobs::jobs(&open()?, &input, output),
        Command::Train(input) => models::train_shop(&open()?, &input, output),
        Command::Estimate(input) => estimate::estimate(&open()?, &input, output),
        Command::Assemblies(input) => assemblies::assemblies(&open()?, &input, output),
        Command::Costs(input) => costs::costs(&open()?, &input, output),
        Command::Scenarios(input) => scenarios::scenarios(&open()?, &input, output),
        Command::Win(input) => win::shop(&open()?, &input, output),
        Command::Forecast(input) => forecast::shop(&open()?, &input, output),
        Command::Anomalies(_) => anomalies::shop(&open()?, output),
        Command::Alerts(input) => alerts::alerts(&open()?, &input, output),
        Command::Quote(input) => quote::quote(&open()?, &input, output),
        Command::Export(input) => quote::export(&open()?, &input, output),
        Command::Documents(input) => documents::documents(&open()?, &input, output),
        Command::Connections(input) => sending::connections(&make()?, &input, output),
        Command::Pull(input) => sending::pull(&open()?, &input, output),
        Command::Push(input) => sending::push(&open()?, &input, output),
        Command::Outbox(input) => sending::outbox(&open()?, &input, output),
        Command::Models(input) => models::models(&open()?, &input, output),
        Command::Backup { file } => shop::backup(&open()?, &file, output),
        Command::Serve(input) => shop::serve(make()?, input.port, output),
        Command::Window => shop::window(make().inspect_err(shop::say_unseen)?),
    }
}

/// Opens the shop as this user, with this executable as the reader of documents.
fn open(shop: &std::path::Path) -> Result<App, CallError> {
    let (user, secrets) = (place::user(), place::secrets());
    App::open(AppOptions { shop: shop.to_owned(), worker: executable()?, user, secrets })
}

fn executable() -> Result<std::path::PathBuf, CallError> {
    std::env::current_exe()
        .map_err(|cause| CallError::new(Code::Internal, format!("the program cannot find its own file: {cause}")))
}

/// What time it is, for work on files outside a shop.
fn outside() -> Timestamp {
    Timestamp::now()
}

/// A task that shows its steps on standard error, for people who wait.
fn shown(output: &Output) -> Task {
    let task = if output.is_json() || !std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        Task::silent()
    } else {
        on_terminal()
    };
    let asked = task.clone();
    // Ctrl-C asks the work to stop at its next step, so that it can say what is done.
    std::thread::spawn(move || {
        if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build()
            && runtime.block_on(tokio::signal::ctrl_c()).is_ok()
        {
            asked.cancel();
        }
    });
    task
}

fn on_terminal() -> Task {
    Task::new(|progress| {
        let count = if progress.total > 1 { format!(" {}/{}", progress.done, progress.total) } else { String::new() };
        let line: String = format!("{}{count}", progress.step).chars().take(100).collect();
        eprint!("\r\u{1b}[2K{line}\r");
    })
}

fn action(app: &App, command: &str) -> Action {
    app.action(command)
}

/// Runs a command by name and waits for the task it may have started.
fn call(app: &App, name: &str, input: Value) -> Result<Value, CallError> {
    let answer = app.call(name, input)?;
    match answer.get("task_id").and_then(Value::as_u64) {
        Some(id) if name.starts_with("start_") => wait(app, id),
        _ => Ok(answer),
    }
}

fn wait(app: &App, id: u64) -> Result<Value, CallError> {
    loop {
        let state = app.call("show_task", serde_json::json!({ "id": id }))?;
        match state.get("state").and_then(Value::as_str) {
            Some("running") => std::thread::sleep(std::time::Duration::from_millis(50)),
            Some("done") => return Ok(state.get("result").cloned().unwrap_or_default()),
            _ => {
                let error = state.get("error").cloned().unwrap_or_default();
                return Err(serde_json::from_value(error)
                    .unwrap_or_else(|_| CallError::new(Code::Internal, "the task ended without a result")));
            }
        }
    }
}

fn json_argument(input: Option<&str>) -> Result<Value, CallError> {
    let text = match input {
        None => return Ok(Value::Null),
        Some("-") => standard_input()?,
        Some(text) => text.to_owned(),
    };
    serde_json::from_str(&text).map_err(|error| CallError::invalid(format!("the input is not JSON: {error}")))
}

fn standard_input() -> Result<String, CallError> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|cause| CallError::new(Code::UnreadableFile, format!("cannot read standard input: {cause}")))?;
    Ok(text)
}

fn list_commands(output: &Output) {
    output.result(&COMMANDS, |commands| {
        let rows: Vec<_> = commands.iter().map(|c| vec![c.name.to_owned(), c.about.to_owned()]).collect();
        table(&["command", "does"], &rows, &[])
    });
}
