//! One child process that reads documents, and the conversation with it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{self, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use signwright_domain::Task;
use signwright_intake::{Request, Size, send};

/// How often a waiting import looks whether it was cancelled.
const GLANCE: Duration = Duration::from_millis(100);
/// A longer answer is none of ours.
const LARGEST_ANSWER: u64 = 256 << 20;
/// What is kept of a child's last words.
const LAST_WORDS: usize = 4096;

#[derive(Debug)]
pub(super) struct Child {
    process: process::Child,
    input: ChildStdin,
    answers: mpsc::Receiver<Answer>,
    errors: Option<JoinHandle<Vec<u8>>>,
    served: u32,
}

/// What a child sends back for one document.
#[derive(Debug)]
pub(super) enum Answer {
    /// One line of JSON.
    Line(Vec<u8>),
    /// Grey dots, row by row.
    Picture(Size, Vec<u8>),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Cancelled,
    Late,
    OutOfMemory,
    Died,
    NotStarted(String),
}

impl Child {
    pub(super) fn start(executable: &Path) -> io::Result<Self> {
        let mut process = Command::new(executable)
            .args(["worker", "pdf"])
            // Each document is read in threads of their own; glibc would keep memory apart for each of them.
            .env("MALLOC_ARENA_MAX", "2")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let input = process.stdin.take().expect("standard input was asked to be a pipe");
        let output = process.stdout.take().expect("standard output was asked to be a pipe");
        let errors = process.stderr.take().expect("standard error was asked to be a pipe");
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Ok(Some(answer)) = answer(&mut output) {
                // Nobody listens any more where the child is being ended.
                if sender.send(answer).is_err() {
                    return;
                }
            }
        });
        let errors = Some(thread::spawn(move || last_words(errors)));
        Ok(Self { process, input, answers, errors, served: 0 })
    }

    /// How many documents it was given.
    pub(super) fn served(&self) -> u32 {
        self.served
    }

    /// Gives it one document and waits for the answer. After a failure the child is of no use any more.
    pub(super) fn ask(
        &mut self,
        task: &Task,
        request: &Request,
        document: &[u8],
        patience: Duration,
    ) -> Result<Answer, Failure> {
        self.served += 1;
        let Self { process, input, answers, .. } = self;
        let outcome = thread::scope(|scope| {
            // A child that dies early closes the pipe; what it did not read is no loss.
            scope.spawn(|| send(input, request, document).and_then(|()| input.flush()));
            let outcome = wait(task, answers, patience);
            if outcome.is_err() {
                // Ends a writer that waits for the child to read, too.
                let _ = process.kill();
            }
            outcome
        });
        outcome.map_err(|failure| if failure == Failure::Died { self.cause_of_death() } else { failure })
    }

    fn cause_of_death(&mut self) -> Failure {
        let _ = self.process.wait();
        let words = self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default();
        let ran_out = String::from_utf8_lossy(&words).contains("memory allocation of");
        if ran_out { Failure::OutOfMemory } else { Failure::Died }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn wait(task: &Task, answers: &mpsc::Receiver<Answer>, patience: Duration) -> Result<Answer, Failure> {
    let begun = Instant::now();
    loop {
        match answers.recv_timeout(GLANCE) {
            Ok(answer) => return Ok(answer),
            Err(mpsc::RecvTimeoutError::Disconnected) => return Err(Failure::Died),
            Err(mpsc::RecvTimeoutError::Timeout) if task.is_cancelled() => return Err(Failure::Cancelled),
            Err(mpsc::RecvTimeoutError::Timeout) if begun.elapsed() >= patience => return Err(Failure::Late),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
    }
}

/// The next answer; `None` where the child ended without a whole one.
fn answer(output: &mut BufReader<ChildStdout>) -> io::Result<Option<Answer>> {
    let mut line = Vec::new();
    output.by_ref().take(LARGEST_ANSWER).read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Ok(None);
    }
    let Ok(size) = serde_json::from_slice::<Size>(&line) else { return Ok(Some(Answer::Line(line))) };
    let count = u64::from(size.width) * u64::from(size.height);
    let mut dots = Vec::new();
    output.by_ref().take(count.min(LARGEST_ANSWER)).read_to_end(&mut dots)?;
    Ok((dots.len() as u64 == count).then_some(Answer::Picture(size, dots)))
}

/// Reads to the end and keeps the end of it.
fn last_words(mut errors: impl Read) -> Vec<u8> {
    let (mut kept, mut piece) = (Vec::new(), [0_u8; LAST_WORDS]);
    while let Ok(count @ 1..) = errors.read(&mut piece) {
        kept.extend_from_slice(&piece[..count]);
        let surplus = kept.len().saturating_sub(LAST_WORDS);
        kept.drain(..surplus);
    }
    kept
}
