//! The work order of a quote or a job. Hours and materials come from the assembly where a cost was built up, else from the job's
//! own estimate, else from what similar jobs took; the sheet says which.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use signwright_domain::Specification;
use signwright_domain::assembly::CostKind;
use signwright_domain::build_up::BuildUp;
use signwright_domain::estimate::Estimate;
use signwright_domain::job::Job;
use signwright_domain::quote::Quote;
use signwright_domain::record::Section;
use signwright_report::documents::{
    Letterhead, Manuscript, WorkHours, WorkItem, WorkMaterial, WorkOrder, work_order as on_paper,
};
use signwright_store::jobs::{self, JobLine};
use signwright_store::settings;

use super::job::name;
use super::quote::estimates_of;
use crate::{Action, CallError};

/// What the work takes.
#[derive(Default)]
struct Plan {
    labour: Vec<WorkHours>,
    hours_from: String,
    materials: Vec<WorkMaterial>,
    materials_from: String,
}

pub(super) fn of_quote(action: &Action, quote: &Quote, head: &Letterhead) -> Result<Manuscript, CallError> {
    let estimates = estimates_of(action, quote)?;
    let job = jobs::find_by_number(&action.shop().read(), &quote.number)?;
    let version = quote.active();
    let spec = |id: Option<i64>| {
        let found = estimates.iter().find(|estimate| Some(estimate.id) == id);
        found.map(|estimate| estimate.specification.clone()).unwrap_or_default()
    };
    let items = version.lines.iter().map(|line| WorkItem {
        description: line.description.clone(),
        quantity: line.quantity.normalize().to_string(),
        unit: line.unit.clone(),
        specification: spec(line.estimate_id),
    });
    let counted: Vec<(&Estimate, Decimal)> = estimates
        .iter()
        .map(|estimate| {
            let lines = version.lines.iter().filter(|line| line.estimate_id == Some(estimate.id));
            (estimate, lines.map(|line| line.quantity).sum())
        })
        .collect();
    let plan = plan(action, job.as_ref(), &counted)?;
    let work_order = job.as_ref().and_then(|job| job.work_order.clone());
    let order = WorkOrder {
        number: work_order.unwrap_or_else(|| quote.number.clone()),
        title: quote.title.clone(),
        customer: quote.customer.clone(),
        contact: quote.contact.clone(),
        address: job.as_ref().and_then(|job| job.location.clone()).unwrap_or_default(),
        facts: vec![
            ("Quote".into(), format!("{}, version {}", quote.number, version.version)),
            ("Estimator".into(), estimator(job.as_ref(), &estimates)),
        ],
        items: items.collect(),
        labour: plan.labour,
        hours_from: plan.hours_from,
        materials: plan.materials,
        materials_from: plan.materials_from,
        structure: estimates.iter().find_map(|estimate| estimate.structure),
        exclusions: version.exclusions.clone(),
        currency: version.totals.total.currency,
        made_at: action.now,
    };
    Ok(on_paper(&order, head)?)
}

pub(super) fn of_job(action: &Action, job: &Job, head: &Letterhead) -> Result<Manuscript, CallError> {
    let plan = plan(action, Some(job), &[])?;
    let quantity = job.specification.number("quantity").unwrap_or(1.0);
    let description = job.description.clone().or_else(|| job.sign_type.clone()).unwrap_or_else(|| "Sign".into());
    let order = WorkOrder {
        number: job.number().to_owned(),
        title: description.clone(),
        customer: job.customer.clone().unwrap_or_default(),
        contact: String::new(),
        address: job.location.clone().unwrap_or_default(),
        facts: vec![
            ("Quote".into(), job.quote_number.clone().unwrap_or_default()),
            ("Estimator".into(), estimator(Some(job), &[])),
        ],
        items: vec![WorkItem {
            description,
            quantity: quantity.to_string(),
            unit: "each".into(),
            specification: job.specification.clone(),
        }],
        labour: plan.labour,
        hours_from: plan.hours_from,
        materials: plan.materials,
        materials_from: plan.materials_from,
        structure: None,
        exclusions: Vec::new(),
        currency: settings::currency(&action.shop().read())?,
        made_at: action.now,
    };
    Ok(on_paper(&order, head)?)
}

fn estimator(job: Option<&Job>, estimates: &[Estimate]) -> String {
    let said = |specification: &Specification| specification.get("estimator").map(ToString::to_string);
    let of_job = job.and_then(|job| job.estimator.clone());
    of_job.or_else(|| estimates.iter().find_map(|one| said(&one.specification))).unwrap_or_default()
}

fn plan(action: &Action, job: Option<&Job>, estimates: &[(&Estimate, Decimal)]) -> Result<Plan, CallError> {
    let built: Option<Vec<(&BuildUp, Decimal)>> = estimates
        .iter()
        .map(|(estimate, count)| Some((estimate.bottom_up.as_ref()?.built.as_ref()?, *count)))
        .collect();
    if let Some(built) = built.filter(|built| !built.is_empty()) {
        return Ok(built_up(&built));
    }
    if let Some(job) = job {
        let lines = jobs::lines(&action.shop().read(), job.id)?;
        let plan = estimated(&lines);
        if !plan.labour.is_empty() || !plan.materials.is_empty() {
            return Ok(plan);
        }
    }
    as_similar(action, estimates)
}

fn built_up(built: &[(&BuildUp, Decimal)]) -> Plan {
    let names: Vec<String> =
        built.iter().map(|(built, _)| format!("{}, version {}", built.name, built.version)).collect();
    let from = format!("by assembly: {}", names.join("; "));
    let mut plan = Plan { hours_from: from.clone(), materials_from: from, ..Plan::default() };
    for (line, count) in built.iter().flat_map(|(built, count)| built.lines.iter().map(move |line| (line, *count))) {
        let quantity = line.quantity * count;
        if line.is_labour {
            add(
                &mut plan.labour,
                WorkHours {
                    department: line.item_name.clone(),
                    work_code: line.item.clone(),
                    description: line.name.clone(),
                    hours: quantity.to_f64().unwrap_or_default(),
                },
            );
        } else if matches!(line.kind, CostKind::Material | CostKind::Equipment) {
            plan.materials.push(WorkMaterial {
                name: line.item_name.clone(),
                quantity: quantity.round_dp(2).normalize().to_string(),
                unit: line.unit.to_string(),
            });
        }
    }
    plan
}

fn estimated(lines: &[JobLine]) -> Plan {
    let mut plan = Plan { hours_from: "as estimated".into(), materials_from: "as estimated".into(), ..Plan::default() };
    for line in lines {
        match line.section {
            Section::Labour => {
                if let Some(hours) = line.estimated_hours.filter(|hours| *hours > 0.0) {
                    add(&mut plan.labour, work(line, hours));
                }
            }
            Section::Material => {
                if let Some(quantity) = line.estimated_quantity.filter(|quantity| !quantity.is_zero()) {
                    plan.materials.push(WorkMaterial {
                        name: name(line),
                        quantity: quantity.normalize().to_string(),
                        unit: line.unit.clone().unwrap_or_default(),
                    });
                }
            }
            Section::Outplant | Section::Item => {}
        }
    }
    plan
}

fn work(line: &JobLine, hours: f64) -> WorkHours {
    WorkHours {
        department: line.department.clone().unwrap_or_default(),
        work_code: line.work_code.clone().unwrap_or_default(),
        description: name(line),
        hours,
    }
}

/// Entries of one work code are one line.
fn add(labour: &mut Vec<WorkHours>, more: WorkHours) {
    let same = |known: &&mut WorkHours| {
        (&known.work_code, &known.description) == (&more.work_code, &more.description)
            && known.department == more.department
    };
    match labour.iter_mut().find(same) {
        Some(known) => known.hours += more.hours,
        None => labour.push(more),
    }
}

/// The hours that at least half of the similar jobs have by a work code: their middle. Per sign type only as sure as that.
fn as_similar(action: &Action, estimates: &[(&Estimate, Decimal)]) -> Result<Plan, CallError> {
    let mut plan = Plan::default();
    let mut numbers: Vec<String> = Vec::new();
    for (estimate, count) in estimates {
        let ids: Vec<i64> = estimate.similar.iter().map(|job| job.job_id).collect();
        let by_job = jobs::lines_of(&action.shop().read(), &ids)?;
        let mut hours: BTreeMap<(String, String), Vec<(WorkHours, f64)>> = BTreeMap::new();
        for lines in by_job.values() {
            let mut of_job: Vec<WorkHours> = Vec::new();
            for line in lines.iter().filter(|line| line.section == Section::Labour) {
                if let Some(taken) = line.actual_hours.filter(|taken| *taken > 0.0) {
                    add(&mut of_job, work(line, taken));
                }
            }
            for row in of_job {
                let key = (row.department.clone(), row.work_code.clone());
                let taken = row.hours;
                hours.entry(key).or_default().push((row, taken));
            }
        }
        let times = count.to_f64().unwrap_or(1.0);
        for rows in hours.into_values().filter(|rows| rows.len() * 2 >= by_job.len()) {
            let mut taken: Vec<f64> = rows.iter().map(|(_, taken)| *taken).collect();
            taken.sort_by(f64::total_cmp);
            let middle = (taken[(taken.len() - 1) / 2] + taken[taken.len() / 2]) / 2.0;
            if let Some((row, _)) = rows.into_iter().next() {
                add(&mut plan.labour, WorkHours { hours: middle * times, ..row });
            }
        }
        let known = estimate.similar.iter().filter(|job| by_job.contains_key(&job.job_id));
        numbers.extend(known.map(|job| job.number.clone()));
    }
    numbers.dedup();
    if !plan.labour.is_empty() {
        plan.hours_from = format!("the middle of what similar jobs took ({}), not a plan", numbers.join(", "));
    }
    Ok(plan)
}
