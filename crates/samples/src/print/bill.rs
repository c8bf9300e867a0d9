//! A vendor's bill: letterhead, numbers, item lines, and a sum with tax and freight.

use jiff::civil::Date;

use super::paper::{Font, Page, WIDTH, document};
use crate::amounts::{Cents, printed, quantity};

const LEFT: f32 = 54.0;
const RIGHT: f32 = WIDTH - 54.0;

/// Who sends bills.
#[derive(Debug)]
pub(crate) struct Vendor {
    pub(crate) name: &'static str,
    pub(crate) street: &'static str,
    pub(crate) town: &'static str,
    /// How its bill numbers begin.
    pub(crate) prefix: &'static str,
    /// Days until a bill is due.
    pub(crate) terms: i64,
}

#[derive(Debug)]
pub(crate) struct BillLine {
    pub(crate) description: &'static str,
    pub(crate) quantity: f64,
    pub(crate) unit: &'static str,
    /// In hundredths of a cent.
    pub(crate) unit_price: i64,
    pub(crate) amount: Cents,
}

#[derive(Debug)]
pub(crate) struct Bill<'a> {
    pub(crate) vendor: &'a Vendor,
    pub(crate) number: String,
    pub(crate) date: Date,
    pub(crate) due_date: Date,
    pub(crate) work_order: u32,
    pub(crate) lines: Vec<BillLine>,
    pub(crate) tax: Cents,
    pub(crate) shipping: Cents,
}

impl Bill<'_> {
    pub(crate) fn subtotal(&self) -> Cents {
        self.lines.iter().map(|line| line.amount).sum()
    }

    pub(crate) fn total(&self) -> Cents {
        self.subtotal() + self.tax + self.shipping
    }
}

pub(crate) fn print(bill: &Bill<'_>) -> Vec<u8> {
    let mut page = Page::new();
    letterhead(&mut page, bill);
    let y = lines(&mut page, bill);
    sums(&mut page, bill, y + 16.0);
    let terms = format!("Terms: net {} days. Please quote the bill number with your payment.", bill.vendor.terms);
    page.text(Font::Helvetica, 8.0, (LEFT, 740.0), &terms);
    document(&format!("Invoice {}", bill.number), "LedgerLine 8", bill.date, vec![page])
}

fn letterhead(page: &mut Page, bill: &Bill<'_>) {
    page.text(Font::HelveticaBold, 14.0, (LEFT, 62.0), bill.vendor.name);
    page.text(Font::Helvetica, 9.0, (LEFT, 76.0), bill.vendor.street);
    page.text(Font::Helvetica, 9.0, (LEFT, 88.0), bill.vendor.town);
    page.right(Font::HelveticaBold, 18.0, (RIGHT, 64.0), "INVOICE");
    let day = |date: Date| date.strftime("%m/%d/%Y").to_string();
    let numbers = [
        ("Invoice Number:", bill.number.clone()),
        ("Invoice Date:", day(bill.date)),
        ("Due Date:", day(bill.due_date)),
        ("Your Work Order:", bill.work_order.to_string()),
    ];
    for (place, (label, value)) in numbers.into_iter().enumerate() {
        let y = 92.0 + 14.0 * place as f32;
        page.text(Font::HelveticaBold, 9.0, (382.0, y), label);
        page.right(Font::Helvetica, 9.0, (RIGHT, y), &value);
    }
    page.text(Font::HelveticaBold, 9.0, (LEFT, 120.0), "Bill To:");
    for (place, line) in ["Northside Signs", "14 Foundry Lane", "Northside"].into_iter().enumerate() {
        page.text(Font::Helvetica, 9.0, (LEFT, 133.0 + 12.0 * place as f32), line);
    }
}

fn lines(page: &mut Page, bill: &Bill<'_>) -> f32 {
    let mut y = 190.0;
    page.shade(0.9, (LEFT, y - 12.0, RIGHT - LEFT, 17.0));
    let row = |page: &mut Page, font: Font, y: f32, cells: [&str; 5]| {
        page.text(font, 9.0, (LEFT + 4.0, y), cells[0]);
        page.right(font, 9.0, (354.0, y), cells[1]);
        page.text(font, 9.0, (366.0, y), cells[2]);
        page.right(font, 9.0, (476.0, y), cells[3]);
        page.right(font, 9.0, (RIGHT - 4.0, y), cells[4]);
    };
    row(page, Font::HelveticaBold, y, ["Description", "Qty", "Unit", "Unit Price", "Amount"]);
    for line in &bill.lines {
        y += 18.0;
        let price = format!("{}.{:04}", line.unit_price / 10_000, line.unit_price % 10_000);
        let (count, amount) = (quantity(line.quantity, 2), printed(line.amount));
        row(page, Font::Helvetica, y, [line.description, &count, line.unit, &price, &amount]);
        page.line(0.25, (LEFT, y + 5.0), (RIGHT, y + 5.0));
    }
    y
}

fn sums(page: &mut Page, bill: &Bill<'_>, top: f32) {
    let sums = [("Subtotal", bill.subtotal()), ("Sales Tax", bill.tax), ("Shipping", bill.shipping)];
    let mut y = top + 8.0;
    for (label, amount) in sums {
        page.text(Font::Helvetica, 9.5, (392.0, y), label);
        page.right(Font::Helvetica, 9.5, (RIGHT - 4.0, y), &printed(amount));
        y += 15.0;
    }
    page.line(0.8, (392.0, y - 10.0), (RIGHT, y - 10.0));
    page.text(Font::HelveticaBold, 11.0, (392.0, y + 4.0), "Total Due");
    page.right(Font::HelveticaBold, 11.0, (RIGHT - 4.0, y + 4.0), &format!("${}", printed(bill.total())));
}
