//! What wins and what loses, in up to three lines: a small tree on what was known of each offer.

use super::Outcomes;
use super::ledger::Ledger;
use crate::tree::words::{Meaning, columns, said};
use crate::tree::{Leaf, leaves};

const LINES: usize = 3;

/// The lines, the likeliest win first; none where nothing tells won from lost.
pub(crate) fn words(outcomes: &Outcomes) -> Vec<String> {
    let (meanings, columns) = what_is_known(outcomes);
    let found = leaves(&columns, &outcomes.won);
    if found.len() < 2 {
        return Vec::new();
    }
    let won = |leaf: &Leaf| leaf.rows.iter().filter(|&&row| outcomes.won[row]).count();
    let share = |leaf: &Leaf| won(leaf) as f64 / leaf.rows.len() as f64;
    let mut found: Vec<&Leaf> = found.iter().collect();
    found.sort_by(|a, b| share(b).total_cmp(&share(a)));
    while found.len() > LINES {
        found.remove(found.len() - 2);
    }
    let line = |leaf: &&Leaf| {
        let (won, of) = (won(leaf), leaf.rows.len());
        let share = (100.0 * share(leaf)).round();
        format!("{}: won {won} of {of}, {share} %", said(&leaf.bounds, &meanings))
    };
    found.iter().map(line).collect()
}

fn what_is_known(outcomes: &Outcomes) -> (Vec<Meaning>, Vec<Vec<f64>>) {
    let offers = &outcomes.offers;
    let known = Ledger::new(outcomes, Vec::new()).enter(outcomes);
    let (mut meanings, mut all) = columns(&offers.drivers);
    let times = |x: f64| format!("{x:.2} x cost");
    meanings.push(Meaning::Said("Price", times));
    all.push((0..offers.rows()).map(|row| offers.price[row] / offers.cost[row]).collect());
    meanings.push(Meaning::Said("Offers to the customer before", |x| format!("{x:.0}")));
    all.push(known.iter().map(|known| known.customer_offers.exp_m1().round()).collect());
    meanings.push(Meaning::Said("Share the customer took before", |x| format!("{:.0} %", 100.0 * x)));
    all.push(known.iter().map(|known| super::logistic::probability(known.customer_share)).collect());
    (meanings, all)
}
