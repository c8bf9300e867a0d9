//! `anomalies`.

use signwright_app::anomalies::{Anomalies, JobAnomaly, find_anomalies};
use signwright_app::commands::Nothing;
use signwright_app::tables::{row_anomalies, series_anomalies};
use signwright_app::{App, CallError};

use super::forecast::written_text;
use super::{action, shown};
use crate::arguments;
use crate::output::{Output, table, word};

pub(super) fn file(input: &arguments::Anomalies, output: &Output) -> Result<(), CallError> {
    let (Some(file), Some(out)) = (&input.input, &input.output) else {
        return Err(CallError::invalid("a file is examined into a file: give --input and --output"));
    };
    let written = match (input.series, input.table) {
        (true, _) => series_anomalies(&shown(output), file, out)?,
        (false, true) => row_anomalies(file, out)?,
        (false, false) => {
            return Err(CallError::invalid("say what the file holds: --series or --table"));
        }
    };
    output.result(&written, written_text);
    Ok(())
}

pub(super) fn shop(app: &App, output: &Output) -> Result<(), CallError> {
    output.result(&find_anomalies(&action(app, "anomalies"), Nothing {})?, anomalies_text);
    Ok(())
}

pub(super) fn anomalies_text(found: &Anomalies) -> String {
    if found.jobs.is_empty() && found.series.is_empty() {
        return "everything fits".to_owned();
    }
    let row = |found: &JobAnomaly| {
        vec![
            found.number.clone(),
            word(&found.anomaly.kind),
            word(&found.anomaly.severity),
            found.anomaly.explanation.clone(),
        ]
    };
    let jobs: Vec<_> = found.jobs.iter().map(row).collect();
    let series = found.series.iter().map(|anomaly| {
        vec![
            anomaly.series.clone(),
            anomaly.start.strftime("%Y-%m").to_string(),
            word(&anomaly.kind),
            word(&anomaly.severity),
            anomaly.explanation.clone(),
        ]
    });
    let series: Vec<_> = series.collect();
    let mut text = Vec::new();
    if !jobs.is_empty() {
        text.push(table(&["job", "kind", "severity", "why"], &jobs, &[]));
    }
    if !series.is_empty() {
        text.push(table(&["series", "month", "kind", "severity", "why"], &series, &[]));
    }
    text.join("\n\n")
}
