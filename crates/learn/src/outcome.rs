//! Won or lost: how likely an offer is taken at a price, and which price is expected to earn most.
//!
//! A logistic regression on the price over the cost and on records kept in the order of time: how often this customer
//! took offers before, also of this kind of work, and where the market was. Some slopes may only have one sign: a higher price
//! never makes a win likelier, a better record of the customer never less likely. On contract bids boosted trees that split on the name
//! of the bidder rank slightly better (docs/benchmarks.md), but promise neither that nor a smooth curve of profit. Probabilities are calibrated on offers that were newer than
//! what they were learned from. It refuses where there are too few outcomes, and does not look at what is only known afterwards.

mod chance;
mod curve;
mod ledger;
mod logistic;
mod measure;
mod terms;
mod train;
mod words;

use jiff::civil::Date;

use crate::{LearnError, Table};

pub use chance::{Chance, Chances};
pub use curve::{CurvePoint, PriceCurve};
pub use measure::{Band, Measured, OutcomeCard};
pub use train::learn_chances;

/// Fewest outcomes that anything is said on.
pub const FEWEST_OUTCOMES: usize = 50;
/// Fewest of them that were won, and that were lost.
pub const FEWEST_OF_EACH: usize = 5;

/// Offers, one row each, with what was known when they were made.
#[derive(Clone, Debug, PartialEq)]
pub struct Offers {
    /// Above 0.
    pub price: Vec<f64>,
    /// What the work costs us, or another figure for its size that the price is compared with; above 0.
    pub cost: Vec<f64>,
    pub customer: Vec<Option<String>>,
    /// The day it was made. Without one it says nothing of the customer's record.
    pub offered: Vec<Option<Date>>,
    /// What else may matter: numbers and categories.
    pub drivers: Table,
    /// Offers of one group, such as a contract, are never on both sides of a split.
    pub group: Option<Vec<String>>,
}

/// Offers whose outcome is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcomes {
    pub offers: Offers,
    pub won: Vec<bool>,
    /// The day the outcome was known: it enters records from the day after. Where absent, the day of the offer.
    pub decided: Vec<Option<Date>>,
}

impl Offers {
    pub fn rows(&self) -> usize {
        self.price.len()
    }

    pub(crate) fn check(&self) -> Result<(), LearnError> {
        let rows = self.rows();
        let lengths = [
            ("the cost", self.cost.len()),
            ("the customer", self.customer.len()),
            ("the day of the offer", self.offered.len()),
            ("the table of drivers", if self.drivers.columns().is_empty() { rows } else { self.drivers.rows() }),
            ("the group", self.group.as_ref().map_or(rows, Vec::len)),
        ];
        for (what, found) in lengths {
            if found != rows {
                return Err(LearnError::LengthMismatch { what: what.to_owned(), expected: rows, found });
            }
        }
        for (what, values) in [("price", &self.price), ("cost", &self.cost)] {
            if let Some(row) = values.iter().position(|x| !(x.is_finite() && *x > 0.0)) {
                return Err(LearnError::NotPositive { what: what.to_owned(), row, value: values[row] });
            }
        }
        Ok(())
    }

    /// The rows with these numbers, in this order.
    ///
    /// # Panics
    /// Where a row lies beyond the end.
    pub fn select(&self, rows: &[usize]) -> Self {
        Self {
            price: rows.iter().map(|&row| self.price[row]).collect(),
            cost: rows.iter().map(|&row| self.cost[row]).collect(),
            customer: rows.iter().map(|&row| self.customer[row].clone()).collect(),
            offered: rows.iter().map(|&row| self.offered[row]).collect(),
            drivers: self.drivers.select(rows),
            group: self.group.as_ref().map(|group| rows.iter().map(|&row| group[row].clone()).collect()),
        }
    }

    /// Logarithm of the price over the cost.
    pub(crate) fn ratio(&self, row: usize) -> f64 {
        (self.price[row] / self.cost[row]).ln()
    }
}

impl Outcomes {
    pub(crate) fn select(&self, rows: &[usize]) -> Self {
        Self {
            offers: self.offers.select(rows),
            won: rows.iter().map(|&row| self.won[row]).collect(),
            decided: rows.iter().map(|&row| self.decided[row]).collect(),
        }
    }

    /// The day the outcome of a row was known.
    pub(crate) fn known(&self, row: usize) -> Option<Date> {
        self.decided[row].or(self.offers.offered[row])
    }

    pub(crate) fn check(&self) -> Result<(), LearnError> {
        let rows = self.offers.rows();
        for (what, found) in [("the outcome", self.won.len()), ("the day of the outcome", self.decided.len())] {
            if found != rows {
                return Err(LearnError::LengthMismatch { what: what.to_owned(), expected: rows, found });
            }
        }
        if rows < FEWEST_OUTCOMES {
            return Err(LearnError::TooFewOutcomes { outcomes: rows, needed: FEWEST_OUTCOMES });
        }
        let won = self.won.iter().filter(|won| **won).count();
        if won.min(rows - won) < FEWEST_OF_EACH {
            return Err(LearnError::OneSided { won, lost: rows - won, needed: FEWEST_OF_EACH });
        }
        self.offers.check()
    }
}

#[cfg(test)]
mod tests;
