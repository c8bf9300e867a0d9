//! Cells that cannot be read: a letter O in an amount, a day that February does not have, a key that is not there.

use super::{Pool, Unreadable, shown, style, work_order};
use crate::files::Tables;
use crate::files::table::{Cell, Table};

/// Field, what stands there, and why it is refused. An empty amount means: its first zero became the letter O.
const IN_WORK_ORDERS: [(&str, &str, &str); 5] = [
    ("labour_cost", "", "not_a_number"),
    ("total_cost", "n/a", "not_a_number"),
    ("completed_on", "31/02/2025", "not_a_date"),
    ("actual_hours", "abt 40", "not_a_number"),
    ("work_order", "", "missing_key"),
];
const IN_QUOTES: [(&str, &str, &str); 4] = [
    ("estimated_cost", "n/a", "not_a_number"),
    ("quoted_on", "31/02/2025", "not_a_date"),
    ("height", "3 ft approx", "not_a_number"),
    ("quote_number", "", "missing_key"),
];

pub(super) fn plant(tables: &mut Tables, pool: &mut Pool<'_>) -> Vec<Unreadable> {
    let mut found = Vec::new();
    for (field, spoilt, reason) in IN_WORK_ORDERS {
        let quote = pool.take(|quote| quote.ledger.actual.labour > 30_000);
        let row = tables.work_orders.row("work_order", &work_order(quote)).expect("finished jobs are rows of the list");
        found.push(spoil(&mut tables.work_orders, row, field, spoilt, reason));
    }
    for (field, spoilt, reason) in IN_QUOTES {
        let quote = pool.take(|quote| quote.spec.number("quantity") == Some(1.0));
        let row = tables.quotes.row("quote_number", &quote.number).expect("every quote is a row of the workbook");
        found.push(spoil(&mut tables.quotes, row, field, spoilt, reason));
    }
    let third = tables.opportunities.rows.len() / 3;
    found.push(spoil(&mut tables.opportunities, third, "amount", "12O.50", "not_a_number"));
    found.push(spoil(&mut tables.customers, 87, "customer_id", "", "missing_key"));
    found.push(spoil(&mut tables.prices, 5 * 60 + 17, "price", "n/a", "not_a_number"));
    found
}

fn spoil(table: &mut Table, row: usize, field: &'static str, spoilt: &str, reason: &'static str) -> Unreadable {
    let right = table.cell(row, field).clone();
    let key = shown(&table.rows[row][0]);
    let raw = if spoilt.is_empty() && reason == "not_a_number" {
        with_letter(&right.written(style(table)))
    } else {
        spoilt.to_owned()
    };
    table.set(row, field, if raw.is_empty() { Cell::Empty } else { Cell::text(&raw) });
    let column = table.column(field);
    Unreadable {
        file: table.path,
        sheet: table.sheet,
        row: table.printed_row(row),
        column: column + 1,
        header: table.columns[column].header.clone(),
        field,
        key,
        raw,
        right: shown(&right),
        reason,
    }
}

fn with_letter(amount: &str) -> String {
    if amount.contains('0') { amount.replacen('0', "O", 1) } else { format!("{amount}O") }
}
