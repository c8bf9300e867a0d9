//! What a finished job cost against its estimate, by work code, material and outplant. Internal.
//!
//! A sum is given where every line below it has its part; a missing estimate is a dash, never a zero.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use signwright_domain::job::Job;
use signwright_domain::record::Section;
use signwright_domain::{Currency, Money};

use super::estimate::INTERNAL;
use super::manuscript::{Frame, Framing};
use super::owner::{Figure, margin};
use super::quote::paper;
use super::{Letterhead, Manuscript, Template};
use crate::ReportError;
use crate::figures::{Difference, differences};
use crate::words::{cell, hours, long_date, narrow_cell, quantity, round_money, shortened, signed_hours, signed_money};

/// A job's account.
#[derive(Clone, Debug)]
pub struct JobCosts<'a> {
    pub job: &'a Job,
    pub lines: &'a [Worked],
    /// What the sanity rules found in it.
    pub remarks: &'a [String],
    pub currency: Currency,
    /// The day of the account where the job says no day of completion.
    pub today: jiff::civil::Date,
}

/// One cost line, estimated and actual.
#[derive(Clone, Debug, PartialEq)]
pub struct Worked {
    pub section: Section,
    pub work_code: String,
    /// What was done or bought.
    pub name: String,
    pub unit: String,
    /// Hours of labour, else the quantity.
    pub estimated: Option<f64>,
    pub actual: Option<f64>,
    pub estimated_cost: Option<Money>,
    pub cost: Option<Money>,
}

pub fn job_costs(account: &JobCosts<'_>, letterhead: &Letterhead) -> Result<Manuscript, ReportError> {
    let bars = bars(account);
    let identity = format!("job costs {} of {}", account.job.number(), account.today);
    let sheet = Sheet::of(account, letterhead, !bars.is_empty())?;
    let manuscript = Manuscript::new(Template::JobCosts, identity, &sheet)?.with_logo(letterhead);
    if bars.is_empty() {
        return Ok(manuscript);
    }
    Ok(manuscript.with_file("differences.svg", differences(&bars, account.currency)?))
}

#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(flatten)]
    frame: Frame,
    number: String,
    title: String,
    actual: String,
    facts: Vec<String>,
    figures: Vec<Figure>,
    said: Vec<String>,
    figure: Option<&'static str>,
    parts: Vec<Part>,
    sections: Vec<Lines>,
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Part {
    name: String,
    amount: String,
    share: String,
}

#[derive(Debug, Serialize)]
struct Lines {
    name: &'static str,
    note: String,
    labour: bool,
    rows: Vec<Row>,
    total: Row,
}

#[derive(Debug, Default, Serialize)]
struct Row {
    code: String,
    name: String,
    estimated_quantity: String,
    quantity: String,
    quantity_differs: Differs,
    estimated: String,
    cost: String,
    differs: Differs,
}

/// A difference as text; clearly more, clearly less, or neither.
#[derive(Debug, Default, Serialize)]
struct Differs {
    text: String,
    more: bool,
    less: bool,
}

impl Sheet {
    fn of(account: &JobCosts<'_>, letterhead: &Letterhead, drawn: bool) -> Result<Self, ReportError> {
        let job = account.job;
        let (number, customer) = (job.number(), job.customer.as_deref().unwrap_or_default());
        let framing = Framing {
            paper: paper(account.currency),
            date: job.completed_on.unwrap_or(account.today),
            title: &format!("Job {number}, estimate against actual"),
            running: &format!("Job {number}, estimate against actual"),
            further: &format!("Job {number} for {}", shortened(customer, 60)),
            internal: INTERNAL,
        };
        let title = [job.description.as_deref(), Some(customer)].into_iter().flatten().find(|text| !text.is_empty());
        Ok(Self {
            frame: Frame::of(letterhead, &framing)?,
            number: cell(number),
            title: cell(title.unwrap_or(number)),
            actual: job.actual.total.map_or_else(|| "–".into(), round_money),
            facts: facts(job),
            figures: figures(job),
            said: said(account),
            figure: drawn.then_some("differences.svg"),
            parts: parts(job),
            sections: [Section::Labour, Section::Material, Section::Outplant]
                .into_iter()
                .filter_map(|section| lines(account, section))
                .collect(),
            remarks: account.remarks.iter().map(|remark| cell(remark)).collect(),
        })
    }
}

fn facts(job: &Job) -> Vec<String> {
    let kind = job.sign_type.as_deref().map(crate::words::sign_type);
    let day = |word: &str, day: Option<jiff::civil::Date>| day.map(|day| format!("{word} {}", long_date(day)));
    [
        job.customer.as_deref().map(cell),
        kind,
        job.location.as_deref().map(cell),
        day("quoted", job.quoted_on),
        day("completed", job.completed_on),
        job.estimator.as_deref().map(|who| format!("estimated by {}", cell(who))),
    ]
    .into_iter()
    .flatten()
    .filter(|fact| !fact.is_empty())
    .collect()
}

fn figures(job: &Job) -> Vec<Figure> {
    let mut figures = Vec::new();
    if let Some(estimated) = job.estimated_cost {
        let figure = |value, note, low| Figure { label: "Estimated cost", value, note, low };
        figures.push(figure(round_money(estimated), String::new(), false));
        if let Some(actual) = job.actual.total {
            let more = actual - estimated;
            figures.push(Figure {
                label: "Actual less estimated",
                value: signed_money(more),
                note: if estimated.minor == 0 { String::new() } else { margin(more, estimated) + " of the estimate" },
                low: more.minor > 0,
            });
        }
    }
    if let (Some(estimated), Some(actual)) = (job.estimated_hours, job.actual_hours) {
        figures.push(Figure {
            label: "Hours",
            value: hours(actual),
            note: format!("{} estimated", hours(estimated)),
            low: actual > estimated * 1.1,
        });
    }
    if let (Some(price), Some(cost)) = (job.sale_price.or(job.quoted_price), job.actual.total) {
        let left = price - cost;
        figures.push(Figure {
            label: "Left of the price",
            value: round_money(left),
            note: format!("{} of {}", margin(left, price), round_money(price)),
            low: left.minor < 0,
        });
    }
    figures
}

/// The three lines that explain most of the difference, and the cause people gave.
fn said(account: &JobCosts<'_>) -> Vec<String> {
    let mut over: Vec<(&Worked, Money)> =
        account.lines.iter().filter_map(|line| Some((line, line.cost? - line.estimated_cost?))).collect();
    over.sort_by_key(|(_, more)| std::cmp::Reverse(more.minor));
    let dearest: Vec<String> = over
        .iter()
        .filter(|(_, more)| more.minor > 0)
        .take(3)
        .map(|(line, more)| format!("{} ({})", cell(&line.name), signed_money(*more)))
        .collect();
    let mut said = Vec::new();
    if !dearest.is_empty() {
        said.push(format!("Dearer than estimated: {}.", dearest.join(", ")));
    }
    if let Some(cause) = account.job.overrun_cause.as_deref().filter(|cause| !cause.is_empty()) {
        said.push(format!("Given as the cause: {}.", cell(cause)));
    }
    said
}

fn parts(job: &Job) -> Vec<Part> {
    let known = job.actual.parts().into_iter().filter_map(|(name, amount)| Some((name, amount?)));
    known
        .filter(|(_, amount)| amount.minor != 0)
        .map(|(name, amount)| Part {
            name: capital(name),
            amount: amount.to_string(),
            share: job.actual.total.map(|total| margin(amount, total)).unwrap_or_default(),
        })
        .collect()
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn lines(account: &JobCosts<'_>, section: Section) -> Option<Lines> {
    let found: Vec<&Worked> = account.lines.iter().filter(|line| line.section == section).collect();
    if found.is_empty() {
        return None;
    }
    let labour = section == Section::Labour;
    let whole = Worked {
        section,
        work_code: String::new(),
        name: String::new(),
        unit: String::new(),
        estimated: found.iter().map(|line| line.estimated).sum(),
        actual: found.iter().map(|line| line.actual).sum(),
        estimated_cost: sum(found.iter().map(|line| line.estimated_cost)),
        cost: sum(found.iter().map(|line| line.cost)),
    };
    let unestimated = found.iter().filter(|line| line.estimated_cost.is_none()).count();
    Some(Lines {
        name: match section {
            Section::Labour => "Work",
            Section::Material => "Material",
            Section::Outplant => "Outplant",
            Section::Item => "Items",
        },
        note: match (unestimated, unestimated == found.len()) {
            (0, _) => String::new(),
            (_, true) => "its source tells no estimated cost".into(),
            (n, false) => format!("{n} of {} without an estimated cost", found.len()),
        },
        labour,
        rows: found.iter().map(|line| row(line)).collect(),
        total: row(&whole),
    })
}

/// `None` where one of them is missing.
fn sum(amounts: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    amounts.collect::<Option<Vec<Money>>>()?.into_iter().sum()
}

fn row(line: &Worked) -> Row {
    let labour = line.section == Section::Labour;
    let count = |count: Option<f64>| match count {
        Some(count) if labour => hours(count),
        Some(count) => {
            let number = Decimal::from_f64_retain(count).map_or_else(String::new, |count| quantity(count.round_dp(3)));
            format!("{number} {}", narrow_cell(&line.unit)).trim().to_owned()
        }
        None => "–".into(),
    };
    let more = line.cost.zip(line.estimated_cost).map(|(cost, estimated)| cost - estimated);
    let longer = line.actual.zip(line.estimated).map(|(actual, estimated)| actual - estimated);
    let weigh = |part: f64, whole: Option<f64>| whole.is_some_and(|whole| part > whole.abs() * 0.1);
    let estimated = line.estimated_cost.and_then(|amount| amount.to_decimal().to_f64());
    Row {
        code: narrow_cell(&line.work_code),
        name: cell(&line.name),
        estimated_quantity: count(line.estimated),
        quantity: count(line.actual),
        quantity_differs: longer.map_or_else(Differs::none, |longer| Differs {
            text: signed_hours(longer),
            more: weigh(longer, line.estimated),
            less: weigh(-longer, line.estimated),
        }),
        estimated: line.estimated_cost.map_or_else(|| "–".into(), |amount| amount.to_string()),
        cost: line.cost.map_or_else(|| "–".into(), |amount| amount.to_string()),
        differs: more.map_or_else(Differs::none, |more| Differs {
            text: signed_money(more),
            more: weigh(more.to_f64(), estimated),
            less: weigh(-more.to_f64(), estimated),
        }),
    }
}

impl Differs {
    fn none() -> Self {
        Self { text: "–".into(), more: false, less: false }
    }
}

/// The work codes and the other sections as bars, by how much each differs.
fn bars(account: &JobCosts<'_>) -> Vec<Difference> {
    let mut bars: Vec<Difference> = Vec::new();
    for line in account.lines {
        let Some(amount) = line.cost.zip(line.estimated_cost).map(|(cost, estimated)| cost - estimated) else {
            continue;
        };
        match bars.iter_mut().find(|bar| bar.name == line.name) {
            Some(bar) => bar.amount = bar.amount + amount,
            None => bars.push(Difference { name: line.name.clone(), amount }),
        }
    }
    bars.retain(|bar| bar.amount.minor != 0);
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.amount.minor.unsigned_abs()));
    bars.truncate(12);
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.amount.minor));
    bars
}
