//! The cost of a job built up from an assembly, beside what finished jobs say of it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use signwright_domain::Money;
use signwright_domain::Specification;
use signwright_domain::bottom_up::{AssemblyChoice, BottomUp};
use signwright_domain::build_up::BuildUp;
use signwright_domain::cost_library::CostLibrary;
use signwright_domain::driver::{self, DriverKind};
use signwright_domain::estimate::{AtMost, Contribution, Range, SimilarJob};
use signwright_domain::forgotten::{ComparedLine, LinesOfJob};
use signwright_domain::job::Job;
use signwright_domain::record::Section;
use signwright_domain::two_estimates::GroupAmount;
use signwright_domain::unit::Unit;
use signwright_quoting::assembly::{AssemblyError, build_up, serves};
use signwright_quoting::forgotten::{forgotten, lines_of};
use signwright_quoting::two_estimates::{Learned, makeup, side_by_side};
use signwright_store::jobs::{self, JobLine};

use super::list::asked;
use super::proof;
use super::shelf::{ProofKey, Shelf};
use crate::estimates::Experience;
use crate::{Action, CallError};

/// Without similar jobs the newest of the type are asked what they had.
const NEWEST: usize = 12;

/// A cost that is built up, before it is put beside another.
pub(crate) struct Built {
    pub(crate) bottom_up: BottomUp,
    /// P70, P80 and P90 from finished jobs of its kind; empty for fewer than ten.
    pub(crate) at_most: Vec<AtMost>,
    /// The shop has found the assembly and every price in it its own.
    pub(crate) confirmed: bool,
}

/// What finished jobs say.
pub(crate) struct Beside<'a> {
    /// `None` where the answer does not rest on the shop's own jobs.
    pub(crate) learned: Option<(Money, Range)>,
    pub(crate) contributions: &'a [Contribution],
    pub(crate) similar: &'a [SimilarJob],
    pub(crate) quoted_on: Date,
}

/// Builds the cost up; `None` where no assembly serves.
///
/// # Errors
/// `NotFound` for an assembly that is asked for and is not there. What keeps it from a cost is no error but told.
pub(crate) fn built(
    action: &Action,
    experience: &Experience,
    spec: &Specification,
    choice: &AssemblyChoice,
    on: Date,
) -> Result<Option<Built>, CallError> {
    let shelf = action.shelf()?;
    let Some(kept) = shelf.chosen(choice.id.as_deref(), spec)? else { return Ok(None) };
    let outcome = match (kept.usable(), kept.error()) {
        (Some(read), _) => build_up(read, &asked(spec, &choice.given, on), &shelf.library),
        (None, error) => Err(error.cloned().unwrap_or_else(|| AssemblyError(Vec::new()))),
    };
    let (built, problems) = match outcome {
        Ok(built) => (Some(built), Vec::new()),
        Err(error) => (None, error.0),
    };
    let ratios = kept.usable().filter(|read| built.is_some() && serves(read, spec)).map(|read| {
        let key = ProofKey { assembly: read.id.clone(), history: experience.serial, on };
        shelf.proof(key, || proof::ratios(read, &experience.history, &shelf.library, on))
    });
    let total = built.as_ref().map(|built| built.total);
    let confirmed = kept.usable().is_some_and(|read| read.confirmed && serves(read, spec))
        && built.as_ref().is_some_and(|built| built.lines.iter().all(|line| !line.placeholder));
    Ok(Some(Built {
        confirmed,
        at_most: ratios.as_ref().zip(total).map_or_else(Vec::new, |(ratios, total)| ratios.at_most(total)),
        bottom_up: BottomUp {
            assembly: kept.definition.id.clone(),
            name: kept.definition.name.clone(),
            version: kept.definition.version,
            given: choice.given.clone(),
            proof: ratios.as_ref().zip(total).and_then(|(ratios, total)| ratios.of(total)),
            built,
            problems,
            beside: None,
            forgotten: Vec::new(),
            compared_jobs: 0,
        },
    }))
}

/// What an assembly was told and the specification can say as well is said there, so that both estimates are of one job. Whether there was
/// something.
///
/// # Errors
/// As [`built`].
pub(crate) fn said_of_the_job(
    action: &Action,
    spec: &mut Specification,
    choice: &mut AssemblyChoice,
) -> Result<bool, CallError> {
    if choice.given.is_empty() {
        return Ok(false);
    }
    let shelf = action.shelf()?;
    let Some(read) = shelf.chosen(choice.id.as_deref(), spec)?.and_then(|kept| kept.usable()) else { return Ok(false) };
    let before = choice.given.len();
    for input in read.inputs() {
        let Some(known) = input.driver.as_deref().and_then(driver::find) else { continue };
        let counts_alike = match known.kind {
            DriverKind::Number { unit, .. } => Unit::parse(unit) == Some(input.unit),
            DriverKind::Choice { .. } | DriverKind::Flag | DriverKind::Text => true,
        };
        if counts_alike && let Some(value) = choice.given.remove(&input.name) {
            spec.set(known.name, value);
        }
    }
    Ok(choice.given.len() < before)
}

/// Puts it beside what finished jobs say: where the two differ and by what, and what similar jobs had that this one lacks.
pub(crate) fn compare(
    action: &Action,
    experience: &Experience,
    spec: &Specification,
    bottom_up: &mut BottomUp,
    beside: &Beside<'_>,
) -> Result<(), CallError> {
    let Some(built) = &bottom_up.built else { return Ok(()) };
    let shelf = action.shelf()?;
    let alike = alike(experience, spec, beside);
    if let Some((cost, range)) = beside.learned {
        let read = shelf.find(&bottom_up.assembly)?.usable();
        let makeup: Vec<GroupAmount> = makeup(alike.iter().map(|job| &job.actual));
        let learned = Learned { cost, range, contributions: beside.contributions, makeup: &makeup };
        bottom_up.beside = read.and_then(|read| side_by_side(read, built, &learned).ok());
    }
    let similar = lines(action, &shelf, built, &alike)?;
    let telling = similar.iter().filter(|job| !job.lines.is_empty()).count();
    bottom_up.compared_jobs = u32::try_from(telling).unwrap_or(u32::MAX);
    bottom_up.forgotten = forgotten(&lines_of(built), &similar);
    Ok(())
}

/// Similar jobs, else the newest of the type.
fn alike<'a>(experience: &'a Experience, spec: &Specification, beside: &Beside<'_>) -> Vec<&'a Job> {
    if !beside.similar.is_empty() {
        let ids: BTreeSet<i64> = beside.similar.iter().map(|job| job.job_id).collect();
        return experience.history.iter().filter(|job| ids.contains(&job.id)).collect();
    }
    let sign_type = spec.text("sign_type");
    let before = |job: &&Job| job.completed_on.is_some_and(|done| done < beside.quoted_on);
    let of_type = experience.history.iter().filter(|job| job.sign_type.as_deref() == sign_type);
    let mut newest: Vec<&Job> = of_type.filter(before).collect();
    newest.sort_by_key(|job| std::cmp::Reverse(job.completed_on));
    newest.truncate(NEWEST);
    newest
}

fn lines(action: &Action, shelf: &Shelf, built: &BuildUp, alike: &[&Job]) -> Result<Vec<LinesOfJob>, CallError> {
    let ids: Vec<i64> = alike.iter().map(|job| job.id).collect();
    let known = jobs::lines_of(&action.shop().read(), &ids)?;
    let codes: BTreeSet<&str> =
        built.lines.iter().filter(|line| line.is_labour).map(|line| line.item.as_str()).collect();
    let theirs = |line: &JobLine| line.work_code.as_deref().is_some_and(|code| codes.contains(code));
    // A shop that numbers its work otherwise than the assembly would seem to lack all of it.
    let labour = known.values().flatten().any(theirs);
    let job = |job: &&Job| LinesOfJob {
        number: job.number().to_owned(),
        lines: known
            .get(&job.id)
            .into_iter()
            .flatten()
            .filter(|line| labour || line.section != Section::Labour)
            .filter_map(|line| compared(line, &shelf.library))
            .collect(),
    };
    Ok(alike.iter().map(job).collect())
}

/// Hours without a cost are taken at today's rate.
fn compared(line: &JobLine, library: &CostLibrary) -> Option<ComparedLine> {
    let at_rate = || {
        let rate = library.rate(line.work_code.as_deref()?)?.rate;
        let hours = rust_decimal::prelude::FromPrimitive::from_f64(line.actual_hours?)?;
        Money::from_decimal(rate.checked_mul(hours)?, library.currency).ok()
    };
    let work_code = line.work_code.clone().filter(|_| line.section == Section::Labour);
    let name = line.description.clone().or_else(|| line.department.clone()).or_else(|| work_code.clone())?;
    Some(ComparedLine { name, also: Vec::new(), cost: line.cost.or_else(at_rate)?, work_code })
}
