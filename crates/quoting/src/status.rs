//! Which way a quote may go.
//!
//! Approving locks the active version; from there only [`Action::Revise`] leads back to a draft, as a further version.
//! A won quote is final: what comes after it is a change order, not another price.

use jiff::civil::Date;
use signwright_domain::quote::{QuoteStatus, QuoteStep};

use crate::QuotingError;

/// Every step, in the order of a quote's life.
pub const STEPS: [QuoteStep; 8] = [
    QuoteStep::Approve,
    QuoteStep::Send,
    QuoteStep::View,
    QuoteStep::Win,
    QuoteStep::Lose,
    QuoteStep::Expire,
    QuoteStep::Revise,
    QuoteStep::ChangeOrder,
];

/// The status as the calendar has it: an offer that nobody answered expires by itself the day after its last day.
pub fn as_of(status: QuoteStatus, valid_until: Date, today: Date) -> QuoteStatus {
    match status {
        QuoteStatus::Approved | QuoteStatus::Sent if valid_until < today => QuoteStatus::Expired,
        _ => status,
    }
}

/// The status after a step, or why the step makes no sense there.
///
/// A quote may be won or lost once it is approved: it may have been handed over on paper. What was offered stays what it is
/// when the customer looks at it, and what was won when something is added to it.
pub fn apply(status: QuoteStatus, step: QuoteStep) -> Result<QuoteStatus, QuotingError> {
    let next = match status {
        QuoteStatus::Draft => from_draft(step),
        QuoteStatus::Approved => from_approved(step),
        QuoteStatus::Sent => from_sent(step),
        QuoteStatus::Won => from_won(step),
        QuoteStatus::Lost => from_lost(step),
        QuoteStatus::Expired => from_expired(step),
    };
    next.map_err(|reason| QuotingError::NotAllowed { status, step, reason })
}

/// What may be done now, for the buttons of a page.
pub fn allowed(status: QuoteStatus) -> Vec<QuoteStep> {
    STEPS.into_iter().filter(|step| apply(status, *step).is_ok()).collect()
}

type Next = Result<QuoteStatus, &'static str>;

fn from_draft(step: QuoteStep) -> Next {
    match step {
        QuoteStep::View | QuoteStep::Expire => Err("it was never offered"),
        QuoteStep::Revise | QuoteStep::ChangeOrder => Err("it can be edited as it is"),
        QuoteStep::Approve => Ok(QuoteStatus::Approved),
        QuoteStep::Send | QuoteStep::Win | QuoteStep::Lose => Err("approve it first"),
    }
}

fn from_approved(step: QuoteStep) -> Next {
    match step {
        QuoteStep::Send => Ok(QuoteStatus::Sent),
        QuoteStep::Approve => Err("it already is"),
        QuoteStep::View => Ok(QuoteStatus::Approved),
        QuoteStep::Win | QuoteStep::Lose | QuoteStep::Expire | QuoteStep::Revise | QuoteStep::ChangeOrder => {
            from_offered(step)
        }
    }
}

fn from_sent(step: QuoteStep) -> Next {
    match step {
        QuoteStep::Send => Err("it already is"),
        QuoteStep::Approve => Err("it was approved before it was sent"),
        QuoteStep::View => Ok(QuoteStatus::Sent),
        QuoteStep::Win | QuoteStep::Lose | QuoteStep::Expire | QuoteStep::Revise | QuoteStep::ChangeOrder => {
            from_offered(step)
        }
    }
}

fn from_offered(step: QuoteStep) -> Next {
    match step {
        QuoteStep::Win => Ok(QuoteStatus::Won),
        QuoteStep::Lose => Ok(QuoteStatus::Lost),
        QuoteStep::Expire => Ok(QuoteStatus::Expired),
        QuoteStep::Revise => Ok(QuoteStatus::Draft),
        QuoteStep::Approve | QuoteStep::Send | QuoteStep::View => Err("it was offered already"),
        QuoteStep::ChangeOrder => Err("it is not won yet; revise it"),
    }
}

fn from_won(step: QuoteStep) -> Next {
    match step {
        QuoteStep::Win => Err("it already is"),
        QuoteStep::ChangeOrder => Ok(QuoteStatus::Won),
        QuoteStep::Approve | QuoteStep::Send | QuoteStep::View | QuoteStep::Lose | QuoteStep::Expire => {
            Err("it is final")
        }
        QuoteStep::Revise => Err("it is final; write a change order"),
    }
}

fn from_lost(step: QuoteStep) -> Next {
    match step {
        QuoteStep::Revise => Ok(QuoteStatus::Draft),
        QuoteStep::Lose => Err("it already is"),
        QuoteStep::Approve
        | QuoteStep::Send
        | QuoteStep::View
        | QuoteStep::Win
        | QuoteStep::Expire
        | QuoteStep::ChangeOrder => Err("revise it first"),
    }
}

fn from_expired(step: QuoteStep) -> Next {
    match step {
        QuoteStep::Revise => Ok(QuoteStatus::Draft),
        QuoteStep::Lose => Ok(QuoteStatus::Lost),
        QuoteStep::View => Ok(QuoteStatus::Expired),
        QuoteStep::Expire => Err("it already is"),
        QuoteStep::Approve | QuoteStep::Send | QuoteStep::Win | QuoteStep::ChangeOrder => {
            Err("its prices no longer hold; revise it first")
        }
    }
}

pub(crate) mod words {
    use super::{QuoteStatus, QuoteStep};

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

    pub(crate) fn step(step: QuoteStep) -> &'static str {
        match step {
            QuoteStep::Approve => "approved",
            QuoteStep::Send => "sent",
            QuoteStep::View => "viewed",
            QuoteStep::Win => "won",
            QuoteStep::Lose => "lost",
            QuoteStep::Expire => "expired",
            QuoteStep::Revise => "revised",
            QuoteStep::ChangeOrder => "changed by an order",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_allows_what_the_trade_allows() {
        use QuoteStep::{Approve, ChangeOrder, Expire, Lose, Revise, Send, View, Win};
        let check = |status, actions: &[QuoteStep]| assert_eq!(allowed(status), actions, "{status:?}");
        check(QuoteStatus::Draft, &[Approve]);
        check(QuoteStatus::Approved, &[Send, View, Win, Lose, Expire, Revise]);
        check(QuoteStatus::Sent, &[View, Win, Lose, Expire, Revise]);
        check(QuoteStatus::Won, &[ChangeOrder]);
        check(QuoteStatus::Lost, &[Revise]);
        check(QuoteStatus::Expired, &[View, Lose, Revise]);
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let check = |status, action, message: &str| {
            assert_eq!(apply(status, action).expect_err(message).to_string(), message);
        };
        check(QuoteStatus::Draft, QuoteStep::Send, "a draft quote cannot be sent: approve it first");
        check(QuoteStatus::Won, QuoteStep::Revise, "a won quote cannot be revised: it is final; write a change order");
        check(QuoteStatus::Sent, QuoteStep::Send, "a sent quote cannot be sent: it already is");
    }

    #[test]
    fn an_offer_expires_the_day_after_its_last() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let check = |status, today, expected| {
            assert_eq!(as_of(status, day("2026-11-20"), day(today)), expected, "{status:?} on {today}");
        };
        check(QuoteStatus::Sent, "2026-11-20", QuoteStatus::Sent);
        check(QuoteStatus::Sent, "2026-11-21", QuoteStatus::Expired);
        check(QuoteStatus::Approved, "2026-11-21", QuoteStatus::Expired);
        check(QuoteStatus::Draft, "2026-11-21", QuoteStatus::Draft);
        check(QuoteStatus::Won, "2026-11-21", QuoteStatus::Won);
    }

    #[test]
    fn an_offer_can_be_opened_again_and_won_in_the_end() {
        let path = [
            QuoteStep::Approve,
            QuoteStep::Send,
            QuoteStep::Lose,
            QuoteStep::Revise,
            QuoteStep::Approve,
            QuoteStep::Send,
            QuoteStep::Win,
        ];
        let end = path.into_iter().try_fold(QuoteStatus::Draft, apply);
        assert_eq!(end, Ok(QuoteStatus::Won));
    }
}
