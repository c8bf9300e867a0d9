//! The forecasting methods, as one closed set: those that learn from the history and the two simple rules they must beat.

mod fourier;
mod intermittent;
mod leading;
mod needs;
pub(crate) mod season;
mod several;
mod smoothing;
mod theta;

pub(crate) use needs::SHORTEST_FITTED;

/// What the fits look back on at most: older values no longer matter and cost time.
const LONGEST_HISTORY: usize = 600;
/// Fewest values the fits are given.
const SHORTEST_HISTORY: usize = 6;

/// A way to continue a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// Dynamic optimised Theta (Fiorucci et al. 2016).
    Theta,
    /// Exponential smoothing in state space form, chosen by AICc (Hyndman et al. 2002).
    Ets,
    /// Trend in pieces with Fourier terms, boosted (Blume 2024).
    Fourier,
    /// Long or several seasons taken away, the rest by exponential smoothing (Bandara et al. 2021).
    Several,
    /// Changes after those of other series, by ridge regression.
    Leading,
    /// Size and distance of demands (Croston 1972, corrected by Syntetos and Boylan 2005).
    Croston,
    /// Size and chance of a demand (Teunter, Syntetos and Babai 2011).
    Fading,
    /// The value of the same period one season ago.
    SeasonalNaive,
    /// The last value.
    Naive,
}

impl Method {
    /// All, the learning ones first.
    const ALL: [Self; 9] = [
        Self::Theta,
        Self::Ets,
        Self::Fourier,
        Self::Several,
        Self::Leading,
        Self::Croston,
        Self::Fading,
        Self::SeasonalNaive,
        Self::Naive,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Theta => "Theta",
            Self::Ets => "ETS",
            Self::Fourier => "MFLES",
            Self::Several => "MSTL",
            Self::Leading => "lagged regression",
            Self::Croston => "Croston-SBA",
            Self::Fading => "TSB",
            Self::SeasonalNaive => "seasonal naive",
            Self::Naive => "naive",
        }
    }

    /// Rules that need no fitting, the yardstick of every forecast.
    pub(crate) fn is_simple(self) -> bool {
        match self {
            Self::SeasonalNaive | Self::Naive => true,
            Self::Theta | Self::Ets | Self::Fourier | Self::Several | Self::Leading | Self::Croston | Self::Fading => {
                false
            }
        }
    }
}

/// The methods as they are set up for one series.
#[derive(Clone, Debug)]
pub(crate) struct Methods {
    /// Of the whole history.
    points: usize,
    season: usize,
    /// With the longer one, where there is one.
    seasons: Vec<usize>,
    /// Periods per demand, where the history holds nothing but demands and zeros.
    interval: Option<f64>,
    ets: Option<smoothing::EtsForm>,
    /// Other series in the periods of the history and beyond.
    others: Vec<Vec<Option<f64>>>,
    /// For the history without seasons that `ets` cannot carry.
    plain: Option<smoothing::EtsForm>,
}

impl Methods {
    /// Chooses the form of ETS on the whole history; its parameters are fitted anew at every origin.
    /// `seasons` are one or two lengths, the shortest first, 1 for none.
    pub(crate) fn for_history(history: &[f64], seasons: &[usize]) -> Self {
        let season = seasons.first().copied().unwrap_or(1);
        let beyond_ets = seasons.iter().any(|season| *season > smoothing::LONGEST_ETS_SEASON);
        Self {
            points: history.len(),
            season,
            seasons: seasons.to_vec(),
            interval: intermittent::interval(history),
            ets: smoothing::EtsForm::chosen(history, season),
            others: Vec::new(),
            plain: beyond_ets.then(|| several::form(history, seasons)).flatten(),
        }
    }

    /// With other series that begin with the history. One that is known beyond it, or not as far, is taken to have been so at
    /// every past origin.
    pub(crate) fn beside(self, others: Vec<Vec<Option<f64>>>) -> Self {
        Self { others, ..self }
    }

    pub(crate) fn season(&self) -> usize {
        self.season
    }

    pub(crate) fn seasons(&self) -> &[usize] {
        &self.seasons
    }

    /// Whether most of the history is a waiting for demands.
    pub(crate) fn is_intermittent(&self) -> bool {
        self.interval.is_some_and(|interval| interval > intermittent::INTERMITTENT)
    }

    /// Those that can be used at all, the learning ones first.
    pub(crate) fn available(&self) -> Vec<Method> {
        Method::ALL.into_iter().filter(|method| self.refused(*method).is_none()).collect()
    }

    /// `horizon` values after the history; `None` where the method cannot be fitted to it.
    pub(crate) fn forecast(&self, method: Method, history: &[f64], horizon: usize) -> Option<Vec<f64>> {
        let last = *history.last()?;
        let path = match method {
            Method::Theta => theta::theta(recent(history)?, self.season, horizon),
            Method::Ets => self.ets.as_ref()?.forecast(history, self.season, horizon)?,
            Method::Fourier => fourier::fourier(recent(history)?, self.season, horizon)?,
            Method::Several => several::several(self.plain?, history, &self.seasons, horizon)?,
            Method::Leading => {
                let known = |other: &[Option<f64>]| (history.len() + other.len()).saturating_sub(self.points);
                let others: Vec<&[Option<f64>]> =
                    self.others.iter().map(|other| &other[..known(other).min(other.len())]).collect();
                leading::leading(history, &others, self.season, horizon)?
            }
            Method::Croston => vec![intermittent::croston(history)?; horizon],
            Method::Fading => vec![intermittent::fading(history)?; horizon],
            Method::SeasonalNaive => {
                let season = history.get(history.len().checked_sub(self.season)?..)?;
                season.iter().copied().cycle().take(horizon).collect()
            }
            Method::Naive => vec![last; horizon],
        };
        (path.len() == horizon && path.iter().all(|y| y.is_finite())).then_some(path)
    }
}

/// The part of a history that the fits look at; `None` where it is too short for them.
fn recent(history: &[f64]) -> Option<&[f64]> {
    let recent = &history[history.len().saturating_sub(LONGEST_HISTORY)..];
    (recent.len() >= SHORTEST_HISTORY).then_some(recent)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dynamic optimised Theta of statsforecast 2 for 1960, fitted to the airline passengers of 1949 to 1959.
    const THETA: [f64; 12] =
        [412.698, 404.639, 466.829, 449.643, 454.123, 517.985, 572.573, 571.622, 502.383, 438.82, 382.978, 432.518];

    fn air() -> Vec<f64> {
        include_str!("../tests/air_passengers.txt").split_whitespace().map(|y| y.parse().expect("number")).collect()
    }

    /// What is left is the reference's search, which stops a little short of the optimum.
    #[test]
    fn theta_agrees_with_an_independent_implementation() {
        let history = &air()[..132];
        let path = Methods::for_history(history, &[12]).forecast(Method::Theta, history, 12).expect("fitted");
        for (ours, theirs) in path.iter().zip(THETA) {
            assert!((ours / theirs - 1.0).abs() < 0.0025, "{path:?}");
        }
    }

    #[test]
    fn the_simple_rules_repeat_what_was() {
        let history = air();
        let methods = Methods::for_history(&history, &[12]);
        let seasonal = methods.forecast(Method::SeasonalNaive, &history, 14).expect("rule");
        assert_eq!((seasonal[0], seasonal[11], seasonal[12]), (417.0, 432.0, 417.0));
        assert_eq!(methods.forecast(Method::Naive, &history, 2), Some(vec![432.0, 432.0]));
        assert_eq!(methods.forecast(Method::SeasonalNaive, &history[..5], 2), None);
    }
}
