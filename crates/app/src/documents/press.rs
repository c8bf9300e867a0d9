//! Where manuscripts become documents. By the program's templates they are set here; a template of the shop may be wrong in any
//! way, so it is set in a child process, our own executable with the arguments `worker document`, that is ended when it takes
//! too long.

use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use signwright_report::ReportError;
use signwright_report::documents::{Document, Manuscript, typeset};

use super::{By, templates};
use crate::{Action, CallError, Code};

/// An ordinary document takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(10);
/// Processor seconds of the child, where no parent is left to end it.
#[cfg(unix)]
const SECONDS: u64 = 15;
/// Memory of the child.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 1 << 30;
/// A larger document is none of ours.
const LARGEST: u64 = 256 << 20;

/// The document by the templates asked for.
pub(crate) fn printed(action: &Action, manuscript: Manuscript, by: By) -> Result<Vec<u8>, CallError> {
    let own = match by {
        By::Shop => templates::own(action)?,
        By::Program => Default::default(),
    };
    set(&action.options().worker, &manuscript.with_own(own))
}

pub(super) fn set(executable: &Path, manuscript: &Manuscript) -> Result<Vec<u8>, CallError> {
    let document = if manuscript.own.is_empty() { typeset(manuscript)? } else { set_apart(executable, manuscript)? };
    Ok(document.bytes)
}

/// What the child answers before the bytes.
#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Set { archival: bool },
    Refused { error: String },
}

fn set_apart(executable: &Path, manuscript: &Manuscript) -> Result<Document, CallError> {
    let failed =
        |cause: io::Error| CallError::new(Code::Internal, format!("the templates could not be tried: {cause}"));
    let mut child = Command::new(executable)
        .args(["worker", "document"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let mut input = child.stdin.take().expect("standard input was asked to be a pipe");
    let output = child.stdout.take().expect("standard output was asked to be a pipe");
    let (sender, answers) = mpsc::channel();
    thread::spawn(move || {
        let mut all = Vec::new();
        let read = output.take(LARGEST).read_to_end(&mut all);
        // Nobody listens any more where the child is being ended.
        let _ = sender.send(read.map(|_| all));
    });
    let answer = thread::scope(|scope| {
        // A child that dies early closes the pipe; what it did not read is no loss.
        scope.spawn(move || manuscript.send(&mut input));
        let answer = answers.recv_timeout(PATIENCE);
        // Ends a writer that waits for the child to read, too.
        let _ = child.kill();
        answer
    });
    let _ = child.wait();
    let bytes = answer.map_err(|_| late())?.map_err(failed)?;
    understood(&bytes)
}

fn understood(bytes: &[u8]) -> Result<Document, CallError> {
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or_else(ended)?;
    let (head, rest) = bytes.split_at(end);
    match serde_json::from_slice(head).map_err(|_| ended())? {
        Answer::Set { archival } => Ok(Document { bytes: rest[1..].to_vec(), archival }),
        Answer::Refused { error } => Err(refused(&error)),
    }
}

/// A template of the shop that cannot be set.
pub(super) fn refused(error: &str) -> CallError {
    CallError::invalid(format!("your template cannot be set: {error}"))
        .hint("Correct it under Settings, or print by the template that comes with the program (--shipped).")
}

fn late() -> CallError {
    refused(&format!("it took longer than {} seconds", PATIENCE.as_secs()))
}

fn ended() -> CallError {
    refused("setting it ended without a result; it may need more memory than there is")
}

/// The body of the child: one manuscript from standard input, one document on standard output.
pub fn serve_templates() -> Result<(), CallError> {
    lower();
    let failed = |cause: io::Error| CallError::new(Code::UnreadableFile, format!("cannot set a document: {cause}"));
    let manuscript = Manuscript::receive(&mut BufReader::new(io::stdin().lock())).map_err(failed)?;
    let (answer, bytes) = match typeset(&manuscript) {
        Ok(document) => (Answer::Set { archival: document.archival }, document.bytes),
        Err(error) => (Answer::Refused { error: reason(&error) }, Vec::new()),
    };
    let mut output = io::stdout().lock();
    let line = serde_json::to_string(&answer).map_err(|error| CallError::new(Code::Internal, error.to_string()))?;
    let write = output.write_all(format!("{line}\n").as_bytes()).and_then(|()| output.write_all(&bytes));
    write.and_then(|()| output.flush()).map_err(failed)
}

fn reason(error: &ReportError) -> String {
    match error {
        ReportError::Typesetting(why) => why.clone(),
        other => other.to_string(),
    }
}

/// A system that refuses leaves the process with the limits it has.
fn lower() {
    #[cfg(unix)]
    {
        let _ = rlimit::setrlimit(rlimit::Resource::CPU, SECONDS, SECONDS);
        let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
    }
    #[cfg(target_os = "linux")]
    {
        let _ = rlimit::setrlimit(rlimit::Resource::DATA, MEMORY, MEMORY);
    }
}
