//! One file, from its path to what became of it.

use std::path::Path;

use signwright_domain::Task;
use signwright_domain::record::{ReadState, Reject};
use signwright_store::imports::{Import, ImportState};
use signwright_store::{documents, imports, settings, sha256};

use super::how::{self, ImportHow};
use super::reading::{self, Reading, ReadingState, looks_like_pdf, read_file};
use super::refused::Refused;
use super::{Counts, FileOutcome, keep, suspect, table};
use crate::worker::Reader;
use crate::{Action, CallError, files, review};

/// Imports one file. What is wrong with the file is its outcome; an error is what stops the whole import: a cancelled
/// task, or a shop that cannot be written.
pub(super) fn import(
    action: &Action,
    reader: &Reader,
    task: &Task,
    path: &Path,
    how: &ImportHow,
    progress: (u64, u64),
) -> Result<FileOutcome, CallError> {
    let bytes = match files::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Ok(outcome(path, "unreadable", Some(error.message))),
    };
    if same_file(path, action.shop_path()) {
        return Ok(outcome(path, "refused", Some("this is the open shop itself".to_owned())));
    }
    import_bytes(action, reader, task, path, bytes, how, progress)
}

/// Imports what stands in a file of this name.
pub(super) fn import_bytes(
    action: &Action,
    reader: &Reader,
    task: &Task,
    path: &Path,
    bytes: Vec<u8>,
    how: &ImportHow,
    progress: (u64, u64),
) -> Result<FileOutcome, CallError> {
    let sha256 = sha256(&bytes);
    let is_table = table::media_type(path).is_some() && !looks_like_pdf(&bytes);
    // A file is read once more where it was said how.
    let again = is_table && how.is_said();
    let before = imports::find_by_document(&action.shop().read(), &sha256)?.into_iter().next();
    // A locked document is the same file with its password, and another document to us.
    let locked = before.as_ref().filter(|import| import.state == ImportState::NeedsPassword && reader.has_password());
    let failed = before.as_ref().filter(|import| import.state.is_failed() && how.retry).or(locked);
    if let (Some(before), None, false) = (&before, failed, again) {
        return Ok(seen_before(path, before));
    }
    let currency = settings::currency(&action.shop().read())?;
    let seen = keep::Seen { path, bytes: &bytes, sha256: &sha256, progress };
    let mut reading = if is_table {
        let (mapping, profiles) = {
            let db = action.shop().read();
            let said = how::mapping(&db, how)?;
            // Corrected rows are read as the file they come from was.
            let before = table::brings_back(&bytes).map(|import| imports::get(&db, import)).transpose()?.flatten();
            (said.or_else(|| table::mapping_as_sheet(&before?)), how::own(&db)?)
        };
        // Whoever says what a table is sees its columns, also while its key still has none.
        let sketch = how.dry_run && how.mapping.as_ref().is_some_and(|said| said.kind.is_some());
        match table::open(path, &bytes, currency, mapping.as_ref(), &profiles, sketch) {
            Ok(tables) => return table::import(action, task, &seen, tables, how, failed.map(|import| import.id)),
            Err(error) => reading::refused(error.to_reject()),
        }
    } else {
        read_file(reader, task, path, &bytes, currency)?
    };
    if let (Some(before), true) = (locked, is_still_locked(&reading)) {
        return Ok(FileOutcome { message: note(&reading), ..seen_before(path, before) });
    }
    // What still cannot be read is kept once, and its outcome is that of today.
    if let Some(before) = failed.filter(|_| reading.state.stored(&reading.parsed).is_failed()) {
        let now = outcome(path, reading.state.word(), note(&reading));
        return Ok(FileOutcome { before: Some(before.id), kind: reading.kind.clone(), ..now });
    }
    review::by_layout(&action.shop().read(), &mut reading, currency)?;
    let warnings = suspect::note(&mut reading, action.today());
    // A dry run does everything and then lets go of it.
    let (import_id, counts) = keep::keep(action, &seen, &reading, how.dry_run)?;
    if let (Some(before), Some(_)) = (locked, import_id) {
        keep::unlocked(action, before)?;
    } else if let (Some(before), Some(_)) = (failed, import_id) {
        keep::read_since(action, before, &reading)?;
    }
    let mut refused = Refused::default();
    reading.parsed.rejects.iter().for_each(|reject| refused.add(reject));
    Ok(FileOutcome {
        import_id,
        counts,
        kind: reading.kind.clone(),
        warnings,
        refused: refused.groups(),
        ..outcome(path, reading.state.word(), note(&reading))
    })
}

fn is_still_locked(reading: &Reading) -> bool {
    reading.state == ReadingState::Document(ReadState::NeedsPassword)
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn outcome(path: &Path, state: &str, message: Option<String>) -> FileOutcome {
    let file = files::name(path);
    let (tables, refused) = (Vec::new(), Vec::new());
    let (state, warnings) = (state.to_owned(), Vec::new());
    let counts = Counts::default();
    FileOutcome {
        file,
        import_id: None,
        before: None,
        state,
        kind: None,
        counts,
        message,
        warnings,
        flags: Vec::new(),
        flagged: 0,
        tables,
        refused,
    }
}

/// The same bytes change nothing, whatever the file is called now.
fn seen_before(path: &Path, before: &Import) -> FileOutcome {
    let message = format!("the same file was imported before as {}; nothing was changed", before.file_name);
    let unchanged = before.counts.created + before.counts.updated + before.counts.unchanged;
    let counts = Counts { unchanged, rejected: 0, ..Counts::default() };
    FileOutcome {
        before: Some(before.id),
        counts,
        kind: before.kind.clone(),
        ..outcome(path, "seen_before", Some(message))
    }
}

fn note(reading: &Reading) -> Option<String> {
    if reading.message.is_some() {
        return reading.message.clone();
    }
    let failed = reading.parsed.checks.iter().find(|check| !check.passed())?;
    Some(format!("{}: off by {}", failed.name, failed.difference()))
}

/// Reads a kept document again and stores what the reader of today makes of it under its first import. Gives the
/// rejects that came up; `None` where nothing of it could be read.
pub(crate) fn read_again(action: &Action, task: &Task, document: &str) -> Result<Option<Vec<Reject>>, CallError> {
    let (info, bytes, import) = {
        let db = action.shop().read();
        let missing = || CallError::not_found(format!("document with SHA-256 {document}"));
        let info = documents::info(&db, document)?.ok_or_else(missing)?;
        let bytes = documents::bytes(&db, document)?.ok_or_else(missing)?;
        let import = imports::find_by_document(&db, document)?.into_iter().next_back().ok_or_else(missing)?;
        (info, bytes, import)
    };
    let currency = settings::currency(&action.shop().read())?;
    let mut reading = match table::media_type(Path::new(&info.name)).filter(|_| !looks_like_pdf(&bytes)) {
        Some(media_type) => {
            let (said, profiles) = {
                let db = action.shop().read();
                // As it was read last; a mapping that took nothing is none.
                let known = imports::find_by_document(&db, document)?;
                let mut took = known.iter().filter(|one| one.state != ImportState::Refused);
                (took.find_map(table::mapping_of), how::own(&db)?)
            };
            reading::table(Path::new(&info.name), &bytes, media_type, currency, said.as_ref(), &profiles)
        }
        None => {
            let reader = Reader::new(&action.options().worker, None);
            read_file(&reader, task, Path::new(&info.name), &bytes, currency)?
        }
    };
    review::by_layout(&action.shop().read(), &mut reading, currency)?;
    review::keep_corrections(&action.shop().read(), document, &mut reading)?;
    suspect::note(&mut reading, action.today());
    keep::keep_again(action, &import, document, &reading)?;
    let is_read = !reading.parsed.records.is_empty() || reading.found.draft.is_some();
    Ok(is_read.then_some(reading.parsed.rejects))
}
