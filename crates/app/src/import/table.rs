//! A table into the shop, some rows at a time, in one transaction: a long file needs no more memory than a short one.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::record::Parsed;
use signwright_domain::sanity::Rules;
use signwright_domain::{Currency, Task};
use signwright_intake::{IntakeError, Mapping, Options, Tables, Understood};
use signwright_store::imports::ImportState;
use signwright_store::records::Forms;
use signwright_store::rejects::{self, RejectStatus};
use signwright_store::{Db, documents, imports, jobs};
use ts_rs::TS;

use super::corrected::Corrected;
use super::how::{self, ImportHow};
use super::keep::{self, Keeping, Rows, Seen};
use super::refused::Refused;
use super::suspect::Suspects;
use super::{FileOutcome, withdraw};
use crate::{Action, CallError, Code, audit, files, rules};

/// How one table of a file was understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TableOutcome {
    pub understood: Understood,
    /// The same as a mapping, to be changed and imported with.
    pub mapping: Mapping,
}

/// Nothing of the file was taken.
const REFUSED: &str = "refused";
/// So many rows are read and stored at a time: few enough that what they take is used again at once.
const ROWS: usize = 100;
/// So many such pieces are read ahead of what is stored.
const AHEAD: usize = 40;
/// How many rows it takes for progress to be told.
const STEP: u64 = 2000;

/// Files that are read as tables, by the ending of their name.
pub(super) fn media_type(path: &Path) -> Option<&'static str> {
    let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
    match extension.as_str() {
        "csv" | "tsv" | "txt" => Some("text/csv"),
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => Some("application/vnd.ms-excel"),
        "json" | "jsonl" | "ndjson" => Some("application/json"),
        "parquet" => Some("application/vnd.apache.parquet"),
        _ => None,
    }
}

/// Understands a table file. `mapping` was said, `profiles` are the shop's; a `sketch` shows also what lacks its key.
pub(super) fn open<'b>(
    path: &Path,
    bytes: &'b [u8],
    currency: Currency,
    mapping: Option<&Mapping>,
    profiles: &[Mapping],
    sketch: bool,
) -> Result<Tables<'b>, IntakeError> {
    let name = files::name(path);
    let options = Options { currency, mapping, profiles, sketch };
    if bytes.starts_with(b"PAR1") {
        super::parquet::open(&name, bytes, &options)
    } else {
        signwright_intake::open(&name, bytes, &options)
    }
}

/// Imports a table that was understood; a dry run does everything and then lets go of it. `failed` is an import of the same
/// bytes of which nothing came in: where that is so again, it is kept once, and the outcome is that of today.
pub(super) fn import(
    action: &Action,
    task: &Task,
    seen: &Seen<'_>,
    mut tables: Tables<'_>,
    how: &ImportHow,
    failed: Option<i64>,
) -> Result<FileOutcome, CallError> {
    let again = |outcome: &FileOutcome| failed.is_some() && outcome.state == REFUSED;
    let let_go = |outcome: &FileOutcome| how.dry_run || again(outcome);
    let outcome = keep::written(action, let_go, |db| write(db, action, task, seen, &mut tables, how))?;
    if again(&outcome) {
        return Ok(FileOutcome { import_id: None, before: failed, ..outcome });
    }
    Ok(FileOutcome { import_id: outcome.import_id.filter(|_| !how.dry_run), ..outcome })
}

fn write(
    db: &Db<'_>,
    action: &Action,
    task: &Task,
    seen: &Seen<'_>,
    tables: &mut Tables<'_>,
    how: &ImportHow,
) -> Result<FileOutcome, CallError> {
    let name = files::name(seen.path);
    let media_type = media_type(seen.path).unwrap_or("text/csv");
    documents::put(
        db,
        &documents::NewDocument { name: &name, media_type, bytes: seen.bytes, imported_at: action.now },
    )?;
    let user = &action.options().user;
    let new = imports::NewImport { sha256: Some(seen.sha256), file_name: &name, at: action.now, user };
    let import = imports::start(db, &new)?;
    let said = how::mapping(db, how)?;
    let mut keeping = Keeping::of(db, import, seen.sha256)?;
    let again = keeping.given.is_some();
    let closed = if again { rejects::close_of_document(db, seen.sha256)? } else { Vec::new() };
    let total: u32 = tables.understood().iter().map(|one| one.rows).sum();
    let (mut done, mut bulk) = (0_u64, None);
    let (corrected, rules) = (std::mem::take(&mut keeping.corrected), rules::in_force(db)?);
    let making = Making { today: action.today(), corrected: &corrected, rules: &rules };
    let Read { refused, suspects, first } = ahead(tables, &making, |rows| {
        if done.is_multiple_of(STEP) {
            let (file, files) = seen.progress;
            task.step(file, files, format!("reading {name}: row {done} of {total}"))?;
            match &mut bulk {
                Some(bulk) => jobs::bulk::go_on(db, bulk)?,
                None if jobs::bulk::is_worth(db, keeping.counts.changed(), u64::from(total))? => {
                    bulk = Some(jobs::bulk::begin(db)?);
                }
                None => {}
            }
        }
        done += ROWS as u64;
        keep::keep_rows(db, &mut keeping, &rules, &rows)
    })?;
    let counts = keeping.counts;
    // Before anything is taken back: the id of the newest job may be given again, and the search would not learn of it.
    if let Some(bulk) = bulk {
        jobs::bulk::end(db, bulk)?;
    }
    let (broken, took) = (tables.is_broken(), counts.created + counts.updated + counts.unchanged > 0);
    let mut taken_back = 0;
    if again && took && !broken {
        taken_back = withdraw::unsaid(db, &keeping)?;
    } else if again {
        // What was read before stays.
        rejects::reopen(db, &closed)?;
    }
    let corrected = tables.settled();
    settle(db, action, &name, &corrected)?;
    let tables: Vec<TableOutcome> = tables.understood().into_iter().map(|one| outcome_of(one, said.as_ref())).collect();
    if let (Some(name), Some(table), false) = (&how.save_profile, tables.first(), how.dry_run) {
        how::keep(db, action, name.trim(), &Mapping { name: Some(name.trim().to_owned()), ..table.mapping.clone() })?;
    }
    let (warnings, suspect) = suspects.told();
    let state = match (took, counts.rejected) {
        (false, _) => ImportState::Refused,
        (true, 0) if !broken => ImportState::Read,
        (true, _) => ImportState::PartlyRead,
    };
    let message = match took {
        false => Some(first.unwrap_or_else(|| "the file holds no rows".to_owned())),
        true if broken => Some("reading stopped before the end of the file".to_owned()),
        true => note(&tables, taken_back).or(suspect),
    };
    let kind = tables.first().and_then(|table| table.understood.kind).map(|kind| kind.label().to_owned());
    let ended = imports::Outcome {
        state,
        kind: kind.clone(),
        counts,
        checks: Vec::new(),
        understood: serde_json::to_value(&tables).ok(),
        message: message.clone(),
    };
    imports::finish(db, import, action.now, &ended)?;
    audit::record(db, action, &format!("import {import}"), None::<()>, &counts)?;
    Ok(FileOutcome {
        before: None,
        file: name,
        import_id: Some(import),
        state: if took { "read" } else { REFUSED }.to_owned(),
        kind,
        counts,
        message,
        warnings,
        flags: Vec::new(),
        flagged: 0,
        tables,
        refused: refused.groups(),
    })
}

/// What was seen while a table was read.
#[derive(Default)]
struct Read {
    refused: Refused,
    suspects: Suspects,
    /// Why the first row or cell was refused.
    first: Option<String>,
}

impl Read {
    fn add(&mut self, parsed: &Parsed, today: Date) {
        self.first = self.first.take().or_else(|| parsed.rejects.first().map(|reject| reject.message.clone()));
        parsed.rejects.iter().for_each(|reject| self.refused.add(reject));
        self.suspects.add(&parsed.records, today);
    }
}

/// What rows are made ready with.
struct Making<'m> {
    today: Date,
    corrected: &'m Corrected,
    rules: &'m Rules,
}

/// Reads on, and makes ready, while what was read is being stored.
fn ahead(
    tables: &mut Tables<'_>,
    making: &Making<'_>,
    mut store: impl FnMut(Rows) -> Result<(), CallError>,
) -> Result<Read, CallError> {
    std::thread::scope(|scope| {
        let (send, receive) = std::sync::mpsc::sync_channel(AHEAD);
        let reading = scope.spawn(move || {
            let (mut read, mut forms) = (Read::default(), Forms::default());
            while let Some(mut parsed) = tables.next(ROWS) {
                read.add(&parsed, making.today);
                making.corrected.keep_in(&mut parsed.records);
                // Nobody listens any more where storing failed.
                if send.send(Rows::of(parsed, &mut forms, making.rules)).is_err() {
                    break;
                }
            }
            read
        });
        receive.into_iter().try_for_each(|rows| store(rows?))?;
        reading.join().map_err(|_| CallError::new(Code::Internal, "reading the table failed"))
    })
}

/// Closes the rejects whose rows came back whole.
fn settle(db: &Db<'_>, action: &Action, file: &str, corrected: &[i64]) -> Result<(), CallError> {
    for id in corrected {
        let open = rejects::get(db, *id)?.is_some_and(|reject| reject.status == RejectStatus::Open);
        if open {
            rejects::set_status(db, *id, RejectStatus::Fixed, Some(&format!("corrected in {file}")))?;
            audit::record(db, action, &format!("reject {id}"), Some("open"), &"fixed")?;
        }
    }
    Ok(())
}

fn outcome_of(understood: Understood, said: Option<&Mapping>) -> TableOutcome {
    TableOutcome { mapping: understood.to_mapping(said), understood }
}

/// The name of the column that says which rejects a corrected row settles.
pub(crate) fn settles(import: i64) -> String {
    format!("{} (import {import})", signwright_intake::table::SETTLES)
}

/// The import whose refused rows a file brings back, by the name of that column.
pub(super) fn brings_back(bytes: &[u8]) -> Option<i64> {
    let head = String::from_utf8_lossy(bytes.get(..1 << 16).unwrap_or(bytes)).into_owned();
    let from = head.find(signwright_intake::table::SETTLES)?;
    let name = head.get(from..)?.lines().next()?;
    let (_, rest) = name.split_once("(import ")?;
    rest.split(')').next()?.parse().ok()
}

/// A header, and rows by their number.
pub(crate) type Standing = (Vec<String>, BTreeMap<u32, Vec<String>>);

/// The header of a kept table and some of its rows.
pub(crate) fn rows_as_they_stand(
    db: &Db<'_>,
    import: &imports::Import,
    bytes: &[u8],
    currency: Currency,
    sheet: Option<&str>,
    wanted: &HashSet<u32>,
) -> Result<Standing, CallError> {
    let (said, profiles) = (mapping_of(import), how::own(db)?);
    let tables = open(Path::new(&import.file_name), bytes, currency, said.as_ref(), &profiles, false);
    Ok(tables.map(|tables| tables.rows_as_they_stand(sheet, wanted)).unwrap_or_default())
}

/// The mapping that a kept import was read with.
pub(super) fn mapping_of(import: &imports::Import) -> Option<Mapping> {
    let tables: Vec<TableOutcome> = serde_json::from_value(import.understood.clone()?).ok()?;
    Some(tables.into_iter().next()?.mapping)
}

/// The same for its corrected rows, which stand in a plain sheet of their own.
pub(super) fn mapping_as_sheet(import: &imports::Import) -> Option<Mapping> {
    mapping_of(import).map(Mapping::about_content_and_columns)
}

fn note(tables: &[TableOutcome], taken_back: usize) -> Option<String> {
    let first = &tables.first()?.understood;
    let mut notes: Vec<String> = Vec::new();
    if tables.len() > 1 {
        notes.push(format!("{} sheets were read", tables.len()));
    }
    if !first.sheets_not_read.is_empty() {
        notes.push(format!("sheets without a known table: {}", first.sheets_not_read.join(", ")));
    }
    match taken_back {
        0 => {}
        1 => notes.push("1 record of the earlier reading is taken back".to_owned()),
        more => notes.push(format!("{more} records of the earlier reading are taken back")),
    }
    (!notes.is_empty()).then(|| notes.join("; "))
}
