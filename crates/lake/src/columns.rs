//! Plain columns, and their way into and out of a polars frame.

use jiff::civil::Date;
use polars::prelude::{self as pl, NamedFrom};

use crate::LakeError;

/// The values of one column; `None` is missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Columns {
    Number(Vec<Option<f64>>),
    Integer(Vec<Option<i64>>),
    Text(Vec<Option<String>>),
    Date(Vec<Option<Date>>),
    Flag(Vec<Option<bool>>),
}

impl Columns {
    pub fn len(&self) -> usize {
        match self {
            Self::Number(values) => values.len(),
            Self::Integer(values) => values.len(),
            Self::Text(values) => values.len(),
            Self::Date(values) => values.len(),
            Self::Flag(values) => values.len(),
        }
    }

    fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Number(values) => values[row].is_none(),
            Self::Integer(values) => values[row].is_none(),
            Self::Text(values) => values[row].is_none(),
            Self::Date(values) => values[row].is_none(),
            Self::Flag(values) => values[row].is_none(),
        }
    }

    fn filtered(&self, keep: &[bool]) -> Self {
        fn kept<T: Clone>(values: &[T], keep: &[bool]) -> Vec<T> {
            values.iter().zip(keep).filter(|(_, keep)| **keep).map(|(value, _)| value.clone()).collect()
        }
        match self {
            Self::Number(values) => Self::Number(kept(values, keep)),
            Self::Integer(values) => Self::Integer(kept(values, keep)),
            Self::Text(values) => Self::Text(kept(values, keep)),
            Self::Date(values) => Self::Date(kept(values, keep)),
            Self::Flag(values) => Self::Flag(kept(values, keep)),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One named column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub values: Columns,
}

impl Column {
    pub fn new(name: impl Into<String>, values: Columns) -> Self {
        Self { name: name.into(), values }
    }
}

/// Columns of equal length with different names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    columns: Vec<Column>,
}

impl Frame {
    /// Refuses columns of different lengths and two of one name.
    pub fn new(columns: Vec<Column>) -> Result<Self, LakeError> {
        let expected = columns.first().map_or(0, |column| column.values.len());
        for (i, column) in columns.iter().enumerate() {
            if column.values.len() != expected {
                let found = column.values.len();
                return Err(LakeError::Length { column: column.name.clone(), expected, found });
            }
            if columns[..i].iter().any(|other| other.name == column.name) {
                return Err(LakeError::Doubled(column.name.clone()));
            }
        }
        Ok(Self { columns })
    }

    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub fn column(&self, name: &str) -> Option<&Columns> {
        self.columns.iter().find(|column| column.name == name).map(|column| &column.values)
    }

    /// The same columns with other values of the same number.
    pub(crate) fn mapped(self, change: impl Fn(Columns) -> Columns) -> Self {
        let columns = self.columns.into_iter().map(|column| Column { values: change(column.values), ..column });
        Self { columns: columns.collect() }
    }

    pub(crate) fn is_blank(&self, row: usize) -> bool {
        self.columns.iter().all(|column| column.values.is_missing(row))
    }

    pub(crate) fn filtered(&self, keep: &[bool]) -> Vec<Column> {
        self.columns.iter().map(|column| Column::new(&column.name, column.values.filtered(keep))).collect()
    }

    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

pub(crate) fn days(date: Date) -> i32 {
    (date - EPOCH).get_days()
}

pub(crate) fn date(days: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

pub(crate) fn to_polars(frame: &Frame) -> Result<pl::DataFrame, LakeError> {
    let columns = frame.columns.iter().map(polars_column).collect::<Result<Vec<_>, _>>()?;
    pl::DataFrame::new(frame.rows(), columns).map_err(|error| LakeError::Aggregation(error.to_string()))
}

fn polars_column(column: &Column) -> Result<pl::Column, LakeError> {
    let name: pl::PlSmallStr = column.name.as_str().into();
    Ok(match &column.values {
        Columns::Number(values) => pl::Series::new(name, values).into(),
        Columns::Integer(values) => pl::Series::new(name, values).into(),
        Columns::Text(values) => pl::Series::new(name, values).into(),
        Columns::Flag(values) => pl::Series::new(name, values).into(),
        Columns::Date(values) => {
            let days: Vec<Option<i32>> = values.iter().map(|value| value.map(days)).collect();
            let series = pl::Series::new(name, days).cast(&pl::DataType::Date);
            series.map_err(|error| LakeError::Aggregation(error.to_string()))?.into()
        }
    })
}

pub(crate) fn from_polars(frame: &pl::DataFrame) -> Result<Frame, LakeError> {
    Frame::new(frame.columns().iter().map(plain_column).collect::<Result<_, _>>()?)
}

fn plain_column(column: &pl::Column) -> Result<Column, LakeError> {
    let name = column.name().to_string();
    let wrong = |_| LakeError::Kind { column: name.clone(), kind: column.dtype().to_string() };
    let values = match column.dtype() {
        kind if kind.is_float() => {
            let numbers = column.cast(&pl::DataType::Float64).map_err(wrong)?;
            Columns::Number(numbers.f64().map_err(wrong)?.iter().collect())
        }
        kind if kind.is_integer() => {
            let numbers = column.cast(&pl::DataType::Int64).map_err(wrong)?;
            Columns::Integer(numbers.i64().map_err(wrong)?.iter().collect())
        }
        pl::DataType::String => {
            Columns::Text(column.str().map_err(wrong)?.iter().map(|text| text.map(str::to_owned)).collect())
        }
        pl::DataType::Boolean => Columns::Flag(column.bool().map_err(wrong)?.iter().collect()),
        // The time of day is let go: days are what a shop counts in.
        pl::DataType::Date | pl::DataType::Datetime(..) => {
            let column = column.cast(&pl::DataType::Date).map_err(wrong)?;
            let days = column.cast(&pl::DataType::Int32).map_err(wrong)?;
            Columns::Date(days.i32().map_err(wrong)?.iter().map(|day| day.and_then(date)).collect())
        }
        kind => return Err(LakeError::Kind { column: name, kind: kind.to_string() }),
    };
    Ok(Column { name, values })
}
