//! `anomalies`.

use signwright_app::anomalies::{Anomalies, JobAnomaly, SeriesFinding, look_for_anomalies};
use signwright_app::tables::{RowsScored, row_anomalies, series_anomalies};
use signwright_app::{App, CallError};

use super::forecast::{tell, written_text};
use super::{action, destination, shown};
use crate::arguments;
use crate::output::{Output, table, word};

pub(super) fn file(input: &arguments::Anomalies, output: &Output) -> Result<(), CallError> {
    let (Some(file), Some(out)) = (&input.input, &input.output) else {
        return Err(CallError::invalid("a file is examined into a file: give --input and --output"));
    };
    match (input.series, input.table) {
        (true, _) => {
            let task = shown(output);
            let written = destination::written(out, "csv", output, |out| series_anomalies(&task, file, out))?;
            tell(written, output, written_text);
        }
        (false, true) => {
            let written = destination::written(out, "csv", output, |out| row_anomalies(file, out))?;
            tell(written, output, scored_text);
        }
        (false, false) => {
            return Err(CallError::invalid("say what the file holds: --series or --table"));
        }
    }
    Ok(())
}

fn scored_text(scored: &RowsScored) -> String {
    format!(
        "{}\n{} of them are anomalies (severity medium or high): a score of {} or more, and a field at least {} robust \
         standard deviations away from the rows nearest to it",
        written_text(&scored.written),
        scored.anomalies,
        scored.from_score,
        scored.from_deviations
    )
}

pub(super) fn shop(app: &App, output: &Output) -> Result<(), CallError> {
    output.result(&look_for_anomalies(&action(app, "anomalies"), &shown(output))?, anomalies_text);
    Ok(())
}

pub(super) fn anomalies_text(found: &Anomalies) -> String {
    if found.jobs_examined == 0 && found.series_examined == 0 {
        return "there is nothing to look at yet: no finished job, and no series that is long enough\n\
                Import finished jobs or material prices first: signwright import FILE."
            .to_owned();
    }
    let examined = format!("{} finished jobs and {} series were looked at", found.jobs_examined, found.series_examined);
    let open_jobs: Vec<&JobAnomaly> = found.jobs.iter().filter(|found| found.is_open()).collect();
    let open_series: Vec<&SeriesFinding> = found.series.iter().filter(|found| found.is_open()).collect();
    let judged = found.jobs.len() + found.series.len() - open_jobs.len() - open_series.len();
    if found.jobs.is_empty() && found.series.is_empty() {
        return format!("{examined}: everything fits");
    }
    let row = |found: &&JobAnomaly| {
        vec![
            found.number.clone(),
            word(&found.anomaly.kind),
            word(&found.anomaly.severity),
            found.anomaly.explanation.clone(),
        ]
    };
    let jobs: Vec<_> = open_jobs.iter().map(row).collect();
    let series = open_series.iter().map(|found| {
        let anomaly = &found.anomaly;
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
    if judged > 0 {
        text.push(format!(
            "{judged} more are confirmed, dismissed, or set aside like those that were; --json has them"
        ));
    }
    text.push(format!("{examined}: {} jobs and {} values of series do not fit", jobs.len(), series.len()));
    text.join("\n\n")
}
