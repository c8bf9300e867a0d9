//! `import`, `extract`, `rejects`.

use signwright_app::import::{
    ColumnUse, FileOutcome, ImportHow, ImportReport, TableOutcome, import_files, read_mapping,
};
use signwright_app::rejects::{
    DiscardReject, ExportRejects, FixReject, RejectQuery, RejectRef, RejectStatus, StoredReject, discard_reject,
    export_rejects, fix_reject, list_rejects, reopen_reject, retry_reject,
};
use signwright_app::{App, CallError, Code};
use signwright_domain::record::{Extraction, Place, ReadState};

use super::{action, executable, password, shown};
use crate::arguments::{Extract, Import, Rejects};
use crate::output::{Output, table, word};

pub(super) fn import(app: &App, input: &Import, output: &Output) -> Result<(), CallError> {
    let how = ImportHow {
        dry_run: input.dry_run,
        mapping: input.map.as_deref().map(read_mapping).transpose()?,
        profile: input.profile.clone(),
        save_profile: input.save_profile.clone(),
        password: password::given(input.password_stdin)?,
        retry: false,
    };
    let report = import_files(&action(app, "import"), &shown(output), &input.files, how)?;
    output.result(&report, report_text);
    if let Some(stopped) = report.stopped {
        return Err(stopped);
    }
    let unreadable: Vec<&FileOutcome> = report.files.iter().filter(|file| file.state == "unreadable").collect();
    match unreadable.first() {
        None => Ok(()),
        Some(first) => Err(CallError::new(
            Code::UnreadableFile,
            first.message.clone().unwrap_or_else(|| format!("cannot read {}", first.file)),
        )
        .hint(format!("{} of {} files could not be opened.", unreadable.len(), report.files.len()))),
    }
}

pub(super) fn report_text(report: &ImportReport) -> String {
    let rows: Vec<Vec<String>> = report.files.iter().map(row).collect();
    let header = ["file", "state", "kind", "created", "updated", "unchanged", "rejected", ""];
    let counts = report.counts;
    let total = format!(
        "{}{} files in {:.1} s: {} created, {} updated, {} unchanged, {} rejected",
        if report.dry_run { "dry run, nothing changed: " } else { "" },
        report.files.len(),
        report.seconds,
        counts.created,
        counts.updated,
        counts.unchanged,
        counts.rejected
    );
    let hint =
        if counts.rejected > 0 && !report.dry_run { "\nSee what was refused: signwright rejects list" } else { "" };
    let understood: String = report.files.iter().filter(|_| report.dry_run).map(understood_text).collect();
    let suspect: String = report.files.iter().filter(|file| file.warnings.len() > 1).map(suspect).collect();
    let flagged: String = report.files.iter().filter(|file| file.flagged > 0).map(flagged).collect();
    format!("{}\n{understood}{suspect}{flagged}\n{total}{hint}", table(&header, &rows, &[3, 4, 5, 6]))
}

/// So many are printed of each file; `rules check` lists them all.
const FLAGS_SHOWN: usize = 10;

/// Jobs that are in, but look like a slip.
fn flagged(file: &FileOutcome) -> String {
    let list = file.flags.iter().take(FLAGS_SHOWN);
    let list: String = list.map(|found| format!("  {}: {}\n", found.number, found.flag.message)).collect();
    let more = file.flagged.saturating_sub(FLAGS_SHOWN as u64);
    let more = if more > 0 { format!("  and {more} more: signwright rules check\n") } else { String::new() };
    format!("\n{}: jobs to look at:\n{list}{more}", file.file)
}

/// One that stands alone is in the file's row already.
fn suspect(file: &FileOutcome) -> String {
    let list: Vec<String> = file.warnings.iter().map(|warning| format!("  {warning}\n")).collect();
    format!("\n{}: kept as they stand, but they cannot be right:\n{}", file.file, list.concat())
}

/// How the tables of a file are understood, and what would be refused.
fn understood_text(file: &FileOutcome) -> String {
    let tables: String = file.tables.iter().map(|table| table_text(&file.file, table)).collect();
    let refused: Vec<Vec<String>> = file
        .refused
        .iter()
        .map(|group| {
            let example = group.examples.first().map(|reject| reject.message.clone()).unwrap_or_default();
            vec![group.count.to_string(), group.field.clone().unwrap_or_default(), example, group.repair.clone()]
        })
        .collect();
    match refused.is_empty() {
        true => tables,
        false => format!("{tables}\n{}\n", table(&["refused", "field", "such as", "what to do"], &refused, &[0])),
    }
}

fn table_text(file: &str, outcome: &TableOutcome) -> String {
    let understood = &outcome.understood;
    let said = [
        understood.sheet.as_ref().map(|sheet| format!("sheet {sheet}")),
        understood.profile.as_ref().map(|profile| format!("profile {profile}")),
        understood.encoding.clone(),
        understood.delimiter.map(|delimiter| format!("separated by {delimiter:?}")),
        Some(match understood.header_rows {
            2 => format!("header in rows {} and {}", understood.header_row, understood.header_row + 1),
            _ => format!("header in row {}", understood.header_row),
        }),
        understood.date_order.map(|order| format!("dates {}", word(&order))),
        understood.decimal_comma.then(|| "decimal comma".to_owned()),
        understood.key.is_empty().then(|| "no key: rows are known by their contents".to_owned()),
        (understood.set_aside_count > 0).then(|| format!("{} rows set aside", understood.set_aside_count)),
    ];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let row = |column: &ColumnUse| {
        let suggestions = column.suggestions.iter().map(|one| one.field.as_str()).collect::<Vec<_>>().join(" or ");
        let note = match (&column.note, suggestions.is_empty()) {
            (note, true) => note.clone().unwrap_or_default(),
            (_, false) => format!("not used; perhaps {suggestions}"),
        };
        let sure = if column.field.is_some() { format!("{:.2}", column.confidence) } else { String::new() };
        vec![column.header.clone(), column.field.clone().unwrap_or_default(), sure, column.samples.join(" | "), note]
    };
    let rows: Vec<Vec<String>> = understood.columns.iter().map(row).collect();
    format!("\n{file}: {said}\n{}\n", table(&["column", "field", "sure", "such as", ""], &rows, &[2]))
}

fn row(file: &FileOutcome) -> Vec<String> {
    let counts = file.counts;
    vec![
        file.file.clone(),
        file.state.replace('_', " "),
        file.kind.clone().unwrap_or_default(),
        counts.created.to_string(),
        counts.updated.to_string(),
        counts.unchanged.to_string(),
        counts.rejected.to_string(),
        file.message.clone().unwrap_or_default(),
    ]
}

pub(super) fn extract(input: &Extract, output: &Output) -> Result<(), CallError> {
    let read = |password| signwright_app::import::extract(&executable()?, &input.file, password);
    let mut extraction = read(password::given(input.password_stdin)?)?;
    if extraction.state == ReadState::NeedsPassword
        && !input.password_stdin
        && let Some(password) = password::asked(&input.file)?
    {
        extraction = read(Some(password))?;
    }
    let shown = document(&extraction, input.words);
    output.result(&shown, |_| extraction_text(&extraction));
    Ok(())
}

/// The document as product.md describes it: fields in a flat list, lines, tables as they stand, checks, and words on
/// request.
fn document(extraction: &Extraction, words: bool) -> serde_json::Value {
    let place = |at: &Place| match at {
        Place::Page { page, bbox } => serde_json::json!({ "page": page, "bbox": bbox }),
        Place::Cell { sheet, row, column } => serde_json::json!({ "sheet": sheet, "row": row, "column": column }),
    };
    let field = |(name, field): (&String, &signwright_domain::record::Field)| {
        let mut shown = serde_json::json!({
            "name": name, "value": field.value, "raw": field.raw, "confidence": field.confidence,
            "accepted": field.confidence >= signwright_domain::record::ACCEPT, "found_by": field.found_by,
        });
        if let (Some(shown), Some(at)) = (shown.as_object_mut(), place(&field.at).as_object()) {
            shown.extend(at.clone());
        }
        shown
    };
    let records = &extraction.parsed.records;
    let fields: Vec<_> = records.iter().flat_map(|record| &record.fields).map(field).collect();
    let line = |line: &signwright_domain::record::RecordLine| serde_json::json!({ "section": line.section, "fields": line.fields.iter().map(field).collect::<Vec<_>>() });
    let lines: Vec<_> = records.iter().flat_map(|record| &record.lines).map(line).collect();
    let check = |check: &signwright_domain::record::Check| {
        serde_json::json!({
            "name": check.name, "printed": check.printed, "computed": check.computed,
            "difference": check.difference(), "passed": check.passed(),
        })
    };
    let mut shown = serde_json::json!({
        "state": extraction.state, "kind": extraction.kind, "layout": extraction.layout, "pages": extraction.pages,
        "message": extraction.message, "agreement": extraction.agreement, "fields": fields, "lines": lines,
        "tables": extraction.tables, "pairs": extraction.pairs, "checks": extraction.parsed.checks.iter().map(check).collect::<Vec<_>>(),
        "rejects": extraction.parsed.rejects,
    });
    if let (true, Some(shown)) = (words, shown.as_object_mut()) {
        shown.insert("words".to_owned(), serde_json::json!(extraction.words));
    }
    shown
}

fn extraction_text(extraction: &Extraction) -> String {
    let mut lines = vec![format!(
        "{}, {} pages, {} words{}",
        word(&extraction.state),
        extraction.pages,
        extraction.words.len(),
        extraction.message.as_ref().map_or(String::new(), |message| format!(": {message}"))
    )];
    for record in &extraction.parsed.records {
        lines.push(format!("{} {} ({} lines)", record.kind.label(), record.key, record.lines.len()));
        let rows: Vec<Vec<String>> = record
            .fields
            .iter()
            .map(|(name, field)| {
                vec![name.clone(), field.value.to_string(), format!("{:.2}", field.confidence), field.at.to_string()]
            })
            .collect();
        lines.push(table(&["field", "value", "sure", "where"], &rows, &[2]));
    }
    for found in &extraction.tables {
        let pages: std::collections::BTreeSet<u32> =
            found.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.page).collect();
        let pages = pages.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        lines.push(format!("table of {} rows and {} columns, page {pages}", found.rows.len(), found.columns.len()));
    }
    for check in &extraction.parsed.checks {
        let verdict = if check.passed() { "ok".to_owned() } else { format!("off by {}", check.difference()) };
        lines.push(format!("check: {}: {verdict}", check.name));
    }
    for reject in &extraction.parsed.rejects {
        lines.push(format!("refused: {}", reject.message));
    }
    lines.join("\n")
}

pub(super) fn rejects(app: &App, input: &Rejects, output: &Output) -> Result<(), CallError> {
    let action = action(app, "rejects");
    match input {
        Rejects::List { all } => {
            let status = (!all).then_some(RejectStatus::Open);
            let query = RejectQuery { status, limit: 10_000, ..RejectQuery::default() };
            output.result(&list_rejects(&action, query)?, |rejects| rejects_text(rejects));
        }
        Rejects::Export { folder } => {
            let input = ExportRejects { folder: Some(folder.display().to_string()), import_id: None };
            output.result(&export_rejects(&action, input)?, |sheets| match sheets.as_slice() {
                [] => "no row of a table is refused".to_owned(),
                sheets => sheets
                    .iter()
                    .map(|sheet| format!("{} ({} rows)", sheet.file, sheet.rows))
                    .collect::<Vec<_>>()
                    .join("\n"),
            });
        }
        Rejects::Fix { id, value } => {
            let fixed = fix_reject(&action, FixReject { id: *id, value: value.clone() })?;
            output.result(&fixed, |reject| format!("reject {} is fixed with \"{value}\"", reject.id));
        }
        Rejects::Retry { id } => {
            let report = retry_reject(&action, &shown(output), *id)?;
            output.result(&report, |reject| match reject.status {
                RejectStatus::Open => format!("reject {} was read again and is refused as before", reject.id),
                RejectStatus::Fixed | RejectStatus::Discarded => {
                    format!("reject {} was read again and is settled", reject.id)
                }
            });
        }
        Rejects::Discard { id, note } => {
            let discarded = discard_reject(&action, DiscardReject { id: *id, note: note.clone() })?;
            output.result(&discarded, |reject| format!("reject {} is discarded", reject.id));
        }
        Rejects::Reopen { id } => {
            let reopened = reopen_reject(&action, RejectRef { id: *id })?;
            output.result(&reopened, |reject| format!("reject {} is open again", reject.id));
        }
    }
    Ok(())
}

fn rejects_text(rejects: &[StoredReject]) -> String {
    if rejects.is_empty() {
        return "nothing is refused".to_owned();
    }
    let row = |stored: &StoredReject| {
        let reject = &stored.reject;
        vec![
            stored.id.to_string(),
            stored.file_name.clone(),
            reject.place.as_ref().map_or(String::new(), ToString::to_string),
            reject.field.clone().unwrap_or_default(),
            reject.message.clone(),
        ]
    };
    table(&["id", "file", "where", "field", "why"], &rejects.iter().map(row).collect::<Vec<_>>(), &[0])
}
