//! Two series side by side: the one's value in every period of the other.

use jiff::ToSpan;
use jiff::civil::Date;
use signwright_domain::series::Series;

use crate::ForecastError;
use crate::prepare::Prepared;

/// How far another series is read beyond the last period, at most.
const AHEAD: usize = 1_000;

/// The values of `other` in the periods of `history`, from its first one on and beyond its last as long as there are any;
/// `None` where it has no value or one that was filled.
pub(crate) fn beside(other: &Prepared, history: &Prepared) -> Vec<Option<f64>> {
    let mut values = Vec::new();
    for position in 0..history.values.len() + AHEAD {
        let Some(date) = history.calendar.date(position as i64) else { break };
        let at = place(other, date);
        if position >= history.values.len() && at.is_none_or(|at| at >= other.values.len()) {
            break;
        }
        values.push(at.filter(|at| !other.filled.contains(at)).and_then(|at| other.values.get(at).copied()));
    }
    values.truncate(values.iter().rposition(Option::is_some).map_or(0, |last| last + 1));
    values
}

/// Weeks may begin on different days: the week whose first day is nearest counts.
fn place(other: &Prepared, date: Date) -> Option<usize> {
    let position = [0, 2, -2].into_iter().find_map(|days| other.calendar.position(date.checked_add(days.days()).ok()?));
    usize::try_from(position?).ok()
}

/// Only series with the same distance of points can stand side by side.
pub(crate) fn same_frequency(one: &Series, other: &Series) -> Result<(), ForecastError> {
    if one.frequency == other.frequency {
        return Ok(());
    }
    let names = |series: &Series| (series.name.clone(), series.frequency.word());
    let ((one, of_one), (other, of_other)) = (names(one), names(other));
    Err(ForecastError::UnequalFrequencies { one, of_one, other, of_other })
}
