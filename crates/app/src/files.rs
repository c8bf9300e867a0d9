//! Files that users name: folders opened up, sizes limited, hashes taken.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::{CallError, Code};

/// Larger files are refused before they are read.
pub const LARGEST_FILE: u64 = 200 * MB;
/// A text of rows is read piece by piece; the shop can keep a little more than this in one place.
const LARGEST_TEXT: u64 = 900 * MB;
const MB: u64 = 1024 * 1024;

const IMPORTABLE: &[&str] =
    &["pdf", "csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "json", "jsonl", "ndjson", "parquet"];

/// The files named, with folders replaced by the files in them that can be imported, in the order of their names.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CallError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            walk(path, &mut files)?;
            if files.len() == before {
                return Err(unreadable(path, "the folder holds nothing that can be imported")
                    .hint("PDF, CSV, XLSX, XLS, ODS, JSON and Parquet files are read."));
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn walk(dir: &Path, files: &mut Vec<PathBuf>) -> Result<(), CallError> {
    let entries = fs::read_dir(dir).map_err(|cause| unreadable(dir, cause))?;
    let mut paths =
        entries.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>().map_err(|cause| unreadable(dir, cause))?;
    paths.sort();
    for path in paths {
        // A link could lead in circles; what it points to is imported when it is named itself.
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            walk(&path, files)?;
        } else if importable(&path) {
            files.push(path);
        }
    }
    Ok(())
}

pub(crate) fn importable(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| IMPORTABLE.contains(&extension.as_str()))
}

/// Reads a whole file that a user named.
pub fn read(path: &Path) -> Result<Vec<u8>, CallError> {
    let about = fs::metadata(path).map_err(|cause| unreadable(path, cause))?;
    if about.is_dir() {
        return Err(unreadable(path, "it is a folder, not a file"));
    }
    let largest = if is_text_table(path) { LARGEST_TEXT } else { LARGEST_FILE };
    if about.len() > largest {
        let (size, largest) = (about.len() / MB, largest / MB);
        return Err(unreadable(path, format!("it has {size} MB, more than the limit of {largest} MB")));
    }
    fs::read(path).map_err(|cause| unreadable(path, cause))
}

fn is_text_table(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "csv" | "tsv" | "txt"))
}

/// Refuses to write over a shop: nothing that is exported may take its place, whatever name was typed.
pub(crate) fn may_replace(path: &Path) -> Result<(), CallError> {
    let mut head = [0_u8; 16];
    let is_shop = fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && head.starts_with(b"SQLite format 3");
    if is_shop {
        return Err(CallError::new(
            Code::Conflict,
            format!("{} is a shop file and is not written over", path.display()),
        )
        .hint("Choose another name."));
    }
    Ok(())
}

/// Refuses to write a result over the file it is made from.
pub(crate) fn not_over_input(input: &Path, output: &Path) -> Result<(), CallError> {
    let same = match (input.canonicalize(), output.canonicalize()) {
        (Ok(input), Ok(output)) => input == output,
        _ => false,
    };
    if same {
        return Err(CallError::new(Code::Conflict, format!("{} is read and would be written over", input.display()))
            .hint("Choose another name for the output."));
    }
    may_replace(output)
}

/// Writes a whole file by way of a temporary one beside it, so that a failure leaves what was there.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), CallError> {
    let failed = |cause: std::io::Error| unwritable(path, cause);
    may_replace(path)?;
    if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        fs::create_dir_all(dir).map_err(failed)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let unfinished = path.with_file_name(name);
    fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, path)).map_err(|cause| {
        let _ = fs::remove_file(&unfinished);
        failed(cause)
    })
}

pub(crate) fn unwritable(path: &Path, cause: impl ToString) -> CallError {
    CallError::new(Code::UnreadableFile, format!("cannot write {}: {}", path.display(), cause.to_string()))
        .hint("Choose another folder, or free some space.")
}

pub(crate) fn unreadable(path: &Path, cause: impl ToString) -> CallError {
    CallError::new(Code::UnreadableFile, format!("cannot read {}: {}", path.display(), cause.to_string()))
}

/// The name without its folders, for people.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
