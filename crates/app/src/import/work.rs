//! Which jobs a record speaks of, and each of them made anew from all that is known.
//!
//! A job is its work order; before there is one, its quote. A quote may have led to several work orders: each is a job of
//! its own, with the quote's specification. A work order that repeats another one's row is still another work order.

use std::collections::BTreeSet;

use rust_decimal::prelude::ToPrimitive;
use signwright_domain::job::Job;
use signwright_domain::record::{JobPart, Record, RecordKind, RecordLine, Section, Value};
use signwright_domain::sanity::{Rules, Warning};
use signwright_store::jobs::{JobLine, flags};
use signwright_store::records::{self, SourceRecord, Written};
use signwright_store::{Change, Db, jobs};

use super::labour::{self, Labour};
use super::merge;
use crate::{CallError, rules};

/// A job by its work order and quote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    work_order: Option<String>,
    quote_number: Option<String>,
}

/// Makes anew every job that one of the records speaks of.
pub(crate) fn of_records<'r>(db: &Db<'_>, changed: impl IntoIterator<Item = &'r Record>) -> Result<(), CallError> {
    let rules = rules::in_force(db)?;
    each(db, &rules, changed.into_iter().map(|record| (Told::by_record(record), None)))
}

/// The same for rows of a table, some with the job that they make alone.
pub(super) fn of_rows<'r>(
    db: &Db<'_>,
    rules: &Rules,
    changed: impl IntoIterator<Item = (&'r Written, Option<&'r Alone>)>,
) -> Result<(), CallError> {
    each(db, rules, changed.into_iter().map(|(written, alone)| (Told::by_row(written), alone)))
}

fn each<'r>(
    db: &Db<'_>,
    rules: &Rules,
    changed: impl Iterator<Item = (Told<'r>, Option<&'r Alone>)>,
) -> Result<(), CallError> {
    let mut done = BTreeSet::new();
    for (told, alone) in changed {
        for name in named(db, &told)? {
            if !done.contains(&name) {
                match alone {
                    Some(alone) if is_alone(db, &name)? => keep_alone(db, rules, &name, alone)?,
                    Some(_) | None => make(db, rules, &name)?,
                }
                done.insert(name);
            }
        }
    }
    Ok(())
}

/// The job of a record that nothing else speaks of, as most of a first import are, and what the rules say of it.
pub(super) struct Alone {
    job: Job,
    found: Vec<Warning>,
}

impl Alone {
    /// `None` for a record that refers to others.
    pub(super) fn of(record: &Record, rules: &Rules) -> Option<Self> {
        let work_order = match record.kind.job_part() {
            JobPart::Account => Some(record.key.clone()),
            JobPart::Quote => record.value("work_order").map(Value::to_string),
            JobPart::Opportunity | JobPart::None => return None,
        };
        let refers = !record.lines.is_empty() || record.fields.contains_key("opportunity");
        (!refers).then(|| {
            let job = merge::job(std::slice::from_ref(record), work_order);
            Self { found: rules::found_alone(rules, &job), job }
        })
    }
}

/// What a record says about the names of jobs.
struct Told<'r> {
    part: JobPart,
    key: &'r str,
    work_order: Option<String>,
    quote_number: Option<String>,
}

impl<'r> Told<'r> {
    fn by_record(record: &'r Record) -> Self {
        let text = |field: &str| record.value(field).map(Value::to_string);
        let (work_order, quote_number) = (text("work_order"), text("quote_number"));
        Self { part: record.kind.job_part(), key: &record.key, work_order, quote_number }
    }

    fn by_row(written: &'r Written) -> Self {
        let (part, names) = (written.kind.job_part(), &written.names);
        Self { part, key: &written.key, work_order: names.work_order.clone(), quote_number: names.quote_number.clone() }
    }
}

/// A bill is evidence for a job's cost, not part of it; so are other printed papers, which are kept as documents.
fn named(db: &Db<'_>, told: &Told<'_>) -> Result<Vec<Name>, CallError> {
    Ok(match told.part {
        JobPart::Account => {
            let quote_number = match &told.quote_number {
                Some(number) => Some(number.clone()),
                None => records::quote_of(db, told.key)?,
            };
            vec![Name { work_order: Some(told.key.to_owned()), quote_number }]
        }
        JobPart::Quote => of_quote(db, told.key, told.work_order.clone())?,
        JobPart::Opportunity => jobs::of_opportunity(db, told.key)?
            .into_iter()
            .map(|job| Name { work_order: job.work_order, quote_number: job.quote_number })
            .collect(),
        JobPart::None => Vec::new(),
    })
}

/// Every work order that the quote names or that names the quote; the quote alone where there is none.
pub(super) fn of_quote(db: &Db<'_>, quote: &str, own: Option<String>) -> Result<Vec<Name>, CallError> {
    let sources = records::for_job(db, None, Some(quote))?;
    let named = sources.into_iter().filter(|source| is_account(&source.record)).map(|source| source.record.key);
    let work_orders: BTreeSet<String> = named.chain(own).collect();
    let name = |work_order| Name { work_order, quote_number: Some(quote.to_owned()) };
    if work_orders.is_empty() {
        return Ok(vec![name(None)]);
    }
    Ok(work_orders.into_iter().map(|work_order| name(Some(work_order))).collect())
}

fn is_account(record: &Record) -> bool {
    record.kind.job_part() == JobPart::Account
}

/// Makes anew the jobs that something still speaks of.
pub(super) fn remade(db: &Db<'_>, names: Vec<Name>) -> Result<(), CallError> {
    let rules = rules::in_force(db)?;
    for name in names {
        if !sources(db, name.work_order.as_deref(), name.quote_number.as_deref())?.is_empty() {
            make(db, &rules, &name)?;
        }
    }
    Ok(())
}

/// Whether one record alone speaks of a job: then nothing needs to be looked up.
fn is_alone(db: &Db<'_>, name: &Name) -> Result<bool, CallError> {
    Ok(!records::several_speak_of(db, name.work_order.as_deref(), name.quote_number.as_deref())?)
}

fn keep_alone(db: &Db<'_>, rules: &Rules, name: &Name, alone: &Alone) -> Result<(), CallError> {
    if alone.job.quote_number.is_none() && name.quote_number.is_some() {
        let job = Job { quote_number: name.quote_number.clone(), ..alone.job.clone() };
        let found = rules::found_alone(rules, &job);
        return keep_alone(db, rules, name, &Alone { job, found });
    }
    match jobs::upsert(db, &alone.job)? {
        (_, Change::Unchanged) => Ok(()),
        // Nothing stands there to be replaced.
        (_, Change::Created) if alone.found.is_empty() => Ok(()),
        (id, Change::Created) => Ok(flags::replace(db, id, &alone.found)?),
        (id, Change::Updated) => rules::ask(db, rules, id, &alone.job, &[]),
    }
}

fn make(db: &Db<'_>, rules: &Rules, name: &Name) -> Result<(), CallError> {
    let sources = sources(db, name.work_order.as_deref(), name.quote_number.as_deref())?;
    let records: Vec<Record> = sources.iter().map(|source| source.record.clone()).collect();
    let mut job = merge::job(&records, name.work_order.clone());
    job.quote_number = job.quote_number.or_else(|| name.quote_number.clone());
    let labour = labour::of(&sources);
    job.actual_hours = job.actual_hours.or_else(|| labour.hours.and_then(|hours| hours.to_f64()));
    let (id, _) = jobs::upsert(db, &job)?;
    let lines = lines(&sources, &labour);
    if !lines.is_empty() || !jobs::lines(db, id)?.is_empty() {
        jobs::replace_lines(db, id, &lines)?;
    }
    rules::ask(db, rules, id, &job, &jobs::lines(db, id)?)
}

/// The labour, and of each other section the lines of the newest document that has some: a list of labour leaves the
/// printed material.
fn lines(sources: &[SourceRecord], labour: &Labour<'_>) -> Vec<JobLine> {
    let of = |section: Section| {
        let has = |source: &&SourceRecord| source.record.lines.iter().any(|line| line.section == section);
        let newest = sources.iter().rev().find(has).into_iter();
        newest.flat_map(move |source| {
            let lines = source.record.lines.iter().filter(move |line| line.section == section);
            lines.map(|line| job_line(line, &source.sha256))
        })
    };
    let labour = labour.lines.iter().map(|(line, sha256)| job_line(line, sha256));
    labour.chain([Section::Material, Section::Outplant].into_iter().flat_map(of)).collect()
}

/// Everything that speaks of a job, the newest import last: its own accounts, its quote, and its opportunity.
pub(crate) fn sources(
    db: &Db<'_>,
    work_order: Option<&str>,
    quote_number: Option<&str>,
) -> Result<Vec<SourceRecord>, CallError> {
    let mut sources = records::for_job(db, work_order, quote_number)?;
    // Another work order of the same quote speaks of itself.
    sources.retain(|source| match source.record.kind.job_part() {
        JobPart::Account => work_order == Some(source.record.key.as_str()),
        JobPart::Quote => true,
        JobPart::Opportunity | JobPart::None => false,
    });
    let opportunity = sources.iter().find_map(|source| source.record.text("opportunity").map(str::to_owned));
    if let Some(opportunity) = opportunity {
        sources.extend(records::by_key(db, RecordKind::Opportunity, &opportunity)?);
    }
    Ok(sources)
}

fn job_line(line: &RecordLine, sha256: &str) -> JobLine {
    let value = |field: &str| line.fields.get(field).map(|field| &field.value);
    let text = |field: &str| value(field).map(Value::to_string);
    let number = |field: &str| match value(field) {
        Some(Value::Number(number)) => Some(*number),
        Some(Value::Text(_) | Value::Money(_) | Value::Date(_) | Value::Flag(_)) | None => None,
    };
    let money = |field: &str| match value(field) {
        Some(Value::Money(money)) => Some(*money),
        Some(Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Flag(_)) | None => None,
    };
    JobLine {
        section: line.section,
        department: text("department"),
        work_code: text("work_code"),
        description: text("description"),
        unit: text("unit"),
        estimated_hours: number("estimated_hours").and_then(|hours| hours.to_f64()),
        actual_hours: number("actual_hours").and_then(|hours| hours.to_f64()),
        estimated_quantity: number("estimated_quantity"),
        quantity: number("quantity"),
        estimated_cost: money("estimated_cost"),
        cost: money("cost"),
        sha256: Some(sha256.to_owned()),
        place: line.fields.values().next().map(|field| field.at.clone()),
    }
}
