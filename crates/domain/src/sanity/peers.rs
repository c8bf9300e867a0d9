//! A finished job beside others of its type: what is accepted, but unlike its peers.
//!
//! Ratios such as cost per square foot spread like a log-normal, so a job is compared on the logarithm: its distance from
//! the median in robust standard deviations (1.4826 times the median absolute deviation, Hampel 1974). Medians do not move
//! by the few jobs that are wrong themselves.

use super::{Peers, Severity, Warning};

/// Under this name the findings are shown; a shop changes it under `[peers]`.
pub const RULE: &str = "peers";

/// Where nearly all peers are the same, less than this factor from the median is never told.
const LEAST_FACTOR: f64 = 1.5;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    CostPerSquareFoot,
    HoursPerSquareFoot,
    PriceToCost,
    MaterialShare,
    ActualToEstimate,
}

/// The figures of a job that are compared; `None` where one is not known. Amounts in one currency's minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    pub total_cost: Option<i64>,
    pub material_cost: Option<i64>,
    pub estimated_cost: Option<i64>,
    pub price: Option<i64>,
    pub hours: Option<f64>,
    pub square_feet: Option<f64>,
}

/// What is usual for one measure.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Usual {
    median: f64,
    deviation: f64,
}

/// What is usual among finished jobs of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerGroup {
    usual: [Option<Usual>; MEASURES.len()],
    peers: Peers,
}

const MEASURES: [Measure; 5] = [
    Measure::CostPerSquareFoot,
    Measure::HoursPerSquareFoot,
    Measure::PriceToCost,
    Measure::MaterialShare,
    Measure::ActualToEstimate,
];

impl Measure {
    /// The natural logarithm of the ratio, `None` where a side is missing or not above zero.
    fn of(self, figures: &Figures) -> Option<f64> {
        let amount = |minor: Option<i64>| minor.map(|minor| minor as f64);
        let (above, below) = match self {
            Self::CostPerSquareFoot => (amount(figures.total_cost), figures.square_feet),
            Self::HoursPerSquareFoot => (figures.hours, figures.square_feet),
            Self::PriceToCost => (amount(figures.price), amount(figures.total_cost)),
            Self::MaterialShare => (amount(figures.material_cost), amount(figures.total_cost)),
            Self::ActualToEstimate => (amount(figures.total_cost), amount(figures.estimated_cost)),
        };
        let ratio = above.filter(|a| *a > 0.0)? / below.filter(|b| *b > 0.0)?;
        ratio.is_finite().then(|| ratio.ln())
    }

    fn about(self) -> &'static str {
        match self {
            Self::CostPerSquareFoot => "total_cost",
            Self::ActualToEstimate => "estimated_cost",
            Self::HoursPerSquareFoot => "actual_hours",
            Self::PriceToCost => "price",
            Self::MaterialShare => "material_cost",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::CostPerSquareFoot => "cost per square foot",
            Self::HoursPerSquareFoot => "hours per square foot",
            Self::PriceToCost => "price to cost",
            Self::MaterialShare => "share of material in the cost",
            Self::ActualToEstimate => "actual to estimated cost",
        }
    }
}

impl PeerGroup {
    /// From the figures of the finished jobs of one type.
    pub fn of(jobs: &[Figures], peers: Peers) -> Self {
        let usual = MEASURES.map(|measure| {
            let mut logs: Vec<f64> = jobs.iter().filter_map(|job| measure.of(job)).collect();
            (logs.len() >= peers.at_least).then(|| usual(&mut logs))
        });
        Self { usual, peers }
    }

    /// What is unlike the peers; empty for a job that fits or whose peers are too few.
    pub fn unlike(&self, job: &Figures) -> Vec<Warning> {
        let told = |(measure, usual): (Measure, Option<Usual>)| {
            let (usual, log) = (usual?, measure.of(job)?);
            let far = (log - usual.median).abs();
            let is_far = far > (self.peers.beyond * usual.deviation).max(LEAST_FACTOR.ln());
            let side = if log > usual.median { "above" } else { "below" };
            let message = || format!("{} is {:.1} times {side} the usual of its type", measure.words(), far.exp());
            is_far.then(|| Warning::new(RULE, Severity::Warning, measure.about(), message()))
        };
        MEASURES.into_iter().zip(self.usual).filter_map(told).collect()
    }
}

fn usual(logs: &mut [f64]) -> Usual {
    let median = median(logs);
    let mut distances: Vec<f64> = logs.iter().map(|log| (log - median).abs()).collect();
    Usual { median, deviation: 1.4826 * self::median(&mut distances) }
}

/// Of at least one value.
fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    let is_odd = values.len() % 2 == 1;
    let (below, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    match is_odd {
        true => *upper,
        false => f64::midpoint(below.iter().copied().fold(f64::NEG_INFINITY, f64::max), *upper),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(cost: i64, square_feet: f64) -> Figures {
        Figures { total_cost: Some(cost), square_feet: Some(square_feet), ..Figures::default() }
    }

    /// Thirty jobs between 80 and 125 a square foot.
    fn history() -> Vec<Figures> {
        (0..30).map(|i| job(((100.0 * 1.25_f64.powf(f64::from(i) / 14.5 - 1.0)) * 4000.0) as i64, 40.0)).collect()
    }

    #[test]
    fn a_median_is_the_middle_or_between_the_two_middle_ones() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), 2.5);
        assert_eq!(median(&mut [7.0]), 7.0);
    }

    #[test]
    fn what_fits_is_not_told_and_a_decimal_slip_is() {
        let group = PeerGroup::of(&history(), Peers { at_least: 20, beyond: 5.0 });
        for one in history() {
            assert_eq!(group.unlike(&one), []);
        }
        let told = group.unlike(&job(4_000_000, 40.0));
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].rule.as_str(), told[0].driver.as_str()), (RULE, "total_cost"));
        assert_eq!(told[0].message, "cost per square foot is 10.0 times above the usual of its type");
        assert!(group.unlike(&job(40_000, 40.0))[0].message.contains("10.0 times below"));
    }

    #[test]
    fn few_peers_and_missing_figures_tell_nothing() {
        let group = PeerGroup::of(&history()[..19], Peers { at_least: 20, beyond: 5.0 });
        assert_eq!(group.unlike(&job(4_000_000, 40.0)), []);
        let group = PeerGroup::of(&history(), Peers { at_least: 20, beyond: 5.0 });
        assert_eq!(group.unlike(&job(4_000_000, 0.0)), []);
        assert_eq!(group.unlike(&Figures::default()), []);
    }

    #[test]
    fn where_all_are_the_same_a_small_difference_is_not_told() {
        let group = PeerGroup::of(&vec![job(400_000, 40.0); 25], Peers { at_least: 20, beyond: 5.0 });
        assert_eq!(group.unlike(&job(480_000, 40.0)), []);
        assert_eq!(group.unlike(&job(800_000, 40.0)).len(), 1);
    }
}
