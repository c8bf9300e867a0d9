//! Confirming a document: what is certain is taken as seen by a person, and a document without doubt left teaches its layout.

use serde::{Deserialize, Serialize};
use signwright_domain::record::{ACCEPT, Record};
use signwright_intake::profile::{self, Printed};
use signwright_store::Db;
use signwright_store::reviews::{self, ReviewState};
use ts_rs::TS;

use super::edit::{self, Editing};
use super::{Correction, Review, layouts, show};
use crate::commands::Nothing;
use crate::tasks::{self, TaskStarted};
use crate::{Action, CallError};

/// Accepts what is certain; with `all` also what waits, because a person has looked at it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConfirmDocument {
    pub sha256: String,
    #[serde(default)]
    pub all: bool,
}

pub fn confirm_document(action: &Action, input: ConfirmDocument) -> Result<Review, CallError> {
    if confirm(action, &input)? {
        layouts::read_waiting_again(action)?;
    }
    edit::announce(action);
    show::review(action, &input.sha256)
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
                confirm(&action, &ConfirmDocument { sha256, all: false })?;
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
        let (mut editing, record) = edit::begin(db, &input.sha256)?;
        let Some(mut record) = record else {
            // A document of no interest: it stays as it is and is not asked about again.
            editing.review.state = ReviewState::Confirmed;
            editing.review.confirmed_by = Some(action.options().user.clone());
            editing.review.confirmed_at = Some(action.now);
            reviews::set(db, &editing.review)?;
            return Ok(false);
        };
        let made = accept(action, &mut record, input.all);
        if input.all {
            editing.review.missing.clear();
        }
        let review = editing.keep(db, action, record, &made)?;
        if review.waiting > 0 {
            return Ok(false);
        }
        finish(db, action, &input.sha256)?;
        Ok(true)
    })
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
            made.push(Correction { field, line, who: who.clone(), at: action.now, before: Some(before), after });
        }
    }
    made
}

/// Nothing waits any more: the document is confirmed and teaches its layout.
fn finish(db: &Db<'_>, action: &Action, sha256: &str) -> Result<(), CallError> {
    let (editing, record) = edit::begin(db, sha256)?;
    let Editing { mut review, extraction, currency, .. } = editing;
    if let Some(record) = record {
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
        let learned = profile::learn(before.as_ref().map(|one| one.profile.clone()), &printed, &record, again);
        let id = layouts::keep(db, action, before.map(|one| one.id), &learned)?;
        review.taught_id = Some(id);
        review.profile_id = review.profile_id.or(Some(id));
    }
    review.state = ReviewState::Confirmed;
    review.confirmed_by = Some(action.options().user.clone());
    review.confirmed_at = Some(action.now);
    Ok(reviews::set(db, &review)?)
}
