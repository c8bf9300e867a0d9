//! From bytes to the words of every page, or to a plain statement why there are none.

use std::sync::Arc;
use std::time::Instant;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use signwright_domain::record::{ReadState, RejectReason};

use super::glyphs::{self, UNKNOWN};
use super::protocol::Password;
use super::rules::Rules;
use super::words::{self, Token};
use super::{Limits, attached, isolated, mended};

/// The text of a document, page by page.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) pages: Vec<PageText>,
    /// Pages from 1 that the reader gave up on.
    pub(crate) failed: Vec<u32>,
    /// How many pages were read before the time was up, where it was.
    pub(crate) out_of_time: Option<usize>,
    /// The invoice's own data as XML, where the file carries it.
    pub(crate) attached: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct PageText {
    /// Width and height in points, as displayed.
    pub(crate) size: [f64; 2],
    pub(crate) words: Vec<Token>,
    pub(crate) rules: Rules,
}

impl Text {
    /// Pages as the second reader has them; those it lacks are empty and failed.
    pub(super) fn of_last_resort(pages: Vec<(u32, PageText)>) -> Self {
        let count = pages.iter().map(|(number, _)| *number).max().unwrap_or(0);
        let blank = (0..count).map(|_| PageText::default()).collect();
        let mut text = Self { pages: blank, failed: (1..=count).collect(), ..Self::default() };
        for (number, _) in &pages {
            text.failed.retain(|failed| failed != number);
        }
        for (number, page) in pages {
            text.pages[number as usize - 1] = page;
        }
        text
    }

    /// Gives failed pages the words that another reader found there. They stay failed: words may be missing.
    pub(super) fn fill(&mut self, pages: Vec<(u32, PageText)>) {
        for (number, page) in pages.into_iter().filter(|(number, _)| self.failed.contains(number)) {
            if let Some(empty) = self.pages.get_mut(number as usize - 1) {
                empty.words = page.words;
            }
        }
    }

    pub(super) fn is_without_words(&self) -> bool {
        self.word_count() == 0 || self.illegible_share() > 0.9
    }

    fn word_count(&self) -> usize {
        self.pages.iter().map(|page| page.words.len()).sum()
    }

    /// The share of words that hold a letter without a known meaning.
    pub(crate) fn illegible_share(&self) -> f64 {
        let words = self.pages.iter().flat_map(|page| &page.words);
        let illegible = words.filter(|word| word.text.contains(UNKNOWN)).count();
        illegible as f64 / self.word_count().max(1) as f64
    }
}

/// Why a file has no words to offer.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) state: ReadState,
    pub(crate) reason: RejectReason,
    pub(crate) message: String,
    pub(crate) pages: u32,
    pub(crate) page_sizes: Vec<[f64; 2]>,
    /// Whether it is a PDF that another reader may do better with.
    pub(crate) may_be_read_otherwise: bool,
}

impl Refusal {
    pub(super) fn new(reason: RejectReason, message: impl Into<String>) -> Self {
        let state = match reason {
            RejectReason::NeedsPassword => ReadState::NeedsPassword,
            RejectReason::TooLarge => ReadState::TooLarge,
            RejectReason::NoTextLayer => ReadState::NoTextLayer,
            RejectReason::Damaged
            | RejectReason::NotANumber
            | RejectReason::NotADate
            | RejectReason::NotAFlag
            | RejectReason::MissingKey
            | RejectReason::DuplicateKey
            | RejectReason::DoesNotAddUp
            | RejectReason::WrongShape
            | RejectReason::UnknownLayout => ReadState::Damaged,
        };
        Self { state, reason, message: message.into(), pages: 0, page_sizes: Vec::new(), may_be_read_otherwise: false }
    }

    /// A file that says it is a PDF and cannot be read; another reader may do better.
    fn damaged_pdf(message: impl Into<String>) -> Self {
        Self { may_be_read_otherwise: true, ..Self::new(RejectReason::Damaged, message) }
    }
}

/// Reads all words, in a thread of its own.
pub(crate) fn text(bytes: &Arc<Vec<u8>>, password: Option<&Password>, limits: &Limits) -> Result<Text, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(RejectReason::Damaged, "the file is empty"));
    }
    if bytes.len() as u64 > limits.max_bytes {
        let message = format!("the file has {} MB, and at most {} are read", bytes.len() >> 20, limits.max_bytes >> 20);
        return Err(Refusal::new(RejectReason::TooLarge, message));
    }
    let (shared, password, limits) = (Arc::clone(bytes), password.cloned(), limits.clone());
    isolated::run("reader", move || pages(&shared, password.as_ref(), &limits))
        .unwrap_or_else(|| Err(Refusal::damaged_pdf("the file is damaged so that reading it failed")))
}

fn pages(bytes: &Arc<Vec<u8>>, password: Option<&Password>, limits: &Limits) -> Result<Text, Refusal> {
    let text = password.map_or("", Password::text);
    let pdf = opened(bytes, text).map_err(|error| not_opened(error, bytes, password.is_some()))?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(Refusal::damaged_pdf("the file has no pages"));
    }
    if count > limits.max_pages as usize {
        let message = format!("the file has {count} pages, and at most {} are read", limits.max_pages);
        return Err(Refusal { pages: count as u32, ..Refusal::new(RejectReason::TooLarge, message) });
    }
    let mut text = words_of(&pdf, limits)?;
    text.attached = limits.attachments.then(|| isolated::catch(|| attached::invoice(&pdf)).flatten()).flatten();
    if text.attached.is_none() && text.is_without_words() {
        return Err(without_text(&text));
    }
    Ok(text)
}

/// The file as it is, else without a lock that is not on its pages.
fn opened(bytes: &Arc<Vec<u8>>, password: &str) -> Result<Pdf, LoadPdfError> {
    Pdf::new_with_password(Arc::clone(bytes), password).or_else(|error| {
        let mended = match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => mended::with_open_pages(bytes),
            LoadPdfError::Invalid | LoadPdfError::Decryption(_) => None,
        };
        mended.and_then(|bytes| Pdf::new_with_password(bytes, password).ok()).ok_or(error)
    })
}

fn words_of(pdf: &Pdf, limits: &Limits) -> Result<Text, Refusal> {
    let cache = InterpreterCache::new();
    let mut text = Text::default();
    let mut left = limits.max_words as usize;
    let begun = Instant::now();
    for (number, page) in (1_u32..).zip(pdf.pages().iter()) {
        let (width, height) = page.render_dimensions();
        if begun.elapsed() > limits.max_time {
            text.out_of_time.get_or_insert(text.pages.len());
            text.pages.push(PageText { size: [f64::from(width), f64::from(height)], ..PageText::default() });
            continue;
        }
        // A word has a dozen letters at most in the mean; a page with more of them is over the limit in any case.
        let max_glyphs = left.saturating_mul(12).saturating_add(12);
        let read = isolated::catch(|| {
            let (glyphs, rules) = glyphs::of_page(page, &cache, max_glyphs);
            (words::from_glyphs(&glyphs), rules)
        });
        if read.is_none() {
            text.failed.push(number);
        }
        let (words, rules) = read.unwrap_or_default();
        if words.len() > left {
            let message = format!("the file has more than {} words", limits.max_words);
            return Err(Refusal::new(RejectReason::TooLarge, message));
        }
        left -= words.len();
        text.pages.push(PageText { size: [f64::from(width), f64::from(height)], words, rules });
    }
    Ok(text)
}

fn without_text(text: &Text) -> Refusal {
    let pages = text.pages.len() as u32;
    let plural = if pages == 1 { "page" } else { "pages" };
    let refusal = if text.failed.len() == text.pages.len() {
        Refusal::damaged_pdf(format!("none of the {pages} {plural} could be read"))
    } else if text.word_count() > 0 {
        let message = format!("{pages} {plural} whose letters carry no meaning: a scan or a font without its alphabet");
        Refusal { may_be_read_otherwise: true, ..Refusal::new(RejectReason::NoTextLayer, message) }
    } else {
        Refusal::new(RejectReason::NoTextLayer, format!("{pages} {plural} without a text layer, probably a scan"))
    };
    let page_sizes = text.pages.iter().map(|page| page.size).collect();
    Refusal { pages, page_sizes, ..refusal }
}

fn not_opened(error: LoadPdfError, bytes: &[u8], tried: bool) -> Refusal {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) if tried => {
            Refusal::new(RejectReason::NeedsPassword, "the file is locked, and this is not its password")
        }
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Refusal::new(
            RejectReason::NeedsPassword,
            "the file is locked with a password; read it again with the password, or save a copy without one",
        ),
        LoadPdfError::Decryption(
            DecryptionError::MissingIDEntry
            | DecryptionError::InvalidEncryption
            | DecryptionError::UnsupportedAlgorithm,
        ) => Refusal::damaged_pdf("the file is encrypted in a way that cannot be undone"),
        LoadPdfError::Invalid if has_header(bytes) => Refusal::damaged_pdf(looks_like(bytes)),
        LoadPdfError::Invalid => Refusal::new(RejectReason::Damaged, looks_like(bytes)),
    }
}

/// Whether it says of itself that it is a PDF.
fn has_header(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// Says what a file is that does not open as a PDF.
fn looks_like(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(1024)];
    let has = |needle: &[u8]| head.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle));
    if has_header(bytes) {
        "the file begins like a PDF but is damaged or cut off"
    } else if has(b"<html") || has(b"<!doctype html") {
        "this is a web page, not a PDF; print it to PDF from the browser"
    } else if head.starts_with(b"PK\x03\x04") {
        "this is a ZIP archive or an office document, not a PDF"
    } else if head.starts_with(b"\x89PNG") || head.starts_with(b"\xff\xd8\xff") || head.starts_with(b"GIF8") {
        "this is a picture, not a PDF"
    } else if head.iter().all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()) {
        "this is a text file, not a PDF"
    } else {
        "this is not a PDF"
    }
}
