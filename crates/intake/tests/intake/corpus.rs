//! Real files, where `SIGNWRIGHT_DATA` names a folder that holds them: every PDF ends in words or a plain statement, every
//! sheet is read or refused with a sentence.

use std::path::{Path, PathBuf};
use std::time::Instant;

use signwright_domain::Currency;
use signwright_domain::record::{ReadState, RejectReason};
use signwright_intake::{Limits, read_pdf, read_table};

/// The folder of real files, or a clear word that the test is skipped.
fn folder(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SIGNWRIGHT_DATA").map(|data| PathBuf::from(data).join(name)).filter(|f| f.is_dir());
    if folder.is_none() {
        eprintln!("SKIPPED: SIGNWRIGHT_DATA does not name a folder with \"{name}\"");
    }
    folder
}

fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            out.extend(files(&path, extensions));
        } else if path.extension().is_some_and(|e| extensions.iter().any(|known| e.eq_ignore_ascii_case(known))) {
            out.push(path);
        }
    }
    out.sort();
    out
}

#[test]
fn real_pdfs_end_in_words_or_a_plain_statement() {
    let Some(folder) = folder("documents") else { return };
    let (started, mut pages, mut words, mut agreement) = (Instant::now(), 0, 0, Vec::new());
    let (mut states, mut unclear) = (std::collections::BTreeMap::<String, usize>::new(), Vec::new());
    let files = files(&folder, &["pdf"]);
    for path in &files {
        let bytes = std::fs::read(path).expect("a readable file");
        let began = Instant::now();
        let extraction = read_pdf(&bytes, &Limits::default());
        let seconds = began.elapsed().as_secs_f64();
        pages += extraction.pages;
        words += extraction.words.len();
        agreement.extend(extraction.agreement);
        *states.entry(format!("{:?}", extraction.state)).or_default() += 1;
        let name = path.strip_prefix(&folder).unwrap_or(path).display();
        if seconds > 3.0 {
            eprintln!("slow: {name} {seconds:.1} s, {} pages", extraction.pages);
        }
        match extraction.state {
            ReadState::Read => assert!(!extraction.words.is_empty()),
            ReadState::NeedsPassword => assert!(extraction.message.is_some()),
            ReadState::NoTextLayer => eprintln!("{name}: {}", extraction.message.clone().expect("a statement")),
            ReadState::PartlyRead | ReadState::Damaged | ReadState::TooLarge => {
                eprintln!("{name}: {:?}, {}", extraction.state, extraction.message.clone().unwrap_or_default());
                if extraction.state == ReadState::Damaged && !bytes.is_empty() {
                    unclear.push(path.clone());
                }
            }
        }
        if extraction.layout.is_some() {
            let doubts: Vec<RejectReason> = extraction.parsed.rejects.iter().map(|reject| reject.reason).collect();
            eprintln!("{name}: layout {:?}, rejects {doubts:?}", extraction.layout);
        }
    }
    let mean = agreement.iter().sum::<f64>() / agreement.len().max(1) as f64;
    eprintln!(
        "{} PDFs, {pages} pages, {words} words, {states:?}, {:.1} s; {} with a second opinion, mean agreement {mean:.4}",
        files.len(),
        started.elapsed().as_secs_f64(),
        agreement.len()
    );
    assert!(unclear.len() * 100 <= files.len(), "{unclear:?}");
}

#[test]
fn real_sheets_are_read_or_refused_with_a_sentence() {
    let Some(folder) = folder("sheets") else { return };
    for path in files(&folder, &["csv", "xlsx", "xls", "ods"]) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match read_table(&name, &std::fs::read(&path).expect("a readable file"), Currency::USD) {
            Ok(reading) => {
                let parsed = &reading.parsed;
                assert!(reading.understood.kind.is_some() && parsed.records.len() + parsed.rejects.len() > 0);
                let kind = reading.understood.kind;
                eprintln!("{name}: {kind:?}, {} records, {} rejects", parsed.records.len(), parsed.rejects.len());
                for reject in parsed.rejects.iter().take(3) {
                    eprintln!("    {:?} {}", reject.reason, reject.message);
                }
            }
            Err(error) => {
                assert!(error.to_string().contains(&name));
                eprintln!("{error}");
            }
        }
    }
}
