//! Vendors' bills for material of finished jobs.

use jiff::ToSpan;

use super::{File, file};
use crate::amounts::{Cents, cents};
use crate::history::{History, ItemLine, Quote, WorkOrder};
use crate::print::bill::{Bill, BillLine, Vendor, print};
use crate::rng::Rng;

const COUNT: usize = 24;

/// A vendor and how the names of what it sells begin.
const VENDORS: [(Vendor, &[&str]); 3] = [
    (
        Vendor {
            name: "Ridgeline Metal Supply",
            street: "2200 Rolling Mill Road",
            town: "Weston Mills",
            prefix: "RMS-",
            terms: 30,
        },
        &["ALUM", "STEEL", "CABINET", "CAP PLATES", "ACM"],
    ),
    (
        Vendor {
            name: "Lumenfield Lighting Components",
            street: "71 Diode Way, Suite 3",
            town: "Eastvale",
            prefix: "LF",
            terms: 15,
        },
        &["LED", "POWER"],
    ),
    (
        Vendor {
            name: "Corvane Plastics & Film",
            street: "9 Harbor Terminal",
            town: "Brindle Bay",
            prefix: "26",
            terms: 45,
        },
        &["ACRYLIC", "POLYCARB", "VINYL", "PRINT FILM", "FLEX", "TRIM"],
    ),
];

pub(super) fn files(history: &History) -> Vec<File> {
    let mut rng = Rng::stream(history.seed, "bills");
    let jobs = history.finished();
    let mut files = Vec::with_capacity(COUNT);
    for place in 0..COUNT {
        let (vendor, sells) = &VENDORS[place % VENDORS.len()];
        let start = jobs.len() * 2 / 3 + place * jobs.len() / 3 / COUNT;
        let fitting = (start..jobs.len()).chain(0..start).map(|i| jobs[i]).find(|quote| sold(quote, sells).len() >= 2);
        let found = fitting.and_then(|quote| Some((quote, quote.job.as_ref()?)));
        if let Some((quote, job)) = found {
            let bill = bill(&mut rng, vendor, (quote, job), sells, place);
            files.push(file(format!("bills/{}.pdf", bill.number), print(&bill)));
        }
    }
    files
}

fn sold<'a>(quote: &'a Quote, sells: &[&str]) -> Vec<&'a ItemLine> {
    let of_vendor = |line: &&ItemLine| line.cost > 0 && sells.iter().any(|start| line.name.starts_with(start));
    quote.ledger.material.iter().filter(of_vendor).collect()
}

fn bill<'a>(
    rng: &mut Rng,
    vendor: &'a Vendor,
    (quote, job): (&Quote, &WorkOrder),
    sells: &[&str],
    place: usize,
) -> Bill<'a> {
    let date = job.started_on.saturating_add(rng.whole(-6, 1).days());
    let lines: Vec<BillLine> = sold(quote, sells).into_iter().map(line).collect();
    let subtotal: Cents = lines.iter().map(|line| line.amount).sum();
    let taxed = rng.chance(0.4);
    Bill {
        vendor,
        number: format!("{}{}", vendor.prefix, 40_118 + place * 37),
        date,
        due_date: date.saturating_add(vendor.terms.days()),
        work_order: job.number,
        tax: if taxed { (subtotal as f64 * 0.0625).round() as Cents } else { 0 },
        shipping: if rng.chance(0.7) { cents(rng.between(12.0, 95.0)) } else { 0 },
        lines,
    }
}

/// The amount is the price times the quantity, rounded to the cent.
fn line(item: &ItemLine) -> BillLine {
    let unit_price = (item.cost as f64 * 100.0 / item.quantity).round() as i64;
    let amount = (unit_price as f64 * item.quantity / 100.0).round() as Cents;
    BillLine { description: item.name, quantity: item.quantity, unit: item.unit, unit_price, amount }
}
