//! What is used in the end: the combination, with other series only where they earned it, or a simple rule.

use crate::backtest::Backtest;
use crate::combine::{combined, error_of, relative_error, weights_of};
use crate::methods::{Method, SHORTEST_FITTED};

/// A simple rule is used instead once it was better than the combination by this factor, over enough origins.
const RULE_WINS: f64 = 1.05;
const RULE_ORIGINS: usize = 6;
/// By how much, and at which share of past origins, a method that must earn its place has to make the combination better.
const GUESTS_WIN: f64 = 1.02;
const GUESTS_ORIGINS: f64 = 0.5;

#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub(crate) name: String,
    /// One per method of the backtest, summing to 1.
    pub(crate) weights: Vec<f64>,
    /// Why, in sentences.
    pub(crate) notes: Vec<String>,
}

/// Name and weights of what is used, and why when it is not the combination.
pub(crate) fn choose(values: &[f64], past: &Backtest) -> Chosen {
    let past = &past.judged();
    let only = |method: Method| past.methods.iter().map(|m| f64::from(*m == method)).collect::<Vec<_>>();
    if values.len() < SHORTEST_FITTED {
        let note = format!("{} values are too few to learn from: the last one is continued", values.len());
        return Chosen { name: Method::Naive.name().to_owned(), weights: only(Method::Naive), notes: vec![note] };
    }
    let (weights, mut notes) = earned(past);
    let error = error_of(past, |origin| combined(&origin.paths, &weights));
    let rule = (past.methods.iter().enumerate())
        .filter(|(_, method)| method.is_simple())
        .map(|(at, method)| (*method, relative_error(past, at)))
        .min_by(|a, b| a.1.total_cmp(&b.1));
    match rule {
        Some((rule, of_rule)) if past.origins.len() >= RULE_ORIGINS && of_rule * RULE_WINS < error => {
            notes.push(format!("the {} rule was better at past dates and is used", rule.name()));
            Chosen { name: rule.name().to_owned(), weights: only(rule), notes }
        }
        Some(_) | None => Chosen { name: combination_name(past, &weights), weights, notes },
    }
}

fn combination_name(past: &Backtest, weights: &[f64]) -> String {
    let used: Vec<&str> =
        past.methods.iter().zip(weights).filter(|(_, w)| **w >= 0.01).map(|(m, _)| m.name()).collect();
    used.join(" + ")
}

/// The weights, with methods that must earn their place only where the combination was closer with them at past dates; the
/// lagged regression says so also where it was not, because somebody gave it other series.
fn earned(past: &Backtest) -> (Vec<f64>, Vec<String>) {
    let mut used: Vec<Method> = past.methods.iter().copied().filter(|m| !m.must_earn_its_place()).collect();
    let mut notes = Vec::new();
    for guest in past.methods.iter().copied().filter(|m| m.must_earn_its_place()) {
        let without = weights_of(past, |method| used.contains(&method));
        let with = weights_of(past, |method| used.contains(&method) || method == guest);
        let gain = gain(past, &with, &without);
        if gain.is_some() {
            used.push(guest);
        }
        notes.extend(said_of(guest, gain));
    }
    (weights_of(past, |method| used.contains(&method)), notes)
}

/// By how many per cent the combination was closer at past dates, where that was clear and often so.
fn gain(past: &Backtest, with: &[f64], without: &[f64]) -> Option<f64> {
    let error = |past: &Backtest, weights: &[f64]| error_of(past, |origin| combined(&origin.paths, weights));
    let (of_with, of_without) = (error(past, with), error(past, without));
    let one = |at: usize| Backtest { origins: vec![past.origins[at].clone()], ..past.clone() };
    let closer = |at: &usize| {
        let one = one(*at);
        error(&one, with) < error(&one, without)
    };
    let better = (0..past.origins.len()).filter(closer).count();
    let enough = past.origins.len() >= RULE_ORIGINS && better as f64 > GUESTS_ORIGINS * past.origins.len() as f64;
    (enough && of_with * GUESTS_WIN <= of_without).then(|| 100.0 * (1.0 - of_with / of_without))
}

fn said_of(guest: Method, gain: Option<f64>) -> Option<String> {
    match (guest, gain) {
        (Method::Leading, Some(gain)) => {
            Some(format!("at past dates the forecast was {gain:.0} % closer with the other series, so they are used"))
        }
        (Method::Leading, None) => Some(
            "at past dates the forecast was not closer with the other series in a regression, so it is not used"
                .to_owned(),
        ),
        (guest, Some(gain)) => {
            Some(format!("at past dates the forecast was {gain:.0} % closer with {}, so they are used", guest.name()))
        }
        (_, None) => None,
    }
}
