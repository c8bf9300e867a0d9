//! How likely a threshold is passed, and when: period by period, and by what periods add up to.
//!
//! Sums depend on whether errors of neighbouring periods go together. So whole futures are drawn: weighted sums of the error
//! paths of past origins with normal weights (a multiplier bootstrap, Wu 1986), which have the correlations of those paths,
//! each period then given the distribution its ranges stand for. The seed is fixed.

use jiff::civil::Date;
use signwright_domain::series::{Forecast, Passing, PeriodChance};

use crate::distribution::{above, value_at};
use crate::random::Random;

/// Futures drawn; a share of one half is known to within about two hundredths.
const DRAWS: usize = 4_000;
const SEED: u64 = 19_860_101;
/// Fewer error paths show no correlation.
const FEWEST_PATHS: usize = 4;

/// What is to reach a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reaching {
    /// The value of a period.
    Value,
    /// What all periods add up to, with what there was before the first.
    Total { so_far: f64 },
}

/// How likely each period lies above a threshold, by its own ranges.
pub fn beyond(forecast: &Forecast, threshold: f64) -> Vec<PeriodChance> {
    forecast.points.iter().map(|point| PeriodChance { ds: point.ds, above: above(point, threshold) }).collect()
}

/// When a threshold is reached from below: the first period in which the value, or the total so far, is at least as large.
///
/// The dates are those by which it is in one case of ten, half and nine of ten; beyond the horizon there are none.
pub fn passes(forecast: &Forecast, reaching: Reaching, threshold: f64) -> Passing {
    let already = matches!(reaching, Reaching::Total { so_far } if so_far >= threshold);
    if already {
        return Passing { already, within: 1.0, median: None, early: None, late: None };
    }
    let mut firsts =
        Futures::of(forecast).draws().map(|future| first(&future, reaching, threshold)).collect::<Vec<_>>();
    firsts.sort_unstable_by_key(|first| first.unwrap_or(usize::MAX));
    let by = |share: f64| -> Option<Date> {
        let at = firsts.get((share * firsts.len() as f64) as usize).copied().flatten()?;
        forecast.points.get(at).map(|point| point.ds)
    };
    let within = firsts.iter().flatten().count() as f64 / firsts.len().max(1) as f64;
    Passing { already, within, median: by(0.5), early: by(0.1), late: by(0.9) }
}

fn first(future: &[f64], reaching: Reaching, threshold: f64) -> Option<usize> {
    match reaching {
        Reaching::Value => future.iter().position(|y| *y >= threshold),
        Reaching::Total { so_far } => {
            let mut total = so_far;
            future.iter().position(|y| {
                total += y;
                total >= threshold
            })
        }
    }
}

struct Futures<'a> {
    forecast: &'a Forecast,
    /// Error paths as long as the horizon, divided by the root of the sum of their squares in each period.
    paths: Vec<Vec<f64>>,
}

impl<'a> Futures<'a> {
    fn of(forecast: &'a Forecast) -> Self {
        let horizon = forecast.points.len();
        // Near the end of the history paths are short: what came last is taken to have stayed.
        let longer = |path: &Vec<f64>| {
            let last = path.last().copied()?;
            Some((0..horizon).map(|step| path.get(step).copied().unwrap_or(last)).collect())
        };
        let mut paths: Vec<Vec<f64>> = forecast.misses.iter().filter_map(longer).collect();
        let size = |step: usize| paths.iter().map(|path| path[step] * path[step]).sum::<f64>().sqrt();
        let sizes: Vec<f64> = (0..horizon).map(size).collect();
        if paths.len() < FEWEST_PATHS || sizes.iter().any(|size| !size.is_normal()) {
            paths = drifting(horizon);
        } else {
            paths.iter_mut().for_each(|path| path.iter_mut().zip(&sizes).for_each(|(error, size)| *error /= size));
        }
        Self { forecast, paths }
    }

    fn draws(&self) -> impl Iterator<Item = Vec<f64>> {
        let mut random = Random::seeded(SEED);
        (0..DRAWS).map(move |_| {
            let weights: Vec<f64> = self.paths.iter().map(|_| random.normal()).collect();
            let z = |step: usize| self.paths.iter().zip(&weights).map(|(path, w)| w * path[step]).sum();
            self.forecast.points.iter().enumerate().map(|(step, point)| value_at(point, z(step))).collect()
        })
    }
}

/// Without error paths: errors add up from period to period, as those of a random walk do.
fn drifting(horizon: usize) -> Vec<Vec<f64>> {
    let path = |from: usize| {
        (0..horizon).map(|step| if step >= from { 1.0 / ((step + 1) as f64).sqrt() } else { 0.0 }).collect()
    };
    (0..horizon).map(path).collect()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use signwright_domain::series::ForecastPoint;

    use super::*;

    /// Twelve months of 10 with a standard deviation of 2 and the given error paths.
    fn year(misses: Vec<Vec<f64>>) -> Forecast {
        let point = |i: i64| ForecastPoint {
            ds: date(2026, 1, 1) + i.months(),
            yhat: 10.0,
            lo_80: 10.0 - 2.0 * 1.281_551_6,
            hi_80: 10.0 + 2.0 * 1.281_551_6,
            lo_95: 10.0 - 2.0 * 1.959_964,
            hi_95: 10.0 + 2.0 * 1.959_964,
        };
        Forecast {
            name: "hours".into(),
            method: "Theta".into(),
            points: (0..12).map(point).collect(),
            backtest: Vec::new(),
            origins: misses.len() as u32,
            notes: Vec::new(),
            methods: Vec::new(),
            components: Vec::new(),
            season_strength: None,
            past: Vec::new(),
            repaired: Vec::new(),
            misses,
        }
    }

    fn independent() -> Vec<Vec<f64>> {
        let mut random = Random::seeded(5);
        (0..400).map(|_| (0..12).map(|_| random.normal()).collect()).collect()
    }

    /// The sum of twelve independent errors has a standard deviation of 2 x sqrt(12), of twelve equal ones 2 x 12.
    #[test]
    fn totals_are_as_uncertain_as_their_errors_go_together() {
        let check = |misses: Vec<Vec<f64>>, deviation: f64| {
            let of = |deviations: f64| {
                let threshold = 120.0 + deviations * deviation;
                passes(&year(misses.clone()), Reaching::Total { so_far: 0.0 }, threshold).within
            };
            assert!((of(0.0) - 0.5).abs() < 0.03, "{}", of(0.0));
            assert!((of(1.281_55) - 0.1).abs() < 0.02, "{}", of(1.281_55));
            assert!((of(-1.281_55) - 0.9).abs() < 0.02, "{}", of(-1.281_55));
        };
        check(independent(), 2.0 * 12.0_f64.sqrt());
        check((0..30).map(|i| vec![f64::from(i) - 14.5; 12]).collect(), 24.0);
    }

    #[test]
    fn the_dates_stand_in_order_around_the_median() {
        let found = passes(&year(independent()), Reaching::Total { so_far: 15.0 }, 74.0);
        assert_eq!(found.median, Some(date(2026, 6, 1)), "{found:?}");
        assert!(found.early <= found.median && found.median <= found.late && found.within > 0.999, "{found:?}");
        let spent = passes(&year(independent()), Reaching::Total { so_far: 80.0 }, 74.0);
        assert_eq!((spent.already, spent.within, spent.median), (true, 1.0, None));
        let never = passes(&year(independent()), Reaching::Total { so_far: 0.0 }, 500.0);
        assert_eq!((never.within, never.median, never.early), (0.0, None, None));
    }

    /// One minus the chance that twelve independent months all stay below.
    #[test]
    fn a_value_is_passed_in_some_period_more_likely_than_in_one() {
        let threshold = 10.0 + 2.0 * 1.281_55;
        let forecast = year(independent());
        let single = beyond(&forecast, threshold);
        assert!((single[3].above - 0.1).abs() < 1e-5 && single[3].ds == date(2026, 4, 1));
        let any = passes(&forecast, Reaching::Value, threshold).within;
        assert!((any - (1.0 - 0.9_f64.powi(12))).abs() < 0.04, "{any}");
        let alike = passes(&year(vec![vec![1.0; 12]; 30]), Reaching::Value, threshold).within;
        assert!((alike - 0.1).abs() < 0.02, "{alike}");
    }

    #[test]
    fn without_a_backtest_errors_add_up_like_a_walk() {
        let forecast = year(Vec::new());
        let correlation = |a: f64, b: f64| (a.min(b) / a.max(b)).sqrt();
        let cells = (1..=12).flat_map(|a| (1..=12).map(move |b| correlation(f64::from(a), f64::from(b))));
        let deviation = 2.0 * cells.sum::<f64>().sqrt();
        let within = passes(&forecast, Reaching::Total { so_far: 0.0 }, 120.0 + 1.281_55 * deviation).within;
        assert!((within - 0.1).abs() < 0.02, "{within}");
    }
}
