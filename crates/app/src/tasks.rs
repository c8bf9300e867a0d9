//! Running tasks: started by a command, watched by events, asked for by id, kept until the program ends.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use signwright_domain::Task;
use signwright_domain::task::Progress;
use ts_rs::TS;

use crate::{App, AppEvent, CallError, Code};

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskRunState {
    Running,
    Done,
    Failed,
    Cancelled,
}

/// A task as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TaskState {
    #[ts(type = "number")]
    pub id: u64,
    pub title: String,
    /// Begun by the program and not by a person, whom its end need not be told.
    pub unasked: bool,
    pub state: TaskRunState,
    pub progress: Progress,
    /// What the work gave back; its shape depends on what was started.
    #[ts(type = "unknown")]
    pub result: Option<Value>,
    pub error: Option<CallError>,
    #[ts(type = "string")]
    pub started_at: Timestamp,
}

/// The id of work that was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskStarted {
    #[ts(type = "number")]
    pub task_id: u64,
}

/// Names a task.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct TaskRef {
    #[ts(type = "number")]
    pub id: u64,
}

/// The tasks of this process. Beyond a hundred, the oldest that have ended are dropped.
#[derive(Debug, Default)]
pub(crate) struct Tasks {
    entries: Mutex<BTreeMap<u64, (TaskState, Task)>>,
}

const KEPT: usize = 100;

impl Tasks {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, (TaskState, Task)>> {
        self.entries.lock().expect("a thread never panics while it holds the list of tasks")
    }

    pub(crate) fn list(&self) -> Vec<TaskState> {
        self.lock().values().rev().map(|(state, _)| state.clone()).collect()
    }

    pub(crate) fn get(&self, id: u64) -> Option<TaskState> {
        self.lock().get(&id).map(|(state, _)| state.clone())
    }

    pub(crate) fn cancel(&self, id: u64) -> bool {
        self.lock().get(&id).inspect(|(_, task)| task.cancel()).is_some()
    }

    fn add(&self, new: NewTask<'_>, task: impl FnOnce(u64) -> Task) -> (TaskState, Task) {
        let mut entries = self.lock();
        let id = entries.keys().next_back().map_or(1, |last| last + 1);
        while entries.len() >= KEPT {
            let ended = entries.iter().find(|(_, (state, _))| state.state != TaskRunState::Running).map(|(id, _)| *id);
            let Some(ended) = ended else { break };
            entries.remove(&ended);
        }
        let progress = Progress { done: 0, total: 0, step: "starting".to_owned() };
        let state = TaskState {
            id,
            title: new.title.to_owned(),
            unasked: new.unasked,
            state: TaskRunState::Running,
            progress,
            result: None,
            error: None,
            started_at: new.now,
        };
        let task = task(id);
        entries.insert(id, (state.clone(), task.clone()));
        (state, task)
    }

    fn update(&self, id: u64, change: impl FnOnce(&mut TaskState)) -> Option<TaskState> {
        let mut entries = self.lock();
        let (state, _) = entries.get_mut(&id)?;
        change(state);
        Some(state.clone())
    }
}

/// What is begun, when, and whether nobody asked for it.
pub(crate) struct NewTask<'a> {
    pub(crate) title: &'a str,
    pub(crate) unasked: bool,
    /// What is told to have changed once it has ended, well or not.
    pub(crate) changes: Option<&'static str>,
    pub(crate) now: Timestamp,
}

/// Runs what somebody asked for on a thread of its own and tells every listener how it goes.
pub(crate) fn start<T: Serialize>(
    app: &App,
    title: &str,
    now: Timestamp,
    work: impl FnOnce(&Task) -> Result<T, CallError> + Send + 'static,
) -> TaskStarted {
    begin(app, NewTask { title, unasked: false, changes: None, now }, work)
}

/// The same, also for what nobody asked for.
pub(crate) fn begin<T: Serialize>(
    app: &App,
    new: NewTask<'_>,
    work: impl FnOnce(&Task) -> Result<T, CallError> + Send + 'static,
) -> TaskStarted {
    let (app, changes) = (app.clone(), new.changes);
    let (state, task) = app.tasks().add(new, |id| reporting(&app, id));
    app.emit(&AppEvent::Task { task: state.clone() });
    std::thread::spawn(move || {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&task)))
            .unwrap_or_else(|_| Err(CallError::new(Code::Internal, "the work stopped unexpectedly")));
        finish(&app, state.id, outcome);
        if let Some(what) = changes {
            app.changed(what);
        }
    });
    TaskStarted { task_id: state.id }
}

fn reporting(app: &App, id: u64) -> Task {
    let app = app.downgrade();
    Task::new(move |progress| {
        let Some(app) = app.upgrade() else { return };
        if let Some(task) = app.tasks().update(id, |state| state.progress = progress) {
            app.emit(&AppEvent::Task { task });
        }
    })
}

fn finish<T: Serialize>(app: &App, id: u64, outcome: Result<T, CallError>) {
    let outcome = outcome.and_then(|value| {
        serde_json::to_value(value).map_err(|error| CallError::new(Code::Internal, error.to_string()))
    });
    let task = app.tasks().update(id, |state| match outcome {
        Ok(value) => {
            state.state = TaskRunState::Done;
            state.result = Some(value);
        }
        Err(error) => {
            state.state = if error.code == Code::Cancelled { TaskRunState::Cancelled } else { TaskRunState::Failed };
            state.error = Some(error);
        }
    });
    if let Some(task) = task {
        app.emit(&AppEvent::Task { task });
    }
}
