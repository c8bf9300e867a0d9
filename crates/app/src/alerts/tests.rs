//! Rules over a real shop file.

use signwright_domain::alert::Side;

use super::*;
use crate::models::tests::history::{JOBS, Shop};

fn rule(conditions: Vec<Condition>) -> AlertRule {
    AlertRule {
        id: 0,
        title: "watch".to_owned(),
        severity: AnomalySeverity::Medium,
        any: false,
        conditions,
        enabled: true,
        escalate_after: Some(3),
    }
}

fn cost(side: Side, threshold: f64) -> Condition {
    Condition::Series { name: "cost_per_square_foot".to_owned(), side, threshold, periods: 1 }
}

fn step(shop: &Shop, id: i64, step: AlertStep) -> AlertDetail {
    act_on_alert(&shop.action(), ActOnAlert { id, step, note: "seen".to_owned() }).expect("done")
}

fn open(shop: &Shop) -> Vec<Alert> {
    list_alerts(&shop.action(), AlertQuery::default()).expect("alerts")
}

#[test]
fn a_rule_fires_once_and_again_only_after_it_has_ceased_to_hold() {
    let shop = Shop::new();
    let series = series::find(&shop.action(), "cost_per_square_foot").expect("a series");
    let usual = series.points.last().expect("a point").y;
    let kept = save_alert_rule(&shop.action(), rule(vec![cost(Side::Above, usual / 2.0)])).expect("kept");
    let check = || check_alerts(&shop.action(), Nothing {}).expect("checked");
    let first = check();
    assert_eq!((first.rules, first.fired.len(), first.ended.len()), (1, 1, 0));
    assert!(first.fired[0].contains("Cost per square foot was above $"), "{}", first.fired[0]);
    assert_eq!(check().fired.len(), 0, "it goes on holding");
    let alert = open(&shop).remove(0);
    step(&shop, alert.id, AlertStep::Resolve);
    assert_eq!((check().fired.len(), open(&shop).len()), (0, 0), "resolved, and it still holds");
    shop.add(JOBS..JOBS + 60, 0.1);
    assert_eq!(check().ended.len(), 1, "newer jobs are cheap");
    shop.add(JOBS + 60..JOBS + 120, 10.0);
    assert_eq!(check().fired.len(), 1, "and then dear again");
    let all = list_alerts(&shop.action(), AlertQuery { all: true }).expect("alerts");
    assert_eq!(all.len(), 2, "everything that fired is kept");
    remove_alert_rule(&shop.action(), AlertRuleRef { id: kept.id }).expect("removed");
    assert_eq!((open(&shop).len(), check().rules), (0, 0));
    let history = show_alert(&shop.action(), AlertRef { id: all[1].id }).expect("shown").history;
    let what: Vec<&str> = history.iter().map(|event| event.what.as_str()).collect();
    assert_eq!(what, ["fired", "resolved", "holds no more"]);
}

#[test]
fn a_rule_that_is_changed_begins_anew() {
    let shop = Shop::new();
    let kept = save_alert_rule(&shop.action(), rule(vec![cost(Side::Above, 0.0)])).expect("kept");
    let fired = || check_alerts(&shop.action(), Nothing {}).expect("checked").fired.len();
    assert_eq!(fired(), 1);
    step(&shop, open(&shop)[0].id, AlertStep::Resolve);
    let other = AlertRule { conditions: vec![cost(Side::Above, 1.0)], ..kept.clone() };
    save_alert_rule(&shop.action(), other.clone()).expect("kept");
    assert_eq!((fired(), open(&shop).len()), (1, 1));
    save_alert_rule(&shop.action(), AlertRule { enabled: false, ..other }).expect("kept");
    assert_eq!((fired(), open(&shop).len()), (0, 0), "nothing is watched, nothing is left open");
}

#[test]
fn what_nobody_acknowledges_escalates_and_what_sleeps_is_out_of_sight() {
    let shop = Shop::new();
    save_alert_rule(&shop.action(), rule(vec![cost(Side::Above, 0.0)])).expect("kept");
    check_alerts(&shop.action(), Nothing {}).expect("checked");
    let id = open(&shop)[0].id;
    let after = |days: i64| {
        let mut action = shop.action();
        action.now = action.now.saturating_add(SignedDuration::from_hours(24 * days)).expect("a time");
        action
    };
    let escalated = |days| check_alerts(&after(days), Nothing {}).expect("checked").escalated.len();
    assert_eq!(escalated(2), 0);
    step(&shop, id, AlertStep::Snooze { days: 2 });
    assert_eq!(awake(&shop.app.shop().read(), after(1).now).expect("alerts").len(), 0);
    assert_eq!(awake(&shop.app.shop().read(), after(3).now).expect("alerts").len(), 1);
    assert_eq!((escalated(4), escalated(5)), (1, 0), "once");
    assert_eq!(open(&shop)[0].severity, AnomalySeverity::High);
    assert_eq!(step(&shop, id, AlertStep::Acknowledge).alert.state, AlertState::Acknowledged);
    assert_eq!(awake(&shop.app.shop().read(), after(5).now).expect("alerts").len(), 0);
}

#[test]
fn a_rule_is_tried_on_the_past_with_what_was_known_then() {
    let shop = Shop::new();
    // The jobs of the fixture end in 2024: seen from there, they fill the two years that are tried.
    let action = || {
        let now = "2025-01-15T12:00:00Z".parse().expect("a time");
        Action { now, ..shop.action() }
    };
    // Months are known once they have ended; three of these lie above the threshold.
    let series = series::find(&action(), "cost_per_square_foot").expect("a series");
    let since = action().today().first_of_month().saturating_sub(jiff::Span::new().months(24));
    let recent: Vec<f64> = series.points.iter().filter(|point| point.ds >= since).map(|point| point.y).collect();
    let mut sorted = recent.clone();
    sorted.sort_by(f64::total_cmp);
    assert!(sorted.len() > 20, "{} months", sorted.len());
    let threshold = sorted[sorted.len() - 4];
    let tried = test_alert_rule(&action(), rule(vec![cost(Side::Above, threshold)])).expect("tried");
    let begins =
        recent.iter().enumerate().filter(|(at, y)| **y > threshold && (*at == 0 || recent[at - 1] <= threshold));
    let begins = begins.count();
    assert!(begins > 0);
    assert_eq!(tried.fired.len(), begins, "{tried:?}");
    assert!(tried.summary.starts_with("would have fired"), "{}", tried.summary);
    let both = rule(vec![cost(Side::Above, threshold), cost(Side::Below, threshold)]);
    assert_eq!(test_alert_rule(&action(), both.clone()).expect("tried").fired, [], "all must hold");
    let any = AlertRule { any: true, ..both };
    assert!(!test_alert_rule(&action(), any).expect("tried").fired.is_empty());
    let quotes = rule(vec![Condition::Unanswered { days: 3, at_least: 1 }]);
    assert!(test_alert_rule(&action(), quotes).expect("tried").summary.contains("cannot be tried"));
}

#[test]
fn rules_that_say_nothing_are_refused() {
    let shop = Shop::new();
    shop.add(JOBS..JOBS + 1, 1.0);
    let refused = |rule: AlertRule| save_alert_rule(&shop.action(), rule).expect_err("refused").message;
    assert!(refused(rule(Vec::new())).contains("1 to 8"));
    assert!(refused(AlertRule { title: " ".to_owned(), ..rule(vec![cost(Side::Above, 1.0)]) }).contains("title"));
    assert!(refused(rule(vec![cost(Side::Above, f64::NAN)])).contains("no number"));
    let unknown = Condition::Series { name: "luck".into(), side: Side::Above, threshold: 1.0, periods: 1 };
    assert!(refused(rule(vec![unknown])).contains("luck"));
    let sure = Condition::Forecast {
        name: "finished_jobs".into(),
        side: Side::Below,
        threshold: 1.0,
        within: 3,
        probability: 1.0,
    };
    assert!(refused(rule(vec![sure])).contains("probability"));
    let suggested = suggest_alert_rules(&shop.action(), Nothing {}).expect("rules");
    assert!(suggested.iter().all(|rule| save_alert_rule(&shop.action(), rule.clone()).is_ok()));
}
