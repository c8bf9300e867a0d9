//! Bid tabs: what several bidders ask for the same items, side by side. One record per bidder, with all items.
//!
//! Known by its table: columns that say what the items are, then for every bidder a unit price and an amount under his
//! name. Further bidders may stand on further pages, with the items said once more.

use std::collections::BTreeMap;

use signwright_domain::Currency;
use signwright_domain::printed::{Table, TableCell, TableRow, TableRowKind};
use signwright_domain::record::{
    Field, Parsed, Place, Record, RecordKind, RecordLine, Reject, RejectReason, Section, Value,
};

use super::items::{Holds, named};
use super::kind::Kind;
use super::labels::{Labels, Near};
use super::print::Print;
use super::{Paper, fold, heading, sums};
use crate::layout::lines::{Line, union};
use crate::layout::{Reading, assembled, grid};
use crate::pdf::open::Text;
use crate::pdf::reject;
use crate::pdf::second::SecondOpinion;
use crate::pdf::words::Token;

/// A value in its column, before arithmetic, and a bidder's name over his columns.
const SEEN: f64 = 0.91;
const NAMED: f64 = 0.92;

/// A name further above the table than this, in font sizes, is no bidder's.
const NEAR: f64 = 1.6;

/// The columns of one bidder.
#[derive(Debug)]
struct Group {
    bidder: Option<TableCell>,
    price: Option<u32>,
    amount: u32,
}

/// What is known of one bidder.
#[derive(Default)]
struct Bid {
    vendor: Option<Field>,
    lines: Vec<RecordLine>,
    total: Option<Field>,
    rejects: Vec<Reject>,
}

/// Reads a bid tab; `None` where the document has no table of one.
pub(in crate::layout) fn read(
    text: &Text,
    lines: &[Line],
    second: Option<&SecondOpinion>,
    currency: Currency,
) -> Option<Reading> {
    if !lines.iter().any(has_several_prices) {
        return None;
    }
    let labels = Labels::of(lines);
    let print = Print::of(lines, &labels, currency, second);
    let paper = Paper { lines, labels, print, kind: Kind::Bids };
    let mut bids: Vec<(String, Bid)> = Vec::new();
    let mut nameless = 0;
    for table in grid::tables(text) {
        let Some((base, mut groups)) = columns(&table) else { continue };
        for group in &mut groups {
            group.bidder = group.bidder.take().or_else(|| above(lines, &table, group));
            let Some(name) = &group.bidder else {
                nameless += 1;
                continue;
            };
            let key = fold::fold(&name.text);
            let at = bids.iter().position(|(other, _)| *other == key).unwrap_or_else(|| {
                bids.push((key, Bid::default()));
                bids.len() - 1
            });
            take(&paper, &table, &base, &*group, &mut bids[at].1);
        }
    }
    bids.retain(|(_, bid)| !bid.lines.is_empty());
    (bids.len() + nameless > 1).then(|| reading(&paper, bids, nameless))
}

/// The heading of a bid tab says "unit price" once for every bidder.
fn has_several_prices(line: &Line) -> bool {
    let count = |known: &[&str]| {
        let is = |text: &str| {
            let plain = text.trim_matches(|c: char| !c.is_ascii_alphabetic());
            known.iter().any(|word| word.eq_ignore_ascii_case(plain))
        };
        line.words().filter(|word| is(&word.text)).count()
    };
    line.cells.len() > 2
        && count(&["PRICE", "COST", "RATE", "UNIT"]) >= 2
        && count(&["PRICE", "COST", "TOTAL", "AMOUNT", "EXTENSION", "EXTENDED"]) >= 3
}

/// The columns that say what the items are, and those of every bidder; `None` where it is no table of bids.
fn columns(table: &Table) -> Option<(BTreeMap<Holds, u32>, Vec<Group>)> {
    let header: Vec<&TableRow> = table.rows.iter().take_while(|row| row.kind == TableRowKind::Header).collect();
    let named = |column: u32| {
        let over = |cell: &&TableCell| cell.column == column && cell.columns == 1;
        header.iter().rev().flat_map(|row| &row.cells).filter(over).find_map(|cell| named(&cell.text))
    };
    let (mut base, mut groups, mut price) = (BTreeMap::new(), Vec::new(), None);
    for column in 0..table.columns.len() as u32 {
        match named(column) {
            Some(Holds::UnitPrice) => price = Some(column),
            Some(Holds::Amount) => groups.push(Group { bidder: None, price: price.take(), amount: column }),
            Some(holds) if groups.is_empty() && price.is_none() => {
                // `Item` before `Item Description` is its number.
                match base.get(&holds).copied() {
                    Some(first) if holds == Holds::Description && !base.contains_key(&Holds::Item) => {
                        base.extend([(Holds::Item, first), (holds, column)]);
                    }
                    Some(_) => {}
                    None => drop(base.insert(holds, column)),
                }
            }
            Some(_) | None => {}
        }
    }
    let tells = base.contains_key(&Holds::Description) || base.contains_key(&Holds::Item);
    if groups.len() < 2 || !tells {
        return None;
    }
    for group in &mut groups {
        let (first, last) = (group.price.unwrap_or(group.amount), group.amount);
        let over = |cell: &&&TableCell| {
            cell.column <= last && cell.column + cell.columns > first && cell.columns <= last - first + 1
        };
        let names = header.iter().flat_map(|row| &row.cells).collect::<Vec<_>>();
        let own: Vec<&&TableCell> =
            names.iter().filter(over).filter(|cell| self::named(&cell.text).is_none()).collect();
        group.bidder = joined(&own);
    }
    Some((base, groups))
}

/// A name that stands in several cells or lines is one.
fn joined(cells: &[&&TableCell]) -> Option<TableCell> {
    let mut cells = cells.iter();
    let mut name = TableCell::clone(cells.next()?);
    for cell in cells {
        name.text = format!("{} {}", name.text, cell.text);
        name.bbox = union(name.bbox, cell.bbox);
    }
    name.text.chars().any(char::is_alphabetic).then_some(name)
}

/// A name that stands over a bidder's columns, a little above the table.
fn above(lines: &[Line], table: &Table, group: &Group) -> Option<TableCell> {
    let columns = [group.price.unwrap_or(group.amount), group.amount];
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let own = cells()
        .filter(|cell| cell.columns == 1 && columns.contains(&cell.column))
        .map(|cell| cell.bbox)
        .reduce(union)?;
    let head = table.rows.first()?.cells.first()?;
    let top = table.rows[0].cells.iter().map(|cell| cell.bbox[1]).fold(f64::INFINITY, f64::min);
    let (mut name, mut edge): (Option<TableCell>, f64) = (None, top);
    for line in lines.iter().rev().filter(|line| line.page == head.page) {
        for words in &line.cells {
            let Some(bbox) = words.iter().map(|word| word.bbox).reduce(union) else { continue };
            let middle = f64::midpoint(bbox[0], bbox[2]);
            let over = (own[0]..own[2]).contains(&middle) && bbox[2] - bbox[0] < 1.3 * (own[2] - own[0]);
            if over && bbox[3] <= edge + 1.0 && edge - bbox[3] < NEAR * words[0].size {
                edge = bbox[1];
                let text = crate::layout::lines::raw(words);
                let below = name.map_or(String::new(), |below: TableCell| format!(" {}", below.text));
                let cell =
                    TableCell { column: columns[0], columns: 2, rows: 1, text: text + &below, page: line.page, bbox };
                name = Some(cell);
            }
        }
    }
    name.filter(|name| name.text.chars().any(char::is_alphabetic))
}

fn take(paper: &Paper<'_>, table: &Table, base: &BTreeMap<Holds, u32>, group: &Group, bid: &mut Bid) {
    if let (None, Some(name)) = (&bid.vendor, &group.bidder) {
        let name = TableCell { text: name.text.replace('\n', " "), ..name.clone() };
        bid.vendor =
            field(paper, &name, Some(Value::Text(name.text.clone())), NAMED, "name over the columns of a bidder");
    }
    for row in table.rows.iter().filter(|row| row.kind != TableRowKind::Header) {
        let cell =
            |column: u32| row.cells.iter().find(|cell| cell.column <= column && cell.column + cell.columns > column);
        let amount = cell(group.amount).and_then(|cell| money(paper, cell, "column amount"));
        let missing = |column: Option<u32>, found: bool| column.filter(|_| !found).and_then(cell);
        if row.kind == TableRowKind::Subtotal {
            bid.total = amount.or_else(|| bid.total.take());
            continue;
        }
        let price = group.price.and_then(cell).and_then(|cell| number(paper, cell, "column unit price"));
        let mut fields = BTreeMap::new();
        for (holds, column) in base {
            let Some(cell) = cell(*column) else { continue };
            let text = || field(paper, cell, Some(Value::Text(cell.text.clone())), SEEN, "column of the items");
            let (name, found) = match holds {
                Holds::Description => ("description", text()),
                Holds::Item | Holds::Position => ("item_number", text()),
                Holds::Unit => ("unit", text()),
                Holds::Quantity => ("quantity", number(paper, cell, "column quantity")),
                Holds::UnitPrice | Holds::Discount | Holds::Tax | Holds::Amount | Holds::Other | Holds::Closed => {
                    continue;
                }
            };
            fields.extend(found.map(|found| (name.to_owned(), found)));
        }
        let tells = fields.contains_key("description") || fields.contains_key("item_number");
        if tells {
            let unread = [missing(Some(group.amount), amount.is_some()), missing(group.price, price.is_some())];
            bid.rejects.extend(unread.into_iter().flatten().filter(|cell| is_meant(&cell.text)).map(unreadable));
        }
        if !tells || (amount.is_none() && price.is_none()) {
            continue;
        }
        fields.extend(price.map(|price| ("unit_price".to_owned(), price)));
        fields.extend(amount.map(|amount| ("amount".to_owned(), amount)));
        bid.lines.push(RecordLine { section: Section::Item, fields });
    }
}

/// The words of a cell, each with the box of the whole.
fn words(cell: &TableCell) -> Vec<Token> {
    let size = cell.bbox[3] - cell.bbox[1];
    let token =
        |text: &str| Token { text: text.to_owned(), bbox: cell.bbox, baseline: cell.bbox[3], size, level: true };
    cell.text.split_whitespace().map(token).collect()
}

fn field(paper: &Paper<'_>, cell: &TableCell, value: Option<Value>, confidence: f64, found_by: &str) -> Option<Field> {
    let near = Near { line: 0, page: cell.page, words: words(cell) };
    Some(paper.print.field(&near, value?, confidence, found_by.to_owned()))
}

/// A cell that was meant to hold something; a dash stands for nothing.
fn is_meant(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

fn unreadable(cell: &TableCell) -> Reject {
    Reject {
        kind: Some(RecordKind::BidTab),
        field: Some("lines".to_owned()),
        place: Some(Place::Page { page: cell.page, bbox: cell.bbox }),
        raw: cell.text.clone(),
        ..reject(RejectReason::NotANumber, format!("\"{}\" is not a price", cell.text))
    }
}

fn number(paper: &Paper<'_>, cell: &TableCell, found_by: &str) -> Option<Field> {
    let amounts = paper.print.amounts(&words(cell));
    let value = amounts.first().filter(|_| amounts.len() == 1).map(|amount| Value::Number(amount.value));
    field(paper, cell, value, SEEN, found_by)
}

fn money(paper: &Paper<'_>, cell: &TableCell, found_by: &str) -> Option<Field> {
    let amounts = paper.print.amounts(&words(cell));
    let value = amounts.first().filter(|_| amounts.len() == 1).and_then(|amount| paper.print.money(amount.value));
    field(paper, cell, value.map(Value::Money), SEEN, found_by)
}

fn reading(paper: &Paper<'_>, bids: Vec<(String, Bid)>, nameless: usize) -> Reading {
    let heading = heading::read(paper);
    let mut parsed = Parsed::default();
    let mut kind = signwright_domain::record::DocumentKind::BidTab;
    for (_, bid) in bids {
        let mut fields = heading.clone();
        fields.extend(bid.vendor.map(|vendor| ("vendor".to_owned(), vendor)));
        fields.extend(bid.total.map(|total| ("total".to_owned(), total)));
        let raw = |name: &str| fields.get(name).map(|field| field.raw.clone());
        let paper_key = raw("number").or_else(|| raw("date"));
        let key = raw("vendor").map(|vendor| paper_key.map_or(vendor.clone(), |paper| format!("{vendor}/{paper}")));
        let one = assembled(RecordKind::BidTab, "bid-tab", key, (fields, bid.lines), Vec::new(), sums);
        kind = one.kind;
        parsed.records.extend(one.parsed.records);
        parsed.rejects.extend(one.parsed.rejects);
        parsed.rejects.extend(bid.rejects);
        parsed.checks.extend(one.parsed.checks.into_iter().map(|check| told(check, parsed.records.last())));
    }
    for _ in 0..nameless {
        let message = "a bidder's columns have no name that could be read".to_owned();
        parsed.rejects.push(reject(RejectReason::MissingKey, message));
    }
    Reading { kind, layout: Some("bid-tab"), parsed, message: None }
}

/// A check says whose bid it is about.
fn told(check: signwright_domain::record::Check, of: Option<&Record>) -> signwright_domain::record::Check {
    let vendor = of.and_then(|record| record.text("vendor")).unwrap_or_default();
    signwright_domain::record::Check { name: format!("{vendor}: {}", check.name), ..check }
}
