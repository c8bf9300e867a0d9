//! One change of a document's record with all that follows from it, in one transaction: sums checked again, rejects that no
//! longer hold closed, the record and its jobs made anew, the change kept with who and when.

use signwright_domain::record::{ACCEPT, Check, Extraction, Record, RecordKind, Reject, RejectReason};
use signwright_intake::profile;
use signwright_store::records::Origin;
use signwright_store::rejects::{RejectQuery, RejectStatus};
use signwright_store::reviews::{self, ReviewState};
use signwright_store::{Db, corrections, imports, jobs, records, rejects, settings};

use super::{Correction, doubtful, show};
use crate::import::{of_records, sources};
use crate::{Action, CallError, Code, audit};

/// A document in the middle of a change.
pub(super) struct Editing {
    review: reviews::Review,
    pub(super) extraction: Extraction,
    pub(super) currency: signwright_domain::Currency,
    /// The other records of the document, and how many stand before this one.
    others: Vec<Record>,
    at: usize,
    before: Option<Record>,
}

/// Loads a document for a change of one of its records; without a key there must be one alone.
pub(super) fn begin(db: &Db<'_>, sha256: &str, key: Option<&str>) -> Result<(Editing, Option<Record>), CallError> {
    let (review, extraction) = show::stored(db, sha256)?;
    let mut others = super::records::of(db, &review)?;
    let at = super::records::named(&others, key)?;
    let record = at.map(|at| others.remove(at));
    let (at, before) = (at.unwrap_or(0), record.clone());
    Ok((Editing { review, extraction, currency: settings::currency(db)?, others, at, before }, record))
}

/// Loads a document that becomes one record: the first stays to be changed, what the others said is taken back.
pub(super) fn begin_as_one(db: &Db<'_>, sha256: &str) -> Result<(Editing, Option<Record>), CallError> {
    let (mut review, extraction) = show::stored(db, sha256)?;
    let mut all = super::records::of(db, &review)?.into_iter();
    let first = all.next();
    for other in all.filter(|other| !other.key.is_empty()) {
        records::remove(db, other.kind, &other.key, sha256)?;
        forget_job(db, &other)?;
    }
    review.draft = None;
    let (currency, others) = (settings::currency(db)?, Vec::new());
    Ok((Editing { review, extraction, currency, others, at: 0, before: first.clone() }, first))
}

impl Editing {
    /// Keeps the record as it is now with the corrections that made it so; gives its key.
    pub(super) fn keep(
        mut self,
        db: &Db<'_>,
        action: &Action,
        record: Record,
        mut made: Vec<Correction>,
    ) -> Result<String, CallError> {
        let sha256 = self.review.sha256.clone();
        let (record, checks, refused) = checked(record);
        self.is_one_of_its_name(&record)?;
        for correction in &mut made {
            correction.record = Some(record.key.clone()).filter(|_| !self.others.is_empty());
            corrections::append(db, &sha256, correction)?;
        }
        self.replace(db, &record)?;
        self.close_rejects(db, &record, checks, refused)?;
        if self.at == 0 {
            self.review.missing.retain(|name| {
                !record.fields.contains_key(name) && !made.iter().any(|one| one.field == *name && one.line.is_none())
            });
        }
        let (before, after) = self.others.split_at(self.at);
        self.review.waiting =
            super::records::waiting(before.iter().chain([&record]).chain(after), &self.review.missing);
        // What a person has begun waits until that person confirms it.
        let confirmed = self.review.state == ReviewState::Confirmed && self.review.waiting == 0;
        self.review.state = if confirmed { ReviewState::Confirmed } else { ReviewState::Waiting };
        let key = record.key.clone();
        if key.is_empty() || self.others.iter().all(|other| !other.key.is_empty()) {
            self.review.draft = key.is_empty().then_some(record);
        }
        reviews::set(db, &self.review)?;
        audit::record(db, action, &format!("document {sha256}"), None::<()>, &made)?;
        Ok(key)
    }

    pub(super) fn is_one_of_several(&self) -> bool {
        !self.others.is_empty()
    }

    /// A person has looked for what the layout should have.
    pub(super) fn forget_missing(&mut self) {
        if self.at == 0 {
            self.review.missing.clear();
        }
    }

    /// Two records of a document that have one name would be one.
    fn is_one_of_its_name(&self, record: &Record) -> Result<(), CallError> {
        if self.others.iter().all(|other| other.key != record.key || other.kind != record.kind) {
            return Ok(());
        }
        let error = match record.key.as_str() {
            "" => CallError::new(Code::Conflict, "another record of the document has no name yet"),
            key => CallError::new(Code::Conflict, format!("another record of the document is {key} already")),
        };
        Err(error.hint("Put the name of the other one right first."))
    }

    /// The record in the place of what this document said before, under whatever key.
    fn replace(&self, db: &Db<'_>, record: &Record) -> Result<(), CallError> {
        let sha256 = self.review.sha256.as_str();
        let import = imports::find_by_document(db, sha256)?.into_iter().next_back();
        let import = import.ok_or_else(|| CallError::not_found(format!("import of the document {sha256}")))?;
        let moved = self.before.as_ref().filter(|before| (before.kind, &before.key) != (record.kind, &record.key));
        if let Some(before) = moved.filter(|before| !before.key.is_empty()) {
            records::remove(db, before.kind, &before.key, sha256)?;
            forget_job(db, before)?;
        }
        if !record.key.is_empty() {
            records::upsert(db, Origin { import_id: import.id, sha256 }, record)?;
            of_records(db, std::slice::from_ref(record))?;
        }
        Ok(())
    }

    fn close_rejects(
        &self,
        db: &Db<'_>,
        record: &Record,
        mut checks: Vec<Check>,
        mut refused: Vec<Reject>,
    ) -> Result<(), CallError> {
        let Some(import) = imports::find_by_document(db, &self.review.sha256)?.into_iter().next_back() else {
            return Ok(());
        };
        let is_alone = self.others.is_empty();
        if !is_alone {
            checks.iter_mut().for_each(|check| told(check, record));
        }
        for other in &self.others {
            let (other, mut of_other, refused_in_other) = checked(other.clone());
            of_other.iter_mut().for_each(|check| told(check, &other));
            checks.extend(of_other);
            refused.extend(refused_in_other);
        }
        if !record.key.is_empty() {
            imports::set_checks(db, import.id, record.kind.label(), &checks)?;
        }
        let of_import = RejectQuery { import_id: Some(import.id), limit: 1000, ..RejectQuery::default() };
        for stored in rejects::list(db, &of_import)? {
            let settled = match stored.reject.reason {
                RejectReason::DoesNotAddUp => !refused.iter().any(|one| one.message == stored.reject.message),
                RejectReason::UnknownLayout | RejectReason::MissingKey => is_alone && !record.key.is_empty(),
                RejectReason::NotANumber | RejectReason::NotADate | RejectReason::NotAFlag => {
                    let is_its = is_alone || stored.reject.key.as_deref() == Some(record.key.as_str());
                    is_its && stored.reject.field.as_deref().is_some_and(|field| sure(record, field))
                }
                RejectReason::DuplicateKey
                | RejectReason::WrongShape
                | RejectReason::NoTextLayer
                | RejectReason::NeedsPassword
                | RejectReason::Damaged
                | RejectReason::TooLarge => false,
            };
            if settled {
                rejects::set_status(db, stored.id, RejectStatus::Fixed, Some("corrected in review"))?;
            }
        }
        Ok(())
    }
}

/// After a change: what is computed from the history is stale, and whoever looks fetches anew.
pub(super) fn announce(action: &Action) {
    action.forget_experience();
    for what in ["reviews", "imports", "jobs"] {
        action.changed(what);
    }
}

/// How many values of a document wait; a missing key is one.
pub(super) fn waiting(record: &Record, missing: &[String]) -> u32 {
    let count = doubtful(record) + missing.len() + usize::from(record.key.is_empty() && missing.is_empty());
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The record with its sums checked. What a person has set stays as sure as that, whatever the sums say.
fn checked(mut record: Record) -> (Record, Vec<Check>, Vec<Reject>) {
    record.key = profile::key_of(record.kind, &record.fields).unwrap_or_default();
    let by_hand = record.clone();
    let mut parsed = profile::settled(record);
    let mut record = parsed.records.pop().unwrap_or_else(|| by_hand.clone());
    for (name, field) in by_hand.fields.iter().filter(|(_, field)| field.confidence >= 1.0) {
        record.fields.insert(name.clone(), field.clone());
    }
    for (line, before) in record.lines.iter_mut().zip(&by_hand.lines) {
        for (name, field) in before.fields.iter().filter(|(_, field)| field.confidence >= 1.0) {
            line.fields.insert(name.clone(), field.clone());
        }
    }
    (record, parsed.checks, parsed.rejects)
}

/// A job that only this document spoke of goes with its wrong number.
fn forget_job(db: &Db<'_>, before: &Record) -> Result<(), CallError> {
    if !matches!(before.kind, RecordKind::CostSummary | RecordKind::WorkOrder) {
        return Ok(());
    }
    if sources(db, Some(&before.key), None)?.is_empty() {
        jobs::remove_work_order(db, &before.key)?;
    } else {
        of_records(db, std::slice::from_ref(before))?;
    }
    Ok(())
}

/// Among several, a check says whose record it is about.
fn told(check: &mut Check, of: &Record) {
    check.name = format!("{}: {}", super::records::name(of), check.name);
}

fn sure(record: &Record, field: &str) -> bool {
    record.fields.get(field).is_some_and(|field| field.confidence >= ACCEPT)
}
