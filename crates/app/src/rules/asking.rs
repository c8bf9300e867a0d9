//! Asking the rules of every job, such as when they have changed or the product's have with an upgrade.
//!
//! It is done in pieces, each a write of its own, so that nobody waits long for a turn to write. Meanwhile jobs that come in
//! are asked the rules in force. What the findings were made by is noted with the last piece: work that was interrupted is
//! begun again when somebody looks at the findings, imports or trains. Rules that change meanwhile end it; whoever changed
//! them asks every job again.

use signwright_domain::Task;
use signwright_store::jobs::{self, flags};
use signwright_store::{Db, leases, settings, sha256};

use super::{SETTING, STANDARD, ask, compare_peers, in_force};
use crate::{Action, CallError, Code};

/// The rules that the kept findings are of.
const ASKED: &str = "rules_asked";
/// So many jobs are asked in one write.
const PIECE: usize = 500;
/// Who is at it holds this lease, under the fingerprint of the rules.
const LEASE: &str = "asking the rules";
/// Longer than a piece takes; a process that has ended without a word keeps nobody waiting for long.
const LEASE_SECONDS: u32 = 30;

/// Brings the findings up to date: with other rules than they were made by every job is asked, else only the peers are
/// compared.
pub(crate) fn settle(action: &Action, task: &Task) -> Result<(), CallError> {
    if is_stale(&action.shop().read())? { ask_all(action, task) } else { action.shop().write(compare_peers) }
}

/// Before the first job comes in: each will be asked the rules in force as it is made.
pub(crate) fn begin(db: &Db<'_>) -> Result<(), CallError> {
    if !jobs::any(db)? && is_stale(db)? {
        settings::set(db, ASKED, &fingerprint(db)?)?;
    }
    Ok(())
}

pub(super) fn is_stale(db: &Db<'_>) -> Result<bool, CallError> {
    Ok(settings::get::<String>(db, ASKED)?.as_deref() != Some(&fingerprint(db)?))
}

/// Whether somebody is at it.
pub(super) fn is_under_way(action: &Action) -> Result<bool, CallError> {
    Ok(leases::is_held(&action.shop().read(), LEASE, jiff::Timestamp::now())?)
}

/// In the write that changes the rules: whoever asks the ones before has no more claim.
pub(super) fn forget_who_asks(db: &Db<'_>) -> Result<(), CallError> {
    Ok(leases::release(db, LEASE, &fingerprint(db)?)?)
}

/// Asks every job. Cancelling keeps what was asked, and the rest is asked another time.
pub(super) fn ask_all(action: &Action, task: &Task) -> Result<(), CallError> {
    let print = fingerprint(&action.shop().read())?;
    let outcome = ask_in_pieces(action, task, &print);
    action.shop().write(|db| leases::release(db, LEASE, &print))?;
    action.changed("jobs");
    outcome
}

fn ask_in_pieces(action: &Action, task: &Task, print: &str) -> Result<(), CallError> {
    let jobs = flags::jobs(&action.shop().read())?;
    for (piece, ids) in jobs.chunks(PIECE).enumerate() {
        task.step((piece * PIECE) as u64, jobs.len() as u64, "asking the rules of every job")?;
        action.shop().write(|db| -> Result<(), CallError> {
            go_on(db, print)?;
            let rules = in_force(db)?;
            flags::each_of(db, ids, |job, lines| ask(db, &rules, job.id, job, lines))
        })?;
    }
    task.step(jobs.len() as u64, jobs.len() as u64, "comparing jobs with their peers")?;
    action.shop().write(|db| {
        go_on(db, print)?;
        compare_peers(db)?;
        Ok(settings::set(db, ASKED, &print)?)
    })
}

/// Only while the rules are those that were begun with.
fn go_on(db: &Db<'_>, print: &str) -> Result<(), CallError> {
    if fingerprint(db)? != print {
        return Err(CallError::new(Code::Conflict, "the rules were changed while they were being asked")
            .hint("Every job is asked the newer ones."));
    }
    leases::acquire(db, LEASE, print, jiff::Timestamp::now(), LEASE_SECONDS)?;
    Ok(())
}

/// Of the product's rules and the shop's own.
fn fingerprint(db: &Db<'_>) -> Result<String, CallError> {
    let own: Option<String> = settings::get(db, SETTING)?;
    Ok(sha256(format!("{STANDARD}\0{}", own.unwrap_or_default()).as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use signwright_domain::job::{Job, JobStatus};

    use super::*;
    use crate::rules::{ListFindings, SetRules, list_findings, set_rules};
    use crate::{App, AppOptions};

    /// More than one piece.
    const JOBS: usize = PIECE + 20;
    const RULE: &str = "took-long";
    const OWN: &str = "[[rule]]\nname = \"took-long\"\nof = [\"job\"]\nseverity = \"warning\"\nabout = \"actual_hours\"\nwhen = 'actual_hours > 10'\nsay = \"long\"\n";

    fn open(dir: &tempfile::TempDir) -> App {
        let shop = dir.path().join("shop.signwright");
        App::open(AppOptions { shop, worker: PathBuf::new(), user: "test".to_owned() }).expect("a shop")
    }

    /// A shop of jobs that took 12 hours each.
    fn shop() -> (tempfile::TempDir, App) {
        let dir = tempfile::tempdir().expect("dir");
        let app = open(&dir);
        app.shop()
            .write(|db| {
                (0..JOBS).try_for_each(|n| {
                    let (work_order, status) = (Some(n.to_string()), JobStatus::Completed);
                    let job = Job { work_order, status, actual_hours: Some(12.0), ..Job::default() };
                    jobs::upsert(db, &job).map(drop)
                })
            })
            .expect("jobs");
        (dir, app)
    }

    fn found(app: &App, rule: &str) -> u64 {
        let all = flags::by_rule(&app.shop().read()).expect("findings");
        all.iter().filter(|one| one.rule == rule).map(|one| one.jobs).sum()
    }

    #[test]
    fn rules_that_are_cancelled_while_they_are_asked_are_in_force_and_asked_again_later() {
        let (_dir, app) = shop();
        let action = app.action("set_rules");
        // Whoever watches the first piece cancels the rest.
        let stop = Task::silent();
        let first = stop.clone();
        let watched = Task::new(move |_| first.cancel());
        let ended = set_rules(&action, &watched.ended_by(&stop), SetRules { text: OWN.to_owned() });
        assert_eq!(ended.expect_err("cancelled").code, Code::Cancelled);
        assert_eq!(found(&app, RULE), PIECE as u64, "the first piece is kept");
        assert_eq!(is_stale(&app.shop().read()), Ok(true));
        assert_eq!(is_under_way(&action), Ok(false), "nobody waits for the one that ended");
        let all = list_findings(&action, ListFindings::default()).expect("findings");
        assert_eq!((all.total, all.asking), (JOBS as u64, false));
        assert_eq!(is_stale(&app.shop().read()), Ok(false));
    }

    #[test]
    fn rules_that_change_meanwhile_end_the_asking_and_are_asked_themselves() {
        let (_dir, app) = shop();
        let action = app.action("set_rules");
        let (other, again) = (app.clone(), std::sync::atomic::AtomicBool::new(false));
        let task = Task::new(move |_| {
            if !again.swap(true, std::sync::atomic::Ordering::SeqCst) {
                let text = OWN.replace("> 10", "> 100");
                set_rules(&other.action("set_rules"), &Task::silent(), SetRules { text }).expect("the newer rules");
            }
        });
        let ended = set_rules(&action, &task, SetRules { text: OWN.to_owned() });
        assert_eq!(ended.expect_err("others came").code, Code::Conflict);
        assert_eq!((found(&app, RULE), is_stale(&app.shop().read())), (0, Ok(false)));
    }

    #[test]
    fn a_shop_of_an_older_version_is_asked_when_its_findings_are_looked_at() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("shop.signwright");
        // Version 5 knew no findings, and no rules of a shop's own; those are set as a newer program sets them.
        let rows = "INSERT INTO jobs (work_order, sign_type, status, actual_hours, specification) VALUES \
                    ('1', 'banner', 'completed', 4, '{}'), ('2', 'banner', 'completed', 12, '{}')";
        signwright_store::make_older(&path, 5, rows).expect("an older shop");
        let app = open(&dir);
        app.shop().write(|db| settings::set(db, SETTING, &OWN)).expect("rules");
        assert_eq!(is_stale(&app.shop().read()), Ok(true));
        let found = list_findings(&app.action("list_findings"), ListFindings::default()).expect("findings");
        assert_eq!(found.flags.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), ["2"], "{found:?}");
        assert_eq!(is_stale(&app.shop().read()), Ok(false));
    }
}
