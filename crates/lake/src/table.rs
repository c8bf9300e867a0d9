//! Whole tables in and out by the ending of their name: `.csv` and `.parquet`.
//!
//! The types of CSV columns are found by looking at every row: numbers, yes/no, ISO dates, else text. `NA`, `N/A`, `NaN`,
//! `null` and nothing at all are missing. Dates in another order than year, month, day stay text: which number is the
//! month is for the caller to find out.

mod layout;

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use jiff::civil::Date;

use polars::prelude::{CsvParseOptions, CsvReadOptions, CsvWriter, NullValues, SerReader, SerWriter};

use crate::LakeError;
use crate::columns::{Columns, Frame, from_polars, to_polars};
use crate::parquet::{read_parquet, write_parquet};

const MISSING: [&str; 7] = ["", "NA", "N/A", "#N/A", "NaN", "nan", "null"];

/// Reads a table with a header row.
pub fn read_table(path: &Path) -> Result<Frame, LakeError> {
    if is_parquet(path) { read_parquet(path) } else { read_csv(path) }
}

/// Writes a table with a header row; what was there before stays until the new file is whole.
pub fn write_table(frame: &Frame, path: &Path) -> Result<(), LakeError> {
    if is_parquet(path) { write_parquet(frame, path) } else { write_csv(frame, path) }
}

fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("parquet"))
}

fn read_csv(path: &Path) -> Result<Frame, LakeError> {
    // polars' own words for a missing file and a folder name neither the file nor what is wrong with it.
    let about = fs::metadata(path).map_err(|cause| LakeError::file("read", path, cause))?;
    if about.is_dir() {
        return Err(LakeError::file("read", path, "it is a folder, not a file"));
    }
    let layout = layout::layout(path, &beginning(path)?)?;
    let missing = NullValues::AllColumns(MISSING.map(Into::into).to_vec());
    let parse = CsvParseOptions::default()
        .with_null_values(Some(missing))
        .with_separator(u8::try_from(layout.separator).unwrap_or(b','))
        .with_decimal_comma(layout.decimal_comma);
    let frame = CsvReadOptions::default()
        .with_infer_schema_length(None)
        .with_parse_options(parse)
        .try_into_reader_with_file_path(Some(path.to_owned()))
        .and_then(SerReader::finish)
        .map_err(|cause| LakeError::file("read", path, first_line(&cause.to_string())))?;
    without_blank_rows(from_polars(&frame)?.mapped(with_dates))
}

/// Enough to see how the file is laid out.
fn beginning(path: &Path) -> Result<String, LakeError> {
    const ENOUGH: u64 = 1 << 20;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|cause| LakeError::file("read", path, cause))?;
    file.take(ENOUGH).read_to_end(&mut bytes).map_err(|cause| LakeError::file("read", path, cause))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A column of texts that are all ISO dates, with or without a time of day, becomes one of dates.
fn with_dates(values: Columns) -> Columns {
    let Columns::Text(texts) = values else { return values };
    let dates: Option<Vec<Option<Date>>> =
        texts.iter().map(|text| text.as_deref().map_or(Some(None), |text| iso(text).map(Some))).collect();
    match dates {
        Some(dates) if dates.iter().any(Option::is_some) => Columns::Date(dates),
        Some(_) | None => Columns::Text(texts),
    }
}

fn iso(text: &str) -> Option<Date> {
    let (day, time) = text.split_at_checked(10)?;
    // `-` between the parts: jiff would also take 20240131 followed by something.
    let dashed = day.as_bytes()[4] == b'-' && day.as_bytes()[7] == b'-';
    let clock = time.is_empty() || time.starts_with(['T', ' ']);
    day.parse().ok().filter(|_| dashed && clock)
}

/// A blank line is no row. In a table of one column it may be a missing value and stays.
fn without_blank_rows(frame: Frame) -> Result<Frame, LakeError> {
    if frame.columns().len() < 2 {
        return Ok(frame);
    }
    let keep: Vec<bool> = (0..frame.rows()).map(|row| !frame.is_blank(row)).collect();
    if keep.iter().all(|keep| *keep) { Ok(frame) } else { Frame::new(frame.filtered(&keep)) }
}

fn write_csv(frame: &Frame, path: &Path) -> Result<(), LakeError> {
    let failed = |cause: &dyn std::fmt::Display| LakeError::file("write", path, cause);
    if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        fs::create_dir_all(dir).map_err(|cause| failed(&cause))?;
    }
    let unfinished = path.with_extension("csv.part");
    let file = File::create(&unfinished).map_err(|cause| failed(&cause))?;
    CsvWriter::new(file).finish(&mut to_polars(frame)?).map_err(|cause| failed(&cause))?;
    fs::rename(&unfinished, path).map_err(|cause| failed(&cause))
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::{Column, Columns};

    fn read(text: &str) -> Result<Frame, LakeError> {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("t.csv");
        fs::write(&path, text).expect("write");
        read_table(&path)
    }

    #[test]
    fn columns_get_the_type_that_every_row_allows() {
        let frame = read("a,b,c,d\n1,x,2025-01-31,1.5\n2,\"y, z\",2025-02-28,NA\n3,,,2\n").expect("read");
        assert_eq!(frame.column("a"), Some(&Columns::Integer(vec![Some(1), Some(2), Some(3)])));
        assert_eq!(frame.column("b"), Some(&Columns::Text(vec![Some("x".into()), Some("y, z".into()), None])));
        assert_eq!(frame.column("d"), Some(&Columns::Number(vec![Some(1.5), None, Some(2.0)])));
        assert!(matches!(frame.column("c"), Some(Columns::Date(dates)) if dates[2].is_none() && dates[0].is_some()));
    }

    #[test]
    fn other_separators_and_decimal_marks_are_read() {
        let frame = read("name;cost\nx;1,5\n\"y; z\";-20\n").expect("read");
        assert_eq!(frame.column("cost"), Some(&Columns::Number(vec![Some(1.5), Some(-20.0)])));
        assert_eq!(frame.column("name"), Some(&Columns::Text(vec![Some("x".into()), Some("y; z".into())])));
        assert_eq!(read("a\tb\n1\t2\n").expect("read").column("b"), Some(&Columns::Integer(vec![Some(2)])));
    }

    #[test]
    fn only_dates_that_can_be_read_in_one_way_become_dates() {
        let day = Date::constant;
        let frame = read("a,b,c\n2024-01-31,01/02/2024,2024-01-31 14:30:00\n2024-02-01,02/02/2024,\n").expect("read");
        assert_eq!(frame.column("a"), Some(&Columns::Date(vec![Some(day(2024, 1, 31)), Some(day(2024, 2, 1))])));
        assert!(matches!(frame.column("b"), Some(Columns::Text(_))), "the order of day and month is not known");
        assert_eq!(frame.column("c"), Some(&Columns::Date(vec![Some(day(2024, 1, 31)), None])));
    }

    #[test]
    fn a_blank_line_is_no_row() {
        assert_eq!(read("a,b\n1,x\n\n\n").expect("read").rows(), 1);
        assert_eq!(read("a\n1\n\n2\n").expect("read").rows(), 3);
    }

    #[test]
    fn what_is_not_a_table_is_refused_with_its_name() {
        for message in [
            read("").expect_err("empty").to_string(),
            read_table(Path::new("no-such-folder/x.csv")).expect_err("missing").to_string(),
            read_table(&std::env::temp_dir()).expect_err("folder").to_string(),
        ] {
            assert!(message.starts_with("cannot read "), "{message}");
        }
    }

    #[test]
    fn a_table_written_as_csv_reads_back() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("out").join("t.csv");
        let columns = vec![
            Column::new("row", Columns::Integer(vec![Some(0), Some(1)])),
            Column::new("lo-80", Columns::Number(vec![Some(0.1 + 0.2), None])),
        ];
        let frame = Frame::new(columns).expect("frame");
        write_table(&frame, &path).expect("write");
        assert_eq!(read_table(&path).expect("read"), frame);
    }
}
