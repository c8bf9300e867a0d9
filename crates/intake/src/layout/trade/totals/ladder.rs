//! Sums below each other at one edge: what stands between the net and the total makes the difference, whatever it is called.

use rust_decimal::Decimal;

use super::{CENT, Sum, signed};
use crate::layout::trade::Paper;
use crate::layout::trade::items::Items;
use crate::layout::trade::labels::Near;

/// How far the right edges of sums of one ladder may stand apart, in points.
const EDGE: f64 = 3.0;
/// More steps than this are a list.
const MOST: usize = 9;

/// One amount at the end of a line.
struct Step {
    value: Decimal,
    near: Near,
}

/// The total with the net and the steps between them, where these make it. The net is labelled or is what the items make.
pub(super) fn read(paper: &Paper<'_>, items: &Items, sums: &[Sum], lines: Option<Decimal>) -> Option<Vec<Sum>> {
    let steps = steps(paper, items);
    let mut found: Vec<(Decimal, Vec<Sum>)> = Vec::new();
    for total in sums.iter().filter(|sum| matches!(sum.field, "total" | "amount_due") && !sum.value.is_zero()) {
        let Some(end) = steps.iter().position(|step| is_at(step, total)) else { continue };
        let edge = right(&steps[end]);
        let own: Vec<&Step> = steps[..=end]
            .iter()
            .filter(|step| step.near.page == total.near.page && (right(step) - edge).abs() < EDGE)
            .collect();
        let above = &own[..own.len() - 1];
        for from in (above.len().saturating_sub(MOST)..above.len()).rev() {
            let net = above[from];
            let labelled = sums.iter().find(|sum| is_at(net, sum));
            let is_net = lines == Some(net.value) || labelled.is_some_and(|sum| sum.field == "subtotal");
            let between = &above[from + 1..];
            let change = |step: &&&Step| match sums.iter().find(|sum| is_at(step, sum)) {
                Some(sum) => signed(sum),
                None => step.value,
            };
            let made = between.iter().fold(net.value, |sum, step| sum + change(&step));
            if is_net && !between.is_empty() && (made - total.value).abs() <= CENT {
                found.push((total.value.abs(), chosen(total, net, between, sums)));
            }
        }
    }
    found.into_iter().max_by_key(|(value, _)| *value).map(|(_, sums)| sums)
}

/// Total, net and steps as fields: what no label names is a charge, several of a kind are one.
fn chosen(total: &Sum, net: &Step, between: &[&Step], sums: &[Sum]) -> Vec<Sum> {
    let mut out = vec![
        Sum { field: "total", ..total.clone() },
        Sum { field: "subtotal", weight: 3, label: "SUBTOTAL".to_owned(), value: net.value, near: net.near.clone() },
    ];
    for step in between {
        let sum = match sums.iter().find(|sum| is_at(step, sum)) {
            Some(sum) if matches!(sum.field, "tax" | "shipping" | "discount") => sum.clone(),
            Some(_) | None => Sum {
                field: "charges",
                weight: 1,
                label: "between net and total".to_owned(),
                value: step.value,
                near: step.near.clone(),
            },
        };
        match out.iter_mut().find(|other| other.field == sum.field) {
            Some(other) => other.value += sum.value,
            None => out.push(sum),
        }
    }
    out
}

fn steps(paper: &Paper<'_>, items: &Items) -> Vec<Step> {
    let lines = paper.lines.iter().enumerate().filter(|(number, _)| !items.taken.contains(number));
    let step = |(line, content): (usize, &crate::layout::lines::Line)| {
        let cell = content.cells.last()?;
        let amount = paper.print.amounts(cell).last().copied().filter(|amount| amount.is_money)?;
        let near = Near { line, page: content.page, words: cell[amount.from..amount.to].to_vec() };
        (amount.to == cell.len()).then_some(Step { value: amount.value, near })
    };
    lines.filter_map(step).collect()
}

fn right(step: &Step) -> f64 {
    step.near.words.iter().map(|word| word.bbox[2]).fold(0.0, f64::max)
}

fn is_at(step: &Step, sum: &Sum) -> bool {
    step.near.line == sum.near.line
        && step.near.words.iter().any(|word| sum.near.words.iter().any(|other| other.bbox == word.bbox))
}
