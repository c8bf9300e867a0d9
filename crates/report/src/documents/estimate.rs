//! "Why this cost": one estimate on a page for the owner. Internal, and marked so.

use serde::Serialize;
use signwright_domain::estimate::{Basis, Estimate, SimilarJob};
use signwright_domain::physics::Structure;
use signwright_domain::sanity::Severity;

use super::manuscript::{Frame, Framing};
use super::quote::paper;
use super::{Letterhead, Manuscript, Template};
use crate::ReportError;
use crate::figures::{range_bar, waterfall};
use crate::words::{cell, drivers, long_date, measure, paragraphs, round_money, short_date};

/// So many similar jobs and warnings stand on the page.
const ROWS: usize = 5;

/// What stands at the foot of what stays in the shop.
pub(super) const INTERNAL: &str = "Internal: cost, not an offer. Sizes are for costing only.";

/// An estimate with its range, its drivers in money and the jobs like it.
pub fn estimate(estimate: &Estimate, letterhead: &Letterhead) -> Result<Manuscript, ReportError> {
    let identity = format!("estimate {} of {}", estimate.id, estimate.created_at);
    Ok(Manuscript::new(Template::Estimate, identity, &Sheet::of(estimate, letterhead)?)?
        .with_file("range.svg", range_bar(estimate)?)
        .with_file("drivers.svg", waterfall(estimate)?)
        .with_logo(letterhead))
}

#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(flatten)]
    frame: Frame,
    title: String,
    quoted_on: String,
    cost: String,
    basis: &'static str,
    basis_note: Vec<String>,
    novelty: String,
    inside_experience: bool,
    /// There are drivers to show.
    explained: bool,
    specification: Vec<(String, String)>,
    similar: Vec<Similar>,
    structure: Vec<(&'static str, String)>,
    warnings: Vec<Remark>,
}

#[derive(Debug, Serialize)]
pub(super) struct Similar {
    number: String,
    customer: String,
    completed: String,
    differs: String,
    estimated: String,
    actual: String,
    overrun: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Remark {
    refused: bool,
    words: String,
}

impl Sheet {
    fn of(estimate: &Estimate, letterhead: &Letterhead) -> Result<Self, ReportError> {
        let title = format!("Estimate: {}", estimate.title);
        let framing = Framing {
            paper: paper(estimate.cost.currency),
            date: estimate.created_at.to_zoned(letterhead.time_zone.clone()).date(),
            title: &title,
            running: "Estimate",
            further: &title,
            internal: INTERNAL,
        };
        Ok(Self {
            frame: Frame::of(letterhead, &framing)?,
            title: cell(&estimate.title),
            quoted_on: long_date(estimate.quoted_on),
            cost: round_money(estimate.cost),
            basis: basis(estimate.basis),
            basis_note: paragraphs(&estimate.basis_note),
            novelty: novelty(estimate),
            inside_experience: is_inside(estimate),
            explained: !estimate.contributions.is_empty(),
            specification: drivers(&estimate.specification).into_iter().map(|(a, b)| (cell(&a), cell(&b))).collect(),
            similar: estimate.similar.iter().take(ROWS).map(similar).collect(),
            structure: estimate.structure.as_ref().map(structure).unwrap_or_default(),
            warnings: remarks(estimate),
        })
    }
}

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Model => "by the model",
        Basis::Assembly => "built up from the shop's assembly",
        Basis::MedianOfType => "median of the type, 24 months",
        Basis::SimilarJobs => "median of similar jobs",
        Basis::Starter => "by the starter model, not from your jobs",
    }
}

/// Inside the shop's own experience, which the starter model has none of.
pub(super) fn is_inside(estimate: &Estimate) -> bool {
    estimate.basis != Basis::Starter && estimate.novelty.score <= 1.0 && estimate.novelty.reasons.is_empty()
}

pub(super) fn novelty(estimate: &Estimate) -> String {
    if estimate.basis == Basis::Starter && estimate.novelty.reasons.is_empty() {
        return "compared with generated jobs, not with yours".into();
    }
    let reasons: Vec<_> = estimate.novelty.reasons.iter().map(|reason| cell(reason)).collect();
    if reasons.is_empty() { "inside your experience".into() } else { reasons.join("; ") }
}

pub(super) fn similar(job: &SimilarJob) -> Similar {
    Similar {
        number: cell(&job.number),
        customer: cell(job.customer.as_deref().unwrap_or_default()),
        completed: job.completed_on.map(short_date).unwrap_or_default(),
        differs: cell(&job.differs),
        estimated: job.estimated.map(round_money).unwrap_or_else(|| "–".into()),
        actual: round_money(job.actual),
        overrun: job.estimated.is_some_and(|estimated| job.actual.minor > estimated.minor + estimated.minor / 10),
    }
}

pub(super) fn structure(structure: &Structure) -> Vec<(&'static str, String)> {
    vec![
        ("Wind force, ASD", format!("{} lb", measure(structure.wind_force))),
        ("Moment at grade", format!("{:.1} k-ft", structure.moment / 1_000.0)),
        ("Pier", format!("{} × Ø {:.1} × {:.1} ft", structure.piers, structure.pier_diameter, structure.pier_depth)),
        ("Concrete", format!("{:.1} yd³", structure.concrete)),
        ("Pole steel", format!("{} lb", measure(structure.pole_weight))),
    ]
}

pub(super) fn remarks(estimate: &Estimate) -> Vec<Remark> {
    let mut sorted: Vec<_> = estimate.warnings.iter().collect();
    sorted.sort_by_key(|warning| std::cmp::Reverse(warning.severity));
    sorted
        .into_iter()
        .take(ROWS)
        .map(|warning| Remark { refused: warning.severity == Severity::Error, words: cell(&warning.message) })
        .collect()
}
