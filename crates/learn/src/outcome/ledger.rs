//! Records in the order of time: what was known of a customer, a kind of work and the market before a day.

use std::collections::{HashMap, VecDeque};

use jiff::civil::{Date, date};

use super::{Offers, Outcomes};
use crate::Cell;

/// Offers of average success that every record starts with: a customer seen once is not thought to always buy.
const PRIOR: f64 = 10.0;
/// The same of what a customer takes of one kind of work, which starts at the customer's own record.
const PAIR_PRIOR: f64 = 5.0;
/// Offers of average price that the mean price of a record starts with.
const RATIO_PRIOR: f64 = 5.0;
/// Days after which an offer counts half in the recent record.
const HALF_LIFE: f64 = 365.0;
/// Days that the market is looked at, and the wins of average price it starts with.
const MARKET_DAYS: i64 = 60;
const MARKET_PRIOR: f64 = 20.0;

/// What was offered to somebody, and what was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) offers: f64,
    pub(crate) won: f64,
    /// Sum of the ratios, above the average one.
    ratios: f64,
    last: i64,
    recent_offers: f64,
    recent_won: f64,
}

impl Tally {
    fn add(&mut self, day: i64, won: bool, ratio: f64) {
        let faded = self.faded(day);
        let won = f64::from(won);
        *self = Self {
            offers: self.offers + 1.0,
            won: self.won + won,
            ratios: self.ratios + ratio,
            last: day,
            recent_offers: self.recent_offers * faded + 1.0,
            recent_won: self.recent_won * faded + won,
        };
    }

    fn faded(&self, day: i64) -> f64 {
        0.5_f64.powf((day - self.last).max(0) as f64 / HALF_LIFE)
    }

    fn share(&self, base: f64, prior: f64) -> f64 {
        (self.won + prior * base) / (self.offers + prior)
    }

    fn recent_share(&self, day: i64, base: f64) -> f64 {
        let faded = self.faded(day);
        (self.recent_won * faded + PRIOR * base) / (self.recent_offers * faded + PRIOR)
    }

    fn ratio(&self) -> f64 {
        self.ratios / (self.offers + RATIO_PRIOR)
    }
}

/// What the records say of one offer. Shares are log odds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    pub(crate) customer_share: f64,
    pub(crate) customer_recent: f64,
    pub(crate) customer_ratio: f64,
    pub(crate) customer_offers: f64,
    pub(crate) market: f64,
    /// Per category: its share, its mean ratio, what this customer takes of it, and how often it was asked.
    pub(crate) kinds: Vec<[f64; 4]>,
}

/// The records as of the last outcome that was entered.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    /// Names of the category columns.
    kinds: Vec<String>,
    /// The average share and the average ratio, of all offers and of those won.
    base: f64,
    ratio: f64,
    won_ratio: f64,
    customers: HashMap<String, Tally>,
    by_kind: Vec<HashMap<String, Tally>>,
    pairs: Vec<HashMap<(String, String), Tally>>,
    /// Ratios of what was won in the last days.
    wins: VecDeque<(i64, f64)>,
    newest: Option<i64>,
}

impl Ledger {
    /// An empty one, with the averages of the outcomes to start from.
    pub(crate) fn new(outcomes: &Outcomes, kinds: Vec<String>) -> Self {
        let rows = outcomes.won.len();
        let mean = |rows: &mut dyn Iterator<Item = usize>| {
            let (sum, n) = rows.fold((0.0, 0.0), |(sum, n), row| (sum + outcomes.offers.ratio(row), n + 1.0));
            sum / n
        };
        Self {
            base: outcomes.won.iter().filter(|won| **won).count() as f64 / rows as f64,
            ratio: mean(&mut (0..rows)),
            won_ratio: mean(&mut (0..rows).filter(|&row| outcomes.won[row])),
            customers: HashMap::new(),
            by_kind: vec![HashMap::new(); kinds.len()],
            pairs: vec![HashMap::new(); kinds.len()],
            wins: VecDeque::new(),
            newest: None,
            kinds,
        }
    }

    /// The same without any record.
    pub(crate) fn emptied(&self) -> Self {
        let kinds = self.kinds.len();
        Self {
            customers: HashMap::new(),
            by_kind: vec![HashMap::new(); kinds],
            pairs: vec![HashMap::new(); kinds],
            wins: VecDeque::new(),
            newest: None,
            ..self.clone()
        }
    }

    /// Enters all outcomes by the day they were known; gives what was known before each offer, in the order of the rows.
    pub(crate) fn enter(&mut self, outcomes: &Outcomes) -> Vec<Known> {
        let rows = 0..outcomes.won.len();
        let mut decided: Vec<(i64, usize)> =
            rows.clone().filter_map(|row| Some((number(outcomes.known(row)?), row))).collect();
        decided.sort_unstable();
        let mut asked: Vec<(Option<i64>, usize)> =
            rows.map(|row| (outcomes.offers.offered[row].map(number), row)).collect();
        asked.sort_unstable();
        let mut known: Vec<Option<Known>> = vec![None; outcomes.won.len()];
        let mut next = 0;
        for (day, row) in asked {
            while let Some(&(_, earlier)) =
                decided.get(next).filter(|(known_on, _)| day.is_some_and(|day| *known_on < day))
            {
                self.add(outcomes, earlier);
                next += 1;
            }
            known[row] = Some(if day.is_some() { self.ask(&outcomes.offers, row) } else { self.nothing() });
        }
        decided[next..].iter().for_each(|&(_, row)| self.add(outcomes, row));
        known.into_iter().map(|known| known.expect("every row was asked once")).collect()
    }

    fn add(&mut self, outcomes: &Outcomes, row: usize) {
        let Some(day) = outcomes.known(row).map(number) else { return };
        let (won, ratio) = (outcomes.won[row], outcomes.offers.ratio(row));
        self.newest = Some(day);
        if won {
            self.wins.push_back((day, ratio - self.won_ratio));
        }
        while self.wins.front().is_some_and(|(old, _)| *old < day - MARKET_DAYS) {
            self.wins.pop_front();
        }
        let customer = outcomes.offers.customer[row].as_deref();
        let ratio = ratio - self.ratio;
        if let Some(customer) = customer {
            self.customers.entry(customer.to_owned()).or_default().add(day, won, ratio);
        }
        for (i, kind) in self.kinds.iter().enumerate() {
            let Some(level) = level(&outcomes.offers, kind, row) else { continue };
            if let Some(customer) = customer {
                let pair = (customer.to_owned(), level.clone());
                self.pairs[i].entry(pair).or_default().add(day, won, ratio);
            }
            self.by_kind[i].entry(level).or_default().add(day, won, ratio);
        }
    }

    /// What is known of an offer from all that was entered.
    pub(crate) fn ask(&self, offers: &Offers, row: usize) -> Known {
        let newest = self.newest.map_or(0, |day| day + 1);
        let day = offers.offered[row].map_or(newest, number);
        let customer = offers.customer[row].as_deref();
        let record = self.record(customer);
        let share = record.share(self.base, PRIOR);
        let kind = |(i, kind): (usize, &String)| {
            let Some(level) = level(offers, kind, row) else { return [log_odds(self.base), 0.0, log_odds(share), 0.0] };
            let of_kind = self.by_kind[i].get(&level).copied().unwrap_or_default();
            let pair = customer.and_then(|customer| self.pairs[i].get(&(customer.to_owned(), level)));
            let pair = pair.copied().unwrap_or_default();
            let taken = log_odds(pair.share(share, PAIR_PRIOR));
            [log_odds(of_kind.share(self.base, PRIOR)), of_kind.ratio(), taken, pair.offers.ln_1p()]
        };
        Known {
            customer_share: log_odds(share),
            customer_recent: log_odds(record.recent_share(day, self.base)),
            customer_ratio: record.ratio(),
            customer_offers: record.offers.ln_1p(),
            market: self.market(day.min(newest)),
            kinds: self.kinds.iter().enumerate().map(kind).collect(),
        }
    }

    /// The record of a customer; an empty one of somebody new.
    pub(crate) fn record(&self, customer: Option<&str>) -> Tally {
        customer.and_then(|customer| self.customers.get(customer)).copied().unwrap_or_default()
    }

    /// How dear the offers were that were won lately, against all that were won.
    fn market(&self, day: i64) -> f64 {
        let lately = self.wins.iter().filter(|(won_on, _)| (day - MARKET_DAYS..day).contains(won_on));
        let (sum, n) = lately.fold((0.0, 0.0), |(sum, n), (_, ratio)| (sum + ratio, n + 1.0));
        sum / (n + MARKET_PRIOR)
    }

    fn nothing(&self) -> Known {
        let base = log_odds(self.base);
        Known {
            customer_share: base,
            customer_recent: base,
            customer_ratio: 0.0,
            customer_offers: 0.0,
            market: 0.0,
            kinds: vec![[base, 0.0, base, 0.0]; self.kinds.len()],
        }
    }

    #[cfg(test)]
    pub(crate) fn set_record(&mut self, customer: &str, offers: u32, won: u32) {
        let day = self.newest.unwrap_or(0);
        let mut tally = Tally::default();
        (0..offers).for_each(|i| tally.add(day, i < won, 0.0));
        self.customers.insert(customer.to_owned(), tally);
    }
}

fn level(offers: &Offers, kind: &str, row: usize) -> Option<String> {
    match offers.drivers.cell(kind, row) {
        Cell::Category(level) => Some(level.to_owned()),
        Cell::Number(_) | Cell::Missing => None,
    }
}

pub(crate) fn log_odds(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

fn number(day: Date) -> i64 {
    (day - date(1970, 1, 1)).get_days().into()
}
