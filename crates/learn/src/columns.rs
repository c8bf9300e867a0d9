//! Which columns a model may learn from, and why the others are left out.
//!
//! Left out are columns without a value, with one value in every row, with a different text in every row that shares
//! no words with others, running numbers, and copies of the target: a driver that says the cost (nearly) exactly is known
//! only afterwards, and a model that leans on it looks perfect and is worthless on the day of the quote.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::encoding::level;
use crate::statistics::{correlation, mean, ranks};
use crate::text::Vocabulary;
use crate::{Column, ColumnData, Table};

/// Correlation, of values or ranks, from which a driver counts as a copy of the target.
const COPY: f64 = 0.999;
/// Correlation of ranks with the order of rows or days from which different whole numbers count as running.
const RUNNING: f64 = 0.98;
/// Words of columns that are filled in when a job is done, and the correlation of ranks from which one is believed to
/// tell the target.
const AFTERWARDS: [&str; 9] =
    ["actual", "actuals", "invoice", "invoiced", "billed", "paid", "profit", "margin", "overrun"];
const TELLS: f64 = 0.5;
/// Correlation from which a driver is suspected of being known only afterwards, though it is used.
const NEARLY: f64 = 0.985;
/// Fewest rows with a value before a copy or a running number is suspected.
const COPY_ROWS: usize = 20;

/// The columns by what becomes of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Usable {
    pub(crate) names: Vec<String>,
    pub(crate) empty: Vec<String>,
    /// The same value everywhere; a missing value counts as one.
    pub(crate) constant: Vec<String>,
    /// Text that is different in nearly every row.
    pub(crate) unique: Vec<String>,
    /// Whole numbers, all different, that grow or fall from row to row or from day to day.
    pub(crate) running: Vec<String>,
    pub(crate) copies: Vec<String>,
    /// Named like what is filled in when a job is done, and telling the target.
    pub(crate) afterwards: Vec<String>,
    /// Among `names`: they nearly say the target.
    pub(crate) suspect: Vec<String>,
}

/// The place of every column. Those that are insisted on are not suspected of being known only afterwards.
pub(crate) fn usable(table: &Table, target: &[f64], days: &[Option<Date>], insisted: &[String]) -> Usable {
    let mut usable = Usable::default();
    for column in table.columns() {
        let known = insisted.contains(&column.name);
        let list: List = match &column.data {
            ColumnData::Number(values) => number(values, target, days).unwrap_or_else(|likeness| {
                if !known && likeness.nearly() {
                    usable.suspect.push(column.name.clone());
                }
                likeness.list(&column.name, known)
            }),
            ColumnData::Category(_) if known => |usable| &mut usable.names,
            ColumnData::Category(values) => category(column, values, target),
        };
        list(&mut usable).push(column.name.clone());
    }
    usable
}

type List = fn(&mut Usable) -> &mut Vec<String>;

/// Correlations with the target, without their sign; 0 where there are too few rows to tell.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    values: f64,
    ranks: f64,
}

impl Likeness {
    fn most(self) -> f64 {
        self.values.max(self.ranks)
    }

    fn nearly(self) -> bool {
        (NEARLY..=COPY).contains(&self.most())
    }

    /// The list of a number that is as like the target; one that is insisted on is a driver in any case.
    fn list(self, name: &str, insisted: bool) -> List {
        if insisted {
            |usable| &mut usable.names
        } else if self.most() > COPY {
            |usable| &mut usable.copies
        } else if self.ranks > TELLS && sounds_late(name) {
            |usable| &mut usable.afterwards
        } else {
            |usable| &mut usable.names
        }
    }
}

/// The list of a number that cannot be a driver, or how like the target it is.
fn number(values: &[f64], target: &[f64], days: &[Option<Date>]) -> Result<List, Likeness> {
    let (x, y): (Vec<f64>, Vec<f64>) = values.iter().zip(target).filter(|(x, _)| !x.is_nan()).unzip();
    let Some(first) = x.first() else { return Ok(|usable| &mut usable.empty) };
    if x.len() == values.len() && x.iter().all(|value| value == first) {
        return Ok(|usable| &mut usable.constant);
    }
    if running(values, days) {
        return Ok(|usable| &mut usable.running);
    }
    if x.len() < COPY_ROWS {
        return Err(Likeness::default());
    }
    Err(Likeness { values: correlation(&x, &y).abs(), ranks: correlation(&ranks(&x), &ranks(&y)).abs() })
}

/// Whether a name has a word for what is known when a job is done: "actual hours", "AmountInvoiced".
fn sounds_late(name: &str) -> bool {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        before = c;
        if c.is_alphanumeric() {
            words.last_mut().expect("there is a word").extend(c.to_lowercase());
        }
    }
    words.iter().any(|word| AFTERWARDS.contains(&word.as_str()))
}

/// Whether a column numbers the rows: in their order or in that of their days, most of which must be known.
fn running(values: &[f64], days: &[Option<Date>]) -> bool {
    let whole = |x: f64| x.fract() == 0.0 && x.abs() < 9e15;
    let numbers: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
    if numbers.len() < COPY_ROWS || !numbers.iter().all(|&x| whole(x)) {
        return false;
    }
    let mut sorted = numbers.clone();
    sorted.sort_by(f64::total_cmp);
    if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
        return false;
    }
    let places: Vec<f64> = (0..numbers.len()).map(|row| row as f64).collect();
    let (dated, at): (Vec<f64>, Vec<f64>) = values
        .iter()
        .zip(days)
        .filter_map(|(x, day)| Some((*x, days_of((*day)?))))
        .filter(|(x, _)| !x.is_nan())
        .unzip();
    let follows = |x: &[f64], order: &[f64]| correlation(&ranks(x), &ranks(order)).abs() > RUNNING;
    follows(&numbers, &places) || (2 * dated.len() > values.len() && follows(&dated, &at))
}

fn days_of(day: Date) -> f64 {
    f64::from(day.year()) * 366.0 + f64::from(day.day_of_year())
}

fn category(column: &Column, values: &[Option<String>], target: &[f64]) -> List {
    let mut levels: HashMap<String, Vec<f64>> = HashMap::new();
    let mut rows = 0;
    for (row, &y) in target.iter().enumerate() {
        if let Some(level) = level(column, row) {
            levels.entry(level.into_owned()).or_default().push(y);
            rows += 1;
        }
    }
    let repeated = levels.values().filter(|rows| rows.len() > 1).count();
    match levels.len() {
        0 => |usable| &mut usable.empty,
        1 if rows == target.len() => |usable| &mut usable.constant,
        _ if repeated == 0 && Vocabulary::fit(values, target).is_none() => |usable| &mut usable.unique,
        n if n * 2 <= rows && rows >= COPY_ROWS && determines(&levels) => |usable| &mut usable.copies,
        _ => |usable| &mut usable.names,
    }
}

/// Whether knowing the level is knowing the target: next to no variance is left within the levels.
fn determines(levels: &HashMap<String, Vec<f64>>) -> bool {
    // Sums over a hash map would differ from run to run in their last bits.
    let mut levels: Vec<(&String, &Vec<f64>)> = levels.iter().collect();
    levels.sort_unstable_by_key(|(name, _)| *name);
    let all: Vec<f64> = levels.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
    let around = |rows: &[f64], centre: f64| rows.iter().map(|y| (y - centre).powi(2)).sum::<f64>();
    let within: f64 = levels.iter().map(|(_, rows)| around(rows, mean(rows))).sum();
    within < (1.0 - COPY * COPY) * around(&all, mean(&all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn every_column_gets_its_place() {
        let mut random = Random::new(2);
        let y: Vec<f64> = (0..100).map(|_| random.uniform()).collect();
        let x: Vec<f64> = y.iter().map(|y| y + random.uniform()).collect();
        let text = |of: &dyn Fn(usize) -> String| (0..100).map(|i| Some(of(i))).collect::<Vec<_>>();
        let table = Table::new(vec![
            Column::number("driver", x),
            Column::number("invoice", y.iter().map(|y| 7.0 + 3.0 * y).collect()),
            Column::number("log_invoice", y.iter().map(|y| y.powi(9)).collect()),
            Column::number("nothing", vec![f64::NAN; 100]),
            Column::number("one", vec![1.0; 100]),
            Column::category("name", text(&|i| format!("job {i}"))),
            Column::category("kind", text(&|i| format!("kind {}", i % 7))),
            Column::category("band", (0..100).map(|i| (i % 2 == 0).then(|| "x".to_owned())).collect()),
        ])
        .expect("table");
        let usable = usable(&table, &y, &[None; 100], &[]);
        assert_eq!(usable.names, ["driver", "kind", "band"]);
        assert_eq!(usable.copies, ["invoice", "log_invoice"]);
        assert_eq!(usable.empty, ["nothing"]);
        assert_eq!((usable.constant, usable.unique), (vec!["one".to_owned()], vec!["name".to_owned()]));
    }

    #[test]
    fn what_is_known_when_a_job_is_done_is_left_out_unless_insisted_on() {
        let mut random = Random::new(4);
        let y: Vec<f64> = (0..200).map(|_| random.uniform()).collect();
        let mut with = |noise: f64| y.iter().map(|y| y + noise * random.uniform()).collect::<Vec<f64>>();
        let columns = [
            Column::number("ActualHours", with(1.0)),
            Column::number("paid_days", with(40.0)),
            Column::number("material", with(0.1)),
            Column::number("estimate", with(0.5)),
            Column::number("twice", y.iter().map(|y| 2.0 * y).collect()),
        ];
        let table = Table::new(columns.to_vec()).expect("table");
        let found = usable(&table, &y, &[None; 200], &[]);
        assert_eq!((found.afterwards, found.copies), (vec!["ActualHours".to_owned()], vec!["twice".to_owned()]));
        assert_eq!(found.names, ["paid_days", "material", "estimate"]);
        assert_eq!(found.suspect, ["material"]);
        let insisted = usable(&table, &y, &[None; 200], &["ActualHours".to_owned(), "twice".to_owned()]);
        assert_eq!((insisted.names.len(), insisted.suspect.as_slice()), (5, &["material".to_owned()][..]));
    }

    #[test]
    fn a_text_that_fixes_the_target_is_a_copy() {
        let y: Vec<f64> = (0..60).map(|i| f64::from(i % 10) * 100.0).collect();
        let band = Column::category("band", y.iter().map(|y| Some(format!("band {y}"))).collect());
        assert_eq!(usable(&Table::new(vec![band]).expect("table"), &y, &[None; 60], &[]).copies, ["band"]);
    }

    #[test]
    fn a_running_number_by_row_or_by_day_is_left_out() {
        let mut random = Random::new(5);
        let mut order: Vec<usize> = (0..60).collect();
        random.shuffle(&mut order);
        let days: Vec<Option<Date>> = order
            .iter()
            .map(|&place| Some(jiff::civil::date(2025, 1 + (place / 20) as i8, 1 + (place % 20) as i8)))
            .collect();
        let y: Vec<f64> = (0..60).map(|_| random.uniform()).collect();
        let numbers = |of: &dyn Fn(usize) -> f64| (0..60).map(of).collect::<Vec<f64>>();
        let table = Table::new(vec![
            Column::number("row", numbers(&|row| 20_000.0 + 3.0 * row as f64)),
            Column::number("job", numbers(&|row| 500.0 - order[row] as f64)),
            Column::number("width", numbers(&|row| order[59 - row] as f64 * 7.0 + 0.5)),
            Column::number("letters", numbers(&|row| (row / 2) as f64)),
        ]);
        let usable = usable(&table.expect("table"), &y, &days, &[]);
        assert_eq!(usable.running, ["row", "job"]);
        assert_eq!(usable.names, ["width", "letters"]);
    }
}
