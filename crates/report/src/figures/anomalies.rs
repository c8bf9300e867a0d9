//! What does not fit in a series: rings on the values, a shade over longer stretches, a dash where the value was expected.

use jiff::civil::Date;
use signwright_domain::anomaly::{AnomalyKind, AnomalySeverity, SeriesAnomaly};
use signwright_domain::series::Series;

use super::canvas::{Align, Canvas, Drawn, Type, sheet};
use super::fan::{BOTTOM, HEIGHT, Plot, TOP, WIDTH, finite};
use super::scale::{Scale, date_ticks, day, drawable, extent, padded, step, tick_label, ticks};
use crate::ReportError;
use crate::palette::{BAD, BAD_SOFT, INK, INK_2, INK_3, LINE, WARN, WARN_SOFT};

const SMALL: Type = Type::plain(11.0, INK_3);
/// So many anomalies are named; the others keep their ring.
const NAMED: usize = 8;

/// A series with what does not fit in it. A series without finite values is an error.
pub fn anomaly_chart(series: &Series, anomalies: &[SeriesAnomaly]) -> Result<String, ReportError> {
    let history = finite(&series.points);
    let (Some(first), Some(last)) = (history.first().copied(), history.last().copied()) else {
        return Err(ReportError::Nothing(format!("{} has no points", series.label)));
    };
    let expected = anomalies.iter().map(|anomaly| anomaly.expected);
    let span = padded(extent(history.iter().map(|p| p.y).chain(expected)).unwrap_or_default(), 0.1);
    let note = match anomalies.len() {
        0 => "nothing that does not fit".to_owned(),
        1 => "1 thing does not fit".to_owned(),
        n => format!("{n} things do not fit"),
    };
    sheet(WIDTH, HEIGHT, &format!("{}: {note}", series.label), |canvas| {
        canvas.heading(&series.label, &note, f64::from(WIDTH))?;
        let (left, y) = series_axes(canvas, span, &series.unit, (first.ds, last.ds))?;
        let plot = Plot { x: Scale::new((day(first.ds), day(last.ds)), (left, f64::from(WIDTH) - 84.0)), y, history };
        stretches(canvas, &plot, anomalies)?;
        let line: Vec<_> = plot.history.iter().map(|p| plot.at(p.ds, p.y)).collect();
        canvas.path(&line, INK_2, 1.5)?;
        expectations(canvas, &plot, anomalies)?;
        marks(canvas, &plot, anomalies)
    })
}

/// Grid, labels of both axes; gives back where the plot starts and the scale of its values.
pub(super) fn series_axes(
    canvas: &Canvas<'_>,
    span: (f64, f64),
    unit: &str,
    (from, to): (Date, Date),
) -> Result<(f64, Scale), ReportError> {
    let (step, ticks) = (step(span, 6.0), ticks(span, 6.0));
    let labels: Vec<_> = ticks.iter().map(|tick| tick_label(*tick, step, unit)).collect();
    let left = 28.0 + labels.iter().map(|label| SMALL.width(label)).fold(0.0, f64::max);
    let right = f64::from(WIDTH) - 84.0;
    let y = Scale::new(span, (BOTTOM, TOP));
    for (tick, label) in ticks.iter().zip(&labels) {
        canvas.line((left, y.at(*tick)), (f64::from(WIDTH) - 24.0, y.at(*tick)), LINE, 1.0)?;
        canvas.text(label, (left - 8.0, y.at(*tick)), Align::Right, SMALL)?;
    }
    let x = Scale::new((day(from), day(to)), (left, right));
    for (date, label) in date_ticks(from, to) {
        canvas.text(&label, (x.at(day(date)), BOTTOM + 20.0), Align::Centre, SMALL)?;
    }
    Ok((left, y))
}

/// A ring on each anomaly, and its name beside the strongest.
pub(super) fn marks(canvas: &Canvas<'_>, plot: &Plot, anomalies: &[SeriesAnomaly]) -> Drawn {
    let mut strongest: Vec<&SeriesAnomaly> = anomalies.iter().collect();
    strongest.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut named: Vec<(f64, f64)> = Vec::new();
    for anomaly in strongest {
        let Some(point) = plot.history.iter().find(|p| p.ds >= anomaly.start) else { continue };
        let at = plot.at(point.ds, point.y);
        canvas.ring(at, 4.5, colour(anomaly.severity))?;
        let crowded = named.iter().any(|(x, y)| (x - at.0).abs() < 84.0 && (y - at.1).abs() < 16.0);
        if named.len() < NAMED && !crowded {
            name(canvas, anomaly, point.y, at)?;
            named.push(at);
        }
    }
    Ok(())
}

fn name(canvas: &Canvas<'_>, anomaly: &SeriesAnomaly, value: f64, (x, y): (f64, f64)) -> Drawn {
    let style = Type::plain(11.0, INK);
    let words = words(anomaly, value);
    let above = value >= anomaly.expected;
    let (align, x) = if x - style.width(&words) < 60.0 { (Align::Left, x + 9.0) } else { (Align::Right, x - 9.0) };
    canvas.text(&words, (x, if above { y - 12.0 } else { y + 12.0 }), align, style)
}

/// "level +9 %".
fn words(anomaly: &SeriesAnomaly, value: f64) -> String {
    let kind = match anomaly.kind {
        AnomalyKind::Point => "spike",
        AnomalyKind::Contextual => "out of season",
        AnomalyKind::Collective => "odd stretch",
        AnomalyKind::Level => "level",
        AnomalyKind::Trend => "slope",
        AnomalyKind::DecimalSlip => "decimal slip",
        AnomalyKind::SwappedColumns => "swapped columns",
        AnomalyKind::WrongUnit => "wrong unit",
        AnomalyKind::MissingDepartment => "missing department",
        AnomalyKind::Duplicate => "duplicate",
        AnomalyKind::Unusual => "unusual",
        AnomalyKind::Impossible => "impossible",
    };
    let change = (value - anomaly.expected) / anomaly.expected.abs() * 100.0;
    if !change.is_finite() || change.abs() > 9_999.0 {
        return kind.to_owned();
    }
    format!("{kind} {}{:.0} %", if change < 0.0 { "−" } else { "+" }, change.abs())
}

fn stretches(canvas: &Canvas<'_>, plot: &Plot, anomalies: &[SeriesAnomaly]) -> Drawn {
    anomalies.iter().filter(|anomaly| anomaly.end > anomaly.start).try_for_each(|anomaly| {
        let shade = match anomaly.severity {
            AnomalySeverity::High => BAD_SOFT,
            AnomalySeverity::Medium | AnomalySeverity::Low => WARN_SOFT,
        };
        let inside = |ds: Date| plot.history.last().map_or(ds, |last| ds.min(last.ds));
        let (from, to) = (plot.x.at(day(inside(anomaly.start))), plot.x.at(day(inside(anomaly.end))));
        canvas.bar((from - 2.0, TOP), (to + 2.0, BOTTOM), shade)
    })
}

fn expectations(canvas: &Canvas<'_>, plot: &Plot, anomalies: &[SeriesAnomaly]) -> Drawn {
    let drawable = anomalies.iter().filter(|anomaly| drawable(anomaly.expected));
    drawable.filter(|anomaly| plot.history.iter().any(|p| p.ds == anomaly.start)).try_for_each(|anomaly| {
        let (x, y) = plot.at(anomaly.start, anomaly.expected);
        canvas.line((x - 5.0, y), (x + 5.0, y), colour(anomaly.severity), 1.5)
    })
}

fn colour(severity: AnomalySeverity) -> plotters::style::RGBColor {
    match severity {
        AnomalySeverity::High => BAD,
        AnomalySeverity::Medium | AnomalySeverity::Low => WARN,
    }
}
