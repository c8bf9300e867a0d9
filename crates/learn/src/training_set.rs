//! What a model learns from: rows with their target, the days they were known, and their groups.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::random::mix;
use crate::{ColumnData, LearnError, Table};

/// Fewest rows a model is trained on.
pub const FEWEST_ROWS: usize = 30;

/// Share of the rows that must have a quote date before time counts.
const DATED: f64 = 0.8;

/// Finished jobs, one row each.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingSet {
    pub table: Table,
    /// NaN where not known: such a row is learned from only as a part of its group.
    pub target: Vec<f64>,
    /// The day the drivers were known: the quote date.
    pub known_from: Vec<Option<Date>>,
    /// The day the target was known: the completion. Where absent, the target counts as known from `known_from` on.
    pub known_to: Vec<Option<Date>>,
    /// Rows of one group (a contract) are never on both sides of a split.
    pub group: Option<Vec<String>>,
    /// The column of the table with the day in days since 1970: not a driver itself, but its month is.
    pub time_column: Option<String>,
    /// The column of the table that names the group: not a driver itself, but what the group adds up to is.
    pub group_column: Option<String>,
    /// The column whose medians are the simple rule, such as `sign_type`.
    pub class_column: Option<String>,
    /// Columns that are learned from even where they look as if they were known only afterwards.
    pub insisted: Vec<String>,
    /// The shop's own estimates of the target, NaN where missing.
    pub own_estimate: Option<Vec<f64>>,
}

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainParams {
    /// What is predicted, such as `total_cost`.
    pub target: String,
    pub seed: u64,
    pub created_at: Timestamp,
    /// The version of the program, for the card.
    pub version: String,
    /// How long training may take on a machine of two cores. It is turned into an amount of work by a fixed rate, so
    /// that the same rows and seed give the same model on every machine.
    pub budget: Duration,
    /// Share of the rows, the newest, that the model is tested on; above 0, at most 0.5.
    pub test_share: f64,
}

impl TrainingSet {
    pub fn rows(&self) -> usize {
        self.table.rows()
    }

    /// SHA-256 of everything that is learned from, in order: two sets with the same one give the same model.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let mut text = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        table_texts(&self.table, &mut text);
        let number = |x: &f64| bits(*x);
        let day = |day: &Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        self.target.iter().for_each(|y| text(&number(y)));
        self.known_from.iter().chain(&self.known_to).for_each(|known| text(&day(known)));
        self.own_estimate.iter().flatten().for_each(|own| text(&number(own)));
        self.group.iter().flatten().for_each(|group| text(group));
        let named = [&self.class_column, &self.time_column, &self.group_column];
        named.into_iter().for_each(|name| text(name.as_deref().unwrap_or_default()));
        self.insisted.iter().for_each(|name| text(name));
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The rows with these numbers, in this order.
    pub(crate) fn select(&self, rows: &[usize]) -> Self {
        self.select_with(&self.table, rows)
    }

    /// The same of a table that says more about the same rows.
    pub(crate) fn select_with(&self, table: &Table, rows: &[usize]) -> Self {
        Self {
            table: table.select(rows),
            target: pick(&self.target, rows),
            known_from: pick(&self.known_from, rows),
            known_to: pick(&self.known_to, rows),
            group: self.group.as_ref().map(|group| pick(group, rows)),
            time_column: self.time_column.clone(),
            group_column: self.group_column.clone(),
            class_column: self.class_column.clone(),
            insisted: self.insisted.clone(),
            own_estimate: self.own_estimate.as_ref().map(|own| pick(own, rows)),
        }
    }

    /// When the target of a row was known.
    pub(crate) fn completed(&self, row: usize) -> Option<Date> {
        self.known_to[row].or(self.known_from[row])
    }

    /// Whether enough rows have a day for time to count.
    pub(crate) fn is_dated(&self) -> bool {
        self.known_from.iter().flatten().count() as f64 >= DATED * self.rows() as f64
    }

    /// Rows with the same key belong together; without groups every row has its own.
    pub(crate) fn keys(&self) -> Vec<u64> {
        match &self.group {
            Some(groups) => groups.iter().map(|group| text_key(group)).collect(),
            None => (0..self.rows() as u64).map(mix).collect(),
        }
    }

    pub(crate) fn check(&self, params: &TrainParams) -> Result<(), LearnError> {
        let rows = self.rows();
        let lengths = [
            ("the target", Some(self.target.len())),
            ("known_from", Some(self.known_from.len())),
            ("known_to", Some(self.known_to.len())),
            ("the group", self.group.as_ref().map(Vec::len)),
            ("own_estimate", self.own_estimate.as_ref().map(Vec::len)),
        ];
        for (what, found) in lengths {
            if let Some(found) = found.filter(|&found| found != rows) {
                return Err(LearnError::LengthMismatch { what: what.to_owned(), expected: rows, found });
            }
        }
        if !(params.test_share > 0.0 && params.test_share <= 0.5) {
            return Err(LearnError::TestShare { share: params.test_share });
        }
        if let Some(row) = self.target.iter().position(|y| y.is_infinite()) {
            return Err(LearnError::TargetNotFinite { target: params.target.clone(), row });
        }
        let known: Vec<f64> = self.target.iter().copied().filter(|y| !y.is_nan()).collect();
        if known.len() < FEWEST_ROWS {
            return Err(LearnError::TooFewRows { rows: known.len(), needed: FEWEST_ROWS });
        }
        if known.iter().all(|&y| y == known[0]) {
            return Err(LearnError::ConstantTarget { target: params.target.clone() });
        }
        let named = [&self.class_column, &self.time_column, &self.group_column];
        match named.into_iter().flatten().find(|name| self.table.column(name).is_none()) {
            Some(name) => Err(LearnError::NoColumn { column: name.clone() }),
            None => Ok(()),
        }
    }
}

fn pick<T: Clone>(values: &[T], rows: &[usize]) -> Vec<T> {
    rows.iter().map(|&row| values[row].clone()).collect()
}

/// FNV-1a, mixed: the standard library's hashes may change between releases.
fn text_key(text: &str) -> u64 {
    mix(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)))
}

fn table_texts(table: &Table, text: &mut impl FnMut(&str)) {
    for column in table.columns() {
        text(&column.name);
        match &column.data {
            ColumnData::Number(values) => values.iter().for_each(|x| text(&bits(*x))),
            ColumnData::Category(values) => values.iter().for_each(|value| match value {
                Some(value) => text(value),
                None => text("\0"),
            }),
        }
    }
}

/// What is missing has one pattern of bits, wherever it came from.
fn bits(x: f64) -> String {
    if x.is_nan() { f64::NAN } else { x }.to_bits().to_string()
}
