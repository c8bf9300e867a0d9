//! What a look found, in sentences.

use signwright_domain::counted;
use signwright_domain::driver::{self, DriverKind};

use super::error::NEWEST;
use super::{FEWEST, ModelWatch, TOO_MUCH};

/// A type is named when its error is so many times that on the card.
const MUCH_WORSE: f64 = 1.5;
/// Per cent by which ranges reach further before it is said.
const TOLD: f64 = 10.0;
/// Drivers and types named at most.
const NAMED: usize = 3;

pub(super) fn of(watch: &ModelWatch, of_challengers: Vec<String>) -> Vec<String> {
    let mut words = vec![since(watch)];
    for coverage in watch.coverage.iter().filter(|coverage| coverage.too_narrow) {
        let (level, held) = (coverage.level, 100.0 * coverage.held);
        words.push(format!("The {level} % range held in {held:.0} % of them: more often missed than chance explains."));
    }
    words.extend(stretched(watch));
    for group in watch.types.iter().take(NAMED) {
        if let Some(card) = group.card_error.filter(|card| *card > 0.0 && group.median_error > MUCH_WORSE * card) {
            let name = type_label(&group.group);
            words.push(format!(
                "{name}: off by {:.1} %, {card:.1} % on the card, on {} jobs.",
                group.median_error, group.n
            ));
        }
    }
    let changed = watch.drivers.iter().filter(|driver| driver.changed).take(NAMED);
    words.extend(changed.map(|driver| {
        let ks = driver.ks.map_or(String::new(), |ks| format!(", KS {ks:.2}"));
        format!("{} (PSI {:.2}{ks}).", driver.words, driver.psi)
    }));
    if let Some(open) = &watch.open {
        words.push(format!(
            "{}: each estimate is expected to be off by {:.1} % in the median, {:.1} % by the card alone.",
            counted(open.quotes, "open quote", "open quotes"),
            open.expected_error,
            open.card_error
        ));
    }
    words.extend(of_challengers);
    words
}

fn since(watch: &ModelWatch) -> String {
    let jobs = counted(watch.jobs, "job was", "jobs were");
    match (watch.error, watch.card_error, watch.ratio) {
        (Some(error), Some(card), Some(ratio)) => {
            let what = if ratio > TOO_MUCH {
                format!("{ratio:.1} times as much")
            } else if ratio < 1.0 / TOO_MUCH {
                "better than promised".to_owned()
            } else {
                "as promised".to_owned()
            };
            let of = if watch.jobs as usize > NEWEST { format!("the newest {NEWEST} are ") } else { String::new() };
            format!(
                "{jobs} finished since it was trained: {of}off by {error:.1} % in the median, {card:.1} % on its card: \
                 {what}."
            )
        }
        _ => format!("{jobs} finished since it was trained: its error is told from {FEWEST} on."),
    }
}

/// That estimates follow, where that moves the 80 % range by more than a tenth.
fn stretched(watch: &ModelWatch) -> Option<String> {
    let side = watch.stretch.sides.iter().find(|side| side.level == 80)?;
    let moved = |factor: f64, where_to: &str| {
        let by = 100.0 * (factor - 1.0);
        let how = if by > 0.0 { "further" } else { "less far" };
        (by.abs() >= TOLD).then(|| format!("{:.0} % {how} {where_to}", by.abs()))
    };
    let sides: Vec<String> = moved(side.below, "down").into_iter().chain(moved(side.above, "up")).collect();
    (!sides.is_empty()).then(|| format!("New estimates follow: their 80 % ranges reach {}.", sides.join(" and ")))
}

fn type_label(name: &str) -> String {
    let choices = match driver::find("sign_type").map(|driver| &driver.kind) {
        Some(DriverKind::Choice { choices }) => choices.iter().find(|choice| choice.value == name),
        _ => None,
    };
    choices.map_or_else(|| name.to_owned(), |choice| choice.label.to_owned())
}
