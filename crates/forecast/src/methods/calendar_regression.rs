//! A trend that may bend, waves of the year, days of the week and what holidays do, in one regression (the model of Taylor and
//! Letham 2018): ridge regression with errors that fade (Cochrane and Orcutt 1949), so that a wandering series is not taken for a wave.
//!
//! It carries a year of which the history holds hardly more than one. What holidays do is taken from the history before the other
//! methods see it as well, where it is plain.

use std::f64::consts::TAU;

use crate::calendar_terms::Periods;
use crate::numbers::mean;

/// Waves per year of weeks and of days, and while there are fewer than two years.
const WAVES: usize = 4;
const WAVES_OF_DAYS: usize = 6;
const FEW_WAVES: usize = 2;
/// Years from which waves are fitted.
pub(super) const LEAST_YEARS: f64 = 1.25;
/// Places where the trend may bend, in the first part of the history.
const BENDS: usize = 6;
const BENDS_UNTIL: f64 = 0.85;
/// How strongly bends are held straight, in rows.
const STIFFNESS: f64 = 20.0;
/// Shrinkages tried, in rows.
const SHRINKAGES: [f64; 6] = [0.3, 1.0, 3.0, 10.0, 30.0, 100.0];
/// Errors are not taken to last longer than this from period to period.
const LONGEST_LASTING: f64 = 0.98;
/// Older values are left out: four years of days.
const LONGEST: usize = 1_500;
/// What a holiday does is shrunk in occurrences, not in proportion to their number.
const PER_HOLIDAY: f64 = 0.1;
/// By how much holidays must make the regression better, by generalised cross-validation.
const HOLIDAYS_WIN: f64 = 0.03;
/// The same in rows, for short histories: three standard errors of one coefficient.
const HOLIDAYS_WIN_ROWS: f64 = 8.0;

/// How a series is fitted, chosen once on the whole of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    shrinkage: f64,
    lasting: f64,
    waves: usize,
    pub(super) holidays: bool,
    grown: bool,
}

/// Coefficients at one origin.
#[derive(Clone, Debug)]
pub(super) struct Fitted {
    form: Form,
    /// Index of the first value looked at, and how many were known.
    first: usize,
    pub(super) known: usize,
    coefficients: Vec<f64>,
    last_error: f64,
}

impl Form {
    pub(super) fn chosen(history: &[f64], periods: &Periods) -> Option<Self> {
        let grown = history.iter().all(|y| *y > 0.0);
        let years = periods.year.map_or(0.0, |year| history.len() as f64 / year);
        let waves = waves(years, periods);
        let form = Self { shrinkage: 3.0, lasting: 0.0, waves, holidays: false, grown };
        let (without_score, without) = form.best(history, periods)?;
        if periods.terms.is_empty() {
            return Some(without);
        }
        let (with_score, with) = Self { holidays: true, ..form }.best(history, periods)?;
        let clear = 1.0 + HOLIDAYS_WIN.max(HOLIDAYS_WIN_ROWS / history.len() as f64);
        Some(if with_score * clear < without_score { with } else { without })
    }

    /// The shrinkage with the least generalised cross-validation (Golub, Heath and Wahba 1979), and how long errors last.
    fn best(self, history: &[f64], periods: &Periods) -> Option<(f64, Self)> {
        let rough = Fitted::of(self, history, periods)?;
        let form = Self { lasting: rough.lasting(history, periods), ..self };
        let system = System::of(form, history, periods)?;
        let scores = SHRINKAGES.iter().filter_map(|shrinkage| Some((system.score(*shrinkage)?, *shrinkage)));
        let (score, shrinkage) = scores.min_by(|a, b| a.0.total_cmp(&b.0))?;
        Some((score, Self { shrinkage, ..form }))
    }

    fn scaled(self, y: f64) -> f64 {
        if self.grown { y.ln() } else { y }
    }

    fn back(self, y: f64) -> f64 {
        if self.grown { y.exp() } else { y }
    }

    /// The columns of one period, first those that are not shrunk: level and slope.
    fn row(self, at: usize, first: usize, known: usize, periods: &Periods) -> Vec<f64> {
        let along = (at as f64 - first as f64) / (known - first).max(1) as f64;
        let mut row = vec![1.0, along - 0.5];
        for bend in 1..=BENDS {
            row.push((along - BENDS_UNTIL * bend as f64 / BENDS as f64).max(0.0));
        }
        for wave in 1..=self.waves {
            let phase = TAU * wave as f64 * at as f64 / periods.year.unwrap_or(1.0);
            row.extend([phase.sin(), phase.cos()]);
        }
        if periods.week > 1 {
            row.extend((1..periods.week).map(|day| f64::from(at % periods.week == day)));
        }
        if self.holidays {
            match periods.terms.get(at) {
                Some(terms) => row.extend(terms),
                None => row.extend(periods.terms.first().map_or(Vec::new(), |terms| vec![0.0; terms.len()])),
            }
        }
        row
    }

    /// How strongly each column is shrunk, in proportion.
    fn penalties(self, periods: &Periods) -> Vec<f64> {
        let mut penalties = vec![0.0, 0.0];
        penalties.extend([STIFFNESS; BENDS]);
        penalties.extend((1..=self.waves).flat_map(|wave| [(wave * wave) as f64; 2]));
        penalties.extend((1..periods.week).map(|_| 0.3));
        if self.holidays {
            penalties.extend(periods.terms.first().into_iter().flatten().map(|_| 0.0));
        }
        penalties
    }
}

/// As many as so many years bear.
fn waves(years: f64, periods: &Periods) -> usize {
    match years {
        years if years < LEAST_YEARS => 0,
        years if years < 2.0 => FEW_WAVES,
        _ if periods.week > 1 => WAVES_OF_DAYS,
        _ => WAVES,
    }
}

impl Fitted {
    pub(super) fn of(form: Form, history: &[f64], periods: &Periods) -> Option<Self> {
        let years = periods.year.map_or(0.0, |year| history.len() as f64 / year);
        let form = Form { waves: form.waves.min(waves(years, periods)), ..form };
        let system = System::of(form, history, periods)?;
        let coefficients = system.coefficients(form.shrinkage)?;
        let first = history.len().saturating_sub(LONGEST);
        let mut fitted = Self { form, first, known: history.len(), coefficients, last_error: 0.0 };
        let last = history.len() - 1;
        fitted.last_error = form.scaled(history[last]) - fitted.at(last, periods);
        Some(fitted)
    }

    fn at(&self, at: usize, periods: &Periods) -> f64 {
        let row = self.form.row(at, self.first, self.known, periods);
        row.iter().zip(&self.coefficients).map(|(x, b)| x * b).sum()
    }

    pub(super) fn continued(&self, horizon: usize, periods: &Periods) -> Vec<f64> {
        let step = |ahead: usize| {
            let lasting = self.form.lasting.powi(ahead as i32 + 1) * self.last_error;
            self.form.back(self.at(self.known + ahead, periods) + lasting)
        };
        (0..horizon).map(step).collect()
    }

    /// What holidays do in one period, on the scale of the regression.
    fn of_holidays(&self, at: usize, periods: &Periods) -> f64 {
        let Some(terms) = periods.terms.get(at).filter(|_| self.form.holidays) else { return 0.0 };
        let coefficients = &self.coefficients[self.coefficients.len() - terms.len()..];
        terms.iter().zip(coefficients).map(|(x, b)| x * b).sum()
    }

    /// The history as it would have been without holidays.
    pub(super) fn without_holidays(&self, history: &[f64], periods: &Periods) -> Vec<f64> {
        let without = |(at, y): (usize, &f64)| self.form.back(self.form.scaled(*y) - self.of_holidays(at, periods));
        history.iter().enumerate().map(without).collect()
    }

    pub(super) fn put_holidays_back(&self, path: &mut [f64], periods: &Periods) {
        for (step, y) in path.iter_mut().enumerate() {
            let holidays = self.of_holidays(self.known + step, periods);
            if holidays != 0.0 {
                *y = if self.form.grown { *y * holidays.exp() } else { *y + holidays };
            }
        }
    }

    /// Correlation of neighbouring errors, with what a short history takes from it put back (Kendall 1954).
    fn lasting(&self, history: &[f64], periods: &Periods) -> f64 {
        let error = |at: usize| self.form.scaled(history[at]) - self.at(at, periods);
        let errors: Vec<f64> = (self.first..history.len()).map(error).collect();
        let centre = mean(&errors);
        let all: f64 = errors.iter().map(|e| (e - centre).powi(2)).sum();
        let beside: f64 = errors.windows(2).map(|pair| (pair[0] - centre) * (pair[1] - centre)).sum();
        let seen = if all > 0.0 { beside / all } else { 0.0 };
        (seen + (1.0 + 3.0 * seen) / errors.len() as f64).clamp(0.0, LONGEST_LASTING)
    }
}

/// The sums of squares and products of a regression.
struct System {
    gram: Vec<Vec<f64>>,
    right: Vec<f64>,
    squares: f64,
    rows: usize,
    /// Penalties in the unit of each column.
    penalties: Vec<f64>,
}

impl System {
    fn of(form: Form, history: &[f64], periods: &Periods) -> Option<Self> {
        let (first, known) = (history.len().saturating_sub(LONGEST), history.len());
        let proportions = form.penalties(periods);
        let width = proportions.len();
        if known - first < 12 {
            return None;
        }
        let mut system = Self {
            gram: vec![vec![0.0; width]; width],
            right: vec![0.0; width],
            squares: 0.0,
            rows: known - first,
            penalties: Vec::new(),
        };
        let mut before = (form.row(first, first, known, periods), form.scaled(history[first]));
        for (at, value) in history.iter().enumerate().skip(first + 1) {
            let now = (form.row(at, first, known, periods), form.scaled(*value));
            let row: Vec<f64> = now.0.iter().zip(&before.0).map(|(x, past)| x - form.lasting * past).collect();
            system.add(&row, now.1 - form.lasting * before.1);
            before = now;
        }
        for at in 0..width {
            (0..at).for_each(|other| system.gram[at][other] = system.gram[other][at]);
        }
        let rows = system.rows as f64;
        let usual = |at: usize| (system.gram[at][at] / rows).max(1e-12);
        system.penalties = proportions.iter().enumerate().map(|(at, p)| p * usual(at)).collect();
        let holidays = if form.holidays { periods.terms.first().map_or(0, Vec::len) } else { 0 };
        system.penalties[width - holidays..].fill(PER_HOLIDAY);
        Some(system)
    }

    /// Only the upper half; most columns of holidays are zero.
    fn add(&mut self, row: &[f64], y: f64) {
        let filled: Vec<usize> = (0..row.len()).filter(|at| row[*at] != 0.0).collect();
        for (place, &a) in filled.iter().enumerate() {
            self.right[a] += row[a] * y;
            for &b in &filled[place..] {
                self.gram[a][b] += row[a] * row[b];
            }
        }
        self.squares += y * y;
    }

    fn factor(&self, shrinkage: f64) -> Option<Vec<Vec<f64>>> {
        let mut left = self.gram.clone();
        for (at, row) in left.iter_mut().enumerate() {
            row[at] += shrinkage * self.penalties[at] + 1e-9 * row[at] + 1e-12;
        }
        cholesky(left)
    }

    fn coefficients(&self, shrinkage: f64) -> Option<Vec<f64>> {
        let found = solved(&self.factor(shrinkage)?, &self.right);
        found.iter().all(|b| b.is_finite()).then_some(found)
    }

    /// Generalised cross-validation.
    fn score(&self, shrinkage: f64) -> Option<f64> {
        let factor = self.factor(shrinkage)?;
        let b = solved(&factor, &self.right);
        let fitted: f64 = b.iter().zip(&self.right).map(|(b, r)| b * r).sum();
        let product = |at: usize| self.gram[at].iter().zip(&b).map(|(g, b)| g * b).sum::<f64>();
        let quadratic: f64 = (0..b.len()).map(|at| b[at] * product(at)).sum();
        let left = (self.squares - 2.0 * fitted + quadratic).max(0.0);
        let used: f64 = (0..b.len()).map(|at| solved(&factor, &self.gram[at])[at]).sum();
        let free = 1.0 - used / self.rows as f64;
        (free > 0.0).then(|| left / free.powi(2))
    }
}

/// The lower factor of a positive definite matrix.
fn cholesky(mut left: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    for row in 0..left.len() {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| left[row][k] * left[column][k]).sum();
            let rest = left[row][column] - known;
            left[row][column] = if row > column {
                rest / left[column][column]
            } else if rest > 0.0 {
                rest.sqrt()
            } else {
                return None;
            };
        }
    }
    Some(left)
}

fn solved(factor: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let mut x = right.to_vec();
    for at in 0..x.len() {
        let known: f64 = (0..at).map(|k| factor[at][k] * x[k]).sum();
        x[at] = (x[at] - known) / factor[at][at];
    }
    for at in (0..x.len()).rev() {
        let known: f64 = (at + 1..x.len()).map(|k| factor[k][at] * x[k]).sum();
        x[at] = (x[at] - known) / factor[at][at];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise that is the same on every machine, within one of zero.
    fn noise(t: usize) -> f64 {
        ((t * 7_919 + 13) * 104_729 % 10_007) as f64 / 5_003.5 - 1.0
    }

    fn weeks(terms: Vec<Vec<f64>>) -> Periods {
        Periods { year: Some(52.18), week: 1, terms, carries_the_year: true }
    }

    fn wave(t: usize) -> f64 {
        500.0 * (0.3 * (TAU * t as f64 / 52.18).sin()).exp()
    }

    #[test]
    fn a_year_and_a_half_carries_the_year_on() {
        let history: Vec<f64> = (0..80).map(|t| wave(t) * (1.0 + 0.03 * noise(t))).collect();
        let periods = weeks(Vec::new());
        let form = Form::chosen(&history, &periods).expect("fitted");
        let path = Fitted::of(form, &history, &periods).expect("fitted").continued(13, &periods);
        for (step, y) in path.iter().enumerate() {
            assert!((y / wave(80 + step) - 1.0).abs() < 0.1, "{step}: {y} {}", wave(80 + step));
        }
    }

    #[test]
    fn holidays_are_taken_where_they_show_and_nowhere_else() {
        let holiday = |t: usize| f64::from(t % 19 == 4);
        let terms: Vec<Vec<f64>> = (0..214).map(|t| vec![holiday(t)]).collect();
        let with = |effect: f64| (0..200).map(move |t| wave(t) * (1.0 + 0.05 * noise(t) - effect * holiday(t)));
        let periods = weeks(terms);
        assert!(!Form::chosen(&with(0.0).collect::<Vec<_>>(), &periods).expect("fitted").holidays);
        let history: Vec<f64> = with(0.4).collect();
        let form = Form::chosen(&history, &periods).expect("fitted");
        assert!(form.holidays);
        let fitted = Fitted::of(form, &history, &periods).expect("fitted");
        let clean = fitted.without_holidays(&history, &periods);
        assert!((clean[99] / wave(99) - 1.0).abs() < 0.1 && history[99] / wave(99) < 0.7, "{}", clean[99] / wave(99));
        let mut path = vec![100.0; 14];
        fitted.put_holidays_back(&mut path, &periods);
        assert!((path[0] - 100.0).abs() < 1e-9 && (path[13] - 60.0).abs() < 5.0, "{path:?}");
    }

    #[test]
    fn a_walk_is_not_taken_for_a_wave() {
        let mut level = 0.0;
        let history: Vec<f64> = (0..93)
            .map(|t| {
                level += noise(t);
                1_000.0 + 10.0 * level
            })
            .collect();
        let periods = weeks(Vec::new());
        let form = Form::chosen(&history, &periods).expect("fitted");
        let path = Fitted::of(form, &history, &periods).expect("fitted").continued(13, &periods);
        let off = path.iter().map(|y| (y - history[92]).abs()).fold(0.0, f64::max);
        assert!(off < 60.0, "{off} {path:?}");
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let periods = weeks(vec![vec![0.0; 3]; 80]);
        assert!(Form::chosen(&[1.0; 5], &periods).is_none());
        let constant = vec![0.0; 80];
        if let Some(form) = Form::chosen(&constant, &periods) {
            assert!(!form.holidays);
            let path = Fitted::of(form, &constant, &periods).expect("fitted").continued(4, &periods);
            assert!(path.iter().all(|y| y.abs() < 1e-6), "{path:?}");
        }
    }
}
