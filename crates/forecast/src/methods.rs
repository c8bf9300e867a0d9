//! The forecasting methods, as one closed set: two that learn from the history and the two simple rules they must beat.

mod smoothing;

/// A way to continue a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// Dynamic optimised Theta (Fiorucci et al. 2016).
    Theta,
    /// Exponential smoothing in state space form, chosen by AICc (Hyndman et al. 2002).
    Ets,
    /// The value of the same period one season ago.
    SeasonalNaive,
    /// The last value.
    Naive,
}

impl Method {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Theta => "Theta",
            Self::Ets => "ETS",
            Self::SeasonalNaive => "seasonal naive",
            Self::Naive => "naive",
        }
    }

    /// Rules that need no fitting, the yardstick of every forecast.
    pub(crate) fn is_simple(self) -> bool {
        match self {
            Self::SeasonalNaive | Self::Naive => true,
            Self::Theta | Self::Ets => false,
        }
    }
}

/// The methods as they are set up for one series.
#[derive(Clone, Debug)]
pub(crate) struct Methods {
    season: usize,
    ets: Option<smoothing::EtsForm>,
}

impl Methods {
    /// Chooses the form of ETS on the whole history; its parameters are fitted anew at every origin.
    pub(crate) fn for_history(history: &[f64], season: usize) -> Self {
        Self { season, ets: smoothing::EtsForm::chosen(history, season) }
    }

    /// Those that can be used at all, the learning ones first.
    pub(crate) fn available(&self) -> Vec<Method> {
        let mut methods = vec![Method::Theta];
        methods.extend(self.ets.is_some().then_some(Method::Ets));
        methods.extend((self.season > 1).then_some(Method::SeasonalNaive));
        methods.push(Method::Naive);
        methods
    }

    /// `horizon` values after the history; `None` where the method cannot be fitted to it.
    pub(crate) fn forecast(&self, method: Method, history: &[f64], horizon: usize) -> Option<Vec<f64>> {
        let last = *history.last()?;
        let path = match method {
            Method::Theta => smoothing::theta(history, self.season, horizon)?,
            Method::Ets => self.ets.as_ref()?.forecast(history, self.season, horizon)?,
            Method::SeasonalNaive => {
                let season = history.get(history.len().checked_sub(self.season)?..)?;
                season.iter().copied().cycle().take(horizon).collect()
            }
            Method::Naive => vec![last; horizon],
        };
        (path.len() == horizon && path.iter().all(|y| y.is_finite())).then_some(path)
    }
}
