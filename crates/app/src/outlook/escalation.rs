//! What a quote that stands for a while should allow for: by how much its cost may rise until then.
//!
//! Each material and an hour of labour count with their share of the cost. Expected is the forecast at the last day over the
//! last value; the upper figure is the end of the 80 % range, of all at once, because prices of materials rise together.

use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use signwright_domain::series::{Forecast, Series};
use signwright_domain::{Money, Task};
use signwright_forecast::forecast;
use ts_rs::TS;

use super::shares::Shares;
use crate::{Action, CallError, Code, money, series};

const WAGE: &str = "labour_rate";
/// A longer one is no quote.
const LONGEST: u16 = 730;

/// For how long, and of what.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EscalationQuery {
    /// How long the quote stands.
    pub days: u16,
    /// Whose shares count; those of all where nothing is said or few jobs tell.
    #[serde(default)]
    pub sign_type: Option<String>,
    /// What it costs today, to say it in money.
    #[serde(default)]
    pub cost: Option<Money>,
}

/// What one price adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EscalationPart {
    pub series: String,
    pub label: String,
    /// Of the cost, 0 to 1.
    pub share: f64,
    /// Per cent that the price itself rises, and at the upper end of its 80 % range.
    pub expected: f64,
    pub upper: f64,
}

/// By how much a cost may rise until a quote ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Escalation {
    pub days: u16,
    /// Per cent of the cost.
    pub expected: f64,
    pub upper: f64,
    /// The same in money, where a cost was given.
    pub expected_amount: Option<Money>,
    pub upper_amount: Option<Money>,
    /// What weighs most first.
    pub parts: Vec<EscalationPart>,
    /// Share of the cost that no series speaks of, 0 to 1.
    pub unknown: f64,
    pub summary: String,
}

/// # Errors
/// `NotEnoughData` where no price series has a share in the accounts of finished jobs.
pub fn escalation(action: &Action, input: EscalationQuery) -> Result<Escalation, CallError> {
    if !(1..=LONGEST).contains(&input.days) {
        return Err(CallError::invalid(format!("a quote stands for 1 to {LONGEST} days, not {}", input.days)));
    }
    let prices = series::imported(action)?;
    let names: Vec<String> = prices.iter().map(|price| price.label.clone()).collect();
    let shares = Shares::of(action, &names)?;
    let mut parts = Vec::new();
    for (at, price) in prices.iter().enumerate() {
        if let Some(share) = shares.material(at, input.sign_type.as_deref()) {
            parts.extend(part(action, price, share, input.days));
        }
    }
    if let Some(share) = shares.labour() {
        let wage = series::find(action, WAGE)?;
        parts.extend(part(action, &wage, share, input.days));
    }
    if parts.is_empty() {
        return Err(CallError::new(
            Code::NotEnoughData,
            "no price series is known to have a share in the cost of jobs",
        )
        .hint("Import material prices and cost summaries with their lines."));
    }
    parts.sort_by(|a, b| (b.share * b.upper.abs()).total_cmp(&(a.share * a.upper.abs())));
    let sum = |of: fn(&EscalationPart) -> f64| parts.iter().map(|part| part.share * of(part)).sum::<f64>();
    // What falls does not pay for what rises beyond its range.
    let (expected, upper) = (sum(|part| part.expected), sum(|part| part.upper.max(0.0)).max(0.0));
    let known: f64 = parts.iter().map(|part| part.share).sum();
    let amount = |percent: f64| {
        let amount = input.cost.map(|cost| money::from_statistics(cost.to_f64() * percent / 100.0, cost.currency));
        amount.transpose()
    };
    let summary = words(&parts, expected, upper, &input, shares.jobs());
    Ok(Escalation {
        days: input.days,
        expected,
        upper,
        expected_amount: amount(expected)?,
        upper_amount: amount(upper)?,
        parts,
        unknown: (1.0 - known).max(0.0),
        summary,
    })
}

/// `None` where a series is too short or too old to say anything about that day.
fn part(action: &Action, of: &Series, share: f64, days: u16) -> Option<EscalationPart> {
    let last = of.points.last().filter(|last| last.y > 0.0)?;
    let until = action.today().saturating_add(i64::from(days).days());
    let said = ahead(of, until)?;
    let point = said.points.iter().rfind(|point| point.ds <= until).or_else(|| said.points.first())?;
    Some(EscalationPart {
        series: of.name.clone(),
        label: of.label.clone(),
        share,
        expected: 100.0 * (point.yhat / last.y - 1.0),
        upper: 100.0 * (point.hi_80 / last.y - 1.0),
    })
}

/// A forecast up to a day; `None` where it cannot be made.
pub(super) fn ahead(of: &Series, until: jiff::civil::Date) -> Option<Forecast> {
    let last = of.points.last()?;
    let months = i64::from((until - last.ds).get_days()).div_euclid(30).clamp(1, 60);
    forecast(&Task::silent(), of, months as usize).ok()
}

fn words(parts: &[EscalationPart], expected: f64, upper: f64, input: &EscalationQuery, jobs: usize) -> String {
    let most = parts.first().map_or(String::new(), |part| {
        format!(
            " Most of it is {} ({:.0} % of the cost, {:+.1} % at its upper end).",
            part.label,
            100.0 * part.share,
            part.upper
        )
    });
    format!(
        "A cost of today is expected to change by {expected:+.1} % in {} days; allow up to {upper:.1} %, which prices stay below in nine \
         of ten such months if nothing breaks with the past.{most} Shares are those of {jobs} finished jobs with material lines.",
        input.days
    )
}
