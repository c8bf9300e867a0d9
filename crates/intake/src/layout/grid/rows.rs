//! What a table's rows are: headers, rows, what goes on from the row above, and sums.

use std::collections::BTreeMap;

use signwright_domain::printed::TableSign;

use super::{Cell, Draft, Row};

/// More rows than this name no columns.
const MOST_HEADERS: usize = 4;
/// A line further below another than this, in font sizes, does not go on with it.
const CLOSE: f64 = 0.45;

/// Finds the header, joins rows that wrap and marks sums.
pub(super) fn settle(draft: &mut Draft) {
    let numeric = numeric_columns(draft);
    draft.header = header(draft, &numeric);
    if draft.sign == TableSign::Spaced {
        join_headers(draft);
        join_wrapped(draft, &numeric);
    }
    for row in draft.rows.iter_mut().skip(draft.header) {
        row.is_subtotal = is_subtotal(row);
    }
}

/// Columns most of whose cells are numbers.
pub(super) fn numeric_columns(draft: &Draft) -> Vec<bool> {
    let columns = draft.edges.len() - 1;
    let mut counts = vec![(0_usize, 0_usize); columns];
    for cell in draft.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.columns == 1) {
        counts[cell.column].0 += usize::from(cell.is_number());
        counts[cell.column].1 += 1;
    }
    counts.into_iter().map(|(numbers, all)| numbers > 0 && numbers * 2 >= all).collect()
}

fn header(draft: &Draft, numeric: &[bool]) -> usize {
    let columns = draft.edges.len() - 1;
    if numeric.iter().all(|numeric| !numeric) {
        let whole = draft.rows.first().is_some_and(|row| row.cells.len() == columns);
        return usize::from(whole && draft.rows.len() > 2);
    }
    let years = years(draft, numeric);
    let names = |row: &Row| {
        let mut numbers = row.cells.iter().filter(|cell| numeric[cell.column] && cell.is_number());
        numbers.all(|cell| years[cell.column] && is_year(cell) || cell.columns > 1)
    };
    let mut count = draft.rows.iter().take(MOST_HEADERS).take_while(|row| names(row)).count();
    if count == draft.rows.len() {
        return 1.min(count);
    }
    // A title of a group stands below the header, not in it.
    while count > 1 && draft.rows[count - 1].cells.iter().all(|cell| cell.column == 0 && cell.columns < columns) {
        count -= 1;
    }
    count
}

/// Columns that hold other numbers than years, so that a year may name them.
fn years(draft: &Draft, numeric: &[bool]) -> Vec<bool> {
    let other = |column: usize| {
        let cells = draft.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.column == column);
        cells.filter(|cell| cell.is_number() && !is_year(cell)).count() > 1
    };
    numeric.iter().enumerate().map(|(column, numeric)| *numeric && other(column)).collect()
}

fn is_year(cell: &Cell) -> bool {
    let text = cell.text();
    let digits: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let year = |run: &&str| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
    !digits.is_empty() && digits.iter().all(year) && !text.contains(['.', ',', '$', '%'])
}

/// Names of columns that wrap are one row, unless one of them stands over several columns.
fn join_headers(draft: &mut Draft) {
    let mut at = 1;
    while at < draft.header {
        let (above, below) = (&draft.rows[at - 1], &draft.rows[at]);
        let single = |row: &Row| row.cells.iter().all(|cell| cell.columns == 1);
        if single(above) && single(below) && is_close(above, below) {
            let below = draft.rows.remove(at);
            absorb(&mut draft.rows[at - 1], below);
            draft.header -= 1;
        } else {
            at += 1;
        }
    }
}

fn is_close(above: &Row, below: &Row) -> bool {
    let size = below.cells.iter().flat_map(|cell| &cell.words).map(|word| word.size).fold(1.0, f64::max);
    below.top - above.bottom < CLOSE * size
}

/// Adds the words of a row to those of the row above it.
fn absorb(above: &mut Row, below: Row) {
    above.bottom = above.bottom.max(below.bottom);
    let mut cells: BTreeMap<usize, Cell> = above.cells.drain(..).map(|cell| (cell.column, cell)).collect();
    for cell in below.cells {
        match cells.get_mut(&cell.column) {
            Some(known) => known.words.extend(cell.words),
            None => drop(cells.insert(cell.column, cell)),
        }
    }
    above.cells = cells.into_values().collect();
}

/// A row of words alone below a fuller one goes on with it, where its first column is empty or its words begin small; a
/// name above numbers that have none belongs to them.
fn join_wrapped(draft: &mut Draft, numeric: &[bool]) {
    let mut at = draft.header + 1;
    while at < draft.rows.len() {
        let (above, below) = (&draft.rows[at - 1], &draft.rows[at]);
        if goes_on(above, below, numeric) || names(above, below, numeric) {
            let below = draft.rows.remove(at);
            absorb(&mut draft.rows[at - 1], below);
        } else {
            at += 1;
        }
    }
}

fn goes_on(above: &Row, below: &Row, numeric: &[bool]) -> bool {
    let words_alone = below.cells.iter().all(|cell| !numeric[cell.column] && !cell.is_number() && cell.columns == 1);
    let under = below.cells.iter().all(|cell| above.cells.iter().any(|other| other.column == cell.column));
    let Some(first) = below.cells.first().filter(|_| words_alone && under) else { return false };
    let small = first.words[0].text.starts_with(|c: char| c.is_lowercase() || c == '(' || c == '&');
    let fuller = above.cells.len() > below.cells.len();
    fuller && is_close(above, below) && (first.column > 0 || small)
}

fn names(above: &Row, below: &Row, numeric: &[bool]) -> bool {
    let alone = above.cells.len() == 1 && above.cells[0].column == 0 && !above.cells[0].text().ends_with(':');
    let nameless = below.cells.first().is_some_and(|cell| cell.column > 0 && numeric[cell.column] && cell.is_number());
    alone && nameless && is_close(above, below)
}

/// `Total`, `Subtotal for sheet metal`, `Zwischensumme`, `****`: with a number.
fn is_subtotal(row: &Row) -> bool {
    const SUMS: &[&str] = &[
        "TOTAL",
        "TOTALS",
        "SUBTOTAL",
        "SUBTOTALS",
        "SUMME",
        "ZWISCHENSUMME",
        "GESAMT",
        "GESAMTSUMME",
        "TOTAUX",
        "TOTALE",
        "SUBTOTALE",
        "TOTAAL",
        "SUBTOTAAL",
        "SUM",
    ];
    let Some(first) = row.cells.iter().find(|cell| !cell.is_number()) else { return false };
    let words: Vec<String> = first.words.iter().take(2).map(|word| crate::layout::lines::plain(&word.text)).collect();
    let starred = first.words[0].text.starts_with("**");
    let named = words.iter().any(|word| SUMS.contains(&word.as_str()));
    (starred || named) && row.cells.iter().any(Cell::is_number)
}
