//! Changes of a draft, each of which can be taken back and made again until the draft is approved.

use serde::{Deserialize, Serialize};
use signwright_domain::quote::{Quote, QuoteStatus};
use signwright_quoting::difference;
use signwright_store::quotes::edits::{self, Edit, NewEdit};
use signwright_store::{Db, quotes};
use ts_rs::TS;

use super::{QuoteRef, get, subject};
use crate::{Action, CallError, Code, audit};

pub(super) use signwright_store::quotes::edits::Draft;

/// A change that can be taken back, or made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftChange {
    #[ts(type = "string")]
    pub at: jiff::Timestamp,
    pub who: String,
    /// What it changed, in sentences.
    pub words: Vec<String>,
}

/// Puts a draft in the place of the one that is there, and keeps both.
pub(super) fn change_draft(action: &Action, quote: &Quote, after: Draft) -> Result<Quote, CallError> {
    let before = Draft::of(quote);
    if before == after {
        return Ok(quote.clone());
    }
    action.shop().write(|db| {
        put(db, quote, &after)?;
        let who = &action.options().user;
        edits::push(db, &NewEdit { quote_id: quote.id, at: action.now, who, before: &before, after: &after })?;
        audit::record(db, action, &subject(quote), Some(&before), &after)
    })?;
    action.changed("quotes");
    get(action, quote.id)
}

/// Takes the last change of a draft back.
pub fn undo_quote(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    travel(action, input, Way::Back)
}

/// Makes the change again that was taken back last.
pub fn redo_quote(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    travel(action, input, Way::Again)
}

#[derive(Clone, Copy)]
enum Way {
    Back,
    Again,
}

fn travel(action: &Action, input: QuoteRef, way: Way) -> Result<Quote, CallError> {
    action.shop().write(|db| {
        let quote = quotes::get(db, input.id)?;
        let quote = quote.ok_or_else(|| CallError::not_found(format!("quote with id {}", input.id)))?;
        if quote.status != QuoteStatus::Draft {
            return Err(CallError::new(Code::Conflict, format!("quote {} is no draft any more", quote.number))
                .hint("Revise it to change it."));
        }
        let version = quote.active().version;
        let (edit, to_what) = match way {
            Way::Back => (edits::last_made(db, quote.id, version)?, "taken back"),
            Way::Again => (edits::last_undone(db, quote.id, version)?, "made again"),
        };
        let edit = edit.ok_or_else(|| {
            CallError::new(Code::Conflict, format!("no change of quote {} can be {to_what}", quote.number))
        })?;
        let to = match way {
            Way::Back => &edit.before,
            Way::Again => &edit.after,
        };
        put(db, &quote, to)?;
        edits::mark(db, edit.id, matches!(way, Way::Back))?;
        audit::record(db, action, &subject(&quote), Some(Draft::of(&quote)), to)
    })?;
    action.changed("quotes");
    get(action, input.id)
}

fn put(db: &Db<'_>, quote: &Quote, draft: &Draft) -> Result<(), CallError> {
    quotes::update_draft(db, quote.id, &draft.version)?;
    let Draft { title, customer, contact, .. } = draft;
    Ok(quotes::set_heading(db, quote.id, &quotes::Heading { title, customer, contact })?)
}

/// The change that would be taken back, and the one that would be made again.
pub(super) fn changes(db: &Db<'_>, quote: &Quote) -> Result<(Option<DraftChange>, Option<DraftChange>), CallError> {
    if quote.status != QuoteStatus::Draft {
        return Ok((None, None));
    }
    let version = quote.active().version;
    let made = edits::last_made(db, quote.id, version)?;
    let undone = edits::last_undone(db, quote.id, version)?;
    Ok((made.map(told), undone.map(told)))
}

fn told(edit: Edit) -> DraftChange {
    let Edit { at, who, before, after, .. } = edit;
    let mut words = Vec::new();
    let mut heading = |name: &str, before: &str, after: &str| {
        if before != after {
            words.push(format!("The {name} is \"{after}\" instead of \"{before}\"."));
        }
    };
    heading("title", &before.title, &after.title);
    heading("customer", &before.customer, &after.customer);
    heading("contact", &before.contact, &after.contact);
    words.extend(difference(&before.version, &after.version).words);
    if words.is_empty() {
        words.push("What is not printed was changed.".to_owned());
    }
    DraftChange { at, who, words }
}
