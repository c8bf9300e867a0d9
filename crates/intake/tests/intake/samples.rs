//! The sample shop's files: every printed document is read whole, every list is understood.

use std::path::{Path, PathBuf};

use signwright_domain::Currency;
use signwright_domain::record::{ACCEPT, DocumentKind, ReadState, RecordKind, RejectReason};
use signwright_intake::{Limits, read_pdf, read_table};

fn folder(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample-data").join(name);
    if !folder.is_dir() {
        eprintln!("SKIPPED: there is no folder sample-data/{name}");
    }
    folder.is_dir().then_some(folder)
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "pdf")).collect();
    files.sort();
    files
}

#[test]
fn printed_cost_summaries_are_read_whole() {
    let Some(folder) = folder("cost-summaries") else { return };
    let mut layouts = std::collections::BTreeMap::<String, usize>::new();
    let mut doubtful = Vec::new();
    for path in pdfs(&folder) {
        let extraction = read_pdf(&std::fs::read(&path).expect("a readable file"), &Limits::default());
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        assert_eq!((extraction.state, extraction.kind), (ReadState::Read, DocumentKind::CostSummary), "{name}");
        let record = &extraction.parsed.records[0];
        assert!(name.ends_with(&record.key), "{name} {}", record.key);
        *layouts.entry(extraction.layout.clone().unwrap_or_default()).or_default() += 1;
        for field in ["customer", "estimator", "run_date", "completed_on", "total_cost", "labour_cost", "actual_hours"]
        {
            assert!(record.fields.contains_key(field), "{name} has no {field}");
        }
        assert!(extraction.parsed.checks.len() >= 3, "{name}: {:?}", extraction.parsed.checks);
        assert!(extraction.agreement.is_some_and(|share| share > 0.99), "{name}: {:?}", extraction.agreement);
        if extraction.parsed.rejects.is_empty() {
            let below = record.fields.iter().filter(|(_, field)| field.confidence < ACCEPT).map(|(f, x)| (f, &x.raw));
            assert_eq!(below.collect::<Vec<_>>(), [], "{name}");
        } else {
            let messages = extraction.parsed.rejects.iter().map(|reject| reject.message.clone());
            doubtful.push((name, messages.collect::<Vec<_>>()));
        }
    }
    eprintln!("{layouts:?}, with rejects: {doubtful:#?}");
    assert_eq!(layouts.len(), 2);
    assert!(doubtful.len() * 10 <= layouts.values().sum::<usize>(), "{doubtful:?}");
}

#[test]
fn vendor_bills_are_read_whole() {
    let Some(folder) = folder("bills") else { return };
    for path in pdfs(&folder) {
        let extraction = read_pdf(&std::fs::read(&path).expect("a readable file"), &Limits::default());
        assert_eq!(extraction.kind, DocumentKind::VendorBill, "{}", path.display());
        let record = &extraction.parsed.records[0];
        assert!(!record.lines.is_empty() && record.fields.contains_key("work_order"), "{}", path.display());
        let failed: Vec<&str> = extraction.parsed.rejects.iter().map(|reject| reject.message.as_str()).collect();
        assert!(extraction.parsed.rejects.iter().all(|r| r.reason == RejectReason::DoesNotAddUp), "{failed:?}");
        assert!(extraction.parsed.checks.len() >= 2 + record.lines.len(), "{}", path.display());
    }
}

#[test]
fn lists_are_understood() {
    let Some(folder) = folder("") else { return };
    for (file, kind, at_least) in [
        ("crm/customers.csv", RecordKind::Customer, 20),
        ("crm/opportunities.csv", RecordKind::Opportunity, 100),
        ("crm/quotes.xlsx", RecordKind::Quote, 1_000),
        ("erp/work-orders.csv", RecordKind::WorkOrder, 1_000),
        ("prices/material-prices.csv", RecordKind::MaterialPrice, 100),
    ] {
        let Ok(bytes) = std::fs::read(folder.join(file)) else {
            eprintln!("SKIPPED: there is no sample-data/{file}");
            continue;
        };
        let reading = read_table(file, &bytes, Currency::USD).expect("a table");
        assert_eq!(reading.understood.kind, Some(kind), "{file}");
        let (records, rejects) = (reading.parsed.records.len(), &reading.parsed.rejects);
        let unused: Vec<&str> =
            reading.understood.columns.iter().filter(|c| c.field.is_none()).map(|c| c.header.as_str()).collect();
        eprintln!("{file}: {records} records, {} rejects, unused {unused:?}", rejects.len());
        for reject in rejects.iter().take(8) {
            eprintln!("    {:?} {:?} {}", reject.reason, reject.place, reject.message);
        }
        assert!(records >= at_least, "{file}: {records}");
        assert!(rejects.len() * 50 <= records, "{file}: {} rejects", rejects.len());
    }
}
