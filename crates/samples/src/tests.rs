//! The whole shop: what it holds, that it adds up, and that the committed files are what the seed makes.

use super::{SEED, generate};
use crate::history::{Fate, History};

#[test]
fn figures() {
    let history = History::of(SEED);
    let finished = history.finished();
    let mut err: Vec<f64> = finished
        .iter()
        .map(|q| (q.ledger.estimated.total() as f64 / q.ledger.actual.total() as f64 - 1.0).abs())
        .collect();
    err.sort_by(f64::total_cmp);
    let mut noise: Vec<f64> =
        finished.iter().map(|q| (q.ledger.expected * 100.0 / q.ledger.actual.total() as f64 - 1.0).abs()).collect();
    noise.sort_by(f64::total_cmp);
    let mut cost: Vec<f64> = finished.iter().map(|q| q.ledger.actual.total() as f64 / 100.0).collect();
    cost.sort_by(f64::total_cmp);
    let n = finished.len();
    eprintln!(
        "quotes {} open {} finished {n} jobs {} lost {} last {:?}",
        history.quotes.len(),
        history.quotes.iter().filter(|q| q.is_open()).count(),
        history.jobs().len(),
        history.quotes.iter().filter(|q| !q.is_open() && q.fate != Fate::Won).count(),
        history.jobs().last().map(|(_, j)| j.number)
    );
    eprintln!(
        "err med {:.3} noise med {:.3} cost {:.0} {:.0} {:.0} {:.0} {:.0}",
        err[n / 2],
        noise[n / 2],
        cost[0],
        cost[n / 4],
        cost[n / 2],
        cost[n * 3 / 4],
        cost[n - 1]
    );
    eprintln!(
        "loss {:.3} overrun {:.3}",
        finished.iter().filter(|q| q.finished().is_some_and(|j| j.sale_price < q.ledger.actual.total())).count() as f64
            / n as f64,
        finished.iter().filter(|q| q.ledger.overrun.is_some()).count() as f64 / n as f64
    );
    let files = generate(SEED).expect("generates");
    eprintln!("{} files", files.len());
}
