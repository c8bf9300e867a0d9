//! The forecasting methods, as one closed set: those that learn from the history and the two simple rules they must beat.

mod boosted;
mod calendar_regression;
mod fourier;
mod intermittent;
mod leading;
mod momentum;
mod needs;
pub(crate) mod season;
mod several;
mod smoothing;
mod theta;

use std::cell::RefCell;
use std::rc::Rc;

use crate::calendar_terms::Periods;
use crate::drift::drifts;

pub(crate) use needs::SHORTEST_FITTED;
pub(crate) use smoothing::LONGEST_ETS_SEASON;

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
    /// Changes after the last ones, around their mean (an autoregression with drift).
    Momentum,
    /// Long or several seasons taken away, the rest by exponential smoothing (Bandara et al. 2021).
    Several,
    /// Trend with bends, waves of the year, days of the week and holidays, by ridge regression (Taylor and Letham 2018).
    Calendar,
    /// Changes after those of other series, by ridge regression.
    Leading,
    /// Moves after the last ones and those of other series, by boosted trees.
    Boosted,
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
    const ALL: [Self; 12] = [
        Self::Theta,
        Self::Ets,
        Self::Fourier,
        Self::Momentum,
        Self::Several,
        Self::Calendar,
        Self::Leading,
        Self::Boosted,
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
            Self::Momentum => "autoregression",
            Self::Several => "MSTL",
            Self::Calendar => "calendar regression",
            Self::Leading => "lagged regression",
            Self::Boosted => "boosted lags",
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
            Self::Theta
            | Self::Ets
            | Self::Fourier
            | Self::Momentum
            | Self::Several
            | Self::Calendar
            | Self::Leading
            | Self::Boosted
            | Self::Croston
            | Self::Fading => false,
        }
    }

    /// Those that take part only where they make the combination better at past dates.
    pub(crate) fn must_earn_its_place(self) -> bool {
        matches!(self, Self::Leading | Self::Boosted)
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
    /// Whether the history drifts as prices do.
    drifts: bool,
    /// Other series in the periods of the history and beyond.
    others: Vec<Vec<Option<f64>>>,
    /// For the history without seasons that `ets` cannot carry.
    plain: Option<smoothing::EtsForm>,
    boosted: boosted::Fits,
    /// What the calendar says of the periods, and how much of it counts.
    regression: Option<(calendar_regression::Form, Periods)>,
    regressed: RefCell<Option<Rc<calendar_regression::Fitted>>>,
    /// The history last taken apart: two methods ask for it.
    apart: RefCell<Option<Rc<several::Plain>>>,
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
            drifts: drifts(history, season),
            others: Vec::new(),
            plain: beyond_ets.then(|| several::form(history, seasons)).flatten(),
            boosted: boosted::Fits::default(),
            regression: None,
            regressed: RefCell::new(None),
            apart: RefCell::new(None),
        }
    }

    /// The same where the dates are known: holidays that plainly show are taken from the history before the methods learn from it.
    pub(crate) fn on_calendar(history: &[f64], seasons: &[usize], periods: Option<Periods>) -> Self {
        let form = |periods: Periods| Some((calendar_regression::Form::chosen(history, &periods)?, periods));
        let regression = periods.and_then(form);
        let clean = regression.as_ref().filter(|(form, _)| form.holidays).and_then(|(form, periods)| {
            Some(calendar_regression::Fitted::of(*form, history, periods)?.without_holidays(history, periods))
        });
        Self { regression, ..Self::for_history(clean.as_deref().unwrap_or(history), seasons) }
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

    /// Points from which the year can be fitted, where only the regression on the calendar carries it so far.
    pub(crate) fn first_year(&self) -> Option<usize> {
        let (_, periods) = self.regression.as_ref()?;
        let year = periods.year?;
        let (from, until) = ((calendar_regression::LEAST_YEARS * year).ceil() as usize, (2.0 * year) as usize);
        (from..until).contains(&self.points).then_some(from)
    }

    /// Whether holidays are taken from the history.
    pub(crate) fn minds_holidays(&self) -> bool {
        self.regression.as_ref().is_some_and(|(form, _)| form.holidays)
    }

    /// That holidays or working days plainly move the series, for its reader.
    pub(crate) fn holidays_said(&self) -> Option<String> {
        let (_, periods) = self.regression.as_ref().filter(|(form, _)| form.holidays)?;
        let what =
            if periods.carries_the_year { "holidays of the United States" } else { "the number of working days" };
        Some(format!("{what} plainly show in the history and are carried on"))
    }

    /// `horizon` values after the history; `None` where the method cannot be fitted to it.
    pub(crate) fn forecast(&self, method: Method, history: &[f64], horizon: usize) -> Option<Vec<f64>> {
        let holidays = self.minds_holidays() && !method.is_simple() && method != Method::Calendar;
        let path = match (&self.regression, self.regressed(history)) {
            (Some((_, periods)), Some(fitted)) if holidays => {
                let mut path = self.without_holidays(method, &fitted.without_holidays(history, periods), horizon)?;
                fitted.put_holidays_back(&mut path, periods);
                path
            }
            _ => self.without_holidays(method, history, horizon)?,
        };
        (path.len() == horizon && path.iter().all(|y| y.is_finite())).then_some(path)
    }

    fn without_holidays(&self, method: Method, history: &[f64], horizon: usize) -> Option<Vec<f64>> {
        let last = *history.last()?;
        let path = match method {
            Method::Theta => theta::theta(recent(history)?, self.season, horizon),
            Method::Ets => self.ets.as_ref()?.forecast(history, self.season, horizon)?,
            Method::Fourier => fourier::fourier(recent(history)?, self.season, horizon)?,
            Method::Momentum => momentum::momentum(history, self.season, horizon)?,
            Method::Several => self.apart(history)?.continued(self.plain?, horizon)?,
            Method::Calendar => self.regressed(history)?.continued(horizon, &self.regression.as_ref()?.1),
            Method::Leading => leading::leading(history, &self.known_others(history), self.season, horizon)?,
            Method::Boosted => self.boosted(history, horizon)?,
            Method::Croston => vec![intermittent::croston(history)?; horizon],
            Method::Fading => vec![intermittent::fading(history)?; horizon],
            Method::SeasonalNaive => {
                let season = history.get(history.len().checked_sub(self.season)?..)?;
                season.iter().copied().cycle().take(horizon).collect()
            }
            Method::Naive => vec![last; horizon],
        };
        Some(path)
    }
}

impl Methods {
    /// What other series were at an origin.
    fn known_others(&self, history: &[f64]) -> Vec<&[Option<f64>]> {
        let known = |other: &[Option<f64>]| (history.len() + other.len()).saturating_sub(self.points);
        self.others.iter().map(|other| &other[..known(other).min(other.len())]).collect()
    }

    fn boosted(&self, history: &[f64], horizon: usize) -> Option<Vec<f64>> {
        let others = self.known_others(history);
        let around = boosted::Around { points: self.points, season: self.season, others: &others };
        if self.plain.is_none() {
            return self.boosted.forecast(history, around, horizon);
        }
        let apart = self.apart(history)?;
        let around = boosted::Around { points: self.points.min(several::LONGEST), ..around };
        let mut path = self.boosted.plain(&apart.values, around, horizon)?;
        apart.put_back(&mut path);
        Some(path)
    }

    /// The regression on the calendar at an origin.
    fn regressed(&self, history: &[f64]) -> Option<Rc<calendar_regression::Fitted>> {
        let (form, periods) = self.regression.as_ref()?;
        let mut kept = self.regressed.borrow_mut();
        if kept.as_ref().is_none_or(|fitted| fitted.known != history.len()) {
            *kept = calendar_regression::Fitted::of(*form, history, periods).map(Rc::new);
        }
        kept.clone()
    }

    /// A history without its long seasons.
    fn apart(&self, history: &[f64]) -> Option<Rc<several::Plain>> {
        let mut kept = self.apart.borrow_mut();
        if kept.as_ref().is_none_or(|apart| apart.of != history.len()) {
            *kept = several::Plain::of(history, &self.seasons).map(Rc::new);
        }
        kept.clone()
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
