//! `estimate --spec`.

use signwright_app::commands::Nothing;
use signwright_app::estimates::{CreateEstimate, DecideCost, create_estimate};
use signwright_app::shop::shop_settings;
use signwright_app::{Action, App, CallError, Code};
use signwright_domain::assembly::AssemblyProblem;
use signwright_domain::bottom_up::{BottomUp, CostSource};
use signwright_domain::estimate::{Basis, Contribution, Estimate, by_cause};
use signwright_domain::{Money, Specification};

use super::assemblies::chosen;
use super::{action, explore, standard_input};
use crate::arguments;
use crate::output::{Output, table};

/// The others are added up in one line; `--json` has them all.
const SHOWN_DRIVERS: usize = 12;
const SHOWN_FORGOTTEN: usize = 5;

pub(super) fn estimate(app: &App, input: &arguments::Estimate, output: &Output) -> Result<(), CallError> {
    let specification = specification(&input.spec)?;
    if !input.over.is_empty() {
        return explore::over(&action(app, "estimate"), specification, &input.over, output);
    }
    let action = action(app, "estimate");
    let decide = input.go_by.as_deref().map(|by| decide(&action, by, &input.why)).transpose()?;
    let request = CreateEstimate {
        title: input.title.clone(),
        specification,
        quoted_on: None,
        save: input.save,
        assembly: chosen(&input.assembly)?,
        decide,
    };
    output.result(&create_estimate(&action, request)?, estimate_text);
    Ok(())
}

fn decide(action: &Action, by: &str, why: &str) -> Result<DecideCost, CallError> {
    let (by, cost) = match by {
        "learned" => (CostSource::Learned, None),
        "built-up" => (CostSource::BuiltUp, None),
        amount => {
            let currency = shop_settings(action, Nothing {})?.currency;
            let amount = amount
                .trim_start_matches(|c: char| !c.is_ascii_digit())
                .replace(',', "")
                .parse()
                .ok()
                .and_then(|amount| Money::from_decimal(amount, currency).ok());
            let wrong = || CallError::invalid(format!("\"{by}\" is neither learned, built-up nor an amount"));
            (CostSource::Own, Some(amount.ok_or_else(wrong)?))
        }
    };
    Ok(DecideCost { by, cost, why: why.to_owned() })
}

pub(super) fn specification(file: &std::path::Path) -> Result<Specification, CallError> {
    let text = if file.as_os_str() == "-" {
        standard_input()?
    } else {
        let bytes = signwright_app::files::read(file)?;
        String::from_utf8(bytes)
            .map_err(|_| CallError::new(Code::UnreadableFile, format!("{} is not text", file.display())))?
    };
    serde_json::from_str(&text)
        .map_err(|error| CallError::invalid(format!("the specification is not a JSON object of drivers: {error}")))
}

pub(super) fn estimate_text(estimate: &Estimate) -> String {
    let mut text = vec![format!("{}: expected cost {}", estimate.title, estimate.cost)];
    for range in &estimate.ranges {
        text.push(format!("  {} % {}: {} to {}", range.level, promise(estimate.basis), range.low, range.high));
    }
    if !estimate.at_most.is_empty() {
        let at_most = estimate.at_most.iter().map(|at_most| format!("P{} {}", at_most.percentile, at_most.cost));
        text.push(format!("  with contingency: {}", at_most.collect::<Vec<_>>().join(", ")));
    }
    text.push(format!("  rests on {}", estimate.basis_note));
    if estimate.id != 0 {
        text.push(format!("  kept as estimate {}", estimate.id));
    }
    text.extend(estimate.bottom_up.iter().flat_map(bottom_up_text));
    if let Some(decision) = &estimate.decision {
        let why = if decision.why.is_empty() { String::new() } else { format!(": {}", decision.why) };
        text.push(format!("  decided on {} by {}{why}", decision.cost, decision.who));
    }
    if !estimate.contributions.is_empty() {
        text.push(String::new());
        text.push(causes(estimate));
        text.push(String::new());
        text.push(drivers(estimate));
    }
    if !estimate.similar.is_empty() {
        let rows = estimate.similar.iter().map(|job| {
            let estimated = job.estimated.map_or(String::new(), |amount| amount.to_string());
            vec![job.number.clone(), job.differs.clone(), estimated, job.actual.to_string()]
        });
        text.push(String::new());
        text.push(table(&["similar job", "what differs", "estimated", "actual"], &rows.collect::<Vec<_>>(), &[2, 3]));
    }
    for reason in &estimate.novelty.reasons {
        text.push(format!("unusual: {reason}"));
    }
    for warning in &estimate.warnings {
        text.push(format!("look at: {}", warning.message));
    }
    if let Some(structure) = &estimate.structure {
        text.push(format!(
            "wind and footing, for costing only: {:.0} lb, {:.1} k-ft, {} x dia. {:.1} x {:.1} ft, {:.1} yd3",
            structure.wind_force,
            structure.moment / 1000.0,
            structure.piers,
            structure.pier_diameter,
            structure.pier_depth,
            structure.concrete
        ));
    }
    text.join("\n")
}

/// What is built up beside it, where the two differ, and what may be forgotten.
fn bottom_up_text(bottom_up: &BottomUp) -> Vec<String> {
    let Some(built) = &bottom_up.built else {
        let why = |problem: &AssemblyProblem| {
            format!("  not built up by {}: {}: {}", bottom_up.name, problem.place, problem.message)
        };
        return bottom_up.problems.iter().map(why).collect();
    };
    let mut text = match &bottom_up.beside {
        Some(beside) => beside.said.iter().map(|said| format!("  {said}")).collect(),
        None => vec![format!("  built up {} by {}", built.total, bottom_up.name)],
    };
    if let Some(proof) = &bottom_up.proof {
        let (median, low, high) = (proof.median, proof.low, proof.high);
        text.push(format!(
            "  {} finished jobs cost {median:.2} times what {} says in the middle, {low:.2} to {high:.2} times four in five",
            proof.jobs, bottom_up.name
        ));
    }
    let forgotten = bottom_up.forgotten.iter().take(SHOWN_FORGOTTEN);
    text.extend(forgotten.map(|line| {
        format!(
            "  forgotten? {} of {} similar jobs had {}, {} in the middle",
            line.jobs, line.of, line.name, line.median_cost
        )
    }));
    text
}

/// From the average job to this one in a few sums.
fn causes(estimate: &Estimate) -> String {
    let row = |what: &str, amount: Money| vec![what.to_owned(), amount.to_string()];
    let mut rows = vec![row("average job", estimate.base)];
    rows.extend(by_cause(&estimate.contributions).iter().map(|sum| row(sum.cause.label(), sum.amount)));
    rows.push(row("expected cost", estimate.cost));
    table(&["why", "amount"], &rows, &[1])
}

fn drivers(estimate: &Estimate) -> String {
    let (shown, small) = estimate.contributions.split_at(estimate.contributions.len().min(SHOWN_DRIVERS));
    let row =
        |c: &Contribution| vec![c.label.clone(), c.value.clone(), c.cause.label().to_lowercase(), c.amount.to_string()];
    let mut rows: Vec<Vec<String>> = shown.iter().map(row).collect();
    if let Some(rest) = small.iter().map(|c| c.amount).sum::<Option<Money>>() {
        rows.push(vec![format!("{} smaller drivers", small.len()), String::new(), String::new(), rest.to_string()]);
    }
    table(&["driver", "", "part of", "amount"], &rows, &[3])
}

/// What a range says: the starter's ones rest on what is assumed about shops.
fn promise(basis: Basis) -> &'static str {
    match basis {
        Basis::Starter => "assumed",
        Basis::Model | Basis::Assembly | Basis::MedianOfType | Basis::SimilarJobs => "of such jobs",
    }
}
