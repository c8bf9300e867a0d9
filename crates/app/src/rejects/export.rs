//! The refused rows of each file as a spreadsheet with the file's own columns, to be corrected there and imported again.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use signwright_connect::export::repair::{RefusedRow, repair_sheet};
use signwright_domain::record::Place;
use signwright_store::rejects::{self, RejectQuery, RejectStatus, StoredReject};
use signwright_store::{documents, imports, settings};
use ts_rs::TS;

use crate::import::Standing;
use crate::shop::{FileWritten, target, written};
use crate::{Action, CallError, Code, audit, import};

/// Where the spreadsheets go.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportRejects {
    /// Without it the exports folder beside the shop.
    #[serde(default)]
    pub folder: Option<String>,
    /// Only those of one import.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub import_id: Option<i64>,
}

/// One spreadsheet that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RejectSheet {
    /// By which a browser asks for it.
    pub id: String,
    pub file: String,
    pub rows: u32,
}

const AT_MOST: u32 = 100_000;

/// Rejects of documents have no row and stay where they are.
pub fn export_rejects(action: &Action, input: ExportRejects) -> Result<Vec<RejectSheet>, CallError> {
    let query = RejectQuery {
        status: Some(RejectStatus::Open),
        import_id: input.import_id,
        limit: AT_MOST,
        ..RejectQuery::default()
    };
    let open = rejects::list(&action.shop().read(), &query)?;
    let mut sheets: BTreeMap<(i64, Option<String>), Vec<StoredReject>> = BTreeMap::new();
    for reject in open {
        if let Some(Place::Cell { sheet, .. }) = &reject.reject.place {
            sheets.entry((reject.import_id, sheet.clone())).or_default().push(reject);
        }
    }
    let mut made = Vec::new();
    for ((import, sheet), rejects) in sheets {
        made.extend(export(action, input.folder.as_deref(), import, sheet.as_deref(), &rejects)?);
    }
    action.shop().write(|db| audit::record(db, action, "rejects", None::<()>, &made))?;
    Ok(made)
}

fn export(
    action: &Action,
    folder: Option<&str>,
    import: i64,
    sheet: Option<&str>,
    rejects: &[StoredReject],
) -> Result<Option<RejectSheet>, CallError> {
    let mut by_row: BTreeMap<u32, Vec<&StoredReject>> = BTreeMap::new();
    for reject in rejects {
        if let Some(Place::Cell { row, .. }) = &reject.reject.place {
            by_row.entry(*row).or_default().push(reject);
        }
    }
    let (header, cells) = rows(action, import, sheet, &by_row.keys().copied().collect())?;
    let row = |(number, rejects): (&u32, &Vec<&StoredReject>)| RefusedRow {
        cells: cells.get(number).cloned().unwrap_or_default(),
        rejects: rejects.iter().map(|reject| reject.id).collect(),
        why: rejects.iter().map(|reject| reject.reject.message.as_str()).collect::<Vec<_>>().join("; "),
    };
    let refused: Vec<RefusedRow> = by_row.iter().map(row).filter(|row| !row.cells.is_empty()).collect();
    if refused.is_empty() {
        return Ok(None);
    }
    let bytes = repair_sheet(&header, &import::settles(import), &refused)
        .map_err(|error| CallError::new(Code::Internal, error.to_string()))?;
    let name = name(rejects.first().map_or("", |first| &first.file_name), import, sheet);
    let path = match folder.filter(|folder| !folder.trim().is_empty()) {
        Some(folder) => Path::new(folder).join(name),
        None => target(action, None, &name),
    };
    let FileWritten { id, path, .. } = written(action, &path, &bytes)?;
    Ok(Some(RejectSheet { id, file: path, rows: refused.len() as u32 }))
}

/// The header of a table and some of its rows, as they stand in the kept file.
fn rows(action: &Action, import: i64, sheet: Option<&str>, wanted: &HashSet<u32>) -> Result<Standing, CallError> {
    let db = action.shop().read();
    let kept = imports::get(&db, import)?;
    let document = kept.as_ref().and_then(|import| import.sha256.clone());
    let (Some(kept), Some(document)) = (kept, document) else { return Ok(Standing::default()) };
    let Some(bytes) = documents::bytes(&db, &document)? else { return Ok(Standing::default()) };
    let currency = settings::currency(&db)?;
    import::rows_as_they_stand(&db, &kept, &bytes, currency, sheet, wanted)
}

fn name(file: &str, import: i64, sheet: Option<&str>) -> String {
    let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let plain = |text: &str| -> String {
        text.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | ' ') { c } else { '_' }).collect()
    };
    let sheet = sheet.map(|sheet| format!(" {}", plain(sheet))).unwrap_or_default();
    format!("{}{sheet} refused {import}.csv", plain(&stem))
}
