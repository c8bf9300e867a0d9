//! The shape of the season: which harmonics it has.

use std::f64::consts::TAU;

use super::regression::Regression;
use super::search::Explained;

/// One in so many values may go into harmonics.
const VALUES_PER_HARMONIC: usize = 6;

/// Constant, trend, and a cosine and a sine for each harmonic.
pub(super) fn base(n: usize, season: usize, harmonics: &[usize]) -> Vec<Vec<f64>> {
    let mut columns = vec![vec![1.0; n], (0..n).map(|t| t as f64 / n as f64).collect()];
    for k in harmonics {
        columns.extend(waves(n, season, *k));
    }
    columns
}

fn waves(n: usize, season: usize, k: usize) -> Vec<Vec<f64>> {
    let angle = |t: usize| TAU * (k * t % season) as f64 / season as f64;
    let cosine = (0..n).map(|t| angle(t).cos()).collect();
    if 2 * k == season { vec![cosine] } else { vec![cosine, (0..n).map(|t| angle(t).sin()).collect()] }
}

/// Harmonics worth their price (Schwarz 1978), looked for the best first, in values from which the effects are taken out.
pub(super) fn chosen(values: &[f64], season: usize, explained: &Explained) -> Vec<usize> {
    let n = values.len();
    if season < 2 || n < 2 * season {
        return Vec::new();
    }
    let mut cleaned = values.to_vec();
    for (effect, size, _) in &explained.effects {
        cleaned.iter_mut().zip(effect.column(n)).for_each(|(y, x)| *y -= size * x);
    }
    let mut regression = Regression::of(&cleaned, &base(n, season, &[]), explained.phi);
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < (n / VALUES_PER_HARMONIC).min(season / 2) {
        let worth = |k: usize| {
            let mut with = regression.clone();
            let columns = waves(n, season, k);
            columns.iter().for_each(|column| with.add(column));
            let gain = n as f64 * (regression.squares() / with.squares().max(f64::MIN_POSITIVE)).ln();
            (k, gain - columns.len() as f64 * (n as f64).ln(), with)
        };
        let left = (1..=season / 2).filter(|k| !chosen.contains(k)).map(worth);
        match left.max_by(|a, b| a.1.total_cmp(&b.1)) {
            Some((k, worth, with)) if worth > 0.0 => {
                chosen.push(k);
                regression = with;
            }
            Some(_) | None => break,
        }
    }
    chosen.sort_unstable();
    chosen
}
