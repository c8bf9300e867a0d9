//! What a rule would have fired in the past, before it is kept.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::alert::{AlertRule, Condition};
use signwright_domain::series::Frequency;
use ts_rs::TS;

use super::condition::{Answer, Seen, has_past, holds};
use super::valid;
use crate::{Action, CallError};

/// So far back it is looked.
const MONTHS: i32 = 24;

/// One day on which a rule would have fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WouldFire {
    #[ts(type = "string")]
    pub on: Date,
    pub message: String,
}

/// A rule over the last 24 months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AlertTest {
    /// Newest first; a rule that goes on holding fires once.
    pub fired: Vec<WouldFire>,
    /// What holds now, where it does.
    pub now: Option<String>,
    /// "would have fired 4 times in 24 months".
    pub summary: String,
}

/// Asks a rule as of the ends of the periods of the last 24 months, with what was known then.
///
/// # Errors
/// What `save_alert_rule` refuses.
pub fn test_alert_rule(action: &Action, rule: AlertRule) -> Result<AlertTest, CallError> {
    valid(&rule)?;
    let seen = Seen::of(action, &rule.conditions)?;
    let now = asked(action, &seen, &rule, action.today())?.said();
    if !rule.conditions.iter().all(has_past) {
        let summary = "cannot be tried on the past: figures of models, judgements and quotes were not kept".to_owned();
        return Ok(AlertTest { fired: Vec::new(), now, summary });
    }
    let mut fired = Vec::new();
    let mut held = false;
    for on in ends(action.today(), &seen, &rule) {
        let said = asked(action, &seen, &rule, on)?.said();
        let holds = said.is_some();
        fired.extend(said.filter(|_| !held).map(|message| WouldFire { on, message }));
        held = holds;
    }
    fired.reverse();
    let summary = match fired.len() {
        0 => format!("would not have fired in {MONTHS} months"),
        1 => format!("would have fired once in {MONTHS} months"),
        n => format!("would have fired {n} times in {MONTHS} months"),
    };
    Ok(AlertTest { fired, now, summary })
}

/// What holds of a rule as of a day. What is not known decides only where the rest does not.
pub(super) fn asked(action: &Action, seen: &Seen, rule: &AlertRule, day: Date) -> Result<Answer, CallError> {
    let (mut said, mut unknown) = (Vec::new(), false);
    for condition in &rule.conditions {
        match holds(action, seen, condition, day)? {
            Answer::Holds(words) => said.push(words),
            Answer::DoesNot if !rule.any => return Ok(Answer::DoesNot),
            Answer::DoesNot => {}
            Answer::Unknown => unknown = true,
        }
    }
    Ok(match (rule.any, said.is_empty(), unknown) {
        (true, false, _) | (false, false, false) => Answer::Holds(said.join(" ")),
        (_, _, true) => Answer::Unknown,
        (_, true, false) => Answer::DoesNot,
    })
}

/// The days on which a rule is asked: where the shortest period of its series ends, weeks at the shortest.
fn ends(today: Date, seen: &Seen, rule: &AlertRule) -> Vec<Date> {
    let weekly = rule.conditions.iter().any(|condition| match condition {
        Condition::Series { name, .. } | Condition::Change { name, .. } | Condition::Forecast { name, .. } => {
            matches!(seen.frequency(name), Some(Frequency::Daily | Frequency::Weekly))
        }
        _ => false,
    });
    let step = |back: i32| {
        if weekly {
            today.saturating_sub((7 * back).days())
        } else {
            today.first_of_month().saturating_sub(back.months())
        }
    };
    let steps = if weekly { MONTHS * 52 / 12 } else { MONTHS };
    (0..steps).rev().map(step).collect()
}
