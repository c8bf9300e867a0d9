//! The errors and ranges of a model on jobs that it has not learned from, by month and by type.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use signwright_domain::card::Card;
use signwright_domain::estimate::{Estimate, Range};
use signwright_domain::job::Job;
use signwright_learn::{MODEL, Stretch, median};
use signwright_store::predictions::{self, How};
use signwright_store::settings;
use ts_rs::TS;

use super::{FEWEST, Learned};
use crate::estimates::{Champion, Experience};
use crate::{Action, CallError, estimates, money, quotes};

/// The error of now is that of so many of the newest jobs.
pub(super) const NEWEST: usize = 100;
/// Fewest jobs of a type that are told apart.
const FEWEST_OF_TYPE: usize = 8;

/// One month of jobs that the model had not learned from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MonthError {
    #[ts(type = "string")]
    pub month: Date,
    pub n: u32,
    /// Per cent.
    pub median_error: f64,
    /// Mean of (predicted - actual) / actual, per cent.
    pub bias: f64,
    /// Share inside the 80 % range, 0 to 1.
    pub held_80: f64,
    /// These are the jobs that the card was measured on.
    pub tested: bool,
}

/// How often a range held on the jobs since training, and on the card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CoverageNow {
    pub level: u8,
    pub held: f64,
    pub n: u32,
    pub card: f64,
    /// Less often than it says, by more than chance explains (two standard errors).
    pub too_narrow: bool,
}

/// The error of one sign type since training, and on the card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct GroupNow {
    pub group: String,
    pub n: u32,
    pub median_error: f64,
    pub card_error: Option<f64>,
}

/// The jobs since training, and what the model says of them.
pub(super) struct Later {
    /// In the history.
    pub(super) rows: Vec<usize>,
    pub(super) said: Vec<predictions::Prediction>,
    pub(super) estimated: u32,
    /// Of the model's own ranges, by the jobs in the order of their completion.
    pub(super) stretch: Stretch,
}

/// What the model says of every job that was finished after what it has learned from, as it said it at the quote where it
/// was asked then.
pub(super) fn later(
    action: &Action,
    experience: &Experience,
    model: &Champion,
    learned: &Learned,
) -> Result<Later, CallError> {
    let jobs = &experience.history;
    let rows: Vec<usize> = (0..jobs.len()).filter(|&row| learned.is_fresh(&jobs[row])).collect();
    let currency = settings::shop(&action.shop().read())?.currency;
    let answers = if rows.is_empty() { Vec::new() } else { model.model.predict(&experience.table.select(&rows))? };
    let before = at_quote(action, model.id)?;
    let mut said = Vec::new();
    let mut estimated = 0;
    let mut stretch = Stretch::default();
    for (row, answer) in rows.iter().zip(&answers) {
        let job = &jobs[*row];
        if let Some(actual) = job.actual.total {
            stretch.learn(&model.model, answer, money::to_statistics(actual));
        }
        let kept = job.quote_number.as_ref().and_then(|number| before.get(number));
        let kept = kept.filter(|estimate| job.completed_on.is_some_and(|done| said_on(estimate) <= done));
        estimated += u32::from(kept.is_some());
        let (value, ranges) = match kept {
            Some(estimate) => (estimate.cost, estimate.ranges.clone()),
            None => (money::from_statistics(answer.value, currency)?, money::ranges(&answer.ranges, currency)?),
        };
        said.push(predictions::Prediction { job_id: job.id, how: How::Later, at: action.now, value, ranges });
    }
    Ok(Later { rows, said, estimated, stretch })
}

/// Estimates by this model that alone make a quote, by the numbers the quote is known by.
fn at_quote(action: &Action, model_id: i64) -> Result<HashMap<String, Estimate>, CallError> {
    let mut found = HashMap::new();
    for quote in quotes::all(action)? {
        let lines = &quote.active().lines;
        let ids: Option<Vec<i64>> = lines.iter().map(|line| line.estimate_id).collect();
        let mut ids = ids.unwrap_or_default();
        ids.dedup();
        let ([id], true) = (ids.as_slice(), lines.iter().all(|line| line.quantity == rust_decimal::Decimal::ONE))
        else {
            continue;
        };
        let estimate = estimates::get(action, *id)?;
        if estimate.model_id == Some(model_id) {
            for number in quote.external_id.iter().chain([&quote.number]) {
                found.insert(number.clone(), estimate.clone());
            }
        }
    }
    Ok(found)
}

/// The day on which an estimate was made.
fn said_on(estimate: &Estimate) -> Date {
    estimate.created_at.to_zoned(TimeZone::system()).date()
}

/// A job with what was said of it before it was learned from.
pub(super) struct Seen<'a> {
    job: &'a Job,
    how: How,
    off: f64,
    held: Vec<(u8, bool)>,
}

/// Every such job of a model, the earliest completion first.
pub(super) fn seen<'a>(
    action: &Action,
    experience: &'a Experience,
    model: &Champion,
) -> Result<Vec<Seen<'a>>, CallError> {
    let said = predictions::of_model(&action.shop().read(), model.id)?;
    let mut seen = Vec::new();
    for job in &experience.history {
        let Ok(place) = said.binary_search_by_key(&job.id, |one| one.job_id) else { continue };
        let (one, Some(actual)) = (&said[place], job.actual.total) else { continue };
        let (value, cost) = (money::to_statistics(one.value), money::to_statistics(actual));
        let inside = |range: &Range| (range.level, (range.low.minor..=range.high.minor).contains(&actual.minor));
        let held = one.ranges.iter().map(inside).collect();
        seen.push(Seen { job, how: one.how, off: 100.0 * (value - cost) / cost, held });
    }
    Ok(seen)
}

pub(super) fn of_card(card: &Card) -> Option<f64> {
    card.scores.iter().find(|score| score.method == MODEL).map(|score| score.median_error)
}

fn since<'a, 'b>(seen: &'a [Seen<'b>]) -> impl DoubleEndedIterator<Item = &'a Seen<'b>> {
    seen.iter().filter(|one| one.how == How::Later)
}

/// The median error of the newest jobs since training; `None` where there are too few.
pub(super) fn newest(seen: &[Seen<'_>]) -> Option<f64> {
    let sizes: Vec<f64> = since(seen).rev().take(NEWEST).map(|one| one.off.abs()).collect();
    (sizes.len() >= FEWEST).then(|| median(&sizes))
}

pub(super) fn coverage(seen: &[Seen<'_>], card: &Card) -> Vec<CoverageNow> {
    let of_level = |on_card: &signwright_domain::card::Coverage| {
        let level = on_card.level;
        let held: Vec<bool> =
            since(seen).filter_map(|one| Some(one.held.iter().find(|held| held.0 == level)?.1)).collect();
        let n = held.len();
        let share = held.iter().filter(|held| **held).count() as f64 / n.max(1) as f64;
        let asked = f64::from(level) / 100.0;
        let error = (asked * (1.0 - asked) / n.max(1) as f64).sqrt();
        let too_narrow = n >= FEWEST && share < asked - 2.0 * error;
        let now =
            CoverageNow { level, held: share, n: u32::try_from(n).unwrap_or(u32::MAX), card: on_card.held, too_narrow };
        (n >= FEWEST).then_some(now)
    };
    card.coverage.iter().filter_map(of_level).collect()
}

pub(super) fn months(seen: &[Seen<'_>]) -> Vec<MonthError> {
    let mut months: BTreeMap<(bool, Date), Vec<&Seen<'_>>> = BTreeMap::new();
    for one in seen {
        if let Some(done) = one.job.completed_on {
            months.entry((one.how == How::Later, done.first_of_month())).or_default().push(one);
        }
    }
    let month = |((later, month), seen): ((bool, Date), Vec<&Seen<'_>>)| {
        let n = seen.len();
        let sizes: Vec<f64> = seen.iter().map(|one| one.off.abs()).collect();
        let held = seen.iter().filter(|one| one.held.contains(&(80, true))).count();
        MonthError {
            month,
            n: u32::try_from(n).unwrap_or(u32::MAX),
            median_error: median(&sizes),
            bias: seen.iter().map(|one| one.off).sum::<f64>() / n as f64,
            held_80: held as f64 / n as f64,
            tested: !later,
        }
    };
    months.into_iter().map(month).collect()
}

/// The types with jobs enough, the most changed first.
pub(super) fn types(seen: &[Seen<'_>], card: &Card) -> Vec<GroupNow> {
    let mut types: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for one in since(seen) {
        types.entry(one.job.sign_type.as_deref().unwrap_or_default()).or_default().push(one.off.abs());
    }
    types.retain(|name, sizes| !name.is_empty() && sizes.len() >= FEWEST_OF_TYPE);
    let group = |(name, sizes): (&str, Vec<f64>)| GroupNow {
        group: name.to_owned(),
        n: u32::try_from(sizes.len()).unwrap_or(u32::MAX),
        median_error: median(&sizes),
        card_error: card.by_type.iter().find(|group| group.group == name).map(|group| group.median_error),
    };
    let mut types: Vec<GroupNow> = types.into_iter().map(group).collect();
    let worse = |group: &GroupNow| group.median_error - group.card_error.unwrap_or(group.median_error);
    types.sort_by(|a, b| worse(b).total_cmp(&worse(a)));
    types
}
