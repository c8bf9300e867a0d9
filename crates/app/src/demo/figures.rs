//! The figures and the owner's sheet that the demo leaves beside its shop.

use std::path::Path;

use signwright_domain::card::Model;
use signwright_domain::estimate::Estimate;
use signwright_report::documents::estimate as on_paper;
use signwright_report::figures::{anomaly_chart, card_scores, fan_chart, range_bar, waterfall};

use crate::documents::{By, letterhead, printed};
use crate::forecasts::SeriesForecast;
use crate::{Action, CallError, files};

pub(super) fn write(
    action: &Action,
    dir: &Path,
    model: &Model,
    estimate: &Estimate,
    forecast: &SeriesForecast,
) -> Result<Vec<String>, CallError> {
    let SeriesForecast { series, forecast, anomalies } = forecast;
    let mut written = Vec::new();
    let mut put = |name: &str, bytes: &[u8]| {
        let path = dir.join(name);
        written.push(path.display().to_string());
        files::write(&path, bytes)
    };
    put("estimate-range.svg", range_bar(estimate)?.as_bytes())?;
    if !estimate.contributions.is_empty() {
        put("estimate-drivers.svg", waterfall(estimate)?.as_bytes())?;
    }
    put("model-scores.svg", card_scores(&model.card)?.as_bytes())?;
    put("forecast.svg", fan_chart(series, forecast, anomalies)?.as_bytes())?;
    put("anomalies.svg", anomaly_chart(series, anomalies)?.as_bytes())?;
    put("estimate.pdf", &printed(action, on_paper(estimate, &letterhead(action)?)?, By::Shop)?)?;
    Ok(written)
}
