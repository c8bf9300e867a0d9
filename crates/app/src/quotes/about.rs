//! What people keep about a quote: notes, tags, and the day on which to ask the customer.

use serde::{Deserialize, Serialize};
use signwright_domain::quote::Quote;
use signwright_store::Db;
use signwright_store::notes::{self, About};
use signwright_store::quotes::life::{self, FollowUp};
use ts_rs::TS;

use super::{get, subject};
use crate::{Action, CallError, audit};

/// A note to a quote.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AddQuoteNote {
    #[ts(type = "number")]
    pub id: i64,
    pub note: String,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct QuoteNoteRef {
    #[ts(type = "number")]
    pub id: i64,
    #[ts(type = "number")]
    pub note_id: i64,
}

/// All tags of a quote.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TagQuote {
    #[ts(type = "number")]
    pub id: i64,
    pub tags: Vec<String>,
}

/// When to ask, and about what; `None` takes the day away.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FollowUpQuote {
    #[ts(type = "number")]
    pub id: i64,
    pub follow_up: Option<FollowUp>,
}

const LONGEST: usize = 4_000;

pub fn add_quote_note(action: &Action, input: AddQuoteNote) -> Result<Quote, CallError> {
    let note = input.note.trim();
    if note.is_empty() || note.chars().count() > LONGEST {
        return Err(CallError::invalid(format!("a note has 1 to {LONGEST} letters")));
    }
    change(action, input.id, |db, quote| {
        notes::add(db, About::Quote(quote.id), action.now, &action.options().user, note)?;
        audit::record(db, action, &subject(quote), None::<()>, &serde_json::json!({ "note": note }))
    })
}

pub fn remove_quote_note(action: &Action, input: QuoteNoteRef) -> Result<Quote, CallError> {
    change(action, input.id, |db, quote| {
        let all = notes::of(db, About::Quote(quote.id))?;
        let before = all.into_iter().find(|one| one.id == input.note_id);
        let before = before.ok_or_else(|| CallError::not_found(format!("note with id {}", input.note_id)))?;
        notes::remove(db, About::Quote(quote.id), input.note_id)?;
        audit::record(db, action, &subject(quote), Some(before), &"note removed")
    })
}

pub fn tag_quote(action: &Action, input: TagQuote) -> Result<Quote, CallError> {
    let mut tags: Vec<String> = input.tags.iter().map(|tag| tag.trim().to_lowercase()).collect();
    tags.retain(|tag| !tag.is_empty());
    tags.sort();
    tags.dedup();
    if tags.iter().any(|tag| tag.chars().count() > 40) || tags.len() > 20 {
        return Err(CallError::invalid("a quote has up to 20 tags of up to 40 letters"));
    }
    change(action, input.id, |db, quote| {
        let before = notes::tags(db, About::Quote(quote.id))?;
        notes::set_tags(db, About::Quote(quote.id), &tags)?;
        audit::record(db, action, &subject(quote), Some(before), &serde_json::json!({ "tags": tags }))
    })
}

pub fn follow_up_quote(action: &Action, input: FollowUpQuote) -> Result<Quote, CallError> {
    let follow_up = input.follow_up.map(|one| FollowUp { on: one.on, note: one.note.trim().to_owned() });
    change(action, input.id, |db, quote| {
        let before = life::follow_up(db, quote.id)?;
        life::set_follow_up(db, quote.id, follow_up.as_ref())?;
        audit::record(db, action, &subject(quote), before, &serde_json::json!({ "follow_up": follow_up }))
    })
}

fn change(
    action: &Action,
    id: i64,
    work: impl FnOnce(&Db<'_>, &Quote) -> Result<(), CallError>,
) -> Result<Quote, CallError> {
    let quote = get(action, id)?;
    action.shop().write(|db| work(db, &quote))?;
    action.changed("quotes");
    Ok(quote)
}
