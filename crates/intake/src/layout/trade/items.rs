//! The line items: tables under a header that names a description and a price, in any language and over any number of
//! pages, with descriptions that go on below.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};
use signwright_domain::Money;
use signwright_domain::record::{Field, Record, RecordLine, Section, Value};

use super::Paper;
use super::labels::Near;
use crate::layout::checks::{Part, Sum, money};
use crate::layout::lines::{Line, letters};
use crate::pdf::words::Token;

mod columns;
mod listed;
mod proven;

use columns::Header;
pub(super) use columns::{Holds, named};
pub(super) use listed::listed;

/// Labels of sums: what stands beside them is no item.
const SUMS: &[&str] =
    &["total", "subtotal", "lines_total", "tax", "shipping", "discount", "prepaid", "amount_due", "carried"];
/// A value in its column, before arithmetic.
const SEEN: f64 = 0.91;
/// A line further below the last one than this many font sizes does not belong to it.
const APART: f64 = 1.1;
/// A table ends where nothing at all follows for this many font sizes.
const OVER: f64 = 7.0;

/// How much nearer, in font sizes, a line must stand to the row below it to belong to it.
const NEARER: f64 = 0.3;
/// How many pieces a price may be for, where it is not for one.
const BASES: [u32; 3] = [100, 1000, 10];

/// A row while it grows.
struct Row {
    page: u32,
    bottom: f64,
    cells: BTreeMap<Holds, Vec<Token>>,
    line: usize,
}

/// The items of a paper, and the lines of it that they and their headers take.
#[derive(Default)]
pub(super) struct Items {
    pub(super) lines: Vec<RecordLine>,
    pub(super) taken: BTreeSet<usize>,
}

/// All items of a paper: as the header of their table says or as arithmetic does, whichever proves more.
pub(super) fn read(paper: &Paper<'_>) -> Items {
    let headed = headed(paper);
    // Prices may be for more than one piece and amounts less a discount: then only the header knows.
    if proofs(&headed) > 0 && described(&headed) > 0 || is_whole(&headed) && !headed.lines.is_empty() {
        return headed;
    }
    let proven = proven::read(paper);
    let worth = |items: &Items| (is_summed(paper, items), proofs(items), described(items));
    if worth(&proven) > worth(&headed) { proven } else { headed }
}

/// Whether the amounts of the items make a sum that is printed outside of them.
fn is_summed(paper: &Paper<'_>, items: &Items) -> bool {
    let Some(made) = (!items.lines.is_empty()).then(|| super::totals::lines_total(&items.lines)).flatten() else {
        return false;
    };
    let others = paper.lines.iter().enumerate().filter(|(number, _)| !items.taken.contains(number));
    let mut cells = others.flat_map(|(_, line)| &line.cells);
    cells.any(|cell| paper.print.amounts(cell).iter().any(|amount| amount.is_money && amount.value == made))
}

/// Whether every item has its name, quantity, price and amount.
fn is_whole(items: &Items) -> bool {
    let has = |line: &RecordLine| {
        ["description", "quantity", "unit_price", "amount"].into_iter().all(|name| line.fields.contains_key(name))
    };
    described(items) == items.lines.len() && items.lines.iter().all(has)
}

/// How many items prove themselves, and how many have a name.
fn proofs(items: &Items) -> usize {
    items.lines.iter().filter(|line| makes_amount(line) || line.fields.contains_key("discount")).count()
}

fn described(items: &Items) -> usize {
    let named = |line: &&RecordLine| line.fields.get("description").is_some_and(|name| letters(&name.raw) > 2);
    items.lines.iter().filter(named).count()
}

fn makes_amount(line: &RecordLine) -> bool {
    factors(line).is_some_and(|(quantity, price, amount)| makes(quantity, price, amount, 1))
}

/// Quantity, price and amount of a line that has all three.
fn factors(line: &RecordLine) -> Option<(Decimal, Decimal, Decimal)> {
    Some((decimal(line, "quantity")?, decimal(line, "unit_price")?, decimal(line, "amount")?))
}

/// Whether a quantity at a price for so many pieces is an amount, rounded to the cent.
fn makes(quantity: Decimal, price: Decimal, amount: Decimal, base: u32) -> bool {
    let made = quantity.checked_mul(price).and_then(|product| product.checked_div(Decimal::from(base)));
    made.is_some_and(|made| made.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero) == amount)
}

fn decimal(line: &RecordLine, name: &str) -> Option<Decimal> {
    match &line.fields.get(name)?.value {
        Value::Number(number) => Some(*number),
        Value::Money(money) => Some(money.to_decimal()),
        Value::Text(_) | Value::Date(_) | Value::Flag(_) => None,
    }
}

/// The items of tables under a header.
fn headed(paper: &Paper<'_>) -> Items {
    let mut tables: Vec<(Header, Vec<Row>)> = Vec::new();
    let mut heads: Vec<std::ops::Range<usize>> = Vec::new();
    let (mut open, mut reach) = (false, 0.0);
    let mut at = 0;
    while at < paper.lines.len() {
        if let Some((header, next)) = Header::at(paper.lines, at) {
            tables.push((header, Vec::new()));
            heads.push(at..next);
            reach = extent(&paper.lines[next - 1]).1;
            (open, at) = (true, next);
            continue;
        }
        if let Some((header, rows)) = tables.last_mut().filter(|_| open) {
            let (top, bottom, size) = extent(&paper.lines[at]);
            let same_page = at > 0 && paper.lines[at - 1].page == paper.lines[at].page;
            open = !(same_page && top - reach > OVER * size)
                && (take(paper, at, (header, heads.last().map_or(0, |head| head.end)), rows)
                    || is_between(paper, at, header));
            reach = bottom;
        }
        at += 1;
    }
    // Other tables of a paper (taxes, payments) have other columns than its items.
    let most = tables.iter().filter(|(_, rows)| !rows.is_empty()).map(|(header, _)| header.worth()).max();
    let mut items = Items::default();
    for ((header, rows), head) in tables.into_iter().zip(heads).filter(|((header, _), _)| Some(header.worth()) == most)
    {
        items.taken.extend(head.chain(rows.iter().map(|row| row.line)));
        let rows = rows.into_iter().map(|row| numbered(row, header.item_above));
        items.lines.extend(rows.filter_map(|row| line(paper, row)).map(|line| per_one(counted(paper, line))));
    }
    items
}

/// Takes one line into an open table, whose header ends before line `first`; false where the table ends.
fn take(paper: &Paper<'_>, at: usize, (header, first): (&Header, usize), rows: &mut Vec<Row>) -> bool {
    let line = &paper.lines[at];
    let cells = header.sorted(line, &|text| paper.print.number(text).is_some());
    let numeric = |holds: Holds| cells.get(&holds).is_some_and(|words| !paper.print.amounts(words).is_empty());
    let priced = [Holds::Amount, Holds::UnitPrice, Holds::Quantity].into_iter().filter(|holds| numeric(*holds)).count();
    let named = cells.contains_key(&Holds::Description) || cells.contains_key(&Holds::Item);
    match labelled(paper, at) {
        Some("carried") => return true,
        Some(_) if priced < 3 || !named => return false,
        Some(_) | None => {}
    }
    let (top, bottom, size) = extent(line);
    // An amount that stands a little lower than its row.
    let described = cells.contains_key(&Holds::Description);
    let lower = |last: &Row| {
        last.page == line.page && !last.cells.contains_key(&Holds::Amount) && top < last.bottom + 2.0 * size
    };
    if priced == 1
        && numeric(Holds::Amount)
        && !described
        && let Some(last) = rows.last_mut().filter(|last| lower(last))
    {
        last.cells.insert(Holds::Amount, cells[&Holds::Amount].clone());
        return true;
    }
    let enough = if header.has(Holds::UnitPrice) && header.has(Holds::Amount) { 2 } else { 1 };
    let begins = (priced >= enough && named)
        || (priced >= 2)
        || (priced == 1 && named && numeric(Holds::Amount) && !is_tail(rows, line, top));
    if begins {
        let mut cells = cells;
        let own = cells.get(&Holds::Description).cloned().unwrap_or_default();
        let above = named_above(paper, at, (header, first), rows, &own);
        if !above.is_empty() {
            cells.insert(Holds::Description, above.into_iter().chain(own).collect());
        }
        rows.push(Row { page: line.page, bottom, cells, line: at });
    } else if let Some(last) = rows.last_mut().filter(|last| last.page == line.page && top - last.bottom < APART * size)
    {
        go_on(last, &cells, bottom, priced);
    }
    true
}

/// The lines of words right above a row that belong to it, where its numbers stand in its last line: they stand nearer to
/// it than to what is above them, and break off or are all the name there is. The row before gives them back.
fn named_above(
    paper: &Paper<'_>,
    at: usize,
    (header, first): (&Header, usize),
    rows: &mut [Row],
    own: &[Token],
) -> Vec<Token> {
    let is_number = |text: &str| paper.print.number(text).is_some();
    let first_free = rows.last().map_or(first, |last| first.max(last.line + 1));
    let gap = |below: usize| {
        let (above, line) = (paper.lines.get(below.checked_sub(1)?)?, paper.lines.get(below)?);
        let (top, _, size) = extent(line);
        (above.page == line.page).then(|| (top - extent(above).1) / size)
    };
    let alone = |line: usize| {
        let cells = header.sorted(&paper.lines[line], &is_number);
        cells.keys().eq([&Holds::Description]) && labelled(paper, line).is_none()
    };
    let mut from = at;
    while from > first_free && gap(from).is_some_and(|gap| gap < APART) && alone(from - 1) {
        from -= 1;
    }
    let (Some(below), above) = (gap(at), gap(from)) else { return Vec::new() };
    let nearer = above.is_none_or(|above| above > below + NEARER);
    if from == at || !(nearer || (own.is_empty() && rows.is_empty())) {
        return Vec::new();
    }
    let words: Vec<Token> = paper.lines[from..at].iter().flat_map(Line::words).cloned().collect();
    // The name of a group of items stands above its first item as well, and nothing is broken off there.
    let small = own.first().is_none_or(|word| word.text.starts_with(|c: char| c.is_lowercase() || c == '('));
    let broken = words.last().is_some_and(|word| word.text.ends_with([',', '-', '&', '/']));
    if !small && !broken {
        return Vec::new();
    }
    if let Some(before) = rows.last_mut().and_then(|last| last.cells.get_mut(&Holds::Description)) {
        before.retain(|word| words.iter().all(|other| other.bbox != word.bbox));
    }
    words
}

/// Whether more items follow a line that sums some of them up: rows whose quantity times price is their amount.
fn is_between(paper: &Paper<'_>, at: usize, header: &Header) -> bool {
    const AHEAD: usize = 8;
    let proven = |line: &Line| {
        let cells = header.sorted(line, &|text| paper.print.number(text).is_some());
        let value = |holds: Holds| Some(paper.print.amounts(cells.get(&holds)?).last()?.value);
        let (quantity, price) = (value(Holds::Quantity), value(Holds::UnitPrice));
        let product = quantity.and_then(|quantity| quantity.checked_mul(price?));
        product.is_some_and(|product| !product.is_zero() && value(Holds::Amount) == Some(product.round_dp(2)))
    };
    let named =
        |line: &Line| header.sorted(line, &|text| paper.print.number(text).is_some()).contains_key(&Holds::Description);
    paper.lines.iter().skip(at + 1).take(AHEAD).any(|line| named(line) && proven(line))
}

/// Whether a line stands so close below the last row that it goes on with it.
fn is_tail(rows: &[Row], line: &Line, top: f64) -> bool {
    rows.last()
        .is_some_and(|last| last.page == line.page && last.cells.contains_key(&Holds::Amount) && top < last.bottom)
}

/// A description goes on in the next line; a remark with a number of its own (`List price: 9.90`) does not.
fn go_on(last: &mut Row, cells: &BTreeMap<Holds, Vec<Token>>, bottom: f64, priced: usize) {
    let Some(more) = cells.get(&Holds::Description).filter(|_| priced == 0) else { return };
    last.bottom = bottom;
    let number =
        |word: &Token| word.text.contains(['.', ',']) && word.text.bytes().filter(u8::is_ascii_digit).count() > 2;
    let remark =
        more.last().is_some_and(number) && more.iter().any(|word| word.text.ends_with(':') || word.text == ":");
    if remark {
        last.cells.insert(Holds::Closed, Vec::new());
    } else if !last.cells.contains_key(&Holds::Closed) {
        last.cells.entry(Holds::Description).or_default().extend(more.iter().cloned());
    }
}

/// The sum that a line is labelled with.
fn labelled(paper: &Paper<'_>, at: usize) -> Option<&'static str> {
    let labels = paper.labels.in_line(at).iter().filter(|label| label.from == 0 && label.weight >= 2);
    let mut sums = labels.filter(|label| SUMS.contains(&label.field));
    let first = sums.next()?;
    let money = |cell: &Vec<Token>| paper.print.amounts(cell).iter().any(|amount| amount.is_money);
    paper.lines[at].cells.iter().any(money).then_some(first.field)
}

fn extent(line: &Line) -> (f64, f64, f64) {
    let words = || line.words();
    let top = words().map(|word| word.bbox[1]).fold(f64::INFINITY, f64::min);
    let bottom = words().map(|word| word.bbox[3]).fold(0.0, f64::max);
    (top, bottom, words().map(|word| word.size).fold(1.0, f64::max))
}

/// Where a column holds the item's number above its description, the first line is the number.
fn numbered(mut row: Row, item_above: bool) -> Row {
    let Some(words) = row.cells.get_mut(&Holds::Description).filter(|_| item_above) else { return row };
    let top = words.first().map_or(0.0, |word| word.baseline);
    let first = |word: &Token| (word.baseline - top).abs() < 0.5 * word.size;
    let (number, rest): (Vec<Token>, Vec<Token>) = words.drain(..).partition(first);
    if rest.is_empty() {
        *words = number;
    } else {
        *words = rest;
        row.cells.insert(Holds::Item, number);
    }
    row
}

/// A quantity without a heading stands before the description: it is the one that times the price makes the amount.
fn counted(paper: &Paper<'_>, mut line: RecordLine) -> RecordLine {
    let decimal = |name: &str| decimal(&line, name);
    let (Some(price), Some(amount), None) = (decimal("unit_price"), decimal("amount"), decimal("quantity")) else {
        return line;
    };
    let Some(described) = line.fields.get("description").cloned() else { return line };
    let Some((first, rest)) = described.raw.split_once(' ') else { return line };
    let fits = |count: &Decimal| count.checked_mul(price).is_some_and(|made| made.round_dp(2) == amount);
    if let Some(count) = paper.print.number(first).filter(fits) {
        let found_by = "the number that times the price makes the amount".to_owned();
        let quantity = Field { value: Value::Number(count), raw: first.to_owned(), found_by, ..described.clone() };
        let rest = Field { value: Value::Text(rest.to_owned()), raw: rest.to_owned(), ..described };
        line.fields.extend([("quantity".to_owned(), quantity), ("description".to_owned(), rest)]);
    }
    line
}

/// A price for a hundred or a thousand becomes the price of one, where only that makes the amount.
fn per_one(mut line: RecordLine) -> RecordLine {
    let Some((quantity, price, amount)) = factors(&line).filter(|(.., amount)| !amount.is_zero()) else { return line };
    if makes(quantity, price, amount, 1) || line.fields.contains_key("discount") {
        return line;
    }
    let base = BASES.into_iter().find(|base| makes(quantity, price, amount, *base));
    if let (Some(base), Some(field)) = (base, line.fields.get_mut("unit_price")) {
        field.value = Value::Number((price / Decimal::from(base)).normalize());
        field.found_by = format!("{}, which is for {base}: that makes the amount", field.found_by);
    }
    line
}

/// A row as fields; one without amount and price is none.
fn line(paper: &Paper<'_>, row: Row) -> Option<RecordLine> {
    let mut fields = BTreeMap::new();
    let near = |words: &[Token]| Near { line: row.line, page: row.page, words: words.to_vec() };
    let mut put = |name: &str, words: &[Token], value: Value| {
        let field = paper.print.field(&near(words), value, SEEN, format!("column {}", name.replace('_', " ")));
        fields.insert(name.to_owned(), field);
    };
    for (holds, words) in &row.cells {
        let text = || Value::Text(crate::layout::lines::raw(words));
        let number = paper.print.amounts(words).last().copied();
        match holds {
            Holds::Description => put("description", words, text()),
            Holds::Item => put("item_number", words, text()),
            Holds::Unit => put("unit", words, text()),
            Holds::Quantity => {
                if let Some(first) = paper.print.amounts(words).first() {
                    put("quantity", &words[first.from..first.to], Value::Number(first.value));
                    let unit = &words[first.to..];
                    if !unit.is_empty() && unit.iter().all(|word| word.text.chars().any(char::is_alphabetic)) {
                        put("unit", unit, Value::Text(crate::layout::lines::raw(unit)));
                    }
                }
            }
            Holds::UnitPrice => {
                if let Some(price) = paper.print.amounts(words).first() {
                    put("unit_price", &words[price.from..price.to], Value::Number(price.value));
                }
            }
            Holds::Amount => {
                if let Some((amount, money)) = number.and_then(|n| Some((n, paper.print.money(n.value)?))) {
                    put("amount", &words[amount.from..amount.to], Value::Money(money));
                }
            }
            Holds::Discount => {
                if number.is_some_and(|number| !number.value.is_zero())
                    || words.iter().any(|word| word.text.ends_with('%'))
                {
                    put("discount", words, text());
                }
            }
            Holds::Position | Holds::Tax | Holds::Other | Holds::Closed => {}
        }
    }
    let worth = fields.contains_key("amount") || fields.contains_key("unit_price");
    (worth && fields.len() >= 2).then_some(RecordLine { section: Section::Item, fields })
}

/// Quantity times unit price, rounded to the cent, against a line's amount; nothing to check where a discount is printed.
pub(super) fn extension(record: &Record, line: usize) -> Option<Sum> {
    let fields = &record.lines.get(line)?.fields;
    let amount = money(&record.lines[line], "amount")?;
    if fields.contains_key("discount") {
        return None;
    }
    let product = number(fields, "quantity")?.checked_mul(number(fields, "unit_price")?)?;
    let rounded = product.round_dp_with_strategy(amount.currency.places(), RoundingStrategy::MidpointAwayFromZero);
    Some(Sum {
        name: format!("line {}: quantity times unit price is the amount", line + 1),
        printed: Part::Line(line, "amount"),
        computed: Money::from_decimal(rounded, amount.currency).ok()?,
        parts: vec![Part::Line(line, "quantity"), Part::Line(line, "unit_price")],
    })
}

fn number(fields: &BTreeMap<String, Field>, name: &str) -> Option<Decimal> {
    match &fields.get(name)?.value {
        Value::Number(number) => Some(*number),
        Value::Money(_) | Value::Text(_) | Value::Date(_) | Value::Flag(_) => None,
    }
}
