//! The CRM's exports: customers, opportunities, quotes, and a month later what became of the open ones.

use jiff::civil::date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use signwright_domain::driver::{self, Driver, DriverKind};

use super::table::{Cell, Column, Style, Table};
use super::words;
use crate::history::{EXPORT, Fate, History, Quote};
use crate::people::{ESTIMATORS, TOWNS};
use crate::rng::Rng;

/// Share of a driver's cells that nobody filled in.
const LEFT_BLANK: f64 = 0.03;

pub(super) fn customers(history: &History) -> Table {
    let mut table = Table::new(
        "crm/customers.csv",
        &[
            ("Customer ID", "customer_id"),
            ("Customer", "customer"),
            ("Customer Type", "customer_type"),
            ("City", "city"),
            ("Contact", "contact"),
            ("Email", "email"),
        ],
    );
    for customer in &history.customers {
        table.rows.push(vec![
            Cell::text(&customer.id),
            Cell::text(&customer.name),
            Cell::text(words::choice_label("customer_type", customer.kind)),
            Cell::text(TOWNS[customer.town].name),
            Cell::text(&customer.contact),
            Cell::text(&customer.email),
        ]);
    }
    table
}

const OPPORTUNITY: [(&str, &str); 12] = [
    ("Opportunity ID", "opportunity"),
    ("Customer ID", "customer_id"),
    ("Customer", "customer"),
    ("Title", "title"),
    ("Stage", "stage"),
    ("Amount", "amount"),
    ("Created", "created_on"),
    ("Closed", "closed_on"),
    ("Owner", "owner"),
    ("Outcome", "outcome"),
    ("Lost Reason", "lost_reason"),
    ("Competitor Price", "competitor_price"),
];

pub(super) fn opportunities(history: &History) -> Table {
    let columns = [&OPPORTUNITY[..], &[("Notes", "notes")]].concat();
    let mut table = Table::new("crm/opportunities.csv", &columns);
    let mut rng = Rng::stream(history.seed, "notes");
    for quote in &history.quotes {
        let mut row = opportunity(history, quote, !quote.is_open());
        row.push(note(&mut rng, quote));
        table.rows.push(row);
    }
    table
}

pub(super) fn outcomes(history: &History) -> Table {
    let mut table = Table::new("crm/outcomes-2026-11.csv", &OPPORTUNITY);
    let open = history.quotes.iter().filter(|quote| quote.is_open());
    table.rows = open.map(|quote| opportunity(history, quote, true)).collect();
    table
}

fn opportunity(history: &History, quote: &Quote, decided: bool) -> Vec<Cell> {
    let customer = &history.customers[quote.customer];
    let (stage, outcome, reason, competitor) = match (&quote.fate, decided) {
        (_, false) if quote.price > 2_000_000 => ("Negotiation", "open", Cell::Empty, None),
        (_, false) => ("Proposal", "open", Cell::Empty, None),
        (Fate::Won, true) => ("Closed Won", "won", Cell::Empty, None),
        (Fate::Lost { reason, competitor }, true) => ("Closed Lost", "lost", Cell::text(*reason), *competitor),
    };
    vec![
        Cell::text(&quote.opportunity),
        Cell::text(&customer.id),
        Cell::text(&customer.name),
        Cell::text(&quote.description),
        Cell::text(stage),
        Cell::Money(quote.price),
        Cell::Date(quote.created_on),
        if decided { Cell::Date(closed_on(quote)) } else { Cell::Empty },
        Cell::text(ESTIMATORS[quote.estimator].initials),
        Cell::text(outcome),
        reason,
        competitor.map_or(Cell::Empty, Cell::Money),
    ]
}

/// What was open at the export is decided in the month after it.
pub(super) fn closed_on(quote: &Quote) -> jiff::civil::Date {
    if quote.decided_on > EXPORT { quote.decided_on.min(date(2026, 11, 27)) } else { quote.decided_on }
}

fn note(rng: &mut Rng, quote: &Quote) -> Cell {
    let notes: [&str; 7] = [
        "Called back, wants it before the opening.\nSend the drawing again.",
        "Landlord has to approve, then permit.",
        "\"As soon as possible\", says the manager;\nno date given.",
        "Second bid, first was too high.",
        "Site visit done, photos in the folder.\r\nPower is within 10 ft, by others.",
        "Asked for LED instead of neon, flush, two colours",
        "Budget, design and size still open.\n- wants options\n- decides with the board",
    ];
    let text = rng.pick(&notes);
    if rng.chance(0.34) && quote.price > 80_000 { Cell::text(text) } else { Cell::Empty }
}

const QUOTE: [(&str, &str); 16] = [
    ("Quote No", "quote_number"),
    ("Work Order", "work_order"),
    ("Opportunity ID", "opportunity"),
    ("Customer ID", "customer_id"),
    ("Customer", "customer"),
    ("Description", "description"),
    ("Estimator", "estimator"),
    ("Quote Date", "quoted_on"),
    ("Status", "status"),
    ("Outcome", "outcome"),
    ("Est. Cost", "estimated_cost"),
    ("Est. Hours", "estimated_hours"),
    ("Quoted Price", "quoted_price"),
    ("Lost Reason", "lost_reason"),
    ("Competitor Price", "competitor_price"),
    ("Sign Type", "sign_type"),
];

pub(super) fn quotes(history: &History) -> Table {
    let mut table = Table::new("crm/quotes.xlsx", &QUOTE);
    table.sheet = Some("Quotes");
    table.header_row = 2;
    for driver in specification() {
        let header = match &driver.kind {
            DriverKind::Number { unit, .. } if !unit.is_empty() => format!("{} ({unit})", driver.label),
            _ => driver.label.to_owned(),
        };
        table.columns.push(Column { header, field: driver.name });
    }
    let mut rng = Rng::stream(history.seed, "blanks");
    table.rows = history.quotes.iter().map(|quote| quote_row(&mut rng, history, quote)).collect();
    table
}

/// Drivers with a column of their own after the quote's.
fn specification() -> impl Iterator<Item = &'static Driver> {
    driver::catalogue().iter().filter(|driver| !matches!(driver.name, "sign_type" | "estimator"))
}

fn quote_row(rng: &mut Rng, history: &History, quote: &Quote) -> Vec<Cell> {
    let customer = &history.customers[quote.customer];
    let (status, outcome) = match (quote.is_open(), &quote.fate) {
        (true, _) => ("Sent", "Open"),
        (false, Fate::Won) => ("Accepted", "Won"),
        (false, Fate::Lost { .. }) => ("Declined", "Lost"),
    };
    let (reason, competitor) = match &quote.fate {
        Fate::Lost { reason, competitor } if !quote.is_open() => (Cell::text(*reason), *competitor),
        _ => (Cell::Empty, None),
    };
    let mut row = vec![
        Cell::text(&quote.number),
        quote.job.as_ref().map_or(Cell::Empty, |job| Cell::text(job.number.to_string())),
        Cell::text(&quote.opportunity),
        Cell::text(&customer.id),
        Cell::text(&customer.name),
        Cell::text(&quote.description),
        Cell::text(ESTIMATORS[quote.estimator].initials),
        Cell::Date(quote.quoted_on),
        Cell::text(status),
        Cell::text(outcome),
        blank(rng, 0.02, Cell::Money(quote.ledger.estimated.total())),
        blank(rng, 0.03, Cell::Number(quote.ledger.estimated_hours())),
        Cell::Money(quote.price),
        reason,
        competitor.map_or(Cell::Empty, Cell::Money),
        Cell::text(words::choice_label("sign_type", quote.sign_type())),
    ];
    for driver in specification() {
        let cell = quote.spec.get(driver.name).map_or(Cell::Empty, |value| words::driver_cell(driver.name, value));
        row.push(blank(rng, LEFT_BLANK, cell));
    }
    row
}

fn blank(rng: &mut Rng, share: f64, cell: Cell) -> Cell {
    if rng.chance(share) { Cell::Empty } else { cell }
}

/// The quotes as a workbook of two sheets, with a title above the header, real dates and real numbers.
pub(super) fn workbook(quotes: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 10, 31)?.and_hms(18, 0, 0)?;
    workbook.set_properties(
        &DocProperties::new().set_title("Quotes").set_author("Northside Signs").set_creation_datetime(&made),
    );
    let sheet = workbook.add_worksheet().set_name("Quotes")?;
    fill(sheet, quotes)?;
    let readme = workbook.add_worksheet().set_name("Read me")?;
    readme.set_column_width(0, 96)?;
    for (row, line) in READ_ME.iter().enumerate() {
        readme.write_string(row as u32, 0, *line)?;
    }
    workbook.save_to_buffer()
}

const READ_ME: [&str; 5] = [
    "Export of all quotes, one row per quote. Northside Signs, October 31, 2026.",
    "Sizes are in feet, letter heights in inches, areas in square feet, wind in miles per hour.",
    "Est. Cost is our own estimate of the cost on the day of the quote, Quoted Price is what the customer was offered.",
    "Work Order is filled in once the quote became an order.",
    "Empty cells were not filled in by the estimator.",
];

fn fill(sheet: &mut Worksheet, quotes: &Table) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(14);
    let header = Format::new().set_bold().set_background_color("#E8EEF9").set_text_wrap();
    let day = Format::new().set_num_format("mm/dd/yyyy");
    let money = Format::new().set_num_format("#,##0.00");
    sheet.write_string_with_format(0, 0, "Northside Signs: quotes June 2023 to October 2026", &title)?;
    for (column, heading) in quotes.columns.iter().enumerate() {
        sheet.write_string_with_format(1, column as u16, &heading.header, &header)?;
    }
    for (row, cells) in quotes.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32 + 2, column as u16);
            match cell {
                Cell::Empty => continue,
                Cell::Money(amount) => sheet.write_number_with_format(row, column, *amount as f64 / 100.0, &money)?,
                Cell::Number(number) => sheet.write_number(row, column, *number)?,
                Cell::Date(date) => {
                    let (year, month, dom) = (date.year() as u16, date.month() as u8, date.day() as u8);
                    sheet.write_datetime_with_format(row, column, &ExcelDateTime::from_ymd(year, month, dom)?, &day)?
                }
                Cell::Text(_) | Cell::Flag(_) => sheet.write_string(row, column, cell.written(Style::Crm))?,
            };
        }
    }
    sheet.set_column_width(4, 28)?.set_column_width(5, 44)?.set_column_width(7, 12)?;
    sheet.set_freeze_panes(2, 1)?;
    Ok(())
}
