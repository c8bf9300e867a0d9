//! Text files to cells: encoding, then delimiter, then quoted cells that may hold line breaks.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8};

use super::IntakeError;
use super::grid::{Cell, Grid, GridRow};

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many bytes the delimiter is judged by.
const SAMPLE: usize = 1 << 16;

/// The file split at every delimiter that gives several columns, the most regular one first and complete; the others as samples
/// for their headers to be tried.
pub(super) fn grids(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, IntakeError> {
    let (text, encoding) = decoded(bytes);
    if text.contains('\0') || text.chars().take(2000).filter(|c| *c == '\u{fffd}').count() > 20 {
        return Err(IntakeError::NotATable { file: file.to_owned(), what: "a binary file" });
    }
    let mut sample_end = text.len().min(SAMPLE);
    while !text.is_char_boundary(sample_end) {
        sample_end -= 1;
    }
    let candidates = DELIMITERS.into_iter().filter(|delimiter| {
        let rows = rows(&text[..sample_end], *delimiter);
        rows.iter().filter(|row| row.cells.len() > 1).count() * 2 > rows.len().min(4)
    });
    let grids: Vec<Grid> = candidates
        .map(|delimiter| Grid {
            sheet: None,
            encoding: Some(encoding.name().to_owned()),
            delimiter: Some(char::from(delimiter)),
            rows: rows(&text, delimiter),
        })
        .collect();
    if grids.is_empty() { Err(IntakeError::OneColumn { file: file.to_owned() }) } else { Ok(grids) }
}

/// A byte order mark decides, then strict UTF-8, then a guess from the letters' frequencies.
fn decoded(bytes: &[u8]) -> (String, &'static Encoding) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding)
}

fn rows(text: &str, delimiter: u8) -> Vec<GridRow> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut out, mut number, mut record) = (Vec::new(), 0_u32, StringRecord::new());
    loop {
        let start = reader.position().byte() as usize;
        // The text is UTF-8 and rows may have any length, so a row can always be read.
        if !reader.read_record(&mut record).unwrap_or(false) {
            return out;
        }
        number += 1 + empty_lines(text, start);
        let cells = record.iter().map(cell).collect();
        out.push(GridRow { number, cells });
    }
}

/// The reader skips empty lines, a spreadsheet counts them.
fn empty_lines(text: &str, start: usize) -> u32 {
    let bytes = text.as_bytes();
    let inside_break = start > 0 && bytes.get(start - 1) == Some(&b'\r') && bytes.get(start) == Some(&b'\n');
    let mut at = start + usize::from(inside_break);
    let mut count = 0;
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => at += 2,
            (Some(b'\r' | b'\n'), _) => at += 1,
            _ => return count,
        }
        count += 1;
    }
}

fn cell(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Blank } else { Cell::Text(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_as_a_spreadsheet_shows_them() {
        let numbers = |text| rows(text, b',').iter().map(|row| row.number).collect::<Vec<_>>();
        assert_eq!(numbers("a,b\n1,2\n3,4"), [1, 2, 3]);
        assert_eq!(numbers("a,b\r\n\r\n\r\n1,2\r\n3,4\r\n"), [1, 4, 5]);
        assert_eq!(numbers("\n\na,b\n\"x\ny\",2\n\n3,4"), [3, 4, 6]);
    }

    #[test]
    fn encodings_are_told_apart() {
        let check = |bytes: &[u8], text: &str, name: &str| {
            let (decoded, encoding) = decoded(bytes);
            assert_eq!((decoded.as_str(), encoding.name()), (text, name));
        };
        check(b"\xef\xbb\xbfCaf\xc3\xa9", "Café", "UTF-8");
        check("Café".as_bytes(), "Café", "UTF-8");
        check(b"Caf\xe9 Ren\xe9e, M\xfcller", "Café Renée, Müller", "windows-1252");
        check(b"\xff\xfeC\0a\0", "Ca", "UTF-16LE");
    }
}
