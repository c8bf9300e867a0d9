//! Values of a file that were read but cannot be right. They are kept as they stand; the file says so.

use jiff::civil::Date;
use signwright_domain::record::{Record, RecordKind};
use signwright_domain::sanity::{Severity, check_record};

use super::reading::Reading;

/// So many are told one by one.
const SHOWN: usize = 100;
/// Where more than this share of at least so many totals are not the sum of their parts, the file lacks a part.
const FEW: (f64, usize) = (0.2, 10);

/// What cannot be right, in sentences; and puts the first of them into the file's message where it has none.
pub(super) fn note(reading: &mut Reading, today: Date) -> Vec<String> {
    let mut told = told(&reading.parsed.records, today);
    let all = told.len();
    told.truncate(SHOWN);
    if all > SHOWN {
        told.push(format!("and {} more values that cannot be right", all - SHOWN));
    }
    if reading.message.is_none() {
        reading.message = match told.as_slice() {
            [] => None,
            [one] => Some(format!("1 value to look at: {one}")),
            [first, ..] => Some(format!("{all} values to look at, such as {first}")),
        };
    }
    told
}

fn told(records: &[Record], today: Date) -> Vec<String> {
    let mut sums = Vec::new();
    let mut told = Vec::new();
    for record in records {
        for warning in check_record(record, today) {
            let at = record.fields.get(&warning.driver).map_or(String::new(), |field| format!(" ({})", field.at));
            let sentence = format!("{} {}{at}: {}", record.kind.label(), record.key, warning.message);
            let told = if warning.severity == Severity::Error { &mut told } else { &mut sums };
            told.push(sentence);
        }
    }
    let accounts = |record: &&Record| matches!(record.kind, RecordKind::WorkOrder | RecordKind::CostSummary);
    let totals = records.iter().filter(accounts).filter(|record| record.money("total_cost").is_some()).count();
    if sums.len() >= FEW.1 && sums.len() as f64 > FEW.0 * totals as f64 {
        sums = vec![format!(
            "in {} of {totals} rows the total cost is not the sum of its parts: is a part missing in the file?",
            sums.len()
        )];
    }
    told.extend(sums);
    told
}
