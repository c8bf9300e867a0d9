//! What the first finished jobs of a shop say of the starter model: one factor, drawn towards 1.
//!
//! A shop is taken to lie off the starter by what its prices and rates do to everything, and by what its hours do to each
//! kind of work by itself, with the spreads on the card; its jobs lie around that with the scatter they show, at least
//! that of generated jobs. What jobs of a type or two are off by is therefore only partly what other types are off by.
//! The median of their logarithms counts for the common part with the weight that the normal model gives it; the
//! variance of a median is pi/2 times that of a mean.

use std::f64::consts::FRAC_PI_2;

use std::collections::BTreeMap;

use signwright_domain::starter::{StarterCard, StarterCorrection};
use signwright_learn::median;

/// Fewest jobs that say anything.
pub(super) const FEWEST: usize = 5;
/// Standard deviations in a median absolute deviation of normal values.
const DEVIATIONS: f64 = 1.4826;

/// A finished job: its type, and actual over starter.
pub(super) type Ratio<'a> = (&'a str, f64);

/// `None` where there are too few.
pub(super) fn of(ratios: &[Ratio<'_>], card: &StarterCard) -> Option<StarterCorrection> {
    if ratios.len() < FEWEST {
        return None;
    }
    let logs: Vec<f64> = ratios.iter().map(|(_, ratio)| ratio.ln()).collect();
    let middle = median(&logs);
    let away: Vec<f64> = logs.iter().map(|log| (log - middle).abs()).collect();
    let scatter = (DEVIATIONS * median(&away)).max(card.job_spread);
    let (common, by_type) = (card.rate_spread.powi(2), card.hours_spread.powi(2));
    let of_median = by_type * concentration(ratios) + FRAC_PI_2 * scatter.powi(2) / logs.len() as f64;
    let weight = common / (common + of_median);
    Some(StarterCorrection {
        jobs: u32::try_from(logs.len()).unwrap_or(u32::MAX),
        measured: middle.exp(),
        factor: (weight * middle).exp(),
        scatter,
        unknown: (common * (1.0 - weight) + by_type).sqrt(),
    })
}

/// 1 where all jobs are of one type, 1/n where n types have as many each.
fn concentration(ratios: &[Ratio<'_>]) -> f64 {
    let mut types: BTreeMap<&str, f64> = BTreeMap::new();
    ratios.iter().for_each(|(name, _)| *types.entry(name).or_default() += 1.0 / ratios.len() as f64);
    types.values().map(|share| share.powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::Starter;
    use super::*;

    fn card() -> StarterCard {
        let card = Starter::shipped().expect("a starter").card;
        StarterCard { rate_spread: 0.3, hours_spread: 0.2, job_spread: 0.2, ..card }
    }

    fn one_type(ratios: &[f64]) -> Option<StarterCorrection> {
        of(&ratios.iter().map(|&ratio| ("pole", ratio)).collect::<Vec<_>>(), &card())
    }

    #[test]
    fn a_few_jobs_move_it_part_of_the_way() {
        assert_eq!(one_type(&[2.0; 4]), None);
        // Common 0.09; of the median 0.04 x 1 for one type and pi/2 x 0.04 / 7 = 0.008976: weight 0.647594.
        let seven = one_type(&[1.12; 7]).expect("seven jobs");
        assert!((seven.measured - 1.12).abs() < 1e-12, "{seven:?}");
        assert!((seven.factor.ln() / 1.12_f64.ln() - 0.647_594).abs() < 1e-6, "{seven:?}");
        assert!((seven.unknown - (0.09_f64 * (1.0 - 0.647_594) + 0.04).sqrt()).abs() < 1e-6, "{seven:?}");
    }

    #[test]
    fn jobs_of_many_types_say_more_of_the_shop_than_as_many_of_one() {
        let many = ["pole", "blade", "emc", "ada", "vinyl", "banner", "awning"].map(|name| (name, 1.12));
        let (many, one) = (of(&many, &card()).expect("seven"), one_type(&[1.12; 7]).expect("seven"));
        assert!(many.factor > one.factor && many.unknown < one.unknown, "{many:?} {one:?}");
        assert!(many.unknown >= 0.2, "the hours of another type stay unknown: {many:?}");
    }

    #[test]
    fn jobs_that_scatter_count_for_less_and_one_odd_job_decides_nothing() {
        let calm = one_type(&[1.2, 1.2, 1.2, 1.2, 9.0]).expect("five jobs");
        let wild = one_type(&[0.5, 0.8, 1.2, 1.9, 3.0]).expect("five jobs");
        assert!((calm.measured - 1.2).abs() < 1e-12 && (wild.measured - 1.2).abs() < 1e-12);
        assert!(calm.factor > wild.factor && wild.factor > 1.0, "{calm:?} {wild:?}");
        assert!(wild.scatter > 2.0 * calm.scatter && wild.unknown > calm.unknown, "{calm:?} {wild:?}");
    }
}
