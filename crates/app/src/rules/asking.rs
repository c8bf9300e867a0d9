//! Asking the rules of every job, such as when they have changed or the product's have with an upgrade.
//!
//! It is done in pieces, each a write of its own, so that nobody waits long for a turn to write. Meanwhile jobs that come in
//! are asked the rules in force. What the findings were made by is noted with the last piece: until then they are said to be
//! stale. Work that was interrupted is begun again by an import, by training, or when somebody asks for it; looking at the
//! findings begins nothing. Rules that change meanwhile end it; whoever changed them asks every job again.

use signwright_domain::Task;
use signwright_store::jobs::{self, flags};
use signwright_store::{Db, leases, settings, sha256};

use super::{SETTING, STANDARD, ask, compare_peers, in_force};
use crate::{Action, CallError, Code};

/// The rules that the kept findings are of.
const ASKED: &str = "rules_asked";
/// So many jobs are asked in one write.
const PIECE: usize = 500;
/// One run at a time holds this lease.
const LEASE: &str = "asking the rules";
/// Longer than a piece takes; a process that has ended without a word keeps nobody waiting for long.
const LEASE_SECONDS: u32 = 30;

/// One run over every job, which holds the lease: nobody else is at it.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Of the rules that are asked.
    print: String,
    holder: String,
}

/// Brings the findings up to date: with other rules than they were made by every job is asked, else only the peers are
/// compared. Where somebody asks every job already, they compare the peers as well.
pub(crate) fn settle(action: &Action, task: &Task) -> Result<(), CallError> {
    if !is_stale(&action.shop().read())? {
        return action.shop().write(compare_peers);
    }
    match action.shop().write(|db| begin_run(db, action))? {
        Some(run) => ask_all(action, task, &run),
        None => Ok(()),
    }
}

/// Before the first job comes in: each will be asked the rules in force as it is made.
pub(crate) fn begin(db: &Db<'_>) -> Result<(), CallError> {
    if !jobs::any(db)? && is_stale(db)? {
        settings::set(db, ASKED, &fingerprint(db)?)?;
    }
    Ok(())
}

pub(super) fn is_stale(db: &Db<'_>) -> Result<bool, CallError> {
    Ok(asked(db)?.as_deref() != Some(&fingerprint(db)?))
}

/// The fingerprint of the rules that every job was asked.
pub(crate) fn asked(db: &Db<'_>) -> Result<Option<String>, CallError> {
    Ok(settings::get(db, ASKED)?)
}

/// Whether somebody is at it.
pub(super) fn is_under_way(action: &Action) -> Result<bool, CallError> {
    Ok(leases::is_held(&action.shop().read(), LEASE, jiff::Timestamp::now())?)
}

/// Takes the lease for a run of its own; `None` while somebody else is at it.
pub(super) fn begin_run(db: &Db<'_>, action: &Action) -> Result<Option<Run>, CallError> {
    let run = Run::new(db, action)?;
    let taken = leases::acquire(db, LEASE, &run.holder, jiff::Timestamp::now(), LEASE_SECONDS)?;
    Ok(taken.then_some(run))
}

/// The same in the write that has changed the rules: whoever asks the ones before has no more claim.
pub(super) fn begin_run_anew(db: &Db<'_>, action: &Action) -> Result<Run, CallError> {
    let run = Run::new(db, action)?;
    leases::take_over(db, LEASE, &run.holder, jiff::Timestamp::now(), LEASE_SECONDS)?;
    Ok(run)
}

impl Run {
    fn new(db: &Db<'_>, action: &Action) -> Result<Self, CallError> {
        let print = fingerprint(db)?;
        Ok(Self { holder: format!("{} {print}", action.id), print })
    }

    /// Only while it is this one that asks, and the rules are those that were begun with.
    fn go_on(&self, db: &Db<'_>) -> Result<(), CallError> {
        let is_ours = leases::acquire(db, LEASE, &self.holder, jiff::Timestamp::now(), LEASE_SECONDS)?;
        if is_ours && fingerprint(db)? == self.print {
            return Ok(());
        }
        Err(CallError::new(Code::Conflict, "the rules were changed while they were being asked")
            .hint("Every job is asked the newer ones."))
    }
}

/// Asks every job. Cancelling keeps what was asked, and the rest is asked another time.
pub(super) fn ask_all(action: &Action, task: &Task, run: &Run) -> Result<(), CallError> {
    let outcome = ask_in_pieces(action, task, run);
    action.shop().write(|db| leases::release(db, LEASE, &run.holder))?;
    // Whoever looks learns either way that it has ended.
    action.changed(if outcome.is_ok() { "jobs" } else { "rules" });
    outcome.map_err(|error| match error.code {
        Code::Cancelled => error.hint("The rules are in force. `signwright rules check` asks the jobs that are left."),
        _ => error,
    })
}

fn ask_in_pieces(action: &Action, task: &Task, run: &Run) -> Result<(), CallError> {
    let jobs = flags::jobs(&action.shop().read())?;
    for (piece, ids) in jobs.chunks(PIECE).enumerate() {
        task.step((piece * PIECE) as u64, jobs.len() as u64, "asking the rules of every job")?;
        action.shop().write(|db| -> Result<(), CallError> {
            run.go_on(db)?;
            let rules = in_force(db)?;
            flags::each_of(db, ids, |job, lines| ask(db, &rules, job.id, job, lines))
        })?;
    }
    task.step(jobs.len() as u64, jobs.len() as u64, "comparing jobs with their peers")?;
    action.shop().write(|db| {
        run.go_on(db)?;
        compare_peers(db)?;
        Ok(settings::set(db, ASKED, &run.print)?)
    })
}

/// Of the product's rules and the shop's own.
fn fingerprint(db: &Db<'_>) -> Result<String, CallError> {
    let own: Option<String> = settings::get(db, SETTING)?;
    Ok(sha256(format!("{STANDARD}\0{}", own.unwrap_or_default()).as_bytes()))
}

#[cfg(test)]
mod tests {
    use signwright_domain::job::{Job, JobStatus};

    use super::*;
    use crate::App;
    use crate::commands::Nothing;
    use crate::rules::{ListFindings, SetRules, ask_again, list_findings, set_rules, start_asking_rules};

    /// More than one piece.
    const JOBS: usize = PIECE + 20;
    const RULE: &str = "took-long";
    const OWN: &str = "[[rule]]\nname = \"took-long\"\nof = [\"job\"]\nseverity = \"warning\"\nabout = \"actual_hours\"\nwhen = 'actual_hours > 10'\nsay = \"long\"\n";

    /// A shop of jobs that took 12 hours each.
    fn shop() -> (tempfile::TempDir, App) {
        let dir = tempfile::tempdir().expect("dir");
        let app = App::in_folder(dir.path());
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
        // However often somebody looks, nothing begins by itself.
        for _ in 0..2 {
            let looked = list_findings(&action, ListFindings::default()).expect("findings");
            assert_eq!((looked.total, looked.asking, looked.stale), (PIECE as u64, false, true));
        }
        let all = ask_again(&app.action("ask"), &Task::silent(), &ListFindings::default()).expect("findings");
        assert_eq!((all.total, all.asking, all.stale), (JOBS as u64, false, false));
    }

    #[test]
    fn only_one_run_asks_at_a_time_and_says_what_came_of_it() {
        let (_dir, app) = shop();
        let heard = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let hearing = std::sync::Arc::clone(&heard);
        app.subscribe(Box::new(move |event| {
            if let crate::AppEvent::Changed { what } = event {
                hearing.lock().expect("heard").push(what.clone());
            }
        }));
        let (other, stop) = (app.clone(), Task::silent());
        let first = stop.clone();
        let watched = Task::new(move |_| {
            assert_eq!(is_under_way(&other.action("look")), Ok(true), "before the first piece");
            let refused = start_asking_rules(&other.action("ask"), Nothing {}).expect_err("under way");
            assert_eq!(refused.code, Code::Conflict);
            settle(&other.action("import"), &Task::silent()).expect("left to the one that asks");
            first.cancel();
        });
        ask_again(&app.action("ask"), &watched.ended_by(&stop), &ListFindings::default()).expect_err("cancelled");
        assert_eq!(*heard.lock().expect("heard"), ["rules"], "nothing is told to be new");
        ask_again(&app.action("ask"), &Task::silent(), &ListFindings::default()).expect("asked");
        assert_eq!(*heard.lock().expect("heard"), ["rules", "jobs"]);
    }

    #[test]
    fn a_run_whose_lease_was_taken_over_ends_and_leaves_it() {
        let (_dir, app) = shop();
        let [first, second] = ["first", "second"].map(|name| app.action(name));
        let run = app.shop().write(|db| begin_run(db, &first)).expect("write").expect("free");
        assert!(app.shop().write(|db| begin_run(db, &second)).expect("write").is_none());
        let newer = app.shop().write(|db| begin_run_anew(db, &second)).expect("taken over");
        // The same rules, and still not the same run.
        assert_eq!(ask_all(&first, &Task::silent(), &run).expect_err("another's").code, Code::Conflict);
        assert_eq!(is_under_way(&first), Ok(true), "only its own lease is given back");
        ask_all(&second, &Task::silent(), &newer).expect("asked");
        assert_eq!((is_under_way(&first), is_stale(&app.shop().read())), (Ok(false), Ok(false)));
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
    fn findings_of_an_older_version_are_stale_until_every_job_is_asked() {
        // Jobs that no rules were noted for, as an upgrade leaves them.
        let (_dir, app) = shop();
        app.shop().write(|db| settings::set(db, SETTING, &OWN)).expect("rules");
        let action = app.action("list_findings");
        let looked = list_findings(&action, ListFindings::default()).expect("findings");
        assert_eq!((looked.total, looked.stale, looked.asking), (0, true, false));
        settle(&app.action("import"), &Task::silent()).expect("an import");
        let found = list_findings(&action, ListFindings::default()).expect("findings");
        assert_eq!((found.total, found.stale), (JOBS as u64, false));
    }
}
