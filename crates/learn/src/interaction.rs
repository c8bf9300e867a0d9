//! Which two drivers act together: Friedman and Popescu's H statistic (2008, "Predictive learning via rule ensembles",
//! Annals of Applied Statistics 2, section 8.1), on a sample of rows and through the model's own predictions.
//!
//! The partial dependence of one or two drivers at a row is the mean prediction over the sample with these drivers taken from
//! that row. What the dependence of two is more than the sum of both alone is their interaction. How a row with drivers of
//! another is predicted is the caller's: in a shop sizes and physics follow from the drivers and must be made anew.
//!
//! Work: `rows` squared predictions for every driver and every pair, so the caller keeps both few.

use crate::random::Random;

/// A row of the sample with some drivers as another row has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mix<'a> {
    pub row: usize,
    /// Where the drivers are taken from.
    pub from: usize,
    /// Numbers of the drivers that are taken, one or two.
    pub drivers: &'a [usize],
}

/// How two drivers act together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interaction {
    pub first: usize,
    pub second: usize,
    /// H squared: the share of what both do that neither does alone, 0 to 1.
    pub share: f64,
    /// Standard deviation over the sample of what neither does alone, in the unit of the predictions.
    pub effect: f64,
}

/// Every pair of drivers, the largest effect first. `predict` is asked once per driver and once per pair.
///
/// # Errors
/// What `predict` gives.
pub fn interactions<E>(
    drivers: usize,
    rows: usize,
    mut predict: impl FnMut(&[Mix<'_>]) -> Result<Vec<f64>, E>,
) -> Result<Vec<Interaction>, E> {
    let alone = (0..drivers).map(|one| dependence(&[one], rows, &mut predict)).collect::<Result<Vec<_>, E>>()?;
    let mut found = Vec::new();
    for first in 0..drivers {
        for second in first + 1..drivers {
            let both = dependence(&[first, second], rows, &mut predict)?;
            let apart = both.iter().zip(alone[first].iter().zip(&alone[second])).map(|(both, (a, b))| both - a - b);
            let (more, all) = (squares(apart), squares(both.iter().copied()));
            let share = if all > 0.0 { (more / all).min(1.0) } else { 0.0 };
            found.push(Interaction { first, second, share, effect: deviation(more, rows) });
        }
    }
    found.sort_by(|a, b| b.effect.total_cmp(&a.effect));
    Ok(found)
}

/// What each driver does alone: the standard deviation of its partial dependence over the sample.
///
/// # Errors
/// What `predict` gives.
pub fn effects<E>(
    drivers: usize,
    rows: usize,
    mut predict: impl FnMut(&[Mix<'_>]) -> Result<Vec<f64>, E>,
) -> Result<Vec<f64>, E> {
    let alone = |one| dependence(&[one], rows, &mut predict).map(|of| deviation(squares(of.into_iter()), rows));
    (0..drivers).map(alone).collect()
}

/// Numbers of at most `count` of `all` rows, ascending; the same for the same seed.
pub fn sample(all: usize, count: usize, seed: u64) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..all).collect();
    Random::new(seed).shuffle(&mut rows);
    rows.truncate(count);
    rows.sort_unstable();
    rows
}

/// The partial dependence of drivers at every row.
fn dependence<E>(
    drivers: &[usize],
    rows: usize,
    predict: &mut impl FnMut(&[Mix<'_>]) -> Result<Vec<f64>, E>,
) -> Result<Vec<f64>, E> {
    let mixes: Vec<Mix<'_>> = (0..rows).flat_map(|from| (0..rows).map(move |row| Mix { row, from, drivers })).collect();
    predict(&mixes).map(|predicted| centred(&predicted, rows))
}

/// The mean over the sample for each row the drivers are taken from, around their own mean.
fn centred(predicted: &[f64], rows: usize) -> Vec<f64> {
    let means: Vec<f64> = predicted.chunks(rows.max(1)).map(|of| of.iter().sum::<f64>() / of.len() as f64).collect();
    let centre = means.iter().sum::<f64>() / means.len().max(1) as f64;
    means.into_iter().map(|mean| mean - centre).collect()
}

fn deviation(squares: f64, rows: usize) -> f64 {
    (squares / rows.max(1) as f64).sqrt()
}

fn squares(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|x| x * x).sum()
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// Every combination of three levels of each of three drivers, so that the drivers are independent and centred.
    fn design() -> Vec<[f64; 3]> {
        let level = |i: usize| i as f64 - 1.0;
        (0..27).map(|i| [level(i % 3), level(i / 3 % 3), level(i / 9)]).collect()
    }

    fn check(of: impl Fn([f64; 3]) -> f64) -> Vec<Interaction> {
        let rows = design();
        let predict = |mixes: &[Mix<'_>]| {
            let one = |mix: &Mix<'_>| {
                let mut row = rows[mix.row];
                mix.drivers.iter().for_each(|&driver| row[driver] = rows[mix.from][driver]);
                of(row)
            };
            Ok::<_, Infallible>(mixes.iter().map(one).collect())
        };
        interactions(3, rows.len(), predict).unwrap_or_else(|never| match never {})
    }

    #[test]
    fn a_product_acts_together_and_a_sum_does_not() {
        let found = check(|[a, b, c]| a * b + c);
        assert_eq!((found[0].first, found[0].second), (0, 1));
        assert!((found[0].share - 1.0).abs() < 1e-12, "{found:?}");
        // The variance of the product of two levels -1, 0, 1 is 2/3 x 2/3.
        assert!((found[0].effect - 2.0 / 3.0).abs() < 1e-12, "{found:?}");
        assert!(found[1..].iter().all(|pair| pair.share < 1e-20 && pair.effect < 1e-10), "{found:?}");
    }

    #[test]
    fn the_share_is_what_neither_does_alone() {
        // With the same variance for both drivers, ab is (2/3)^2 beside (2/3) + (2/3) of a and b.
        let found = check(|[a, b, _]| a + b + a * b);
        let expected = (4.0 / 9.0) / (4.0 / 9.0 + 4.0 / 3.0);
        assert!((found[0].share - expected).abs() < 1e-12, "{found:?}");
        assert!(check(|_| 5.0).iter().all(|pair| pair.share == 0.0 && pair.effect == 0.0));
    }

    #[test]
    fn alone_a_product_of_centred_drivers_does_nothing() {
        let rows = design();
        let predict = |mixes: &[Mix<'_>]| {
            let one = |mix: &Mix<'_>| {
                let mut row = rows[mix.row];
                mix.drivers.iter().for_each(|&driver| row[driver] = rows[mix.from][driver]);
                row[0] * row[1] + 3.0 * row[2]
            };
            Ok::<_, Infallible>(mixes.iter().map(one).collect())
        };
        let found = effects(3, rows.len(), predict).unwrap_or_else(|never| match never {});
        let expected = [0.0, 0.0, 3.0 * (2.0_f64 / 3.0).sqrt()];
        assert!(found.iter().zip(expected).all(|(x, y)| (x - y).abs() < 1e-12), "{found:?}");
    }

    #[test]
    fn a_sample_is_the_same_for_the_same_seed() {
        let rows = sample(100, 10, 3);
        assert_eq!((rows.len(), &rows), (10, &sample(100, 10, 3)));
        assert!(rows.windows(2).all(|pair| pair[0] < pair[1]) && rows != sample(100, 10, 4));
        assert_eq!(sample(2, 10, 3), [0, 1]);
    }
}
