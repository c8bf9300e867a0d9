//! Sums below each other at one edge: what stands between the net and the total makes the difference, whatever it is called.

use rust_decimal::Decimal;

use super::{Sum, is_close, signed, together};
use crate::layout::trade::Paper;
use crate::layout::trade::items::Items;
use crate::layout::trade::labels::Near;
use crate::pdf::words::Token;

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
            let made = together(net.value, between.iter().map(|step| change(step, sums)));
            if is_net && !between.is_empty() && is_close(made, total.value) {
                found.extend(proven(paper, total, net, between, sums).map(|sums| (sums[0].value.abs(), sums)));
            }
        }
    }
    found.into_iter().max_by_key(|(value, _)| *value).map(|(_, sums)| sums)
}

/// What a ladder that adds up proves. An amount due is the total only where nothing was paid before: else the total is
/// what stands before the payments, and they stand last.
fn proven(paper: &Paper<'_>, end: &Sum, net: &Step, between: &[&Step], sums: &[Sum]) -> Option<Vec<Sum>> {
    let paid = between.iter().position(|step| is_paid(step, sums)).unwrap_or(between.len());
    let (charged, payments) = between.split_at(paid);
    let is_due = end.field == "amount_due";
    if payments.iter().any(|step| !is_paid(step, sums))
        || (!is_due && !payments.is_empty())
        || (is_due && charged.iter().any(|step| is_of_before(paper, step, sums)))
    {
        return None;
    }
    let total = if payments.is_empty() { end.clone() } else { unpaid(end, net, charged, sums)? };
    chosen(total, net, charged, sums)
}

/// The total that is not printed: the net and what is charged, before anything is paid.
fn unpaid(end: &Sum, net: &Step, charged: &[&Step], sums: &[Sum]) -> Option<Sum> {
    let value = together(net.value, charged.iter().map(|step| change(step, sums)))?;
    let words: Vec<Token> = std::iter::once(&net).chain(charged).flat_map(|step| step.near.words.clone()).collect();
    let label = "sum of what stands before the payment".to_owned();
    Some(Sum { value, label, near: Near { words, ..net.near.clone() }, ..end.clone() })
}

fn is_paid(step: &Step, sums: &[Sum]) -> bool {
    sums.iter().any(|sum| sum.field == "prepaid" && is_at(step, sum))
}

/// Whether a step may belong to another paper: something is taken off and nothing says what, or its label says that it is
/// no sum of this one, as `Previous balance`.
fn is_of_before(paper: &Paper<'_>, step: &Step, sums: &[Sum]) -> bool {
    let nameless = !sums.iter().any(|sum| is_at(step, sum));
    let is_other = || paper.labels.in_line(step.near.line).iter().any(|label| label.field == "other");
    nameless && (step.value.is_sign_negative() || is_other())
}

/// What a step adds. Payments are taken off, whether or not they are printed with a minus.
fn change(step: &Step, sums: &[Sum]) -> Decimal {
    match sums.iter().find(|sum| is_at(step, sum)) {
        Some(_) if is_paid(step, sums) => -step.value.abs(),
        Some(sum) => signed(sum),
        None => step.value,
    }
}

/// Total, net and steps as fields: what no label names is a charge, several of a kind are one.
fn chosen(total: Sum, net: &Step, between: &[&Step], sums: &[Sum]) -> Option<Vec<Sum>> {
    let mut out = vec![
        Sum { field: "total", ..total },
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
            Some(other) => other.value = other.value.checked_add(sum.value)?,
            None => out.push(sum),
        }
    }
    Some(out)
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
