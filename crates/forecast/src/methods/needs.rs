//! What each method needs, and what a series has of it: the same answer decides whether the method is used and is shown.

use signwright_domain::series::MethodUse;

use crate::calendar_terms::Periods;
use crate::drift::FEWEST_YEARS;

use super::boosted::{FEWEST, FEWEST_BESIDE};
use super::calendar_regression::LEAST_YEARS;
use super::intermittent::{FEWEST_DEMANDS, INTERMITTENT};
use super::leading::FEWEST_ROWS;
use super::smoothing::LONGEST_ETS_SEASON;
use super::{Method, Methods};

/// Fewer values than this are continued by the last one alone.
pub(crate) const SHORTEST_FITTED: usize = 8;

/// Fewest values for a regression on the calendar.
const FEWEST_DATED: usize = 60;

impl Method {
    /// What it needs of any series.
    pub(crate) fn needs(self) -> String {
        match self {
            Self::Theta => format!("{SHORTEST_FITTED} points; with two whole seasons it also carries the season"),
            Self::Ets => format!(
                "{SHORTEST_FITTED} points; with two whole seasons of at most {LONGEST_ETS_SEASON} points it also carries the \
                 season"
            ),
            Self::Fourier => format!("{SHORTEST_FITTED} points and two whole seasons, and none of a longer one"),
            Self::Momentum => format!(
                "{FEWEST_YEARS} years of months or quarters, all above zero, whose changes are small, have no season and \
                 do not take each other back"
            ),
            Self::Several => format!("a season of more than {LONGEST_ETS_SEASON} points and two whole ones of it"),
            Self::Leading => format!("another series of the same frequency and {FEWEST_ROWS} periods in common"),
            Self::Calendar => {
                format!("days or weeks of at least {FEWEST_DATED} points, and {LEAST_YEARS} years for the year")
            }
            Self::Boosted => {
                format!("{FEWEST} points, or {FEWEST_BESIDE} and another series of the same frequency")
            }
            Self::Croston | Self::Fading => format!(
                "{SHORTEST_FITTED} points, none negative, {FEWEST_DEMANDS} of them above zero and so many zeros that these \
                 are on average more than {INTERMITTENT} periods apart"
            ),
            Self::SeasonalNaive => "two whole seasons".to_owned(),
            Self::Naive => "one point".to_owned(),
        }
    }
}

impl Methods {
    /// Every method with what it found in the history, those that serve first.
    pub(crate) fn uses(&self) -> Vec<MethodUse> {
        let mut uses: Vec<MethodUse> = Method::ALL.into_iter().map(|method| self.use_of(method)).collect();
        uses.sort_by_key(|one| !one.serves);
        uses
    }

    fn use_of(&self, method: Method) -> MethodUse {
        let (serves, why) = match self.refused(method) {
            Some(why) => (false, why),
            None => (true, self.found(method)),
        };
        MethodUse { method: method.name().to_owned(), needs: method.needs(), serves, why, path: Vec::new() }
    }

    /// Why a method cannot be used; `None` where it can.
    pub(super) fn refused(&self, method: Method) -> Option<String> {
        let too_few = || (self.points < SHORTEST_FITTED).then(|| self.has_points());
        let no_season = || (self.season < 2).then(|| "the history holds no two whole seasons".to_owned());
        match method {
            Method::Theta => too_few(),
            Method::Ets => too_few().or_else(|| {
                self.ets.is_none().then(|| "no form of exponential smoothing could be fitted to the history".to_owned())
            }),
            Method::Fourier => too_few().or_else(no_season).or_else(|| self.has_a_longer_season()),
            Method::Momentum => self.settled(),
            Method::Leading => too_few().or_else(|| self.lonely()),
            Method::Calendar => self.undated(),
            Method::Boosted => self.too_short_for_trees(),
            Method::Several => too_few().or_else(|| self.carried()),
            Method::Croston | Method::Fading => too_few().or_else(|| self.steady()),
            Method::SeasonalNaive => no_season(),
            Method::Naive => None,
        }
    }

    fn found(&self, method: Method) -> String {
        let seasons = || format!("{} and {} whole seasons", self.has_points(), self.points / self.season.max(1));
        match method {
            Method::Ets if self.season > LONGEST_ETS_SEASON => format!(
                "{}; a season of {} is too long for it, so it gives level and trend only",
                self.has_points(),
                self.season
            ),
            Method::Leading => self.stands_beside(),
            Method::Calendar if self.minds_holidays() => format!("{} and shows holidays", self.has_points()),
            Method::Boosted if !self.others.is_empty() => self.stands_beside(),
            Method::Several => {
                let seasons: Vec<String> = self.seasons.iter().map(usize::to_string).collect();
                format!("{}, with seasons of {}", self.has_points(), seasons.join(" and "))
            }
            Method::Croston | Method::Fading => {
                let interval = self.interval.unwrap_or_default();
                format!("{}, a value above zero every {interval:.1} periods on average", self.has_points())
            }
            Method::Theta | Method::Ets | Method::Fourier | Method::SeasonalNaive if self.season > 1 => seasons(),
            Method::Theta
            | Method::Ets
            | Method::Fourier
            | Method::SeasonalNaive
            | Method::Naive
            | Method::Momentum
            | Method::Boosted
            | Method::Calendar => self.has_points(),
        }
    }

    fn lonely(&self) -> Option<String> {
        let in_common = |other: &[Option<f64>]| other.iter().take(self.points).flatten().count();
        match self.others.iter().map(|other| in_common(other)).min() {
            None => Some("no other series was given".to_owned()),
            Some(fewest) if fewest < FEWEST_ROWS => Some(format!("{fewest} periods in common with another series")),
            Some(_) => None,
        }
    }

    fn stands_beside(&self) -> String {
        format!("{} and stands beside {} other series", self.has_points(), self.others.len())
    }

    fn too_short_for_trees(&self) -> Option<String> {
        let beside = self.points >= FEWEST_BESIDE && !self.others.is_empty() && self.lonely().is_none();
        (self.points < FEWEST && !beside).then(|| self.has_points())
    }

    fn has_a_longer_season(&self) -> Option<String> {
        let longer = self.seasons.get(1)?;
        Some(format!("it would carry only the shorter of the seasons of {} and {longer}", self.season))
    }

    fn settled(&self) -> Option<String> {
        let too_few = self.points < FEWEST_YEARS * self.season;
        let settled = || "the history does not drift as prices do, by small changes without a season".to_owned();
        (!self.drifts).then(|| if too_few { self.has_points() } else { settled() })
    }

    fn undated(&self) -> Option<String> {
        match &self.regression {
            None => Some("the history has no days or weeks that a calendar could tell apart".to_owned()),
            Some((_, periods)) if !periods.carries_the_year => Some("the season is short enough for ETS".to_owned()),
            Some(_) if self.points < FEWEST_DATED => Some(self.has_points()),
            Some((_, Periods { year: None, week: 1, .. })) => Some(self.has_points()),
            Some(_) => None,
        }
    }

    fn carried(&self) -> Option<String> {
        let long: Vec<usize> = self.seasons.iter().copied().filter(|s| *s > LONGEST_ETS_SEASON).collect();
        match (long.first(), self.plain) {
            (None, _) => Some("the season is short enough for ETS".to_owned()),
            (Some(season), None) => Some(format!("{}, fewer than two seasons of {season}", self.has_points())),
            (Some(_), Some(_)) => None,
        }
    }

    fn steady(&self) -> Option<String> {
        match self.interval {
            None => Some("the history has negative values or too few above zero".to_owned()),
            Some(interval) if interval <= INTERMITTENT => {
                Some(format!("there is a value above zero every {interval:.2} periods: the demand is steady"))
            }
            Some(_) => None,
        }
    }

    fn has_points(&self) -> String {
        let s = if self.points == 1 { "" } else { "s" };
        format!("the history has {} point{s}", self.points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], season: usize, method: &str, serves: bool, why: &str) {
        let uses = Methods::for_history(values, &[season]).uses();
        let one = uses.iter().find(|u| u.method == method).expect(method);
        assert_eq!((one.serves, one.why.as_str()), (serves, why));
    }

    #[test]
    fn every_method_says_why_it_serves_or_not() {
        let long: Vec<f64> = (0..48_u32).map(|i| f64::from(i * i * 7 % 31)).collect();
        check(&long, 12, "Theta", true, "the history has 48 points and 4 whole seasons");
        check(&long[..7], 1, "Theta", false, "the history has 7 points");
        check(&long[..20], 1, "MFLES", false, "the history holds no two whole seasons");
        check(&long[..20], 1, "ETS", true, "the history has 20 points");
        check(&long[..1], 1, "naive", true, "the history has 1 point");
        let many: Vec<f64> = (0..120_u32).map(|i| f64::from(i * i * 7 % 31)).collect();
        let counts: Vec<f64> = (0..48_u32).map(|i| if i % 3 == 0 { 2.0 } else { 0.0 }).collect();
        check(&counts, 12, "TSB", true, "the history has 48 points, a value above zero every 3.0 periods on average");
        let steady = "there is a value above zero every 1.04 periods: the demand is steady";
        check(&long, 12, "Croston-SBA", false, steady);
        let why = "the history has 120 points; a season of 52 is too long for it, so it gives level and trend only";
        check(&many, 52, "ETS", true, why);
        check(&many, 52, "MSTL", true, "the history has 120 points, with seasons of 52");
        check(&long, 12, "MSTL", false, "the season is short enough for ETS");
    }
}
