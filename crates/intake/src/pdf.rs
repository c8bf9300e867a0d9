//! A PDF's bytes to its words, its layout, its records and its rejects.
//!
//! Made for a child process: [`worker_main`] is what `signwright worker pdf` runs. Both readers run in threads of their own
//! and may panic there without harm; what no thread survives (memory, an endless loop) is the parent's to end, who then
//! asks for one reader alone.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use signwright_domain::Currency;
use signwright_domain::record::{DocumentKind, Extraction, Parsed, ReadState, Reject, RejectReason, Word};

use crate::layout;

mod attached;
mod glyphs;
pub(crate) mod isolated;
mod last_resort;
mod mended;
pub(crate) mod open;
mod picture;
mod protocol;
pub(crate) mod rules;
mod scan;
pub(crate) mod second;
pub(crate) mod words;

pub use protocol::{Ask, Password, Readers, Request, Size, send, worker_main};
pub use scan::{Recognised, ScannedWord, read_scan, recognised_words};

use open::{Refusal, Text};
use second::SecondOpinion;

/// What one PDF may cost, and the currency its amounts are in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    pub max_bytes: u64,
    pub max_pages: u32,
    pub max_words: u32,
    /// After this time no further page is begun, and what is read is partly read.
    pub max_time: Duration,
    /// The shop's currency: amounts printed without a sign, or with this one's, are in it.
    pub currency: Currency,
    /// Whether an invoice that is attached as XML (Factur-X, ZUGFeRD) is believed before what is printed.
    pub attachments: bool,
    /// Whether all tables and labelled values are wanted beside the records.
    pub structure: bool,
}

impl Default for Limits {
    /// 64 MB, 500 pages, 400,000 words, 40 seconds, US dollars, attachments believed, records alone.
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_pages: 500,
            max_words: 400_000,
            max_time: Duration::from_secs(40),
            currency: Currency::USD,
            attachments: true,
            structure: false,
        }
    }
}

/// Reads one PDF. Never fails and never panics: what cannot be read is said in `state`, `message` and a reject.
pub fn read_pdf(bytes: &[u8], limits: &Limits) -> Extraction {
    read(bytes.to_vec(), &Request { limits: limits.clone(), ..Request::default() })
}

fn read(bytes: Vec<u8>, request: &Request) -> Extraction {
    let (bytes, limits, password) = (Arc::new(bytes), &request.limits, request.password.as_ref());
    let readers = match request.ask {
        Ask::Read(readers) => readers,
        Ask::Picture { .. } => Readers::Both,
    };
    if readers == Readers::Second {
        let refusal = Refusal::new(RejectReason::Damaged, "the file is damaged so that reading it failed");
        return by_last_resort(&bytes, request, refusal);
    }
    let key = password.map_or("", Password::text);
    match open::text(&bytes, password, limits) {
        Ok(mut text) => {
            let both = readers == Readers::Both;
            if both && !text.failed.is_empty() {
                text.fill(last_resort::pages(&bytes, key, limits.max_pages));
            }
            let second = if both { SecondOpinion::ask(&bytes, key) } else { None };
            understood(&text, second.as_ref(), limits)
        }
        Err(refusal) if readers == Readers::Both && refusal.may_be_read_otherwise => {
            by_last_resort(&bytes, request, refusal)
        }
        Err(refusal) => refused(refusal),
    }
}

/// What the second reader alone makes of a file that the first one refuses.
fn by_last_resort(bytes: &Arc<Vec<u8>>, request: &Request, refusal: Refusal) -> Extraction {
    let key = request.password.as_ref().map_or("", Password::text);
    let pages = last_resort::pages(bytes, key, request.limits.max_pages);
    let text = open::Text::of_last_resort(pages);
    if text.is_without_words() {
        return refused(refusal);
    }
    let mut extraction = understood(&text, None, &request.limits);
    let message = "the file is damaged; its words were recovered, but some may be missing or misplaced".to_owned();
    extraction.state = ReadState::PartlyRead;
    extraction.parsed.rejects.push(reject(RejectReason::Damaged, message.clone()));
    extraction.message = Some(message);
    extraction
}

fn understood(text: &Text, second: Option<&SecondOpinion>, limits: &Limits) -> Extraction {
    let words: Vec<Word> = (1_u32..)
        .zip(&text.pages)
        .flat_map(|(page, content)| content.words.iter().map(move |word| (page, word)))
        .map(|(page, word)| Word { text: word.text.clone(), page, bbox: word.bbox })
        .collect();
    let agreement = second.and_then(|second| second.agreement(words.iter().map(|word| word.text.as_str())));
    let reading = isolated::catch(|| layout::read(text, second, limits.currency)).unwrap_or_default();
    let structure = if limits.structure { isolated::catch(|| layout::structure(text)) } else { None };
    let (tables, pairs) = structure.unwrap_or_default();
    let mut extraction = Extraction {
        state: ReadState::Read,
        kind: reading.kind,
        layout: reading.layout.map(str::to_owned),
        pages: text.pages.len() as u32,
        page_sizes: text.pages.iter().map(|page| page.size).collect(),
        parsed: reading.parsed,
        words,
        tables,
        pairs,
        agreement,
        message: reading.message,
    };
    note_gaps(&mut extraction, text);
    extraction
}

/// Pages that failed and letters that mean nothing make the reading a partial one.
fn note_gaps(extraction: &mut Extraction, text: &Text) {
    let message = if let Some(read) = text.out_of_time {
        format!("reading took too long: {read} of {} pages were read", text.pages.len())
    } else if let Some(first) = text.failed.first() {
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
        tables: Vec::new(),
        pairs: Vec::new(),
        agreement: None,
        message: Some(refusal.message),
    }
}

pub(crate) fn reject(reason: RejectReason, message: String) -> Reject {
    Reject { kind: None, key: None, field: None, place: None, raw: String::new(), reason, message }
}
