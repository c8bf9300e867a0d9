//! A document is read in a child process with a time limit, so that one that kills the reader costs only itself.
//!
//! The child is our own executable with the arguments `worker pdf --currency USD`; the protocol is `intake::worker_main`'s.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use signwright_domain::record::{DocumentKind, Extraction, Parsed, ReadState, Reject, RejectReason};
use signwright_domain::{Cancelled, Currency, Task};
use signwright_intake::Limits;

use crate::CallError;

/// How long one document may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a waiting import looks whether it was cancelled.
const GLANCE: Duration = Duration::from_millis(100);
/// More output than this is not an extraction of ours.
const LARGEST_ANSWER: u64 = 512 * 1024 * 1024;

/// The body of the child process: reads one document from standard input, writes the extraction to standard output.
pub fn serve_document(currency: Currency) -> Result<(), CallError> {
    let limits = Limits { currency, ..Limits::default() };
    signwright_intake::worker_main(std::io::stdin().lock(), std::io::stdout().lock(), &limits)
        .map_err(|error| CallError::new(crate::Code::UnreadableFile, error.to_string()))
}

/// Reads one PDF in a child process. A child that dies, hangs or answers nonsense gives an extraction that says so.
pub(crate) fn read_pdf(
    task: &Task,
    executable: &Path,
    currency: Currency,
    bytes: Vec<u8>,
) -> Result<Extraction, Cancelled> {
    match ask(task, executable, currency, bytes) {
        Ok(Answer::Whole(text)) => Ok(serde_json::from_slice(&text)
            .unwrap_or_else(|_| damaged("reading it ended without a result; the file is damaged or hostile"))),
        Ok(Answer::Late) => Ok(damaged(&format!("reading it took longer than {} seconds", PATIENCE.as_secs()))),
        Ok(Answer::Cancelled) => Err(Cancelled),
        Err(cause) => Ok(damaged(&format!("the reader could not be started: {cause}"))),
    }
}

enum Answer {
    Whole(Vec<u8>),
    Late,
    Cancelled,
}

fn ask(task: &Task, executable: &Path, currency: Currency, bytes: Vec<u8>) -> std::io::Result<Answer> {
    let mut child = Command::new(executable)
        .args(["worker", "pdf", "--currency", currency.code()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut input = child.stdin.take().expect("standard input was asked to be a pipe");
    let output = child.stdout.take().expect("standard output was asked to be a pipe");
    // A child that dies early closes the pipe; what it did not read is no loss.
    thread::spawn(move || {
        let _ = input.write_all(&bytes);
    });
    let (whole, answered) = mpsc::channel();
    thread::spawn(move || {
        let mut text = Vec::new();
        let _ = output.take(LARGEST_ANSWER).read_to_end(&mut text);
        let _ = whole.send(text);
    });
    let answer = wait(task, &answered);
    end(&mut child);
    Ok(answer)
}

fn wait(task: &Task, answered: &mpsc::Receiver<Vec<u8>>) -> Answer {
    let mut waited = Duration::ZERO;
    loop {
        match answered.recv_timeout(GLANCE) {
            Ok(text) => return Answer::Whole(text),
            Err(mpsc::RecvTimeoutError::Disconnected) => return Answer::Whole(Vec::new()),
            Err(mpsc::RecvTimeoutError::Timeout) => waited += GLANCE,
        }
        if task.is_cancelled() {
            return Answer::Cancelled;
        }
        if waited >= PATIENCE {
            return Answer::Late;
        }
    }
}

/// Ends a child that is still there; one that has answered ends by itself.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn damaged(message: &str) -> Extraction {
    let reject = Reject {
        kind: None,
        key: None,
        field: None,
        place: None,
        raw: String::new(),
        reason: RejectReason::Damaged,
        message: message.to_owned(),
    };
    Extraction {
        state: ReadState::Damaged,
        kind: DocumentKind::Other,
        layout: None,
        pages: 0,
        page_sizes: Vec::new(),
        parsed: Parsed { rejects: vec![reject], ..Parsed::default() },
        words: Vec::new(),
        agreement: None,
        message: Some(message.to_owned()),
    }
}
