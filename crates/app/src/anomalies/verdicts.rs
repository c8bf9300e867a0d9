//! What people say of findings, and what is learned from it.
//!
//! A dismissed finding does not come back. One of the same kind that is no stronger than what was dismissed again and again is
//! set aside as well, with the reason, until somebody confirms one like it; nothing stronger is. How sure a finding is, starts
//! from how many detectors agree and moves with what people said of its kind.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::anomaly::{AnomalyKind, AnomalySeverity, SeriesAnomaly};
use signwright_store::anomaly_verdicts::{self, AnomalySaid, AnomalyVerdict};
use ts_rs::TS;

use super::Anomalies;
use crate::commands::Nothing;
use crate::{Action, CallError, Code, audit};

/// So many like it must have been dismissed before one is set aside, and this share of all that were judged.
const FEWEST: usize = 4;
const MOSTLY: f64 = 0.8;
/// A shift, bend or run is the same if it begins no farther from where it did, in days: more data move its edge.
const NEAR: i32 = 31;
/// For how many verdicts what detectors agree on counts.
const PRIOR: f64 = 6.0;

/// Which finding is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FindingKey {
    /// `job 17` or `series booked_revenue`.
    pub subject: String,
    pub kind: AnomalyKind,
    /// The field of a job, the first day in a series.
    pub finding: String,
}

/// Where a finding stands with people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AnomalyStanding {
    pub key: FindingKey,
    /// How sure it is that something really is wrong or unusual, 0 to 1.
    pub confidence: f64,
    pub verdict: Option<AnomalySaid>,
    /// Who said it and why.
    pub said: Option<String>,
    /// Why it is set aside without a verdict of its own.
    pub set_aside: Option<String>,
}

/// A finding in a series, with where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SeriesFinding {
    #[serde(flatten)]
    pub anomaly: SeriesAnomaly,
    #[serde(default)]
    pub standing: Option<AnomalyStanding>,
}

/// What a person says of a finding; without a verdict an earlier one is taken back.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct JudgeAnomaly {
    pub key: FindingKey,
    pub verdict: Option<AnomalySaid>,
    /// Why it is as it should be, or what was wrong; may be empty for what is confirmed.
    #[serde(default)]
    pub reason: String,
}

impl AnomalyStanding {
    /// Neither judged nor set aside.
    pub(super) fn is_open(&self) -> bool {
        self.verdict.is_none() && self.set_aside.is_none()
    }
}

impl SeriesFinding {
    /// Neither judged nor set aside.
    pub fn is_open(&self) -> bool {
        self.standing.as_ref().is_none_or(AnomalyStanding::is_open)
    }
}

/// What was said of anomalies, the newest first.
pub fn list_anomaly_verdicts(action: &Action, _: Nothing) -> Result<Vec<AnomalyVerdict>, CallError> {
    Ok(anomaly_verdicts::list(&action.shop().read())?)
}

/// Confirms or dismisses a finding, or takes that back. A job whose slip is dismissed is learned from again.
///
/// # Errors
/// `NotFound` where there is no such finding; `InvalidInput` where one is dismissed without a reason.
pub fn judge_anomaly(action: &Action, input: JudgeAnomaly) -> Result<Option<AnomalyVerdict>, CallError> {
    let (subject, finding) = (&input.key.subject, &input.key.finding);
    // It may have been said when the finding began on another day.
    let before = anomaly_verdicts::list(&action.shop().read())?.into_iter().find(|said| is_same(said, &input.key));
    let log = format!("anomaly {subject}");
    let reason = input.reason.trim();
    let said = match input.verdict {
        None => None,
        Some(AnomalySaid::Dismissed) if reason.is_empty() => {
            return Err(CallError::invalid("a finding is dismissed with a reason")
                .hint("Say in a few words why it is as it should be."));
        }
        Some(verdict) => {
            let score = match &before {
                Some(before) => before.score,
                None => score_of(action, &input.key)?,
            };
            Some(AnomalyVerdict {
                subject: subject.clone(),
                kind: input.key.kind,
                finding: finding.clone(),
                verdict,
                reason: reason.to_owned(),
                score,
                who: action.options().user.clone(),
                at: action.now,
            })
        }
    };
    action.shop().write(|db| {
        let gone = match &before {
            Some(before) => anomaly_verdicts::remove(db, &before.subject, before.kind, &before.finding)?,
            None => false,
        };
        match &said {
            Some(said) => anomaly_verdicts::put(db, said)?,
            None if !gone => return Err(CallError::not_found(format!("verdict on {subject}"))),
            None => {}
        }
        let was = before.as_ref().map(|before| (before.verdict, &before.reason));
        audit::record(db, action, &log, was, &said.as_ref().map(|said| (said.verdict, &said.reason)))
    })?;
    action.changed("anomalies");
    Ok(said)
}

/// The jobs whose slips are said to be as they should be.
pub(crate) fn dismissed_jobs(db: &signwright_store::Db<'_>) -> Result<Vec<i64>, CallError> {
    // An unusual job is learned from in any case.
    let slips = |said: &AnomalyVerdict| said.verdict == AnomalySaid::Dismissed && said.kind != AnomalyKind::Unusual;
    let all = anomaly_verdicts::list(db)?.into_iter().filter(slips);
    let mut jobs: Vec<i64> = all.filter_map(|said| said.subject.strip_prefix("job ")?.parse().ok()).collect();
    jobs.sort_unstable();
    jobs.dedup();
    Ok(jobs)
}

/// Those of a series that nobody has dismissed.
pub(crate) fn undismissed(action: &Action, found: Vec<SeriesAnomaly>) -> Result<Vec<SeriesAnomaly>, CallError> {
    let series = found.into_iter().map(|anomaly| SeriesFinding { anomaly, standing: None }).collect();
    let mut all = Anomalies { series, ..Anomalies::default() };
    standing(action, &mut all)?;
    let open = all.series.into_iter().filter(|found| {
        found
            .standing
            .as_ref()
            .is_none_or(|standing| standing.verdict != Some(AnomalySaid::Dismissed) && standing.set_aside.is_none())
    });
    Ok(open.map(|found| found.anomaly).collect())
}

fn score_of(action: &Action, key: &FindingKey) -> Result<f64, CallError> {
    let all = super::find_anomalies(action, Nothing {})?;
    let jobs = all.jobs.iter().map(|found| (&found.standing, found.anomaly.score));
    let series = all.series.iter().map(|found| (&found.standing, found.anomaly.score));
    let found = jobs.chain(series).find(|(standing, _)| standing.as_ref().is_some_and(|standing| standing.key == *key));
    found.map(|(_, score)| score).ok_or_else(|| {
        CallError::new(Code::NotFound, format!("nothing of this kind is found in {}", key.subject))
            .hint("List the anomalies again: data may have changed.")
    })
}

/// Puts to every finding where it stands.
pub(super) fn standing(action: &Action, found: &mut Anomalies) -> Result<(), CallError> {
    let said = anomaly_verdicts::list(&action.shop().read())?;
    for job in &mut found.jobs {
        let anomaly = &job.anomaly;
        let key =
            FindingKey { subject: format!("job {}", job.job_id), kind: anomaly.kind, finding: anomaly.field.clone() };
        let sure = prior(anomaly.severity, anomaly.detectors.len());
        job.standing = Some(of(&said, key, (anomaly.score, anomaly.severity), sure));
    }
    for series in &mut found.series {
        let anomaly = &series.anomaly;
        let subject = format!("series {}", anomaly.series);
        let key = FindingKey { subject, kind: anomaly.kind, finding: anomaly.start.to_string() };
        let sure = prior(anomaly.severity, anomaly.detectors.len());
        series.standing = Some(of(&said, key, (anomaly.score, anomaly.severity), sure));
    }
    Ok(())
}

fn of(
    said: &[AnomalyVerdict],
    key: FindingKey,
    (score, severity): (f64, AnomalySeverity),
    sure: f64,
) -> AnomalyStanding {
    let same = said.iter().find(|one| is_same(one, &key));
    let alike: Vec<&AnomalyVerdict> = said.iter().filter(|one| is_alike(one, &key)).collect();
    let confirmed = alike.iter().filter(|one| one.verdict == AnomalySaid::Confirmed).count();
    let confidence = match same.map(|one| one.verdict) {
        Some(AnomalySaid::Confirmed) => 1.0,
        Some(AnomalySaid::Dismissed) => 0.0,
        None => (PRIOR * sure + confirmed as f64) / (PRIOR + alike.len() as f64),
    };
    let set_aside = match same {
        // What is certain to be wrong is never set aside by itself.
        None if key.kind != AnomalyKind::Impossible && severity != AnomalySeverity::High => weak(&alike, score),
        None | Some(_) => None,
    };
    AnomalyStanding {
        key,
        confidence,
        verdict: same.map(|one| one.verdict),
        said: same
            .map(|one| if one.reason.is_empty() { one.who.clone() } else { format!("{}: {}", one.who, one.reason) }),
        set_aside,
    }
}

/// Why a finding of this strength is not worth a look; `None` where it may be.
fn weak(alike: &[&AnomalyVerdict], score: f64) -> Option<String> {
    let dismissed = |of: &[&AnomalyVerdict]| of.iter().filter(|one| one.verdict == AnomalySaid::Dismissed).count();
    let limits = alike.iter().filter(|one| one.verdict == AnomalySaid::Dismissed && one.score >= score);
    let enough = |limit: f64| {
        let below: Vec<&AnomalyVerdict> = alike.iter().copied().filter(|one| one.score <= limit).collect();
        let count = dismissed(&below);
        (count >= FEWEST && count as f64 >= MOSTLY * below.len() as f64).then_some((count, below.len()))
    };
    let (count, all) = limits.filter_map(|one| enough(one.score)).max()?;
    Some(format!("no stronger than {count} of {all} like it that were dismissed"))
}

fn is_same(one: &AnomalyVerdict, key: &FindingKey) -> bool {
    if one.subject != key.subject {
        return false;
    }
    let (was, is) = (one.finding.parse::<Date>(), key.finding.parse::<Date>());
    match (was, is) {
        (Ok(was), Ok(is)) if is_edge(key.kind) => is_alike(one, key) && (is - was).get_days().abs() <= NEAR,
        (Ok(was), Ok(is)) => is_alike(one, key) && is == was,
        _ => one.kind == key.kind && one.finding == key.finding,
    }
}

/// Whether it begins somewhere, rather than being one value.
fn is_edge(kind: AnomalyKind) -> bool {
    matches!(kind, AnomalyKind::Collective | AnomalyKind::Level | AnomalyKind::Trend)
}

/// Of one family: a spike and what is odd for the season are told apart by a hair, as are a shift, a bend and a run.
fn is_alike(one: &AnomalyVerdict, key: &FindingKey) -> bool {
    use AnomalyKind::{Collective, Contextual, Level, Point, Trend};
    let family: &[AnomalyKind] = match key.kind {
        Point | Contextual => &[Point, Contextual],
        Level | Trend | Collective => &[Level, Trend, Collective],
        _ => std::slice::from_ref(&key.kind),
    };
    family.contains(&one.kind)
}

/// How sure a finding is before anybody has said anything.
fn prior(severity: AnomalySeverity, detectors: usize) -> f64 {
    let strength = match severity {
        AnomalySeverity::Low => 0.75,
        AnomalySeverity::Medium => 0.85,
        AnomalySeverity::High => 0.95,
    };
    // Every detector that agrees takes a third of the doubt.
    1.0 - (1.0 - strength) * (2.0_f64 / 3.0).powi(detectors.saturating_sub(1).min(4) as i32)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn verdict(subject: &str, kind: AnomalyKind, finding: &str, verdict: AnomalySaid, score: f64) -> AnomalyVerdict {
        AnomalyVerdict {
            subject: subject.to_owned(),
            kind,
            finding: finding.to_owned(),
            verdict,
            reason: "seen".to_owned(),
            score,
            who: "ka".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn unusual(job: i64) -> FindingKey {
        FindingKey { subject: format!("job {job}"), kind: AnomalyKind::Unusual, finding: "total".to_owned() }
    }

    fn stands(said: &[AnomalyVerdict], key: FindingKey, score: f64, severity: AnomalySeverity) -> AnomalyStanding {
        of(said, key, (score, severity), 0.8)
    }

    #[test]
    fn what_was_dismissed_again_and_again_sets_aside_what_is_no_stronger() {
        let mut said: Vec<AnomalyVerdict> = (0..4)
            .map(|job| {
                verdict(
                    &format!("job {job}"),
                    AnomalyKind::Unusual,
                    "total",
                    AnomalySaid::Dismissed,
                    0.70 + 0.02 * job as f64,
                )
            })
            .collect();
        let open = |said: &[AnomalyVerdict], score, severity| stands(said, unusual(99), score, severity).is_open();
        assert!(!open(&said, 0.75, AnomalySeverity::Low) && !open(&said, 0.2, AnomalySeverity::Low));
        assert!(open(&said, 0.77, AnomalySeverity::Low), "stronger than any that was dismissed");
        assert!(open(&said, 0.75, AnomalySeverity::High));
        assert!(open(&said[..3], 0.7, AnomalySeverity::Low), "three are too few");
        let before = stands(&said, unusual(99), 0.77, AnomalySeverity::Low).confidence;
        said.push(verdict("job 50", AnomalyKind::Unusual, "total", AnomalySaid::Confirmed, 0.71));
        said.push(verdict("job 51", AnomalyKind::Unusual, "total", AnomalySaid::Confirmed, 0.6));
        assert!(open(&said, 0.75, AnomalySeverity::Low), "two of six were right");
        let after = stands(&said, unusual(99), 0.77, AnomalySeverity::Low).confidence;
        assert!(before < 0.8 && before < after, "{before} {after}");
        let own = stands(&said, unusual(2), 0.74, AnomalySeverity::Low);
        assert_eq!(
            (own.verdict, own.said.as_deref(), own.confidence),
            (Some(AnomalySaid::Dismissed), Some("ka: seen"), 0.0)
        );
    }

    #[test]
    fn a_finding_in_a_series_is_the_same_where_more_data_moved_its_edge() {
        let said = [
            verdict("series quotes", AnomalyKind::Point, "2026-03-01", AnomalySaid::Dismissed, 5.0),
            verdict("series hours", AnomalyKind::Level, "2026-03-01", AnomalySaid::Dismissed, 5.0),
        ];
        let key = |subject: &str, kind, finding: &str| FindingKey {
            subject: subject.to_owned(),
            kind,
            finding: finding.to_owned(),
        };
        let judged = |key| stands(&said, key, 5.0, AnomalySeverity::Medium).verdict.is_some();
        assert!(judged(key("series quotes", AnomalyKind::Contextual, "2026-03-01")));
        assert!(!judged(key("series quotes", AnomalyKind::Point, "2026-04-01")), "the next month is another one");
        assert!(judged(key("series hours", AnomalyKind::Trend, "2026-04-01")));
        assert!(!judged(key("series hours", AnomalyKind::Level, "2026-05-01")));
        assert!(!judged(key("series quotes", AnomalyKind::Level, "2026-03-01")));
        assert!(!judged(key("series hours", AnomalyKind::Point, "2026-03-01")));
    }
}
