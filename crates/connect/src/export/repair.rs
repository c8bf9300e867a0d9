//! Refused rows as a spreadsheet: the columns of their own file, and beside them what is wrong. Corrected there, the file is
//! imported like any other.

use csv::{Terminator, WriterBuilder};

use super::csv::text;
use crate::ConnectError;

/// One refused row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// As they stand in the file.
    pub cells: Vec<String>,
    /// The rejects that a corrected row settles.
    pub rejects: Vec<i64>,
    pub why: String,
}

/// The rows below `header` and two more columns, `settles` and the reasons, as UTF-8 with the mark that Excel needs.
pub fn repair_sheet(header: &[String], settles: &str, rows: &[RefusedRow]) -> Result<Vec<u8>, ConnectError> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    let names = header.iter().map(|name| harmless(name)).chain([settles.to_owned(), "Signwright reason".to_owned()]);
    writer.write_record(names)?;
    for row in rows {
        // A row with too many cells keeps them, beyond the columns, where a person sees them.
        let (own, beyond) = row.cells.split_at(row.cells.len().min(header.len()));
        let filling = std::iter::repeat_n(String::new(), header.len() - own.len());
        let ids = row.rejects.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let beyond = match beyond {
            [] => row.why.clone(),
            more => format!("{}; further cells: {}", row.why, more.join(" | ")),
        };
        let cells = own.iter().map(|cell| harmless(cell)).chain(filling).chain([ids, harmless(&beyond)]);
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| ConnectError::Csv(error.into_error().into()))
}

/// A negative number stays one; what else begins like a formula becomes a text.
fn harmless(cell: &str) -> String {
    let digits = cell.trim_start_matches(['-', '+']);
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | ' '));
    if number { cell.to_owned() } else { text(cell).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless_and_numbers_stay() {
        let header = ["A".to_owned(), "B".to_owned()];
        let row = |a: &str, b: &str| RefusedRow {
            cells: vec![a.to_owned(), b.to_owned()],
            rejects: vec![1, 2],
            why: "x".to_owned(),
        };
        let sheet = repair_sheet(&header, "S", &[row("=cmd|'/c calc'!A0", "-1,200.50"), row("a,\"b\"", "@SUM(1)")]);
        let text = String::from_utf8(sheet.expect("a sheet")).expect("UTF-8");
        let expected = "\u{feff}A,B,S,Signwright reason\r\n'=cmd|'/c calc'!A0,\"-1,200.50\",1 2,x\r\n\"a,\"\"b\"\"\",'@SUM(1),1 2,x\r\n";
        assert_eq!(text, expected);
    }
}
