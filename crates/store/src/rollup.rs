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
    Ok(filled(in_major_units(db, sums(db, "sum(sale_price)")?)?))
}

/// What the finished jobs cost, by month of completion, in major units.
pub fn total_cost(db: &Db<'_>) -> Result<Points, StoreError> {
    Ok(filled(in_major_units(db, sums(db, "sum(total_cost)")?)?))
}

/// Hours of the finished jobs, by month of completion.
pub fn hours(db: &Db<'_>) -> Result<Points, StoreError> {
    Ok(filled(sums(db, "sum(actual_hours)")?))
}

/// Jobs finished, by month of completion.
pub fn completed_jobs(db: &Db<'_>) -> Result<Points, StoreError> {
    Ok(filled(sums(db, "count(*)")?))
}

/// Labour cost of one hour, by month of completion, in major units, over the jobs that say both.
pub fn labour_rate(db: &Db<'_>) -> Result<Points, StoreError> {
    let text = "SELECT substr(completed_on, 1, 7) || '-01', sum(labour_cost) * 1.0 / sum(actual_hours) FROM jobs \
                WHERE status = 'completed' AND completed_on IS NOT NULL AND labour_cost IS NOT NULL AND actual_hours > 0 \
                GROUP BY 1 ORDER BY 1";
    in_major_units(db, points(db, text)?)
}

/// Median cost of a square foot (all faces of all pieces), by month of completion, in major units; of one sign type or
/// of all.
pub fn cost_per_square_foot(db: &Db<'_>, sign_type: Option<&str>) -> Result<Points, StoreError> {
    let text = "SELECT substr(completed_on, 1, 7) || '-01', total_cost / square_feet FROM jobs \
                WHERE status = 'completed' AND completed_on IS NOT NULL AND total_cost > 0 AND square_feet > 0 \
                AND (?1 IS NULL OR sign_type = ?1) ORDER BY 1, 2";
    let sorted: Points = db.rows(text, params![sign_type], |cells| Ok((cells.parse()?, cells.get()?)))?;
    let months = sorted.chunk_by(|a, b| a.0 == b.0);
    in_major_units(db, months.filter_map(|month| Some((month.first()?.0, median_of_sorted(month)))).collect())
}

/// Quotes made, by month of the quote.
pub fn quotes(db: &Db<'_>) -> Result<Points, StoreError> {
    let text = "SELECT substr(quoted_on, 1, 7) || '-01', count(*) * 1.0 FROM jobs WHERE quoted_on IS NOT NULL \
                GROUP BY 1 ORDER BY 1";
    Ok(filled(points(db, text)?))
}

/// Share of the decided quotes that were won, 0 to 1, by month of the quote.
pub fn win_rate(db: &Db<'_>) -> Result<Points, StoreError> {
    let text = "SELECT substr(quoted_on, 1, 7) || '-01', avg(outcome = 'won') FROM jobs \
                WHERE quoted_on IS NOT NULL AND outcome IN ('won', 'lost') GROUP BY 1 ORDER BY 1";
    points(db, text)
}

fn sums(db: &Db<'_>, measure: &'static str) -> Result<Points, StoreError> {
    let text = format!(
        "SELECT substr(completed_on, 1, 7) || '-01', coalesce({measure}, 0) * 1.0 FROM jobs \
         WHERE status = 'completed' AND completed_on IS NOT NULL GROUP BY 1 ORDER BY 1"
    );
    points(db, &text)
}

fn points(db: &Db<'_>, text: &str) -> Result<Points, StoreError> {
    db.rows(text, [], |cells| Ok((cells.parse()?, cells.get()?)))
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

fn median_of_sorted(month: &[(Date, f64)]) -> f64 {
    let (low, high) = (month[(month.len() - 1) / 2].1, month[month.len() / 2].1);
    (low + high) / 2.0
}
