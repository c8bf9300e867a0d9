//! Parquet files, plain and partitioned by year and month.
//!
//! A file is written beside its place and renamed, so that a reader never sees half of one.

use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use polars::io::mmap::MmapBytesReader;
use polars::prelude::{
    ArrowDataType, BooleanChunked, DataFrame, NewChunkedArray, ParquetReader, ParquetWriter, SerReader,
};

use crate::columns::{Columns, Frame, from_polars, to_polars};
use crate::error::LakeError;

/// Writes one file.
pub fn write_parquet(frame: &Frame, path: &Path) -> Result<(), LakeError> {
    write(&mut to_polars(frame)?, path)
}

/// One file in memory. The same frame gives the same bytes.
pub fn parquet_bytes(frame: &Frame) -> Result<Vec<u8>, LakeError> {
    let mut bytes = Vec::new();
    let written = ParquetWriter::new(&mut bytes).finish(&mut to_polars(frame)?);
    written.map_err(|error| LakeError::Aggregation(error.to_string()))?;
    Ok(bytes)
}

/// Reads one file. Columns of nested types are refused by name.
pub fn read_parquet(path: &Path) -> Result<Frame, LakeError> {
    let file = File::open(path).map_err(|cause| LakeError::file("read", path, cause))?;
    read(file, path)
}

/// Reads a file that is in memory; `name` is only for messages.
pub fn read_parquet_bytes(name: &Path, bytes: &[u8]) -> Result<Frame, LakeError> {
    read(Cursor::new(bytes), name)
}

fn read(source: impl MmapBytesReader, path: &Path) -> Result<Frame, LakeError> {
    let mut reader = ParquetReader::new(source);
    let schema = reader.schema().map_err(|cause| LakeError::file("read", path, cause))?;
    // polars panics on decimals where it is built without them.
    if let Some((name, field)) = schema.iter().find(|(_, field)| is_decimal(&field.dtype)) {
        let kind = format!("{:?}", field.dtype);
        return Err(LakeError::Kind { column: name.to_string(), kind });
    }
    let frame = reader.finish().map_err(|cause| LakeError::file("read", path, cause))?;
    from_polars(&frame)
}

fn is_decimal(kind: &ArrowDataType) -> bool {
    use ArrowDataType::{Decimal, Decimal32, Decimal64, Decimal256};
    matches!(kind, Decimal(..) | Decimal32(..) | Decimal64(..) | Decimal256(..))
}

/// Writes `dir/year=YYYY/month=MM/part-0.parquet` for every month of the date column; rows without a date go to
/// `year=unknown`. Gives back the files written, in order.
pub fn write_partitioned(frame: &Frame, by: &str, dir: &Path) -> Result<Vec<PathBuf>, LakeError> {
    let Some(Columns::Date(dates)) = frame.column(by) else {
        return Err(LakeError::Missing(by.to_owned()));
    };
    let mut months: Vec<Option<(i16, i8)>> = dates.iter().map(|date| date.map(month)).collect();
    let keys = months.clone();
    months.sort_unstable();
    months.dedup();
    let whole = to_polars(frame)?;
    months.into_iter().map(|month| write_month(&whole, &keys, month, dir)).collect()
}

fn month(date: Date) -> (i16, i8) {
    (date.year(), date.month())
}

fn write_month(
    whole: &DataFrame,
    keys: &[Option<(i16, i8)>],
    month: Option<(i16, i8)>,
    dir: &Path,
) -> Result<PathBuf, LakeError> {
    let dir = match month {
        Some((year, month)) => dir.join(format!("year={year}")).join(format!("month={month:02}")),
        None => dir.join("year=unknown"),
    };
    let path = dir.join("part-0.parquet");
    let chosen: BooleanChunked = BooleanChunked::from_iter_values("month".into(), keys.iter().map(|key| *key == month));
    let mut part = whole.filter(&chosen).map_err(|error| LakeError::Aggregation(error.to_string()))?;
    write(&mut part, &path)?;
    Ok(path)
}

fn write(frame: &mut DataFrame, path: &Path) -> Result<(), LakeError> {
    let failed = |cause: &dyn std::fmt::Display| LakeError::file("write", path, cause);
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(|cause| failed(&cause))?;
    }
    let unfinished = path.with_extension("parquet.part");
    let file = File::create(&unfinished).map_err(|cause| failed(&cause))?;
    ParquetWriter::new(file).finish(frame).map_err(|cause| failed(&cause))?;
    fs::rename(&unfinished, path).map_err(|cause| failed(&cause))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Column;

    fn frame() -> Frame {
        let day = |y, m, d| Some(Date::constant(y, m, d));
        Frame::new(vec![
            Column::new("job", Columns::Text(vec![Some("a".into()), Some("b".into()), Some("c".into()), None])),
            Column::new("done", Columns::Date(vec![day(2025, 3, 1), day(2025, 3, 31), day(1969, 12, 31), None])),
            Column::new("cost", Columns::Number(vec![Some(1.5), None, Some(-2.0), Some(0.0)])),
            Column::new("cents", Columns::Integer(vec![Some(150), None, Some(-200), Some(i64::MAX)])),
            Column::new("rush", Columns::Flag(vec![Some(true), Some(false), None, None])),
        ])
        .expect("frame")
    }

    #[test]
    fn what_is_written_is_read_back() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("new").join("jobs.parquet");
        write_parquet(&frame(), &path).expect("write");
        assert_eq!(read_parquet(&path).expect("read"), frame());
    }

    #[test]
    fn a_frame_gives_the_same_bytes_each_time_and_they_read_back() {
        let bytes = parquet_bytes(&frame()).expect("write");
        assert_eq!(parquet_bytes(&frame()).expect("write"), bytes);
        assert_eq!(read_parquet_bytes(Path::new("memory"), &bytes).expect("read"), frame());
    }

    #[test]
    fn each_month_gets_its_folder_and_no_row_is_lost() {
        let dir = tempfile::tempdir().expect("dir");
        let files = write_partitioned(&frame(), "done", dir.path()).expect("write");
        let names: Vec<_> = files.iter().map(|f| f.strip_prefix(dir.path()).expect("inside").to_owned()).collect();
        let expected = ["year=unknown", "year=1969/month=12", "year=2025/month=03"];
        assert_eq!(names, expected.map(|name| Path::new(name).join("part-0.parquet")));
        let rows: usize = files.iter().map(|file| read_parquet(file).expect("read").rows()).sum();
        assert_eq!(rows, frame().rows());
    }

    #[test]
    fn a_file_that_is_not_parquet_is_refused_by_name() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("x.parquet");
        fs::write(&path, b"not parquet").expect("write");
        let message = read_parquet(&path).expect_err("must be refused").to_string();
        assert!(message.contains("x.parquet"), "{message}");
    }

    #[test]
    fn columns_of_different_lengths_are_refused() {
        let columns =
            vec![Column::new("a", Columns::Integer(vec![Some(1)])), Column::new("b", Columns::Integer(vec![]))];
        assert!(matches!(Frame::new(columns), Err(LakeError::Length { .. })));
    }

    #[test]
    fn moments_become_days() {
        use polars::prelude::{DataFrame, DataType, NamedFrom, Series, TimeUnit};
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("t.parquet");
        let moments = Series::new("t".into(), [Some(86_399_000_000_000_i64), None, Some(86_400_000_000_000)]);
        let moments = moments.cast(&DataType::Datetime(TimeUnit::Nanoseconds, None)).expect("moments");
        write(&mut DataFrame::new(3, vec![moments.into()]).expect("frame"), &path).expect("written");
        let days = Columns::Date(vec![Some(Date::constant(1970, 1, 1)), None, Some(Date::constant(1970, 1, 2))]);
        assert_eq!(read_parquet(&path).expect("read").column("t"), Some(&days));
    }
}
