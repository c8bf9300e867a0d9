//! `watch`: the watched folder from a terminal.

use std::collections::HashSet;
use std::thread::sleep;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use signwright_app::commands::Nothing;
use signwright_app::watch::{self, Look, SetWatch, Watch, WatchedFile, Watcher, set_watch, show_watch, taken_since};
use signwright_app::{App, CallError, Code};
use signwright_domain::Task;

use super::action;
use crate::arguments;
use crate::output::{Output, table, word};

pub(super) fn watch(app: &App, input: &arguments::Watch, output: &Output) -> Result<(), CallError> {
    let every = Duration::try_from_secs_f64(input.every)
        .map_err(|_| CallError::invalid(format!("{} is no number of seconds", input.every)))?;
    if input.off || input.folder.is_some() {
        let before = show_watch(&action(app, "watch"), Nothing {})?;
        let folder = input.folder.as_ref().map(|folder| folder.display().to_string()).or(before.folder);
        set_watch(&action(app, "watch"), SetWatch { folder, on: !input.off })?;
    }
    let now = show_watch(&action(app, "watch"), Nothing {})?;
    if input.off || input.status {
        output.result(&now, watch_text);
        return Ok(());
    }
    if !now.on {
        return Err(
            CallError::new(Code::InvalidInput, "no folder is watched").hint("Name it: signwright watch FOLDER.")
        );
    }
    if input.once { once(app, every, output) } else { until_stopped(app, &now, every, output) }
}

/// Takes what lies there and does not grow, then ends.
fn once(app: &App, every: Duration, output: &Output) -> Result<(), CallError> {
    let stop = super::shown(output);
    let still = SignedDuration::try_from(every).unwrap_or(SignedDuration::from_secs(3));
    let mut watcher = Watcher::new(app, still, stop.clone());
    let begun = Timestamp::now();
    let outcome = loop {
        match watcher.look(app, Timestamp::now()) {
            Ok(Look::Waiting) if !stop.is_cancelled() => sleep(every),
            Ok(Look::Took(n)) if n > 0 && !stop.is_cancelled() => {}
            Ok(Look::Elsewhere) => {
                break Err(CallError::new(Code::Busy, "another program watches this folder")
                    .hint("It takes what is put there; nothing is to be done here."));
            }
            Ok(_) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    watcher.release(app)?;
    outcome?;
    let now = show_watch(&action(app, "watch"), Nothing {})?;
    let files = taken_since(&action(app, "watch"), begun)?;
    output.result(&files, |files| files_text(files));
    match now.problem {
        Some(problem) => Err(CallError::new(Code::UnreadableFile, problem)),
        None => Ok(()),
    }
}

/// Looks until Ctrl-C and says each file as it comes in.
fn until_stopped(app: &App, now: &Watch, every: Duration, output: &Output) -> Result<(), CallError> {
    let stop = asked_to_stop();
    let folder = now.folder.clone().unwrap_or_default();
    output.note(&format!("watching {folder}; Ctrl-C ends it"));
    let (mut since, mut known) = (Timestamp::now(), HashSet::new());
    let mut said = None;
    let watching = watch::start(app, every);
    while !stop.is_cancelled() {
        sleep(Duration::from_millis(200));
        let now = show_watch(&action(app, "watch"), Nothing {})?;
        for file in taken_since(&action(app, "watch"), since)?.iter().rev() {
            if known.insert(key(file)) {
                output.result(file, line);
            }
            since = since.max(file.taken_at);
        }
        if now.problem != said {
            output.warning(now.problem.as_deref().unwrap_or("the folder can be read again"));
            said = now.problem;
        }
        if !now.on {
            output.warning("the folder is not watched any more");
            break;
        }
    }
    drop(watching);
    Ok(())
}

/// Ctrl-C ends the watching, an import under way with it.
fn asked_to_stop() -> Task {
    let stop = Task::silent();
    let asked = stop.clone();
    std::thread::spawn(move || {
        if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build()
            && runtime.block_on(tokio::signal::ctrl_c()).is_ok()
        {
            asked.cancel();
        }
    });
    stop
}

fn key(file: &WatchedFile) -> (String, Timestamp) {
    (file.path.clone(), file.taken_at)
}

fn line(file: &WatchedFile) -> String {
    let message = file.message.as_ref().map_or_else(String::new, |message| format!(": {message}"));
    format!("{}: {}{message}", file.path, word(&file.state))
}

fn watch_text(watch: &Watch) -> String {
    let folder = watch.folder.as_deref().unwrap_or("no folder");
    let state = match (watch.on, watch.watching) {
        (false, _) => "not watched",
        (true, true) => "watched now",
        (true, false) => "watched when the window, `serve` or `watch` runs",
    };
    let problem = watch.problem.as_ref().map_or_else(String::new, |problem| format!("\n{problem}"));
    let counts = format!("{} files taken, {} of them brought nothing", watch.taken, watch.failed);
    format!("{folder}: {state}{problem}\n{counts}")
}

fn files_text(files: &[WatchedFile]) -> String {
    if files.is_empty() {
        return "nothing new".to_owned();
    }
    let rows =
        files.iter().map(|file| vec![file.path.clone(), word(&file.state), file.message.clone().unwrap_or_default()]);
    table(&["file", "state", "message"], &rows.collect::<Vec<_>>(), &[])
}
