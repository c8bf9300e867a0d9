//! Where a series may go: its history, and a fan of 80 and 95 % ranges around the forecast.

use jiff::civil::Date;
use signwright_domain::anomaly::SeriesAnomaly;
use signwright_domain::series::{Forecast, ForecastPoint, Point, Series};

use super::anomalies::{marks, series_axes};
use super::canvas::{Align, Canvas, Drawn, Type, sheet};
use super::scale::{Scale, day, drawable, extent, padded, value_label};
use crate::ReportError;
use crate::palette::{ACCENT, BAND_80, BAND_95, INK, INK_2, INK_3, LINE_STRONG};

pub(super) const WIDTH: u32 = 860;
pub(super) const HEIGHT: u32 = 360;
pub(super) const TOP: f64 = 52.0;
pub(super) const BOTTOM: f64 = HEIGHT as f64 - 38.0;

/// Everything that is drawn, with what cannot be drawn left out.
pub(super) struct Plot {
    pub(super) x: Scale,
    pub(super) y: Scale,
    pub(super) history: Vec<Point>,
}

impl Plot {
    pub(super) fn at(&self, ds: Date, y: f64) -> (f64, f64) {
        (self.x.at(day(ds)), self.y.at(y))
    }
}

/// The history of a series as a line, its anomalies as rings, its forecast as a fan. Values that are not finite are left
/// out; a series without any is an error.
pub fn fan_chart(series: &Series, forecast: &Forecast, anomalies: &[SeriesAnomaly]) -> Result<String, ReportError> {
    let history = finite(&series.points);
    let ahead: Vec<ForecastPoint> = forecast.points.iter().copied().filter(is_finite).collect();
    let (Some(first), Some(last)) = (history.first().copied(), history.last().copied()) else {
        return Err(ReportError::Nothing(format!("{} has no points", series.label)));
    };
    let end = ahead.last().map_or(last.ds, |point| point.ds);
    let values = history.iter().map(|p| p.y).chain(ahead.iter().flat_map(|p| [p.lo_95, p.hi_95, p.lo_80, p.hi_80]));
    let span = padded(extent(values).unwrap_or_default(), 0.06);
    let title = format!("{}: {} ahead", series.label, count(ahead.len()));
    sheet(WIDTH, HEIGHT, &title, |canvas| {
        canvas.heading(&series.label, &note(series, forecast, ahead.len()), f64::from(WIDTH) - 150.0)?;
        legend(canvas)?;
        let (left, y) = series_axes(canvas, span, &series.unit, (first.ds, end))?;
        let plot = Plot { x: Scale::new((day(first.ds), day(end)), (left, f64::from(WIDTH) - 84.0)), y, history };
        fan(canvas, &plot, last, &ahead, &series.unit)?;
        let line: Vec<_> = plot.history.iter().map(|p| plot.at(p.ds, p.y)).collect();
        canvas.path(&line, INK_2, 1.5)?;
        marks(canvas, &plot, anomalies)
    })
}

pub(super) fn finite(points: &[Point]) -> Vec<Point> {
    points.iter().copied().filter(|point| drawable(point.y)).collect()
}

fn is_finite(p: &ForecastPoint) -> bool {
    [p.yhat, p.lo_80, p.hi_80, p.lo_95, p.hi_95].into_iter().all(drawable)
}

fn count(steps: usize) -> String {
    if steps == 1 { "1 step".into() } else { format!("{steps} steps") }
}

fn note(series: &Series, forecast: &Forecast, steps: usize) -> String {
    let unit = if series.unit.is_empty() { String::new() } else { format!("{}; ", series.unit) };
    format!("{unit}next {} by {}", count(steps), forecast.method)
}

fn legend(canvas: &Canvas<'_>) -> Drawn {
    let style = Type::plain(11.0, INK_3);
    let right = f64::from(WIDTH) - 16.0;
    [("95 %", BAND_95, right), ("80 %", BAND_80, right - 58.0)].into_iter().try_for_each(|(words, colour, x)| {
        canvas.text(words, (x, 20.5), Align::Right, style)?;
        canvas.bar((x - 44.0, 15.5), (x - 32.0, 25.5), colour)
    })
}

/// The bands open at the last value that is known.
fn fan(canvas: &Canvas<'_>, plot: &Plot, last: Point, ahead: &[ForecastPoint], unit: &str) -> Drawn {
    let Some(end) = ahead.last() else { return Ok(()) };
    let start = plot.at(last.ds, last.y);
    let band = |low: fn(&ForecastPoint) -> f64, high: fn(&ForecastPoint) -> f64| {
        let up = ahead.iter().map(|p| plot.at(p.ds, high(p)));
        let down = ahead.iter().rev().map(|p| plot.at(p.ds, low(p)));
        std::iter::once(start).chain(up).chain(down).collect::<Vec<_>>()
    };
    canvas.polygon(&band(|p| p.lo_95, |p| p.hi_95), BAND_95)?;
    canvas.polygon(&band(|p| p.lo_80, |p| p.hi_80), BAND_80)?;
    canvas.dashed(start.0, TOP - 8.0, BOTTOM, LINE_STRONG)?;
    canvas.text("known until here", (start.0 - 6.0, TOP - 6.0), Align::Right, Type::plain(11.0, INK_3))?;
    let line: Vec<_> = std::iter::once(start).chain(ahead.iter().map(|p| plot.at(p.ds, p.yhat))).collect();
    canvas.path(&line, ACCENT, 2.0)?;
    let (x, y) = plot.at(end.ds, end.yhat);
    canvas.text(&value_label(end.yhat, unit), (x + 7.0, y), Align::Left, Type::bold(11.5, INK))
}
