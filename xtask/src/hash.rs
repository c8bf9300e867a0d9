//! One number for the content of many files: it tells whether something has to be built again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// Every file below `folder`, sorted, without the folders of these names. None if there is no such folder.
pub(crate) fn files_under(folder: &Path, without: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_type()?.is_dir() {
                files.push(entry.path());
            } else if !without.iter().any(|name| entry.file_name() == *name) {
                folders.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Of the names (below `folder`) and contents of the files, in hexadecimal.
pub(crate) fn of_files(folder: &Path, files: &[PathBuf]) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let name = file.strip_prefix(folder).unwrap_or(file);
        for part in name.components() {
            part.as_os_str().hash(&mut hasher);
        }
        fs::read(file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}
