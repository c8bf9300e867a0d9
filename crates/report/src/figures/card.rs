//! Can the model be trusted: its error on the newest jobs beside the simple rules, overall and by type of sign.

use signwright_domain::card::{Card, GroupScore, Score};

use super::canvas::{Align, Canvas, Drawn, Type, sheet};
use super::scale::{Scale, drawable, step, ticks};
use crate::ReportError;
use crate::palette::{ACCENT, INK, INK_2, INK_3, LINE, LINE_STRONG};

const WIDTH: u32 = 680;
const LABELS: f64 = 190.0;
const TOP: f64 = 46.0;
const ROW: f64 = 30.0;
const LABEL: Type = Type::plain(11.5, INK_2);
const SMALL: Type = Type::plain(11.0, INK_3);
/// Types with a row of their own, those with most test jobs first.
const TYPES: usize = 15;

/// Half of the jobs were estimated better than this: the median error of each way of estimating as a bar, the model in
/// blue. A card without scores is an error.
pub fn card_scores(card: &Card) -> Result<String, ReportError> {
    let scores: Vec<&Score> = card.scores.iter().filter(|score| drawable(score.median_error)).collect();
    if scores.is_empty() {
        return Err(ReportError::Nothing("the model card has no scores".into()));
    }
    let worst = scores.iter().map(|score| score.median_error).fold(1.0, f64::max);
    let scale = Scale::new((0.0, worst), (LABELS + 14.0, f64::from(WIDTH) - 200.0));
    let height = TOP + scores.len() as f64 * ROW + 30.0;
    sheet(WIDTH, height.ceil() as u32, "Median error on the newest jobs", |canvas| {
        canvas.heading(
            "Median error on your newest jobs",
            &format!("{} jobs, shorter is better", card.n_test),
            f64::from(WIDTH),
        )?;
        for (i, score) in scores.iter().enumerate() {
            draw_score(canvas, score, scale, TOP + i as f64 * ROW)?;
        }
        canvas.text(&coverage(card), (16.0, height - 16.0), Align::Left, SMALL)
    })
}

fn draw_score(canvas: &Canvas<'_>, score: &Score, scale: Scale, top: f64) -> Drawn {
    let model = score.method == "model";
    let middle = top + ROW / 2.0 - 3.0;
    let label = if model { Type::bold(11.5, INK) } else { LABEL };
    let end = scale.at(score.median_error);
    canvas.text(&label.fit(&score.method, LABELS - 16.0), (LABELS, middle), Align::Right, label)?;
    canvas.bar((LABELS + 14.0, middle - 8.0), (end, middle + 8.0), if model { ACCENT } else { LINE_STRONG })?;
    let percent = format!("{:.1} %", score.median_error);
    let strong = Type::bold(11.5, INK);
    canvas.text(&percent, (end + 7.0, middle), Align::Left, strong)?;
    let rest = format!("bias {:+.1} %, {} jobs", score.bias, score.n).replace('-', "−");
    canvas.text(&rest, (end + 15.0 + strong.width(&percent), middle + 0.5), Align::Left, SMALL)
}

fn coverage(card: &Card) -> String {
    let held = card.coverage.iter().filter(|c| drawable(c.held));
    let parts: Vec<_> = held.map(|c| format!("{:.0} % of the {} % ranges", c.held * 100.0, c.level)).collect();
    if parts.is_empty() { String::new() } else { format!("The actual cost fell inside {}.", parts.join(", ")) }
}

/// The model (blue) against the median rule (grey) for each type of sign; left is better. A card without types is an
/// error.
pub fn card_by_type(card: &Card) -> Result<String, ReportError> {
    let mut groups: Vec<&GroupScore> = card.by_type.iter().filter(|group| drawable(group.median_error)).collect();
    groups.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.group.cmp(&b.group)));
    groups.truncate(TYPES);
    if groups.is_empty() {
        return Err(ReportError::Nothing("the model card has no scores by type".into()));
    }
    let worst = groups.iter().flat_map(|g| [Some(g.median_error), g.rule_median_error]).flatten();
    let span = (0.0, worst.filter(|x| drawable(*x)).fold(1.0, f64::max) * 1.05);
    let foot = TOP + groups.len() as f64 * 24.0;
    sheet(WIDTH, (foot + 40.0).ceil() as u32, "Median error by type of sign", |canvas| {
        canvas.heading(
            "Median error by type",
            "blue the model, grey the median of the type; left is better",
            f64::from(WIDTH),
        )?;
        let scale = Scale::new(span, (LABELS + 14.0, f64::from(WIDTH) - 40.0));
        percent_axis(canvas, scale, span, foot)?;
        groups
            .iter()
            .enumerate()
            .try_for_each(|(i, group)| draw_group(canvas, group, scale, TOP + 12.0 + i as f64 * 24.0))
    })
}

fn percent_axis(canvas: &Canvas<'_>, scale: Scale, span: (f64, f64), foot: f64) -> Drawn {
    let places = if step(span, 6.0) < 1.0 { 1 } else { 0 };
    ticks(span, 6.0).into_iter().try_for_each(|tick| {
        canvas.line((scale.at(tick), TOP), (scale.at(tick), foot), LINE, 1.0)?;
        canvas.text(&format!("{tick:.places$} %"), (scale.at(tick), foot + 16.0), Align::Centre, SMALL)
    })
}

fn draw_group(canvas: &Canvas<'_>, group: &GroupScore, scale: Scale, y: f64) -> Drawn {
    let name = signwright_domain::driver::find("sign_type").and_then(|driver| match &driver.kind {
        signwright_domain::driver::DriverKind::Choice { choices } => choices.iter().find(|c| c.value == group.group),
        signwright_domain::driver::DriverKind::Number { .. }
        | signwright_domain::driver::DriverKind::Flag
        | signwright_domain::driver::DriverKind::Text => None,
    });
    let count = format!("{}", group.n);
    let label = LABEL.fit(name.map_or(group.group.as_str(), |choice| choice.label), LABELS - 52.0);
    canvas.text(&label, (LABELS - 34.0, y), Align::Right, LABEL)?;
    canvas.text(&count, (LABELS, y), Align::Right, SMALL)?;
    if let Some(rule) = group.rule_median_error.filter(|x| drawable(*x)) {
        canvas.line((scale.at(rule), y), (scale.at(group.median_error), y), LINE_STRONG, 2.0)?;
        canvas.dot((scale.at(rule), y), 4.0, INK_3)?;
    }
    canvas.dot((scale.at(group.median_error), y), 4.5, ACCENT)
}
