//! Points, runs, level shifts and bends that trend and season of a series do not explain.
//!
//! A search for interventions (Chen and Liu 1993) decides; simpler detectors on a robust decomposition are asked whether
//! they see the same, and their votes are named. Changes of variance are not looked for.

mod belief;
mod effects;
mod regression;
mod search;
mod season;
mod votes;

use signwright_domain::anomaly::{AnomalyKind, AnomalySeverity, SeriesAnomaly};
use signwright_domain::series::{Frequency, Series};

use crate::ForecastError;
use crate::numbers::{mean, shown};
use crate::prepare::{Prepared, prepare};
use effects::Effect;
use search::{Explained, explain};
use votes::{Votes, ordinary_elsewhere};

/// Fewer points than this show no pattern to differ from.
const FEWEST_POINTS: usize = 12;
/// Only the newest points are searched: the search's work grows with the square of the length.
const MOST_POINTS: usize = 1_500;
/// Logarithms are used where they explain clearly better.
const CLEARLY: f64 = 10.0;
/// The first periods of a new level or slope, by which it is sure; they are its `end`.
const LEVEL_SEEN: usize = 3;
/// Runs and shifts smaller than this, in standard deviations, are real but nothing to look at.
const SMALLEST_SHIFT: f64 = 2.5;

/// What does not fit, strongest first. `score` is the size in standard deviations of the noise (for a trend: of the change
/// that builds up over a season or twelve periods); `expected` is the value without the anomaly, at its start or on
/// average over a run; `end` of a level or trend change is where it has become certain.
///
/// Errors: as for a forecast, with at least 12 points.
pub fn in_series(series: &Series) -> Result<Vec<SeriesAnomaly>, ForecastError> {
    let mut history = prepare(series, FEWEST_POINTS)?;
    let skipped = history.values.len().saturating_sub(MOST_POINTS);
    history.values.drain(..skipped);
    let values = &history.values;
    if values.iter().all(|y| (y - values[0]).abs() <= 1e-12 * values[0].abs()) {
        return Ok(Vec::new());
    }
    let votes = Votes::of(values, history.season);
    let ordinary = ordinary_elsewhere(values, history.season);
    let explained = best_explanation(&history, &ordinary);
    let scene = Scene { series, history: &history, skipped, explained, ordinary, votes };
    let mut found: Vec<SeriesAnomaly> = (0..scene.explained.effects.len()).filter_map(|at| scene.anomaly(at)).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(found)
}

/// On the values or, where the season grows with the level, on their logarithms; fitted values are in units of the series.
fn best_explanation(history: &Prepared, ordinary: &[bool]) -> Explained {
    let values = &history.values;
    let plain = explain(values, history.season, ordinary);
    if values.iter().any(|y| *y <= 0.0) {
        return plain;
    }
    let logarithms: Vec<f64> = values.iter().map(|y| y.ln()).collect();
    let mut of_logarithms = explain(&logarithms, history.season, ordinary);
    let jacobian = 2.0 * logarithms.iter().sum::<f64>();
    if of_logarithms.criterion + jacobian + CLEARLY > plain.criterion {
        return plain;
    }
    of_logarithms.logarithmic = true;
    of_logarithms
}

struct Scene<'a> {
    series: &'a Series,
    history: &'a Prepared,
    skipped: usize,
    explained: Explained,
    /// Values that would be normal at another time of the season.
    ordinary: Vec<bool>,
    votes: Votes,
}

impl Scene<'_> {
    /// `None` for a shift too small to matter.
    fn anomaly(&self, at: usize) -> Option<SeriesAnomaly> {
        let (effect, size, _) = self.explained.effects[at];
        let (from, to) = self.extent(effect);
        let kind = self.kind(effect);
        let expected = self.expected(effect, size, to);
        let score = self.score(effect, size);
        if matches!(effect, Effect::Run(..) | Effect::Level(_)) && score < SMALLEST_SHIFT {
            return None;
        }
        let mut detectors = vec!["intervention search".to_owned()];
        detectors.extend(self.votes.for_stretch(from, to).map(str::to_owned));
        let actual = mean(&self.history.values[from..=to]);
        let (start, end) = (self.date(from)?, self.date(to)?);
        let sentence = Sentence { frequency: self.series.frequency, unit: &self.series.unit, actual, expected, score };
        Some(SeriesAnomaly {
            series: self.series.name.clone(),
            start,
            end,
            kind,
            score,
            severity: severity(score),
            expected,
            detectors,
            explanation: sentence.of(kind, to - from + 1, size > 0.0),
        })
    }

    fn date(&self, position: usize) -> Option<jiff::civil::Date> {
        self.history.calendar.date((position + self.skipped) as i64)
    }

    /// First and last position.
    fn extent(&self, effect: Effect) -> (usize, usize) {
        let last = self.history.values.len() - 1;
        match effect {
            Effect::Point(at) => (at, at),
            Effect::Run(from, to) => (from, to - 1),
            Effect::Level(at) => (at, (at + LEVEL_SEEN).min(last)),
            Effect::Trend(at) => (at, (at + self.bend_seen()).min(last)),
        }
    }

    fn bend_seen(&self) -> usize {
        (self.history.values.len() / 10).clamp(LEVEL_SEEN, 12)
    }

    /// A single value that would be normal at another time of the season is contextual.
    fn kind(&self, effect: Effect) -> AnomalyKind {
        match effect {
            Effect::Point(at) if self.ordinary[at] => AnomalyKind::Contextual,
            Effect::Point(_) => AnomalyKind::Point,
            Effect::Run(..) => AnomalyKind::Collective,
            Effect::Level(_) => AnomalyKind::Level,
            Effect::Trend(_) => AnomalyKind::Trend,
        }
    }

    /// In units of the series, on average from the start to `to`.
    fn expected(&self, effect: Effect, size: f64, to: usize) -> f64 {
        let column = effect.column(self.history.values.len());
        let stretch: Vec<f64> = (effect.start()..=to)
            .map(|t| {
                let without = self.explained.fitted[t] - size * column[t];
                if self.explained.logarithmic { without.exp() } else { without }
            })
            .collect();
        mean(&stretch)
    }

    fn score(&self, effect: Effect, size: f64) -> f64 {
        let periods = match effect {
            Effect::Point(_) | Effect::Run(..) | Effect::Level(_) => 1.0,
            Effect::Trend(_) if self.history.season > 1 => self.history.season as f64,
            Effect::Trend(_) => 12.0,
        };
        let sigma = self.explained.sigma.max(1e-9 * size.abs());
        (periods * size.abs() / sigma).min(1_000.0)
    }
}

fn severity(score: f64) -> AnomalySeverity {
    match score {
        s if s >= 8.0 => AnomalySeverity::High,
        s if s >= 5.0 => AnomalySeverity::Medium,
        _ => AnomalySeverity::Low,
    }
}

/// What the explanation is made of.
struct Sentence<'a> {
    frequency: Frequency,
    unit: &'a str,
    actual: f64,
    expected: f64,
    score: f64,
}

impl Sentence<'_> {
    fn of(&self, kind: AnomalyKind, length: usize, up: bool) -> String {
        let (actual, expected) = (self.amount(self.actual), self.amount(self.expected));
        let period = self.frequency.period_word();
        let (higher, direction) = if up { ("above", "up") } else { ("below", "down") };
        let times = format!("{:.1} times the usual scatter", self.score);
        match kind {
            AnomalyKind::Contextual => format!(
                "{actual} would be ordinary at another time of the season, but {expected} was expected in this {period} ({times})"
            ),
            AnomalyKind::Collective => {
                format!(
                    "{length} {period}s in a row lie {higher} what was expected: {actual} on average instead of {expected} ({times})"
                )
            }
            AnomalyKind::Level => {
                format!("from this {period} on the level is another, {direction} from {expected} to {actual} ({times})")
            }
            AnomalyKind::Trend => {
                format!("from this {period} on the series bends {direction}: the change over a season is {times}")
            }
            AnomalyKind::Point
            | AnomalyKind::DecimalSlip
            | AnomalyKind::SwappedColumns
            | AnomalyKind::WrongUnit
            | AnomalyKind::MissingDepartment
            | AnomalyKind::Duplicate
            | AnomalyKind::Unusual
            | AnomalyKind::Impossible => format!("{actual} lies {higher} the {expected} that was expected ({times})"),
        }
    }

    fn amount(&self, value: f64) -> String {
        match self.unit.strip_prefix('$') {
            Some(per) if value < 0.0 => format!("-${}{per}", shown(-value)),
            Some(per) => format!("${}{per}", shown(value)),
            None if self.unit.is_empty() => shown(value),
            None => format!("{} {}", shown(value), self.unit),
        }
    }
}
