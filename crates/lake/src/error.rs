//! What can go wrong between columns and files.

use std::path::{Path, PathBuf};

/// Why a frame was not made, read or written.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    #[error("column \"{column}\" has {found} values where the others have {expected}")]
    Length { column: String, expected: usize, found: usize },
    #[error("there are two columns named \"{0}\"")]
    Doubled(String),
    #[error(
        "column \"{column}\" is of type {kind}, which is not understood; save it as numbers, text, dates or yes/no"
    )]
    Kind { column: String, kind: String },
    #[error("no column named \"{0}\"")]
    Missing(String),
    #[error("cannot {doing} {path}: {cause}")]
    File { doing: &'static str, path: PathBuf, cause: String },
    #[error("the aggregation failed: {0}")]
    Aggregation(String),
}

impl LakeError {
    pub(crate) fn file(doing: &'static str, path: &Path, cause: impl ToString) -> Self {
        Self::File { doing, path: path.to_owned(), cause: cause.to_string() }
    }
}
