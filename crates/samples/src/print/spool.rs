//! Layout `keyedin-spool`: the ERP's line printer output, kept as pages of Courier.

use super::paper::{Font, Page, document};
use crate::amounts::{printed, quantity};
use crate::files::summaries::Summary;
use crate::history::{ItemLine, LabourLine};
use crate::work::Department;

/// Lines below the heading of a page.
const BODY: usize = 31;
const SIZE: f32 = 9.0;
const LEADING: f32 = 15.0;
const LEFT: f32 = 50.0;
const TOP: f32 = 54.0;

pub(crate) fn print(summary: &Summary<'_>) -> Vec<u8> {
    let body = body(summary);
    let sheets = paginate(&body);
    let count = sheets.len();
    let pages = sheets.into_iter().enumerate().map(|(place, lines)| page(summary, lines, place + 1, count)).collect();
    document(&format!("COST SUMMARY {}", summary.number), "SPOOL2PDF 4.2", summary.run_date, pages)
}

/// A run of lines that stays together, with the column heads that a new page repeats.
struct Block {
    heads: Option<&'static str>,
    line: String,
}

const LABOUR: &str = "DEPT CODE DESCRIPTION               EST HRS   ACT HRS     EST COST         COST";
const MATERIAL: &str = "DATE     DEPT ITEM                       UNIT     EST QTY    ACT QTY         COST";

fn body(summary: &Summary<'_>) -> Vec<Block> {
    let mut body = Vec::new();
    let mut push = |heads: Option<&'static str>, line: String| body.push(Block { heads, line });
    push(None, LABOUR.to_owned());
    for department in departments(summary) {
        let lines: Vec<&LabourLine> = summary.labour.iter().filter(|line| line.code.department == department).collect();
        for line in &lines {
            push(Some(LABOUR), labour(line));
        }
        push(Some(LABOUR), subtotal(department, &lines));
        push(Some(LABOUR), String::new());
    }
    push(None, hours(summary));
    push(None, String::new());
    for (title, lines) in [("MATERIAL", &summary.ledger.material), ("OUTPLANT", &summary.ledger.outplant)] {
        if lines.is_empty() {
            continue;
        }
        push(None, title.to_owned());
        push(None, MATERIAL.to_owned());
        for line in lines {
            push(Some(MATERIAL), item(line));
        }
        let total = lines.iter().map(|line| line.cost).sum();
        push(Some(MATERIAL), format!("{:<68} {:>12}", format!("****     {title} SUBTOTAL"), printed(total)));
        push(None, String::new());
    }
    for line in totals(summary) {
        push(None, line);
    }
    body
}

fn departments(summary: &Summary<'_>) -> Vec<Department> {
    let mut departments: Vec<Department> = summary.labour.iter().map(|line| line.code.department).collect();
    departments.dedup();
    departments
}

fn labour(line: &LabourLine) -> String {
    format!(
        "{:<4} {:<4} {:<24}  {:>7}   {:>7} {:>12} {:>12}",
        line.code.department.number(),
        line.code.number,
        line.code.name,
        quantity(line.estimated_hours, 1),
        quantity(line.hours, 1),
        printed(line.estimated_cost),
        printed(line.cost),
    )
}

fn subtotal(department: Department, lines: &[&LabourLine]) -> String {
    format!(
        "**** {:<4} {:<24}  {:>7}   {:>7} {:>12} {:>12}",
        department.number(),
        department.name(),
        quantity(lines.iter().map(|line| line.estimated_hours).sum(), 1),
        quantity(lines.iter().map(|line| line.hours).sum(), 1),
        printed(lines.iter().map(|line| line.estimated_cost).sum()),
        printed(lines.iter().map(|line| line.cost).sum()),
    )
}

fn hours(summary: &Summary<'_>) -> String {
    let (estimated, actual) = (quantity(summary.ledger.estimated_hours(), 1), quantity(summary.ledger.hours(), 1));
    format!("{:<34}  {estimated:>7}   {actual:>7}", "TOTAL HOURS")
}

fn item(line: &ItemLine) -> String {
    format!(
        "{:<8} {:<4} {:<26} {:<6} {:>9}  {:>9} {:>12}",
        line.date.strftime("%m/%d/%y"),
        line.department,
        line.name,
        line.unit.to_uppercase(),
        quantity(line.estimated_quantity, 2),
        quantity(line.quantity, 2),
        printed(line.cost),
    )
}

fn totals(summary: &Summary<'_>) -> Vec<String> {
    let parts = &summary.ledger.actual;
    let total = |label: &str, amount| format!("{label:<30}{:>18}", printed(amount));
    vec![
        total("TOTAL LABOR COST", parts.labour),
        total("TOTAL MATERIAL COST", parts.material),
        total("TOTAL BURDEN COST", parts.burden),
        total("TOTAL OUTPLANT COST", parts.outplant),
        total("TOTAL EQUIPMENT COST", parts.equipment),
        total("TOTAL SHIPPING", parts.shipping),
        total("TOTAL USE TAX", parts.use_tax),
        format!("{:>48}", "-----------"),
        total("TOTAL COST", parts.total()),
    ]
}

/// The totals stay on one page; a table that goes on repeats its heads.
fn paginate(body: &[Block]) -> Vec<Vec<String>> {
    const TOTALS: usize = 9;
    let mut pages: Vec<Vec<String>> = vec![Vec::new()];
    for (place, block) in body.iter().enumerate() {
        let used = pages.last().map_or(0, Vec::len);
        let totals_begin = place + TOTALS == body.len();
        if used >= BODY || (totals_begin && used + TOTALS > BODY) {
            pages.push(block.heads.map(str::to_owned).into_iter().collect());
        }
        let fresh = pages.last().is_some_and(|page| page.len() <= 1);
        if let Some(page) = pages.last_mut().filter(|_| !(fresh && block.line.is_empty())) {
            page.push(block.line.clone());
        }
    }
    pages
}

fn page(summary: &Summary<'_>, lines: Vec<String>, number: usize, count: usize) -> Page {
    let mut page = Page::new();
    let mut row = 0.0;
    let mut write = |text: &str| {
        page.text(Font::Courier, SIZE, (LEFT, TOP + row * LEADING), text.trim_end());
        row += 1.0;
    };
    for line in heading(summary) {
        write(&line);
    }
    for line in &lines {
        write(line);
    }
    let foot = format!("PAGE {number} OF {count}");
    page.text(Font::Courier, SIZE, (LEFT + 62.0 * 5.4, 748.0), &foot);
    page
}

fn heading(summary: &Summary<'_>) -> Vec<String> {
    let two = |left: String, right: String| format!("{left:<56}{right}");
    let day = |date: jiff::civil::Date| date.strftime("%m/%d/%y").to_string();
    let customer = summary.customer.to_uppercase();
    vec![
        format!("{:>48}", "COST SUMMARY"),
        two(format!("WORK ORDER {}", summary.number), format!("RUN DATE: {}", day(summary.run_date))),
        two(format!("CUSTOMER   {}", cut(&customer, 42)), format!("EST: {}", summary.estimator)),
        two(format!("PART NO.   {}", summary.part_number), format!("QUOTE NO: {}", summary.quote_number)),
        two(
            format!("SIGN TYPE  {}", summary.sign_type.to_uppercase()),
            format!("COMPLETED: {}", day(summary.completed_on)),
        ),
        format!("DESCRIPTION {}", cut(&summary.description.to_uppercase(), 70)),
        String::new(),
    ]
}

fn cut(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}
