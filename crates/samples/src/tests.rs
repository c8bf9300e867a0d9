//! The whole shop: what it holds, that it adds up, and that the committed files are what the seed makes.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use signwright_domain::{driver, sanity};

use super::{SEED, errors, generate};
use crate::files::table::Style;
use crate::files::{File, Tables, summaries};
use crate::history::{Fate, History, Ledger, OPEN_QUOTES, Quote};
use crate::signs::TYPES;

fn history() -> &'static History {
    static HISTORY: OnceLock<History> = OnceLock::new();
    HISTORY.get_or_init(|| History::of(SEED))
}

fn share(of: &[&Quote], that: impl Fn(&Quote) -> bool) -> f64 {
    of.iter().filter(|quote| that(quote)).count() as f64 / of.len() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn loses(quote: &Quote) -> bool {
    quote.finished().is_some_and(|job| job.sale_price < quote.ledger.actual.total())
}

/// Logarithms and cosines may differ in their last digit elsewhere, so the bytes are promised here alone.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn the_committed_files_are_what_the_seed_makes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample-data");
    let made = generate(SEED).expect("the files can be made");
    for file in &made {
        let committed = std::fs::read(folder.join(&file.path)).unwrap_or_default();
        assert!(committed == file.bytes, "{} differs: run cargo run -p signwright-samples -- sample-data", file.path);
    }
    let known = |path: &Path| {
        let written_by_hand = ["README.md", ".gitattributes"].map(|name| folder.join(name));
        written_by_hand.iter().any(|file| file == path) || made.iter().any(|file| folder.join(&file.path) == path)
    };
    let strange: Vec<PathBuf> = files_below(&folder).into_iter().filter(|path| !known(path)).collect();
    assert_eq!(strange, Vec::<PathBuf>::new());
    assert!(made.iter().map(|file| file.bytes.len()).sum::<usize>() < 4 << 20);
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("readable").path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn another_seed_makes_another_shop_and_the_same_one_twice() {
    let one = generate(7).expect("the files can be made");
    assert_eq!(one, generate(7).expect("the files can be made"));
    let of = |files: &[File], start: &str| files.iter().filter(|file| file.path.starts_with(start)).count();
    assert_eq!((of(&one, "cost-summaries/"), of(&one, "bills/")), (72, 24));
    let orders = |files: &[File]| files.iter().find(|file| file.path.ends_with("orders.csv")).cloned();
    assert_ne!(orders(&one), orders(&generate(SEED).expect("the files can be made")));
}

#[test]
fn the_shop_is_as_large_as_it_should_be() {
    let (history, finished) = (history(), history().finished());
    let within = |what: &str, count: usize, low: usize, high: usize| {
        assert!((low..=high).contains(&count), "{count} {what}");
    };
    within("finished jobs", finished.len(), 1_150, 1_250);
    within("jobs under way", history.jobs().len() - finished.len(), 45, 90);
    within("lost quotes", history.quotes.iter().filter(|q| !q.is_open() && q.fate != Fate::Won).count(), 500, 900);
    within("customers", history.customers.len(), 220, 220);
    assert_eq!(history.quotes.iter().filter(|quote| quote.is_open()).count(), OPEN_QUOTES);
    let costs: Vec<i64> = finished.iter().map(|quote| quote.ledger.actual.total() / 100).collect();
    within("dollars for the cheapest", *costs.iter().min().expect("jobs") as usize, 120, 250);
    within("dollars for the dearest", *costs.iter().max().expect("jobs") as usize, 55_000, 90_000);
    for (sign_type, _) in TYPES {
        within(sign_type, finished.iter().filter(|quote| quote.sign_type() == sign_type).count(), 12, 300);
    }
}

#[test]
fn shares_are_those_of_the_trade() {
    let finished = history().finished();
    let within =
        |what: &str, value: f64, low: f64, high: f64| assert!((low..=high).contains(&value), "{what}: {value}");
    within("loss-making", share(&finished, loses), 0.05, 0.08);
    within("overruns", share(&finished, |quote| quote.ledger.overrun.is_some()), 0.06, 0.10);
    let against = |of: fn(&Ledger) -> f64| {
        median(
            finished.iter().map(|quote| (of(&quote.ledger) / quote.ledger.actual.total() as f64 - 1.0).abs()).collect(),
        )
    };
    within("own estimates", against(|ledger| ledger.estimated.total() as f64), 0.095, 0.125);
    within("noise", against(|ledger| ledger.expected * 100.0), 0.03, 0.07);
    let decided: Vec<&Quote> = history().quotes.iter().filter(|quote| !quote.is_open()).collect();
    within("conversion", share(&decided, |quote| quote.fate == Fate::Won), 0.5, 0.7);
    let dear = |quote: &Quote| quote.price as f64 / 100.0 / quote.ledger.expected > 1.7;
    let (high, low): (Vec<&Quote>, Vec<&Quote>) = decided.into_iter().partition(|quote| dear(quote));
    let won = |quotes: &[&Quote]| share(quotes, |quote| quote.fate == Fate::Won);
    assert!(won(&low) > won(&high) + 0.1, "dear quotes are lost more often");
}

#[test]
fn lines_sum_to_parts_and_parts_to_totals() {
    for quote in history().finished() {
        let Ledger { labour, material, outplant, actual, .. } = &quote.ledger;
        assert_eq!(labour.iter().map(|line| line.cost).sum::<i64>(), actual.labour);
        assert_eq!(material.iter().map(|line| line.cost).sum::<i64>(), actual.material);
        assert_eq!(outplant.iter().map(|line| line.cost).sum::<i64>(), actual.outplant);
        let parts = crate::files::erp::by_column(actual);
        assert_eq!(parts.iter().sum::<i64>(), actual.total());
    }
}

/// Every enquiry is one that the product's own rules let pass, in drivers that it knows.
#[test]
fn specifications_are_sound_and_of_the_catalogue() {
    let rules = sanity::Rules::standard();
    for quote in &history().quotes {
        let refused =
            rules.of_estimate(&quote.spec).into_iter().find(|warning| warning.severity == sanity::Severity::Error);
        assert_eq!(refused, None, "{}", quote.description);
        for name in quote.spec.drivers.keys() {
            assert!(driver::find(name).is_some(), "{name} is not in the catalogue");
        }
    }
}

#[test]
fn planted_slips_stand_in_the_tables_as_the_key_says() {
    let history = history();
    let mut tables = Tables::of(history);
    let planted = errors::plant(history, &mut tables);
    let share = planted.slips.len() as f64 / history.finished().len() as f64;
    assert!((0.01..=0.02).contains(&share), "{share}");
    for slip in &planted.slips {
        let (table, key_field, key) = match slip.file {
            "crm/quotes.xlsx" => (&tables.quotes, "quote_number", &slip.quote_number),
            _ => (&tables.work_orders, "work_order", &slip.work_order),
        };
        let row = table.row(key_field, key).expect("the row is there");
        assert_eq!(table.cell(row, slip.field).written(Style::Crm), slip.wrong);
        assert_ne!(slip.wrong, slip.right);
    }
    for kind in ["decimal_slip", "swapped_columns", "wrong_unit", "missing_department", "duplicate"] {
        assert!(planted.slips.iter().filter(|slip| slip.kind == kind).count() >= 3, "{kind}");
    }
}

#[test]
fn unreadable_cells_stand_where_the_key_says() {
    let history = history();
    let mut tables = Tables::of(history);
    let planted = errors::plant(history, &mut tables);
    assert!(planted.unreadable.len() >= 10);
    let all = [
        &tables.customers,
        &tables.opportunities,
        &tables.quotes,
        &tables.work_orders,
        &tables.prices,
        &tables.outcomes,
    ];
    for cell in &planted.unreadable {
        let table = all.into_iter().find(|table| table.path == cell.file).expect("the file is one of the tables");
        let bytes = table.csv(Style::Erp).expect("the table can be written");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]);
        let record = reader.records().nth(cell.row - table.header_row).expect("the row is there").expect("it reads");
        assert_eq!(&record[cell.column - 1], cell.raw);
    }
}

#[test]
fn printed_summaries_are_finished_jobs_of_every_size() {
    let printed = summaries::chosen(history());
    assert_eq!(printed.len(), summaries::COUNT);
    assert!(printed.iter().all(|quote| quote.finished().is_some()));
    let pages: Vec<usize> = generate(SEED)
        .expect("the files can be made")
        .iter()
        .filter(|file| file.path.starts_with("cost-summaries/"))
        .map(|file| String::from_utf8_lossy(&file.bytes).matches("/MediaBox").count())
        .collect();
    for count in 1..=3 {
        assert!(pages.iter().filter(|pages| **pages == count).count() >= 3, "{count} pages: {pages:?}");
    }
}
