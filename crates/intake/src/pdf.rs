//! A PDF's bytes to its words, its layout, its records and its rejects.
//!
//! Made for a child process: [`worker_main`] is what `signwright worker pdf` runs. Both readers run in threads of their own
//! and may panic there without harm; what no thread survives (memory, an endless loop) is the parent's to end.
//!
//! Protocol of the worker: the parent writes the PDF's bytes to the worker's standard input and closes it; the worker
//! writes one [`Extraction`] as one JSON document to standard output and ends with code 0. A worker that ends otherwise,
//! or whose output is no such document, could not read the file.

use std::io::{Read, Write};

use serde::{Deserialize, Serialize};
use signwright_domain::Currency;
use signwright_domain::record::{DocumentKind, Extraction, Parsed, ReadState, Reject, RejectReason, Word};

use crate::layout;

mod glyphs;
pub(crate) mod isolated;
pub(crate) mod open;
pub(crate) mod second;
pub(crate) mod words;

use open::{Refusal, Text};
use second::SecondOpinion;

/// What one PDF may cost, and the currency its amounts are in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub max_bytes: u64,
    pub max_pages: u32,
    pub max_words: u32,
    /// The shop's currency: amounts printed without a sign, or with this one's, are in it.
    pub currency: Currency,
}

impl Default for Limits {
    /// 64 MB, 500 pages, 400,000 words, US dollars.
    fn default() -> Self {
        Self { max_bytes: 64 << 20, max_pages: 500, max_words: 400_000, currency: Currency::USD }
    }
}

/// Reads one PDF. Never fails and never panics: what cannot be read is said in `state`, `message` and a reject.
pub fn read_pdf(bytes: &[u8], limits: &Limits) -> Extraction {
    match open::text(bytes, limits) {
        Ok(text) => understood(&text, SecondOpinion::ask(bytes).as_ref(), limits),
        Err(refusal) => refused(refusal),
    }
}

/// The worker: a PDF on `input`, its [`Extraction`] as JSON on `output`.
pub fn worker_main(mut input: impl Read, mut output: impl Write, limits: &Limits) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    input.by_ref().take(limits.max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    // The rest of a file that is too large is taken off the parent's hands, so that it can finish writing.
    std::io::copy(&mut input, &mut std::io::sink())?;
    serde_json::to_writer(&mut output, &read_pdf(&bytes, limits))?;
    output.flush()
}

fn understood(text: &Text, second: Option<&SecondOpinion>, limits: &Limits) -> Extraction {
    let words: Vec<Word> = (1_u32..)
        .zip(&text.pages)
        .flat_map(|(page, content)| content.words.iter().map(move |word| (page, word)))
        .map(|(page, word)| Word { text: word.text.clone(), page, bbox: word.bbox })
        .collect();
    let agreement = second.and_then(|second| second.agreement(words.iter().map(|word| word.text.as_str())));
    let reading = isolated::catch(|| layout::read(text, second, limits.currency)).unwrap_or_default();
    let mut extraction = Extraction {
        state: ReadState::Read,
        kind: reading.kind,
        layout: reading.layout.map(str::to_owned),
        pages: text.pages.len() as u32,
        page_sizes: text.pages.iter().map(|page| page.size).collect(),
        parsed: reading.parsed,
        words,
        agreement,
        message: reading.message,
    };
    note_gaps(&mut extraction, text);
    extraction
}

/// Pages that failed and letters that mean nothing make the reading a partial one.
fn note_gaps(extraction: &mut Extraction, text: &Text) {
    let message = if let Some(first) = text.failed.first() {
        format!("{} of {} pages could not be read, first page {first}", text.failed.len(), text.pages.len())
    } else if text.illegible_share() > 0.1 {
        "some letters carry no meaning in this file's fonts".to_owned()
    } else {
        return;
    };
    extraction.state = ReadState::PartlyRead;
    extraction.parsed.rejects.push(reject(RejectReason::Damaged, message.clone()));
    extraction.message = Some(message);
}

fn refused(refusal: Refusal) -> Extraction {
    let parsed = Parsed { rejects: vec![reject(refusal.reason, refusal.message.clone())], ..Parsed::default() };
    Extraction {
        state: refusal.state,
        kind: DocumentKind::Other,
        layout: None,
        pages: refusal.pages,
        page_sizes: refusal.page_sizes,
        parsed,
        words: Vec::new(),
        agreement: None,
        message: Some(refusal.message),
    }
}

pub(crate) fn reject(reason: RejectReason, message: String) -> Reject {
    Reject { kind: None, key: None, field: None, place: None, raw: String::new(), reason, message }
}
