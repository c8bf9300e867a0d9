//! Quotes, their prices and their differences as text.

use rust_decimal::Decimal;
use signwright_app::quotes::{QuotePage, QuoteRef, QuoteStanding, QuoteTemplate, quote_standing};
use signwright_app::{Action, CallError};
use signwright_domain::price_decision::PricedJob;
use signwright_domain::quote::Quote as StoredQuote;
use signwright_domain::quote_difference::QuoteDifference;

use crate::output::{Output, table, word};

/// A quote and how it stands; as JSON the quote alone.
pub(super) fn whole(action: &Action, quote: &StoredQuote, output: &Output) -> Result<(), CallError> {
    let standing = quote_standing(action, QuoteRef { id: quote.id })?;
    output.result(quote, |quote| format!("{}{}", quote_text(quote), standing_text(quote, &standing)));
    Ok(())
}

pub(in crate::run) fn quote_text(quote: &StoredQuote) -> String {
    let version = quote.active();
    let lines = version.lines.iter().zip(&version.totals.amounts).map(|(line, amount)| {
        vec![
            line.description.clone(),
            format!("{} {}", line.quantity, line.unit),
            line.unit_cost.round_dp(2).to_string(),
            line.unit_price.to_string(),
            amount.to_string(),
        ]
    });
    let lines =
        table(&["line", "quantity", "unit cost", "unit price", "amount"], &lines.collect::<Vec<_>>(), &[1, 2, 3, 4]);
    let percent = |share: Option<Decimal>| {
        share.map_or("-".to_owned(), |share| format!("{} %", (share * Decimal::ONE_HUNDRED).round_dp(1)))
    };
    let totals = &version.totals;
    let tax = if totals.tax.minor == 0 { "no tax".to_owned() } else { format!("tax {}", totals.tax) };
    let decided =
        version.decided.as_ref().map_or(String::new(), |decided| format!("\n\n{}", price_text(&decided.priced)));
    format!(
        "{} version {} for {}: {}, {}, valid until {}\n{lines}\n\nsubtotal {}, {tax}, total {}\ncost {}, markup {}, margin {}{decided}",
        quote.number,
        version.version,
        quote.customer,
        quote.title,
        word(&quote.status),
        version.valid_until,
        totals.subtotal,
        totals.total,
        totals.cost,
        percent(totals.markup),
        percent(totals.margin)
    )
}

pub(super) fn page_text(page: &QuotePage) -> String {
    let rows = page.quotes.iter().map(|quote| {
        vec![
            quote.number.clone(),
            quote.customer.clone(),
            quote.title.clone(),
            word(&quote.status),
            quote.total.to_string(),
        ]
    });
    let table = table(&["quote", "customer", "title", "status", "total"], &rows.collect::<Vec<_>>(), &[4]);
    format!("{table}\n\n{} quotes", page.total)
}

fn standing_text(quote: &StoredQuote, standing: &QuoteStanding) -> String {
    let mut lines = Vec::new();
    if standing.status != quote.status {
        lines.push(format!("its last day is over: it counts as {}", word(&standing.status)));
    }
    if let Some(at) = standing.viewed_at {
        lines.push(format!("viewed by the customer {}", at.strftime("%Y-%m-%d")));
    }
    if let Some(follow_up) = &standing.follow_up {
        let note = if follow_up.note.is_empty() { String::new() } else { format!(": {}", follow_up.note) };
        lines.push(format!("follow up on {}{note}", follow_up.on));
    }
    if let Some(floor) = &standing.floor {
        let kept = if floor.needs_approval { format!("{} below it", floor.below) } else { "kept".to_owned() };
        lines.push(format!("floor of {} {}: {kept}", floor.category, floor.price));
    }
    if let Some(approval) = &quote.active().approval {
        lines.push(format!("{} allowed the price below the floor: {}", approval.by, approval.reason));
    }
    for order in &standing.change_orders {
        lines.push(format!("change order {}, {}: {}", order.number, order.totals.total, order.reason));
    }
    if let Some(all) = standing.ordered {
        lines.push(format!("with change orders {}, cost {}", all.total, all.cost));
    }
    if !standing.tags.is_empty() {
        lines.push(format!("tags {}", standing.tags.join(", ")));
    }
    lines.extend(standing.notes.iter().map(|note| format!("{}: {}", note.who, note.note)));
    lines.into_iter().map(|line| format!("\n{line}")).collect()
}

/// A price step by step, and what to think about.
pub(super) fn price_text(priced: &PricedJob) -> String {
    let rows: Vec<Vec<String>> = priced
        .steps
        .iter()
        .map(|step| {
            let label = if step.is_sum { format!("= {}", step.label) } else { step.label.clone() };
            vec![label, step.how.clone(), step.amount.to_string()]
        })
        .collect();
    let percent = |share: Option<Decimal>| {
        share.map_or("-".to_owned(), |share| format!("{} %", (share * Decimal::ONE_HUNDRED).round_dp(1)))
    };
    let mut text = format!(
        "{}\n\nmarkup {}, margin {}, rounded {}",
        table(&["step", "how", "amount"], &rows, &[2]),
        percent(priced.markup),
        percent(priced.margin),
        priced.rounding
    );
    if let Some(chance) = &priced.chance {
        text.push_str(&format!("\n{:.0} % chance, expected to earn {}", 100.0 * chance.chance, chance.profit));
    }
    for signal in &priced.signals {
        text.push_str(&format!("\n{}: {}", word(&signal.kind).replace('_', " "), signal.message));
    }
    text
}

pub(super) fn difference_text(difference: &QuoteDifference) -> String {
    let head = format!("version {} to version {}", difference.from, difference.to);
    if difference.words.is_empty() {
        return format!("{head}: nothing differs");
    }
    format!("{head}\n{}", difference.words.join("\n"))
}

pub(super) fn templates_text(templates: &[QuoteTemplate]) -> String {
    let rows: Vec<Vec<String>> = templates
        .iter()
        .map(|one| vec![one.name.clone(), one.title.clone(), one.content.totals.total.to_string()])
        .collect();
    format!("{}\n\n{} templates", table(&["template", "for", "total"], &rows, &[2]), templates.len())
}
