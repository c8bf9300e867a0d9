//! The documents that the repository carries give every number that two other readers print. Real files, where
//! `SIGNWRIGHT_DATA` names a folder that holds them: every PDF ends in words or a plain statement, every sheet is read or
//! refused with a sentence. What is printed are the figures of docs/benchmarks.md.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use signwright_domain::Currency;
use signwright_domain::printed::TableRow;
use signwright_domain::record::{Place, ReadState, RejectReason};
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

/// How often each number is printed.
fn numbers<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    let runs = texts.into_iter().flat_map(|text| text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ','));
    let mut counts = HashMap::new();
    for number in runs.map(|run| run.trim_matches(['.', ','])).filter(|run| !run.is_empty()) {
        *counts.entry(number).or_insert(0) += 1;
    }
    counts
}

#[test]
fn carried_documents_give_the_numbers_that_two_other_readers_print() {
    let (mut found, mut total, mut files, mut pages, mut lost) = (0, 0, 0, 0, Vec::new());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let began = Instant::now();
    for line in include_str!("../corpus/numbers.txt").lines() {
        let mut cells = line.split('\t');
        let name = cells.next().expect("a name");
        let extraction = read_pdf(&std::fs::read(root.join(name)).expect("a readable file"), &Limits::default());
        assert_eq!(extraction.state, ReadState::Read, "{name}");
        let ours = numbers(extraction.words.iter().map(|word| word.text.as_str()));
        for (number, printed) in numbers(cells) {
            let seen = printed.min(ours.get(number).copied().unwrap_or(0));
            (found, total) = (found + seen, total + printed);
            lost.extend((seen < printed).then(|| format!("{name}: {number}")));
        }
        (files, pages) = (files + 1, pages + extraction.pages);
    }
    let seconds = began.elapsed().as_secs_f64();
    let recall = f64::from(found as u32) / f64::from(total as u32);
    eprintln!("{files} PDFs, {pages} pages, {found} of {total} numbers ({recall:.4}), {seconds:.1} s; lost: {lost:?}");
    assert!(total > 10_000 && recall >= 0.999, "{recall}: {lost:?}");
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
    assert!(unclear.len() * 200 <= files.len(), "{unclear:?}");
    assert!(agreement.len() * 2 > files.len() && mean >= 0.9, "agreement {mean} over {}", agreement.len());
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

/// What the readers of these documents take for one line stands in one row of a table that knows nothing of them.
#[test]
fn carried_documents_give_their_lines_as_rows_of_tables() {
    let (mut found, mut total, mut tables, mut lost) = (0_u32, 0_u32, 0, std::collections::BTreeMap::new());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for line in include_str!("../corpus/numbers.txt").lines() {
        let name = line.split('\t').next().expect("a name");
        let limits = Limits { structure: true, ..Limits::default() };
        let extraction = read_pdf(&std::fs::read(root.join(name)).expect("a readable file"), &limits);
        tables += extraction.tables.len();
        let rows = || extraction.tables.iter().flat_map(|table| &table.rows);
        for line in extraction.parsed.records.iter().flat_map(|record| &record.lines) {
            let printed =
                line.fields.values().filter(|field| matches!(field.at, Place::Page { bbox, .. } if bbox != [0.0; 4]));
            let raws: Vec<&str> = printed.map(|field| field.raw.as_str()).collect();
            let holds = |row: &TableRow| raws.iter().all(|raw| row.cells.iter().any(|cell| cell.text.contains(raw)));
            let right = raws.len() > 1 && rows().any(holds);
            (found, total) = (found + u32::from(right), total + u32::from(raws.len() > 1));
            if !right && raws.len() > 1 {
                *lost.entry(name.to_owned()).or_insert(0) += 1;
            }
        }
    }
    let share = f64::from(found) / f64::from(total);
    eprintln!("{tables} tables, {found} of {total} lines are rows ({share:.4}); lost: {lost:?}");
    assert!(total > 500 && share >= LINES_AS_ROWS, "{share}: {lost:?}");
}

/// The share of the carried documents' lines that are whole rows.
const LINES_AS_ROWS: f64 = 0.98;
