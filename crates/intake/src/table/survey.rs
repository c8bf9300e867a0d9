//! One look at every row before any is read: what the cells of each column show about their decimal mark, the order of
//! their dates, their words for nothing, and what they hold.

use std::collections::HashSet;

use super::cells::{is_absent, is_blank, is_flag};
use super::columns::HeaderText;
use super::fields::Reads;
use super::grid::{Cell, Grid};
use super::headers::{Headers, NamedColumn};
use crate::dates::{self, DateOrder};
use crate::numbers::{self, DecimalMark};

/// What the cells of one column show.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    /// It is taken for words.
    words: bool,
    /// It is taken for numbers.
    numbers: bool,
    pub(super) filled: usize,
    points: usize,
    commas: usize,
    month_first: usize,
    day_first: usize,
    /// Dates that read differently in the two orders.
    pub(super) ambiguous: bool,
    /// Words such as `n/a`.
    pub(super) absences: usize,
    /// The first different values.
    pub(super) samples: Vec<String>,
    /// The filled cells among the first rows.
    pub(super) sample: Vec<Cell>,
    pub(super) filled_in_sample: usize,
}

/// What a column of unknown meaning holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    Empty,
    Numbers,
    Flags,
    Dates,
    Categories,
    Text,
}

/// So many rows are looked at whole.
const SAMPLED: usize = 2000;
const SAMPLES: usize = 3;
const AT_A_TIME: usize = 4096;

/// The survey of a whole table.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) columns: Vec<Column>,
    pub(super) rows: u32,
}

impl Survey {
    pub(super) fn of(grid: &Grid<'_>, headers: &Headers) -> Self {
        let mut columns: Vec<Column> = headers.columns.iter().map(|column| Column::under(column, headers)).collect();
        let (mut at, mut rows) = (grid.below(headers.row + headers.rows), 0_u32);
        loop {
            let some = grid.take(&mut at, AT_A_TIME);
            if some.is_empty() {
                return Self { columns, rows };
            }
            for row in some.iter().filter(|row| row.cells.iter().any(|cell| !cell.is_blank())) {
                let sampled = (rows as usize) < SAMPLED;
                rows += 1;
                for (column, cell) in columns.iter_mut().zip(&row.cells) {
                    column.add(cell, sampled);
                }
            }
        }
    }
}

impl Column {
    /// What is looked for: in a column that is taken for words, neither numbers nor dates.
    fn under(column: &NamedColumn, headers: &Headers) -> Self {
        let words = column.said.is_none()
            && column.field.is_some_and(|field| match headers.kind.fields[field].reads {
                Reads::Id | Reads::Text | Reads::Flag | Reads::Outcome | Reads::JobStatus | Reads::Choice(_) => true,
                Reads::Money | Reads::Number | Reads::Measure(_) | Reads::Date | Reads::Month => false,
            });
        let numbers = column.field.is_some_and(|field| {
            matches!(headers.kind.fields[field].reads, Reads::Money | Reads::Number | Reads::Measure(_))
        });
        Self { words, numbers, ..Self::default() }
    }

    fn add(&mut self, cell: &Cell, sampled: bool) {
        if is_blank(cell) {
            return;
        }
        self.filled += 1;
        if let Some(text) = cell.text() {
            if is_absent(cell) {
                self.absences += 1;
                return;
            }
            if !self.words {
                self.evidence(text);
            }
        }
        if sampled {
            self.filled_in_sample += 1;
            self.sample.push(cell.clone());
            if self.samples.len() < SAMPLES {
                let raw: String = cell.raw().trim().chars().take(60).collect();
                if !self.samples.contains(&raw) {
                    self.samples.push(raw);
                }
            }
        }
    }

    fn evidence(&mut self, text: &str) {
        // Most cells are words, which show nothing about numbers or dates.
        if !text.bytes().any(|b| b.is_ascii_digit()) || text.len() > 40 {
            return;
        }
        if text.contains(['.', ',']) {
            match numbers::decimal_mark([text]) {
                Some(DecimalMark::Point) => self.points += 1,
                Some(DecimalMark::Comma) => self.commas += 1,
                None => {}
            }
        }
        if !self.numbers && text.contains(['/', '-', '.']) {
            match dates::order([text]) {
                Some(DateOrder::MonthFirst) => self.month_first += 1,
                Some(DateOrder::DayFirst) => self.day_first += 1,
                None if !self.ambiguous => self.ambiguous = is_ambiguous(text),
                None => {}
            }
        }
    }

    pub(super) fn mark(&self) -> Option<DecimalMark> {
        match self.points.cmp(&self.commas) {
            std::cmp::Ordering::Greater => Some(DecimalMark::Point),
            std::cmp::Ordering::Less => Some(DecimalMark::Comma),
            std::cmp::Ordering::Equal => None,
        }
    }

    pub(super) fn order(&self) -> Option<DateOrder> {
        match self.month_first.cmp(&self.day_first) {
            std::cmp::Ordering::Greater => Some(DateOrder::MonthFirst),
            std::cmp::Ordering::Less => Some(DateOrder::DayFirst),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// What the first rows hold.
    pub(super) fn nature(&self) -> Nature {
        let cells = &self.sample;
        let texts: Vec<String> = cells.iter().map(Cell::raw).collect();
        let mark = self.mark().unwrap_or(DecimalMark::Point);
        let is_number = |text: &&String| numbers::parse(text, mark).is_some() && !has_leading_zero(text);
        if cells.is_empty() {
            Nature::Empty
        } else if cells.iter().all(is_date) {
            Nature::Dates
        } else if cells.iter().all(is_flag) {
            Nature::Flags
        } else if texts.iter().filter(is_number).count() * 10 >= texts.len() * 9 {
            Nature::Numbers
        } else {
            let distinct: HashSet<&String> = texts.iter().collect();
            let repeats = texts.len() < 10 || distinct.len() * 2 <= texts.len();
            let short = texts.iter().all(|text| text.len() <= 60);
            if repeats && short { Nature::Categories } else { Nature::Text }
        }
    }

    /// Whether the numbers are ids: whole, and no two alike.
    pub(super) fn is_running(&self, header: &HeaderText) -> bool {
        let texts: HashSet<String> = self.sample.iter().map(Cell::raw).collect();
        let whole = texts.iter().all(|text| text.bytes().all(|b| b.is_ascii_digit()));
        let named = header.plain.ends_with(" id") || header.plain == "id" || header.plain.ends_with(" number");
        whole && named && texts.len() == self.sample.len() && texts.len() > 1
    }
}

fn is_date(cell: &Cell) -> bool {
    match cell {
        Cell::Date(_) => true,
        Cell::Text(text) => {
            dates::parse(text, DateOrder::MonthFirst).or_else(|| dates::parse(text, DateOrder::DayFirst)).is_some()
        }
        Cell::Blank | Cell::Number(_) | Cell::Flag(_) => false,
    }
}

/// `00123` is a code, not a number.
fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

/// A date that reads differently in the two orders.
fn is_ambiguous(text: &str) -> bool {
    dates::parse(text, DateOrder::MonthFirst) != dates::parse(text, DateOrder::DayFirst)
}
