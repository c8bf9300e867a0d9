//! Scans: the words of pages that are pictures, recognised by tesseract where it is installed.
//!
//! The page is painted in the child process and handed to tesseract; what that recognises goes through the same layouts as
//! printed words, marked as recognised and never sure enough to be taken without a look.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use signwright_domain::record::Extraction;
use signwright_domain::{Cancelled, Currency, Task};
use signwright_intake::{Ask, Recognised, Request, Size, read_scan, recognised_words};

use super::Reader;
use super::child::{Answer, Failure};

const DOTS_PER_INCH: u32 = 300;
/// Pages of one scan that are recognised; a page takes seconds.
const MOST_PAGES: u32 = 20;
const PATIENCE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(50);
/// A page whose words need more than this is not recognised.
const LARGEST_ANSWER: u64 = 16 << 20;

/// What tesseract makes of a document without a text layer; the extraction as it was where there is no tesseract or it
/// finds nothing.
pub(super) fn recognised(
    reader: &Reader,
    task: &Task,
    currency: Currency,
    bytes: &[u8],
    extraction: Extraction,
) -> Result<Extraction, Cancelled> {
    let Some(program) = tesseract() else { return Ok(extraction) };
    let mut pages = Vec::new();
    for (number, size) in (1..=extraction.pages.min(MOST_PAGES)).zip(&extraction.page_sizes) {
        let ask = Ask::Picture { page: number, dots_per_inch: DOTS_PER_INCH };
        let request = Request { ask, password: reader.password.clone(), ..Request::default() };
        let words = match reader.ask(task, &request, bytes, PATIENCE) {
            Ok(Answer::Picture(dots, picture)) => words(task, program, dots, &picture, *size)?,
            Ok(Answer::Line(_))
            | Err(Failure::Late | Failure::OutOfMemory | Failure::Died | Failure::NotStarted(_)) => Vec::new(),
            Err(Failure::Cancelled) => return Err(Cancelled),
        };
        pages.push(Recognised { size: *size, words });
    }
    let limits = reader.limits(currency);
    Ok(read_scan(pages, extraction.pages, &limits).unwrap_or(extraction))
}

/// The program that the system finds under the name, or the one that `SIGNWRIGHT_TESSERACT` names; looked for once.
fn tesseract() -> Option<&'static PathBuf> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOUND
        .get_or_init(|| {
            let named = std::env::var_os("SIGNWRIGHT_TESSERACT");
            let name = PathBuf::from(named.unwrap_or_else(|| OsString::from("tesseract")));
            let mut look = Command::new(&name);
            look.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            look.status().is_ok_and(|status| status.success()).then_some(name)
        })
        .as_ref()
}

/// The words of one picture, in points of a page of this size; none where tesseract fails.
fn words(
    task: &Task,
    program: &PathBuf,
    dots: Size,
    picture: &[u8],
    page: [f64; 2],
) -> Result<Vec<signwright_intake::ScannedWord>, Cancelled> {
    let mut command = Command::new(program);
    // One thread: the window and the other programs of the machine are in use meanwhile.
    command.args(["stdin", "stdout", "--dpi", &DOTS_PER_INCH.to_string(), "tsv"]).env("OMP_THREAD_LIMIT", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Ok(Vec::new()) };
    let mut input = child.stdin.take().expect("standard input was asked to be a pipe");
    let output = child.stdout.take().expect("standard output was asked to be a pipe");
    let (outcome, table) = thread::scope(|scope| {
        scope.spawn(move || {
            write!(input, "P5\n{} {}\n255\n", dots.width, dots.height).and_then(|()| input.write_all(picture))
        });
        let table = scope.spawn(move || {
            let mut table = Vec::new();
            output.take(LARGEST_ANSWER).read_to_end(&mut table).map(|_| table)
        });
        let outcome = wait(task, &mut child);
        (outcome, table.join())
    });
    let whole = outcome?;
    let table = table.ok().and_then(Result::ok).filter(|_| whole).unwrap_or_default();
    Ok(recognised_words(&String::from_utf8_lossy(&table), dots, page))
}

/// Whether the program ended well, in time.
fn wait(task: &Task, child: &mut std::process::Child) -> Result<bool, Cancelled> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match child.try_wait() {
            Ok(None) => thread::sleep(GLANCE),
            Ok(Some(status)) => return Ok(status.success()),
            Err(_) => break,
        }
        if task.is_cancelled() {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Cancelled);
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Ok(false)
}
