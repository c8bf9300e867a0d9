//! The answer key: what is true, what was planted, what nobody but the maker of this shop can know.

use serde_json::{Value, json};

use super::crm::closed_on;
use crate::amounts::plain;
use crate::errors::{Planted, Slip, Unreadable};
use crate::history::{EXPORT, Fate, History, Quote};
use crate::people::ESTIMATORS;
use crate::prices::{FIRST, SHOCK, SHOCK_MONTH, Series};

pub(super) fn json(history: &History, planted: &Planted) -> Result<Vec<u8>, serde_json::Error> {
    let finished = history.finished();
    let key = json!({
        "seed": history.seed,
        "export_date": EXPORT.to_string(),
        "counts": counts(history),
        "planted_errors": planted.slips.iter().map(slip).collect::<Vec<_>>(),
        "must_be_rejected": planted.unreadable.iter().map(unreadable).collect::<Vec<_>>(),
        "does_not_add_up": misprint(&finished, planted),
        "overruns": finished.iter().filter_map(|quote| overrun(quote)).collect::<Vec<_>>(),
        "material_shock": shock(),
        "estimator_bias": ESTIMATORS.iter().map(|who| json!({"estimator": who.initials, "log_bias": who.bias})).collect::<Vec<_>>(),
        "open_quote_outcomes": history.quotes.iter().filter(|quote| quote.is_open()).map(outcome).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&key)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn counts(history: &History) -> Value {
    let finished = history.finished();
    let lost = history.quotes.iter().filter(|quote| !quote.is_open() && quote.fate != Fate::Won).count();
    let started = history.jobs().iter().filter(|(_, job)| job.started_on <= EXPORT).count();
    let losses = finished.iter().filter(|quote| loses(quote)).count();
    json!({
        "customers": history.customers.len(),
        "quotes": history.quotes.len(),
        "open_quotes": history.quotes.iter().filter(|quote| quote.is_open()).count(),
        "lost_quotes": lost,
        "completed_jobs": finished.len(),
        "jobs_in_progress": started - finished.len(),
        "loss_making_jobs": losses,
    })
}

/// Whether a finished job cost more than it was sold for.
pub(crate) fn loses(quote: &Quote) -> bool {
    quote.job.as_ref().is_some_and(|job| job.sale_price < quote.ledger.actual.total())
}

fn slip(slip: &Slip) -> Value {
    json!({
        "file": slip.file,
        "work_order": slip.work_order,
        "quote_number": slip.quote_number,
        "kind": slip.kind,
        "field": slip.field,
        "wrong": slip.wrong,
        "right": slip.right,
        "note": slip.note,
    })
}

fn unreadable(cell: &Unreadable) -> Value {
    json!({
        "file": cell.file,
        "sheet": cell.sheet,
        "row": cell.row,
        "column": cell.column,
        "header": cell.header,
        "field": cell.field,
        "key": cell.key,
        "raw": cell.raw,
        "right": cell.right,
        "reason": cell.reason,
    })
}

fn misprint(finished: &[&Quote], planted: &Planted) -> Value {
    let wrong = &planted.misprint;
    let is_it = |quote: &&&Quote| quote.job.as_ref().is_some_and(|job| job.number == wrong.work_order);
    let quote = finished.iter().find(is_it).expect("the misprinted summary is of a finished job");
    let line = &quote.ledger.labour[wrong.line];
    json!({
        "file": format!("cost-summaries/WO-{}.pdf", wrong.work_order),
        "work_order": wrong.work_order.to_string(),
        "section": "labour",
        "work_code": line.code.number.to_string(),
        "field": "cost",
        "wrong": plain(line.cost - wrong.missing),
        "right": plain(line.cost),
        "difference": plain(wrong.missing),
    })
}

fn overrun(quote: &Quote) -> Option<Value> {
    let overrun = quote.ledger.overrun?;
    let number = quote.job.as_ref()?.number;
    Some(json!({
        "work_order": number.to_string(),
        "cause": overrun.cause,
        "factor": overrun.factor,
        "extra_cost": plain(overrun.extra),
    }))
}

fn shock() -> Value {
    let month = FIRST.saturating_add(jiff::Span::new().months(SHOCK_MONTH as i64));
    let hit = Series::ALL.iter().filter(|series| series.shock_share() > 0.0);
    let series: Vec<Value> =
        hit.map(|series| json!({"series": series.name(), "factor": 1.0 + SHOCK * series.shock_share()})).collect();
    json!({"month": month.to_string(), "months_to_arrive": 2, "kind": "level", "series": series})
}

fn outcome(quote: &Quote) -> Value {
    let (outcome, reason, competitor) = match &quote.fate {
        Fate::Won => ("won", None, None),
        Fate::Lost { reason, competitor } => ("lost", Some(*reason), competitor.map(plain)),
    };
    json!({
        "quote_number": quote.number,
        "opportunity": quote.opportunity,
        "outcome": outcome,
        "closed_on": closed_on(quote).to_string(),
        "lost_reason": reason,
        "competitor_price": competitor,
    })
}
