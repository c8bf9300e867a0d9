//! Files in: read, checked, kept once, merged into jobs, with everything refused kept and repairable.

mod columns;
mod corrected;
mod file;
mod how;
mod keep;
mod labour;
mod merge;
mod parquet;
mod reading;
mod refused;
mod share;
mod suspect;
mod table;
mod unlock;
mod withdraw;
mod work;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::record::Record;
use signwright_intake::Mapping;
use signwright_store::rejects::RejectQuery;
use signwright_store::{documents, imports, records};
use ts_rs::TS;

use crate::rules::{self, JobFlag};
use crate::tasks::{self, TaskStarted};
use crate::worker::Reader;
use crate::{Action, CallError, files, models};

pub use signwright_store::imports::{Counts, Import};
pub use signwright_store::rejects::StoredReject;

pub use columns::{FieldsOf, MapImport, apply_mapping, list_fields, try_mapping};
pub use how::{
    ImportHow, SaveTableProfile, TableProfile, TableProfileRef, list_table_profiles, read_mapping,
    remove_table_profile, save_table_profile,
};
pub use refused::RefusedGroup;
pub use share::{ExportTableProfile, ImportTableProfile, export_table_profile, import_table_profile};
pub use signwright_intake::table::ColumnUse;
pub use table::TableOutcome;
pub(crate) use table::{Standing, rows_as_they_stand, settles};
pub use unlock::{UnlockImport, unlock_import};

pub(crate) use file::read_again;
pub(crate) use keep::keep_learned;
pub(crate) use merge::chosen;
pub use reading::{Reading, extract, read_file};
pub(crate) use work::{of_records, sources};

/// Files and folders to import.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StartImport {
    pub files: Vec<String>,
    #[serde(flatten)]
    pub how: ImportHow,
}

/// How many imports to list.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ListImports {
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Names an import.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ImportRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FileOutcome {
    pub file: String,
    /// The import it was kept as; `None` for a dry run, a file seen before, and one that could not be opened.
    #[ts(type = "number | null")]
    pub import_id: Option<i64>,
    /// Of a file seen before, the import that it was kept as then.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub before: Option<i64>,
    /// `read`, `partly_read`, `no_text_layer`, `needs_password`, `damaged`, `too_large`, `refused`, `seen_before` or
    /// `unreadable` (the file could not be opened).
    pub state: String,
    pub kind: Option<String>,
    pub counts: Counts,
    /// What to know about it, in a sentence.
    pub message: Option<String>,
    /// Values that are kept as they stand but cannot be right, each with its place; the first 100.
    pub warnings: Vec<String>,
    /// Jobs that its records speak of and that the rules or their peers warn of; the first 100.
    #[serde(default)]
    pub flags: Vec<JobFlag>,
    #[serde(default)]
    #[ts(type = "number")]
    pub flagged: u64,
    /// How its tables were understood.
    #[serde(default)]
    pub tables: Vec<TableOutcome>,
    /// What was refused, by what repairs it.
    #[serde(default)]
    pub refused: Vec<RefusedGroup>,
}

/// What became of all files of one import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportReport {
    pub files: Vec<FileOutcome>,
    pub counts: Counts,
    pub dry_run: bool,
    pub seconds: f64,
    /// Why not all files are in: cancelled, or the shop could not be written. What is listed is in.
    pub stopped: Option<CallError>,
    /// Files named, read or not.
    pub named: u32,
}

/// One imported file in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportDetail {
    pub import: Import,
    /// The first 200 records.
    pub records: Vec<Record>,
    pub rejects: Vec<StoredReject>,
    /// Width and height of each page in points, for a PDF.
    pub page_sizes: Vec<[f64; 2]>,
    /// Jobs that its records speak of and that the rules or their peers warn of; the first 100.
    pub flags: Vec<JobFlag>,
    #[ts(type = "number")]
    pub flagged: u64,
}

const SHOWN_RECORDS: u32 = 200;
const SHOWN_REJECTS: u32 = 1000;

pub fn start_import(action: &Action, input: StartImport) -> Result<TaskStarted, CallError> {
    if input.files.is_empty() {
        return Err(CallError::invalid("no file was named"));
    }
    let paths: Vec<PathBuf> = input.files.iter().map(PathBuf::from).collect();
    let title = match paths.as_slice() {
        [one] => format!("Importing {}", files::name(one)),
        many => format!("Importing {} files", many.len()),
    };
    let action = action.clone();
    let (app, now) = (action.app.clone(), action.now);
    Ok(tasks::start(&app, &title, now, move |task| {
        let report = import_files(&action, task, &paths, input.how)?;
        watched(&action, &report);
        match &report.stopped {
            Some(error) => Err(error.clone()),
            None => Ok(report),
        }
    }))
}

/// Actual costs may have come in: the model is looked at in a task of its own. What is imported is in, whatever becomes of
/// that.
pub(crate) fn watched(action: &Action, report: &ImportReport) {
    let changed = report.counts.created + report.counts.updated > 0;
    if !changed || report.dry_run {
        return;
    }
    if let Err(error) = models::watch::after_import(action) {
        tracing::warn!(%error, "the model is not looked at");
    }
}

/// Imports every file in turn, each in one transaction. Cancelling, or a shop that can no longer be written, keeps the
/// files that are complete and says which.
pub fn import_files(
    action: &Action,
    task: &Task,
    paths: &[PathBuf],
    how: ImportHow,
) -> Result<ImportReport, CallError> {
    let started = Instant::now();
    let dry_run = how.dry_run;
    let reader = Reader::new(&action.options().worker, how.password.clone());
    // A profile that is not there is said before the first file is touched.
    how::mapping(&action.shop().read(), &how)?;
    let paths = files::expand(paths)?;
    let named = u32::try_from(paths.len()).unwrap_or(u32::MAX);
    let mut report =
        ImportReport { files: Vec::new(), counts: Counts::default(), dry_run, seconds: 0.0, stopped: None, named };
    for (done, path) in paths.iter().enumerate() {
        let step = format!("reading {}", files::name(path));
        let outcome = task
            .step(done as u64, paths.len() as u64, step)
            .map_err(CallError::from)
            .and_then(|()| file::import(action, &reader, task, path, &how, (done as u64, paths.len() as u64)));
        match outcome {
            Ok(outcome) => {
                add(&mut report.counts, outcome.counts);
                report.files.push(outcome);
            }
            Err(error) => {
                let hint = format!("{done} of {} files are in; the others were not touched.", paths.len());
                report.stopped = Some(error.hint(hint));
                break;
            }
        }
    }
    if !dry_run {
        action.forget_experience();
        action.changed("imports");
        // Which files are in stands, whatever becomes of the comparison.
        if let Err(error) = compare(action, task, &mut report.files) {
            report.stopped.get_or_insert(error);
        }
        action.changed("jobs");
    }
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// Imports a table that came in another way than as a file; it is kept as a document of this name.
pub(crate) fn import_table(
    action: &Action,
    task: &Task,
    name: &Path,
    bytes: Vec<u8>,
    mapping: Mapping,
) -> Result<ImportReport, CallError> {
    let started = Instant::now();
    let reader = Reader::new(&action.options().worker, None);
    let how = ImportHow { mapping: Some(mapping), ..ImportHow::default() };
    let outcome = file::import_bytes(action, &reader, task, name, bytes, &how, (0, 1))?;
    let mut report = ImportReport {
        counts: outcome.counts,
        files: vec![outcome],
        dry_run: false,
        seconds: 0.0,
        stopped: None,
        named: 1,
    };
    action.forget_experience();
    action.changed("imports");
    if let Err(error) = compare(action, task, &mut report.files) {
        report.stopped = Some(error);
    }
    action.changed("jobs");
    watched(action, &report);
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// What is unlike its peers shows when all files are in.
pub(super) fn compare(action: &Action, task: &Task, files: &mut [FileOutcome]) -> Result<(), CallError> {
    if files.iter().all(|file| file.import_id.is_none()) {
        return Ok(());
    }
    rules::settle(action, task)?;
    let db = action.shop().read();
    let mut told = HashSet::new();
    for file in files {
        if let Some(import) = file.import_id {
            (file.flagged, file.flags) = rules::of_import(&db, import)?;
            // A job that several of the files speak of is told once.
            let found = file.flags.len();
            file.flags.retain(|one| told.insert((one.job_id, one.flag.rule.clone(), one.flag.driver.clone())));
            file.flagged -= (found - file.flags.len()) as u64;
        }
    }
    Ok(())
}

fn add(sum: &mut Counts, counts: Counts) {
    sum.created += counts.created;
    sum.updated += counts.updated;
    sum.unchanged += counts.unchanged;
    sum.rejected += counts.rejected;
}

pub fn list_imports(action: &Action, input: ListImports) -> Result<Vec<Import>, CallError> {
    Ok(imports::list(&action.shop().read(), 0, input.limit.unwrap_or(200))?)
}

pub fn show_import(action: &Action, input: ImportRef) -> Result<ImportDetail, CallError> {
    let db = action.shop().read();
    let import =
        imports::get(&db, input.id)?.ok_or_else(|| CallError::not_found(format!("import with id {}", input.id)))?;
    let extraction = match &import.sha256 {
        Some(document) => documents::extraction(&db, document)?,
        None => None,
    };
    let (flagged, flags) = rules::of_import(&db, input.id)?;
    let records = records::list_by_import(&db, input.id, 0, SHOWN_RECORDS)?;
    let of_import =
        RejectQuery { status: None, import_id: Some(input.id), limit: SHOWN_REJECTS, ..RejectQuery::default() };
    Ok(ImportDetail {
        records: records.into_iter().map(|source| source.record).collect(),
        rejects: crate::rejects::listed(&db, &of_import)?,
        page_sizes: extraction.map(|extraction| extraction.page_sizes).unwrap_or_default(),
        import,
        flags,
        flagged,
    })
}
