//! Slips that read well and are wrong: about 1.7 % of the finished jobs. A total that the ERP adds up itself follows
//! the wrong part, so that the row alone does not give it away.

use super::{Pool, Slip, shown, work_order};
use crate::files::Tables;
use crate::files::table::{Cell, Table};
use crate::history::{History, Quote};
use crate::work::{BURDEN, Department};

const ERP: &str = "erp/work-orders.csv";

const DECIMALS: [(&str, f64); 5] = [
    ("material_cost", 10.0),
    ("material_cost", 0.1),
    ("labour_cost", 10.0),
    ("material_cost", 10.0),
    ("labour_cost", 0.1),
];
const SWAPS: [(&str, &str); 4] = [
    ("labour_cost", "burden_cost"),
    ("material_cost", "use_tax"),
    ("labour_cost", "burden_cost"),
    ("material_cost", "use_tax"),
];

pub(super) fn plant(history: &History, tables: &mut Tables, pool: &mut Pool<'_>) -> Vec<Slip> {
    let orders = &mut tables.work_orders;
    let mut slips = Vec::new();
    slips.extend(DECIMALS.map(|(field, factor)| decimal(orders, pool, field, factor)));
    slips.extend(SWAPS.map(|(one, other)| swapped(orders, pool, one, other)));
    slips.extend((0..2).map(|_| minutes(orders, pool)));
    slips.extend((0..2).map(|_| inches(&mut tables.quotes, pool)));
    slips.extend((0..4).map(|_| missing_install(orders, pool)));
    slips.extend((0..3).map(|_| duplicate(history, orders, pool)));
    slips.sort_by(|a, b| (a.file, &a.work_order).cmp(&(b.file, &b.work_order)));
    slips
}

fn slip(quote: &Quote, kind: &'static str, field: &'static str, cells: (&Cell, &Cell), note: String) -> Slip {
    Slip {
        file: ERP,
        work_order: work_order(quote),
        quote_number: quote.number.clone(),
        kind,
        field,
        wrong: shown(cells.0),
        right: shown(cells.1),
        note,
    }
}

fn row_of(orders: &Table, quote: &Quote) -> usize {
    orders.row("work_order", &work_order(quote)).expect("every finished job is a row of the list")
}

fn amount(orders: &Table, row: usize, field: &str) -> i64 {
    orders.cell(row, field).money().expect("cost cells hold amounts until the unreadable ones are planted")
}

/// Writes an amount, lets the total follow, and tells the total's wrong and right value.
fn change(orders: &mut Table, row: usize, field: &str, wrong: i64) -> String {
    let (right, total) = (amount(orders, row, field), amount(orders, row, "total_cost"));
    let wrong_total = Cell::Money(total + wrong - right);
    orders.set(row, field, Cell::Money(wrong));
    orders.set(row, "total_cost", wrong_total.clone());
    format!("the total follows: {} instead of {}", shown(&wrong_total), shown(&Cell::Money(total)))
}

fn decimal(orders: &mut Table, pool: &mut Pool<'_>, field: &'static str, factor: f64) -> Slip {
    let needed = if factor < 1.0 { 0.42 } else { 0.3 };
    let quote = pool.take(|quote| {
        let parts = &quote.ledger.actual;
        let part = if field == "material_cost" { parts.material } else { parts.labour };
        part as f64 / parts.total() as f64 > needed && parts.total() > 80_000
    });
    let row = row_of(orders, quote);
    let right = amount(orders, row, field);
    let wrong = (right as f64 * factor).round() as i64;
    let note = change(orders, row, field, wrong);
    slip(quote, "decimal_slip", field, (&Cell::Money(wrong), &Cell::Money(right)), note)
}

fn swapped(orders: &mut Table, pool: &mut Pool<'_>, one: &'static str, other: &'static str) -> Slip {
    let quote = pool.take(|quote| quote.ledger.actual.material > 40_000 && quote.ledger.actual.labour > 40_000);
    let row = row_of(orders, quote);
    let (first, second) = (orders.cell(row, one).clone(), orders.cell(row, other).clone());
    orders.set(row, one, second.clone());
    orders.set(row, other, first.clone());
    slip(quote, "swapped_columns", one, (&second, &first), format!("swapped with {other}"))
}

fn minutes(orders: &mut Table, pool: &mut Pool<'_>) -> Slip {
    let quote = pool.take(|quote| quote.ledger.hours() > 12.0);
    let row = row_of(orders, quote);
    let right = orders.cell(row, "actual_hours").clone();
    let wrong = Cell::Number((quote.ledger.hours() * 60.0).round());
    orders.set(row, "actual_hours", wrong.clone());
    slip(quote, "wrong_unit", "actual_hours", (&wrong, &right), "minutes instead of hours".to_owned())
}

fn inches(quotes: &mut Table, pool: &mut Pool<'_>) -> Slip {
    let wide = |quote: &Quote| matches!(quote.sign_type(), "cabinet" | "flat_panel" | "monument" | "reface");
    let (quote, row, right) = loop {
        let quote = pool.take(wide);
        let row = quotes.row("quote_number", &quote.number).expect("every quote is a row of the workbook");
        if let Cell::Number(right) = quotes.cell(row, "width") {
            break (quote, row, *right);
        }
    };
    let wrong = Cell::Number(right * 12.0);
    quotes.set(row, "width", wrong.clone());
    let note = "inches instead of feet".to_owned();
    Slip { file: "crm/quotes.xlsx", ..slip(quote, "wrong_unit", "width", (&wrong, &Cell::Number(right)), note) }
}

/// Cost in cents and hours of the install department.
fn install(quote: &Quote) -> (i64, f64) {
    let lines = quote.ledger.labour.iter().filter(|line| line.code.department == Department::Install);
    lines.fold((0, 0.0), |(cost, hours), line| (cost + line.cost, hours + line.hours))
}

/// The install crew's time never reached the job.
fn missing_install(orders: &mut Table, pool: &mut Pool<'_>) -> Slip {
    let quote = pool.take(|quote| {
        let (cost, labour) = (install(quote).0, quote.ledger.actual.labour);
        cost * 100 > labour * 50 && labour * 100 > quote.ledger.actual.total() * 35 && labour > 40_000
    });
    let (cost, hours) = install(quote);
    let row = row_of(orders, quote);
    let right = amount(orders, row, "labour_cost");
    let total = shown(orders.cell(row, "total_cost"));
    change(orders, row, "labour_cost", right - cost);
    let burden = amount(orders, row, "burden_cost");
    change(orders, row, "burden_cost", burden - (cost as f64 * BURDEN).round() as i64);
    let worked = (quote.ledger.hours() - hours).max(0.0);
    orders.set(row, "actual_hours", Cell::Number((worked * 10.0).round() / 10.0));
    let follows = shown(orders.cell(row, "total_cost"));
    let note = format!(
        "department 600 is missing: {hours:.1} hours and their burden; the total follows: {follows} instead of {total}"
    );
    slip(quote, "missing_department", "labour_cost", (&Cell::Money(right - cost), &Cell::Money(right)), note)
}

/// The same job once more under a number that was free.
fn duplicate(history: &History, orders: &mut Table, pool: &mut Pool<'_>) -> Slip {
    let quote = pool.take(|quote| quote.ledger.actual.total() > 150_000);
    let row = row_of(orders, quote);
    let used: Vec<u32> = history.jobs().iter().map(|(_, job)| job.number).collect();
    let taken = |number: u32| used.contains(&number) || orders.row("work_order", &number.to_string()).is_some();
    let start = quote.job.as_ref().map_or(0, |job| job.number) + 1;
    let free = (start..).find(|number| !taken(*number)).expect("numbers go on for ever").to_string();
    let mut copy = orders.rows[row].clone();
    copy[0] = Cell::text(&free);
    let after = orders.rows.iter().position(|row| matches!(&row[0], Cell::Text(number) if *number > free));
    orders.rows.insert(after.unwrap_or(orders.rows.len()), copy);
    let note = format!("repeats work order {}", work_order(quote));
    let (wrong, right) = (Cell::text(&free), Cell::text(work_order(quote)));
    Slip { work_order: free, ..slip(quote, "duplicate", "work_order", (&wrong, &right), note) }
}
