//! What material costs over five years: quarterly random walks, and one shock that the answer key tells of.

use jiff::civil::{Date, date};

use crate::rng::Rng;

/// A price that the shop follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Series {
    Aluminium,
    Steel,
    Acrylic,
    Led,
    Vinyl,
    Paint,
    Acm,
    Concrete,
}

impl Series {
    pub(crate) const ALL: [Self; 8] =
        [Self::Aluminium, Self::Steel, Self::Acrylic, Self::Led, Self::Vinyl, Self::Paint, Self::Acm, Self::Concrete];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Aluminium => "aluminium sheet",
            Self::Steel => "steel pipe",
            Self::Acrylic => "acrylic",
            Self::Led => "LED modules",
            Self::Vinyl => "vinyl film",
            Self::Paint => "paint",
            Self::Acm => "ACM panel",
            Self::Concrete => "concrete",
        }
    }

    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Aluminium | Self::Acrylic | Self::Vinyl | Self::Acm => "$/sq ft",
            Self::Steel => "$/lb",
            Self::Led => "$/each",
            Self::Paint => "$/gal",
            Self::Concrete => "$/cu yd",
        }
    }

    /// Dollars at level 1, that is at [`BASE`].
    pub(crate) fn base_price(self) -> f64 {
        match self {
            Self::Aluminium => 4.85,
            Self::Steel => 1.32,
            Self::Acrylic => 5.40,
            Self::Led => 1.45,
            Self::Vinyl => 0.62,
            Self::Paint => 98.0,
            Self::Acm => 2.35,
            Self::Concrete => 158.0,
        }
    }

    /// Drift and standard deviation of a quarter's change.
    fn walk(self) -> (f64, f64) {
        match self {
            Self::Aluminium => (0.004, 0.022),
            Self::Steel => (0.006, 0.026),
            Self::Acrylic => (0.005, 0.014),
            Self::Led => (-0.009, 0.012),
            Self::Vinyl => (0.006, 0.010),
            Self::Paint => (0.008, 0.010),
            Self::Acm => (0.005, 0.016),
            Self::Concrete => (0.009, 0.008),
        }
    }

    /// How much of [`SHOCK`] arrives in this price.
    pub(crate) fn shock_share(self) -> f64 {
        match self {
            Self::Aluminium => 1.0,
            Self::Acm => 0.5,
            Self::Steel | Self::Acrylic | Self::Led | Self::Vinyl | Self::Paint | Self::Concrete => 0.0,
        }
    }
}

/// First month of the series.
pub(crate) const FIRST: Date = date(2021, 11, 1);
/// Months in each series.
pub(crate) const MONTHS: usize = 60;
/// The month in which every price stands at its base.
const BASE: usize = 38;
/// The month of the aluminium shock (March 2025), and its size.
pub(crate) const SHOCK_MONTH: usize = 40;
pub(crate) const SHOCK: f64 = 0.24;

/// The level of every price in every month, 1 at the base.
#[derive(Debug)]
pub(crate) struct Prices {
    levels: Vec<[f64; MONTHS]>,
}

impl Prices {
    pub(crate) fn of(seed: u64) -> Self {
        Self { levels: Series::ALL.iter().map(|series| path(*series, seed)).collect() }
    }

    /// Every price at its base, always.
    pub(crate) fn level_one() -> Self {
        Self { levels: vec![[1.0; MONTHS]; Series::ALL.len()] }
    }

    /// The level of a price in the month of a day; the ends hold beyond them.
    pub(crate) fn level(&self, series: Series, day: Date) -> f64 {
        let months = (i64::from(day.year()) - 2021) * 12 + i64::from(day.month()) - 11;
        self.levels[series as usize][months.clamp(0, MONTHS as i64 - 1) as usize]
    }

    /// The price in a month by its number, in dollars of the series' unit.
    pub(crate) fn price(&self, series: Series, month: usize) -> f64 {
        self.levels[series as usize][month] * series.base_price()
    }
}

fn path(series: Series, seed: u64) -> [f64; MONTHS] {
    let mut rng = Rng::stream(seed, series.name());
    let (drift, deviation) = series.walk();
    let mut log = 0.0;
    let mut step = 0.0;
    let mut path = [0.0; MONTHS];
    for (month, level) in path.iter_mut().enumerate() {
        if month % 3 == 0 {
            step = drift + deviation * rng.normal();
        }
        log += step / 3.0;
        let arrived = ((month as f64 - SHOCK_MONTH as f64 + 1.0) / 2.0).clamp(0.0, 1.0);
        *level = (log + 0.003 * rng.normal() + (1.0 + SHOCK * series.shock_share()).ln() * arrived).exp();
    }
    let base = path[BASE];
    path.map(|level| level / base)
}
