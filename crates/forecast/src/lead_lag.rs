//! Whether one series runs ahead of another: the price of steel ahead of that of panels.
//!
//! Levels that both rise go together without having anything to do with each other (Yule 1926), and so do changes that
//! echo their own past. So changes are compared (of logarithms where all values are positive), without season, and both
//! are put through the filter that leaves of the leading one only what its own past does not say (prewhitening, Box and
//! Jenkins 1976). Many lags are looked at, and the largest of many correlations is large by chance: it is held against
//! the largest that the same changes show when their signs are drawn at random. A single upheaval that moved both gives no
//! proof that way, as it would with a formula.

use signwright_domain::series::{Frequency, LagCorrelation, LeadLag, Series};

use crate::ForecastError;
use crate::methods::season::Season;
use crate::numbers::{mean, median};
use crate::prepare::{Prepared, prepare};
use crate::random::Random;
use crate::together::{beside, same_frequency};

/// Lags that are looked at.
const LONGEST_LAG: usize = 12;
/// Fewest periods in common.
const FEWEST: usize = 30;
/// Fewest pairs behind a correlation.
const FEWEST_PAIRS: usize = 20;
/// Longest memory of the filter.
const LONGEST_MEMORY: usize = 6;
/// Draws of signs; chance is known to a thousandth.
const DRAWS: usize = 999;
const SEED: u64 = 20_130_517;
/// What is called beyond chance.
const RARE: f64 = 0.05;

/// For 0 to 12 periods by which `leading` may be ahead: how its changes go together with those of `following`.
///
/// Errors: what [`crate::forecast`] refuses; different frequencies; fewer than 30 periods in common; a series that never
/// changes.
pub fn lead_lag(leading: &Series, following: &Series) -> Result<LeadLag, ForecastError> {
    same_frequency(leading, following)?;
    let (before, after) = (prepare(leading, 2)?, prepare(following, 2)?);
    let pair = Pair::of(leading, following, &before, &after)?;
    let lags: Vec<LagCorrelation> = (0..=LONGEST_LAG).filter_map(|lag| pair.at(lag)).collect();
    let never = || ForecastError::NeverChanges { series: leading.name.clone() };
    let best = lags.iter().copied().max_by(|a, b| weight(*a).total_cmp(&weight(*b))).ok_or_else(never)?;
    let chance = pair.chance();
    let beyond_chance = chance <= RARE;
    Ok(LeadLag {
        leading: leading.name.clone(),
        following: following.name.clone(),
        sentence: sentence([&leading.label, &following.label], following.frequency, best, chance),
        lags,
        best,
        chance,
        beyond_chance,
    })
}

/// The lag, not below `least`, at which two histories go together most; `None` where nothing can be compared.
pub(crate) fn best_lag(leading: &[Option<f64>], following: &[f64], season: usize, least: usize) -> Option<usize> {
    let following: Vec<Option<f64>> = following.iter().copied().map(Some).collect();
    let pair = Pair::filtered(&changes(leading, season)?, &changes(&following, season)?);
    let lags = (least..=LONGEST_LAG).filter_map(|lag| pair.at(lag));
    lags.max_by(|a, b| weight(*a).total_cmp(&weight(*b))).map(|best| best.lag as usize)
}

/// Standard errors from zero: lags with fewer pairs stand out less.
fn weight(lag: LagCorrelation) -> f64 {
    lag.r.abs() * f64::from(lag.n).sqrt()
}

/// What the past of the leading changes does not say, and the following ones put through the same filter; `None` where a
/// value is missing or was filled.
struct Pair {
    leading: Vec<Option<f64>>,
    following: Vec<Option<f64>>,
}

impl Pair {
    fn of(leading: &Series, following: &Series, before: &Prepared, after: &Prepared) -> Result<Self, ForecastError> {
        let known: Vec<Option<f64>> =
            (0..after.values.len()).map(|at| (!after.filled.contains(&at)).then(|| after.values[at])).collect();
        let mut ahead = beside(before, after);
        ahead.resize(known.len(), None);
        let common = ahead.iter().zip(&known).filter(|(a, b)| a.is_some() && b.is_some()).count();
        if common < FEWEST {
            let (one, other) = (leading.name.clone(), following.name.clone());
            return Err(ForecastError::TooLittleInCommon { one, other, common, needed: FEWEST });
        }
        let changed = |values: &[Option<f64>], series: &Series| {
            let never = || ForecastError::NeverChanges { series: series.name.clone() };
            changes(values, after.season).ok_or_else(never)
        };
        Ok(Self::filtered(&changed(&ahead, leading)?, &changed(&known, following)?))
    }

    fn filtered(leading: &[Option<f64>], following: &[Option<f64>]) -> Self {
        let filter = memory(leading);
        Self { leading: whitened(leading, &filter), following: whitened(following, &filter) }
    }

    fn pairs(&self, lag: usize) -> impl Iterator<Item = (usize, f64, f64)> {
        let later = self.following.iter().skip(lag);
        self.leading.iter().zip(later).enumerate().filter_map(|(at, (a, b))| Some((at, (*a)?, (*b)?)))
    }

    fn at(&self, lag: usize) -> Option<LagCorrelation> {
        let pairs: Vec<(f64, f64)> = self.pairs(lag).map(|(_, a, b)| (a, b)).collect();
        let r = correlation(&pairs).filter(|_| pairs.len() >= FEWEST_PAIRS)?;
        Some(LagCorrelation { lag: lag as u32, r, n: pairs.len() as u32 })
    }

    /// How often some lag stands out as much when the signs of the leading changes are drawn.
    fn chance(&self) -> f64 {
        let centred = Self { leading: centred(&self.leading), following: centred(&self.following) };
        let products: Vec<(Vec<(usize, f64)>, f64)> =
            (0..=LONGEST_LAG).filter_map(|lag| centred.products(lag)).collect();
        let largest = |signs: &[f64]| {
            let of = |(products, scale): &(Vec<(usize, f64)>, f64)| {
                products.iter().map(|(at, product)| signs[*at] * product).sum::<f64>().abs() * scale
            };
            products.iter().map(of).fold(0.0, f64::max)
        };
        let found = largest(&vec![1.0; self.leading.len()]);
        let mut random = Random::seeded(SEED);
        let mut draw = || self.leading.iter().map(|_| random.sign()).collect::<Vec<f64>>();
        let as_much = (0..DRAWS).filter(|_| largest(&draw()) >= found).count();
        (as_much + 1) as f64 / (DRAWS + 1) as f64
    }

    /// What makes up the correlation at a lag, and what turns their sum into standard errors.
    fn products(&self, lag: usize) -> Option<(Vec<(usize, f64)>, f64)> {
        let pairs: Vec<(usize, f64, f64)> = self.pairs(lag).collect();
        let squares = |of: fn(&(usize, f64, f64)) -> f64| pairs.iter().map(|pair| of(pair).powi(2)).sum::<f64>();
        let scale = (pairs.len() as f64).sqrt() / (squares(|p| p.1) * squares(|p| p.2)).sqrt();
        let enough = pairs.len() >= FEWEST_PAIRS && scale.is_finite();
        enough.then(|| (pairs.iter().map(|(at, a, b)| (*at, a * b)).collect(), scale))
    }
}

/// Around the median, which a single upheaval does not move.
fn centred(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let centre = median(&known);
    values.iter().map(|y| y.map(|y| y - centre)).collect()
}

/// Changes from period to period without season, in logarithms where all values are positive; `None` where there are none.
pub(crate) fn changes(values: &[Option<f64>], season: usize) -> Option<Vec<Option<f64>>> {
    let positive = values.iter().flatten().all(|y| *y > 0.0);
    let scaled: Vec<Option<f64>> = values.iter().map(|y| y.map(|y| if positive { y.ln() } else { y })).collect();
    let steps: Vec<Option<f64>> = scaled.windows(2).map(|pair| Some(pair[1]? - pair[0]?)).collect();
    let known: Vec<f64> = steps.iter().flatten().copied().collect();
    let centre = mean(&known);
    let whole: Vec<f64> = steps.iter().map(|step| step.unwrap_or(centre)).collect();
    let plain = Season::of(&whole, season).removed(&whole);
    let moves = known.iter().any(|step| (step - centre).abs() > 1e-12);
    moves.then(|| steps.iter().zip(plain).map(|(step, plain)| step.map(|_| plain)).collect())
}

/// The autoregression that foretells a series best from its own past (Levinson and Durbin; order by AICc).
fn memory(values: &[Option<f64>]) -> Vec<f64> {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let (count, centre) = (known.len() as f64, mean(&known));
    let filled: Vec<f64> = values.iter().map(|y| y.map_or(0.0, |y| y - centre)).collect();
    let covariance = |lag: usize| filled.iter().zip(&filled[lag.min(filled.len())..]).map(|(a, b)| a * b).sum::<f64>();
    let covariances: Vec<f64> = (0..=LONGEST_MEMORY).map(covariance).collect();
    let mut left = covariances[0];
    let (mut best, mut filter): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let criterion = |left: f64, order: usize| {
        let parameters = order as f64 + 1.0;
        count * (left / count).ln() + 2.0 * parameters * count / (count - parameters - 1.0).max(1.0)
    };
    let mut least = criterion(left, 0);
    for order in 1..=LONGEST_MEMORY {
        let explained: f64 = filter.iter().zip(covariances[1..order].iter().rev()).map(|(a, c)| a * c).sum();
        let reflection = (covariances[order] - explained) / left;
        let turned: Vec<f64> = filter.iter().rev().map(|a| reflection * a).collect();
        filter = filter.iter().zip(turned).map(|(a, t)| a - t).chain([reflection]).collect();
        left *= 1.0 - reflection * reflection;
        if left.is_nan() || left <= 0.0 {
            break;
        }
        if criterion(left, order) < least {
            (least, best) = (criterion(left, order), filter.clone());
        }
    }
    best
}

/// What the filter does not foretell.
fn whitened(values: &[Option<f64>], filter: &[f64]) -> Vec<Option<f64>> {
    let one = |at: usize| {
        let foretold = filter.iter().enumerate().map(|(back, a)| Some(a * values[at.checked_sub(back + 1)?]?));
        Some(values[at]? - foretold.sum::<Option<f64>>()?)
    };
    (0..values.len()).map(one).collect()
}

fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let of = |pick: fn(&(f64, f64)) -> f64| {
        let values: Vec<f64> = pairs.iter().map(pick).collect();
        let centre = mean(&values);
        values.into_iter().map(|x| x - centre).collect::<Vec<_>>()
    };
    let (a, b) = (of(|p| p.0), of(|p| p.1));
    let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    let size = (dot(&a, &a) * dot(&b, &b)).sqrt();
    (size > 0.0).then(|| (dot(&a, &b) / size).clamp(-1.0, 1.0))
}

fn sentence([leading, following]: [&str; 2], frequency: Frequency, best: LagCorrelation, chance: f64) -> String {
    let period = frequency.period_word();
    let figures = format!("r = {:.2}, {} {period}s", best.r, best.n);
    let later = match best.lag {
        0 => format!("in the same {period}"),
        1 => format!("one {period} later"),
        lag => format!("{} {period}s later", in_words(lag)),
    };
    if chance > RARE {
        let often = (chance * 100.0).round();
        return format!(
            "no lag of up to {LONGEST_LAG} {period}s shows {leading} and {following} going together beyond chance; the most, \
             {later}, would come up in {often} of 100 series that have nothing to do with each other ({figures})"
        );
    }
    if best.r > 0.0 {
        format!(
            "{leading} goes together with {following} {later} ({figures}); that does not say that one causes the other"
        )
    } else {
        format!(
            "when {leading} rises, {following} tends to fall {later} ({figures}); that does not say that one causes the other"
        )
    }
}

fn in_words(number: u32) -> String {
    let words = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word = number.checked_sub(2).and_then(|at| words.get(at as usize));
    word.map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
