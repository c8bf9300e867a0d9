//! The ERP's exports: the list of work orders, in its old encoding and with its totals at the foot, and what material
//! cost month by month.

use jiff::ToSpan;

use super::table::{Cell, Style, Table};
use super::words;
use crate::amounts::Cents;
use crate::history::{EXPORT, History, Parts, Quote, WorkOrder};
use crate::people::{ESTIMATORS, TOWNS};
use crate::prices::{FIRST, MONTHS, Series};
use crate::rng::Rng;

pub(crate) const COSTS: [&str; 7] =
    ["material_cost", "labour_cost", "burden_cost", "outplant_cost", "equipment_cost", "shipping_cost", "use_tax"];

const COLUMNS: [(&str, &str); 24] = [
    ("WO #", "work_order"),
    ("Cust ID", "customer_id"),
    ("Customer", "customer"),
    ("Location", "location"),
    ("Description", "description"),
    ("Sign Type", "sign_type"),
    ("Estimator", "estimator"),
    ("Quote No", "quote_number"),
    ("Status", "status"),
    ("Started", "started_on"),
    ("Date Completed", "completed_on"),
    ("Total Material Cost", "material_cost"),
    ("Total Labor Cost", "labour_cost"),
    ("Total Burden Cost", "burden_cost"),
    ("Total Outplant Cost", "outplant_cost"),
    ("Total Equipment Cost", "equipment_cost"),
    ("Total Shipping", "shipping_cost"),
    ("Use Tax", "use_tax"),
    ("Total Cost", "total_cost"),
    ("Quoted Price", "quoted_price"),
    ("Sale Price", "sale_price"),
    ("Est Hours", "estimated_hours"),
    ("Actual Hours", "actual_hours"),
    ("Overrun Note", "overrun_cause"),
];

pub(super) fn work_orders(history: &History) -> Table {
    let mut table = Table::new("erp/work-orders.csv", &COLUMNS);
    let mut rng = Rng::stream(history.seed, "streets");
    for (quote, job) in history.jobs() {
        if job.started_on <= EXPORT {
            let row = row(history, quote, job, &mut rng);
            table.rows.push(row);
        }
    }
    table
}

fn row(history: &History, quote: &Quote, job: &WorkOrder, rng: &mut Rng) -> Vec<Cell> {
    let customer = &history.customers[quote.customer];
    let finished = job.completed_on <= EXPORT;
    let share = if finished { 1.0 } else { rng.between(0.15, 0.85) };
    let parts = so_far(&quote.ledger.actual, share);
    let hours = (quote.ledger.hours() * share * 10.0).round() / 10.0;
    let overrun = quote.ledger.overrun.filter(|_| finished);
    let mut row = vec![
        Cell::text(job.number.to_string()),
        Cell::text(&customer.id),
        Cell::text(&customer.name),
        Cell::text(location(quote, rng)),
        Cell::text(&quote.description),
        Cell::text(words::choice_label("sign_type", quote.sign_type())),
        Cell::text(ESTIMATORS[quote.estimator].initials),
        Cell::text(&quote.number),
        Cell::text(if finished { "Completed" } else { "In Progress" }),
        Cell::Date(job.started_on),
        if finished { Cell::Date(job.completed_on) } else { Cell::Empty },
    ];
    row.extend(by_column(&parts).map(Cell::Money));
    row.extend([
        Cell::Money(parts.total()),
        Cell::Money(quote.price),
        if finished { Cell::Money(job.sale_price) } else { Cell::Empty },
        Cell::Number(quote.ledger.estimated_hours()),
        Cell::Number(hours),
        overrun.map_or(Cell::Empty, |overrun| Cell::text(overrun.cause)),
    ]);
    row
}

/// The parts in the order of [`COSTS`].
pub(crate) fn by_column(parts: &Parts) -> [Cents; 7] {
    [parts.material, parts.labour, parts.burden, parts.outplant, parts.equipment, parts.shipping, parts.use_tax]
}

fn so_far(parts: &Parts, share: f64) -> Parts {
    let some = |amount: Cents| (amount as f64 * share).round() as Cents;
    Parts {
        material: some(parts.material),
        labour: some(parts.labour),
        burden: some(parts.burden),
        outplant: some(parts.outplant),
        equipment: some(parts.equipment),
        shipping: some(parts.shipping),
        use_tax: some(parts.use_tax),
    }
}

fn location(quote: &Quote, rng: &mut Rng) -> String {
    let street = rng.pick(&[
        "Main St",
        "Mill Rd",
        "Harbor Ave",
        "Route 9",
        "Station Sq",
        "Old Quarry Ln",
        "Commerce Dr",
        "5th Ave",
    ]);
    let number = rng.whole(3, 980);
    let extra = if rng.chance(0.08) { " – rear entrance" } else { "" };
    format!("{number} {street}, {}{extra}", TOWNS[quote.town].name)
}

/// Windows-1252 with a row of totals at the foot.
pub(super) fn encoded(work_orders: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut table = work_orders.clone();
    let mut foot = vec![Cell::Empty; table.columns.len()];
    foot[0] = Cell::text("TOTALS");
    for field in COSTS.iter().chain(&["total_cost", "quoted_price", "sale_price"]) {
        let column = table.column(field);
        foot[column] = Cell::Money(table.rows.iter().filter_map(|row| row[column].money()).sum());
    }
    table.rows.push(foot);
    let text = String::from_utf8_lossy(&table.csv(Style::Erp)?).into_owned();
    Ok(text.chars().map(windows_1252).collect())
}

/// One byte a letter; what the code page lacks becomes a question mark, as in the program that this stands for.
pub(crate) fn windows_1252(letter: char) -> u8 {
    match letter {
        '–' => 0x96,
        '—' => 0x97,
        '’' => 0x92,
        '€' => 0x80,
        other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
    }
}

pub(super) fn prices(history: &History) -> Table {
    let columns = [("series", "series"), ("month", "date"), ("price", "price"), ("unit", "unit")];
    let mut table = Table::new("prices/material-prices.csv", &columns);
    for series in Series::ALL {
        for month in 0..MONTHS {
            let places = if series.base_price() > 20.0 { 100.0 } else { 10_000.0 };
            let price = (history.prices.price(series, month) * places).round() / places;
            table.rows.push(vec![
                Cell::text(series.name()),
                Cell::Date(FIRST.saturating_add((month as i64).months())),
                Cell::Number(price),
                Cell::text(series.unit()),
            ]);
        }
    }
    table
}
