//! Series of many sorts made from seeds: a trend, a season and noise, with or without one thing that does not fit.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use signwright_domain::anomaly::AnomalyKind;
use signwright_domain::series::{Frequency, Point, Series};

use super::Label;

/// What the noise is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noise {
    White,
    /// First-order autoregressive, with this coefficient.
    Wandering {
        tenths: u8,
    },
    /// Student's t with five degrees of freedom.
    HeavyTailed,
    /// Scatter that is twice as large in half of the season.
    Seasonal,
    /// Scatter, season and trend in proportion to the level.
    Proportional,
}

pub(super) const NOISES: [Noise; 6] = [
    Noise::White,
    Noise::Wandering { tenths: 3 },
    Noise::Wandering { tenths: 6 },
    Noise::HeavyTailed,
    Noise::Seasonal,
    Noise::Proportional,
];

/// Linear congruential noise, the same on every machine.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn of(seed: u64) -> Self {
        let mut draw = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D);
        (0..4).for_each(|_| {
            draw.uniform();
        });
        draw
    }

    pub(super) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    fn normal(&mut self) -> f64 {
        let (radius, angle) = ((-2.0 * (1.0 - self.uniform()).ln()).sqrt(), std::f64::consts::TAU * self.uniform());
        radius * angle.cos()
    }

    fn below(&mut self, limit: usize) -> usize {
        ((self.uniform() * limit as f64) as usize).min(limit - 1)
    }
}

/// One series and, unless `kind` is `None`, the label of what was done to it.
pub(super) fn simulated(seed: u64, noise: Noise, kind: Option<AnomalyKind>) -> (Series, Vec<Label>) {
    let mut draw = Draw::of(seed);
    let (frequency, season, count) = match draw.below(3) {
        0 => (Frequency::Monthly, 12, 36 + draw.below(85)),
        1 => (Frequency::Weekly, 52, 105 + draw.below(104)),
        _ => (Frequency::Daily, 7, 150 + draw.below(100)),
    };
    let shape = season_of(&mut draw, season);
    let slope = draw.between(-12.0, 12.0) / count as f64;
    let scatter = scatter(&mut draw, noise, count, season);
    let mut values: Vec<f64> = (0..count).map(|t| slope * t as f64 + shape[t % season] + scatter[t]).collect();
    let label = kind.map(|kind| inject(&mut values, &shape, kind, &mut draw));
    let (level, unit) = (draw.between(40.0, 400.0), draw.between(0.5, 3.0));
    let written = |x: f64| match noise {
        Noise::Proportional => level * (0.04 * x).exp(),
        Noise::White | Noise::Wandering { .. } | Noise::HeavyTailed | Noise::Seasonal => level + unit * x,
    };
    let dates: Vec<Date> = (0..count).map(|t| date(2012, 1, 2).saturating_add(step(frequency, t as i64))).collect();
    let dates: Vec<Date> = dates.into_iter().map(|d| if season == 12 { d.first_of_month() } else { d }).collect();
    let points = dates.iter().zip(&values).map(|(ds, x)| Point { ds: *ds, y: written(*x) }).collect();
    let name = format!("{seed} {noise:?}");
    let series = Series { name: name.clone(), label: name, unit: String::new(), frequency, points };
    let labels = label.map(|(kind, from, to)| Label { kind, start: dates[from], end: dates[to] });
    (series, labels.into_iter().collect())
}

fn step(frequency: Frequency, periods: i64) -> Span {
    match frequency {
        Frequency::Monthly => periods.months(),
        Frequency::Weekly => periods.weeks(),
        _ => periods.days(),
    }
}

/// In units of the noise: one to three harmonics, or a rough shape of its own for every period, a little smoothed.
fn season_of(draw: &mut Draw, season: usize) -> Vec<f64> {
    let size = draw.between(1.0, 3.5);
    if draw.uniform() < 0.5 {
        let rough: Vec<f64> = (0..season).map(|_| draw.normal()).collect();
        let near = season / 25;
        let smooth = |t: usize| (0..=2 * near).map(|i| rough[(t + season + i - near) % season]).sum::<f64>();
        return (0..season).map(|t| 0.7 * size * smooth(t) / ((2 * near + 1) as f64).sqrt()).collect();
    }
    let mut shape = vec![0.0; season];
    for k in 1..=1 + draw.below(3.min(season / 2)) {
        let (part, phase) = (size / k as f64 * draw.between(0.5, 1.0), draw.uniform());
        for (t, value) in shape.iter_mut().enumerate() {
            *value += part * (std::f64::consts::TAU * (k as f64 * t as f64 / season as f64 + phase)).cos();
        }
    }
    shape
}

/// Of standard deviation 1.
fn scatter(draw: &mut Draw, noise: Noise, count: usize, season: usize) -> Vec<f64> {
    let mut last = draw.normal();
    let mut one = |t: usize| match noise {
        Noise::White | Noise::Proportional => draw.normal(),
        Noise::Wandering { tenths } => {
            let phi = f64::from(tenths) / 10.0;
            last = phi * last + (1.0 - phi * phi).sqrt() * draw.normal();
            last
        }
        Noise::HeavyTailed => {
            let squares: f64 = (0..5).map(|_| draw.normal().powi(2)).sum();
            draw.normal() / (squares / 3.0).sqrt()
        }
        Noise::Seasonal => draw.normal() * if 2 * (t % season) < season { 1.265 } else { 0.632 },
    };
    (0..count).map(&mut one).collect()
}

/// Kind, first and last position.
fn inject(values: &mut [f64], shape: &[f64], kind: AnomalyKind, draw: &mut Draw) -> (AnomalyKind, usize, usize) {
    let n = values.len();
    let at = n / 8 + draw.below(n * 3 / 4);
    let size = draw.between(4.5, 6.5);
    let sign = if draw.uniform() < 0.5 { -1.0 } else { 1.0 };
    match kind {
        AnomalyKind::Contextual => {
            // At a crest or in a trough, where the value of the other half of the season is an ordinary one.
            let around = at.saturating_sub(shape.len() / 2)..(at + shape.len() / 2).min(n);
            let height = |t: &usize| shape[t % shape.len()].abs();
            let at = around.max_by(|a, b| height(a).total_cmp(&height(b))).unwrap_or(at);
            values[at] -= size * if shape[at % shape.len()] > 0.0 { 1.0 } else { -1.0 };
            (kind, at, at)
        }
        _ => {
            values[at] += sign * (size + 2.0);
            (AnomalyKind::Point, at, at)
        }
    }
}
