//! Where a file goes that a command writes: to its path, or for `-` to standard output.

use std::path::Path;

use signwright_app::{CallError, files};

use crate::output::Output;

/// Has `write` make the file at `path`. For `-` it is made aside, with the ending `kind`, and copied to standard output.
/// Gives what `write` gave, `None` in place of it when standard output is taken by the file.
pub(super) fn written<T>(
    path: &Path,
    kind: &str,
    output: &Output,
    write: impl FnOnce(&Path) -> Result<T, CallError>,
) -> Result<Written<T>, CallError> {
    if path.as_os_str() != "-" {
        return write(path).map(Written::File);
    }
    let aside = std::env::temp_dir();
    let aside = tempfile::tempdir_in(&aside).map_err(|cause| {
        CallError::new(signwright_app::Code::UnreadableFile, format!("cannot write in {}: {cause}", aside.display()))
    })?;
    let file = aside.path().join(format!("out.{kind}"));
    let answer = write(&file)?;
    output.document(&files::read(&file)?);
    Ok(Written::Shown(answer))
}

/// What is known of a file once it is written.
pub(super) enum Written<T> {
    File(T),
    /// It stands on standard output, where nothing else may stand.
    Shown(T),
}
