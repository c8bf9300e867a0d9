//! The shop's own monthly series, summed from its jobs. Every point stands at the first day of its month.
//!
//! Sums and counts have a point for every month between the first and the last, 0 where nothing happened. Medians and
//! rates have none where there is nothing to take them of.

use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::params;

use crate::settings::currency;
use crate::{Db, StoreError};

/// Observations of a series, oldest first.
pub type Points = Vec<(Date, f64)>;

/// What the finished jobs were sold for, by month of completion, in major units of the shop's currency.
pub fn booked_revenue(db: &Db<'_>) -> Result<Points, StoreError> {
    in_major_units(db, filled(sums(db, "sum(sale_price)", FINISHED)?))
}

/// What the finished jobs cost, by month of completion, in major units.
pub fn total_cost(db: &Db<'_>) -> Result<Points, StoreError> {
    in_major_units(db, filled(sums(db, "sum(total_cost)", FINISHED)?))
}

/// Hours of the finished jobs, by month of completion.
pub fn hours(db: &Db<'_>) -> Result<Points, StoreError> {
    Ok(filled(sums(db, "sum(actual_hours)", FINISHED)?))
}

/// Jobs finished, by month of completion.
pub fn completed_jobs(db: &Db<'_>) -> Result<Points, StoreError> {
    Ok(filled(sums(db, "count(*)", FINISHED)?))
}

/// Labour cost of one hour, by month of completion, in major units, over the jobs that say both.
pub fn labour_rate(db: &Db<'_>) -> Result<Points, StoreError> {
    const BOTH: &str = "FILTER (WHERE labour_cost IS NOT NULL AND actual_hours > 0)";
    let cost = sums(db, &format!("sum(labour_cost) {BOTH}"), FINISHED)?;
    let hours = sums(db, &format!("sum(actual_hours) {BOTH}"), FINISHED)?;
    in_major_units(db, ratio(&cost, &hours))
}

/// Median cost of a square foot (all faces of all pieces), by month of completion, in major units; of one sign type or
/// of all.
pub fn cost_per_square_foot(db: &Db<'_>, sign_type: Option<&str>) -> Result<Points, StoreError> {
    let text = "SELECT completed_on, total_cost / square_feet FROM jobs \
                WHERE status = 'completed' AND completed_on IS NOT NULL AND +total_cost > 0 AND square_feet > 0 \
                AND (?1 IS NULL OR +sign_type = ?1) ORDER BY completed_on";
    let days: Points = db.rows(text, params![sign_type], |cells| Ok((cells.parse()?, cells.get()?)))?;
    let months = days.chunk_by(|a, b| a.0.first_of_month() == b.0.first_of_month());
    let points = months.filter_map(|month| Some((month.first()?.0.first_of_month(), median(month))));
    in_major_units(db, points.collect())
}

/// Quotes made, by month of the quote.
pub fn quotes(db: &Db<'_>) -> Result<Points, StoreError> {
    Ok(filled(sums(db, "count(*)", QUOTED)?))
}

/// Share of the decided quotes that were won, 0 to 1, by month of the quote.
pub fn win_rate(db: &Db<'_>) -> Result<Points, StoreError> {
    let won = sums(db, "count(*) FILTER (WHERE outcome = 'won')", QUOTED)?;
    let decided = sums(db, "count(*) FILTER (WHERE outcome IN ('won', 'lost'))", QUOTED)?;
    Ok(ratio(&won, &decided))
}

/// The day that counts, and which jobs.
type Counted = (&'static str, &'static str);

const FINISHED: Counted = ("completed_on", "status = 'completed' AND completed_on IS NOT NULL");
const QUOTED: Counted = ("quoted_on", "quoted_on IS NOT NULL");

/// Sums a measure by month. SQLite groups by day, which is the order of an index; the months are put together here.
fn sums(db: &Db<'_>, measure: &str, (day, which): Counted) -> Result<Points, StoreError> {
    let text =
        format!("SELECT {day}, coalesce({measure}, 0) * 1.0 FROM jobs WHERE {which} GROUP BY {day} ORDER BY {day}");
    let days: Points = db.rows(&text, [], |cells| Ok((cells.parse()?, cells.get()?)))?;
    let months = days.chunk_by(|a, b| a.0.first_of_month() == b.0.first_of_month());
    let sum = |month: &[(Date, f64)]| month.iter().map(|(_, value)| value).sum();
    Ok(months.filter_map(|month| Some((month.first()?.0.first_of_month(), sum(month)))).collect())
}

/// One series over another of the same months; no point where there is nothing to divide by.
fn ratio(over: &Points, under: &Points) -> Points {
    let pairs = over.iter().zip(under);
    pairs.filter(|(_, (_, below))| *below > 0.0).map(|((month, above), (_, below))| (*month, above / below)).collect()
}

/// Statistics and drawing take major units as floats.
fn in_major_units(db: &Db<'_>, points: Points) -> Result<Points, StoreError> {
    let scale = 10_f64.powi(i32::try_from(currency(db)?.places()).expect("a currency has few decimal places"));
    Ok(points.into_iter().map(|(month, minor)| (month, minor / scale)).collect())
}

fn filled(points: Points) -> Points {
    let Some(&(first, _)) = points.first() else { return points };
    let mut whole = Points::with_capacity(points.len());
    let mut month = first;
    for (at, value) in points {
        while month < at {
            whole.push((month, 0.0));
            month = month.saturating_add(1.month());
        }
        whole.push((at, value));
        month = at.saturating_add(1.month());
    }
    whole
}

fn median(month: &[(Date, f64)]) -> f64 {
    let mut values: Vec<f64> = month.iter().map(|(_, value)| *value).collect();
    values.sort_by(f64::total_cmp);
    (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
}
