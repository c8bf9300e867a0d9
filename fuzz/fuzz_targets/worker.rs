//! The worker's conversation: for whatever comes in, a document is answered with a whole line or not at all.
//!
//! The first byte chooses between raw input and a document with a right request before it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signwright_domain::record::Extraction;
use signwright_intake::{Ask, Readers, Request, send, worker_main};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let mut output = Vec::new();
    if choice % 4 == 0 {
        let _ = worker_main(bytes, &mut output, || true);
        return;
    }
    let reader = if choice % 4 == 1 { Readers::First } else { Readers::Both };
    let mut input = Vec::new();
    let request = Request { ask: Ask::Read(reader), ..Request::default() };
    send(&mut input, &request, bytes).expect("memory takes it");
    worker_main(input.as_slice(), &mut output, || true).expect("a right request is answered");
    assert_eq!(output.pop(), Some(b'\n'));
    let extraction: Extraction = serde_json::from_slice(&output).expect("one extraction");
    assert!(!extraction.words.is_empty() || !extraction.parsed.rejects.is_empty());
});
