//! What a history is made of: trend, season and what neither explains, for the eye and for the strength of the season.
//!
//! By seasonal-trend decomposition with loess, made robust against single wild values (Cleveland et al. 1990; several
//! seasons: Bandara, Hyndman and Bergmeir 2021), through `stlrs`, in logarithms where that leaves less unexplained; without
//! two whole seasons by a robust local line.

use signwright_domain::series::ComponentPoint;
use stlrs::{Mstl, Stl};

use crate::numbers::{mean, median};
use crate::prepare::Prepared;

/// Fewer values than this have no parts that could be told apart.
const FEWEST: usize = 8;
/// Passes in which wild values lose weight.
const ROBUST_LOOPS: usize = 5;
/// Share of the history that a local line looks at, and its least number of points.
const NEAR: f64 = 0.3;
const FEWEST_NEAR: usize = 7;

/// Those of which a history of so many values holds two.
pub(crate) fn held(seasons: &[usize], points: usize) -> Vec<usize> {
    seasons.iter().copied().filter(|season| *season > 1 && points >= 2 * season).collect()
}

/// The trend and one season per period; `periods` are above 1 and the history holds two of each.
pub(crate) fn taken_apart(values: &[f64], periods: &[usize], robust_loops: usize) -> Option<(Vec<f64>, Vec<Vec<f64>>)> {
    let mut stl = Stl::params();
    if robust_loops > 0 {
        stl.robust(true).outer_loops(robust_loops);
    }
    let fitted = Mstl::params().stl_params(stl).fit(values, periods).ok()?;
    Some((fitted.trend().to_vec(), fitted.seasonal().to_vec()))
}

/// A history in parts of the same length that add up to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Components {
    pub(crate) trend: Vec<f64>,
    /// All seasons together.
    pub(crate) season: Vec<f64>,
    pub(crate) remainder: Vec<f64>,
}

impl Components {
    /// `None` below eight values. Seasons of which the history does not hold two are left out.
    pub(crate) fn of(values: &[f64], seasons: &[usize]) -> Option<Self> {
        if values.len() < FEWEST {
            return None;
        }
        let periods = held(seasons, values.len());
        if periods.is_empty() {
            let trend = local_line(values);
            return Some(Self::left_by(values, trend, vec![0.0; values.len()]));
        }
        let added = Self::added(values, &periods);
        if values.iter().any(|y| *y <= 0.0) {
            return added;
        }
        let (added, grown) = (added?, Self::multiplied(values, &periods)?);
        Some(if grown.unexplained() < added.unexplained() { grown } else { added })
    }

    fn added(values: &[f64], periods: &[usize]) -> Option<Self> {
        let (trend, seasons) = taken_apart(values, periods, ROBUST_LOOPS)?;
        let season = (0..values.len()).map(|at| seasons.iter().map(|s| s[at]).sum()).collect();
        Some(Self::left_by(values, trend, season)).filter(Self::is_finite)
    }

    /// A season that grows with the level: taken apart in logarithms and put back into the unit of the series.
    fn multiplied(values: &[f64], periods: &[usize]) -> Option<Self> {
        let logs: Vec<f64> = values.iter().map(|y| y.ln()).collect();
        let parts = Self::added(&logs, periods)?;
        let trend: Vec<f64> = parts.trend.iter().map(|t| t.exp()).collect();
        let season = trend.iter().zip(&parts.season).map(|(t, s)| t * s.exp() - t).collect();
        Some(Self::left_by(values, trend, season)).filter(Self::is_finite)
    }

    fn unexplained(&self) -> f64 {
        self.remainder.iter().map(|r| r.abs()).sum()
    }

    fn left_by(values: &[f64], trend: Vec<f64>, season: Vec<f64>) -> Self {
        let remainder = values.iter().zip(trend.iter().zip(&season)).map(|(y, (t, s))| y - t - s).collect();
        Self { trend, season, remainder }
    }

    fn is_finite(&self) -> bool {
        self.trend.iter().chain(&self.season).all(|y| y.is_finite())
    }

    /// 1 less the share of the remainder in the variance of season and remainder (Wang, Smith and Hyndman 2006).
    pub(crate) fn season_strength(&self) -> Option<f64> {
        if self.season.iter().all(|s| *s == 0.0) {
            return None;
        }
        let both: Vec<f64> = self.season.iter().zip(&self.remainder).map(|(s, r)| s + r).collect();
        let all = variance(&both);
        (all > 0.0).then(|| (1.0 - variance(&self.remainder) / all).clamp(0.0, 1.0))
    }

    /// With their dates.
    pub(crate) fn points(&self, history: &Prepared) -> Vec<ComponentPoint> {
        let point = |at: usize| {
            let ds = history.calendar.date(at as i64)?;
            Some(ComponentPoint { ds, trend: self.trend[at], season: self.season[at], remainder: self.remainder[at] })
        };
        (0..self.trend.len()).filter_map(point).collect()
    }
}

fn variance(values: &[f64]) -> f64 {
    let centre = mean(values);
    mean(&values.iter().map(|x| (x - centre).powi(2)).collect::<Vec<_>>())
}

/// Straight lines through the neighbourhood of each point, near ones counting more (tricube), wild ones less (bisquare):
/// lowess of Cleveland 1979.
fn local_line(values: &[f64]) -> Vec<f64> {
    let count = values.len();
    let near = ((NEAR * count as f64) as usize).clamp(FEWEST_NEAR.min(count), count);
    let mut trusted = vec![1.0; count];
    let mut line = Vec::new();
    for _ in 0..=ROBUST_LOOPS {
        line = (0..count).map(|at| line_at(values, &trusted, at, near)).collect();
        let off: Vec<f64> = values.iter().zip(&line).map(|(y, l): (&f64, &f64)| (y - l).abs()).collect();
        // The mean keeps an otherwise exact line from distrusting the neighbours of its one wild value.
        let wild = (6.0 * median(&off)).max(3.0 * mean(&off));
        if wild <= 0.0 {
            break;
        }
        trusted = off.iter().map(|off| (1.0 - (off / wild).min(1.0).powi(2)).powi(2)).collect();
    }
    line
}

fn line_at(values: &[f64], trusted: &[f64], at: usize, near: usize) -> f64 {
    let first = at.saturating_sub(near / 2).min(values.len() - near);
    let window = first..first + near;
    let reach = (at - first).max(first + near - 1 - at) as f64 + 1.0;
    let weight = |i: usize| trusted[i] * (1.0 - (i.abs_diff(at) as f64 / reach).powi(3)).powi(3);
    let (mut of_1, mut of_x, mut of_y, mut of_xx, mut of_xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for i in window {
        let (w, x, y) = (weight(i), i as f64 - at as f64, values[i]);
        of_1 += w;
        of_x += w * x;
        of_y += w * y;
        of_xx += w * x * x;
        of_xy += w * x * y;
    }
    let determinant = of_1 * of_xx - of_x * of_x;
    if determinant > 1e-9 * of_1 * of_xx {
        (of_xx * of_y - of_x * of_xy) / determinant
    } else if of_1 > 0.0 {
        of_y / of_1
    } else {
        values[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_season_and_trend_come_apart() {
        let value = |t: usize| 50.0 + t as f64 + 8.0 * (std::f64::consts::TAU * t as f64 / 12.0).sin();
        let mut values: Vec<f64> = (0..96).map(value).collect();
        values[40] += 60.0;
        let parts = Components::of(&values, &[12]).expect("long enough");
        for (t, y) in values.iter().enumerate() {
            assert!((parts.trend[t] + parts.season[t] + parts.remainder[t] - y).abs() < 1e-9);
            assert!((parts.trend[t] - 50.0 - t as f64).abs() < 0.3, "{t}: {}", parts.trend[t]);
        }
        assert!((parts.remainder[40] - 60.0).abs() < 1.0, "{}", parts.remainder[40]);
        let strength = parts.season_strength().expect("a season");
        assert!((0.4..1.0).contains(&strength), "{strength}");
    }

    #[test]
    fn without_a_season_a_robust_line_is_the_trend() {
        let mut values: Vec<f64> = (0..30).map(|t| 3.0 + 2.0 * f64::from(t)).collect();
        values[11] += 500.0;
        let parts = Components::of(&values, &[1]).expect("long enough");
        assert!((parts.remainder[11] - 500.0).abs() < 1.0, "{}", parts.remainder[11]);
        assert!((parts.trend[29] - 61.0).abs() < 0.5, "{}", parts.trend[29]);
        assert_eq!(parts.season_strength(), None);
        assert_eq!(Components::of(&values[..7], &[1]), None);
    }
}
