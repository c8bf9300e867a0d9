//! How good probabilities are: ranking, squared error, and whether what is said to be likely happens as often.

use serde::Serialize;

use crate::statistics::ranks;

/// Figures of probabilities on offers that were newer than what they were learned from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    pub offers: usize,
    pub won: usize,
    /// How often a won offer was thought likelier than a lost one; 0.5 is chance.
    pub auc: f64,
    /// Mean squared error; less is better.
    pub brier: f64,
    /// The same of always saying the share that was won before.
    pub brier_share: f64,
    /// The same two of the price over the cost alone.
    pub auc_price: f64,
    pub brier_price: f64,
    /// From unlikely to likely, about as many offers in each.
    pub bands: Vec<Band>,
}

/// Offers that were thought about as likely.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    pub offers: usize,
    /// Mean of what was said.
    pub said: f64,
    /// Share that was won.
    pub won: f64,
}

/// What chances were learned from and how good they are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeCard {
    pub outcomes: usize,
    pub won: usize,
    /// On the newest fifth, learned from the rest.
    pub measured: Measured,
    /// It reads the records of customers and the market, not the price alone.
    pub reads_records: bool,
    /// Squared error below that of always saying the share won.
    pub better_than_share: bool,
}

const BANDS: usize = 10;
/// Fewest offers in a band.
const BAND: usize = 20;

pub(crate) fn measured(said: &[f64], by_price: &[f64], share: f64, won: &[bool]) -> Measured {
    Measured {
        offers: won.len(),
        won: won.iter().filter(|won| **won).count(),
        auc: auc(said, won),
        brier: brier(said, won),
        brier_share: brier(&vec![share; won.len()], won),
        auc_price: auc(by_price, won),
        brier_price: brier(by_price, won),
        bands: bands(said, won),
    }
}

/// Area under the ROC curve by ranks (Mann and Whitney 1947); 0.5 where there is only one outcome.
pub(crate) fn auc(said: &[f64], won: &[bool]) -> f64 {
    let ones = won.iter().filter(|won| **won).count() as f64;
    let zeros = won.len() as f64 - ones;
    if ones == 0.0 || zeros == 0.0 {
        return 0.5;
    }
    let sum: f64 = ranks(said).into_iter().zip(won).filter(|(_, won)| **won).map(|(rank, _)| rank + 1.0).sum();
    (sum - ones * (ones + 1.0) / 2.0) / (ones * zeros)
}

/// Brier (1950).
pub(crate) fn brier(said: &[f64], won: &[bool]) -> f64 {
    said.iter().zip(won).map(|(p, won)| (f64::from(*won) - p).powi(2)).sum::<f64>() / won.len() as f64
}

fn bands(said: &[f64], won: &[bool]) -> Vec<Band> {
    let mut order: Vec<usize> = (0..won.len()).collect();
    order.sort_by(|&a, &b| said[a].total_cmp(&said[b]));
    let each = won.len().div_ceil(BANDS).max(BAND);
    let band = |rows: &[usize]| Band {
        offers: rows.len(),
        said: rows.iter().map(|&row| said[row]).sum::<f64>() / rows.len() as f64,
        won: rows.iter().filter(|&&row| won[row]).count() as f64 / rows.len() as f64,
    };
    order.chunks(each).map(band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranking_and_error_are_those_of_the_definitions() {
        let won = [true, false, true, false];
        // Of four pairs of a won and a lost one, three are in order.
        assert!((auc(&[0.9, 0.5, 0.4, 0.1], &won) - 0.75).abs() < 1e-12);
        assert!((auc(&[0.5; 4], &won) - 0.5).abs() < 1e-12);
        assert!((brier(&[1.0, 0.5, 0.5, 0.0], &won) - 0.125).abs() < 1e-12);
    }
}
