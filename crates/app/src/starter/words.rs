//! How the starter model is spoken of.

use jiff::civil::Date;
use signwright_domain::starter::StarterCorrection;

use super::Starter;
use super::correction::FEWEST;

/// What every answer of it begins with.
pub(super) const LABEL: &str = "the starter model: made from published hours and prices, not from your jobs";

/// The label, the level of its prices, and what the shop's own jobs say of it.
pub(super) fn note(starter: &Starter) -> String {
    let card = &starter.card;
    let own = match &starter.correction {
        Some(correction) => corrected(correction),
        None => format!("from {FEWEST} finished jobs with a type and a size on, it is corrected by what they cost"),
    };
    format!("{LABEL}; in {} at prices of {}; {own}", card.currency, month(card.price_level))
}

pub(super) fn in_use(starter: &Starter) -> String {
    let own = starter.correction.as_ref().map_or(String::new(), |own| format!(" Beside it {}.", corrected(own)));
    format!(
        "It answers where you have neither a trained model nor {FEWEST} finished jobs of a type from the last 24 months, \
         and says so each time.{own}"
    )
}

/// "your first 7 jobs cost 12 % more than it says, so 11 % is added".
fn corrected(correction: &StarterCorrection) -> String {
    let jobs = correction.jobs;
    let measured = percent(correction.measured);
    let applied = percent(correction.factor);
    let compared = match measured {
        0 => "what it says".to_owned(),
        more @ 1.. => format!("{more} % more than it says"),
        less => format!("{} % less than it says", -less),
    };
    let done = match applied {
        0 => String::new(),
        added @ 1.. => format!(", so {added} % is added"),
        taken => format!(", so {} % is taken off", -taken),
    };
    format!("your first {jobs} jobs cost {compared}{done}")
}

/// Whole per cent above 1.
pub(super) fn percent(ratio: f64) -> i64 {
    (100.0 * (ratio - 1.0)).round() as i64
}

/// "January 2025".
pub(super) fn month(day: Date) -> String {
    day.strftime("%B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_own_jobs_say_is_said_in_words() {
        let check = |measured, factor, words: &str| {
            let correction = StarterCorrection { jobs: 7, measured, factor, scatter: 0.2, unknown: 0.1 };
            assert_eq!(corrected(&correction), words);
        };
        check(1.12, 1.106, "your first 7 jobs cost 12 % more than it says, so 11 % is added");
        check(0.8, 0.83, "your first 7 jobs cost 20 % less than it says, so 17 % is taken off");
        check(1.001, 1.0, "your first 7 jobs cost what it says");
    }
}
