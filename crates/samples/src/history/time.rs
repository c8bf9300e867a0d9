//! When things happen: the season of enquiries, decisions, the shop's calendar, and the numbers that follow from it.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{EXPORT, FIRST_COMPLETED, FIRST_QUOTED, OPEN_QUOTES, Quote};
use crate::rng::Rng;

/// Enquiries of a month relative to the average: spring and summer are the season.
const SEASON: [f64; 12] = [0.72, 0.80, 1.05, 1.22, 1.28, 1.22, 1.12, 1.06, 1.00, 0.94, 0.86, 0.73];

/// Enquiries on an average working day in the first year.
const DAILY: f64 = 2.38;
/// Growth of the business in a year.
const GROWTH: f64 = 0.05;

/// The first work order that the exports show.
const FIRST_WORK_ORDER: u32 = 19_100;

/// The days on which quotes went out, ascending, one entry for each quote.
pub(super) fn quote_days(seed: u64) -> Vec<Date> {
    let mut rng = Rng::stream(seed, "calendar");
    let mut days = Vec::new();
    let mut day = FIRST_QUOTED;
    let mut due = 0.0;
    while day <= EXPORT {
        if works(day) {
            let years = f64::from((day - FIRST_QUOTED).get_days()) / 365.25;
            due += DAILY * SEASON[day.month() as usize - 1] * (1.0 + GROWTH * years) * rng.between(0.3, 1.7);
            while due >= 1.0 {
                days.push(day);
                due -= 1.0;
            }
        }
        day = day.saturating_add(1.day());
    }
    days
}

fn works(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The first working day on or after some days later.
pub(super) fn after(day: Date, days: f64) -> Date {
    let mut later = day.saturating_add((days.round() as i64).days());
    while !works(later) {
        later = later.saturating_add(1.day());
    }
    later
}

/// Days until the customer decides: weeks for a banner, a season for a pylon. A few drag on.
pub(super) fn decision(rng: &mut Rng, cost: f64) -> f64 {
    let median = 30.0 + 24.0 * (cost / 1_000.0).max(0.1).ln().max(-0.5);
    rng.lognormal(median.max(6.0), 0.75).clamp(1.0, 300.0)
}

/// Days from the order to the start, and from there to the end.
pub(super) fn making(rng: &mut Rng, hours: f64, rush: bool) -> (f64, f64) {
    let hurry = if rush { 0.5 } else { 1.0 };
    let start = rng.lognormal(14.0, 0.5) * hurry;
    (start, rng.lognormal(9.0 + 4.2 * hours.sqrt(), 0.3) * hurry)
}

/// Drops what the exports do not reach, keeps exactly the open quotes that they show, and numbers the rest.
pub(super) fn number(quotes: &mut Vec<Quote>) {
    quotes.retain(|quote| match &quote.job {
        Some(job) => job.completed_on >= FIRST_COMPLETED,
        None => quote.decided_on >= FIRST_COMPLETED,
    });
    let open = quotes.iter().filter(|quote| quote.is_open()).count();
    let mut surplus = open.saturating_sub(OPEN_QUOTES);
    quotes.retain(|quote| {
        let drop = surplus > 0 && quote.is_open();
        surplus -= usize::from(drop);
        !drop
    });
    for (place, quote) in quotes.iter_mut().enumerate() {
        quote.number = format!("Q{}", 41_200 + place + place / 9);
        quote.opportunity = format!("OPP-{:06}", 7_340 + place * 2 + place / 5);
    }
    let mut won: Vec<&mut Quote> = quotes.iter_mut().filter(|quote| quote.job.is_some()).collect();
    won.sort_by_key(|quote| (quote.decided_on, quote.quoted_on));
    for (place, quote) in won.into_iter().enumerate() {
        // About one number in fifteen went to an order that was cancelled before it cost anything.
        let skipped = (place / 15) as u32;
        if let Some(job) = &mut quote.job {
            job.number = FIRST_WORK_ORDER + place as u32 + skipped;
        }
    }
}
