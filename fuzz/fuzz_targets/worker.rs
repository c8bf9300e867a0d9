//! The worker's conversation: for whatever comes in, a document is answered with a whole line or not at all.
//!
//! The first byte chooses between raw input and a document with a right request before it, with its tables and labelled values
//! or without. Readers of others may panic, which the worker survives; code of this repository may not.

#![no_main]

use std::panic::PanicHookInfo;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use signwright_domain::record::Extraction;
use signwright_intake::{Ask, Limits, Readers, Request, send, worker_main};

/// Ends the run where the panic is one of our own, also where it would be caught.
fn told(panic: &PanicHookInfo<'_>) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("crates");
    if panic.location().is_some_and(|location| Path::new(location.file()).starts_with(own)) {
        eprintln!("{panic}\n{}", std::backtrace::Backtrace::force_capture());
        std::process::abort();
    }
}

fuzz_target!(init: std::panic::set_hook(Box::new(told)), |bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let mut output = Vec::new();
    if choice % 4 == 0 {
        let _ = worker_main(bytes, &mut output, || true);
        return;
    }
    let reader = if choice % 4 == 1 { Readers::First } else { Readers::Both };
    let mut input = Vec::new();
    let limits = Limits { structure: choice / 4 % 2 == 0, ..Limits::default() };
    let request = Request { ask: Ask::Read(reader), limits, ..Request::default() };
    send(&mut input, &request, bytes).expect("memory takes it");
    worker_main(input.as_slice(), &mut output, || true).expect("a right request is answered");
    assert_eq!(output.pop(), Some(b'\n'));
    let extraction: Extraction = serde_json::from_slice(&output).expect("one extraction");
    assert!(!extraction.words.is_empty() || !extraction.parsed.rejects.is_empty());
});
