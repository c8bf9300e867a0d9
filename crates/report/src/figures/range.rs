//! How sure an estimate is: the ranges as a bar in two shades, the estimate as a mark, what similar jobs cost as dots.

use signwright_domain::Money;
use signwright_domain::estimate::{Basis, Estimate, Range};

use super::canvas::{Align, Canvas, Drawn, Type, sheet};
use super::scale::{Scale, extent, padded, prefix, step, tick_label, ticks};
use crate::ReportError;
use crate::palette::{ACCENT, BAND_80, BAND_95, INK, INK_2, INK_3, LINE_STRONG};
use crate::words::round_money;

const WIDTH: u32 = 680;
const HEIGHT: u32 = 136;
const AXIS: f64 = 78.0;
const TICKS: f64 = 7.0;
const SMALL: Type = Type::plain(11.0, INK_3);

/// The estimate's ranges on an axis of money.
pub fn range_bar(estimate: &Estimate) -> Result<String, ReportError> {
    let title = format!("Expected cost {}", round_money(estimate.cost));
    sheet(WIDTH, HEIGHT, &title, |canvas| {
        let span = padded(span(estimate), 0.08);
        let scale = Scale::new(span, (24.0, f64::from(WIDTH) - 24.0));
        canvas.heading(&title, &sentence(estimate), f64::from(WIDTH))?;
        axis(canvas, scale, span, estimate.cost)?;
        bands(canvas, scale, &estimate.ranges)?;
        dots(canvas, scale, estimate)?;
        let x = scale.at(estimate.cost.to_f64());
        canvas.bar((x - 1.25, AXIS - 11.0), (x + 1.25, AXIS + 11.0), ACCENT)?;
        median(canvas, scale, estimate)
    })
}

fn span(estimate: &Estimate) -> (f64, f64) {
    let ranges = estimate.ranges.iter().flat_map(|range| [range.low, range.high]);
    let jobs = estimate.similar.iter().map(|job| job.actual);
    let all = ranges.chain(jobs).chain(estimate.median_of_type).chain([estimate.cost]);
    extent(all.map(Money::to_f64)).unwrap_or_default()
}

fn sentence(estimate: &Estimate) -> String {
    let ranges = estimate.ranges.iter().filter(|range| matches!(range.level, 80 | 95));
    let of = promise(estimate.basis);
    let parts = ranges.map(|r| format!("{} % {of} {} – {}", r.level, round_money(r.low), round_money(r.high)));
    parts.collect::<Vec<_>>().join("; ")
}

/// What a range says: the starter's ones rest on what is assumed about shops.
fn promise(basis: Basis) -> &'static str {
    match basis {
        Basis::Starter => "assumed",
        Basis::Model | Basis::Assembly | Basis::MedianOfType | Basis::SimilarJobs => "of such jobs",
    }
}

fn axis(canvas: &Canvas<'_>, scale: Scale, span: (f64, f64), cost: Money) -> Drawn {
    canvas.line((24.0, AXIS), (f64::from(WIDTH) - 24.0, AXIS), LINE_STRONG, 1.0)?;
    let step = step(span, TICKS);
    ticks(span, TICKS).into_iter().try_for_each(|tick| {
        let x = scale.at(tick);
        canvas.line((x, AXIS - 4.0), (x, AXIS + 4.0), LINE_STRONG, 1.0)?;
        canvas.text(&tick_label(tick, step, prefix(cost.currency.symbol())), (x, AXIS + 22.0), Align::Centre, SMALL)
    })
}

/// The widest range first, so that the narrower lies on it.
fn bands(canvas: &Canvas<'_>, scale: Scale, ranges: &[Range]) -> Drawn {
    let mut ranges: Vec<_> = ranges.iter().filter(|range| matches!(range.level, 80 | 95)).collect();
    ranges.sort_by_key(|range| std::cmp::Reverse(range.level));
    ranges.into_iter().try_for_each(|range| {
        let colour = if range.level == 80 { BAND_80 } else { BAND_95 };
        let (low, high) = (scale.at(range.low.to_f64()), scale.at(range.high.to_f64()));
        canvas.bar((low, AXIS - 6.0), (high, AXIS + 6.0), colour)
    })
}

/// Dots that would cover each other are stacked.
fn dots(canvas: &Canvas<'_>, scale: Scale, estimate: &Estimate) -> Drawn {
    let mut at: Vec<f64> = estimate.similar.iter().map(|job| scale.at(job.actual.to_f64())).collect();
    at.sort_by(f64::total_cmp);
    let mut stack = 0;
    at.iter().enumerate().try_for_each(|(i, x)| {
        stack = if i > 0 && x - at[i - 1] < 6.5 { (stack + 1).min(3) } else { 0 };
        canvas.dot((*x, AXIS - 13.0 - f64::from(stack) * 6.5), 2.8, INK_3)
    })
}

fn median(canvas: &Canvas<'_>, scale: Scale, estimate: &Estimate) -> Drawn {
    let jobs = if estimate.similar.is_empty() { "" } else { "Dots: what similar jobs really cost." };
    canvas.text(jobs, (16.0, f64::from(HEIGHT) - 14.0), Align::Left, SMALL)?;
    let Some(median) = estimate.median_of_type else { return Ok(()) };
    let x = scale.at(median.to_f64());
    canvas.polygon(&[(x, AXIS + 7.0), (x - 4.0, AXIS + 13.0), (x + 4.0, AXIS + 13.0)], INK)?;
    let words = format!("▲ median of this type, {} jobs: {}", estimate.median_count, round_money(median));
    let style = Type::plain(11.0, INK_2);
    canvas.text(&words, (f64::from(WIDTH) - 16.0, f64::from(HEIGHT) - 14.0), Align::Right, style)
}
