//! Learning chances: which records help and how strong the penalty is, chosen on newer offers; then calibrated on them.

use signwright_domain::{Cancelled, Task};

use super::chance::{Chances, Unseen};
use super::ledger::{Known, Ledger};
use super::logistic::{Logistic, Problem, probability};
use super::measure::{OutcomeCard, measured};
use super::terms::{Depth, Terms, kinds};
use super::{Offers, Outcomes, words};
use crate::LearnError;

const PENALTIES: [f64; 3] = [2.0, 10.0, 50.0];
/// The share of the offers, the oldest, that nothing is predicted for; and in how many pieces the rest is predicted, each
/// from all before it.
const FIRST: f64 = 0.4;
const PIECES: usize = 4;
/// The newest share that the card is measured on.
const TEST: f64 = 0.2;
/// How strongly calibration is held at "as it is": like this many offers that say so.
const TRUST: f64 = 10.0;

/// Learns chances, measures them on the newest fifth, then learns from all.
///
/// # Errors
/// `TooFewOutcomes` below 50 outcomes, `OneSided` where fewer than 5 were won or lost, `NotPositive` for a price or cost
/// that is not above 0, `Cancelled`.
pub fn learn_chances(task: &Task, outcomes: &Outcomes) -> Result<Chances, LearnError> {
    outcomes.check()?;
    let order = in_time(outcomes);
    let cut = whole_groups(&order, outcomes, order.len() - (order.len() as f64 * TEST).round() as usize);
    let (older, newer) = order.split_at(cut);
    task.step(0, 2, "measuring on the newest outcomes")?;
    let (train, test) = (outcomes.select(older), outcomes.select(newer));
    let share = train.won.iter().filter(|won| **won).count() as f64 / train.won.len() as f64;
    let (past, price) = (fit(task, &train, &DEPTHS)?, fit(task, &train, &[Depth::Price])?);
    // Records go on while time does: what was decided by the day of an offer is known then.
    let known = known_by_then(&past.ledger, outcomes, newer);
    let said = |fitted: &Fitted| -> Vec<f64> {
        (0..newer.len()).map(|row| fitted.chance(&test.offers, row, &known[row])).collect()
    };
    let measured = measured(&said(&past), &said(&price), share, &test.won);
    task.step(1, 2, "learning from all outcomes")?;
    let fitted = fit(task, outcomes, &DEPTHS)?;
    let card = OutcomeCard {
        outcomes: outcomes.won.len(),
        won: outcomes.won.iter().filter(|won| **won).count(),
        reads_records: fitted.depth != Depth::Price,
        better_than_share: measured.brier < measured.brier_share,
        measured,
    };
    let words = words::words(outcomes);
    Ok(Chances { fitted, card, words })
}

const DEPTHS: [Depth; 3] = [Depth::Price, Depth::Customer, Depth::All];

/// A line with what it reads, and what was said of offers it had not seen.
#[derive(Clone, Debug)]
pub(crate) struct Fitted {
    pub(crate) ledger: Ledger,
    pub(crate) terms: Terms,
    pub(crate) depth: Depth,
    line: Logistic,
    /// Log odds are made calibrated ones by this line.
    calibration: (f64, f64),
    pub(crate) unseen: Unseen,
}

impl Fitted {
    pub(crate) fn chance(&self, offers: &Offers, row: usize, known: &Known) -> f64 {
        let terms = self.terms.row(offers, row, known);
        let z = self.line.start + terms.iter().zip(&self.line.slopes).map(|(x, slope)| x * slope).sum::<f64>();
        probability(self.calibration.0 + self.calibration.1 * z)
    }

    /// Whether a higher price makes any difference.
    pub(crate) fn feels_price(&self) -> bool {
        self.calibration.1 > 0.0 && self.line.slopes[..self.terms.price_columns()].iter().any(|slope| *slope < -1e-6)
    }
}

/// A way to fit with what it said of newer offers: row, log odds.
struct Tried {
    depth: Depth,
    penalty: f64,
    said: Vec<(usize, f64)>,
    loss: f64,
}

fn fit(task: &Task, outcomes: &Outcomes, depths: &[Depth]) -> Result<Fitted, LearnError> {
    let mut ledger = Ledger::new(outcomes, kinds(&outcomes.offers));
    let known = ledger.enter(outcomes);
    let pieces = pieces(outcomes);
    let mut best: Option<Tried> = None;
    for &depth in depths {
        for penalty in PENALTIES {
            if task.is_cancelled() {
                return Err(Cancelled.into());
            }
            let tried = tried(outcomes, &known, &pieces, depth, penalty);
            if best.as_ref().is_none_or(|best| tried.loss < best.loss) {
                best = Some(tried);
            }
        }
    }
    let best = best.expect("there is at least one way to fit");
    let (terms, line) = line(outcomes, &known, best.depth, best.penalty);
    let calibration = calibration(outcomes, &best.said);
    let calibrated = |&(row, z): &(usize, f64)| (probability(calibration.0 + calibration.1 * z), outcomes.won[row]);
    let unseen = Unseen::new(best.said.iter().map(calibrated).collect());
    Ok(Fitted { ledger, terms, depth: best.depth, line, calibration, unseen })
}

fn tried(
    outcomes: &Outcomes,
    known: &[Known],
    pieces: &[(Vec<usize>, Vec<usize>)],
    depth: Depth,
    penalty: f64,
) -> Tried {
    let mut said = Vec::new();
    let mut loss = 0.0;
    for (past, next) in pieces {
        let train = outcomes.select(past);
        let train_known: Vec<Known> = past.iter().map(|&row| known[row].clone()).collect();
        let (terms, line) = line(&train, &train_known, depth, penalty);
        for &row in next {
            let x = terms.row(&outcomes.offers, row, &known[row]);
            let z = line.start + x.iter().zip(&line.slopes).map(|(x, slope)| x * slope).sum::<f64>();
            loss += (if outcomes.won[row] { -z } else { z }).exp().ln_1p();
            said.push((row, z));
        }
    }
    Tried { depth, penalty, said, loss }
}

fn line(outcomes: &Outcomes, known: &[Known], depth: Depth, penalty: f64) -> (Terms, Logistic) {
    let terms = Terms::new(outcomes, known, depth);
    let bounds = terms.bounds();
    let mut columns = vec![Vec::with_capacity(known.len()); bounds.len()];
    for (row, known) in known.iter().enumerate() {
        terms.row(&outcomes.offers, row, known).into_iter().zip(&mut columns).for_each(|(x, column)| column.push(x));
    }
    let problem = Problem { columns: &columns, offset: None, won: &outcomes.won, bounds: &bounds, penalty };
    let line = problem.solve();
    (terms, line)
}

/// Platt (1999), held at leaving things as they are: start and slope of calibrated log odds.
fn calibration(outcomes: &Outcomes, said: &[(usize, f64)]) -> (f64, f64) {
    let won: Vec<bool> = said.iter().map(|(row, _)| outcomes.won[*row]).collect();
    if won.iter().all(|one| *one == won[0]) {
        return (0.0, 1.0);
    }
    let odds: Vec<f64> = said.iter().map(|(_, z)| *z).collect();
    let columns = [odds.clone()];
    let bounds = [(-0.9, 1.0)];
    let fitted = Problem { columns: &columns, offset: Some(&odds), won: &won, bounds: &bounds, penalty: TRUST }.solve();
    (fitted.start, 1.0 + fitted.slopes[0])
}

/// What was known of the newer offers on their own days, with the averages of the older ones.
fn known_by_then(past: &Ledger, outcomes: &Outcomes, newer: &[usize]) -> Vec<Known> {
    let known = past.emptied().enter(outcomes);
    newer.iter().map(|&row| known[row].clone()).collect()
}

/// The rows from the oldest to the newest offer, groups together; without days in the order they stand in.
fn in_time(outcomes: &Outcomes) -> Vec<usize> {
    let offers = &outcomes.offers;
    let mut first: std::collections::HashMap<&str, (Option<jiff::civil::Date>, usize)> =
        std::collections::HashMap::new();
    if let Some(groups) = &offers.group {
        for (row, group) in groups.iter().enumerate() {
            let place = (offers.offered[row], row);
            first.entry(group).and_modify(|found| *found = place.min(*found)).or_insert(place);
        }
    }
    let place =
        |row: usize| offers.group.as_ref().map_or((offers.offered[row], row), |groups| first[groups[row].as_str()]);
    let mut rows: Vec<usize> = (0..offers.rows()).collect();
    rows.sort_by_key(|&row| (place(row), row));
    rows
}

/// The first place from `at` on that parts neither a group nor a day; `at` itself where none is left.
fn whole_groups(order: &[usize], outcomes: &Outcomes, at: usize) -> usize {
    let offers = &outcomes.offers;
    let together = |a: usize, b: usize| {
        (offers.offered[a].is_some() && offers.offered[a] == offers.offered[b])
            || offers.group.as_ref().is_some_and(|groups| groups[a] == groups[b])
    };
    let parted = (at.max(1)..order.len()).find(|&i| !together(order[i - 1], order[i]));
    parted.unwrap_or(at.clamp(1, order.len() - 1))
}

/// Growing pasts, each with the piece that follows it.
fn pieces(outcomes: &Outcomes) -> Vec<(Vec<usize>, Vec<usize>)> {
    let order = in_time(outcomes);
    let n = order.len() as f64;
    let at = |i: usize| (n * (FIRST + (1.0 - FIRST) * i as f64 / PIECES as f64)).round() as usize;
    let mut cuts: Vec<usize> = (0..PIECES).map(|i| whole_groups(&order, outcomes, at(i))).collect();
    cuts.push(order.len());
    cuts.dedup();
    cuts.windows(2).map(|cut| (order[..cut[0]].to_vec(), order[cut[0]..cut[1]].to_vec())).collect()
}
