//! The second reader: an independent look at the same file, to see whether the printed numbers agree.
//!
//! It is allowed to fail. Where it panics, stops answering or refuses the file there is simply no second opinion; where it
//! ends the whole process, the parent asks again for the first reader alone.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use pdf_extract::{Document, PlainTextOutput};

use super::isolated;

/// How long the second reader may take; after that its opinion is not waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// The numbers of a document as the second reader sees them, with how often each is printed.
#[derive(Debug)]
pub(crate) struct SecondOpinion {
    counts: HashMap<String, usize>,
}

impl SecondOpinion {
    /// `None` where the second reader cannot read the file.
    pub(super) fn ask(bytes: &Arc<Vec<u8>>, password: &str) -> Option<Self> {
        let (bytes, password) = (Arc::clone(bytes), password.to_owned());
        let (sender, answer) = mpsc::channel();
        isolated::spawn("second reader", move || {
            // Nobody waits any more where the answer comes too late.
            let _ = sender.send(text(&bytes, &password));
        })?;
        let text = answer.recv_timeout(PATIENCE).ok()??;
        Some(Self::from_text(&text))
    }

    fn from_text(text: &str) -> Self {
        let mut counts = HashMap::new();
        for number in numbers(text) {
            *counts.entry(number.to_owned()).or_insert(0) += 1;
        }
        Self { counts }
    }

    /// The share of the first reader's numbers that the second one sees too, 0 to 1; `None` where there are none.
    pub(super) fn agreement<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Option<f64> {
        let mut left = self.counts.clone();
        let (mut seen, mut agreed) = (0_usize, 0_usize);
        for number in words.into_iter().flat_map(numbers) {
            seen += 1;
            if let Some(count) = left.get_mut(number).filter(|count| **count > 0) {
                *count -= 1;
                agreed += 1;
            }
        }
        (seen > 0).then(|| agreed as f64 / seen as f64)
    }

    /// Whether the second reader sees every number of this text somewhere in the document.
    pub(crate) fn confirms(&self, raw: &str) -> bool {
        numbers(raw).all(|number| self.counts.contains_key(number))
    }
}

fn text(bytes: &[u8], password: &str) -> Option<String> {
    let mut text = String::new();
    pdf_extract::output_doc(&opened(bytes, password)?, &mut PlainTextOutput::new(&mut text)).ok()?;
    Some(text)
}

/// The document as the second reader opens it.
pub(super) fn opened(bytes: &[u8], password: &str) -> Option<Document> {
    let mut document = Document::load_mem(bytes).ok()?;
    if document.is_encrypted() {
        document.decrypt(password).ok()?;
    }
    Some(document)
}

/// Runs of digits with points and commas inside.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .map(|run| run.trim_matches(['.', ',']))
        .filter(|run| !run.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_counts_each_printed_number_once() {
        let second = SecondOpinion::from_text("WO 20431 total 1,234.50 and 12 and 12.");
        assert_eq!(second.agreement(["20431", "$1,234.50", "12", "12"]), Some(1.0));
        assert_eq!(second.agreement(["12", "12", "12", "13"]), Some(0.5));
        assert_eq!(second.agreement(["no", "numbers"]), None);
        assert!(second.confirms("1,234.50-"));
        assert!(!second.confirms("1,234.60"));
    }
}
