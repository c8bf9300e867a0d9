//! Where a job differed from its estimate: one bar per line of its account, dearer to the right, cheaper to the left.

use signwright_domain::{Currency, Money};

use super::canvas::{Align, Type, sheet};
use super::scale::{Scale, extent};
use crate::ReportError;
use crate::palette::{DOWN, INK, INK_2, LINE_STRONG, UP};
use crate::words::signed_money;

const WIDTH: u32 = 680;
const LABELS: f64 = 190.0;
const TOP: f64 = 40.0;
const ROW: f64 = 22.0;
const LABEL: Type = Type::plain(11.5, INK_2);
const STRONG: Type = Type::bold(11.5, INK);

/// Actual less estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub name: String,
    pub amount: Money,
}

/// In the order given. None at all is an error.
pub fn differences(bars: &[Difference], currency: Currency) -> Result<String, ReportError> {
    if bars.is_empty() {
        return Err(ReportError::Nothing("no line has an estimated and an actual cost".into()));
    }
    let span = extent(bars.iter().map(|bar| bar.amount.minor as f64).chain([0.0])).unwrap_or_default();
    // Amounts stand beside the bars, on either side.
    let scale = Scale::new(span, (LABELS + 90.0, f64::from(WIDTH) - 96.0));
    let height = TOP + bars.len() as f64 * ROW + 12.0;
    sheet(WIDTH, height.ceil() as u32, "Actual less estimated", |canvas| {
        let note = format!("in {currency}, rust cost more, green cost less");
        canvas.heading("Actual less estimated", &note, f64::from(WIDTH))?;
        let zero = scale.at(0.0);
        canvas.line((zero, TOP - 4.0), (zero, height - 10.0), LINE_STRONG, 1.0)?;
        bars.iter().enumerate().try_for_each(|(i, bar)| {
            let middle = TOP + i as f64 * ROW + ROW / 2.0;
            canvas.text(&LABEL.fit(&bar.name, LABELS - 16.0), (LABELS, middle), Align::Right, LABEL)?;
            let more = bar.amount.minor > 0;
            let end = scale.at(bar.amount.minor as f64);
            canvas.bar((zero, middle - 7.0), (end, middle + 7.0), if more { UP } else { DOWN })?;
            let (x, align) = if more { (end + 7.0, Align::Left) } else { (end - 7.0, Align::Right) };
            canvas.text(&signed_money(bar.amount), (x, middle), align, STRONG)
        })
    })
}
