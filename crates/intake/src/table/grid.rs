//! A table as cells, from whichever file it came. Text files are not held as cells but cut into rows as they are asked for.

use jiff::civil::Date;
use rust_decimal::Decimal;
use signwright_domain::record::Place;

use super::text::{Cursor, Text};

/// One cell as the file holds it: workbooks have types, text files do not.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Blank,
    Text(String),
    Number(Decimal),
    Date(Date),
    Flag(bool),
}

impl Cell {
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Date(_) | Self::Flag(_) => false,
        }
    }

    /// The cell as a person reads it.
    pub(super) fn raw(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.normalize().to_string(),
            Self::Date(date) => date.to_string(),
            Self::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Blank | Self::Number(_) | Self::Date(_) | Self::Flag(_) => None,
        }
    }
}

/// One row with its number as a spreadsheet shows it; cell `i` stands in column `i + 1`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GridRow {
    pub(super) number: u32,
    pub(super) cells: Vec<Cell>,
}

impl GridRow {
    pub(super) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Blank)
    }

    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_blank()).count()
    }

    /// The whole row, separated by ` | `.
    pub(super) fn raw(&self) -> String {
        self.cells.iter().map(Cell::raw).collect::<Vec<_>>().join(" | ")
    }
}

/// One sheet or text file.
#[derive(Clone, Debug)]
pub(super) struct Grid<'b> {
    pub(super) sheet: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) delimiter: Option<char>,
    /// The first rows, where the header is looked for.
    pub(super) head: Vec<GridRow>,
    pub(super) body: Body<'b>,
}

/// Where all the rows come from, the first ones once more.
#[derive(Clone, Debug)]
pub(super) enum Body<'b> {
    Cells(Vec<GridRow>),
    Text(Text<'b>),
}

/// Where reading stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct At {
    row: usize,
    text: Cursor,
}

/// How far down a header row is looked for.
pub(super) const DEPTH: usize = 40;

impl Grid<'_> {
    pub(super) fn of_cells(sheet: Option<String>, rows: Vec<GridRow>) -> Self {
        let head = rows.iter().take(DEPTH).cloned().collect();
        Grid { sheet, encoding: None, delimiter: None, head, body: Body::Cells(rows) }
    }

    pub(super) fn place(&self, row: &GridRow, column: usize) -> Place {
        Place::Cell { sheet: self.sheet.clone(), row: row.number, column: column as u32 + 1 }
    }

    /// Where the rows below the first `skipped` begin.
    pub(super) fn below(&self, skipped: usize) -> At {
        let mut at = At::default();
        match &self.body {
            Body::Cells(_) => at.row = skipped,
            Body::Text(text) => {
                text.take(&mut at.text, skipped);
            }
        }
        at
    }

    /// The next rows, at most `count`; none at the end.
    pub(super) fn take(&self, at: &mut At, count: usize) -> Vec<GridRow> {
        match &self.body {
            Body::Text(text) => text.take(&mut at.text, count),
            Body::Cells(rows) => {
                let taken: Vec<GridRow> = rows.iter().skip(at.row).take(count).cloned().collect();
                at.row += taken.len();
                taken
            }
        }
    }
}
