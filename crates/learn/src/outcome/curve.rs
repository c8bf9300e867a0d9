//! The price that is expected to earn most: chance times what is left, over the prices that were ever tried.

use super::{Chances, Offers};
use crate::LearnError;

/// Prices that are looked at, and points of the curve that is drawn.
const STEPS: usize = 400;
const EVERY: usize = 8;
/// What earns within this share of the most is as good.
const AS_GOOD: f64 = 0.02;

/// The chance and the expected profit at one price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    pub price: f64,
    pub chance: f64,
    /// Chance times price less cost.
    pub profit: f64,
}

/// Expected profit over the price.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceCurve {
    pub points: Vec<CurvePoint>,
    pub best: CurvePoint,
    /// Prices around the best that are expected to earn within 2 % of it.
    pub from: f64,
    pub to: f64,
    /// The best price is the highest that was ever tried: a higher one may earn more, nobody knows.
    pub at_upper_edge: bool,
    /// The best price is the lowest that was ever tried.
    pub at_lower_edge: bool,
}

impl Chances {
    /// The curve for the work of the first row, whatever price it has, at its cost; `None` where the price does not tell won
    /// from lost, or no price that was tried leaves a profit.
    ///
    /// # Errors
    /// As `predict`.
    pub fn price_to_win(&self, offers: &Offers) -> Result<Option<PriceCurve>, LearnError> {
        offers.check()?;
        if offers.rows() == 0 || !self.fitted.feels_price() {
            return Ok(None);
        }
        let cost = offers.cost[0];
        let mut one = offers.select(&[0]);
        let known = self.fitted.ledger.ask(&one, 0);
        let (least, most) = (self.fitted.terms.least.exp(), self.fitted.terms.most.exp());
        let mut points = Vec::with_capacity(STEPS + 1);
        for step in 0..=STEPS {
            let price = cost * (least + (most - least) * step as f64 / STEPS as f64);
            one.price[0] = price;
            let chance = self.fitted.chance(&one, 0, &known);
            points.push(CurvePoint { price, chance, profit: chance * (price - cost) });
        }
        Ok(curve(&points))
    }
}

fn curve(points: &[CurvePoint]) -> Option<PriceCurve> {
    // Of equal ones the lowest price: `max_by` would take the last.
    let place = (0..points.len()).rev().max_by(|&a, &b| points[a].profit.total_cmp(&points[b].profit))?;
    let best = points[place];
    if best.profit <= 0.0 {
        return None;
    }
    let good = |point: &&CurvePoint| point.profit >= (1.0 - AS_GOOD) * best.profit;
    let from = points[..=place].iter().rev().take_while(good).last().map_or(best.price, |point| point.price);
    let to = points[place..].iter().take_while(good).last().map_or(best.price, |point| point.price);
    Some(PriceCurve {
        points: points.iter().step_by(EVERY).copied().collect(),
        best,
        from,
        to,
        at_upper_edge: place + 1 == points.len(),
        at_lower_edge: place == 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_price_and_what_is_as_good_are_found_on_the_curve() {
        // Chance falls by a line from 1 at 100 to 0 at 200, cost 100: profit is largest in the middle, 25.
        let point = |i: usize| {
            let price = 100.0 + i as f64;
            let chance = 1.0 - i as f64 / 100.0;
            CurvePoint { price, chance, profit: chance * (price - 100.0) }
        };
        let points: Vec<CurvePoint> = (0..=100).map(point).collect();
        let found = curve(&points).expect("a curve");
        assert_eq!((found.best.price, found.best.profit), (150.0, 25.0));
        // 24.5 is reached 7.07 beside the middle.
        assert_eq!((found.from, found.to, found.at_upper_edge), (143.0, 157.0, false));
        assert!(curve(&points[..20]).expect("a curve").at_upper_edge);
    }

    #[test]
    fn where_no_price_leaves_a_profit_there_is_no_best_one() {
        let points = [CurvePoint { price: 90.0, chance: 0.9, profit: -9.0 }];
        assert_eq!(curve(&points), None);
    }
}
