//! A table as cells, from whichever file it came.

use jiff::civil::Date;
use rust_decimal::Decimal;
use signwright_domain::record::Place;

/// One cell as the file holds it: workbooks have types, text files do not.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
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
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid {
    pub(super) sheet: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) delimiter: Option<char>,
    pub(super) rows: Vec<GridRow>,
}

impl Grid {
    pub(super) fn place(&self, row: &GridRow, column: usize) -> Place {
        Place::Cell { sheet: self.sheet.clone(), row: row.number, column: column as u32 + 1 }
    }
}
