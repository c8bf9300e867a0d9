//! Items proven by arithmetic: rows in which one number times another makes a third, in the same columns row after row.
//! Needs no header and no language; the headings above only help to tell quantity from price and to find the names.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use signwright_domain::record::RecordLine;

use super::columns::{Hint, Holds, hints};
use super::{APART, BASES, Items, NEARER, SUMS, extent, makes};
use crate::layout::lines::{Line, letters, union};
use crate::layout::trade::Paper;
use crate::pdf::words::Token;

mod number;
#[cfg(test)]
mod tests;
mod words;

use number::Number;

/// How far the edges of one column may stand apart, in points.
const EDGE: f64 = 2.0;
/// The same for numbers that a unit follows, where arithmetic says that they belong to the column.
const BESIDE: f64 = 12.0;
/// Lines whose baselines are closer than this, in font sizes, are one row whose cells stand at different heights.
const BAND: f64 = 0.75;
/// More numbers than this in one row are a table of figures: no row of items has so many, and each three would be tried.
const WIDE: usize = 16;
/// How many products are tried of one row and of one page: each is held against all others.
const TRIED: usize = 40;
const TRIED_OF_PAGE: usize = 1000;
/// How many lines above the first row are looked at for headings.
const HEADINGS: usize = 6;
/// A row that follows further below than this many font sizes belongs to something else.
const OVER: f64 = 7.0;

/// One row of print: a line, or lines whose cells are set at different heights.
pub(super) struct Band {
    pub(super) lines: BTreeSet<usize>,
    pub(super) line: Line,
    pub(super) numbers: Vec<Number>,
}

/// Which numbers of a band are quantity, price and amount; the first two may be exchanged.
#[derive(Clone, Copy)]
struct Triple {
    factors: [usize; 2],
    amount: usize,
}

/// Where the three stand.
#[derive(Clone)]
struct Geometry {
    factors: [[f64; 4]; 2],
    amount: [f64; 4],
}

/// A row on its way to a line.
pub(super) struct Row {
    pub(super) band: usize,
    pub(super) quantity: Option<usize>,
    pub(super) price: Option<usize>,
    pub(super) amount: usize,
    /// Bands of words that belong to it.
    pub(super) more: Vec<usize>,
}

/// The items that arithmetic finds; none where fewer than two rows prove each other, or one that a header introduces.
pub(super) fn read(paper: &Paper<'_>) -> Items {
    let bands = bands(paper);
    let mut items = Items::default();
    let mut before: Option<Geometry> = None;
    let last = bands.last().map_or(0, |band| band.line.page);
    // A table may have its columns elsewhere on the next page, or end there with a single row.
    for page in 1..=last {
        let own = geometry(&bands, page);
        let found = [own, before.clone()].into_iter().flatten();
        let read = |geometry: Geometry| Some((table(paper, &bands, page, &geometry)?, geometry));
        if let Some((table, geometry)) = found.filter_map(read).max_by_key(|(table, _)| table.lines.len()) {
            items.taken.extend(table.taken);
            items.lines.extend(table.lines);
            before = Some(geometry);
        }
    }
    items
}

/// The rows of a page that stand in some columns.
fn table(paper: &Paper<'_>, bands: &[Band], page: u32, geometry: &Geometry) -> Option<Items> {
    let open = |at: &usize| bands[*at].line.page == page;
    let proven: Vec<usize> = (0..bands.len()).filter(open).filter(|at| fits(&bands[*at], geometry).is_some()).collect();
    let (first, last) = (begin(paper, bands, geometry, proven.first().copied()?), proven.last().copied()?);
    let headings: Vec<Hint> = headings(paper, bands, first);
    if proven.len() < 2 && headings.iter().filter(|heading| heading.holds.is_some()).count() < 3 {
        return None;
    }
    let exchanged = is_exchanged(bands, &proven, geometry, &headings);
    let mut rows = rows(paper, bands, geometry, (first, last), exchanged);
    let columns = words::columns(bands, &rows, &headings);
    words::attach(paper, bands, &mut rows, &columns);
    let taken = rows.iter().flat_map(|row| bands[row.band].lines.iter().copied()).collect();
    let lines: Vec<RecordLine> = rows.iter().filter_map(|row| words::line(paper, bands, row, &columns)).collect();
    (!lines.is_empty()).then_some(Items { lines, taken })
}

/// The lines of a paper as rows of print with their numbers.
fn bands(paper: &Paper<'_>) -> Vec<Band> {
    let mut out: Vec<Band> = Vec::new();
    let mut before: Option<(u32, f64)> = None;
    for (number, line) in paper.lines.iter().enumerate() {
        let (baseline, size) =
            line.words().fold((0.0_f64, 0.0_f64), |(b, s), word| (b.max(word.baseline), s.max(word.size)));
        let close = before.is_some_and(|(page, last)| page == line.page && baseline - last < BAND * size);
        let apart = |band: &Band| {
            let over = |a: &Token, b: &Token| a.bbox[0] < b.bbox[2] && a.bbox[2] > b.bbox[0];
            line.words().all(|word| band.line.words().all(|other| !over(word, other)))
        };
        match out.last_mut().filter(|band| close && apart(band)) {
            Some(band) => {
                band.lines.insert(number);
                band.line.cells.extend(line.cells.iter().cloned());
                band.line.cells.sort_by(|a, b| a[0].bbox[0].total_cmp(&b[0].bbox[0]));
            }
            None => out.push(Band { lines: BTreeSet::from([number]), line: line.clone(), numbers: Vec::new() }),
        }
        before = Some((line.page, baseline));
    }
    for band in &mut out {
        band.numbers = number::of(&paper.print, &band.line);
    }
    out
}

/// The rows of a page with every way to read them, as far as there are not too many.
fn candidates(bands: &[Band], page: u32) -> Vec<(&Band, Vec<Triple>)> {
    let (mut out, mut left) = (Vec::new(), TRIED_OF_PAGE);
    for band in bands.iter().filter(|band| band.line.page == page) {
        let triples = triples(band, left.min(TRIED));
        left -= triples.len();
        if !triples.is_empty() {
            out.push((band, triples));
        }
        if left == 0 {
            break;
        }
    }
    out
}

/// The columns in which the most rows of a page prove themselves.
fn geometry(bands: &[Band], page: u32) -> Option<Geometry> {
    let full = candidates(bands, page);
    let worth = |geometry: &Geometry| {
        let fit = |(band, triples): &(&Band, Vec<Triple>)| {
            triples.iter().filter(|triple| stands(band, triple, geometry)).map(|triple| telling(band, triple)).max()
        };
        full.iter().filter_map(fit).sum::<u32>()
    };
    let mut best: Option<(u32, Geometry)> = None;
    for (band, triples) in &full {
        for triple in triples {
            // Rows of the columns found already would only say the same again.
            if best.as_ref().is_some_and(|(_, geometry)| stands(band, triple, geometry)) {
                continue;
            }
            let geometry = Geometry {
                factors: triple.factors.map(|at| band.numbers[at].bbox),
                amount: band.numbers[triple.amount].bbox,
            };
            let worth = worth(&geometry);
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, geometry));
            }
        }
    }
    best.map(|(_, geometry)| geometry)
}

/// How much a product says: one by one says nothing, a number by one little.
fn telling(band: &Band, triple: &Triple) -> u32 {
    let [a, b] = triple.factors.map(|at| band.numbers[at].value);
    let ones = usize::from(a.abs() == Decimal::ONE) + usize::from(b.abs() == Decimal::ONE);
    // A rate, a sum and its tax are such a product as well.
    let apart = a.checked_mul(b).and_then(|made| made.checked_sub(band.numbers[triple.amount].value));
    let plain = apart.is_some_and(|apart| apart.abs() < Decimal::ONE);
    if plain { [10, 4, 1][ones] } else { 3 }
}

/// The ways to read a band as quantity, price and amount, up to so many.
fn triples(band: &Band, most: usize) -> Vec<Triple> {
    ways(band, |_, _| true).take(most).collect()
}

/// The ways to read a band of which the numbers may stand where they do: first and second factor and amount are 0, 1, 2.
fn ways<'b>(band: &'b Band, may: impl Fn(usize, &Number) -> bool + Copy + 'b) -> impl Iterator<Item = Triple> + 'b {
    let numbers: &[Number] = if band.numbers.len() > WIDE { &[] } else { &band.numbers };
    let amounts = (2..numbers.len()).filter(move |at| {
        let amount = &numbers[*at];
        !amount.value.is_zero() && amount.is_money && may(2, amount)
    });
    let seconds = move |first: usize, amount: usize| {
        let fits = move |second: &usize| {
            may(1, &numbers[*second]) && prove(numbers[first].value, numbers[*second].value, numbers[amount].value)
        };
        (first + 1..amount).filter(fits).map(move |second| Triple { factors: [first, second], amount })
    };
    amounts.flat_map(move |amount| {
        (0..amount).filter(move |first| may(0, &numbers[*first])).flat_map(move |first| seconds(first, amount))
    })
}

/// Whether two numbers make a third, as the price of one or of more; of one piece, or at one, only the former says something.
fn prove(quantity: Decimal, price: Decimal, amount: Decimal) -> bool {
    let plain = quantity == Decimal::ONE || price == Decimal::ONE;
    makes(quantity, price, amount, 1) || !plain && BASES.into_iter().any(|base| makes(quantity, price, amount, base))
}

/// The factors may stand a little apart: a unit behind them is set with them.
fn stands(band: &Band, triple: &Triple, geometry: &Geometry) -> bool {
    let [first, second] = triple.factors;
    [first, second, triple.amount].into_iter().enumerate().all(|(part, at)| geometry.may(part, &band.numbers[at]))
}

impl Geometry {
    /// Whether a number stands where the first factor, the second one or the amount do: 0, 1, 2.
    fn may(&self, part: usize, number: &Number) -> bool {
        match part {
            0 | 1 => same_column(&number.bbox, &self.factors[part], BESIDE),
            _ => same_column(&number.bbox, &self.amount, EDGE),
        }
    }
}

/// Whether two numbers are set in one column: at its left, its right, or around its middle.
fn same_column(a: &[f64; 4], b: &[f64; 4], edge: f64) -> bool {
    let near = |x: f64, y: f64| (x - y).abs() < edge;
    near(a[2], b[2]) || near(a[0], b[0]) || near(a[0] + a[2], b[0] + b[2])
}

/// The triple of a band that stands in the columns.
fn fits(band: &Band, geometry: &Geometry) -> Option<Triple> {
    ways(band, |part, number| geometry.may(part, number)).next()
}

/// The first row: rows right above the first proven one may prove nothing, as one with a discount.
fn begin(paper: &Paper<'_>, bands: &[Band], geometry: &Geometry, proven: usize) -> usize {
    let row = |at: usize| {
        let sum = bands[at].lines.iter().any(|line| is_sum(paper, *line));
        !sum && priced(&bands[at], at, geometry, [0, 1])
            .is_some_and(|row| row.quantity.is_some() && row.price.is_some())
    };
    let mut first = proven;
    while first > 0 && gap(&bands[first - 1], &bands[first]).is_some_and(|gap| gap < 3.0) && row(first - 1) {
        first -= 1;
    }
    first
}

/// The headings above the first row: the nearest line with two of them, and the lines without numbers around it.
fn headings(paper: &Paper<'_>, bands: &[Band], first: usize) -> Vec<Hint> {
    let Some(top) = bands[first].lines.first().copied() else { return Vec::new() };
    let page = paper.lines[top].page;
    let wordy = |line: &usize| {
        let line = &paper.lines[*line];
        line.page == page && !line.words().any(|word| paper.print.number(&word.text).is_some())
    };
    let known = |line: &usize| {
        let line = std::slice::from_ref(&paper.lines[*line]);
        hints(line).iter().filter(|heading| heading.holds.is_some()).count() > 1
    };
    let Some(nearest) = (0..top).rev().take(HEADINGS).find(|line| wordy(line) && known(line)) else {
        return Vec::new();
    };
    let above = (nearest.saturating_sub(2)..nearest).rev().take_while(|line| wordy(line) && known(line)).last();
    let below = (nearest..top).take_while(wordy).last().unwrap_or(nearest);
    hints(&paper.lines[above.unwrap_or(nearest)..=below])
}

/// Whether the price stands left of the quantity: the headings say so, else signs and decimals do.
fn is_exchanged(bands: &[Band], proven: &[usize], geometry: &Geometry, headings: &[Hint]) -> bool {
    let said = geometry.factors.map(|column| words::over(headings, column));
    match said {
        [Some(Holds::UnitPrice), _] | [_, Some(Holds::Quantity)] => return true,
        [Some(Holds::Quantity), _] | [_, Some(Holds::UnitPrice)] => return false,
        _ => {}
    }
    let triples = proven.iter().filter_map(|at| Some((&bands[*at], fits(&bands[*at], geometry)?)));
    let price_like = |number: &Number| usize::from(number.is_signed) * 3 + usize::from(number.is_money);
    let mut points = [0, 0];
    for (band, triple) in triples {
        for (factor, points) in triple.factors.into_iter().zip(&mut points) {
            *points += price_like(&band.numbers[factor]);
        }
    }
    points[0] > points[1]
}

/// The rows between the first and the last proven one, and those right below: proven, or with words and an amount in the column.
fn rows(
    paper: &Paper<'_>,
    bands: &[Band],
    geometry: &Geometry,
    (first, last): (usize, usize),
    exchanged: bool,
) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let columns = if exchanged { [1, 0] } else { [0, 1] };
    let mut reach = f64::INFINITY;
    for (at, band) in bands.iter().enumerate().skip(first) {
        let (top, bottom, size) = extent(&band.line);
        let is_sum = band.lines.iter().any(|line| is_sum(paper, *line));
        if at > last
            && (band.line.page != bands[last].line.page
                || is_sum
                || top - reach > OVER * size
                || top < reach - 2.0 * size)
        {
            break;
        }
        let row = match fits(band, geometry) {
            Some(triple) => {
                let factor = |which: usize| Some(triple.factors[columns[which]]);
                Some(Row { band: at, quantity: factor(0), price: factor(1), amount: triple.amount, more: Vec::new() })
            }
            None if is_sum => None,
            None => priced(band, at, geometry, columns),
        };
        let in_table = row.is_some();
        out.extend(row.filter(|row| at <= last || row.quantity.is_some() || top - reach < 2.0 * size));
        if in_table || at <= last {
            reach = bottom;
        }
    }
    out
}

/// A row whose numbers prove nothing: words with an amount in its column, perhaps a quantity and a price in theirs.
fn priced(band: &Band, at: usize, geometry: &Geometry, columns: [usize; 2]) -> Option<Row> {
    let in_column = |column: &[f64; 4]| {
        band.numbers.iter().rposition(|number| {
            let overlap = number.bbox[2].min(column[2]) - number.bbox[0].max(column[0]);
            same_column(&number.bbox, column, EDGE) || overlap > 0.5 * (number.bbox[2] - number.bbox[0])
        })
    };
    let amount = in_column(&geometry.amount).filter(|amount| band.numbers[*amount].is_money)?;
    let named = band.line.words().any(|word| letters(&word.text) > 1);
    let factor = |which: usize| in_column(&geometry.factors[columns[which]]).filter(|factor| *factor != amount);
    named.then(|| Row { band: at, quantity: factor(0), price: factor(1), amount, more: Vec::new() })
}

/// Whether a line is labelled as a sum.
pub(super) fn is_sum(paper: &Paper<'_>, line: usize) -> bool {
    paper.labels.in_line(line).iter().any(|label| label.from == 0 && label.weight >= 2 && SUMS.contains(&label.field))
}

/// The gap between two bands in font sizes of the lower; `None` on different pages.
pub(super) fn gap(above: &Band, below: &Band) -> Option<f64> {
    let (top, _, size) = extent(&below.line);
    (above.line.page == below.line.page).then(|| (top - extent(&above.line).1) / size)
}

/// Whether a line of words stands close enough to a row to belong to it.
pub(super) fn belongs(gap: Option<f64>, other: Option<f64>) -> bool {
    gap.is_some_and(|gap| gap < APART && other.is_none_or(|other| other > gap - NEARER))
}

/// The box around some words.
pub(super) fn around(words: &[Token]) -> [f64; 4] {
    words.iter().map(|word| word.bbox).reduce(union).unwrap_or_default()
}
