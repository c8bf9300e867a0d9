//! What a rule would have fired in the past, before it is kept.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::alert::{AlertRule, Condition};
use signwright_domain::series::Frequency;
use ts_rs::TS;

use super::condition::{Answer, Seen, has_past, holds};
use super::valid;
use crate::{Action, CallError, series};

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
    let now = match asked(action, &seen, &rule, action.today())? {
        Answer::Holds(message) => Some(message),
        Answer::DoesNot | Answer::Unknown => None,
    };
    if !rule.conditions.iter().all(has_past) {
        let summary = "cannot be tried on the past: figures of models, judgements and quotes were not kept".to_owned();
        return Ok(AlertTest { fired: Vec::new(), now, summary });
    }
    let mut fired = Vec::new();
    let mut held = false;
    for on in ends(action, &rule)? {
        let answer = asked(action, &seen, &rule, on)?;
        let holds = matches!(answer, Answer::Holds(_));
        if let Answer::Holds(message) = answer
            && !held
        {
            fired.push(WouldFire { on, message });
        }
        held = holds;
    }
    fired.reverse();
    let times = match fired.len() {
        0 => "not once".to_owned(),
        1 => "once".to_owned(),
        n => format!("{n} times"),
    };
    let summary = match fired.len() {
        0 => format!("would not have fired in {MONTHS} months"),
        _ => format!("would have fired {times} in {MONTHS} months"),
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
fn ends(action: &Action, rule: &AlertRule) -> Result<Vec<Date>, CallError> {
    let mut weekly = false;
    for condition in &rule.conditions {
        if let Condition::Series { name, .. } | Condition::Change { name, .. } | Condition::Forecast { name, .. } =
            condition
        {
            let frequency = series::find(action, name)?.frequency;
            weekly |= matches!(frequency, Frequency::Daily | Frequency::Weekly);
        }
    }
    let today = action.today();
    let step = |back: i32| {
        if weekly {
            today.saturating_sub((7 * back).days())
        } else {
            today.first_of_month().saturating_sub(back.months())
        }
    };
    let steps = if weekly { MONTHS * 52 / 12 } else { MONTHS };
    Ok((0..steps).rev().map(step).collect())
}
