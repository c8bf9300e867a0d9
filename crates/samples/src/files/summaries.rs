//! The cost summaries that were printed: 72 finished jobs of every type and size, in two layouts.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{File, file, words};
use crate::errors::Planted;
use crate::history::{History, LabourLine, Ledger, Quote};
use crate::people::ESTIMATORS;
use crate::print::{report, spool};

/// Printed summaries, half of them in each layout.
pub(crate) const COUNT: usize = 72;
/// The largest jobs among them, whose summaries run over several pages.
const LARGEST: usize = 16;

/// Everything that a summary prints.
#[derive(Debug)]
pub(crate) struct Summary<'a> {
    pub(crate) number: u32,
    pub(crate) customer: &'a str,
    pub(crate) description: String,
    pub(crate) part_number: String,
    pub(crate) sign_type: String,
    pub(crate) estimator: &'static str,
    pub(crate) quote_number: String,
    pub(crate) run_date: Date,
    pub(crate) completed_on: Date,
    /// As printed; one planted misprint differs from the ledger.
    pub(crate) labour: Vec<LabourLine>,
    pub(crate) ledger: &'a Ledger,
}

/// The finished jobs that have a printed summary, by work order: the ones with most lines, and a spread of the rest.
pub(crate) fn chosen(history: &History) -> Vec<&Quote> {
    let mut finished = history.finished();
    let number = |quote: &Quote| quote.job.as_ref().map(|job| job.number);
    let lines = |quote: &Quote| quote.ledger.labour.len() + quote.ledger.material.len() + quote.ledger.outplant.len();
    finished.sort_by_key(|quote| (std::cmp::Reverse(lines(quote)), number(quote)));
    let mut rest = finished.split_off(LARGEST.min(finished.len()));
    rest.sort_by_key(|quote| number(quote));
    let wanted = COUNT - finished.len();
    finished.extend((0..wanted).map(|place| rest[(place * 2 + 1) * rest.len() / (wanted * 2)]));
    finished.sort_by_key(|quote| number(quote));
    finished
}

pub(super) fn files(history: &History, planted: &Planted) -> Vec<File> {
    let printed = chosen(history).into_iter().enumerate();
    printed
        .filter_map(|(place, quote)| {
            let summary = summary(history, quote, planted)?;
            let bytes = if place % 2 == 0 { spool::print(&summary) } else { report::print(&summary) };
            Some(file(format!("cost-summaries/WO-{}.pdf", summary.number), bytes))
        })
        .collect()
}

fn summary<'a>(history: &'a History, quote: &'a Quote, planted: &Planted) -> Option<Summary<'a>> {
    let job = quote.finished()?;
    let mut labour = quote.ledger.labour.clone();
    if planted.misprint.work_order == job.number {
        labour[planted.misprint.line].cost -= planted.misprint.missing;
    }
    Some(Summary {
        number: job.number,
        customer: &history.customers[quote.customer].name,
        description: quote.description.clone(),
        part_number: words::part_number(&quote.spec),
        sign_type: words::choice_label("sign_type", quote.sign_type()),
        estimator: ESTIMATORS[quote.estimator].initials,
        quote_number: quote.number.clone(),
        run_date: job.completed_on.saturating_add((i64::from(job.number % 9) + 2).days()),
        completed_on: job.completed_on,
        labour,
        ledger: &quote.ledger,
    })
}
