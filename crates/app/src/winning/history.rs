//! The shop's decided offers: what the imported quotes and the CRM say, and the quotes made here.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use signwright_domain::Specification;
use signwright_domain::job::{Job, Outcome};
use signwright_domain::quote::{Quote, QuoteStatus};
use signwright_learn::outcome::{Offers, Outcomes};
use signwright_learn::{Column, Table};
use signwright_store::{Db, estimates, imports, jobs, quotes, settings};

use super::WinQuery;
use super::conversion::Conversions;
use crate::{Action, CallError, money};

/// What is known of the work when an offer is made, besides its size.
const KINDS: [&str; 2] = ["sign_type", "estimator"];
/// More would make the first question slow and are older than the market is steady.
const MOST: usize = 20_000;

/// Changes with every import and every decision about a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    newest_import: Option<i64>,
    won: u64,
    lost: u64,
}

pub(super) fn stamp(action: &Action) -> Result<Stamp, CallError> {
    let db = action.shop().read();
    let count = |status| {
        let query = quotes::QuoteQuery { status: Some(status), limit: 0, ..quotes::QuoteQuery::default() };
        quotes::list(&db, &query).map(|(total, _)| total)
    };
    Ok(Stamp {
        newest_import: imports::list(&db, 0, 1)?.first().map(|import| import.id),
        won: count(QuoteStatus::Won)?,
        lost: count(QuoteStatus::Lost)?,
    })
}

/// One decided offer.
struct Decided {
    price: f64,
    cost: f64,
    won: bool,
    offered: Option<Date>,
    customer: Option<String>,
    kinds: [Option<String>; 2],
    group: String,
}

/// Every decided offer with a price and an estimated cost, the newest of very many; and how all decided offers went.
pub(super) fn outcomes(action: &Action) -> Result<(Outcomes, Conversions), CallError> {
    let db = action.shop().read();
    let decided_jobs = jobs::decided(&db)?;
    let mut all: Vec<Decided> = decided_jobs.iter().filter_map(of_job).collect();
    let from_jobs = all.len();
    let numbers = decided_jobs.iter().flat_map(|job| [job.quote_number.as_deref(), job.work_order.as_deref()]);
    let known: HashSet<&str> = numbers.flatten().collect();
    for status in [QuoteStatus::Won, QuoteStatus::Lost] {
        let query = quotes::QuoteQuery { status: Some(status), limit: u32::MAX, ..quotes::QuoteQuery::default() };
        for summary in quotes::list(&db, &query)?.1 {
            // What came back from the CRM counts once, with the CRM's word.
            if known.contains(summary.number.as_str()) {
                continue;
            }
            if let Some(quote) = quotes::get(&db, summary.id)? {
                all.extend(of_quote(&db, &quote)?);
            }
        }
    }
    let here = all.iter().skip(from_jobs).map(|one| (one.offered, one.kinds[0].as_deref(), one.won));
    let imported = decided_jobs
        .iter()
        .filter_map(|job| Some((job.quoted_on, job.sign_type.as_deref(), job.outcome? == Outcome::Won)));
    let conversions = Conversions::new(imported.chain(here), action.today());
    all.sort_by(|a, b| (a.offered, &a.group).cmp(&(b.offered, &b.group)));
    let all = all.split_off(all.len().saturating_sub(MOST));
    Ok((table(&all, settings::shop(&db)?.validity_days), conversions))
}

fn of_job(job: &Job) -> Option<Decided> {
    let price = job.quoted_price.or(job.sale_price).filter(|price| price.minor > 0)?;
    let cost = job.estimated_cost.filter(|cost| cost.minor > 0)?;
    let specification = crate::train::known_at_quote(job);
    Some(Decided {
        price: money::to_statistics(price),
        cost: money::to_statistics(cost),
        won: job.outcome? == Outcome::Won,
        offered: job.quoted_on,
        customer: job.customer.clone(),
        kinds: kinds(&specification),
        group: job.opportunity.clone().unwrap_or_else(|| job.number().to_owned()),
    })
}

fn of_quote(db: &Db<'_>, quote: &Quote) -> Result<Option<Decided>, CallError> {
    let totals = &quote.active().totals;
    if totals.subtotal.minor <= 0 || totals.cost.minor <= 0 {
        return Ok(None);
    }
    let estimate = quote.active().lines.iter().find_map(|line| line.estimate_id);
    let estimate = estimate.map_or(Ok(None), |id| estimates::get(db, id))?;
    Ok(Some(Decided {
        price: money::to_statistics(totals.subtotal),
        cost: money::to_statistics(totals.cost),
        won: quote.status == QuoteStatus::Won,
        offered: Some(quote.created_at.to_zoned(TimeZone::system()).date()),
        customer: Some(quote.customer.clone()),
        kinds: estimate.map_or([None, None], |estimate| kinds(&estimate.specification)),
        group: quote.number.clone(),
    }))
}

fn kinds(specification: &Specification) -> [Option<String>; 2] {
    KINDS.map(|name| specification.text(name).map(str::to_owned))
}

/// When an offer was decided is not recorded: it counts as known when it has run out.
fn table(all: &[Decided], validity_days: u16) -> Outcomes {
    let columns = KINDS.iter().enumerate();
    let columns =
        columns.map(|(i, name)| Column::category(*name, all.iter().map(|one| one.kinds[i].clone()).collect()));
    let known = |day: Date| day.saturating_add(i64::from(validity_days).days());
    Outcomes {
        offers: Offers {
            price: all.iter().map(|one| one.price).collect(),
            cost: all.iter().map(|one| one.cost).collect(),
            customer: all.iter().map(|one| one.customer.as_deref().map(same_name)).collect(),
            offered: all.iter().map(|one| one.offered).collect(),
            drivers: Table::new(columns.collect()).expect("two columns of one length and different names"),
            group: Some(all.iter().map(|one| one.group.clone()).collect()),
        },
        won: all.iter().map(|one| one.won).collect(),
        decided: all.iter().map(|one| one.offered.map(known)).collect(),
    }
}

/// The offer that is asked about, at its cost until a price is put in.
pub(super) fn one(input: &WinQuery, today: Date, cost: f64) -> Offers {
    let kinds = kinds(&input.specification);
    let columns = KINDS.iter().zip(kinds).map(|(name, kind)| Column::category(*name, vec![kind]));
    Offers {
        price: vec![cost],
        cost: vec![cost],
        customer: vec![input.customer.as_deref().map(same_name).filter(|name| !name.is_empty())],
        offered: vec![Some(today)],
        drivers: Table::new(columns.collect()).expect("two columns of one length and different names"),
        group: None,
    }
}

/// Names differ in letters and spaces from source to source.
fn same_name(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
