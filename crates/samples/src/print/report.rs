//! Layout `job-cost-report`: a newer report writer's, in Helvetica with ruled tables and a box of totals.

use super::paper::{Font, Page, WIDTH, document};
use crate::amounts::{printed, quantity};
use crate::files::summaries::Summary;
use crate::history::ItemLine;

const LEFT: f32 = 48.0;
const RIGHT: f32 = WIDTH - 48.0;
const BOTTOM: f32 = 722.0;
const ROW: f32 = 18.0;
const SIZE: f32 = 8.5;

pub(crate) fn print(summary: &Summary<'_>) -> Vec<u8> {
    let mut report = Report { summary, pages: vec![Page::new()], y: 0.0 };
    report.letterhead();
    report.header_fields();
    report.labour();
    report.items("Material", &summary.ledger.material);
    if !summary.ledger.outplant.is_empty() {
        report.items("Outplant", &summary.ledger.outplant);
    }
    report.totals();
    let count = report.pages.len();
    for (place, page) in report.pages.iter_mut().enumerate() {
        page.text(Font::Helvetica, 7.5, (LEFT, 756.0), "Northside Signs   Job cost report");
        page.right(Font::Helvetica, 7.5, (RIGHT, 756.0), &format!("Page {} of {count}", place + 1));
    }
    document(&format!("Job cost report {}", summary.number), "ShopReports 11", summary.run_date, report.pages)
}

/// A column: its head, where it stands, whether it ends there.
struct Column {
    head: &'static str,
    x: f32,
    right: bool,
}

const fn left(head: &'static str, x: f32) -> Column {
    Column { head, x, right: false }
}

const fn right(head: &'static str, x: f32) -> Column {
    Column { head, x, right: true }
}

const LABOUR: [Column; 7] = [
    left("Dept", LEFT + 4.0),
    left("Code", 84.0),
    left("Description", 118.0),
    right("Est Hrs", 322.0),
    right("Act Hrs", 380.0),
    right("Est Cost", 468.0),
    right("Cost", RIGHT - 4.0),
];
const ITEMS: [Column; 7] = [
    left("Date", LEFT + 4.0),
    left("Dept", 112.0),
    left("Item", 144.0),
    left("Unit", 322.0),
    right("Est Qty", 412.0),
    right("Act Qty", 474.0),
    right("Cost", RIGHT - 4.0),
];

struct Report<'a> {
    summary: &'a Summary<'a>,
    pages: Vec<Page>,
    y: f32,
}

impl Report<'_> {
    fn page(&mut self) -> &mut Page {
        self.pages.last_mut().expect("a report starts with a page")
    }

    fn letterhead(&mut self) {
        let page = self.page();
        page.text(Font::HelveticaBold, 15.0, (LEFT, 58.0), "Job Cost Report");
        page.right(Font::HelveticaBold, 10.0, (RIGHT, 52.0), "Northside Signs");
        page.right(Font::Helvetica, 8.0, (RIGHT, 63.0), "COST SUMMARY");
        page.line(1.2, (LEFT, 70.0), (RIGHT, 70.0));
        self.y = 88.0;
    }

    fn header_fields(&mut self) {
        let summary = self.summary;
        let day = |date: jiff::civil::Date| date.strftime("%m/%d/%Y").to_string();
        let fields = [
            ("Order Number:", summary.number.to_string(), "Run Date:", day(summary.run_date)),
            ("Customer:", summary.customer.to_owned(), "Completed:", day(summary.completed_on)),
            ("Part Number:", summary.part_number.clone(), "Estimator:", summary.estimator.to_owned()),
            ("Sign Type:", summary.sign_type.clone(), "Quote Number:", summary.quote_number.clone()),
            ("Description:", summary.description.clone(), "", String::new()),
        ];
        for (label, value, other_label, other) in fields {
            let y = self.y;
            let page = self.page();
            page.text(Font::HelveticaBold, 9.0, (LEFT, y), label);
            page.text(Font::Helvetica, 9.0, (LEFT + 76.0, y), &value);
            page.text(Font::HelveticaBold, 9.0, (392.0, y), other_label);
            page.text(Font::Helvetica, 9.0, (468.0, y), &other);
            self.y += 14.0;
        }
    }

    /// A new page when fewer than `points` are left; the order's number goes on top of it.
    fn room(&mut self, points: f32) -> bool {
        if self.y + points <= BOTTOM {
            return false;
        }
        self.pages.push(Page::new());
        let title = format!("Order Number: {}   continued", self.summary.number);
        let page = self.page();
        page.text(Font::HelveticaBold, 9.0, (LEFT, 52.0), &title);
        page.line(0.6, (LEFT, 58.0), (RIGHT, 58.0));
        self.y = 68.0;
        true
    }

    fn title(&mut self, title: &str, columns: &[Column]) {
        self.y += 14.0;
        self.room(5.0 * ROW);
        let y = self.y + 8.0;
        self.page().text(Font::HelveticaBold, 10.5, (LEFT, y), title);
        self.y += 14.0;
        self.heads(columns);
    }

    fn heads(&mut self, columns: &[Column]) {
        let y = self.y;
        let page = self.page();
        page.shade(0.92, (LEFT, y, RIGHT - LEFT, ROW));
        page.line(0.8, (LEFT, y), (RIGHT, y));
        page.line(0.8, (LEFT, y + ROW), (RIGHT, y + ROW));
        self.cells(Font::HelveticaBold, columns, columns.iter().map(|column| column.head.to_owned()).collect());
    }

    fn cells(&mut self, font: Font, columns: &[Column], cells: Vec<String>) {
        let y = self.y + 11.5;
        let page = self.page();
        for (column, cell) in columns.iter().zip(&cells) {
            if column.right {
                page.right(font, SIZE, (column.x, y), cell);
            } else {
                page.text(font, SIZE, (column.x, y), cell);
            }
        }
        self.y += ROW;
    }

    fn row(&mut self, columns: &[Column], cells: Vec<String>) {
        if self.room(ROW) {
            self.heads(columns);
        }
        self.cells(Font::Helvetica, columns, cells);
        let y = self.y;
        self.page().line(0.25, (LEFT, y), (RIGHT, y));
    }

    fn sum(&mut self, columns: &[Column], cells: Vec<String>) {
        if self.room(ROW) {
            self.heads(columns);
        }
        self.cells(Font::HelveticaBold, columns, cells);
        let y = self.y;
        self.page().line(0.8, (LEFT, y), (RIGHT, y));
    }

    fn labour(&mut self) {
        self.title("Labor", &LABOUR);
        let summary = self.summary;
        for line in &summary.labour {
            self.row(
                &LABOUR,
                vec![
                    line.code.department.number().to_string(),
                    line.code.number.to_string(),
                    line.code.name.to_owned(),
                    quantity(line.estimated_hours, 1),
                    quantity(line.hours, 1),
                    printed(line.estimated_cost),
                    printed(line.cost),
                ],
            );
        }
        let cells = vec![
            String::new(),
            String::new(),
            "Total hours".to_owned(),
            quantity(summary.ledger.estimated_hours(), 1),
            quantity(summary.ledger.hours(), 1),
        ];
        self.sum(&LABOUR, cells);
    }

    fn items(&mut self, title: &str, lines: &[ItemLine]) {
        self.title(title, &ITEMS);
        for line in lines {
            self.row(
                &ITEMS,
                vec![
                    line.date.strftime("%m/%d/%Y").to_string(),
                    line.department.to_string(),
                    line.name.to_owned(),
                    line.unit.to_owned(),
                    quantity(line.estimated_quantity, 2),
                    quantity(line.quantity, 2),
                    printed(line.cost),
                ],
            );
        }
    }

    fn totals(&mut self) {
        let parts = self.summary.ledger.actual;
        let lines = [
            ("Total Labor Cost", parts.labour),
            ("Total Material Cost", parts.material),
            ("Total Burden Cost", parts.burden),
            ("Total Outplant Cost", parts.outplant),
            ("Total Equipment Cost", parts.equipment),
            ("Total Shipping", parts.shipping),
            ("Total Use Tax", parts.use_tax),
        ];
        self.y += 18.0;
        let height = 14.0 * lines.len() as f32 + 30.0;
        self.room(height + 6.0);
        let (top, x) = (self.y, RIGHT - 232.0);
        let page = self.page();
        page.frame(1.0, (x, top, 232.0, height));
        for (place, (label, amount)) in lines.into_iter().enumerate() {
            let y = top + 15.0 + 14.0 * place as f32;
            page.text(Font::Helvetica, 9.0, (x + 10.0, y), label);
            page.right(Font::Helvetica, 9.0, (RIGHT - 10.0, y), &printed(amount));
        }
        let y = top + height - 9.0;
        page.line(0.8, (x + 10.0, y - 13.0), (RIGHT - 10.0, y - 13.0));
        page.text(Font::HelveticaBold, 10.0, (x + 10.0, y), "Total Cost");
        page.right(Font::HelveticaBold, 10.0, (RIGHT - 10.0, y), &printed(parts.total()));
        self.y += height;
    }
}
