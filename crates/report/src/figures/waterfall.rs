//! Why this cost: from the average job, driver by driver, to the estimate.
//!
//! Amounts are shown in whole units so that they add up as printed: each is the difference of two rounded running sums.

use signwright_domain::Money;
use signwright_domain::estimate::{Contribution, Estimate};

use super::canvas::{Align, Canvas, Drawn, Type, sheet};
use super::scale::{Scale, extent};
use crate::ReportError;
use crate::palette::{ACCENT, DOWN, INK, INK_2, LINE_STRONG, UP};
use crate::words::{round_div, round_money, whole_money};

const WIDTH: u32 = 680;
const LABELS: f64 = 216.0;
const TOP: f64 = 44.0;
const ROW: f64 = 25.0;
/// Drivers with a bar of their own; the rest is summed up in one.
const SHOWN: usize = 10;
const LABEL: Type = Type::plain(11.5, INK_2);
const STRONG: Type = Type::bold(11.5, INK);

/// One bar: from and to in minor units.
struct Step {
    label: String,
    from: i64,
    to: i64,
}

/// The drivers of an estimate as bars that add up: rust costs more, green less, blue is the estimate.
pub fn waterfall(estimate: &Estimate) -> Result<String, ReportError> {
    let steps = steps(estimate);
    let height = TOP + (steps.len() as f64 + 1.0) * ROW + 14.0;
    let title = format!("Why this cost: {}", round_money(estimate.cost));
    sheet(WIDTH, height.ceil() as u32, &title, |canvas| {
        let note = note(estimate);
        canvas.heading("Why this cost", &note, f64::from(WIDTH))?;
        let scale = scale(estimate, &steps);
        let foot = TOP + steps.len() as f64 * ROW;
        canvas.dashed(scale.at(estimate.base.minor as f64), TOP - 6.0, foot, LINE_STRONG)?;
        for (i, step) in steps.iter().enumerate() {
            draw_step(canvas, step, scale, TOP + i as f64 * ROW, estimate.base)?;
        }
        draw_result(canvas, estimate.cost, scale.at(estimate.cost.minor as f64), foot)
    })
}

fn note(estimate: &Estimate) -> String {
    if estimate.contributions.is_empty() {
        return "no drivers: this estimate does not come from a model".into();
    }
    format!("from your average job, {}; in {}, adds up", round_money(estimate.base), estimate.cost.currency)
}

/// Dearer drivers first, largest first, then cheaper ones; beyond ten they are summed up.
fn steps(estimate: &Estimate) -> Vec<Step> {
    let mut by_size: Vec<&Contribution> = estimate.contributions.iter().filter(|c| c.amount.minor != 0).collect();
    by_size.sort_by_key(|c| std::cmp::Reverse(c.amount.minor.unsigned_abs()));
    let rest = by_size.split_off(by_size.len().min(SHOWN));
    let mut rows: Vec<(String, i64)> = by_size.iter().map(|c| (label(c), c.amount.minor)).collect();
    rows.sort_by_key(|(_, amount)| (*amount < 0, std::cmp::Reverse(amount.unsigned_abs())));
    if !rest.is_empty() {
        rows.push((
            format!("{} smaller drivers", rest.len()),
            rest.iter().fold(0, |sum: i64, c| sum.saturating_add(c.amount.minor)),
        ));
    }
    let mut from = estimate.base.minor;
    rows.into_iter()
        .map(|(label, amount)| {
            let step = Step { label, from, to: from.saturating_add(amount) };
            from = step.to;
            step
        })
        .collect()
}

fn label(contribution: &Contribution) -> String {
    format!("{} {}", contribution.label, contribution.value)
}

fn scale(estimate: &Estimate, steps: &[Step]) -> Scale {
    let ends = steps.iter().flat_map(|step| [step.from, step.to]);
    let ends = ends.chain([estimate.base.minor, estimate.cost.minor]).map(|minor| minor as f64);
    let amounts = steps.iter().map(|step| LABEL.width(&amount(step, estimate.base)));
    let widest = amounts.fold(STRONG.width(&round_money(estimate.cost)), f64::max);
    let span = extent(ends).unwrap_or_default();
    Scale::new(span, (LABELS + 14.0, f64::from(WIDTH) - 24.0 - widest.min(200.0)))
}

fn draw_step(canvas: &Canvas<'_>, step: &Step, scale: Scale, top: f64, base: Money) -> Drawn {
    let middle = top + ROW / 2.0 - 3.0;
    let (from, to) = (scale.at(step.from as f64), scale.at(step.to as f64));
    let right = from.max(to).max(from.min(to) + 1.5);
    canvas.text(&LABEL.fit(&step.label, LABELS - 16.0), (LABELS, middle), Align::Right, LABEL)?;
    canvas.bar((from.min(to), middle - 7.0), (right, middle + 7.0), if step.to > step.from { UP } else { DOWN })?;
    canvas.text(&amount(step, base), (right + 7.0, middle), Align::Left, Type::plain(11.5, INK))
}

/// `+ $1,490`: the difference of the rounded running sums.
fn amount(step: &Step, base: Money) -> String {
    let unit = 10_i64.pow(base.currency.places());
    let small = [step.from, step.to].iter().all(|minor| minor.unsigned_abs() < 1_000 * unit.unsigned_abs());
    let sign = if step.to >= step.from { "+" } else { "−" };
    let size = if small {
        Money::new(step.to.saturating_sub(step.from).abs(), base.currency).to_string()
    } else {
        whole_money(round_div(step.to, unit).saturating_sub(round_div(step.from, unit)).abs(), base.currency)
    };
    format!("{sign} {size}")
}

fn draw_result(canvas: &Canvas<'_>, cost: Money, x: f64, top: f64) -> Drawn {
    let middle = top + ROW / 2.0 - 1.0;
    canvas.text("Expected cost", (LABELS, middle), Align::Right, STRONG)?;
    canvas.bar((x - 1.25, middle - 9.0), (x + 1.25, middle + 9.0), ACCENT)?;
    canvas.text(&round_money(cost), (x + 8.0, middle), Align::Left, STRONG)
}
