//! Which fields an unused column could fill: by likeness of names, and by whether its values read as the field wants.
//! A suggestion is shown and never taken without a person.

use std::collections::HashSet;

use super::fields::{Reads, TableKind};
use super::headers::NamedColumn;
use super::survey::{Column, Nature};
use super::understood::Suggestion;

/// Names that many things have.
const VAGUE: &[&str] = &[
    "date",
    "amount",
    "total",
    "price",
    "name",
    "id",
    "guid",
    "type",
    "value",
    "status",
    "number",
    "title",
    "subject",
    "cost",
    "unit",
    "item",
    "estimate",
    "result",
    "code",
    "line",
    "record id",
    "location",
    "site",
    "start date",
];

const AT_MOST: usize = 3;
const LEAST: f64 = 0.35;

pub(super) fn is_vague(name: &str) -> bool {
    VAGUE.contains(&name)
}

/// The likeliest free fields, best first.
pub(super) fn fields(column: &NamedColumn, seen: &Column, kind: &TableKind, taken: &[&str]) -> Vec<Suggestion> {
    let nature = seen.nature();
    if nature == Nature::Empty {
        return Vec::new();
    }
    let free = kind.fields.iter().filter(|field| !taken.contains(&field.field) && suits(field.reads, nature));
    let mut found: Vec<Suggestion> = free
        .map(|field| {
            let likeness = field.names.iter().map(|name| likeness(&column.text.plain, name)).fold(0.0, f64::max);
            Suggestion { field: field.field.to_owned(), confidence: (likeness * 80.0).round() / 100.0 }
        })
        .filter(|one| one.confidence >= LEAST)
        .collect();
    found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.field.cmp(&b.field)));
    found.truncate(AT_MOST);
    found
}

/// Share of words that two names have in common (Dice), words that begin alike counted half.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (HashSet<&str>, HashSet<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let same = a.intersection(&b).count() as f64;
    let alike =
        |x: &&&str| b.iter().any(|y| *x != y && x.len().min(y.len()) >= 4 && (x.starts_with(y) || y.starts_with(**x)));
    let half = a.difference(&b).collect::<Vec<_>>().iter().filter(|x| alike(x)).count() as f64 / 2.0;
    2.0 * (same + half) / (a.len() + b.len()) as f64
}

fn suits(reads: Reads, nature: Nature) -> bool {
    match reads {
        Reads::Money | Reads::Number | Reads::Measure(_) => nature == Nature::Numbers,
        Reads::Date | Reads::Month => nature == Nature::Dates,
        Reads::Flag => nature == Nature::Flags,
        Reads::Outcome | Reads::JobStatus | Reads::Choice(_) => nature == Nature::Categories,
        Reads::Text => matches!(nature, Nature::Categories | Nature::Text),
        Reads::Id => matches!(nature, Nature::Numbers | Nature::Categories | Nature::Text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_by_their_words() {
        assert_eq!(likeness("total cost", "total cost"), 1.0);
        assert!(likeness("grand total cost", "total cost") > 0.7);
        assert!(likeness("date complete", "date completed") > 0.7);
        assert_eq!(likeness("zone", "total cost"), 0.0);
    }
}
