//! From an offer and what is known of it to the columns of the line, each with the sign its slope may have.

use super::ledger::Known;
use super::{Offers, Outcomes};
use crate::statistics::{deviation, mean, quantile, skewness};
use crate::{Cell, ColumnData};

/// Shares of the ratios at which the price's slope may change, in large sets.
const BENDS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
const BEND_FROM: usize = 500;
/// Share of the ratios at each end that count as the ratio there: nothing was learned beyond.
const EDGE: f64 = 0.005;
/// Most category columns and numbers; more are not told from chance by offers.
const MOST_KINDS: usize = 4;
const MOST_NUMBERS: usize = 20;
const MOST_LEVELS: usize = 500;
const SKEWED: f64 = 1.0;
/// Standard deviations that a column reaches at most.
const FARTHEST: f64 = 4.0;

const DOWN: (f64, f64) = (f64::NEG_INFINITY, 0.0);
const UP: (f64, f64) = (0.0, f64::INFINITY);
const FREE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// How much of what is known the line reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    Price,
    Customer,
    All,
}

/// How columns are made; the same for every offer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Terms {
    depth: Depth,
    /// The ratios between which anything was seen.
    pub(crate) least: f64,
    pub(crate) most: f64,
    bends: Vec<f64>,
    numbers: Vec<Number>,
    kinds: usize,
    /// Mean and spread of every column.
    scales: Vec<(f64, f64)>,
}

#[derive(Clone, Debug, PartialEq)]
struct Number {
    name: String,
    log: bool,
    centre: f64,
}

/// Category columns that repeat, in the order of the table.
pub(crate) fn kinds(offers: &Offers) -> Vec<String> {
    let repeats = |data: &ColumnData| match data {
        ColumnData::Category(values) => {
            let mut levels: Vec<&str> = values.iter().flatten().map(String::as_str).collect();
            levels.sort_unstable();
            levels.dedup();
            (2..=MOST_LEVELS.min(values.len() / 3)).contains(&levels.len())
        }
        ColumnData::Number(_) => false,
    };
    let columns = offers.drivers.columns().iter().filter(|column| repeats(&column.data));
    columns.map(|column| column.name.clone()).take(MOST_KINDS).collect()
}

impl Terms {
    pub(crate) fn new(outcomes: &Outcomes, known: &[Known], depth: Depth) -> Self {
        let offers = &outcomes.offers;
        let ratios: Vec<f64> = (0..offers.rows()).map(|row| offers.ratio(row)).collect();
        let (least, most) = (quantile(&ratios, EDGE), quantile(&ratios, 1.0 - EDGE));
        let mut bends: Vec<f64> = Vec::new();
        if offers.rows() >= BEND_FROM {
            bends = BENDS.iter().map(|share| quantile(&ratios, *share)).filter(|x| least < *x && *x < most).collect();
            bends.dedup();
        }
        let all = depth == Depth::All;
        let mut terms = Self {
            depth,
            least,
            most,
            bends,
            numbers: if all { numbers(offers) } else { Vec::new() },
            kinds: if all { known.first().map_or(0, |known| known.kinds.len()) } else { 0 },
            scales: Vec::new(),
        };
        let rows: Vec<Vec<f64>> = (0..offers.rows()).map(|row| terms.raw(offers, row, &known[row])).collect();
        let column = |i: usize| rows.iter().map(|row| row[i]).collect::<Vec<f64>>();
        let scale = |values: Vec<f64>| (mean(&values), deviation(&values));
        terms.scales = (0..terms.bounds().len()).map(|i| scale(column(i))).collect();
        terms
    }

    /// The standardised columns of a row; one that never varied is 0.
    pub(crate) fn row(&self, offers: &Offers, row: usize, known: &Known) -> Vec<f64> {
        let scaled =
            |(x, (centre, spread)): (f64, &(f64, f64))| if *spread > 1e-9 { (x - centre) / spread } else { 0.0 };
        let mut values: Vec<f64> = self.raw(offers, row, known).into_iter().zip(&self.scales).map(scaled).collect();
        // The price is held where it was seen already.
        values.iter_mut().skip(self.price_columns()).for_each(|x| *x = x.clamp(-FARTHEST, FARTHEST));
        values
    }

    /// The signs that the slopes may have, in the order of the columns.
    pub(crate) fn bounds(&self) -> Vec<(f64, f64)> {
        let mut bounds = vec![DOWN; self.price_columns()];
        if self.depth != Depth::Price {
            bounds.extend([FREE, UP, UP, FREE, FREE, FREE]);
        }
        (0..self.kinds).for_each(|_| bounds.extend([UP, FREE, UP, FREE]));
        bounds.extend(vec![FREE; self.numbers.len()]);
        bounds
    }

    /// The first columns, which move with the price.
    pub(crate) fn price_columns(&self) -> usize {
        if self.bends.is_empty() { 1 } else { 2 + self.bends.len() }
    }

    fn raw(&self, offers: &Offers, row: usize, known: &Known) -> Vec<f64> {
        let ratio = offers.ratio(row).clamp(self.least, self.most);
        let mut values = vec![ratio];
        // One column per stretch between bends: each falls or is flat, so that the whole falls and may still bend either way.
        let mut edge = self.least;
        for &next in self.bends.iter().chain(self.bends.last().map(|_| &self.most)) {
            values.push(ratio.clamp(edge, next) - edge);
            edge = next;
        }
        if self.depth != Depth::Price {
            values.push(offers.cost[row].ln());
            values.extend([known.customer_share, known.customer_recent, known.customer_ratio, known.customer_offers]);
            values.push(known.market);
        }
        values.extend(known.kinds.iter().take(self.kinds).flatten());
        values.extend(self.numbers.iter().map(|number| number.of(offers, row)));
        values
    }
}

impl Number {
    /// Held near what was seen; missing counts as the mean.
    fn of(&self, offers: &Offers, row: usize) -> f64 {
        match offers.drivers.cell(&self.name, row) {
            Cell::Number(x) if !self.log => x - self.centre,
            Cell::Number(x) if x > 0.0 => x.ln() - self.centre,
            Cell::Number(_) | Cell::Category(_) | Cell::Missing => 0.0,
        }
    }
}

fn numbers(offers: &Offers) -> Vec<Number> {
    let columns = offers.drivers.columns().iter();
    let number = |column: &crate::Column| match &column.data {
        ColumnData::Number(values) => {
            let known: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
            let varies = known.iter().any(|x| *x != known[0]);
            let log = varies && known.iter().all(|x| *x > 0.0) && skewness(&known) > SKEWED;
            let shown: Vec<f64> = if log { known.iter().map(|x| x.ln()).collect() } else { known };
            varies.then(|| Number { name: column.name.clone(), log, centre: mean(&shown) })
        }
        ColumnData::Category(_) => None,
    };
    columns.filter_map(number).take(MOST_NUMBERS).collect()
}
