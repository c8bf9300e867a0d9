//! From a table to the features of the trees, and back from a feature to its column.
//!
//! A number is one feature. A category is one feature with the mean target of its level, shrunk towards the mean of all
//! (as scikit-learn's `TargetEncoder`: training rows take it from the other folds, so that no row sees its own target),
//! and flags for its frequent levels. A level that was not seen in training counts as average, a missing one as missing.
//! Where its values share words, these are features as well (`text`).

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::boost::Matrix;
use crate::random::fold;
use crate::text::Vocabulary;
use crate::{Cell, Column, ColumnData, LearnError, Table, bits};

/// Rows of weight that the mean of all counts in the mean of a level.
const SHRINKAGE: f64 = 3.0;
/// Most levels kept; rarer ones count as not seen.
const MOST_LEVELS: usize = 250;
/// Most levels of a column with a flag of their own.
const MOST_FLAGS: usize = 16;
/// Fewest rows of a level with a flag of its own.
const FLAG_ROWS: usize = 5;
const FOLDS: u64 = 5;

/// How the columns of a table become features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Encoder {
    columns: Vec<Coding>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Coding {
    name: String,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    Number,
    Category(Levels, Option<Vocabulary>),
}

/// The levels of a category, the most frequent first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Levels {
    names: Vec<String>,
    /// How many of them have a flag of their own.
    flags: usize,
    #[serde(with = "bits::list")]
    effects: Vec<f64>,
}

/// What training rows bring besides their table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows<'a> {
    /// Scaled targets, with mean near 0.
    pub(crate) y: &'a [f64],
    /// Rows of one key stay in one fold.
    pub(crate) keys: &'a [u64],
}

impl Encoder {
    /// Learns the coding of these columns. Columns must exist.
    pub(crate) fn fit(table: &Table, names: &[String], y: &[f64]) -> Self {
        let columns = table.columns().iter().filter(|column| names.contains(&column.name));
        let columns = columns.map(|column| Coding { name: column.name.clone(), kind: kind(column, y) });
        Self { columns: columns.collect() }
    }

    /// The names of the columns, in the order of `owners`.
    pub(crate) fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.columns.iter().map(|coding| coding.name.as_str())
    }

    /// The columns that are read as numbers.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|coding| matches!(coding.kind, Kind::Number)).map(|coding| coding.name.as_str())
    }

    /// The words that tell most in a column that is text.
    pub(crate) fn words(&self, name: &str) -> &[String] {
        match self.columns.iter().find(|coding| coding.name == name).map(|coding| &coding.kind) {
            Some(Kind::Category(_, Some(words))) => words.flagged(),
            Some(Kind::Category(_, None) | Kind::Number) | None => &[],
        }
    }

    /// Whether its parts fit each other.
    pub(crate) fn is_whole(&self) -> bool {
        self.columns.iter().all(|coding| match &coding.kind {
            Kind::Number => true,
            Kind::Category(levels, words) => {
                levels.effects.len() == levels.names.len()
                    && levels.flags <= levels.names.len()
                    && words.as_ref().is_none_or(Vocabulary::is_whole)
            }
        })
    }

    /// For every feature the number of the column it comes from.
    pub(crate) fn owners(&self) -> Vec<usize> {
        let widths = self.columns.iter().map(|coding| coding.kind.width());
        widths.enumerate().flat_map(|(owner, width)| std::iter::repeat_n(owner, width)).collect()
    }

    /// Whether each column is given in this row of features.
    pub(crate) fn given(&self, x: &Matrix, row: usize) -> Vec<bool> {
        let features = x.row(row);
        self.starts().map(|start| !features[start].is_nan()).collect()
    }

    /// Makes these columns missing in all rows of features.
    pub(crate) fn hide(&self, x: &mut Matrix, columns: &[usize]) {
        let width = x.width;
        let starts: Vec<usize> = self.starts().collect();
        for row in x.values.chunks_mut(width.max(1)) {
            for &column in columns {
                let missing = self.columns[column].kind.missing();
                row[starts[column]..starts[column] + missing.len()].copy_from_slice(&missing);
            }
        }
    }

    /// The first feature of every column, which is missing where the column is.
    fn starts(&self) -> impl Iterator<Item = usize> {
        let width = |coding: &Coding| coding.kind.width();
        self.columns.iter().scan(0, move |next, coding| Some(std::mem::replace(next, *next + width(coding))))
    }

    /// Features for prediction. A column that the table lacks is missing in every row.
    pub(crate) fn transform(&self, table: &Table) -> Result<Matrix, LearnError> {
        self.encode(table, &Known)
    }

    /// Features of the rows it was fitted on, with mean targets from the other folds. Folds follow from the seed.
    pub(crate) fn training(&self, table: &Table, rows: Rows<'_>, seed: u64) -> Result<Matrix, LearnError> {
        let folds: Vec<usize> = rows.keys.iter().map(|key| fold(*key, seed, FOLDS) as usize).collect();
        self.encode(table, &OtherFolds { y: rows.y, folds: &folds })
    }

    fn encode(&self, table: &Table, effects: &impl Effects) -> Result<Matrix, LearnError> {
        let mut features: Vec<Vec<f64>> = Vec::new();
        for coding in &self.columns {
            let column = table.column(&coding.name);
            match &coding.kind {
                Kind::Number => features.push(numbers(column, table.rows())?),
                Kind::Category(levels, words) => {
                    let indices = levels.indices(column, table.rows());
                    features.push(effects.of_levels(levels, &indices));
                    features.extend(levels.flagged(&indices));
                    if let Some(words) = words {
                        let texts = texts(column, table.rows());
                        let texts: Vec<Option<&str>> = texts.iter().map(|text| text.as_deref()).collect();
                        features.extend(effects.of_words(words, &texts));
                    }
                }
            }
        }
        Ok(row_major(&features, table.rows()))
    }
}

/// Where the mean targets of levels and words come from.
trait Effects {
    fn of_levels(&self, levels: &Levels, indices: &[Option<Option<usize>>]) -> Vec<f64>;
    fn of_words(&self, words: &Vocabulary, texts: &[Option<&str>]) -> Vec<Vec<f64>>;
}

/// From all rows learned from.
struct Known;

impl Effects for Known {
    fn of_levels(&self, levels: &Levels, indices: &[Option<Option<usize>>]) -> Vec<f64> {
        indices.iter().map(|index| index.map_or(f64::NAN, |index| levels.effect(index))).collect()
    }

    fn of_words(&self, words: &Vocabulary, texts: &[Option<&str>]) -> Vec<Vec<f64>> {
        words.transform(texts)
    }
}

/// For rows learned from: from those of the other folds.
struct OtherFolds<'a> {
    y: &'a [f64],
    folds: &'a [usize],
}

impl Effects for OtherFolds<'_> {
    fn of_levels(&self, levels: &Levels, indices: &[Option<Option<usize>>]) -> Vec<f64> {
        levels.cross_fitted(indices, self.y, self.folds)
    }

    fn of_words(&self, words: &Vocabulary, texts: &[Option<&str>]) -> Vec<Vec<f64>> {
        words.training(texts, self.y, self.folds, FOLDS as usize)
    }
}

impl Kind {
    fn width(&self) -> usize {
        match self {
            Self::Number => 1,
            Self::Category(levels, words) => 1 + levels.flags + words.as_ref().map_or(0, Vocabulary::width),
        }
    }

    /// The features of a value that is not given.
    fn missing(&self) -> Vec<f32> {
        let Self::Category(levels, words) = self else { return vec![f32::NAN] };
        let level = std::iter::once(f32::NAN).chain(std::iter::repeat_n(0.0, levels.flags));
        level.chain(words.iter().flat_map(Vocabulary::missing)).collect()
    }
}

impl Levels {
    /// Per row: `None` missing, `Some(None)` a level not seen in training.
    fn indices(&self, column: Option<&Column>, rows: usize) -> Vec<Option<Option<usize>>> {
        let known: HashMap<&str, usize> = self.names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
        let Some(column) = column else { return vec![None; rows] };
        (0..rows).map(|row| level(column, row).map(|level| known.get(&*level).copied())).collect()
    }

    fn effect(&self, index: Option<usize>) -> f64 {
        index.map_or(0.0, |index| self.effects[index])
    }

    fn cross_fitted(&self, indices: &[Option<Option<usize>>], y: &[f64], folds: &[usize]) -> Vec<f64> {
        let mut sums = vec![[(0.0, 0.0); FOLDS as usize]; self.names.len()];
        for ((index, y), &fold) in indices.iter().zip(y).zip(folds) {
            if let Some(Some(level)) = index {
                let (sum, count) = &mut sums[*level][fold];
                *sum += y;
                *count += 1.0;
            }
        }
        let others = |level: usize, fold: usize| {
            let rest = sums[level].iter().enumerate().filter(|(other, _)| *other != fold);
            let (sum, count) = rest.fold((0.0, 0.0), |total, (_, part)| (total.0 + part.0, total.1 + part.1));
            sum / (count + SHRINKAGE)
        };
        let encoded = indices.iter().zip(folds).map(|(index, &fold)| match index {
            None => f64::NAN,
            Some(None) => 0.0,
            Some(Some(level)) => others(*level, fold),
        });
        encoded.collect()
    }

    /// One feature per frequent level.
    fn flagged(&self, indices: &[Option<Option<usize>>]) -> Vec<Vec<f64>> {
        let flag = |level| indices.iter().map(|index| f64::from(*index == Some(Some(level)))).collect();
        (0..self.flags).map(flag).collect()
    }
}

fn kind(column: &Column, y: &[f64]) -> Kind {
    match &column.data {
        ColumnData::Number(_) => Kind::Number,
        ColumnData::Category(values) => Kind::Category(levels(values, y), Vocabulary::fit(values, y)),
    }
}

fn levels(values: &[Option<String>], y: &[f64]) -> Levels {
    let mut sums: HashMap<&str, (f64, usize)> = HashMap::new();
    for (value, y) in values.iter().zip(y) {
        if let Some(value) = value {
            let (sum, count) = sums.entry(value).or_default();
            *sum += y;
            *count += 1;
        }
    }
    let mut frequent: Vec<(&str, (f64, usize))> = sums.into_iter().filter(|(_, (_, count))| *count > 1).collect();
    frequent.sort_by(|a, b| b.1.1.cmp(&a.1.1).then(a.0.cmp(b.0)));
    frequent.truncate(MOST_LEVELS);
    let flags = frequent.iter().take(MOST_FLAGS).filter(|(_, (_, count))| *count >= FLAG_ROWS).count();
    let effects = frequent.iter().map(|(_, (sum, count))| sum / (*count as f64 + SHRINKAGE)).collect();
    Levels { names: frequent.into_iter().map(|(name, _)| name.to_owned()).collect(), flags, effects }
}

/// The level a row names; a number stands for its text.
pub(crate) fn level(column: &Column, row: usize) -> Option<Cow<'_, str>> {
    match column.data.cell(row) {
        Cell::Missing => None,
        Cell::Category(text) => Some(Cow::Borrowed(text)),
        Cell::Number(x) => Some(Cow::Owned(x.to_string())),
    }
}

/// The texts of a column.
fn texts(column: Option<&Column>, rows: usize) -> Vec<Option<Cow<'_, str>>> {
    (0..rows).map(|row| column.and_then(|column| level(column, row))).collect()
}

/// The numbers of a column; text is read as a number or refused.
pub(crate) fn numbers(column: Option<&Column>, rows: usize) -> Result<Vec<f64>, LearnError> {
    let Some(column) = column else { return Ok(vec![f64::NAN; rows]) };
    let number = |row| match column.data.cell(row) {
        Cell::Missing => Ok(f64::NAN),
        Cell::Number(x) => Ok(x),
        Cell::Category(text) => {
            let parsed = text.trim().parse().ok().filter(|x: &f64| x.is_finite());
            parsed.ok_or_else(|| LearnError::NotANumber { column: column.name.clone(), row, value: text.to_owned() })
        }
    };
    (0..rows).map(number).collect()
}

fn row_major(features: &[Vec<f64>], rows: usize) -> Matrix {
    let limit = f64::from(f32::MAX);
    let mut values = Vec::with_capacity(rows * features.len());
    for row in 0..rows {
        values.extend(features.iter().map(|feature| feature[row].clamp(-limit, limit) as f32));
    }
    Matrix { values, rows, width: features.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(values: &[&str]) -> Column {
        Column::category("kind", values.iter().map(|v| (!v.is_empty()).then(|| (*v).to_owned())).collect())
    }

    fn fitted() -> (Encoder, Table, Vec<f64>) {
        let values: Vec<&str> = (0..40).map(|i| ["a", "b"][i % 2]).collect();
        let y: Vec<f64> = (0..40).map(|i| if i % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let table = Table::new(vec![category(&values), Column::number("size", vec![2.0; 40])]).expect("table");
        (Encoder::fit(&table, &["kind".into(), "size".into()], &y), table, y)
    }

    #[test]
    fn unseen_levels_are_average_and_missing_ones_missing() {
        let (encoder, ..) = fitted();
        let matrix = encoder.transform(&Table::new(vec![category(&["a", "z", ""])]).expect("table")).expect("features");
        assert_eq!(encoder.owners(), [0, 0, 0, 1]);
        assert_eq!(matrix.values[..3], [(20.0 / 23.0) as f32, 1.0, 0.0]);
        assert!(matrix.values[3].is_nan(), "a column the table lacks is missing");
        assert_eq!(matrix.values[4..7], [0.0, 0.0, 0.0]);
        assert!(matrix.values[8].is_nan());
    }

    #[test]
    fn a_hidden_column_is_as_one_that_is_not_given() {
        let (encoder, table, _) = fitted();
        let mut hidden = encoder.transform(&table).expect("features");
        assert_eq!(encoder.given(&hidden, 7), [true, true]);
        encoder.hide(&mut hidden, &[0]);
        assert_eq!(encoder.given(&hidden, 7), [false, true]);
        let without = Table::new(vec![table.column("size").expect("column").clone()]).expect("table");
        let missing = encoder.transform(&without).expect("features");
        let bits = |x: &Matrix| x.values.iter().map(|x| (x.is_nan(), x.max(-1.0))).collect::<Vec<_>>();
        assert_eq!(bits(&hidden), bits(&missing));
    }

    #[test]
    fn a_training_row_does_not_see_its_own_target() {
        let (encoder, table, mut y) = fitted();
        let keys: Vec<u64> = (0..40).collect();
        let before = encoder.training(&table, Rows { y: &y, keys: &keys }, 7).expect("features");
        y[0] = 1e6;
        let after = encoder.training(&table, Rows { y: &y, keys: &keys }, 7).expect("features");
        assert_eq!(before.values[0], after.values[0]);
        assert_ne!(before.values, after.values);
    }

    #[test]
    fn text_where_a_number_was_learned_is_read_or_refused() {
        let (encoder, ..) = fitted();
        let size = |text: &str| Table::new(vec![Column::category("size", vec![Some(text.into())])]).expect("table");
        assert_eq!(encoder.transform(&size("4.5")).expect("features").values[3], 4.5);
        let refused = LearnError::NotANumber { column: "size".into(), row: 0, value: "big".into() };
        assert_eq!(encoder.transform(&size("big")), Err(refused));
    }
}
