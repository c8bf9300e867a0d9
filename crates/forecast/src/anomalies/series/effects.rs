//! What can happen to a series, as columns of a regression (the outlier types of Chen and Liu 1993, with runs and bends).

/// One intervention; positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// One value is off.
    Point(usize),
    /// The values from the first to before the second are off by the same amount.
    Run(usize, usize),
    /// From here on the level is another.
    Level(usize),
    /// From here on the slope is another.
    Trend(usize),
}

impl Effect {
    pub(super) fn start(self) -> usize {
        match self {
            Self::Point(at) | Self::Run(at, _) | Self::Level(at) | Self::Trend(at) => at,
        }
    }

    /// Its regression column over `n` periods.
    pub(super) fn column(self, n: usize) -> Vec<f64> {
        let one = |t: usize| match self {
            Self::Point(at) => f64::from(t == at),
            Self::Run(from, to) => f64::from((from..to).contains(&t)),
            Self::Level(at) => f64::from(t >= at),
            Self::Trend(at) => (t + 1).saturating_sub(at) as f64,
        };
        (0..n).map(one).collect()
    }
}
