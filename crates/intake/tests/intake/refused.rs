//! Files that are no readable PDF: one reject each, with a reason and a sentence.

use signwright_domain::record::{DocumentKind, Extraction, ReadState, RejectReason};
use signwright_intake::{Ask, Limits, Readers, Request, read_pdf, send, worker_main};

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

fn asked(request: &Request, document: &[u8]) -> Vec<Extraction> {
    let mut input = Vec::new();
    send(&mut input, request, document).expect("written");
    send(&mut input, &Request::default(), b"no document").expect("written");
    let mut output = Vec::new();
    worker_main(input.as_slice(), &mut output, || true).expect("answered");
    output.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
}

#[test]
fn the_worker_answers_each_document_with_one_line() {
    let pdf = Paper::spool(&["HELLO THERE"]).print();
    let [first, second] = asked(&Request::default(), &pdf).try_into().expect("two answers");
    assert_eq!(first, read_pdf(&pdf, &Limits::default()));
    assert_eq!(second.state, ReadState::Damaged);
    let limits = Limits { max_bytes: 5, ..Limits::default() };
    let [first, second] = asked(&Request { limits, ..Request::default() }, &pdf).try_into().expect("two answers");
    assert_eq!((first.state, second.state), (ReadState::TooLarge, ReadState::Damaged));
}

#[test]
fn the_worker_ends_when_it_is_not_to_go_on() {
    let mut input = Vec::new();
    for _ in 0..3 {
        send(&mut input, &Request::default(), b"no document").expect("written");
    }
    let (mut output, mut left) = (Vec::new(), 2);
    let go_on = || {
        left -= 1;
        left > 0
    };
    worker_main(input.as_slice(), &mut output, go_on).expect("answered");
    assert_eq!(output.iter().filter(|byte| **byte == b'\n').count(), 2);
}

#[test]
fn each_reader_reads_alone() {
    let pdf = Paper::spool(&["HELLO THERE 12", "", "THIRD 7"]).print();
    let alone = |reader| asked(&Request { ask: Ask::Read(reader), ..Request::default() }, &pdf).remove(0);
    let (first, second) = (alone(Readers::First), alone(Readers::Second));
    assert_eq!((first.state, first.agreement), (ReadState::Read, None));
    assert_eq!((second.state, second.pages), (ReadState::PartlyRead, 3));
    let words = |extraction: &Extraction| {
        extraction.words.iter().map(|word| (word.text.clone(), word.page)).collect::<Vec<_>>()
    };
    assert_eq!(words(&first), words(&second));
    for (a, b) in first.words.iter().zip(&second.words) {
        assert!(a.bbox.iter().zip(b.bbox).all(|(a, b)| (a - b).abs() < 1.0), "{a:?} {b:?}");
    }
}
