//! What the day of a row and the other rows of its group say about it: the level of prices, the season, and how large the
//! contract is that the row is a part of.
//!
//! A day becomes its month in years (2024.25 for April 2024) and its month of the year; a group how many rows it has and,
//! for every driver that differs within groups, its sum over the group. Rows of one group must come together, in training
//! as in prediction: a row without its group stands for a group of one.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::encoding::{level, numbers};
use crate::{Column, ColumnData, LearnError, Table};

/// Share of the groups of several rows in which a driver must differ for its sum to be worth a column.
const DIFFERS: f64 = 0.3;

const MONTH: &str = "month of ";
const PER: &str = " per ";

/// The columns that are not drivers themselves, and what is made of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Context {
    /// Days since 1970.
    pub(crate) time: Option<String>,
    pub(crate) group: Option<String>,
    /// Drivers that are added up over the group.
    sums: Vec<String>,
}

impl Context {
    /// Looks which drivers differ within groups.
    pub(crate) fn fit(table: &Table, time: Option<&String>, group: Option<&String>) -> Self {
        let groups = group.and_then(|name| table.column(name)).map(members);
        let several: Vec<&Vec<usize>> = groups.iter().flat_map(HashMap::values).filter(|rows| rows.len() > 1).collect();
        let mut sums = Vec::new();
        for column in table.columns().iter().filter(|column| Some(&column.name) != time && Some(&column.name) != group)
        {
            let ColumnData::Number(values) = &column.data else { continue };
            let differs = |rows: &&&Vec<usize>| {
                let mut known = rows.iter().map(|&row| values[row]).filter(|x| !x.is_nan());
                known.next().is_some_and(|first| known.any(|x| x != first))
            };
            let differ = several.iter().filter(differs).count();
            if differ > 0 && differ as f64 >= DIFFERS * several.len() as f64 && !values.iter().any(|&x| x < 0.0) {
                sums.push(column.name.clone());
            }
        }
        Self { time: time.cloned(), group: group.cloned(), sums }
    }

    /// The table with the day and the group replaced by what they say.
    pub(crate) fn extend<'a>(&self, table: &'a Table) -> Result<Cow<'a, Table>, LearnError> {
        if self.time.is_none() && self.group.is_none() {
            return Ok(Cow::Borrowed(table));
        }
        let made: Vec<Column> = self.of_day(table)?.into_iter().chain(self.of_group(table)?).collect();
        // A column of the table by the name of one that is made gives way: what its numbers mean is not known.
        let replaced: HashSet<&str> = [&self.time, &self.group].into_iter().flatten().map(String::as_str).collect();
        let given = |name: &str| replaced.contains(name) || made.iter().any(|column| column.name == name);
        let rest: Vec<Column> = table.columns().iter().filter(|column| !given(&column.name)).cloned().collect();
        Ok(Cow::Owned(Table::new(rest.into_iter().chain(made).collect())?))
    }

    /// The column of the table that a driver comes from: that of the day or the group for what is made of them.
    pub(crate) fn source<'a>(&'a self, driver: &'a str) -> &'a str {
        let group =
            self.group.as_deref().filter(|group| driver.strip_suffix(group).is_some_and(|of| of.ends_with(PER)));
        match &self.time {
            Some(time) if self.is_day(driver) => time,
            _ => group.unwrap_or(driver),
        }
    }

    /// Whether a column is a date: dates move on by themselves.
    pub(crate) fn is_day(&self, column: &str) -> bool {
        self.time.as_ref().is_some_and(|time| column == time || column.strip_prefix(MONTH) == Some(time))
    }

    fn of_day(&self, table: &Table) -> Result<Vec<Column>, LearnError> {
        let Some(name) = self.time.as_ref().filter(|name| table.column(name).is_some()) else { return Ok(Vec::new()) };
        let days = numbers(table.column(name), table.rows())?;
        let month = |day: &f64| {
            let date = date(*day)?;
            Some((f64::from(date.year()) + f64::from(date.month() - 1) / 12.0, f64::from(date.month())))
        };
        let (years, months) = days.iter().map(|day| month(day).unwrap_or((f64::NAN, f64::NAN))).unzip();
        Ok(vec![Column::number(name, years), Column::number(format!("{MONTH}{name}"), months)])
    }

    fn of_group(&self, table: &Table) -> Result<Vec<Column>, LearnError> {
        let found = self.group.as_ref().and_then(|name| Some((name, table.column(name)?)));
        let Some((name, column)) = found else { return Ok(Vec::new()) };
        let groups = members(column);
        let per_group = |of: &dyn Fn(&[usize]) -> f64| {
            let mut values = vec![f64::NAN; table.rows()];
            for rows in groups.values() {
                let value = of(rows);
                rows.iter().for_each(|&row| values[row] = value);
            }
            values
        };
        let mut columns = vec![Column::number(format!("rows{PER}{name}"), per_group(&|rows| rows.len() as f64))];
        for driver in &self.sums {
            let values = numbers(table.column(driver), table.rows())?;
            let sum = |rows: &[usize]| {
                let known = rows.iter().map(|&row| values[row]).filter(|x| !x.is_nan());
                known.reduce(|sum, x| sum + x).filter(|sum| sum.is_finite()).unwrap_or(f64::NAN)
            };
            columns.push(Column::number(format!("{driver}{PER}{name}"), per_group(&sum)));
        }
        Ok(columns)
    }
}

/// The rows of every group; a row without one is a group of its own.
fn members(column: &Column) -> HashMap<Member, Vec<usize>> {
    let mut groups: HashMap<Member, Vec<usize>> = HashMap::new();
    for row in 0..column.data.len() {
        let group = level(column, row).map_or(Member::Alone(row), |name| Member::Of(name.into_owned()));
        groups.entry(group).or_default().push(row);
    }
    groups
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Member {
    Of(String),
    Alone(usize),
}

/// The day that is so many days after 1970-01-01; `None` beyond the calendar.
fn date(days: f64) -> Option<Date> {
    let days = jiff::Span::new().try_days(days.is_finite().then_some(days as i64)?).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(days).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cell;

    #[test]
    fn day_and_group_become_drivers() {
        let text = |values: &[&str]| values.iter().map(|v| (!v.is_empty()).then(|| (*v).to_owned())).collect();
        let table = Table::new(vec![
            Column::number("quoted", vec![0.0, 19_829.0, f64::NAN, 19_829.0]),
            Column::category("contract", text(&["a", "b", "", "b"])),
            Column::number("qty", vec![5.0, 2.0, 9.0, 3.0]),
            Column::number("total", vec![10.0, 70.0, 10.0, 70.0]),
        ])
        .expect("table");
        let context = Context::fit(&table, Some(&"quoted".into()), Some(&"contract".into()));
        assert_eq!(context.sums, ["qty"], "the total is the same in all rows of a contract");
        let extended = context.extend(&table).expect("extends");
        let names: Vec<&str> = extended.columns().iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["qty", "total", "quoted", "month of quoted", "rows per contract", "qty per contract"]);
        let cell = |name: &str, row| extended.cell(name, row);
        assert_eq!((cell("quoted", 0), cell("quoted", 1)), (Cell::Number(1970.0), Cell::Number(2024.25)));
        assert_eq!((cell("month of quoted", 1), cell("month of quoted", 2)), (Cell::Number(4.0), Cell::Missing));
        assert_eq!((cell("rows per contract", 3), cell("qty per contract", 3)), (Cell::Number(2.0), Cell::Number(5.0)));
        assert_eq!((cell("qty per contract", 0), cell("qty per contract", 2)), (Cell::Number(5.0), Cell::Number(9.0)));
        let own = Column::number("qty per contract", vec![1.0; 4]);
        let table = Table::new(table.columns().iter().cloned().chain([own]).collect()).expect("table");
        let extended = context.extend(&table).expect("extends");
        let cell = extended.cell("qty per contract", 2);
        assert_eq!(cell, Cell::Number(9.0), "a given column of that name gives way");
        assert!(matches!(Context::default().extend(&table), Ok(Cow::Borrowed(_))));
        assert_eq!(
            ["qty", "qty per contract", "month of quoted"].map(|name| context.source(name)),
            ["qty", "contract", "quoted"]
        );
        assert!(context.is_day("quoted") && context.is_day("month of quoted") && !context.is_day("qty"));
    }
}
