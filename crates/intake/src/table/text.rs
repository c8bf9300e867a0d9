//! Text files to cells: encoding, then delimiter, then quoted cells that may hold line breaks.

use std::borrow::Cow;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8};

use super::IntakeError;
use super::grid::{Body, Cell, DEPTH, Grid, GridRow};
use super::mapping::Mapping;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many bytes the delimiter is judged by.
const SAMPLE: usize = 1 << 16;

/// A decoded file and where it is cut.
#[derive(Clone, Debug)]
pub(super) struct Text<'b> {
    text: Arc<Cow<'b, str>>,
    delimiter: u8,
}

/// Where the next row begins, and the number of the row before it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cursor {
    at: usize,
    number: u32,
}

/// The file under every delimiter that gives several columns.
pub(super) fn grids<'b>(file: &str, bytes: &'b [u8], mapping: Option<&Mapping>) -> Result<Vec<Grid<'b>>, IntakeError> {
    let (text, encoding) = decoded(bytes, mapping.and_then(|mapping| mapping.encoding.as_deref()));
    if text.contains('\0') || text.chars().take(2000).filter(|c| *c == '\u{fffd}').count() > 20 {
        return Err(IntakeError::NotATable { file: file.to_owned(), what: "a binary file" });
    }
    let text = Arc::new(text);
    let said = mapping.and_then(|mapping| mapping.delimiter).and_then(|delimiter| u8::try_from(delimiter).ok());
    let delimiters = said.map_or_else(|| candidates(&text), |delimiter| vec![delimiter]);
    let grid = |delimiter: u8| {
        let text = Text { text: Arc::clone(&text), delimiter };
        Grid {
            sheet: None,
            encoding: Some(encoding.name().to_owned()),
            delimiter: Some(char::from(delimiter)),
            head: text.take(&mut Cursor::default(), DEPTH),
            body: Body::Text(text),
        }
    };
    if delimiters.is_empty() {
        return Err(IntakeError::OneColumn { file: file.to_owned() });
    }
    Ok(delimiters.into_iter().map(grid).collect())
}

fn candidates(text: &Arc<Cow<'_, str>>) -> Vec<u8> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = Arc::new(Cow::Borrowed(&text[..end]));
    let splits = |delimiter: &u8| {
        let text = Text { text: Arc::clone(&sample), delimiter: *delimiter };
        let rows = text.take(&mut Cursor::default(), usize::MAX);
        rows.iter().filter(|row| row.cells.len() > 1).count() * 2 > rows.len().min(4)
    };
    DELIMITERS.into_iter().filter(splits).collect()
}

/// What a mapping says, else a byte order mark, then strict UTF-8, then a guess from the letters' frequencies.
fn decoded<'b>(bytes: &'b [u8], said: Option<&str>) -> (Cow<'b, str>, &'static Encoding) {
    if let Some(encoding) = said.and_then(|label| Encoding::for_label(label.as_bytes())) {
        return (encoding.decode(bytes).0, encoding);
    }
    let (bytes, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => {
            return (encoding.decode_without_bom_handling(&bytes[mark..]).0, encoding);
        }
        Some((_, mark)) => (&bytes[mark..], true),
        None => (bytes, false),
    };
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), UTF_8);
    }
    if mark {
        return (UTF_8.decode_without_bom_handling(bytes).0, UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    (encoding.decode_without_bom_handling(bytes).0, encoding)
}

impl Text<'_> {
    /// The next rows, at most `count`.
    pub(super) fn take(&self, cursor: &mut Cursor, count: usize) -> Vec<GridRow> {
        let (text, from) = (self.text.as_ref().as_ref(), cursor.at);
        let mut builder = ReaderBuilder::new();
        let mut reader =
            builder.delimiter(self.delimiter).has_headers(false).flexible(true).from_reader(&text.as_bytes()[from..]);
        let (mut out, mut record) = (Vec::new(), StringRecord::new());
        while out.len() < count {
            let start = from + reader.position().byte() as usize;
            // The text is UTF-8 and rows may have any length, so a row can always be read.
            if !reader.read_record(&mut record).unwrap_or(false) {
                cursor.at = text.len();
                return out;
            }
            cursor.number += 1 + empty_lines(text, start);
            cursor.at = from + reader.position().byte() as usize;
            out.push(GridRow { number: cursor.number, cells: record.iter().map(cell).collect() });
        }
        out
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
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, at_a_time: usize) -> Vec<GridRow> {
        let text = Text { text: Arc::new(Cow::Borrowed(text)), delimiter: b',' };
        let (mut cursor, mut all) = (Cursor::default(), Vec::new());
        loop {
            let some = text.take(&mut cursor, at_a_time);
            if some.is_empty() {
                return all;
            }
            all.extend(some);
        }
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_shows_them() {
        for at_a_time in [1, 2, 1000] {
            let numbers = |text| rows(text, at_a_time).iter().map(|row| row.number).collect::<Vec<_>>();
            assert_eq!(numbers("a,b\n1,2\n3,4"), [1, 2, 3]);
            assert_eq!(numbers("a,b\r\n\r\n\r\n1,2\r\n3,4\r\n"), [1, 4, 5]);
            assert_eq!(numbers("\n\na,b\n\"x\ny\",2\n\n3,4"), [3, 4, 6]);
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        let check = |bytes: &[u8], text: &str, name: &str| {
            let (decoded, encoding) = decoded(bytes, None);
            assert_eq!((decoded.as_ref(), encoding.name()), (text, name));
        };
        check(b"\xef\xbb\xbfCaf\xc3\xa9", "Café", "UTF-8");
        check("Café".as_bytes(), "Café", "UTF-8");
        check(b"Caf\xe9 Ren\xe9e, M\xfcller", "Café Renée, Müller", "windows-1252");
        check(b"\xff\xfeC\0a\0", "Ca", "UTF-16LE");
        assert_eq!(decoded(b"Stra\xe1e", Some("ibm866")).1.name(), "IBM866");
    }

    proptest! {
        #[test]
        fn reading_in_pieces_gives_the_same_rows(text in "([a-z,\"\\n\\r]|\r\n){0,60}", at_a_time in 1_usize..5) {
            prop_assert_eq!(rows(&text, at_a_time), rows(&text, usize::MAX));
        }
    }
}
