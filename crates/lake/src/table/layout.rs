//! How a CSV file is laid out: what stands between its columns, what marks decimals, what its columns are called.
//!
//! Commas are the rule. Semicolons or tabs are taken where the header has them and no comma; where it has several, the one
//! that gives every line the same number of cells; where that is not exactly one, the file is refused. A comma can mark
//! decimals only where it does not separate columns.

use std::path::Path;

use crate::LakeError;

/// So many lines are looked at.
const LOOKED_AT: usize = 1_000;
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// What a reader has to know about a CSV file before it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) separator: char,
    pub(super) decimal_comma: bool,
}

/// Finds the layout, and refuses two columns of one name: which of them is meant cannot be known.
pub(super) fn layout(path: &Path, text: &str) -> Result<Layout, LakeError> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = records(text);
    let Some(header) = lines.first() else { return Ok(Layout { separator: ',', decimal_comma: false }) };
    let separator = separator(path, header, &lines)?;
    let names = cells(header, separator);
    for (i, name) in names.iter().enumerate() {
        if names[..i].contains(name) {
            return Err(LakeError::Doubled(unquoted(name).to_owned()));
        }
    }
    let decimal_comma = separator != ',' && decimal_comma(path, separator, &lines[1..])?;
    Ok(Layout { separator, decimal_comma })
}

fn separator(path: &Path, header: &str, lines: &[&str]) -> Result<char, LakeError> {
    let there: Vec<char> = SEPARATORS.into_iter().filter(|separator| cells(header, *separator).len() > 1).collect();
    match there[..] {
        [] => Ok(','),
        [one] => Ok(one),
        _ => {
            let even = |separator: &char| {
                let width = cells(header, *separator).len();
                lines.iter().all(|line| cells(line, *separator).len() == width)
            };
            match there.into_iter().filter(even).collect::<Vec<_>>()[..] {
                [one] => Ok(one),
                _ => Err(LakeError::file(
                    "read",
                    path,
                    "its columns could be separated by more than one sign; save it with commas between the columns",
                )),
            }
        }
    }
}

fn decimal_comma(path: &Path, separator: char, lines: &[&str]) -> Result<bool, LakeError> {
    let (mut comma, mut point) = (None, None);
    for cell in lines.iter().flat_map(|line| cells(line, separator)).map(unquoted) {
        if is_decimal(cell, ',') {
            comma = comma.or(Some(cell));
        } else if is_decimal(cell, '.') {
            point = point.or(Some(cell));
        }
    }
    match (comma, point) {
        (Some(comma), Some(point)) => Err(LakeError::file(
            "read",
            path,
            format!("it writes decimals both as in {comma} and as in {point}; use one of them"),
        )),
        (comma, _) => Ok(comma.is_some()),
    }
}

/// Digits, one mark, digits.
fn is_decimal(cell: &str, mark: char) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = cell.trim().trim_start_matches(['-', '+']);
    number.split_once(mark).is_some_and(|(whole, part)| digits(whole) && digits(part))
}

/// Lines that are not blank; a line break between quotes ends none.
fn records(text: &str) -> Vec<&str> {
    let (mut records, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                records.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        if records.len() > LOOKED_AT {
            start = text.len();
            break;
        }
    }
    // A last line without its end is whole only at the end of the text.
    records.push(&text[start..]);
    records.retain(|line| !line.trim().is_empty());
    records.iter().map(|line| line.trim_end_matches('\r')).collect()
}

fn cells(line: &str, separator: char) -> Vec<&str> {
    let mut quoted = false;
    line.split(|c: char| {
        quoted ^= c == '"';
        c == separator && !quoted
    })
    .collect()
}

fn unquoted(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(char, bool), &str>) {
        let found = layout(Path::new("t.csv"), text);
        match (found, expected) {
            (Ok(found), Ok((separator, decimal_comma))) => {
                assert_eq!(found, Layout { separator, decimal_comma }, "{text}")
            }
            (Err(error), Err(words)) => assert!(error.to_string().contains(words), "{error}"),
            (found, expected) => panic!("{text}: {found:?} is not {expected:?}"),
        }
    }

    #[test]
    fn separators_and_decimals_are_found_where_they_are_certain() {
        check("a,b\n1,2\n", Ok((',', false)));
        check("a\n1\n", Ok((',', false)));
        check("a;b\n1,5;2\n", Ok((';', true)));
        check("a;b\n1.5;2\n", Ok((';', false)));
        check("a\tb\n1\t2\n", Ok(('\t', false)));
        check("\"a;b\",c\n1,2\n", Ok((',', false)));
        check("size, ft;cost;job\n6,5;100;A\n7;120;B\n", Ok((';', true)));
        check("size, ft;cost\n6,5;100\n", Err("more than one sign"));
        check("a;b\n\"two\nlines; and more\";1,5\n", Ok((';', true)));
        check("a;b,c\n1;2,3\n", Err("more than one sign"));
        check("a;b\n1,5;2.5\n", Err("both as in 1,5 and as in 2.5"));
        check("\u{feff}a,b,a\n1,2,3\n", Err("two columns named \"a\""));
    }
}
