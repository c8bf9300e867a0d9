//! What is wrong with the exports on purpose: slips of people at keyboards, cells that cannot be read, a summary that
//! does not add up. Each is listed, so that finding them can be measured.

use crate::files::table::{Cell, Style, Table};
use crate::files::{Tables, summaries};
use crate::history::{History, Quote};
use crate::rng::Rng;

mod cells;
mod slips;

/// A planted slip, as the answer key lists it.
#[derive(Clone, Debug)]
pub(crate) struct Slip {
    pub(crate) file: &'static str,
    pub(crate) work_order: String,
    pub(crate) quote_number: String,
    pub(crate) kind: &'static str,
    pub(crate) field: &'static str,
    pub(crate) wrong: String,
    pub(crate) right: String,
    /// What follows from it in the same row, or which row it repeats, in a sentence.
    pub(crate) note: String,
}

/// A cell that has to be refused.
#[derive(Clone, Debug)]
pub(crate) struct Unreadable {
    pub(crate) file: &'static str,
    pub(crate) sheet: Option<&'static str>,
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) header: String,
    pub(crate) field: &'static str,
    pub(crate) key: String,
    pub(crate) raw: String,
    pub(crate) right: String,
    pub(crate) reason: &'static str,
}

/// A cost summary one of whose labour lines is printed too low.
#[derive(Clone, Debug)]
pub(crate) struct Misprint {
    pub(crate) work_order: u32,
    /// Place of the line among the labour lines.
    pub(crate) line: usize,
    pub(crate) missing: i64,
}

/// Everything that was planted.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    pub(crate) slips: Vec<Slip>,
    pub(crate) unreadable: Vec<Unreadable>,
    pub(crate) misprint: Misprint,
}

/// Spoils the tables and tells how.
pub(crate) fn plant(history: &History, tables: &mut Tables) -> Planted {
    let printed = summaries::chosen(history);
    let mut pool = Pool::of(history, &printed);
    let slips = slips::plant(history, tables, &mut pool);
    let unreadable = cells::plant(tables, &mut pool);
    Planted { slips, unreadable, misprint: misprint(&printed) }
}

/// The first printed summary of some size: its longest labour line is $120.00 short.
fn misprint(printed: &[&Quote]) -> Misprint {
    let (quote, job) = printed
        .iter()
        .filter_map(|quote| Some((quote, quote.job.as_ref()?)))
        .find(|(quote, _)| quote.ledger.labour.iter().any(|line| line.cost > 60_000))
        .expect("a shop prints at least one job with a labour line of some size");
    let longest = quote.ledger.labour.iter().enumerate().max_by_key(|(_, line)| line.cost);
    Misprint { work_order: job.number, line: longest.map_or(0, |(place, _)| place), missing: 12_000 }
}

/// Finished jobs that nothing was planted in yet; those with a printed summary stay as they are.
struct Pool<'a> {
    jobs: Vec<&'a Quote>,
    rng: Rng,
}

impl<'a> Pool<'a> {
    fn of(history: &'a History, printed: &[&Quote]) -> Self {
        let is_printed = |quote: &Quote| printed.iter().any(|other| other.number == quote.number);
        let jobs = history.finished().into_iter().filter(|quote| !is_printed(quote)).collect();
        Self { jobs, rng: Rng::stream(history.seed, "errors") }
    }

    /// Takes one that fits.
    fn take(&mut self, fits: impl Fn(&Quote) -> bool) -> &'a Quote {
        let fitting: Vec<usize> = (0..self.jobs.len()).filter(|place| fits(self.jobs[*place])).collect();
        assert!(!fitting.is_empty(), "three years of jobs hold one of every common kind");
        let place = fitting[self.rng.index(fitting.len())];
        self.jobs.remove(place)
    }
}

fn work_order(quote: &Quote) -> String {
    quote.job.as_ref().map_or_else(String::new, |job| job.number.to_string())
}

fn style(table: &Table) -> Style {
    if table.path.starts_with("erp") { Style::Erp } else { Style::Crm }
}

/// A cell as the key writes it: amounts and dates plainly.
fn shown(cell: &Cell) -> String {
    cell.written(Style::Crm)
}
