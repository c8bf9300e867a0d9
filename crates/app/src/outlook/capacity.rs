//! Hours that are sold against hours that can be worked, month after month.
//!
//! What stands in the books grows by what is sold and shrinks by what the shop can work. What it can work is what it has worked in
//! its good months: the 90th percentile of the last twelve.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::outlook::Assumption;
use signwright_forecast::forecast;
use signwright_lake::quantile;
use ts_rs::TS;

use crate::{Action, CallError, series};

/// Fewest months of history.
const FEWEST: usize = 6;
/// Of the last months so many are not better than a good one.
const GOOD: f64 = 0.9;
/// A backlog of so many months is one that cannot be kept.
pub(super) const TOO_LONG: f64 = 3.0;

/// One month ahead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CapacityMonth {
    #[ts(type = "string")]
    pub month: Date,
    /// Hours that are sold in it, and that can be worked.
    pub sold: f64,
    pub capacity: f64,
    /// Hours that stand in the books at its end.
    pub backlog: f64,
}

/// Hours sold and worked over the months ahead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Capacity {
    pub months: Vec<CapacityMonth>,
    /// The first month at whose end three months of work or more stand in the books.
    #[ts(type = "string | null")]
    pub too_long: Option<Date>,
    /// Months of work in the books now and at the end; `None` where nothing can be worked then.
    pub now: f64,
    pub end: Option<f64>,
}

/// With and without what is assumed; `None` where too little is known of hours.
pub(super) fn capacity(
    action: &Action,
    assumptions: &[Assumption],
    horizon: usize,
) -> Result<Option<(Capacity, Capacity)>, CallError> {
    let (sold, worked) = (series::find(action, "sold_hours")?, series::find(action, "labour_hours")?);
    let backlog = series::find(action, "backlog_hours")?;
    let mut recent: Vec<f64> = worked.points.iter().rev().take(12).map(|point| point.y).collect();
    let (Some(stands), Some(last)) = (backlog.points.last(), sold.points.last()) else { return Ok(None) };
    // The two may end in different months: what is sold counts from the month after the one whose end is known.
    let begin = stands.ds.saturating_add(1.month());
    let months = last.ds.until((Unit::Month, stands.ds)).map_or(0, |span| span.get_months().max(0)) as usize;
    let Ok(ahead) = forecast(&Task::silent(), &sold, horizon + months) else { return Ok(None) };
    if recent.len() < FEWEST || sold.points.len() < FEWEST {
        return Ok(None);
    }
    let Some(usual) = quantile(&mut recent, GOOD).filter(|usual| *usual > 0.0) else { return Ok(None) };
    let known = sold.points.iter().map(|point| (point.ds, point.y));
    let told = ahead.points.iter().map(|point| (point.ds, point.yhat.max(0.0)));
    let from_then = known.chain(told).filter(|(ds, _)| *ds >= begin).map(|(_, y)| y);
    let sold: Vec<f64> = from_then.take(horizon).collect();
    let run = |assumptions: &[Assumption]| course(begin, stands.y, &sold, usual, assumptions);
    Ok(Some((run(&[]), run(assumptions))))
}

fn course(begin: Date, stands: f64, sold: &[f64], usual: f64, assumptions: &[Assumption]) -> Capacity {
    let mut backlog = stands;
    let months: Vec<CapacityMonth> = sold
        .iter()
        .enumerate()
        .map(|(at, sold)| {
            let month = begin.saturating_add((at as i64).months());
            let (mut sold, mut capacity) = (*sold, usual);
            for assumption in assumptions {
                match assumption {
                    Assumption::Demand { percent, from } if month >= from.first_of_month() => {
                        sold *= 1.0 + percent / 100.0
                    }
                    Assumption::People { more, hours, from } if month >= from.first_of_month() => {
                        capacity += more * hours
                    }
                    Assumption::Demand { .. }
                    | Assumption::People { .. }
                    | Assumption::Price { .. }
                    | Assumption::Wage { .. } => {}
                }
            }
            let capacity = capacity.max(0.0);
            backlog = (backlog + sold - capacity).max(0.0);
            CapacityMonth { month, sold, capacity, backlog }
        })
        .collect();
    let in_months = |backlog: f64, capacity: f64| (capacity > 0.0).then(|| backlog / capacity);
    Capacity {
        too_long: months.iter().find(|month| month.backlog >= TOO_LONG * month.capacity).map(|month| month.month),
        now: stands / usual,
        end: months.last().and_then(|last| in_months(last.backlog, last.capacity)),
        months,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_backlog_grows_by_what_is_sold_and_shrinks_by_what_is_worked() {
        let begin = date(2026, 12, 1);
        let plain = course(begin, 200.0, &[150.0, 150.0, 80.0], 100.0, &[]);
        let backlogs: Vec<f64> = plain.months.iter().map(|month| month.backlog).collect();
        assert_eq!((backlogs, plain.too_long), (vec![250.0, 300.0, 280.0], Some(date(2027, 1, 1))));
        assert_eq!((plain.now, plain.end), (2.0, Some(2.8)));
        let more = Assumption::People { more: 1.0, hours: 60.0, from: date(2027, 1, 15) };
        let helped = course(begin, 200.0, &[150.0, 150.0, 80.0], 100.0, &[more]);
        let backlogs: Vec<f64> = helped.months.iter().map(|month| month.backlog).collect();
        assert_eq!((backlogs, helped.too_long), (vec![250.0, 240.0, 160.0], None));
        let none = Assumption::Demand { percent: -100.0, from: begin };
        assert_eq!(course(begin, 50.0, &[150.0], 100.0, &[none]).months[0].backlog, 0.0);
    }
}
