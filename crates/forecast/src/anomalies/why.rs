//! Why jobs overrun: what an overrun is made of, what the jobs with overruns have in common, and what changed when a level
//! did. Nothing here says "causes": figures that go together are all that can be seen.
//!
//! Every comparison that is made counts: many are looked at, so each must be clearer than one alone would have to be.

mod chance;
mod clusters;
mod events;
mod signatures;
mod split;

use jiff::civil::Date;
use signwright_domain::{Currency, Money};

pub use clusters::clusters;
pub use events::{Window, changes_at};
pub use signatures::signatures;
pub use split::{CodeCosts, Material, split};

/// A finished job with what is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// As evidence names it.
    pub job: String,
    /// Name and value (crew, B); a job may have several values of one name. Empty values count as absent.
    pub attributes: Vec<(String, String)>,
    /// Minor units.
    pub estimated: i64,
    pub actual: i64,
    /// When it was finished; only [`changes_at`] asks.
    pub date: Option<Date>,
    /// It was found to be an anomaly; only [`clusters`] asks.
    pub flagged: bool,
}

/// False findings tolerated among all findings.
const FALSE_FINDINGS: f64 = 0.05;

impl Case {
    fn lost(&self) -> i64 {
        self.actual - self.estimated
    }

    /// The attributes in order, each once.
    fn values(&self) -> Vec<(&str, &str)> {
        let mut values: Vec<(&str, &str)> = self
            .attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.trim()))
            .filter(|(_, v)| !v.is_empty())
            .collect();
        values.sort_unstable();
        values.dedup();
        values
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// "$120.00 more than estimated".
fn beyond_estimate(lost: i64, currency: Currency) -> String {
    let way = if lost < 0 { "less" } else { "more" };
    format!("{} {way} than estimated", Money::new(lost.abs(), currency))
}
