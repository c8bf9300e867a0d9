//! `forecast`.

use serde::Serialize;
use signwright_app::commands::Nothing;
use signwright_app::forecasts::{ForecastSeries, SeriesForecast, forecast_series};
use signwright_app::series::{MeasureInfo, SeriesInfo, list_measures, list_series};
use signwright_app::tables::{TableWritten, forecast_file, write_forecasts};
use signwright_app::{App, CallError};

use super::destination::{self, Written};
use super::{action, shown};
use crate::arguments::Forecast;
use crate::output::{Output, table};

pub(super) fn file(input: &Forecast, output: &Output) -> Result<(), CallError> {
    let (Some(file), Some(out)) = (&input.input, &input.output) else {
        return Err(CallError::invalid("a file is forecast into a file: give --input and --output"));
    };
    let task = shown(output);
    let written =
        destination::written(out, "csv", output, |out| forecast_file(&task, file, input.horizon as usize, out))?;
    tell(written, output, written_text);
    Ok(())
}

/// What was written, or, where that is on standard output itself, only its notes.
pub(super) fn tell<T: Serialize + AsRef<TableWritten>>(
    written: Written<T>,
    output: &Output,
    text: impl FnOnce(&T) -> String,
) {
    match written {
        Written::File(written) => {
            if output.is_json() {
                written.as_ref().notes.iter().for_each(|note| output.warning(note));
            }
            output.result(&written, text);
        }
        Written::Shown(written) => written.as_ref().notes.iter().for_each(|note| output.warning(note)),
    }
}

pub(super) fn written_text(written: &TableWritten) -> String {
    let mut text: Vec<String> = written.notes.iter().map(|note| format!("note: {note}")).collect();
    text.push(format!("{} rows written to {}", written.rows, written.path));
    text.join("\n")
}

pub(super) fn shop(app: &App, input: &Forecast, output: &Output) -> Result<(), CallError> {
    let action = action(app, "forecast");
    match &input.series {
        None => {
            let (series, measures) = (list_series(&action, Nothing {})?, list_measures(&action, Nothing {})?);
            output.result(&series, |series| format!("{}\n\n{}", list_text(series), measures_text(&measures)));
        }
        Some(name) => {
            let request = ForecastSeries { name: name.clone(), horizon: Some(input.horizon), with: input.with.clone() };
            let answer = forecast_series(&action, request)?;
            if let Some(file) = &input.output {
                let written = destination::written(file, "csv", output, |file| {
                    write_forecasts(std::slice::from_ref(&answer.forecast), file, Vec::new())
                })?;
                match written {
                    Written::File(written) => output.note(&written_text(&written)),
                    Written::Shown(_) => return Ok(()),
                }
            }
            output.result(&answer, forecast_text);
        }
    }
    Ok(())
}

fn list_text(series: &[SeriesInfo]) -> String {
    let row = |one: &SeriesInfo| {
        let last = one.last.map_or(String::new(), |last| format!("{last:.2}"));
        vec![one.name.clone(), one.label.clone(), one.unit.clone(), one.points.to_string(), last]
    };
    table(&["series", "label", "unit", "points", "last"], &series.iter().map(row).collect::<Vec<_>>(), &[3, 4])
}

/// What a measure can be split by; of each column the most frequent level as an example.
fn measures_text(measures: &[MeasureInfo]) -> String {
    let split = |measure: &MeasureInfo| {
        let columns = measure.by.iter().map(|by| {
            let example = by.levels.first().map_or(String::new(), |level| format!("={}", level.level));
            format!("/{}{example}", by.column)
        });
        columns.collect::<Vec<_>>().join(", ")
    };
    let rows: Vec<_> = measures
        .iter()
        .filter(|measure| !measure.by.is_empty())
        .map(|measure| vec![measure.name.clone(), measure.ways.join(", "), split(measure)])
        .collect();
    if rows.is_empty() {
        return "Measures can be split once there are finished jobs.".to_owned();
    }
    let all = table(&["measure", "as ~", "of one level, such as"], &rows, &[]);
    format!("{all}\n\nA name is MEASURE@PERIOD~WAY/COLUMN=LEVEL; see signwright forecast --help.")
}

pub(super) fn forecast_text(answer: &SeriesForecast) -> String {
    let forecast = &answer.forecast;
    let number = |x: f64| format!("{x:.2}");
    let points = forecast.points.iter().map(|p| {
        vec![p.ds.to_string(), number(p.yhat), number(p.lo_80), number(p.hi_80), number(p.lo_95), number(p.hi_95)]
    });
    let points = table(
        &["month", "forecast", "80 % low", "high", "95 % low", "high"],
        &points.collect::<Vec<_>>(),
        &[1, 2, 3, 4, 5],
    );
    let percent = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.1} %"));
    let share = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{:.0} %", x * 100.0));
    let scores = forecast.backtest.iter().map(|score| {
        let mase = score.mase.map_or("-".to_owned(), number);
        let weight = if score.weight > 0.0 { number(score.weight) } else { "-".to_owned() };
        vec![score.method.clone(), weight, percent(score.mape), mase, share(score.held_80), share(score.held_95)]
    });
    let header = ["method", "weight", "MAPE", "MASE", "80 % held", "95 % held"];
    let scores = table(&header, &scores.collect::<Vec<_>>(), &[1, 2, 3, 4, 5]);
    let mut text = vec![format!("{} ({}), by {}", answer.series.label, answer.series.unit, forecast.method), points];
    text.push(format!("how well it would have done from {} past origins:\n{scores}", forecast.origins));
    text.extend(forecast.notes.iter().map(|note| format!("note: {note}")));
    text.extend(
        answer
            .anomalies
            .iter()
            .map(|anomaly| format!("does not fit: {}: {}", anomaly.start.strftime("%Y-%m"), anomaly.explanation)),
    );
    text.join("\n\n")
}
