//! Two build-ups of one job line by line: another version of the assembly, another material, other prices.

use std::collections::BTreeMap;

use signwright_domain::Money;
use signwright_domain::build_up::{BuildUp, BuildUpLine, LineChange};

/// Lines that cost more, less, or stand in one of the two only, the largest difference first. The differences add up to that
/// of the totals. Lines are the same by their name and their item; of several that are, the costs are added.
///
/// Both must be of one currency.
pub fn differences(before: &BuildUp, after: &BuildUp) -> Vec<LineChange> {
    let (was, is) = (by_line(before), by_line(after));
    let mut changes: Vec<LineChange> = Vec::new();
    for (line, was) in &was {
        changes.extend(change(line, Some(*was), is.get(line).copied()));
    }
    for (line, is) in is.iter().filter(|(line, _)| !was.contains_key(*line)) {
        changes.extend(change(line, None, Some(*is)));
    }
    changes.sort_by(|a, b| b.difference.minor.abs().cmp(&a.difference.minor.abs()).then_with(|| a.name.cmp(&b.name)));
    changes
}

/// Name and item.
type Line<'a> = (&'a str, &'a str);

/// What a line costs, and whose quantity it is of.
#[derive(Clone, Copy)]
struct Cost<'a> {
    amount: Money,
    first: &'a BuildUpLine,
}

fn by_line(build_up: &BuildUp) -> BTreeMap<Line<'_>, Cost<'_>> {
    let mut lines: BTreeMap<Line<'_>, Cost<'_>> = BTreeMap::new();
    for line in &build_up.lines {
        lines
            .entry((line.name.as_str(), line.item.as_str()))
            .and_modify(|cost| cost.amount = cost.amount + line.amount)
            .or_insert(Cost { amount: line.amount, first: line });
    }
    lines
}

/// `None` where nothing changed.
fn change(line: &Line<'_>, before: Option<Cost<'_>>, after: Option<Cost<'_>>) -> Option<LineChange> {
    let some = after.or(before)?;
    let nothing = Money::zero(some.amount.currency);
    let amount = |cost: Option<Cost<'_>>| cost.map_or(nothing, |cost| cost.amount);
    let difference = amount(after) - amount(before);
    let quantity = |cost: Cost<'_>| format!("{} {}", cost.first.quantity, cost.first.unit).trim().to_owned();
    (difference.minor != 0).then(|| LineChange {
        name: line.0.to_owned(),
        kind: some.first.kind,
        before: before.map(|cost| cost.amount),
        after: after.map(|cost| cost.amount),
        before_quantity: before.map(quantity),
        after_quantity: after.map(quantity),
        difference,
    })
}
