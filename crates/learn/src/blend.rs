//! How much each member counts: greedy selection with replacement (Caruana, Niculescu-Mizil, Crew and Ksikes 2004) on
//! predictions of rows that the members had not seen.

use crate::target::Scale;

/// Picks at most; a member's weight is its share of the picks up to the best mixture.
const PICKS: usize = 25;
/// Members that would count less are left out: they cost as much time as others.
const LEAST_WEIGHT: f64 = 0.08;
/// Relative errors count at most this much.
const MOST: f64 = 1.0;

/// What a mixture is measured by, over rows in time or at random.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judge<'a> {
    pub(crate) scale: &'a Scale,
    pub(crate) actual: &'a [f64],
    /// About how far targets lie apart, the same for all that are compared.
    pub(crate) unit: f64,
    /// Which rows count.
    pub(crate) counts: &'a [bool],
    /// Newest rows are tested after older ones.
    pub(crate) by_time: bool,
}

impl Judge<'_> {
    /// Logarithm of the product of two errors, so that neither unit counts: mean absolute error, and root mean square
    /// error or, by time, the mean relative error. Single jobs of another size would rule the square in new years.
    fn loss(&self, z: impl Iterator<Item = f64>) -> f64 {
        let (mut size, mut square, mut relative, mut n, mut sized) = (0.0, 0.0, 0.0, 0.0_f64, 0.0_f64);
        let unit = self.unit;
        for ((z, &actual), _) in z.zip(self.actual).zip(self.counts).filter(|(_, counts)| **counts) {
            let miss = (self.scale.target(z) - actual).abs();
            let error = miss / unit;
            size += error;
            square += error * error;
            n += 1.0;
            if actual != 0.0 {
                relative += (miss / actual.abs()).min(MOST);
                sized += 1.0;
            }
        }
        let other = if self.by_time { relative / sized.max(1.0) } else { (square / n.max(1.0)).sqrt() };
        if !(size.is_finite() && other.is_finite()) {
            return f64::INFINITY;
        }
        (size / n.max(1.0)).max(f64::MIN_POSITIVE).ln() + other.max(f64::MIN_POSITIVE).ln()
    }
}

/// Weights that add up to 1, and the loss of the mixture. Predictions are scaled, row by row of the judge.
pub(crate) fn weights(judge: &Judge<'_>, members: &[Vec<f64>]) -> (Vec<f64>, f64) {
    let mut sum = vec![0.0; judge.actual.len()];
    let mut picks = vec![0_usize; members.len()];
    let mut best: Option<(Vec<usize>, f64)> = None;
    for count in 1..=PICKS {
        let with = |member: &Vec<f64>| judge.loss(sum.iter().zip(member).map(|(sum, z)| (sum + z) / count as f64));
        let losses: Vec<f64> = members.iter().map(with).collect();
        let pick = (1..losses.len()).fold(0, |best, i| if losses[i] < losses[best] { i } else { best });
        picks[pick] += 1;
        sum.iter_mut().zip(&members[pick]).for_each(|(sum, z)| *sum += z);
        if best.as_ref().is_none_or(|(_, least)| losses[pick] < *least) {
            best = Some((picks.clone(), losses[pick]));
        }
    }
    let (mut picks, loss) = best.expect("there is at least one pick");
    let total: usize = picks.iter().sum();
    picks.iter_mut().filter(|count| (**count as f64) < LEAST_WEIGHT * total as f64).for_each(|count| *count = 0);
    let total: usize = picks.iter().sum();
    (picks.iter().map(|&count| count as f64 / total as f64).collect(), loss)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn members_that_err_apart_are_mixed_and_a_bad_one_is_left_out() {
        let mut random = Random::new(8);
        let mut noise = |size: f64| (0..400).map(|_| size * (random.uniform() - 0.5)).collect::<Vec<f64>>();
        let actual: Vec<f64> = (0..400).map(f64::from).collect();
        let scale = Scale::identity(&actual).expect("varies");
        let around = |noise: Vec<f64>| actual.iter().zip(noise).map(|(y, e)| scale.scaled(y + e)).collect::<Vec<f64>>();
        let members = [around(noise(20.0)), around(noise(20.0)), around(noise(300.0))];
        for by_time in [false, true] {
            let judge = Judge { scale: &scale, actual: &actual, unit: 100.0, counts: &[true; 400], by_time };
            let (weights, loss) = weights(&judge, &members);
            assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(weights[0] > 0.3 && weights[1] > 0.3 && weights[2] < 0.1, "{weights:?}");
            assert!(loss < judge.loss(members[0].iter().copied()));
        }
    }

    #[test]
    fn predictions_beyond_numbers_still_give_a_mixture() {
        let actual = [1e150, -1e150, 5e149];
        let scale = Scale::identity(&actual).expect("varies");
        let judge = Judge { scale: &scale, actual: &actual, unit: 1e150, counts: &[true; 3], by_time: false };
        let (weights, _) = weights(&judge, &[vec![f64::NAN; 3], vec![1e300; 3], vec![0.0; 3]]);
        assert_eq!(weights, [0.0, 0.0, 1.0]);
        let (weights, _) = super::weights(&judge, &[vec![f64::NAN; 3]]);
        assert_eq!(weights, [1.0]);
    }
}
