//! Files that are no readable PDF: one reject each, with a reason and a sentence.

use signwright_domain::record::{DocumentKind, Extraction, ReadState, RejectReason};
use signwright_intake::{Limits, read_pdf, worker_main};

use crate::paper::Paper;

fn check(bytes: &[u8], limits: &Limits, state: ReadState, reason: RejectReason, words: &str) {
    let extraction = read_pdf(bytes, limits);
    assert_eq!((extraction.state, extraction.kind), (state, DocumentKind::Other));
    let [reject] = extraction.parsed.rejects.as_slice() else { panic!("{:?}", extraction.parsed.rejects) };
    assert_eq!(reject.reason, reason);
    assert_eq!(Some(&reject.message), extraction.message.as_ref());
    assert!(reject.message.contains(words), "{}", reject.message);
}

#[test]
fn what_is_no_pdf_says_what_it_is() {
    let damaged = |bytes: &[u8], words| {
        check(bytes, &Limits::default(), ReadState::Damaged, RejectReason::Damaged, words);
    };
    damaged(b"", "the file is empty");
    damaged(b"<!DOCTYPE html><html><body>Invoice</body></html>", "web page");
    damaged(b"PK\x03\x04 something", "ZIP archive or an office document");
    damaged(b"\x89PNG\r\n\x1a\n", "picture");
    damaged(b"plain text", "text file");
    damaged(&(0_u32..4000).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect::<Vec<_>>(), "not a PDF");
    damaged(b"%PDF-1.7\n%cut off", "damaged or cut off");
}

#[test]
fn limits_hold() {
    let pdf = Paper::spool(&["one two three", "four"]).print();
    let too_large = |limits: Limits, words| check(&pdf, &limits, ReadState::TooLarge, RejectReason::TooLarge, words);
    too_large(Limits { max_bytes: 10, ..Limits::default() }, "MB");
    too_large(Limits { max_pages: 1, ..Limits::default() }, "2 pages");
    too_large(Limits { max_words: 3, ..Limits::default() }, "more than 3 words");
}

#[test]
fn a_page_without_text_is_no_text_layer() {
    let pdf = Paper::spool(&[""]).print();
    check(&pdf, &Limits::default(), ReadState::NoTextLayer, RejectReason::NoTextLayer, "1 page without a text layer");
}

#[test]
fn a_document_without_known_layout_keeps_its_words() {
    let extraction = read_pdf(&Paper::spool(&["MINUTES OF THE MEETING", "12 people came"]).print(), &Limits::default());
    assert_eq!((extraction.state, extraction.kind, extraction.layout), (ReadState::Read, DocumentKind::Other, None));
    assert_eq!(extraction.words.len(), 7);
    assert_eq!(extraction.parsed.rejects[0].reason, RejectReason::UnknownLayout);
    assert_eq!(extraction.agreement, Some(1.0));
}

#[test]
fn the_worker_answers_with_one_json_document() {
    let pdf = Paper::spool(&["HELLO THERE"]).print();
    let mut output = Vec::new();
    worker_main(pdf.as_slice(), &mut output, &Limits::default()).expect("written");
    let extraction: Extraction = serde_json::from_slice(&output).expect("one document");
    assert_eq!(extraction, read_pdf(&pdf, &Limits::default()));
    let mut output = Vec::new();
    worker_main(pdf.as_slice(), &mut output, &Limits { max_bytes: 5, ..Limits::default() }).expect("written");
    let extraction: Extraction = serde_json::from_slice(&output).expect("one document");
    assert_eq!(extraction.state, ReadState::TooLarge);
}
