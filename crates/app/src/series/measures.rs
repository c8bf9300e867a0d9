//! What a shop's own series measure, of which rows, and by what they can be split.

use signwright_lake::{Aggregate, Measured};

/// The rows that a measure is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// Finished jobs, by the day they were completed.
    Jobs,
    /// Offers, by the day they were made.
    Offers,
    /// Lines of labour of finished jobs.
    Labour,
    /// Lines of material of finished jobs.
    Material,
    /// Work that was sold and is not done: what stood there at the end of each period.
    Backlog,
}

/// What the numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Money,
    MoneyPer(&'static str),
    /// Money per unit of a material, which its name says.
    MoneyPerMeasure,
    Of(&'static str),
    /// Shares times 100.
    PerCent,
}

/// One measure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) unit: Unit,
    pub(super) rows: Rows,
    pub(super) of: Measured<'static>,
    pub(super) how: Aggregate,
    /// A period without rows is 0, not unknown.
    pub(super) adds_up: bool,
    /// The columns that it can be split by.
    pub(super) by: &'static [&'static str],
    /// Says something only of one level of them.
    pub(super) split_only: bool,
}

const JOB: &[&str] = &["sign_type", "estimator", "customer"];
const OFFER: &[&str] = &["sign_type", "estimator"];
const CODE: &[&str] = &["work_code", "department"];

const fn jobs(name: &'static str, label: &'static str, unit: Unit, of: Measured<'static>) -> Measure {
    Measure {
        name,
        label,
        unit,
        rows: Rows::Jobs,
        of,
        how: Aggregate::Median,
        adds_up: false,
        by: JOB,
        split_only: false,
    }
}

const fn sum(measure: Measure) -> Measure {
    Measure { how: Aggregate::Sum, adds_up: true, ..measure }
}

const fn from(rows: Rows, by: &'static [&'static str], measure: Measure) -> Measure {
    Measure { rows, by, ..measure }
}

const fn split_only(measure: Measure) -> Measure {
    Measure { split_only: true, ..measure }
}

/// All of them, in the order in which they are listed.
pub(super) const MEASURES: [Measure; 19] = [
    sum(jobs("booked_revenue", "Revenue of finished jobs", Unit::Money, Measured::Column("revenue"))),
    sum(jobs("job_cost", "Cost of finished jobs", Unit::Money, Measured::Column("cost"))),
    jobs("margin", "Margin", Unit::PerCent, Measured::OfSums("profit", "revenue")),
    jobs("cost_per_square_foot", "Cost per square foot", Unit::MoneyPer("sq ft"), Measured::PerRow("cost", "area")),
    jobs(
        "price_per_square_foot",
        "Price per square foot",
        Unit::MoneyPer("sq ft"),
        Measured::PerRow("revenue", "area"),
    ),
    sum(jobs("finished_jobs", "Finished jobs", Unit::Of("jobs"), Measured::Row)),
    jobs("cost_overrun", "Cost over estimate", Unit::PerCent, Measured::OfSums("cost_over", "estimated_cost")),
    sum(jobs("labour_hours", "Hours worked", Unit::Of("hours"), Measured::Column("hours"))),
    jobs("labour_rate", "Labour cost per hour", Unit::MoneyPer("hour"), Measured::PerRow("labour", "hours")),
    jobs("hours_overrun", "Hours over estimate", Unit::PerCent, Measured::OfSums("hours_over", "estimated_hours")),
    from(Rows::Backlog, OFFER, sum(jobs("backlog_hours", "Hours sold and not done", Unit::Of("hours"), Measured::Row))),
    from(Rows::Offers, OFFER, sum(jobs("quotes", "Quotes made", Unit::Of("quotes"), Measured::Row))),
    from(Rows::Offers, OFFER, sum(jobs("quoted_value", "Value quoted", Unit::Money, Measured::Column("price")))),
    from(Rows::Offers, OFFER, sum(jobs("sold_hours", "Hours sold", Unit::Of("hours"), Measured::Column("won_hours")))),
    from(Rows::Offers, OFFER, jobs("win_rate", "Quotes won", Unit::PerCent, Measured::OfSums("won", "decided"))),
    split_only(from(
        Rows::Labour,
        CODE,
        sum(jobs("code_hours", "Hours", Unit::Of("hours"), Measured::Column("hours"))),
    )),
    split_only(from(
        Rows::Labour,
        CODE,
        jobs("code_rate", "Rate", Unit::MoneyPer("hour"), Measured::OfSums("cost", "hours")),
    )),
    split_only(from(
        Rows::Labour,
        CODE,
        jobs("code_overrun", "Hours over estimate", Unit::PerCent, Measured::OfSums("hours_over", "estimated_hours")),
    )),
    split_only(from(
        Rows::Material,
        &["material"],
        jobs("material_price", "Price paid", Unit::MoneyPerMeasure, Measured::PerRow("cost", "quantity")),
    )),
];

pub(super) fn named(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.name == name)
}
