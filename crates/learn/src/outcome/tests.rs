use jiff::ToSpan;
use jiff::civil::date;
use signwright_domain::{Cancelled, Task};

use super::logistic::probability;
use super::*;
use crate::Column;
use crate::random::Random;

const CUSTOMERS: usize = 12;

/// What decides in the made market: the price above 1.5 times the cost, and how fond a customer is of us.
fn truth(price: f64, cost: f64, customer: usize) -> f64 {
    let fond = (customer % 3) as f64 - 1.0;
    probability(0.2 - 5.0 * (price / cost / 1.5).ln() + 0.9 * fond)
}

fn offers(rows: usize, seed: u64) -> Offers {
    let mut random = Random::new(seed);
    let customers: Vec<usize> = (0..rows).map(|_| random.below(CUSTOMERS)).collect();
    let cost: Vec<f64> = (0..rows).map(|_| 1000.0 * (1.0 + 9.0 * random.uniform())).collect();
    let kinds = (0..rows).map(|_| Some(["pole", "blade", "monument"][random.below(3)].to_owned())).collect();
    Offers {
        price: cost.iter().map(|cost| cost * (1.0 + 1.2 * random.uniform())).collect(),
        cost,
        customer: customers.iter().map(|customer| Some(format!("customer {customer}"))).collect(),
        offered: (0..rows).map(|row| Some(date(2020, 1, 1) + (row as i64 / 2).days())).collect(),
        drivers: Table::new(vec![Column::category("sign_type", kinds)]).expect("table"),
        group: None,
    }
}

fn number(offers: &Offers, row: usize) -> usize {
    let name = offers.customer[row].as_deref().expect("a customer");
    name.trim_start_matches("customer ").parse().expect("a number")
}

fn true_chance(offers: &Offers, row: usize) -> f64 {
    truth(offers.price[row], offers.cost[row], number(offers, row))
}

fn market(rows: usize, seed: u64) -> Outcomes {
    let offers = offers(rows, seed);
    let mut random = Random::new(seed + 1000);
    let won = (0..rows).map(|row| random.uniform() < true_chance(&offers, row)).collect();
    Outcomes { offers, won, decided: vec![None; rows] }
}

fn learned(outcomes: &Outcomes) -> Chances {
    learn_chances(&Task::silent(), outcomes).expect("chances")
}

#[test]
fn chances_are_the_true_ones_in_every_band() {
    let chances = learned(&market(1500, 1));
    let fresh = offers(3000, 2);
    let told = chances.predict(&fresh).expect("told");
    let mut rows: Vec<usize> = (0..fresh.rows()).collect();
    rows.sort_by(|&a, &b| told[a].chance.total_cmp(&told[b].chance));
    for band in rows.chunks(300) {
        let mean = |of: &dyn Fn(usize) -> f64| band.iter().map(|&row| of(row)).sum::<f64>() / band.len() as f64;
        let (said, true_mean) = (mean(&|row| told[row].chance), mean(&|row| true_chance(&fresh, row)));
        assert!((said - true_mean).abs() < 0.06, "said {said}, true {true_mean}");
    }
    let inside = (0..fresh.rows()).filter(|&row| {
        let true_chance = true_chance(&fresh, row);
        told[row].low - 0.02 <= true_chance && true_chance <= told[row].high + 0.02
    });
    let inside = inside.count() as f64 / fresh.rows() as f64;
    assert!(inside > 0.75, "{inside}");
    let card = chances.card();
    assert!(card.reads_records && card.better_than_share, "{card:?}");
    assert!(card.measured.auc > card.measured.auc_price && card.measured.brier < card.measured.brier_price, "{card:?}");
}

#[test]
fn a_higher_price_is_never_likelier_to_win() {
    for (rows, seed) in [(60, 3), (150, 4), (700, 5), (1500, 6)] {
        let chances = learned(&market(rows, seed));
        let mut one = offers(40, seed + 50);
        for row in 0..one.rows() {
            let mut before = 1.0;
            for step in 0..60 {
                one.price[row] = one.cost[row] * (0.3 + 0.06 * f64::from(step));
                let now = chances.predict(&one.select(&[row])).expect("told")[0].chance;
                assert!(now <= before, "{rows} offers: {before} then {now} at {step}");
                before = now;
            }
        }
    }
}

#[test]
fn a_better_record_of_the_customer_is_never_less_likely() {
    let mut chances = learned(&market(900, 7));
    let one = offers(30, 70);
    for row in 0..one.rows() {
        let name = one.customer[row].clone().expect("a customer");
        let mut before = 0.0;
        for won in 0..=12 {
            chances.fitted.ledger.set_record(&name, 12, won);
            let now = chances.predict(&one.select(&[row])).expect("told")[0];
            assert_eq!((now.customer_offers, now.customer_won), (12, won));
            assert!(now.chance >= before, "{before} then {} with {won} of 12", now.chance);
            before = now.chance;
        }
    }
}

#[test]
fn the_best_price_of_a_known_market_is_found() {
    let chances = learned(&market(3000, 8));
    let mut one = offers(1, 80);
    (one.cost[0], one.customer[0]) = (1000.0, Some("customer 1".to_owned()));
    let curve = chances.price_to_win(&one).expect("told").expect("a curve");
    let profit = |price: f64| truth(price, 1000.0, 1) * (price - 1000.0);
    let best = (1000..2200).map(f64::from).max_by(|a, b| profit(*a).total_cmp(&profit(*b))).expect("a price");
    assert!((curve.best.price / best - 1.0).abs() < 0.06, "{} against {best}", curve.best.price);
    // What is lost by taking the learned price in the true market.
    assert!(profit(curve.best.price) > 0.97 * profit(best), "{curve:?}");
    assert!(curve.from < curve.best.price && curve.best.price < curve.to && !curve.at_upper_edge);
    assert!(curve.points.iter().all(|point| (900.0..2250.0).contains(&point.price)), "not beyond what was tried");
}

#[test]
fn where_the_price_says_nothing_no_price_is_proposed_with_conviction() {
    let mut outcomes = market(400, 9);
    let mut random = Random::new(99);
    outcomes.won.iter_mut().for_each(|won| *won = random.uniform() < 0.4);
    let chances = learned(&outcomes);
    for told in chances.predict(&offers(50, 90)).expect("told") {
        assert!((told.chance - 0.4).abs() < 0.2, "{told:?}");
    }
    assert!(chances.card().measured.brier > chances.card().measured.brier_share - 0.01);
}

#[test]
fn little_and_one_sided_data_is_refused_with_how_much_there_is() {
    let few = market(200, 10).select(&(0..49).collect::<Vec<_>>());
    let refused = |outcomes: &Outcomes| learn_chances(&Task::silent(), outcomes).err();
    assert_eq!(refused(&few), Some(LearnError::TooFewOutcomes { outcomes: 49, needed: 50 }));
    assert_eq!(refused(&few).expect("refused").to_string(), "a chance of winning needs 50 outcomes, there are 49");
    let mut all_won = market(60, 10);
    all_won.won.fill(true);
    assert_eq!(refused(&all_won), Some(LearnError::OneSided { won: 60, lost: 0, needed: 5 }));
    let mut hostile = market(60, 10);
    hostile.offers.cost[3] = 0.0;
    assert_eq!(refused(&hostile), Some(LearnError::NotPositive { what: "cost".into(), row: 3, value: 0.0 }));
    hostile.offers.cost[3] = f64::INFINITY;
    assert!(matches!(refused(&hostile), Some(LearnError::NotPositive { row: 3, .. })));
    hostile.decided.pop();
    assert!(matches!(refused(&hostile), Some(LearnError::LengthMismatch { .. })));
}

#[test]
fn what_is_strange_but_sound_is_learned_from() {
    // The same price everywhere, without days, without customers; huge amounts; all on one day and of one group.
    let mut plain = market(80, 11);
    plain.offers.price.fill(1e12);
    plain.offers.cost.fill(1e-3);
    plain.offers.offered.fill(None);
    plain.offers.customer.fill(None);
    plain.offers.drivers = Table::default();
    let told = learned(&plain).predict(&plain.offers).expect("told");
    assert!(told.iter().all(|told| (0.0..=1.0).contains(&told.chance) && told.low <= told.high));
    assert_eq!(learned(&plain).price_to_win(&plain.offers), Ok(None));
    let mut one_day = market(80, 12);
    one_day.offers.offered.fill(Some(date(2024, 2, 29)));
    one_day.offers.group = Some(vec!["one".to_owned(); 80]);
    assert!(learned(&one_day).predict(&one_day.offers).expect("told").iter().all(|told| told.chance.is_finite()));
}

#[test]
fn the_same_outcomes_give_the_same_chances_bit_for_bit() {
    let outcomes = market(500, 13);
    let (a, b) = (learned(&outcomes), learned(&outcomes));
    assert_eq!(a.predict(&outcomes.offers), b.predict(&outcomes.offers));
    assert_eq!((a.card(), a.words()), (b.card(), b.words()));
}

#[test]
fn words_say_what_wins() {
    let chances = learned(&market(1500, 14));
    let words = chances.words();
    assert!((2..=3).contains(&words.len()), "{words:?}");
    assert!(words[0].contains("Price up to"), "{words:?}");
    assert!(words[words.len() - 1].contains("Price above"), "{words:?}");
    assert!(words.iter().all(|line| line.contains(": won ")), "{words:?}");
}

#[test]
fn learning_that_is_cancelled_stops() {
    let task = Task::silent();
    task.cancel();
    let stopped = learn_chances(&task, &market(100, 15));
    assert_eq!(stopped.err(), Some(LearnError::Cancelled(Cancelled)));
}
