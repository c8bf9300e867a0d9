//! Which way a quote may go.
//!
//! Approving locks the active version; from there only [`Action::Revise`] leads back to a draft, as a further version.
//! A won quote is final: what comes after it is a change order, not another price.

use serde::{Deserialize, Serialize};
use signwright_domain::quote::QuoteStatus;

use crate::QuotingError;

/// What a person (or the calendar) does to a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Approve,
    Send,
    Win,
    Lose,
    /// The day after `valid_until`.
    Expire,
    /// Opens a further version as a draft.
    Revise,
}

/// Every action, in the order of a quote's life.
pub const ACTIONS: [Action; 6] =
    [Action::Approve, Action::Send, Action::Win, Action::Lose, Action::Expire, Action::Revise];

/// The status after an action, or why the action makes no sense there.
///
/// A quote may be won or lost once it is approved: it may have been handed over on paper.
pub fn apply(status: QuoteStatus, action: Action) -> Result<QuoteStatus, QuotingError> {
    let next = match status {
        QuoteStatus::Draft => from_draft(action),
        QuoteStatus::Approved => from_approved(action),
        QuoteStatus::Sent => from_sent(action),
        QuoteStatus::Won => from_won(action),
        QuoteStatus::Lost => from_lost(action),
        QuoteStatus::Expired => from_expired(action),
    };
    next.map_err(|reason| QuotingError::NotAllowed { status, action, reason })
}

/// What may be done now, for the buttons of a page.
pub fn allowed(status: QuoteStatus) -> Vec<Action> {
    ACTIONS.into_iter().filter(|action| apply(status, *action).is_ok()).collect()
}

type Next = Result<QuoteStatus, &'static str>;

fn from_draft(action: Action) -> Next {
    match action {
        Action::Approve => Ok(QuoteStatus::Approved),
        Action::Send | Action::Win | Action::Lose => Err("approve it first"),
        Action::Expire => Err("it was never offered"),
        Action::Revise => Err("it can be edited as it is"),
    }
}

fn from_approved(action: Action) -> Next {
    match action {
        Action::Send => Ok(QuoteStatus::Sent),
        Action::Approve => Err("it already is"),
        Action::Win | Action::Lose | Action::Expire | Action::Revise => from_offered(action),
    }
}

fn from_sent(action: Action) -> Next {
    match action {
        Action::Send => Err("it already is"),
        Action::Approve => Err("it was approved before it was sent"),
        Action::Win | Action::Lose | Action::Expire | Action::Revise => from_offered(action),
    }
}

fn from_offered(action: Action) -> Next {
    match action {
        Action::Win => Ok(QuoteStatus::Won),
        Action::Lose => Ok(QuoteStatus::Lost),
        Action::Expire => Ok(QuoteStatus::Expired),
        Action::Revise => Ok(QuoteStatus::Draft),
        Action::Approve | Action::Send => Err("it was offered already"),
    }
}

fn from_won(action: Action) -> Next {
    match action {
        Action::Win => Err("it already is"),
        Action::Approve | Action::Send | Action::Lose | Action::Expire => Err("it is final"),
        Action::Revise => Err("it is final; write a change order"),
    }
}

fn from_lost(action: Action) -> Next {
    match action {
        Action::Revise => Ok(QuoteStatus::Draft),
        Action::Lose => Err("it already is"),
        Action::Approve | Action::Send | Action::Win | Action::Expire => Err("revise it first"),
    }
}

fn from_expired(action: Action) -> Next {
    match action {
        Action::Revise => Ok(QuoteStatus::Draft),
        Action::Lose => Ok(QuoteStatus::Lost),
        Action::Expire => Err("it already is"),
        Action::Approve | Action::Send | Action::Win => Err("its prices no longer hold; revise it first"),
    }
}

pub(crate) mod words {
    use super::{Action, QuoteStatus};

    pub(crate) fn status(status: QuoteStatus) -> &'static str {
        match status {
            QuoteStatus::Draft => "a draft quote",
            QuoteStatus::Approved => "an approved quote",
            QuoteStatus::Sent => "a sent quote",
            QuoteStatus::Won => "a won quote",
            QuoteStatus::Lost => "a lost quote",
            QuoteStatus::Expired => "an expired quote",
        }
    }

    pub(crate) fn action(action: Action) -> &'static str {
        match action {
            Action::Approve => "approved",
            Action::Send => "sent",
            Action::Win => "won",
            Action::Lose => "lost",
            Action::Expire => "expired",
            Action::Revise => "revised",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_allows_what_the_trade_allows() {
        use Action::{Approve, Expire, Lose, Revise, Send, Win};
        let check = |status, actions: &[Action]| assert_eq!(allowed(status), actions, "{status:?}");
        check(QuoteStatus::Draft, &[Approve]);
        check(QuoteStatus::Approved, &[Send, Win, Lose, Expire, Revise]);
        check(QuoteStatus::Sent, &[Win, Lose, Expire, Revise]);
        check(QuoteStatus::Won, &[]);
        check(QuoteStatus::Lost, &[Revise]);
        check(QuoteStatus::Expired, &[Lose, Revise]);
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let check = |status, action, message: &str| {
            assert_eq!(apply(status, action).expect_err(message).to_string(), message);
        };
        check(QuoteStatus::Draft, Action::Send, "a draft quote cannot be sent: approve it first");
        check(QuoteStatus::Won, Action::Revise, "a won quote cannot be revised: it is final; write a change order");
        check(QuoteStatus::Sent, Action::Send, "a sent quote cannot be sent: it already is");
    }

    #[test]
    fn an_offer_can_be_opened_again_and_won_in_the_end() {
        let path =
            [Action::Approve, Action::Send, Action::Lose, Action::Revise, Action::Approve, Action::Send, Action::Win];
        let end = path.into_iter().try_fold(QuoteStatus::Draft, apply);
        assert_eq!(end, Ok(QuoteStatus::Won));
    }
}
