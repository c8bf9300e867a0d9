//! The open shop and what runs on it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use signwright_store::{Shop, StoreError};
use ts_rs::TS;

use crate::anomalies::Looking;
use crate::assemblies::Shelf;
use crate::estimates::Experience;
use crate::tasks::{TaskState, Tasks};
use crate::winning::Learned;
use crate::{Action, CallError, commands};

/// How an app is opened.
#[derive(Clone, Debug)]
pub struct AppOptions {
    /// The shop file; made when it is missing.
    pub shop: PathBuf,
    /// The executable that serves as document worker: our own.
    pub worker: PathBuf,
    /// Who is written into the event log.
    pub user: String,
    /// Where the secrets of connections are kept.
    pub secrets: SecretsIn,
}

/// Where the secrets of connections are kept; never in the shop.
#[derive(Clone, Debug)]
pub enum SecretsIn {
    /// The keychain of the system; where it has none, an encrypted file in this folder.
    Keychain(Option<PathBuf>),
    /// An encrypted file in this folder.
    Folder(PathBuf),
}

/// What listeners are told. State is fetched, never carried, except that of a task.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AppEvent {
    Task {
        task: TaskState,
    },
    /// Something of this kind changed: `jobs`, `imports`, `quotes`, `models`, `estimates`, `settings`, `anomalies`,
    /// `alerts`, `outbox`, `assemblies`.
    Changed {
        what: String,
    },
    /// What a person is to be told who is not looking at the window. Nobody could fetch it later, so it carries its words.
    Notice {
        title: String,
        body: String,
    },
}

type Listener = Box<dyn Fn(&AppEvent) + Send + Sync>;

/// One open shop. Cheap to clone; all clones share it.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    shop: Shop,
    options: AppOptions,
    tasks: Tasks,
    listeners: Mutex<Vec<Listener>>,
    experience: Mutex<Option<Arc<Experience>>>,
    shelf: Mutex<Option<Arc<Shelf>>>,
    looking: Mutex<Option<Looking>>,
    stays: AtomicBool,
    chances: Learned,
    written: Mutex<BTreeMap<String, PathBuf>>,
}

impl App {
    /// Opens the shop, or makes it. The file is left untouched when it is not a shop of this or an older version.
    pub fn open(options: AppOptions) -> Result<Self, CallError> {
        let shop = match Shop::open(&options.shop, Timestamp::now()) {
            // What may not be written can still be looked at; each write says why it cannot be.
            Err(error @ StoreError::ReadOnly { .. }) if options.shop.is_file() => {
                Shop::open_to_read(&options.shop).map_err(|_| error)?
            }
            other => other?,
        };
        let inner = Inner {
            shop,
            options,
            tasks: Tasks::default(),
            listeners: Mutex::default(),
            experience: Mutex::default(),
            shelf: Mutex::default(),
            looking: Mutex::default(),
            stays: AtomicBool::new(false),
            chances: Learned::default(),
            written: Mutex::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The shop of a test, which lies in this folder with all that belongs to it.
    #[cfg(test)]
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let (shop, secrets) = (folder.join("shop.signwright"), SecretsIn::Folder(folder.join("secrets")));
        Self::open(AppOptions { shop, worker: PathBuf::new(), user: "tester".to_owned(), secrets }).expect("a shop")
    }

    /// Runs one command of the list by name.
    pub fn call(&self, command: &str, input: Value) -> Result<Value, CallError> {
        let action = Action::new(self, command, Timestamp::now());
        let started = std::time::Instant::now();
        let outcome = commands::dispatch(&action, command, input);
        let milliseconds = started.elapsed().as_millis() as u64;
        match &outcome {
            Ok(_) => tracing::info!(command, action = action.id, milliseconds, "done"),
            Err(error) => tracing::warn!(command, action = action.id, milliseconds, code = ?error.code, "failed"),
        }
        outcome
    }

    /// Tells `listener` of every task and change until the app is dropped.
    pub fn subscribe(&self, listener: Listener) {
        self.inner.listeners.lock().expect("listeners never panic while the list is locked").push(listener);
    }

    pub fn shop_path(&self) -> &Path {
        &self.inner.options.shop
    }

    pub fn options(&self) -> &AppOptions {
        &self.inner.options
    }

    /// An action for code that calls use cases directly rather than by name.
    pub fn action(&self, command: &str) -> Action {
        Action::new(self, command, Timestamp::now())
    }

    pub(crate) fn shop(&self) -> &Shop {
        &self.inner.shop
    }

    /// The file that a command of this process wrote under this id.
    pub fn written(&self, id: &str) -> Option<PathBuf> {
        self.inner.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(id).cloned()
    }

    pub(crate) fn remember_written(&self, id: &str, path: &Path) {
        let mut written = self.inner.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        written.insert(id.to_owned(), path.to_owned());
    }

    pub(crate) fn tasks(&self) -> &Tasks {
        &self.inner.tasks
    }

    /// Says that this process does not end with an answer, as a window does not: what takes long may go on behind it.
    pub fn stay(&self) {
        self.inner.stays.store(true, Ordering::Relaxed);
    }

    pub(crate) fn stays(&self) -> bool {
        self.inner.stays.load(Ordering::Relaxed)
    }

    pub(crate) fn looking(&self) -> &Mutex<Option<Looking>> {
        &self.inner.looking
    }

    pub(crate) fn experience_cache(&self) -> &Mutex<Option<Arc<Experience>>> {
        &self.inner.experience
    }

    pub(crate) fn shelf_cache(&self) -> &Mutex<Option<Arc<Shelf>>> {
        &self.inner.shelf
    }

    pub(crate) fn chances_cache(&self) -> &Learned {
        &self.inner.chances
    }

    pub(crate) fn emit(&self, event: &AppEvent) {
        for listener in self.inner.listeners.lock().expect("listeners never panic while the list is locked").iter() {
            listener(event);
        }
    }

    pub(crate) fn changed(&self, what: &str) {
        self.emit(&AppEvent::Changed { what: what.to_owned() });
    }

    /// A reference that does not keep the shop open.
    pub(crate) fn downgrade(&self) -> WeakApp {
        WeakApp(Arc::downgrade(&self.inner))
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("shop", &self.inner.options.shop).finish_non_exhaustive()
    }
}

/// A reference that does not keep the shop open.
#[derive(Clone, Debug)]
pub(crate) struct WeakApp(Weak<Inner>);

impl WeakApp {
    pub(crate) fn upgrade(&self) -> Option<App> {
        self.0.upgrade().map(|inner| App { inner })
    }
}
