//! In what two versions of a quote differ.
//!
//! A line is the same line where it says the same, else where both come from the same estimate; what is then left over in
//! the same place with the same unit counts as changed, everything else as taken out and added.

use signwright_domain::Money;
use signwright_domain::quote::{QuoteLine, QuoteVersion};
use signwright_domain::quote_difference::{LineDifference, QuoteDifference};

/// From one version to another.
pub fn difference(from: &QuoteVersion, to: &QuoteVersion) -> QuoteDifference {
    let mut difference = QuoteDifference {
        from: from.version,
        to: to.version,
        lines: lines(from, to),
        before: from.totals.clone(),
        after: to.totals.clone(),
        valid_until: (from.valid_until != to.valid_until).then_some((from.valid_until, to.valid_until)),
        tax_rate: (from.tax_rate != to.tax_rate).then_some((from.tax_rate, to.tax_rate)),
        terms: (from.terms != to.terms).then(|| (from.terms.clone(), to.terms.clone())),
        exclusions_added: missing(&to.exclusions, &from.exclusions),
        exclusions_removed: missing(&from.exclusions, &to.exclusions),
        words: Vec::new(),
    };
    difference.words = words(&difference);
    difference
}

fn missing(these: &[String], those: &[String]) -> Vec<String> {
    these.iter().filter(|one| !those.contains(one)).cloned().collect()
}

fn lines(from: &QuoteVersion, to: &QuoteVersion) -> Vec<LineDifference> {
    let pairs = pairs(&from.lines, &to.lines);
    let amount = |version: &QuoteVersion, at: usize| {
        version.totals.amounts.get(at).copied().unwrap_or_else(|| Money::zero(version.totals.total.currency))
    };
    let mut told = Vec::new();
    for (at, line) in from.lines.iter().enumerate() {
        match pairs[at] {
            Some(other) if to.lines[other] == *line => {}
            Some(other) => told.push(LineDifference::Changed {
                before: line.clone(),
                after: to.lines[other].clone(),
                from: amount(from, at),
                to: amount(to, other),
            }),
            None => told.push(LineDifference::Removed { line: line.clone(), amount: amount(from, at) }),
        }
    }
    let added = to.lines.iter().enumerate().filter(|(at, _)| !pairs.contains(&Some(*at)));
    told.extend(added.map(|(at, line)| LineDifference::Added { line: line.clone(), amount: amount(to, at) }));
    told
}

/// For each line of the first the line of the second that it is.
fn pairs(from: &[QuoteLine], to: &[QuoteLine]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; from.len()];
    let mut pair = |is_same: &dyn Fn(usize, usize) -> bool| {
        for at in 0..from.len() {
            if pairs[at].is_none() {
                pairs[at] = (0..to.len()).find(|other| !pairs.contains(&Some(*other)) && is_same(at, *other));
            }
        }
    };
    pair(&|a, b| from[a] == to[b]);
    pair(&|a, b| from[a].description.trim() == to[b].description.trim());
    pair(&|a, b| from[a].estimate_id.is_some() && from[a].estimate_id == to[b].estimate_id);
    pair(&|a, b| a == b && from[a].unit == to[b].unit);
    pairs
}

fn words(difference: &QuoteDifference) -> Vec<String> {
    let mut words = Vec::new();
    for line in &difference.lines {
        words.push(match line {
            LineDifference::Added { line, amount } => format!("{} was added, {amount}.", first_line(line)),
            LineDifference::Removed { line, amount } => format!("{} was taken out, {amount}.", first_line(line)),
            LineDifference::Changed { before, from, to, .. } if from == to => {
                format!("{} was changed at the same price, {to}.", first_line(before))
            }
            LineDifference::Changed { before, from, to, .. } => {
                format!("{} is {to} instead of {from}.", first_line(before))
            }
        });
    }
    let (before, after) = (&difference.before, &difference.after);
    if before.total != after.total {
        let more = Money::new(after.total.minor - before.total.minor, after.total.currency);
        let word = if more.minor > 0 { "more" } else { "less" };
        words.push(format!("The total is {} instead of {}: {} {word}.", after.total, before.total, more.abs()));
    }
    if before.cost != after.cost {
        words.push(format!("The cost is {} instead of {}.", after.cost, before.cost));
    }
    if let Some((before, after)) = difference.valid_until {
        words.push(format!("It is valid until {after} instead of {before}."));
    }
    if let Some((before, after)) = difference.tax_rate {
        words.push(format!("The tax rate is {} instead of {}.", after.normalize(), before.normalize()));
    }
    if difference.terms.is_some() {
        words.push("The terms were changed.".to_owned());
    }
    words.extend(difference.exclusions_added.iter().map(|one| format!("No longer included: {one}.")));
    words.extend(difference.exclusions_removed.iter().map(|one| format!("No longer excluded: {one}.")));
    words
}

fn first_line(line: &QuoteLine) -> String {
    format!("\"{}\"", line.description.lines().next().unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;
    use signwright_domain::Currency;

    use super::*;
    use crate::{Offer, edit, new_version};

    fn line(description: &str, price: i64) -> QuoteLine {
        QuoteLine {
            description: description.to_owned(),
            quantity: Decimal::ONE,
            unit: "each".to_owned(),
            unit_cost: Decimal::TEN,
            unit_price: Decimal::from(price),
            estimate_id: None,
        }
    }

    fn version(lines: &[(&str, i64)]) -> QuoteVersion {
        let offer = Offer {
            lines: lines.iter().map(|(description, price)| line(description, *price)).collect(),
            tax_rate: Decimal::ZERO,
            currency: Currency::USD,
            valid_until: "2026-12-01".parse().expect("a day"),
            terms: "Half now".to_owned(),
            exclusions: vec!["Rock".to_owned()],
            decided: None,
            options: Vec::new(),
        };
        new_version(None, "2026-11-01T00:00:00Z".parse().expect("a moment"), offer).expect("a version")
    }

    #[test]
    fn lines_are_added_taken_out_and_changed() {
        let check = |from: &[(&str, i64)], to: &[(&str, i64)], expected: &[&str]| {
            assert_eq!(difference(&version(from), &version(to)).words, expected, "{from:?} {to:?}");
        };
        check(&[("Face", 20)], &[("Face", 20)], &[]);
        check(
            &[("Face", 20)],
            &[("Face", 25)],
            &["\"Face\" is $25.00 instead of $20.00.", "The total is $25.00 instead of $20.00: $5.00 more."],
        );
        check(
            &[("Face", 20), ("Pole", 30)],
            &[("Pole", 30), ("Crane", 5)],
            &[
                "\"Face\" was taken out, $20.00.",
                "\"Crane\" was added, $5.00.",
                "The total is $35.00 instead of $50.00: $15.00 less.",
            ],
        );
        // In another order it is the same quote.
        check(&[("Face", 20), ("Pole", 30)], &[("Pole", 30), ("Face", 20)], &[]);
        check(&[("Face", 20)], &[("Faces", 20)], &["\"Face\" was changed at the same price, $20.00."]);
    }

    #[test]
    fn what_stands_under_the_lines_is_compared_too() {
        let from = version(&[("Face", 20)]);
        let offer = Offer {
            tax_rate: Decimal::new(7, 2),
            valid_until: "2026-12-15".parse().expect("a day"),
            terms: "All now".to_owned(),
            exclusions: vec!["Permits".to_owned()],
            ..Offer::of(&from)
        };
        let to = edit(&from, offer).expect("a version");
        let expected = [
            "The total is $21.40 instead of $20.00: $1.40 more.",
            "It is valid until 2026-12-15 instead of 2026-12-01.",
            "The tax rate is 0.07 instead of 0.",
            "The terms were changed.",
            "No longer included: Permits.",
            "No longer excluded: Rock.",
        ];
        assert_eq!(difference(&from, &to).words, expected);
    }
}
