//! Forecasts for every series of a file.

use std::path::Path;

use signwright_domain::Task;
use signwright_domain::series::{Forecast, ForecastPoint, Series};
use signwright_lake::{Column, Columns, Frame, write_table};

use super::{TableWritten, series};
use crate::{CallError, Code, files};

/// Writes `unique_id, ds, yhat, lo-80, hi-80, lo-95, hi-95, method`. A series that cannot be forecast is named in the
/// notes and the others are written; when none can, that is an error.
pub fn forecast_file(task: &Task, input: &Path, horizon: usize, output: &Path) -> Result<TableWritten, CallError> {
    files::not_over_input(input, output)?;
    let (series, mut notes) = series::read(input)?;
    let mut failed = Vec::new();
    let mut forecasts = Vec::new();
    for (one, outcome) in series.iter().zip(signwright_forecast::forecast_many(task, &series, horizon)) {
        match outcome {
            Ok(forecast) => forecasts.push(forecast),
            Err(error) => failed.push(format!("{}: {error}", one.name)),
        }
    }
    task.step(1, 1, "writing")?;
    if forecasts.is_empty() {
        let why = failed.first().map_or("the file holds no series", String::as_str);
        return Err(CallError::new(Code::NotEnoughData, format!("no series can be forecast: {why}")));
    }
    notes.extend(failed);
    notes.extend(filled(&series));
    notes.extend(of_series(&forecasts));
    write_forecasts(&forecasts, output, notes)
}

/// How many values of the file were made up to have one in every period.
fn filled(series: &[Series]) -> Option<String> {
    let gaps: Vec<usize> = series.iter().map(signwright_forecast::gaps).filter(|gaps| *gaps > 0).collect();
    let (all, of) = (gaps.iter().sum::<usize>(), gaps.len());
    (all > 0).then(|| format!("{all} missing periods in {of} of {} series were filled by straight lines", series.len()))
}

/// What was done about each series; of many only the first.
fn of_series(forecasts: &[Forecast]) -> Vec<String> {
    let noted = |forecast: &Forecast| {
        let name = forecast.name.clone();
        forecast.notes.clone().into_iter().map(move |note| format!("{name}: {note}"))
    };
    let mut notes: Vec<String> = forecasts.iter().flat_map(noted).collect();
    if notes.len() > SHOWN_NOTES {
        let more = notes.len() - SHOWN_NOTES;
        notes.truncate(SHOWN_NOTES);
        notes.push(format!("and {more} more notes on single series"));
    }
    notes
}

/// Notes on single series that are told one by one.
const SHOWN_NOTES: usize = 30;

/// Writes forecasts in the same columns.
pub fn write_forecasts(forecasts: &[Forecast], output: &Path, notes: Vec<String>) -> Result<TableWritten, CallError> {
    files::may_replace(output)?;
    let frame = frame(forecasts)?;
    write_table(&frame, output)?;
    Ok(TableWritten { path: output.display().to_string(), rows: frame.rows(), notes })
}

fn frame(forecasts: &[Forecast]) -> Result<Frame, CallError> {
    let rows: Vec<(&Forecast, &ForecastPoint)> =
        forecasts.iter().flat_map(|forecast| forecast.points.iter().map(move |point| (forecast, point))).collect();
    let text = |pick: fn(&Forecast) -> &str| {
        Columns::Text(rows.iter().map(|(forecast, _)| Some(pick(forecast).to_owned())).collect())
    };
    let number =
        |pick: fn(&ForecastPoint) -> f64| Columns::Number(rows.iter().map(|(_, point)| Some(pick(point))).collect());
    Ok(Frame::new(vec![
        Column::new("unique_id", text(|forecast| &forecast.name)),
        Column::new("ds", Columns::Date(rows.iter().map(|(_, point)| Some(point.ds)).collect())),
        Column::new("yhat", number(|point| point.yhat)),
        Column::new("lo-80", number(|point| point.lo_80)),
        Column::new("hi-80", number(|point| point.hi_80)),
        Column::new("lo-95", number(|point| point.lo_95)),
        Column::new("hi-95", number(|point| point.hi_95)),
        Column::new("method", text(|forecast| &forecast.method)),
    ])?)
}
