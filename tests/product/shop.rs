//! A shop of its own for one test, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{json, text};

/// The shop file and everything that the test puts beside it.
pub(crate) struct Shop {
    pub(crate) dir: tempfile::TempDir,
}

impl Shop {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("dir") }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.dir.path().join("shop.signwright")
    }

    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::write(&path, content).expect("write");
        path
    }

    /// What a command that succeeds prints as JSON.
    pub(crate) fn run(&self, arguments: &[&str]) -> Value {
        json(&[&["--shop", text(&self.file())], arguments].concat())
    }

    /// What became of one file.
    pub(crate) fn import(&self, path: &Path) -> Value {
        self.import_with(&[text(path)])
    }

    /// The same with options before the file.
    pub(crate) fn import_with(&self, more: &[&str]) -> Value {
        self.run(&[&["import"], more].concat())["files"][0].clone()
    }

    pub(crate) fn rejects(&self) -> Vec<Value> {
        self.run(&["rejects", "list"]).as_array().expect("list").clone()
    }
}
