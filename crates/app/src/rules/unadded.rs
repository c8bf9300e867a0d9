//! Hours that were not added up: rows by day that name neither employee nor department, of one day in several files
//! (`import/labour.rs`). They may be two crews or one crew twice; a person says which.

use std::collections::BTreeSet;

use signwright_domain::job::Job;
use signwright_domain::record::Section;
use signwright_domain::sanity::{Severity, Warning};
use signwright_store::jobs::JobLine;

const RULE: &str = "hours-not-added";

/// What is to be said where the job has hours of several files and no sum of them.
pub(super) fn hours(job: &Job, lines: &[JobLine]) -> Option<Warning> {
    let worked = lines.iter().filter(|line| line.section == Section::Labour && line.actual_hours.is_some());
    let files: BTreeSet<_> = worked.filter_map(|line| line.sha256.as_deref()).collect();
    let message = "hours of several files are not added up: rows of one day that name neither employee nor department \
                   may be the same work";
    (job.actual_hours.is_none() && files.len() > 1).then(|| Warning {
        rule: RULE.to_owned(),
        severity: Severity::Warning,
        driver: "actual_hours".to_owned(),
        message: message.to_owned(),
    })
}
