//! The labour of a job from several files. A cost summary or a list by work code tells all of it, and the newest one counts.
//! Rows by day (timesheets) tell of a period: those of several files are put together, and of two files that tell of the
//! same entry the newer one counts, whether it says more, less or the same.
//!
//! An entry is its own number where the export has one, else the work order's sheet, date, employee, department and work
//! code. Two rows of one file under one name are two stints of that day, and both count. Rows that name neither employee nor
//! department are not known again in another file: where two files have some of one day, nothing is added up.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use signwright_domain::record::{Place, RecordLine, Section, Value};
use signwright_store::records::SourceRecord;

/// A line with the document it stands in.
type Told<'r> = (&'r RecordLine, &'r str);

/// Labour lines, each with the document it stands in.
pub(super) struct Labour<'r> {
    pub(super) lines: Vec<Told<'r>>,
    /// The hours of all entries by day, where nothing tells of the whole job and no two of them may be one.
    pub(super) hours: Option<Decimal>,
}

/// The labour lines of a job whose sources are given oldest import first.
pub(super) fn of(sources: &[SourceRecord]) -> Labour<'_> {
    let (by_day, whole): (Vec<_>, Vec<_>) =
        sources.iter().filter(|source| has_labour(source)).partition(|source| is_by_day(source));
    // An account that says what was worked is whole, also before a newer one of estimates.
    if let Some(account) = whole.iter().rev().find(|source| tells_hours(source)) {
        return Labour { lines: told(account).collect(), hours: None };
    }
    // Estimates alone leave room for the entries.
    let mut lines: Vec<_> = whole.into_iter().next_back().into_iter().flat_map(told).collect();
    let entries = entries(&by_day);
    let hours = if entries.are_sure { sum(&entries.lines) } else { None };
    lines.extend(entries.lines);
    Labour { lines, hours }
}

struct Entries<'r> {
    lines: Vec<Told<'r>>,
    /// No two of different files may be the same work.
    are_sure: bool,
}

/// Of each entry the rows of the newest file that has it, in the order of their days.
fn entries<'r>(by_day: &[&'r SourceRecord]) -> Entries<'r> {
    let mut newest: BTreeMap<Vec<String>, (usize, Vec<Told<'r>>)> = BTreeMap::new();
    let (mut nameless, mut are_sure) = (BTreeMap::new(), true);
    for (file, source) in by_day.iter().enumerate() {
        for (line, sha256) in told(source) {
            let mut name = name(line);
            if is_nameless(line) {
                are_sure &= *nameless.entry(said(line, "date")).or_insert(file) == file;
                name.push(file.to_string());
            }
            let entry = newest.entry(name).or_insert_with(|| (file, Vec::new()));
            if entry.0 != file {
                *entry = (file, Vec::new());
            }
            entry.1.push((line, sha256));
        }
    }
    let mut lines: Vec<_> = newest.into_values().flat_map(|(_, lines)| lines).collect();
    lines.sort_by_cached_key(|(line, _)| ["date", "department", "work_code", "employee"].map(|name| said(line, name)));
    Entries { lines, are_sure }
}

/// What tells one entry from the others.
fn name(line: &RecordLine) -> Vec<String> {
    let own = said(line, "time_entry");
    if own.is_empty() {
        let names = ["timesheet", "date", "employee", "department", "work_code"];
        names.iter().map(|name| said(line, name).to_lowercase()).collect()
    } else {
        vec![own]
    }
}

/// Whether the day, and at most the work, is all that is said of an entry.
fn is_nameless(line: &RecordLine) -> bool {
    ["time_entry", "timesheet", "employee", "department"].iter().all(|name| said(line, name).is_empty())
}

fn said(line: &RecordLine, name: &str) -> String {
    line.fields.get(name).map(|field| field.value.to_string()).unwrap_or_default()
}

/// All hours, where every entry has some.
fn sum(entries: &[Told<'_>]) -> Option<Decimal> {
    let hours = entries.iter().map(|(line, _)| match line.fields.get("actual_hours")?.value {
        Value::Number(hours) => Some(hours),
        Value::Text(_) | Value::Money(_) | Value::Date(_) | Value::Flag(_) => None,
    });
    let hours: Vec<Decimal> = hours.collect::<Option<_>>()?;
    let total = hours.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one))?;
    (!hours.is_empty()).then_some(total)
}

fn told(source: &SourceRecord) -> impl Iterator<Item = Told<'_>> {
    let labour = source.record.lines.iter().filter(|line| line.section == Section::Labour);
    labour.map(|line| (line, source.sha256.as_str()))
}

fn has_labour(source: &SourceRecord) -> bool {
    told(source).next().is_some()
}

fn tells_hours(source: &SourceRecord) -> bool {
    told(source).any(|(line, _)| line.fields.contains_key("actual_hours"))
}

/// Rows of a table with a day. The days of a printed summary are those of the whole job.
fn is_by_day(source: &SourceRecord) -> bool {
    let in_table =
        |line: &RecordLine| line.fields.get("date").is_some_and(|field| matches!(field.at, Place::Cell { .. }));
    told(source).any(|(line, _)| in_table(line))
}
