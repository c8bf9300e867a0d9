//! Three years of the shop: what was asked for, quoted, won or lost, made, and what it really cost.

use jiff::civil::{Date, date};
use signwright_domain::Specification;

use crate::amounts::Cents;
use crate::people::{self, Customer};
use crate::prices::Prices;

mod ledger;
mod market;
mod time;

pub(crate) use ledger::{ItemLine, LabourLine, Ledger, LedgerTerms, Parts};

/// The day the exports were made.
pub(crate) const EXPORT: Date = date(2026, 10, 31);
/// The first completion that the exports reach back to.
pub(crate) const FIRST_COMPLETED: Date = date(2023, 10, 2);
/// Quotes that are open on the day of the export.
pub(crate) const OPEN_QUOTES: usize = 150;

const CUSTOMERS: usize = 220;
const FIRST_QUOTED: Date = date(2023, 6, 12);

/// Everything that happened.
#[derive(Debug)]
pub(crate) struct History {
    pub(crate) seed: u64,
    pub(crate) customers: Vec<Customer>,
    pub(crate) prices: Prices,
    /// By quote date.
    pub(crate) quotes: Vec<Quote>,
}

/// What became of a quote in the end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fate {
    Won,
    Lost { reason: &'static str, competitor: Option<Cents> },
}

/// One quote, with the job that it became.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub(crate) number: String,
    pub(crate) opportunity: String,
    pub(crate) customer: usize,
    pub(crate) town: usize,
    pub(crate) estimator: usize,
    pub(crate) spec: Specification,
    pub(crate) description: String,
    pub(crate) created_on: Date,
    pub(crate) quoted_on: Date,
    pub(crate) decided_on: Date,
    pub(crate) fate: Fate,
    pub(crate) price: Cents,
    pub(crate) ledger: Ledger,
    /// Of a won one whose decision came before the export.
    pub(crate) job: Option<WorkOrder>,
}

/// A work order.
#[derive(Clone, Debug)]
pub(crate) struct WorkOrder {
    pub(crate) number: u32,
    pub(crate) started_on: Date,
    pub(crate) completed_on: Date,
    pub(crate) sale_price: Cents,
}

impl Quote {
    pub(crate) fn is_open(&self) -> bool {
        self.decided_on > EXPORT
    }

    pub(crate) fn sign_type(&self) -> &str {
        self.spec.text("sign_type").unwrap_or("")
    }

    /// The work order, where it is finished.
    pub(crate) fn finished(&self) -> Option<&WorkOrder> {
        self.job.as_ref().filter(|job| job.completed_on <= EXPORT)
    }
}

impl History {
    pub(crate) fn of(seed: u64) -> Self {
        let customers = people::customers(seed, CUSTOMERS);
        let prices = Prices::of(seed);
        let mut quotes = market::quotes(seed, &customers, &prices);
        time::number(&mut quotes);
        Self { seed, customers, prices, quotes }
    }

    /// Quotes that became finished jobs, by work order.
    pub(crate) fn finished(&self) -> Vec<&Quote> {
        let mut finished: Vec<&Quote> = self.quotes.iter().filter(|quote| quote.finished().is_some()).collect();
        finished.sort_by_key(|quote| quote.job.as_ref().map(|job| job.number));
        finished
    }

    /// Every work order, finished or not, by number.
    pub(crate) fn jobs(&self) -> Vec<(&Quote, &WorkOrder)> {
        let mut jobs: Vec<_> = self.quotes.iter().filter_map(|quote| Some((quote, quote.job.as_ref()?))).collect();
        jobs.sort_by_key(|(_, job)| job.number);
        jobs
    }
}
