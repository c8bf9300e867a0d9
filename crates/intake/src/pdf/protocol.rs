//! What the parent and the worker process say to each other.
//!
//! For each document the parent writes one [`Request`] as one line of JSON and then as many bytes as it announces. The
//! worker answers with one line: to [`Ask::Read`] with one [`Extraction`](signwright_domain::record::Extraction) as JSON,
//! to [`Ask::Picture`] with a [`Size`] as JSON, followed by so many bytes, or with `null`. It goes on until its standard
//! input ends. A worker that ends before it has answered, or whose answer is neither, could not read the document.
//!
//! A password travels in the request alone: never as an argument of a program, which every user of a machine can see, and
//! never in a log, because it does not print.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};

use serde::{Deserialize, Serialize};

use super::{Limits, picture, read};
use crate::pdf::picture::Picture;

/// A request longer than this is none of ours.
const LONGEST_REQUEST: u64 = 64 << 10;

/// The line that goes before a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// The size of the document that follows.
    pub bytes: u64,
    pub ask: Ask,
    pub limits: Limits,
    pub password: Option<Password>,
}

/// What is wanted of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Its words and records, by these readers.
    Read(Readers),
    /// One page, counted from 1, as a grey picture with so many dots per inch.
    Picture { page: u32, dots_per_inch: u32 },
}

impl Default for Ask {
    fn default() -> Self {
        Self::Read(Readers::default())
    }
}

/// Who reads a document. One reader alone is for a document that has ended a process in which both were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    #[default]
    Both,
    First,
    Second,
}

/// The line that goes before a picture: its width and height, whose product is the number of bytes that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// What opens a locked document. It is sent on and forgotten, and shows nothing of itself when printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(not shown)")
    }
}

/// The worker: requests and documents on `input`, an answer for each on `output`, until the input ends or `go_on`, asked
/// after each document, says no.
pub fn worker_main(input: impl Read, mut output: impl Write, mut go_on: impl FnMut() -> bool) -> io::Result<()> {
    let mut input = BufReader::new(input);
    while let Some(request) = request(&mut input)? {
        let document = document(&mut input, &request)?;
        answer(&mut output, document, &request)?;
        output.flush()?;
        if !go_on() {
            break;
        }
    }
    Ok(())
}

/// The next request; `None` at the end of the input.
fn request(input: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut line = Vec::new();
    input.by_ref().take(LONGEST_REQUEST).read_until(b'\n', &mut line)?;
    if line.is_empty() { Ok(None) } else { Ok(Some(serde_json::from_slice(&line)?)) }
}

/// The announced bytes. Of a file that is too large one byte more than the limit is kept, and the rest is taken off the
/// parent's hands.
fn document(input: &mut impl BufRead, request: &Request) -> io::Result<Vec<u8>> {
    let most = request.limits.max_bytes.saturating_add(1);
    let mut announced = input.take(request.bytes);
    // What is announced may be a lie; beyond a megabyte it must come first.
    let mut bytes = Vec::with_capacity(request.bytes.min(most).min(1 << 20) as usize);
    announced.by_ref().take(most).read_to_end(&mut bytes)?;
    let kept = bytes.len() as u64;
    let dropped = io::copy(&mut announced, &mut io::sink())?;
    if kept + dropped < request.bytes {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the document is shorter than announced"));
    }
    Ok(bytes)
}

fn answer(output: &mut impl Write, document: Vec<u8>, request: &Request) -> io::Result<()> {
    match request.ask {
        Ask::Read(_) => {
            serde_json::to_writer(&mut *output, &read(document, request))?;
            output.write_all(b"\n")
        }
        Ask::Picture { page, dots_per_inch } => {
            match picture::of_page(document, page, dots_per_inch, request.password.as_ref()) {
                Some(picture) => send_picture(output, &picture),
                None => output.write_all(b"null\n"),
            }
        }
    }
}

fn send_picture(output: &mut impl Write, picture: &Picture) -> io::Result<()> {
    serde_json::to_writer(&mut *output, &picture.size)?;
    output.write_all(b"\n")?;
    output.write_all(&picture.dots)
}

/// Writes what [`worker_main`] reads.
pub fn send(output: &mut impl Write, request: &Request, document: &[u8]) -> io::Result<()> {
    let request = Request { bytes: document.len() as u64, ..request.clone() };
    serde_json::to_writer(&mut *output, &request)?;
    output.write_all(b"\n")?;
    output.write_all(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_back_as_it_was_sent_and_shows_no_password() {
        let ask = Ask::Picture { page: 2, dots_per_inch: 300 };
        let sent = Request { bytes: 5, ask, password: Some(Password::new("open\nsesame")), ..Request::default() };
        let mut line = Vec::new();
        send(&mut line, &sent, b"%PDF-").expect("written");
        let mut input = line.as_slice();
        assert_eq!(request(&mut input).expect("a request"), Some(sent.clone()));
        assert_eq!(document(&mut input, &sent).expect("a document"), b"%PDF-");
        assert_eq!(request(&mut input).expect("the end"), None);
        assert!(!format!("{sent:?}").contains("sesame"));
    }

    #[test]
    fn what_is_no_request_is_an_error() {
        for line in ["\n", "%PDF-1.7\n", "{\"ask\":\"dance\"}\n", "{\"unknown\":1}\n"] {
            assert!(request(&mut line.as_bytes()).is_err(), "{line:?}");
        }
        assert!(request(&mut vec![b' '; 1 << 20].as_slice()).is_err());
        assert_eq!(request(&mut &b"{}\n"[..]).expect("all by default"), Some(Request::default()));
        let short = Request { bytes: 9, ..Request::default() };
        assert!(document(&mut &b"%PDF-"[..], &short).is_err());
    }
}
