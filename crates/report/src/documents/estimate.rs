//! "Why this cost": one estimate on a page for the owner. Internal, and marked so.

use jiff::tz::TimeZone;
use serde::Serialize;
use signwright_domain::estimate::{Basis, Estimate, SimilarJob};
use signwright_domain::physics::Structure;
use signwright_domain::sanity::Severity;

use super::quote::paper;
use super::typeset::{Day, Manuscript, pdf};
use crate::ReportError;
use crate::figures::{range_bar, waterfall};
use crate::words::{cell, drivers, long_date, measure, one_line, paragraphs, round_money, short_date};

static TEMPLATE: &str = include_str!("../../templates/estimate.typ");
/// So many similar jobs and warnings stand on the page.
const ROWS: usize = 5;

/// An estimate with its range, its drivers in money and the jobs like it, as PDF.
pub fn estimate_pdf(estimate: &Estimate) -> Result<Vec<u8>, ReportError> {
    let sheet = Sheet::of(estimate);
    pdf(Manuscript {
        template: TEMPLATE,
        data: &sheet,
        files: vec![
            ("range.svg", range_bar(estimate)?.into_bytes()),
            ("drivers.svg", waterfall(estimate)?.into_bytes()),
        ],
        identity: format!("estimate {} of {}", estimate.id, estimate.created_at),
    })
}

#[derive(Debug, Serialize)]
struct Sheet {
    paper: &'static str,
    date: Day,
    document_title: String,
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
struct Similar {
    number: String,
    customer: String,
    completed: String,
    differs: String,
    estimated: String,
    actual: String,
    overrun: bool,
}

#[derive(Debug, Serialize)]
struct Remark {
    refused: bool,
    words: String,
}

impl Sheet {
    fn of(estimate: &Estimate) -> Self {
        Self {
            paper: paper(estimate.cost.currency),
            date: estimate.created_at.to_zoned(TimeZone::UTC).date().into(),
            document_title: one_line(&format!("Estimate: {}", estimate.title)),
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
        }
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Model => "by the model",
        Basis::Assembly => "built up from the shop's assembly",
        Basis::MedianOfType => "median of the type, 24 months",
        Basis::SimilarJobs => "median of similar jobs",
        Basis::Starter => "by the starter model, not from your jobs",
    }
}

/// Inside the shop's own experience, which the starter model has none of.
fn is_inside(estimate: &Estimate) -> bool {
    estimate.basis != Basis::Starter && estimate.novelty.score <= 1.0 && estimate.novelty.reasons.is_empty()
}

fn novelty(estimate: &Estimate) -> String {
    if estimate.basis == Basis::Starter && estimate.novelty.reasons.is_empty() {
        return "compared with generated jobs, not with yours".into();
    }
    let reasons: Vec<_> = estimate.novelty.reasons.iter().map(|reason| cell(reason)).collect();
    if reasons.is_empty() { "inside your experience".into() } else { reasons.join("; ") }
}

fn similar(job: &SimilarJob) -> Similar {
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

fn structure(structure: &Structure) -> Vec<(&'static str, String)> {
    vec![
        ("Wind force, ASD", format!("{} lb", measure(structure.wind_force))),
        ("Moment at grade", format!("{:.1} k-ft", structure.moment / 1_000.0)),
        ("Pier", format!("{} × Ø {:.1} × {:.1} ft", structure.piers, structure.pier_diameter, structure.pier_depth)),
        ("Concrete", format!("{:.1} yd³", structure.concrete)),
        ("Pole steel", format!("{} lb", measure(structure.pole_weight))),
    ]
}

fn remarks(estimate: &Estimate) -> Vec<Remark> {
    let mut sorted: Vec<_> = estimate.warnings.iter().collect();
    sorted.sort_by_key(|warning| std::cmp::Reverse(warning.severity));
    sorted
        .into_iter()
        .take(ROWS)
        .map(|warning| Remark { refused: warning.severity == Severity::Error, words: cell(&warning.message) })
        .collect()
}
