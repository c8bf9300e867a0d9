//! Anomalies in the series or rows of a file.

use std::path::Path;

use serde::Serialize;
use signwright_domain::Task;
use signwright_domain::anomaly::{AnomalySeverity, RowAnomaly, SeriesAnomaly};
use signwright_forecast::anomalies::{FROM_DEVIATIONS, FROM_SCORE, NumberColumn, in_series, in_table};
use signwright_lake::{Column, Columns, Frame, write_table};

use super::{TableWritten, data, open, series};
use crate::{CallError, Code, files};
use signwright_learn::ColumnData;

/// Scores that were written, and from where on they mean something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RowsScored {
    #[serde(flatten)]
    pub written: TableWritten,
    /// A row is an anomaly (severity `medium` or `high`) from this score ...
    pub from_score: f64,
    /// ... where its field is also this many robust standard deviations away from the rows nearest to it.
    pub from_deviations: f64,
    /// How many rows are.
    pub anomalies: usize,
}

impl AsRef<TableWritten> for RowsScored {
    fn as_ref(&self) -> &TableWritten {
        &self.written
    }
}

/// Writes `unique_id, start, end, kind, score, severity, expected, detectors, explanation`, one row per anomaly.
pub fn series_anomalies(task: &Task, input: &Path, output: &Path) -> Result<TableWritten, CallError> {
    files::not_over_input(input, output)?;
    let (series, mut notes) = series::read(input)?;
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for (done, one) in series.iter().enumerate() {
        task.step(done as u64, series.len() as u64, &one.name)?;
        match in_series(one) {
            Ok(anomalies) => found.extend(anomalies),
            Err(error) => failed.push(format!("{}: {error}", one.name)),
        }
    }
    if failed.len() == series.len() {
        let why = failed.first().map_or("the file holds no series", String::as_str);
        return Err(CallError::new(Code::NotEnoughData, format!("no series can be examined: {why}")));
    }
    notes.extend(failed);
    write_table(&series_frame(&found)?, output)?;
    Ok(TableWritten { path: output.display().to_string(), rows: found.len(), notes })
}

fn series_frame(found: &[SeriesAnomaly]) -> Result<Frame, CallError> {
    let text = |pick: &dyn Fn(&SeriesAnomaly) -> String| Columns::Text(found.iter().map(|a| Some(pick(a))).collect());
    Ok(Frame::new(vec![
        Column::new("unique_id", text(&|a| a.series.clone())),
        Column::new("start", Columns::Date(found.iter().map(|a| Some(a.start)).collect())),
        Column::new("end", Columns::Date(found.iter().map(|a| Some(a.end)).collect())),
        Column::new("kind", text(&|a| word(&a.kind))),
        Column::new("score", Columns::Number(found.iter().map(|a| Some(a.score)).collect())),
        Column::new("severity", text(&|a| word(&a.severity))),
        Column::new("expected", Columns::Number(found.iter().map(|a| Some(a.expected)).collect())),
        Column::new("detectors", text(&|a| a.detectors.join("+"))),
        Column::new("explanation", text(&|a| a.explanation.clone())),
    ])?)
}

/// Writes `row, score, severity, field, expected, detectors, explanation`, one row per input row. Columns that hold no
/// numbers are left out and named in the notes.
pub fn row_anomalies(input: &Path, output: &Path) -> Result<RowsScored, CallError> {
    files::not_over_input(input, output)?;
    let (frame, mut notes) = open(input)?;
    let mut columns = Vec::new();
    for column in frame.columns() {
        match data(&column.values) {
            ColumnData::Number(values) => columns.push(NumberColumn { name: column.name.clone(), values }),
            ColumnData::Category(_) => {
                notes.push(format!("column \"{}\" holds no numbers and is left out", column.name))
            }
        }
    }
    let found = in_table(&columns)?;
    write_table(&row_frame(&found)?, output)?;
    let anomalies = found.iter().filter(|row| row.severity != AnomalySeverity::Low).count();
    let written = TableWritten { path: output.display().to_string(), rows: found.len(), notes };
    Ok(RowsScored { written, from_score: FROM_SCORE, from_deviations: FROM_DEVIATIONS, anomalies })
}

fn row_frame(found: &[RowAnomaly]) -> Result<Frame, CallError> {
    let text = |pick: &dyn Fn(&RowAnomaly) -> String| Columns::Text(found.iter().map(|a| Some(pick(a))).collect());
    Ok(Frame::new(vec![
        Column::new("row", Columns::Integer(found.iter().map(|a| Some(i64::from(a.row))).collect())),
        Column::new("score", Columns::Number(found.iter().map(|a| Some(a.score)).collect())),
        Column::new("severity", text(&|a| word(&a.severity))),
        Column::new("field", text(&|a| a.field.clone())),
        Column::new("expected", text(&|a| a.expected.clone())),
        Column::new("detectors", text(&|a| a.detectors.join("+"))),
        Column::new("explanation", text(&|a| a.explanation.clone())),
    ])?)
}

/// The JSON word of an enum without fields: `level`, `high`.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}
