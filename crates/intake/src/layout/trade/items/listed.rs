//! Items without a header: what was done and what it costs, line below line. Taken only where their amounts make the
//! printed sum, because nothing else says that they are items.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use signwright_domain::record::{Field, RecordLine, Section, Value};

use super::{APART, SEEN, SUMS, extent};
use crate::layout::lines::{letters, raw};
use crate::layout::trade::Paper;
use crate::layout::trade::labels::Near;
use crate::layout::trade::print::Amount;
use crate::pdf::words::Token;

/// How far the right edges of amounts of one list may stand apart, in points.
const EDGE: f64 = 2.5;
/// More lines than this are no list.
const MOST: usize = 300;

/// A line that may be an item.
struct Entry {
    line: usize,
    page: u32,
    words: Vec<Token>,
    money: Vec<Token>,
    amount: Amount,
}

/// The longest run of such lines whose amounts make the subtotal or the total; at least two.
pub(in crate::layout::trade) fn listed(paper: &Paper<'_>, sums: &BTreeMap<String, Field>) -> Vec<RecordLine> {
    let wanted: Vec<Decimal> = ["lines_total", "subtotal", "total"]
        .iter()
        .filter_map(|name| match sums.get(*name)?.value {
            Value::Money(money) => Some(money.to_decimal()),
            Value::Number(_) | Value::Text(_) | Value::Date(_) | Value::Flag(_) => None,
        })
        .filter(|sum| !sum.is_zero())
        .collect();
    let mut entries: Vec<Entry> = (0..paper.lines.len()).filter_map(|line| entry(paper, line)).collect();
    entries.truncate(MOST);
    let edge = |entry: &Entry| entry.money.last().map_or(0.0, |word| word.bbox[2]);
    let mut best = 0..0;
    for from in 0..entries.len() {
        let mut sum = Decimal::ZERO;
        for to in from..entries.len() {
            if (edge(&entries[to]) - edge(&entries[from])).abs() > EDGE {
                break;
            }
            let Some(made) = sum.checked_add(entries[to].amount.value) else { break };
            sum = made;
            if to > from && to + 1 - from > best.len() && wanted.contains(&sum) {
                best = from..to + 1;
            }
        }
    }
    entries[best].iter().filter_map(|entry| item(paper, entry)).collect()
}

/// A line of words with one amount at its end, which no label makes a sum.
fn entry(paper: &Paper<'_>, line: usize) -> Option<Entry> {
    let content = &paper.lines[line];
    let (money, before) = content.cells.split_last()?;
    let amounts = paper.print.amounts(money);
    let (first, others) = (before.first()?, before.get(1..).unwrap_or_default());
    let [amount] = amounts.as_slice() else { return None };
    let bare = amount.is_money && amount.from == 0 && amount.to == money.len();
    let named = letters(&raw(first)) > 1;
    let single = others.iter().all(|cell| paper.print.amounts(cell).iter().all(|other| !other.is_money));
    let is_sum = paper.labels.in_line(line).iter().any(|label| label.from == 0 && SUMS.contains(&label.field));
    (bare && named && single && !is_sum).then(|| Entry {
        line,
        page: content.page,
        words: first.clone(),
        money: money.clone(),
        amount: *amount,
    })
}

fn item(paper: &Paper<'_>, entry: &Entry) -> Option<RecordLine> {
    let mut words = entry.words.clone();
    words.extend(below(paper, entry));
    let near = |words: Vec<Token>| Near { line: entry.line, page: entry.page, words };
    let found_by = || "the amounts of these lines make the sum".to_owned();
    let name = Value::Text(raw(&words));
    let money = Value::Money(paper.print.money(entry.amount.value)?);
    let fields = BTreeMap::from([
        ("description".to_owned(), paper.print.field(&near(words), name, SEEN, found_by())),
        ("amount".to_owned(), paper.print.field(&near(entry.money.clone()), money, SEEN, found_by())),
    ]);
    Some(RecordLine { section: Section::Item, fields })
}

/// Words in the line below that go on with a description.
fn below(paper: &Paper<'_>, entry: &Entry) -> Vec<Token> {
    let own = &paper.lines[entry.line];
    let Some(next) = paper.lines.get(entry.line + 1).filter(|next| next.page == own.page) else { return Vec::new() };
    let (top, _, size) = extent(next);
    let [cell] = next.cells.as_slice() else { return Vec::new() };
    let small = cell[0].text.starts_with(char::is_lowercase);
    let close = top - extent(own).1 < APART * size && (cell[0].bbox[0] - entry.words[0].bbox[0]).abs() < 2.0 * size;
    if small && close && paper.print.amounts(cell).is_empty() { cell.clone() } else { Vec::new() }
}
