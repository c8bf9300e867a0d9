//! Which interventions explain a series: greedy steps forward from several beginnings, exchanges, then pruning; the shape
//! of the season and the autocorrelation of the noise are chosen by the same criterion.

use super::belief::{Belief, Found, Noise, tail_weight};
use super::effects::Effect;
use super::regression::Regression;
use super::season;
use crate::numbers::robust_sigma;

/// More interventions than this are not exceptions any more.
const MOST_EFFECTS: usize = 12;
/// Rounds of exchanging one effect for a better one.
const EXCHANGES: usize = 4;
/// Most harmonics tried for a season.
const MOST_HARMONICS: usize = 6;
/// Noise more persistent than this is a random walk.
const STRONGEST_PHI: f64 = 0.95;
/// What persistent noise costs in the criterion: a short series with a bend must not pass for a random walk.
const PRICE_OF_WANDERING: f64 = 30.0;

/// A series taken apart.
#[derive(Clone, Debug)]
pub(super) struct Explained {
    /// Effect, size in units of the series (per period for a trend), t statistic.
    pub(super) effects: Vec<(Effect, f64, f64)>,
    /// Trend, season and effects together.
    pub(super) fitted: Vec<f64>,
    /// Standard deviation of what is left.
    pub(super) sigma: f64,
    /// Lower explains better: n ln(variance) and the price of everything spent (compare Schwarz 1978).
    pub(super) criterion: f64,
    pub(super) phi: f64,
    /// Of the season, fastest last.
    pub(super) harmonics: Vec<usize>,
    /// `fitted` and the sizes are logarithms.
    pub(super) logarithmic: bool,
}

/// `season` 1 for none. A rough season needs fast harmonics that a smooth one would only spend: those are chosen once what
/// does not fit is out of the way.
pub(super) fn explain(values: &[f64], season: usize, ordinary: &[bool]) -> Explained {
    let n = values.len();
    let mut best = (first(n, season).into_iter().map(|k| (1..=k).collect()))
        .map(|harmonics: Vec<usize>| explained_with(values, season, harmonics, ordinary))
        .min_by(|a, b| a.criterion.total_cmp(&b.criterion))
        .expect("a season of no harmonics is always tried");
    for _ in 0..2 {
        let chosen = season::chosen(values, season, &best);
        if chosen == best.harmonics {
            break;
        }
        let found = explained_with(values, season, chosen, ordinary);
        if found.criterion >= best.criterion {
            break;
        }
        best = found;
    }
    best
}

fn explained_with(values: &[f64], season: usize, harmonics: Vec<usize>, ordinary: &[bool]) -> Explained {
    let longest_run = (values.len() / 5).min((season / 2).max(8));
    let base = season::base(values.len(), season, &harmonics);
    let search = Search { values, base: &base, longest_run, ordinary, belief: Belief::of(values.len()) };
    let candidates = search.candidates().into_iter();
    let best =
        candidates.min_by(|a, b| a.criterion.total_cmp(&b.criterion)).expect("several candidates are always made");
    Explained { harmonics, ..best }
}

/// Numbers of harmonics tried first.
fn first(n: usize, season: usize) -> Vec<usize> {
    if season < 2 || n < 2 * season {
        return vec![0];
    }
    (0..=(season / 2).min(MOST_HARMONICS)).filter(|k| *k != 5 || season == 10).collect()
}

struct Search<'a> {
    values: &'a [f64],
    base: &'a [Vec<f64>],
    longest_run: usize,
    ordinary: &'a [bool],
    belief: Belief,
}

/// Which kind of effect a search begins with.
#[derive(Clone, Copy, PartialEq)]
enum Beginning {
    Any,
    Level,
    Trend,
}

impl Search<'_> {
    fn candidates(&self) -> Vec<Explained> {
        let plain = Regression::of(self.values, self.base, 0.0);
        let mut found = Vec::new();
        for beginning in [Beginning::Any, Beginning::Level, Beginning::Trend] {
            let first = self.settled(0.0, beginning);
            let phi = self.phi(&first);
            found.push(self.explained(&first, phi));
            let again = self.settled(phi, beginning);
            let phi = self.phi(&again);
            found.push(self.explained(&again, phi));
        }
        let phi = autocorrelation(&plain.residual, plain.columns());
        let wandering = self.settled(phi, Beginning::Any);
        found.push(self.explained(&wandering, phi));
        found
    }

    fn regression(&self, effects: &[Effect], phi: f64) -> Regression {
        let mut regression = Regression::of(self.values, self.base, phi);
        for effect in effects {
            regression.add(&effect.column(self.values.len()));
        }
        regression
    }

    fn phi(&self, effects: &[Effect]) -> f64 {
        let regression = self.regression(effects, 0.0);
        autocorrelation(&regression.residual, regression.columns())
    }

    fn settled(&self, phi: f64, beginning: Beginning) -> Vec<Effect> {
        let mut effects = self.forward(phi, Vec::new(), beginning);
        for _ in 0..EXCHANGES {
            let before = effects.clone();
            effects = self.exchanged(phi, effects);
            effects = self.forward(phi, effects, Beginning::Any);
            effects = self.pruned(phi, effects);
            if effects == before {
                break;
            }
        }
        effects
    }

    fn forward(&self, phi: f64, mut effects: Vec<Effect>, beginning: Beginning) -> Vec<Effect> {
        let mut regression = self.regression(&effects, phi);
        while effects.len() < MOST_EFFECTS.min(self.values.len() / 6) {
            let wanted = if effects.is_empty() { beginning } else { Beginning::Any };
            let Some((effect, gain)) = self.next(&regression, &effects, wanted) else { break };
            if !believed(&regression, self.belief.threshold(effect), gain) {
                break;
            }
            regression.add(&effect.column(self.values.len()));
            effects.push(effect);
        }
        effects
    }

    /// The effect whose gain exceeds its threshold the most.
    fn next(&self, regression: &Regression, effects: &[Effect], wanted: Beginning) -> Option<(Effect, f64)> {
        let unit = sigma(regression).powi(2).max(f64::MIN_POSITIVE);
        let mut best: Option<(Effect, f64, f64)> = None;
        regression.gains(self.longest_run, |effect, gain| {
            let fits = match wanted {
                Beginning::Any => true,
                Beginning::Level => matches!(effect, Effect::Level(_)),
                Beginning::Trend => matches!(effect, Effect::Trend(_)),
            };
            let excess = gain / unit - self.belief.threshold(effect).powi(2);
            if fits && best.is_none_or(|(_, _, b)| excess > b) && !effects.contains(&effect) {
                best = Some((effect, gain, excess));
            }
        });
        best.map(|(effect, gain, _)| (effect, gain))
    }

    /// Each effect in turn is taken out and the best one put in its place.
    fn exchanged(&self, phi: f64, mut effects: Vec<Effect>) -> Vec<Effect> {
        for at in 0..effects.len() {
            let mut others = effects.clone();
            others.remove(at);
            let without = self.regression(&others, phi);
            if let Some((better, _)) = self.next(&without, &others, Beginning::Any) {
                effects[at] = better;
            }
        }
        effects
    }

    /// The weakest effect goes as long as one is below its threshold.
    fn pruned(&self, phi: f64, mut effects: Vec<Effect>) -> Vec<Effect> {
        loop {
            let regression = self.regression(&effects, phi);
            let noise = noise(&regression);
            let weakest = (0..effects.len())
                .map(|at| (at, self.strength(&effects, at, &regression, noise)))
                .min_by(|a, b| a.1.total_cmp(&b.1));
            match weakest {
                Some((at, strength)) if strength < 1.0 => effects.remove(at),
                Some(_) | None => return effects,
            };
        }
    }

    /// From 1 up it is believed.
    fn strength(&self, effects: &[Effect], at: usize, with: &Regression, noise: Noise) -> f64 {
        let mut others = effects.to_vec();
        others.remove(at);
        let without = self.regression(&others, with.phi);
        let t = (without.squares() - with.squares()).max(0.0).sqrt() / noise.sigma.max(f64::MIN_POSITIVE);
        let size = t / without.left_of(&effects[at].column(self.values.len())).sqrt().max(f64::MIN_POSITIVE);
        let found = Found { t, size, elsewhere: self.ordinary[effects[at].start()] };
        self.belief.strength(effects[at], found, noise)
    }

    fn t(&self, effects: &[Effect], at: usize, phi: f64, with: &Regression, unit: f64) -> f64 {
        let mut others = effects.to_vec();
        others.remove(at);
        let taken = (self.regression(&others, phi).squares() - with.squares()).max(0.0);
        taken.sqrt() / unit.max(f64::MIN_POSITIVE)
    }

    fn explained(&self, effects: &[Effect], phi: f64) -> Explained {
        let effects = self.pruned(phi, effects.to_vec());
        let regression = self.regression(&effects, phi);
        let n = self.values.len() as f64;
        let variance = (regression.squares() / n).max(1e-20 * self.scale());
        let spent: f64 = effects.iter().map(|e| self.belief.threshold(*e).powi(2)).sum();
        let complexity = self.base.len() as f64 * n.ln() + spent + PRICE_OF_WANDERING * phi * phi;
        let unit = spread(&regression);
        let coefficients = self.coefficients(&effects, phi);
        let sized = effects.iter().enumerate().map(|(at, effect)| {
            (*effect, coefficients[self.base.len() + at], self.t(&effects, at, phi, &regression, unit))
        });
        let sized = sized.collect();
        Explained {
            fitted: self.fitted(&effects, &coefficients),
            effects: sized,
            sigma: unit / (1.0 - phi * phi).sqrt(),
            criterion: n * variance.ln() + complexity,
            phi,
            harmonics: Vec::new(),
            logarithmic: false,
        }
    }

    fn scale(&self) -> f64 {
        self.values.iter().map(|y| y * y).sum::<f64>().max(f64::MIN_POSITIVE) / self.values.len() as f64
    }

    fn columns(&self, effects: &[Effect]) -> Vec<Vec<f64>> {
        self.base.iter().cloned().chain(effects.iter().map(|e| e.column(self.values.len()))).collect()
    }

    /// One by one: what is left of the values along the part of a column that no other column explains.
    fn coefficients(&self, effects: &[Effect], phi: f64) -> Vec<f64> {
        let columns = self.columns(effects);
        let coefficient = |at: usize| {
            let others: Vec<Vec<f64>> =
                columns.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c.clone()).collect();
            let own = Regression::of(&columns[at], &others, phi).residual;
            let rest = Regression::of(self.values, &others, phi).residual;
            let size: f64 = own.iter().map(|x| x * x).sum();
            own.iter().zip(&rest).map(|(a, b)| a * b).sum::<f64>() / size.max(f64::MIN_POSITIVE)
        };
        (0..columns.len()).map(coefficient).collect()
    }

    fn fitted(&self, effects: &[Effect], coefficients: &[f64]) -> Vec<f64> {
        let columns = self.columns(effects);
        (0..self.values.len()).map(|t| columns.iter().zip(coefficients).map(|(c, b)| c[t] * b).sum()).collect()
    }
}

/// By the robust spread, which many outliers do not hide; or by what all squares lose, which a level shift does not hide.
fn believed(regression: &Regression, threshold: f64, gain: f64) -> bool {
    let squares = regression.squares();
    let limit = threshold.powi(2);
    let n = regression.residual.len() as f64;
    let by_squares = n * (squares / (squares - gain).max(1e-12 * squares)).ln();
    gain > limit * sigma(regression).powi(2) || by_squares > limit
}

/// Robust standard deviation of the residuals, corrected for the columns spent.
fn sigma(regression: &Regression) -> f64 {
    let n = regression.residual.len() as f64;
    let free = (n - regression.columns() as f64).max(1.0);
    robust_sigma(&regression.residual) * (n / free).sqrt()
}

/// Standard deviation of the residuals once the effects are out, never below the robust one's half.
fn spread(regression: &Regression) -> f64 {
    let n = regression.residual.len() as f64;
    let free = (n - regression.columns() as f64).max(1.0);
    (regression.squares() / free).sqrt()
}

fn noise(regression: &Regression) -> Noise {
    let free = (regression.residual.len() as f64 - regression.columns() as f64).max(4.0);
    let sigma = spread(regression);
    Noise { phi: regression.phi, free, sigma, tail: tail_weight(&regression.residual, sigma) }
}

/// First-order autocorrelation, corrected for the bias of short series with many columns (Marriott and Pope 1954);
/// between 0 and `STRONGEST_PHI`.
fn autocorrelation(residual: &[f64], columns: usize) -> f64 {
    let squares: f64 = residual.iter().map(|x| x * x).sum();
    if squares <= 0.0 {
        return 0.0;
    }
    let products: f64 = residual.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let raw = products / squares;
    let corrected = raw + (1.0 + columns as f64 / 2.0 * (1.0 + raw).max(0.0)) / residual.len() as f64;
    corrected.clamp(0.0, STRONGEST_PHI)
}
