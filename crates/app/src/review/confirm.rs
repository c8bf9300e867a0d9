//! Confirming a document: what is certain is taken as seen by a person, and a document without doubt left teaches its layout.

use serde::{Deserialize, Serialize};
use signwright_domain::record::{ACCEPT, Record};
use signwright_intake::profile::{self, Printed};
use signwright_store::reviews::{self, ReviewState};
use signwright_store::{Db, settings};
use ts_rs::TS;

use super::{Correction, Review, edit, layouts, records, show};
use crate::commands::Nothing;
use crate::tasks::{self, TaskStarted};
use crate::{Action, CallError};

/// Accepts what is certain; with `all` also what waits, because a person has looked at it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConfirmDocument {
    pub sha256: String,
    #[serde(default)]
    pub all: bool,
    /// Of several records of the document, the key of the one that is confirmed; without it all of them are.
    #[serde(default)]
    pub record: Option<String>,
}

pub fn confirm_document(action: &Action, input: ConfirmDocument) -> Result<Review, CallError> {
    if confirm(action, &input)? {
        layouts::read_waiting_again(action)?;
    }
    edit::announce(action);
    show::review(action, &input.sha256, input.record.as_deref())
}

/// What was accepted at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConfirmedAll {
    pub documents: u32,
}

/// Confirms every document in which nothing waits. Cancelling keeps those that are confirmed.
pub fn start_confirming(action: &Action, _: Nothing) -> Result<TaskStarted, CallError> {
    let certain = reviews::in_state(&action.shop().read(), ReviewState::Certain)?;
    if certain.is_empty() {
        return Err(CallError::invalid("no document is certain and not confirmed yet"));
    }
    let title = match certain.len() {
        1 => "Confirming 1 document".to_owned(),
        many => format!("Confirming {many} documents"),
    };
    let action = action.clone();
    let (app, now) = (action.app.clone(), action.now);
    Ok(tasks::start(&app, &title, now, move |task| {
        let mut documents = 0;
        let all = certain.len() as u64;
        let confirm_each = || -> Result<(), CallError> {
            for sha256 in certain {
                task.step(u64::from(documents), all, "confirming what is certain")?;
                confirm(&action, &ConfirmDocument { sha256, all: false, record: None })?;
                documents += 1;
            }
            Ok(())
        };
        let outcome = confirm_each();
        if documents > 0 {
            layouts::read_waiting_again(&action)?;
        }
        edit::announce(&action);
        outcome.map(|()| ConfirmedAll { documents })
    }))
}

/// Whether the document has taught its layout.
fn confirm(action: &Action, input: &ConfirmDocument) -> Result<bool, CallError> {
    action.shop().write(|db| -> Result<bool, CallError> {
        let (mut review, _) = show::stored(db, &input.sha256)?;
        let all = records::of(db, &review)?;
        if all.is_empty() {
            // A document of no interest: it stays as it is and is not asked about again.
            review.state = ReviewState::Confirmed;
            review.confirmed_by = Some(action.options().user.clone());
            review.confirmed_at = Some(action.now);
            reviews::set(db, &review)?;
            return Ok(false);
        }
        let chosen: Vec<&Record> = match &input.record {
            Some(_) => records::named(&all, input.record.as_deref())?.map(|at| &all[at]).into_iter().collect(),
            None => all.iter().collect(),
        };
        for record in chosen {
            confirm_record(db, action, input, &record.key)?;
        }
        let (review, _) = show::stored(db, &input.sha256)?;
        let all = records::of(db, &review)?;
        if review.waiting > 0 || !all.iter().all(records::is_seen) {
            return Ok(false);
        }
        finish(db, action, &input.sha256)
    })
}

fn confirm_record(db: &Db<'_>, action: &Action, input: &ConfirmDocument, key: &str) -> Result<(), CallError> {
    let (mut editing, record) = edit::begin(db, &input.sha256, Some(key))?;
    let Some(mut record) = record else { return Ok(()) };
    let is_one_of_several = editing.is_one_of_several();
    let mut made = accept(action, &mut record, input.all);
    if input.all {
        editing.forget_missing();
    }
    // That one bidder's values were seen is kept even where nothing of them was in doubt: the others may wait for days.
    if is_one_of_several && made.is_empty() {
        let who = action.options().user.clone();
        let field = "confirmed".to_owned();
        made.push(Correction { record: None, field, line: None, who, at: action.now, before: None, after: None });
    }
    editing.keep(db, action, record, made)?;
    Ok(())
}

/// Fields from the bar of confidence on count as seen; gives what changed among those that were below it.
fn accept(action: &Action, record: &mut Record, all: bool) -> Vec<Correction> {
    let mut made = Vec::new();
    let who = action.options().user.clone();
    let header = record.fields.iter_mut().map(|(name, field)| (name, None, field));
    let lines = (0_u32..)
        .zip(&mut record.lines)
        .flat_map(|(at, line)| line.fields.iter_mut().map(move |(name, field)| (name, Some(at), field)));
    for (name, line, field) in header.chain(lines) {
        if field.confidence >= 1.0 || !all && field.confidence < ACCEPT {
            continue;
        }
        let before = field.clone();
        field.confidence = 1.0;
        field.found_by = format!("{}, confirmed by {who}", field.found_by);
        if before.confidence < ACCEPT {
            let (field, after) = (name.clone(), Some(field.clone()));
            made.push(Correction {
                record: None,
                field,
                line,
                who: who.clone(),
                at: action.now,
                before: Some(before),
                after,
            });
        }
    }
    made
}

/// Nothing waits any more: the document is confirmed and teaches its layout; whether it did. One of several records says
/// nothing of where values stand on other papers.
fn finish(db: &Db<'_>, action: &Action, sha256: &str) -> Result<bool, CallError> {
    let (mut review, extraction) = show::stored(db, sha256)?;
    let all = records::of(db, &review)?;
    let mut teaches = false;
    if let [record] = all.as_slice() {
        teaches = true;
        let currency = settings::currency(db)?;
        let printed = Printed::of(&extraction, currency);
        let known = layouts::all(db)?;
        let own = review.taught_id.and_then(|id| known.iter().position(|one| one.id == id));
        let of_kind: Vec<usize> = (0..known.len()).filter(|at| known[*at].profile.kind == record.kind).collect();
        let alike = || {
            let found = profile::recognised(of_kind.iter().map(|at| &known[*at].profile), &printed)?;
            Some(of_kind[found.0])
        };
        let again = own.is_some();
        let before = own.or_else(alike).map(|at| known[at].clone());
        let learned = profile::learn(before.as_ref().map(|one| one.profile.clone()), &printed, record, again);
        let id = layouts::keep(db, action, before.map(|one| one.id), &learned)?;
        review.taught_id = Some(id);
        review.profile_id = review.profile_id.or(Some(id));
    }
    review.state = ReviewState::Confirmed;
    review.confirmed_by = Some(action.options().user.clone());
    review.confirmed_at = Some(action.now);
    reviews::set(db, &review)?;
    Ok(teaches)
}
