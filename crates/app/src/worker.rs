//! A document is read in a child process with limits on time and memory, so that one that kills the reader costs only
//! itself.
//!
//! The child is our own executable with the arguments `worker pdf`; the protocol is `intake::pdf::protocol`'s. Starting it
//! takes longer than reading a page, so one child reads the documents of an import one after another. Where a document ends
//! its child, it is given to each of the two readers alone in a new one.

mod child;
mod limits;
mod scan;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use signwright_domain::record::{DocumentKind, Extraction, Parsed, ReadState, Reject, RejectReason};
use signwright_domain::{Cancelled, Currency, Task};
use signwright_intake::{Ask, Limits, Readers, Request};

use self::child::{Answer, Child, Failure};
use crate::{CallError, Code};

pub use signwright_intake::Password;

/// How long both readers together may take for one document, and one alone after that has failed.
const PATIENCE: Duration = Duration::from_secs(60);
const SHORTER_PATIENCE: Duration = Duration::from_secs(30);
/// A child is replaced after so many documents, so that what it keeps of them does not add up.
const DOCUMENTS_PER_CHILD: u32 = 100;

/// The body of the child process: reads documents from standard input and answers on standard output until that ends or
/// the process has grown too large for another document.
pub fn serve_documents() -> Result<(), CallError> {
    // Panics are foreseen here and caught; telling of them takes longer and needs more memory than reading a document.
    std::panic::set_hook(Box::new(|_| {}));
    let lowered = limits::lower();
    signwright_intake::worker_main(std::io::stdin().lock(), std::io::stdout().lock(), || !lowered.is_swollen())
        .map_err(|error| CallError::new(Code::UnreadableFile, error.to_string()))
}

/// Reads PDFs, one after another, in child processes.
#[derive(Debug)]
pub struct Reader {
    executable: PathBuf,
    password: Option<Password>,
    structure: bool,
    idle: Mutex<Option<Child>>,
}

impl Reader {
    /// `executable` is our own. The password is tried on documents that need one, and goes no further.
    pub fn new(executable: &Path, password: Option<Password>) -> Self {
        Self { executable: executable.to_owned(), password, structure: false, idle: Mutex::default() }
    }

    /// The same, for somebody who also wants the tables and labelled values as they stand.
    pub fn with_structure(self) -> Self {
        Self { structure: true, ..self }
    }

    fn limits(&self, currency: Currency) -> Limits {
        Limits { currency, structure: self.structure, ..Limits::default() }
    }

    pub fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// Reads one PDF. A document that kills, hangs or confuses its reader gives an extraction that says so; a scan is
    /// recognised where a program for it is installed.
    pub fn read(&self, task: &Task, currency: Currency, bytes: &[u8]) -> Result<Extraction, Cancelled> {
        let extraction = self.read_text(task, currency, bytes)?;
        if extraction.state == ReadState::NoTextLayer {
            return scan::recognised(self, task, currency, bytes, extraction);
        }
        Ok(extraction)
    }

    fn read_text(&self, task: &Task, currency: Currency, bytes: &[u8]) -> Result<Extraction, Cancelled> {
        let mut first_failure = None;
        for (readers, patience) in
            [(Readers::Both, PATIENCE), (Readers::First, SHORTER_PATIENCE), (Readers::Second, SHORTER_PATIENCE)]
        {
            let limits = self.limits(currency);
            let request = Request { ask: Ask::Read(readers), limits, password: self.password.clone(), bytes: 0 };
            match self.ask(task, &request, bytes, patience) {
                Ok(Answer::Line(line)) => match serde_json::from_slice(&line) {
                    // The last resort has nothing to say about why the others failed.
                    Ok(Extraction { words, .. }) if readers == Readers::Second && words.is_empty() => continue,
                    Ok(extraction) => return Ok(extraction),
                    Err(_) => first_failure.get_or_insert(Failure::Died),
                },
                Ok(Answer::Picture(..)) => first_failure.get_or_insert(Failure::Died),
                Err(Failure::Cancelled) => return Err(Cancelled),
                Err(failure @ Failure::NotStarted(_)) => return Ok(failed(&failure)),
                Err(failure) => first_failure.get_or_insert(failure),
            };
        }
        Ok(failed(&first_failure.unwrap_or(Failure::Died)))
    }

    /// Asks the child that is at hand, or a new one. A child that has served before and dies may have died of that, so
    /// a new one is asked once more.
    fn ask(&self, task: &Task, request: &Request, bytes: &[u8], patience: Duration) -> Result<Answer, Failure> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut child) = idle {
            match child.ask(task, request, bytes, patience) {
                Ok(answer) => return Ok(self.keep(child, answer)),
                Err(failure @ (Failure::Cancelled | Failure::Late)) => return Err(failure),
                Err(Failure::OutOfMemory | Failure::Died | Failure::NotStarted(_)) => {}
            }
        }
        let mut child = Child::start(&self.executable).map_err(|cause| Failure::NotStarted(cause.to_string()))?;
        let answer = child.ask(task, request, bytes, patience)?;
        Ok(self.keep(child, answer))
    }

    fn keep(&self, child: Child, answer: Answer) -> Answer {
        if child.served() < DOCUMENTS_PER_CHILD {
            *self.idle.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);
        }
        answer
    }
}

/// A document that no reader got through.
fn failed(failure: &Failure) -> Extraction {
    let (state, reason, message) = match failure {
        Failure::OutOfMemory => {
            let message = format!("reading it needs more than {} MB of memory", limits::MEMORY >> 20);
            (ReadState::TooLarge, RejectReason::TooLarge, message)
        }
        Failure::Late => {
            let message = format!("reading it took longer than {} seconds", PATIENCE.as_secs());
            (ReadState::Damaged, RejectReason::Damaged, message)
        }
        Failure::Died | Failure::Cancelled => {
            let message = "reading it ended without a result; the file is damaged or hostile".to_owned();
            (ReadState::Damaged, RejectReason::Damaged, message)
        }
        Failure::NotStarted(cause) => {
            (ReadState::Damaged, RejectReason::Damaged, format!("the reader could not be started: {cause}"))
        }
    };
    let reject = Reject {
        kind: None,
        key: None,
        field: None,
        place: None,
        raw: String::new(),
        reason,
        message: message.clone(),
    };
    Extraction {
        state,
        kind: DocumentKind::Other,
        layout: None,
        pages: 0,
        page_sizes: Vec::new(),
        parsed: Parsed { rejects: vec![reject], ..Parsed::default() },
        words: Vec::new(),
        tables: Vec::new(),
        pairs: Vec::new(),
        agreement: None,
        message: Some(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(executable: &str, message: &str) {
        let reader = Reader::new(Path::new(executable), None);
        let extraction = reader.read(&Task::silent(), Currency::USD, b"%PDF-1.7").expect("not cancelled");
        assert_eq!(extraction.state, ReadState::Damaged);
        let said = extraction.message.unwrap_or_default();
        assert!(said.contains(message), "{said}");
        let [reject] = extraction.parsed.rejects.as_slice() else { panic!("one reject: {:?}", extraction.parsed) };
        assert_eq!((reject.reason, reject.message.as_str()), (RejectReason::Damaged, said.as_str()));
    }

    #[test]
    #[cfg(unix)]
    fn a_document_whose_reader_ends_without_an_answer_is_damaged() {
        check("false", "the file is damaged or hostile");
    }

    #[test]
    fn a_reader_that_is_not_there_is_said_to_be_missing() {
        check("no-such-program-of-ours", "the reader could not be started");
    }
}
