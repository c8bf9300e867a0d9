//! Values of a file that were read but cannot be right. They are kept as they stand; the file says so.

use jiff::civil::Date;
use signwright_domain::record::{Record, RecordKind};
use signwright_domain::sanity::{Severity, check_record};

use super::reading::Reading;

/// So many are told one by one.
const SHOWN: usize = 100;
/// Where more than this share of at least so many totals are not the sum of their parts, the file lacks a part.
const FEW: (f64, usize) = (0.2, 10);

/// What cannot be right, as records come in.
#[derive(Debug, Default)]
pub(super) struct Suspects {
    told: Vec<String>,
    told_in_all: usize,
    sums: Vec<String>,
    sums_in_all: usize,
    totals: usize,
}

impl Suspects {
    pub(super) fn add(&mut self, records: &[Record], today: Date) {
        for record in records {
            let account = matches!(record.kind, RecordKind::WorkOrder | RecordKind::CostSummary);
            self.totals += usize::from(account && record.money("total_cost").is_some());
            for warning in check_record(record, today) {
                let (list, all) = match warning.severity {
                    Severity::Error => (&mut self.told, &mut self.told_in_all),
                    Severity::Warning | Severity::Info => (&mut self.sums, &mut self.sums_in_all),
                };
                *all += 1;
                if list.len() < SHOWN {
                    let at =
                        record.fields.get(&warning.driver).map_or(String::new(), |field| format!(" ({})", field.at));
                    list.push(format!("{} {}{at}: {}", record.kind.label(), record.key, warning.message));
                }
            }
        }
    }

    /// Sentences, and the message of a file that has no other.
    pub(super) fn told(mut self) -> (Vec<String>, Option<String>) {
        if self.sums_in_all >= FEW.1 && self.sums_in_all as f64 > FEW.0 * self.totals as f64 {
            self.sums = vec![format!(
                "in {} of {} rows the total cost is not the sum of its parts: is a part missing in the file?",
                self.sums_in_all, self.totals
            )];
            self.sums_in_all = 1;
        }
        let all = self.told_in_all + self.sums_in_all;
        let mut told = self.told;
        told.extend(self.sums);
        told.truncate(SHOWN);
        if all > told.len() {
            told.push(format!("and {} more values that cannot be right", all - told.len()));
        }
        let message = match told.as_slice() {
            [] => None,
            [one] => Some(format!("1 value to look at: {one}")),
            [first, ..] => Some(format!("{all} values to look at, such as {first}")),
        };
        (told, message)
    }
}

/// What cannot be right, in sentences; and puts the first of them into the file's message where it has none.
pub(super) fn note(reading: &mut Reading, today: Date) -> Vec<String> {
    let mut suspects = Suspects::default();
    suspects.add(&reading.parsed.records, today);
    let (told, message) = suspects.told();
    if reading.message.is_none() {
        reading.message = message;
    }
    told
}
