//! Work that was sold and is not done: hours that stand in the books at the end of each period.
//!
//! A job stands there from the day of its offer, because files do not say when it was accepted, to the day it was completed.
//! Offers that were won without hours do not count.

use jiff::civil::Date;
use signwright_lake::{Every, begin_of, next_begin};
use signwright_store::ledger::Offer;

/// One value for every period from the first sale to the last that has ended, dated on its first day.
pub(super) fn hours(won: &[Offer], every: Every, until: Date, only: impl Fn(&Offer) -> bool) -> Vec<(Date, f64)> {
    let mut changes: Vec<(Date, f64)> = Vec::new();
    for offer in won.iter().filter(|offer| only(offer)) {
        let Some(hours) = offer.estimated_hours.filter(|hours| *hours > 0.0) else { continue };
        // One that was completed before it was offered is an entry made late.
        let done = offer.completed_on.map(|done| done.max(offer.quoted_on));
        changes.push((offer.quoted_on, hours));
        changes.extend(done.map(|done| (done, -hours)));
    }
    changes.sort_by_key(|(day, _)| *day);
    let Some(mut begin) = changes.first().and_then(|(day, _)| begin_of(*day, every)) else { return Vec::new() };
    let (mut points, mut stands, mut changes) = (Vec::new(), 0.0_f64, changes.into_iter().peekable());
    while begin < until {
        let Some(next) = next_begin(begin, every) else { break };
        while let Some((_, hours)) = changes.next_if(|(day, _)| *day < next) {
            stands += hours;
        }
        points.push((begin, stands.max(0.0)));
        begin = next;
    }
    points
}

#[cfg(test)]
mod tests {
    use signwright_domain::job::Outcome;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn what_is_sold_stands_until_it_is_done() {
        let offer = |quoted: &str, done: Option<&str>, hours: f64, sign_type: &str| Offer {
            quoted_on: day(quoted),
            sign_type: Some(sign_type.to_owned()),
            estimator: None,
            outcome: Some(Outcome::Won),
            price: None,
            estimated_hours: Some(hours),
            completed_on: done.map(day),
        };
        let won = [
            offer("2026-01-10", Some("2026-03-02"), 40.0, "pole"),
            offer("2026-02-03", None, 25.0, "ada"),
            offer("2026-02-20", Some("2026-02-01"), 9.0, "ada"),
        ];
        let all = hours(&won, Every::Month, day("2026-04-01"), |_| true);
        let expected = [("2026-01-01", 40.0), ("2026-02-01", 65.0), ("2026-03-01", 25.0)];
        assert_eq!(all, expected.map(|(at, hours)| (day(at), hours)));
        let ada = hours(&won, Every::Month, day("2026-04-01"), |offer| offer.sign_type.as_deref() == Some("ada"));
        assert_eq!(ada, [(day("2026-02-01"), 25.0), (day("2026-03-01"), 25.0)]);
        assert_eq!(hours(&[], Every::Month, day("2026-04-01"), |_| true), []);
    }
}
