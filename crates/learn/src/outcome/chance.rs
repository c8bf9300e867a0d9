//! The chance of one offer, with what happened to offers that were thought as likely.

use super::Offers;
use super::measure::OutcomeCard;
use super::train::Fitted;
use crate::LearnError;

/// Standard deviations of the range of shares: 80 %.
const WIDTH: f64 = 1.281_551_6;
/// Offers that a chance is compared with.
const FEWEST_NEAR: usize = 30;
const SHARE_NEAR: usize = 20;

/// What was learned of winning.
#[derive(Clone, Debug)]
pub struct Chances {
    pub(crate) fitted: Fitted,
    pub(crate) card: OutcomeCard,
    pub(crate) words: Vec<String>,
}

/// How likely an offer is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    pub chance: f64,
    /// Where the true chance lies four times in five, by what happened to the offers near it.
    pub low: f64,
    pub high: f64,
    /// Offers that were thought as likely when nobody knew, and how many of them were won.
    pub near: usize,
    pub near_won: usize,
    /// What this customer was offered and took before.
    pub customer_offers: u32,
    pub customer_won: u32,
    /// The price over the cost lies outside of what was seen: the chance is that at the edge.
    pub outside: bool,
}

impl Chances {
    /// The chances of offers, in their order, from all outcomes that were learned from.
    ///
    /// # Errors
    /// `NotPositive` or `LengthMismatch` where the offers are not sound.
    pub fn predict(&self, offers: &Offers) -> Result<Vec<Chance>, LearnError> {
        offers.check()?;
        Ok((0..offers.rows()).map(|row| self.one(offers, row)).collect())
    }

    pub fn card(&self) -> &OutcomeCard {
        &self.card
    }

    /// Up to three lines on what wins and what loses.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    fn one(&self, offers: &Offers, row: usize) -> Chance {
        let ledger = &self.fitted.ledger;
        let chance = self.fitted.chance(offers, row, &ledger.ask(offers, row));
        let (near, near_won) = self.fitted.unseen.near(chance);
        let (low, high) = wilson(near_won, near);
        let record = ledger.record(offers.customer[row].as_deref());
        Chance {
            chance,
            low: low.min(chance),
            high: high.max(chance),
            near,
            near_won,
            customer_offers: record.offers as u32,
            customer_won: record.won as u32,
            outside: !(self.fitted.terms.least..=self.fitted.terms.most).contains(&offers.ratio(row)),
        }
    }
}

/// What was said of offers that were not learned from, in its order, with what became of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unseen(Vec<(f64, bool)>);

impl Unseen {
    pub(crate) fn new(mut said: Vec<(f64, bool)>) -> Self {
        said.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self(said)
    }

    /// The offers nearest to a chance: how many, and how many of them were won.
    fn near(&self, chance: f64) -> (usize, usize) {
        let many = FEWEST_NEAR.max(self.0.len() / SHARE_NEAR).min(self.0.len());
        let place = self.0.partition_point(|(said, _)| *said < chance);
        let from = place.saturating_sub(many / 2).min(self.0.len() - many);
        let near = &self.0[from..from + many];
        (near.len(), near.iter().filter(|(_, won)| *won).count())
    }
}

/// The score interval of a share (Wilson 1927).
fn wilson(won: usize, of: usize) -> (f64, f64) {
    let (n, z) = (of as f64, WIDTH);
    if of == 0 {
        return (0.0, 1.0);
    }
    let share = won as f64 / n;
    let centre = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let all = 1.0 + z * z / n;
    ((centre - half) / all, (centre + half) / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_of_a_share_is_the_published_one() {
        // 8 of 10 at 80 %, by hand: (0.8821 -+ 0.1817) / 1.1642.
        let (low, high) = wilson(8, 10);
        assert!((low - 0.6016).abs() < 2e-4 && (high - 0.9138).abs() < 2e-4, "{low} {high}");
    }
}
