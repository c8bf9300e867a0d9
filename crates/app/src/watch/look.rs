//! One look at the watched folder: what is ready is imported as one task, and noted.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use signwright_domain::Task;
use signwright_store::watched::{self, WatchedFile};
use signwright_store::{leases, settings};

use super::folder::{self, Found, Settling};
use super::{LEASE, PROBLEM, SETTING, SetWatch, exports, set_now, set_problem};
use crate::import::{ImportHow, ImportReport, import_files};
use crate::{Action, App, CallError, Code, files, tasks};

/// Taken at once; the others at the next look.
const AT_ONCE: usize = 200;
/// How long a process that has ended without a word keeps the others from looking.
const LEASE_SECONDS: u32 = 30;
/// So that another process never finds it run out while this one is at work.
const RENEWED: Duration = Duration::from_secs(8);

/// Looks again and again, and knows which files it waits for.
#[derive(Debug)]
pub struct Watcher {
    holder: String,
    still: SignedDuration,
    settling: Settling,
    stop: Task,
    /// How often the lease is renewed during an import.
    renewed: Duration,
}

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is switched off.
    Off,
    /// Another process looks.
    Elsewhere,
    /// The folder cannot be read; the state says why.
    Gone,
    /// Some files may still be growing.
    Waiting,
    /// So many files were taken; nothing is waited for when there were none.
    Took(usize),
}

impl Watcher {
    /// A file is taken when it has not changed for `still`. `stop` ends an import that is under way.
    pub fn new(app: &App, still: SignedDuration, stop: Task) -> Self {
        // The id of an action is of this process and of this moment.
        let holder = app.action("watch").id;
        Self { holder, still, settling: Settling::default(), stop, renewed: RENEWED }
    }

    pub fn look(&mut self, app: &App, now: Timestamp) -> Result<Look, CallError> {
        let action = Action::new(app, "watch", now);
        let SetWatch { folder: Some(folder), on: true } = set_now(&action.shop().read())? else {
            self.settling = Settling::default();
            return Ok(Look::Off);
        };
        if !self.renew(&action, || now)? {
            self.settling = Settling::default();
            return Ok(Look::Elsewhere);
        }
        let folder = PathBuf::from(folder);
        let found = match folder::list(&folder, &exports(&action)) {
            Ok(found) => found,
            Err(cause) => {
                let why = format!("the folder {} cannot be read: {cause}", folder.display());
                set_problem(&action, Some(&why))?;
                return Ok(Look::Gone);
            }
        };
        let mut ready = self.settling.ready(unknown(&action, found)?, now, self.still);
        ready.truncate(AT_ONCE);
        if ready.is_empty() {
            set_problem(&action, None)?;
            return Ok(if self.settling.is_waiting() { Look::Waiting } else { Look::Took(0) });
        }
        let taken = self.take(&action, &ready)?;
        Ok(Look::Took(taken))
    }

    /// Another process may look from now on.
    pub fn release(&self, app: &App) -> Result<(), CallError> {
        Ok(app.shop().write(|db| leases::release(db, LEASE, &self.holder))?)
    }

    /// `now` is asked when it is its turn to write, which may be long after.
    fn renew(&self, action: &Action, now: impl FnOnce() -> Timestamp) -> Result<bool, CallError> {
        Ok(action.shop().write(|db| leases::acquire(db, LEASE, &self.holder, now(), LEASE_SECONDS))?)
    }

    /// Imports what is ready as a task that everybody sees, and keeps the lease meanwhile.
    fn take(&self, action: &Action, ready: &[Found]) -> Result<usize, CallError> {
        let paths: Vec<PathBuf> = ready.iter().map(|one| one.path.clone()).collect();
        let title = match paths.as_slice() {
            [one] => format!("Importing {} from the watched folder", files::name(one)),
            many => format!("Importing {} files from the watched folder", many.len()),
        };
        let (tell, told) = mpsc::channel();
        let importing = action.clone();
        // The import looks at it by itself: whoever renews the lease may be waiting for its turn to write.
        let lost = Task::silent();
        let ends = self.stop.ended_by(&lost);
        let ending = ends.clone();
        tasks::start(action, &title, action.now, move |task| {
            let how = ImportHow { retry: true, ..ImportHow::default() };
            let outcome = import_files(&importing, &task.ended_by(&ending), &paths, how);
            // Nobody listens any more when the watcher has ended.
            let _ = tell.send(outcome.clone());
            let report = outcome?;
            crate::import::watched(&importing, &report);
            report.stopped.clone().map_or(Ok(report), Err)
        });
        let mut renewed = std::time::Instant::now();
        let report = loop {
            match told.recv_timeout(Duration::from_millis(100)) {
                Ok(report) => break report?,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(CallError::new(Code::Internal, "the import stopped unexpectedly"));
                }
                Err(RecvTimeoutError::Timeout) => {
                    if renewed.elapsed() > self.renewed && !ends.is_cancelled() {
                        match self.renew(action, Timestamp::now) {
                            Ok(true) => {}
                            // Another process has taken over while this one waited.
                            Ok(false) => lost.cancel(),
                            Err(error) => tracing::warn!(code = ?error.code, "the lease was not renewed"),
                        }
                        renewed = std::time::Instant::now();
                    }
                }
            }
        };
        self.note(action, ready, &report, self.stop.is_cancelled() || lost.is_cancelled())
    }

    /// `ours` is an end that this process has brought about by itself.
    fn note(&self, action: &Action, ready: &[Found], report: &ImportReport, ours: bool) -> Result<usize, CallError> {
        let ended = report.stopped.as_ref();
        // Whoever stops the import wants the folder left alone until they say otherwise.
        let by_hand = ended.is_some_and(|error| error.code == Code::Cancelled) && !ours;
        action.shop().write(|db| -> Result<(), CallError> {
            for (one, outcome) in ready.iter().zip(&report.files) {
                let file = WatchedFile {
                    path: one.path.display().to_string(),
                    size: one.size,
                    modified: one.modified,
                    state: outcome.state.clone(),
                    message: outcome.message.clone(),
                    import_id: outcome.import_id.or(outcome.before),
                    taken_at: action.now,
                };
                watched::put(db, &file)?;
            }
            if by_hand {
                let set = SetWatch { on: false, ..set_now(db)? };
                settings::set(db, SETTING, &set)?;
            }
            match ended.filter(|_| !ours) {
                Some(_) if by_hand => {
                    settings::set(db, PROBLEM, &"the import was cancelled, and the folder is left alone")?
                }
                Some(error) => settings::set(db, PROBLEM, &error.message)?,
                None => {
                    settings::remove(db, PROBLEM)?;
                }
            }
            Ok(())
        })?;
        action.changed("watch");
        match ended {
            // A shop that cannot be written is not tried again at once.
            Some(error) if !by_hand && !ours => Err(error.clone()),
            _ => Ok(report.files.len()),
        }
    }
}

/// What is not known as it stands now.
fn unknown(action: &Action, found: Vec<Found>) -> Result<Vec<Found>, CallError> {
    let known: HashMap<String, (u64, Timestamp)> =
        watched::known(&action.shop().read())?.into_iter().map(|(path, size, at)| (path, (size, at))).collect();
    let is_new = |one: &Found| known.get(&one.path.display().to_string()) != Some(&(one.size, one.modified));
    Ok(found.into_iter().filter(is_new).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::{AtomicBool, Ordering};

    use signwright_store::imports;

    use super::*;
    use crate::AppEvent;
    use crate::watch::{SetWatch, set_watch};

    const FILES: usize = 60;

    /// A shop that watches a folder of small files, opened twice as by two programs.
    fn place() -> (tempfile::TempDir, [App; 2]) {
        let dir = tempfile::tempdir().expect("dir");
        let folder = dir.path().join("in");
        fs::create_dir(&folder).expect("folder");
        for n in 0..FILES {
            let text = format!("Customer ID,Customer,City\nC-{n},Customer number {n},Lakeside\n");
            fs::write(folder.join(format!("{n:03}.csv")), text).expect("write");
        }
        let apps = [App::in_folder(dir.path()), App::in_folder(dir.path())];
        let on = SetWatch { folder: Some(folder.display().to_string()), on: true };
        set_watch(&apps[0].action("set_watch"), on).expect("watched");
        (dir, apps)
    }

    fn watcher(app: &App) -> Watcher {
        Watcher::new(app, SignedDuration::from_secs(1), Task::silent())
    }

    fn after(now: Timestamp, seconds: i64) -> Timestamp {
        now + SignedDuration::from_secs(seconds)
    }

    /// How often each file came in.
    fn imported(app: &App) -> Vec<String> {
        let all = imports::list(&app.shop().read(), 0, 1000).expect("imports");
        let mut names: Vec<String> = all.into_iter().map(|import| import.file_name).collect();
        names.sort();
        names
    }

    #[test]
    fn a_program_that_does_not_answer_any_more_is_replaced_and_does_not_go_on_when_it_is_back() {
        let (_dir, [first, second]) = place();
        let (mut one, mut two) = (watcher(&first), watcher(&second));
        let now = Timestamp::now();
        assert_eq!(one.look(&first, now), Ok(Look::Waiting));
        assert_eq!(two.look(&second, after(now, 1)), Ok(Look::Elsewhere));
        // Nothing was heard of the first for longer than its lease.
        assert_eq!(two.look(&second, after(now, 31)), Ok(Look::Waiting));
        assert_eq!(one.look(&first, after(now, 32)), Ok(Look::Elsewhere));
        assert_eq!(two.look(&second, after(now, 33)), Ok(Look::Took(FILES)));
        assert_eq!(one.look(&first, after(now, 34)), Ok(Look::Elsewhere));
        assert_eq!(imported(&first).len(), FILES);
    }

    #[test]
    fn an_import_ends_when_another_program_has_taken_the_lease_over_and_that_one_goes_on() {
        let (_dir, [first, second]) = place();
        let (mut one, mut two) = (watcher(&first), watcher(&second));
        // It asks every tenth of a second whether the lease is still its own.
        one.renewed = Duration::ZERO;
        let now = Timestamp::now();
        assert_eq!(one.look(&first, now), Ok(Look::Waiting));
        // While it imports, the lease has run out by the second one's clock, which takes it over.
        let (program, holder, asked) = (second.clone(), two.holder.clone(), AtomicBool::new(false));
        first.subscribe(Box::new(move |event| {
            if matches!(event, AppEvent::Task { .. }) && !asked.swap(true, Ordering::SeqCst) {
                let later = after(Timestamp::now(), 600);
                let taken = program.shop().write(|db| leases::acquire(db, LEASE, &holder, later, LEASE_SECONDS));
                assert_eq!(taken, Ok(true));
            }
            // Each step takes as long as that of a large file.
            std::thread::sleep(Duration::from_millis(50));
        }));
        let took = one.look(&first, after(now, 1)).expect("an end of its own is no failure");
        let Look::Took(some) = took else { panic!("{took:?}") };
        assert!(some < FILES, "{some} of {FILES} were taken");
        assert_eq!(imported(&second).len(), some, "all that came in is noted, and nothing more");
        assert_eq!(set_now(&second.shop().read()).map(|set| set.on), Ok(true), "nobody switched it off");
        let now = after(Timestamp::now(), 601);
        assert_eq!(two.look(&second, now), Ok(Look::Waiting));
        assert_eq!(two.look(&second, after(now, 1)), Ok(Look::Took(FILES - some)));
        let mut names = imported(&first);
        assert_eq!(names.len(), FILES);
        names.dedup();
        assert_eq!(names.len(), FILES, "none came in twice");
    }
}
