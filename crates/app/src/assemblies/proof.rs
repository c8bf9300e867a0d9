//! An assembly against finished jobs: what they cost over what it says of them.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use signwright_domain::bottom_up::AssemblyProof;
use signwright_domain::cost_library::CostLibrary;
use signwright_domain::estimate::{AtMost, Range};
use signwright_domain::job::Job;
use signwright_domain::{DriverValue, Money, Specification};
use signwright_learn::{AT_MOST, RANGE_LEVELS};
use signwright_quoting::assembly::{Assembly, build_up, serves};

use super::list::asked;
use crate::estimates::quantile;

/// The newest jobs tell; more of them would not tell otherwise.
const JOBS: usize = 200;
/// Fewer give no range.
const FEWEST_FOR_RANGES: usize = 10;
const FEWEST: usize = 3;

/// Actual over built-up costs of finished jobs, the smallest first.
#[derive(Debug)]
pub(crate) struct Ratios {
    sorted: Vec<f64>,
    left_out: u32,
}

/// Builds up the newest finished jobs that an assembly serves, at the prices of the library.
pub(super) fn ratios(read: &Assembly, history: &[Job], library: &CostLibrary, on: Date) -> Ratios {
    let from = on.saturating_sub(24.months());
    let of_type = |job: &&Job| job.sign_type.as_ref().is_some_and(|kind| read.sign_types.contains(kind));
    let lately = |job: &&Job| job.completed_on.is_some_and(|done| done >= from && done < on);
    let mut jobs: Vec<&Job> = history.iter().filter(of_type).filter(lately).collect();
    jobs.sort_by_key(|job| std::cmp::Reverse(job.completed_on));
    let mut found = Ratios { sorted: Vec::new(), left_out: 0 };
    for job in jobs {
        let Some(actual) = job.actual.total.filter(|total| total.minor > 0) else { continue };
        let specification = with_type(job);
        if !serves(read, &specification) {
            continue;
        }
        if found.sorted.len() == JOBS {
            break;
        }
        match build_up(read, &asked(&specification, &std::collections::BTreeMap::new(), on), library) {
            Ok(built) if built.total.minor > 0 => {
                found.sorted.push(actual.minor as f64 / built.total.minor as f64);
            }
            Ok(_) | Err(_) => found.left_out += 1,
        }
    }
    found.sorted.sort_by(f64::total_cmp);
    found
}

impl Ratios {
    /// What they say of a built-up cost; `None` for fewer than three jobs.
    pub(super) fn of(&self, built: Money) -> Option<AssemblyProof> {
        let jobs = self.sorted.len();
        if jobs < FEWEST {
            return None;
        }
        let ranges = RANGE_LEVELS.into_iter().filter(|_| jobs >= FEWEST_FOR_RANGES);
        Some(AssemblyProof {
            jobs: u32::try_from(jobs).unwrap_or(u32::MAX),
            left_out: self.left_out,
            median: (self.sorted[(jobs - 1) / 2] + self.sorted[jobs / 2]) / 2.0,
            low: quantile(&self.sorted, 0.1, false),
            high: quantile(&self.sorted, 0.9, true),
            ranges: ranges.filter_map(|level| self.range(built, level)).collect(),
        })
    }

    /// P70, P80 and P90 of a built-up cost.
    pub(super) fn at_most(&self, built: Money) -> Vec<AtMost> {
        if self.sorted.len() < FEWEST_FOR_RANGES {
            return Vec::new();
        }
        let at_most = |percentile: u8| {
            let bound = times(built, quantile(&self.sorted, f64::from(percentile) / 100.0, true))?;
            Some(AtMost::new(percentile, bound, built))
        };
        AT_MOST.into_iter().filter_map(|(percentile, _)| at_most(percentile)).collect()
    }

    fn range(&self, built: Money, level: u8) -> Option<Range> {
        let tail = (100.0 - f64::from(level)) / 200.0;
        let (low, high) = (quantile(&self.sorted, tail, false), quantile(&self.sorted, 1.0 - tail, true));
        Some(Range { level, low: times(built, low)?, high: times(built, high)? })
    }
}

fn times(amount: Money, factor: f64) -> Option<Money> {
    Money::from_decimal(amount.to_decimal().checked_mul(Decimal::from_f64(factor)?)?, amount.currency).ok()
}

fn with_type(job: &Job) -> Specification {
    let mut specification = job.specification.clone();
    if let Some(kind) = job.sign_type.clone().filter(|_| specification.text("sign_type").is_none()) {
        specification.set("sign_type", DriverValue::Text(kind));
    }
    specification
}
