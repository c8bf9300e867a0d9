//! Which model is used: a pure function of two cards.
//!
//! A challenger that does not beat the simple rule is never promoted: estimates then rest on the champion or the rule.
//! Two models were usually tested on different jobs, so they are compared by their error relative to the rule's on the
//! same jobs, in the median and in the mean. A challenger must be better in both beyond noise: an equal model would only
//! change estimates without a reason.

use signwright_domain::card::{Card, Score, Verdict};

/// How much smaller, relative to the champion's, both errors of a challenger must be.
const GAIN: f64 = 0.02;
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

/// Decides whether the challenger replaces the champion, with the reason in a sentence.
pub fn promote(champion: Option<&Card>, challenger: &Card) -> Verdict {
    let better_than_rule = challenger.verdict.better_than_rule;
    let verdict = |promoted, reason| Verdict { promoted, better_than_rule, reason };
    if !better_than_rule {
        return verdict(false, challenger.verdict.reason.clone());
    }
    if let Some(held) = broken(challenger) {
        let held = (100.0 * held).round();
        return verdict(false, format!("The 80 % range held in only {held} % of the test jobs."));
    }
    match champion {
        None => verdict(true, challenger.verdict.reason.clone()),
        Some(champion) if champion.target != challenger.target => {
            verdict(false, format!("It predicts {}, the model in use {}.", challenger.target, champion.target))
        }
        Some(champion) => against(champion, challenger, better_than_rule),
    }
}

fn against(champion: &Card, challenger: &Card, better_than_rule: bool) -> Verdict {
    let verdict = |promoted, reason| Verdict { promoted, better_than_rule, reason };
    let (Some(before), Some(now)) = (skill(champion), skill(challenger)) else {
        return verdict(true, "The model in use has no score to compare with.".to_owned());
    };
    let words = format!(
        "{:.0} % of the simple rule's median error and {:.0} % of its mean error, the model in use {:.0} % and {:.0} %",
        100.0 * now.median,
        100.0 * now.mean,
        100.0 * before.median,
        100.0 * before.mean
    );
    let better = |now: f64, before: f64| now <= before * (1.0 - GAIN);
    if better(now.median, before.median) && better(now.mean, before.mean) {
        return verdict(true, format!("It makes {words}."));
    }
    let same = if champion.data_hash == challenger.data_hash { " on the same jobs" } else { "" };
    verdict(false, format!("Not clearly better{same}: it makes {words}. The model in use stays."))
}

fn broken(card: &Card) -> Option<f64> {
    let coverage = card.coverage.iter().find(|coverage| coverage.level == 80)?;
    (coverage.n >= ENOUGH && coverage.held < LEAST_HELD).then_some(coverage.held)
}

/// Errors relative to the rule's on the same jobs; where there is no rule, the errors themselves.
struct Skill {
    median: f64,
    mean: f64,
}

fn skill(card: &Card) -> Option<Skill> {
    let score = |wanted: &[&str]| card.scores.iter().find(|score| wanted.contains(&score.method.as_str()));
    let model = score(&[MODEL])?;
    let rule = score(&[RULE, UNDATED_RULE]);
    let relative = |of: fn(&Score) -> f64| of(model) / rule.map(of).filter(|rule| *rule > 0.0).unwrap_or(1.0);
    Some(Skill { median: relative(|score| score.median_error), mean: relative(|score| score.mae) })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use signwright_domain::card::Coverage;

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
            n_test: 100,
            data_hash: String::new(),
            scores: vec![score(MODEL, model), score(RULE, rule)],
            coverage: vec![Coverage { level: 80, held, n: 100, width: 0.3 }],
            by_type: Vec::new(),
            learning_curve: Vec::new(),
            importance: Vec::new(),
            limits: Vec::new(),
            verdict: Verdict { promoted: false, better_than_rule: better, reason: "said in training".into() },
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
        check(Some(&good), &card(12.0, 20.0, true, 0.8), false);
        check(Some(&good), &card(12.0, 25.0, true, 0.8), true);
        check(Some(&good), &good, false);
        check(Some(&good), &card(9.9, 20.0, true, 0.8), false);
        check(Some(&good), &card(9.7, 20.0, true, 0.8), true);
        let mut worse_in_mean = card(9.0, 20.0, true, 0.8);
        worse_in_mean.scores[0].mae = 600.0;
        check(Some(&good), &worse_in_mean, false);
        let reason = promote(Some(&good), &good).reason;
        assert!(reason.starts_with("Not clearly better on the same jobs: it makes 50 % of"), "{reason}");
        assert!(reason.ends_with("The model in use stays."), "{reason}");
        check(Some(&Card { target: "hours".into(), ..good.clone() }), &good, false);
    }
}
