//! How a quote stands today: what may be done to it, whether it keeps its floor, what is known and kept about it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use signwright_domain::change_order::{ChangeOrder, OrderedTotals};
use signwright_domain::price_decision::FloorCheck;
use signwright_domain::quote::{QuoteStatus, QuoteStep};
use signwright_domain::quote_difference::QuoteDifference;
use signwright_quoting::status::{allowed, as_of};
use signwright_quoting::{difference, ordered, roll_up};
use signwright_store::change_orders;
use signwright_store::notes::{self, About, Note};
use signwright_store::quotes::life::{self, FollowUp};
use ts_rs::TS;

use super::edits::{DraftChange, changes};
use super::pricing::floor_check;
use super::{QuoteRef, get, version};
use crate::{Action, CallError};

/// A quote as it stands today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct QuoteStanding {
    /// An offer that nobody answered counts as expired from the day after its last.
    pub status: QuoteStatus,
    /// What may be done to it now.
    pub steps: Vec<QuoteStep>,
    #[ts(type = "string | null")]
    pub viewed_at: Option<Timestamp>,
    pub follow_up: Option<FollowUp>,
    /// Its day has come.
    pub follow_up_due: bool,
    /// Of the last version; absent where the shop has no floor for it.
    pub floor: Option<FloorCheck>,
    /// Where some more pieces would cost less.
    pub hints: Vec<String>,
    pub change_orders: Vec<ChangeOrder>,
    /// What was won with its change orders; absent where there are none.
    pub ordered: Option<OrderedTotals>,
    pub notes: Vec<Note>,
    pub tags: Vec<String>,
    /// The change that would be taken back.
    pub undo: Option<DraftChange>,
    /// The change that would be made again.
    pub redo: Option<DraftChange>,
}

/// Two versions of a quote.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct CompareVersions {
    #[ts(type = "number")]
    pub id: i64,
    pub from: u32,
    pub to: u32,
}

pub fn quote_standing(action: &Action, input: QuoteRef) -> Result<QuoteStanding, CallError> {
    let quote = get(action, input.id)?;
    let active = quote.active();
    let floor = floor_check(action, active)?;
    let db = action.shop().read();
    let orders = change_orders::of_quote(&db, quote.id)?;
    let follow_up = life::follow_up(&db, quote.id)?;
    let (undo, redo) = changes(&db, &quote)?;
    let hints = match active.options.is_empty() {
        true => Vec::new(),
        false => roll_up(&active.options, active.tax_rate, active.totals.total.currency)?.hints,
    };
    let total = ordered(active, orders.iter().map(|order| &order.totals))?;
    let about = About::Quote(quote.id);
    let over = active.valid_until < action.today();
    Ok(QuoteStanding {
        status: as_of(quote.status, active.valid_until, action.today()),
        steps: allowed(quote.status).into_iter().filter(|step| *step != QuoteStep::Expire || over).collect(),
        viewed_at: life::viewed_at(&db, quote.id)?,
        follow_up_due: follow_up.as_ref().is_some_and(|one| one.on <= action.today()),
        follow_up,
        floor,
        hints,
        ordered: (!orders.is_empty()).then_some(total),
        change_orders: orders,
        notes: notes::of(&db, about)?,
        tags: notes::tags(&db, about)?,
        undo,
        redo,
    })
}

/// In what two versions differ: lines, totals, and what stands under them.
pub fn compare_versions(action: &Action, input: CompareVersions) -> Result<QuoteDifference, CallError> {
    let quote = get(action, input.id)?;
    Ok(difference(version(&quote, input.from)?, version(&quote, input.to)?))
}
