//! Which model is used: a pure function of two cards.
//!
//! A challenger that does not beat the simple rule is never promoted: estimates then rest on the champion or the rule.
//! The scores of two cards were usually measured on different jobs, so they are not compared. What counts is the trial: both
//! on the same newest jobs, of which neither had learned. A challenger must be better there beyond noise: an equal model
//! would only change estimates without a reason. Without enough such jobs the model in use stays.

use signwright_domain::card::{Card, Trial, Verdict};

use crate::trial::FEWEST_TRIED;

/// A model whose 80 % range holds less often than this is not used.
const LEAST_HELD: f64 = 0.6;
/// Fewest test jobs before a bad coverage counts.
const ENOUGH: u32 = 30;

/// The methods of `Card::scores`.
pub const MODEL: &str = "model";
pub const RULE: &str = "median of type, 24 months";
/// The rule where there are no dates.
pub const UNDATED_RULE: &str = "median of type";
pub const OWN: &str = "your own estimates";
pub const LINEAR: &str = "elastic net";

/// Decides whether the challenger, whose card carries its trial, replaces the champion, with the reason in a sentence.
pub fn promote(champion: Option<&Card>, challenger: &Card) -> Verdict {
    let better_than_rule = challenger.verdict.better_than_rule;
    let verdict = |promoted, reason| Verdict { promoted, better_than_rule, reason };
    if !better_than_rule {
        return verdict(false, challenger.verdict.reason.clone());
    }
    // Where prices have jumped, ranges from before the jump fail in the test of any model. What is clearly better than the
    // model in use has not the worse ranges.
    let clearly = champion.is_some() && challenger.trial.as_ref().is_some_and(|trial| trial.clearly);
    if let Some(held) = broken(challenger).filter(|_| !clearly) {
        let held = (100.0 * held).round();
        return verdict(false, format!("The 80 % range held in only {held} % of the test jobs."));
    }
    match champion {
        None => verdict(true, challenger.verdict.reason.clone()),
        Some(champion) if champion.target != challenger.target => {
            verdict(false, format!("It predicts {}, the model in use {}.", challenger.target, champion.target))
        }
        Some(_) => match &challenger.trial {
            Some(trial) => verdict(trial.clearly, in_words(trial)),
            None => verdict(
                false,
                format!(
                    "Fewer than {FEWEST_TRIED} jobs are known that neither it nor the model in use has learned from: too few \
                     to say which one is better. The model in use stays."
                ),
            ),
        },
    }
}

fn in_words(trial: &Trial) -> String {
    let Trial { against, how, n, median_error, against_median_error, .. } = trial;
    let figures = format!(
        "on {n} jobs that neither knew ({how}), median error {median_error:.1} % against {against_median_error:.1} % of \
         model {against}, smaller errors in {:.0} % of resamples",
        100.0 * trial.ahead
    );
    if trial.clearly {
        format!("Better than the model in use: {figures}.")
    } else {
        format!("Not better than the model in use beyond noise: {figures}. The model in use stays.")
    }
}

fn broken(card: &Card) -> Option<f64> {
    let coverage = card.coverage.iter().find(|coverage| coverage.level == 80)?;
    (coverage.n >= ENOUGH && coverage.held < LEAST_HELD).then_some(coverage.held)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use signwright_domain::card::{Coverage, Score};

    use super::*;

    fn card(model: f64, rule: f64, better: bool, held: f64) -> Card {
        let score = |method: &str, median_error| Score {
            method: method.to_owned(),
            n: 100,
            mae: 50.0 * median_error,
            rmse: 80.0 * median_error,
            median_error,
            bias: 0.0,
        };
        Card {
            target: "total_cost".into(),
            created_at: Timestamp::UNIX_EPOCH,
            learner: String::new(),
            version: String::new(),
            seed: 0,
            train_from: None,
            train_to: None,
            test_from: None,
            test_to: None,
            n_train: 400,
            n_all: 0,
            n_test: 100,
            data_hash: String::new(),
            drivers: Vec::new(),
            budget: None,
            test_share: None,
            scores: vec![score(MODEL, model), score(RULE, rule)],
            coverage: vec![Coverage { level: 80, held, n: 100, width: 0.3 }],
            at_most: Vec::new(),
            by_type: Vec::new(),
            learning_curve: Vec::new(),
            by_estimator: Vec::new(),
            by_size: Vec::new(),
            importance: Vec::new(),
            limits: Vec::new(),
            trial: None,
            verdict: Verdict { promoted: false, better_than_rule: better, reason: "said in training".into() },
        }
    }

    fn tried(clearly: bool) -> Trial {
        Trial {
            against: 3,
            how: "both trained on the same older jobs".to_owned(),
            n: 40,
            median_error: 12.0,
            against_median_error: 11.0,
            mae: 100.0,
            against_mae: 90.0,
            ahead: 0.4,
            clearly,
        }
    }

    #[test]
    fn the_better_card_wins_and_a_weak_one_never() {
        let good = card(10.0, 20.0, true, 0.8);
        let check = |champion: Option<&Card>, challenger: &Card, promoted: bool| {
            let verdict = promote(champion, challenger);
            assert_eq!(verdict.promoted, promoted, "{}", verdict.reason);
            assert_eq!(verdict.better_than_rule, challenger.verdict.better_than_rule);
        };
        check(None, &good, true);
        check(None, &card(21.0, 20.0, false, 0.8), false);
        check(None, &card(10.0, 20.0, true, 0.4), false);
        // A better score on other jobs says nothing; only the trial does.
        check(Some(&good), &card(5.0, 20.0, true, 0.8), false);
        let tried = |clearly: bool| Card { trial: Some(tried(clearly)), ..card(12.0, 20.0, true, 0.8) };
        check(Some(&good), &tried(true), true);
        check(Some(&good), &tried(false), false);
        let broken = |clearly: bool| Card { trial: tried(clearly).trial, ..card(12.0, 20.0, true, 0.4) };
        check(Some(&good), &broken(true), true);
        check(Some(&good), &broken(false), false);
        check(None, &broken(true), false);
        check(Some(&good), &Card { trial: tried(true).trial, ..card(21.0, 20.0, false, 0.8) }, false);
        let reason = promote(Some(&good), &good).reason;
        assert!(reason.starts_with("Fewer than 20 jobs are known that neither"), "{reason}");
        let reason = promote(Some(&good), &tried(false)).reason;
        assert!(reason.contains("median error 12.0 % against 11.0 % of model 3"), "{reason}");
        assert!(reason.ends_with("The model in use stays."), "{reason}");
        check(Some(&Card { target: "hours".into(), ..good.clone() }), &good, false);
    }
}
