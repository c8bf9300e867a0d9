//! What the rows are called: which stretch of words in a row is its name, its number, its unit.

use std::collections::BTreeMap;

use signwright_domain::record::{Field, RecordLine, Section, Value};

use super::{Band, Row, around, belongs, gap, is_sum};
use crate::layout::lines::{letters, raw};
use crate::layout::trade::Paper;
use crate::layout::trade::items::columns::{Hint, Holds};
use crate::layout::trade::items::{SEEN, per_one};
use crate::layout::trade::labels::Near;
use crate::pdf::words::Token;

/// How exactly words begin at one edge.
const EDGE: f64 = 0.8;

/// How many letters names have at least, on average.
const LETTERS: f64 = 3.0;

/// Where the columns of words begin, and which of them hold what.
pub(super) struct Columns<'h> {
    /// Left edges at which a cell falls apart.
    edges: Vec<f64>,
    /// The stretch of the names.
    name: Option<[f64; 2]>,
    headings: &'h [Hint],
}

/// What the heading over a box holds.
pub(super) fn over(headings: &[Hint], column: [f64; 4]) -> Option<Holds> {
    let shared = |heading: &&Hint| heading.bbox[2].min(column[2]) - heading.bbox[0].max(column[0]);
    let best = headings.iter().max_by(|a, b| shared(a).total_cmp(&shared(b)))?;
    best.holds.filter(|_| shared(&best) > 0.0)
}

/// The columns of words of some rows.
pub(super) fn columns<'h>(bands: &[Band], rows: &[Row], headings: &'h [Hint]) -> Columns<'h> {
    let edges = edges(bands, rows, headings);
    let mut columns = Columns { edges, name: None, headings };
    // The column with the most letters has the names, one that its heading calls so before any other.
    let mut weights: Vec<([f64; 2], f64, f64)> = Vec::new();
    for run in rows.iter().flat_map(|row| columns.runs(&bands[row.band], row)) {
        let bbox = around(&run);
        let letters = letters(&raw(&run)) as f64;
        let factor = match over(columns.headings, bbox) {
            Some(Holds::Description) => 4.0,
            Some(Holds::Item | Holds::Unit | Holds::Position | Holds::Tax | Holds::Other) => 0.2,
            _ => 1.0,
        };
        match weights.iter_mut().find(|(stretch, ..)| stretch[0] < bbox[2] && stretch[1] > bbox[0]) {
            Some((stretch, weight, plain)) => {
                *plain += letters;
                *stretch = [stretch[0].min(bbox[0]), stretch[1].max(bbox[2])];
                *weight += letters * factor;
            }
            None => weights.push(([bbox[0], bbox[2]], letters * factor, letters)),
        }
    }
    let best = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
    // Units alone are no names: then these stand in lines of their own.
    columns.name = best.filter(|(.., plain)| *plain >= LETTERS * rows.len() as f64).map(|(stretch, ..)| stretch);
    columns
}

impl Columns<'_> {
    /// The stretches of words of a row that are none of its three numbers.
    fn runs(&self, band: &Band, row: &Row) -> Vec<Vec<Token>> {
        let numbers = [row.quantity, row.price, Some(row.amount)];
        let taken: Vec<&Token> = numbers.into_iter().flatten().flat_map(|at| &band.numbers[at].words).collect();
        let is_taken = |word: &Token| taken.iter().any(|other| other.bbox == word.bbox);
        let mut out: Vec<Vec<Token>> = Vec::new();
        for cell in &band.line.cells {
            let mut open = false;
            for word in cell {
                if is_taken(word) {
                    open = false;
                    continue;
                }
                let split = self.edges.iter().any(|edge| (edge - word.bbox[0]).abs() < EDGE);
                match out.last_mut().filter(|_| open && !split) {
                    Some(run) => run.push(word.clone()),
                    None => out.push(vec![word.clone()]),
                }
                open = true;
            }
        }
        out
    }

    fn is_name(&self, run: &[Token]) -> bool {
        let bbox = around(run);
        let worded = run.iter().any(|word| word.text.chars().any(char::is_alphabetic));
        self.name.is_some_and(|[left, right]| bbox[0] < right && bbox[2] > left && bbox[0] > left - 2.0) && worded
    }
}

/// Left edges that words keep from row to row though what stands before them differs, or that the heading of the names has.
fn edges(bands: &[Band], rows: &[Row], headings: &[Hint]) -> Vec<f64> {
    let mut seen: Vec<(f64, Vec<(usize, f64)>)> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        for cell in &bands[row.band].line.cells {
            for pair in cell.windows(2) {
                let (left, before) = (pair[1].bbox[0], pair[0].bbox[2]);
                match seen.iter_mut().find(|(edge, _)| (edge - left).abs() < EDGE) {
                    Some((_, rows)) => rows.push((number, before)),
                    None => seen.push((left, vec![(number, before)])),
                }
            }
        }
    }
    let kept = |(edge, at): &(f64, Vec<(usize, f64)>)| {
        let differs = at.iter().any(|(_, before)| (before - at[0].1).abs() > EDGE);
        let named = headings
            .iter()
            .any(|heading| heading.holds == Some(Holds::Description) && (heading.bbox[0] - edge).abs() < 2.0 * EDGE);
        named || (at.len() >= 2 && at.len() * 10 >= rows.len() * 7 && differs)
    };
    seen.iter().filter(|column| kept(column)).map(|(edge, _)| *edge).collect()
}

/// Gives each row the lines of words that belong to it: those below it, or above it where it has no name itself.
pub(super) fn attach(paper: &Paper<'_>, bands: &[Band], rows: &mut [Row], columns: &Columns<'_>) {
    let named: Vec<bool> =
        rows.iter().map(|row| columns.runs(&bands[row.band], row).iter().any(|run| columns.is_name(run))).collect();
    // Names above their numbers stand above all rows, so the first says how the table is made.
    let above = named.iter().filter(|named| !**named).count() * 2 > rows.len();
    let ends: Vec<usize> = rows.iter().map(|row| row.band).collect();
    for (number, row) in rows.iter_mut().enumerate() {
        let next = ends.get(number + 1).copied().unwrap_or(bands.len());
        let before = if number == 0 { None } else { Some(ends[number - 1]) };
        if above {
            let from = before.map_or(row.band.saturating_sub(1), |before| before + 1);
            row.more = (from..row.band).filter(|band| is_words(paper, bands, *band)).collect();
            continue;
        }
        let mut last = row.band;
        for band in row.band + 1..next {
            let below = bands.get(band + 1).and_then(|other| gap(&bands[band], other));
            if !is_words(paper, bands, band) || !belongs(gap(&bands[last], &bands[band]), below) {
                break;
            }
            row.more.push(band);
            last = band;
        }
    }
}

/// A line of words, without money and without a sum's label.
fn is_words(paper: &Paper<'_>, bands: &[Band], band: usize) -> bool {
    let band = &bands[band];
    band.numbers.iter().all(|number| !number.is_money) && !band.lines.iter().any(|line| is_sum(paper, *line))
}

/// A row as a line of the record.
pub(super) fn line(paper: &Paper<'_>, bands: &[Band], row: &Row, columns: &Columns<'_>) -> Option<RecordLine> {
    let band = &bands[row.band];
    let at = band.lines.first().copied()?;
    let mut fields: BTreeMap<String, Field> = BTreeMap::new();
    let mut put = |name: &str, words: &[Token], value: Value, found_by: &str| {
        let near = Near { line: at, page: band.line.page, words: words.to_vec() };
        fields.insert(name.to_owned(), paper.print.field(&near, value, SEEN, found_by.to_owned()));
    };
    const PRODUCT: &str = "quantity times price makes the amount";
    let amount = &band.numbers[row.amount];
    put("amount", &amount.words, Value::Money(paper.print.money(amount.value)?), PRODUCT);
    for (name, number) in [("quantity", row.quantity), ("unit_price", row.price)] {
        let Some(number) = number.map(|at| &band.numbers[at]) else { continue };
        put(name, &number.words, Value::Number(number.value), PRODUCT);
    }
    let mut name: Vec<Token> = Vec::new();
    for run in columns.runs(band, row) {
        if columns.is_name(&run) {
            name.extend(run);
        } else if let Some(held) = role(columns, band, row, &run) {
            put(held, &run, Value::Text(raw(&run)), "where it stands in the row");
        }
    }
    let below: Vec<Token> = row.more.iter().flat_map(|band| named(columns, &bands[*band])).cloned().collect();
    let name: Vec<Token> = if row.more.first().is_some_and(|first| *first < row.band) {
        below.into_iter().chain(name).collect()
    } else {
        name.into_iter().chain(below).collect()
    };
    if !name.is_empty() {
        put("description", &name, Value::Text(raw(&name)), "the words of the row");
    }
    if let Some((number, unit)) = row.quantity.and_then(|at| Some((&band.numbers[at], band.numbers[at].unit.clone()?)))
    {
        put("unit", &number.words, Value::Text(unit), "behind the quantity");
    }
    Some(per_one(RecordLine { section: Section::Item, fields }))
}

/// The words of a line that go on with a name; where no row has names itself, those with the most letters.
fn named<'b>(columns: &Columns<'_>, band: &'b Band) -> impl Iterator<Item = &'b Token> {
    let longest = band.line.cells.iter().max_by_key(|cell| letters(&raw(cell))).map(|cell| around(cell));
    let cells = band.line.cells.iter().filter(move |cell| match columns.name {
        Some(_) => columns.is_name(cell),
        None => Some(around(cell)) == longest,
    });
    cells.flatten().collect::<Vec<_>>().into_iter()
}

/// What a stretch beside the name is: the item's number before it, the unit near the quantity.
fn role(columns: &Columns<'_>, band: &Band, row: &Row, run: &[Token]) -> Option<&'static str> {
    let bbox = around(run);
    let text = raw(run);
    let letters = letters(&text);
    match over(columns.headings, bbox) {
        Some(Holds::Item) => return Some("item_number"),
        Some(Holds::Unit) if letters > 0 => return Some("unit"),
        Some(Holds::Discount) => {
            return text.bytes().any(|b| (b'1'..=b'9').contains(&b)).then_some("discount");
        }
        Some(Holds::Position | Holds::Tax | Holds::Other) => return None,
        _ => {}
    }
    let quantity = row.quantity.map(|at| band.numbers[at].bbox)?;
    let behind = bbox[0] >= quantity[2] && bbox[0] - quantity[2] < 4.0 * run[0].size;
    if behind && (1..=6).contains(&letters) && run.len() == 1 && letters == text.trim_end_matches('.').chars().count() {
        return Some("unit");
    }
    let before = columns.name.is_some_and(|[left, _]| bbox[2] <= left + 2.0);
    let code = run.len() == 1 && text.chars().count() >= 4 && text.bytes().any(|b| b.is_ascii_digit());
    (before && code).then_some("item_number")
}
