//! The number of a paper, its dates, and the numbers it refers to.

use std::collections::BTreeMap;

use jiff::civil::Date;
use signwright_domain::record::{Field, Value};

use super::Paper;
use super::fold;
use super::kind::Kind;
use super::labels::{Label, Near};
use super::vocabulary::Weight;
use crate::layout::lines::Line;
use crate::pdf::words::Token;

/// What a value is believed with: its label names it in full, usually means it, may mean it.
const SURE: [f64; 4] = [0.5, 0.7, 0.91, 0.97];
/// Two places that say different things.
const CONTRADICTED: f64 = 0.6;
/// A day that may be another one.
const AMBIGUOUS: f64 = 0.75;

/// One reading of one label.
struct Candidate<T> {
    value: T,
    near: Near,
    weight: Weight,
    label: String,
}

/// All heading fields that can be found.
pub(super) fn read(paper: &Paper<'_>) -> BTreeMap<String, Field> {
    let own = match paper.kind {
        Kind::Invoice => "invoice_no",
        Kind::Quote => "quote_no",
        Kind::Order => "order_no",
        Kind::Bids => "bid_no",
    };
    let mut fields = BTreeMap::new();
    let mut put = |name: &str, field: Option<Field>| {
        if let Some(field) = field {
            fields.insert(name.to_owned(), field);
        }
    };
    put("number", number(paper, own));
    put("date", day(paper, "date"));
    put("due_date", day(paper, "due_date"));
    for (name, label) in [
        ("work_order", "work_order"),
        ("order_number", "order_no"),
        ("quote_number", "quote_no"),
        ("customer_id", "customer_id"),
    ] {
        if label != own {
            put(name, code_field(paper, candidates(paper, &[label], 3, code)));
        }
    }
    put("job", job(paper));
    fields
}

/// What the job is called, where a label says so.
fn job(paper: &Paper<'_>) -> Option<Field> {
    let found = candidates(paper, &["job"], 3, |words, _| {
        let text = crate::layout::lines::raw(words);
        let named = text.chars().any(char::is_alphanumeric) && words.len() <= 12;
        named.then_some((text, 0, words.len()))
    });
    code_field(paper, found)
}

/// The paper's own number: by its label, by its title (`Rechnung (380) Nr. 471102`), at last by a bare `Number`.
fn number(paper: &Paper<'_>, own: &'static str) -> Option<Field> {
    let mut found = candidates(paper, &[own], 2, code);
    if own == "invoice_no" || found.is_empty() {
        found.extend(titled(paper));
    }
    if found.is_empty() {
        found = candidates(paper, &["paper_no"], 1, code);
    }
    // Receipts of shops are known by the number of the order.
    if found.is_empty() && own == "invoice_no" {
        found = candidates(paper, &["order_no"], 1, code);
        found.iter_mut().for_each(|one| one.weight = 1);
    }
    code_field(paper, found)
}

fn code_field(paper: &Paper<'_>, found: Vec<Candidate<String>>) -> Option<Field> {
    let field = chosen(&found, |a, b| fold::fold(a) == fold::fold(b))?;
    let (best, confidence) = field;
    let label = format!("label {}", best.label);
    Some(paper.print.field(&best.near, Value::Text(best.value.clone()), confidence, label))
}

fn day(paper: &Paper<'_>, name: &'static str) -> Option<Field> {
    let mut found = candidates(paper, &[name], 1, |words, _| date(paper, words));
    if name == "date" {
        found.extend(behind_number(paper));
    }
    if name == "date" && (found.is_empty() || paper.kind == Kind::Order) {
        let mut ordered = candidates(paper, &["order_date"], 1, |words, _| date(paper, words));
        if paper.kind != Kind::Order {
            ordered.iter_mut().for_each(|one| one.weight = 1);
        }
        found.extend(ordered);
    }
    if name == "date" && found.is_empty() {
        found.extend(lone_day(paper));
    }
    let (best, mut confidence) = chosen(&found, |a, b| a == b)?;
    if paper.print.is_ambiguous(&crate::layout::lines::raw(&best.near.words)) {
        confidence = confidence.min(AMBIGUOUS);
    }
    Some(paper.print.field(&best.near, Value::Date(best.value), confidence, format!("label {}", best.label)))
}

/// The surest reading; others of the same sureness that say something else leave it in doubt.
fn chosen<T>(found: &[Candidate<T>], same: impl Fn(&T, &T) -> bool) -> Option<(&Candidate<T>, f64)> {
    let most = found.iter().map(|one| one.weight).max()?;
    let mut best = found.iter().filter(|one| one.weight == most);
    let first = best.next()?;
    let contradicted = best.any(|other| !same(&first.value, &other.value));
    let confidence = if contradicted { CONTRADICTED } else { SURE[usize::from(most.min(3))] };
    Some((first, confidence))
}

/// What each label's neighbourhood reads as: behind it, right of it, below it.
fn candidates<T>(
    paper: &Paper<'_>,
    fields: &[&str],
    least: Weight,
    read: impl Fn(&[Token], Weight) -> Option<(T, usize, usize)>,
) -> Vec<Candidate<T>> {
    let labels = paper.labels.named(fields);
    let of = |label: &&Label| {
        let beside = paper.labels.behind(paper.lines, label);
        let inside = beside.is_some();
        let right = paper.labels.right(paper.lines, label).into_iter().take(usize::from(!inside));
        let below = paper.labels.below(paper.lines, label, 1).into_iter();
        let below =
            below.filter(|(cell, near)| !inside && paper.labels.at(near.line, *cell).is_none()).map(|(_, near)| near);
        beside.into_iter().chain(right).chain(below).find_map(|near| {
            let (value, from, to) = read(&near.words, label.weight)?;
            let near = Near { words: near.words[from..to].to_vec(), ..near };
            Some(Candidate { value, near, weight: label.weight, label: label.text.clone() })
        })
    };
    labels.iter().filter(|label| label.weight >= least).filter_map(of).collect()
}

/// A code at the beginning of some words: one with a digit, perhaps with a short word in capitals before it.
fn code(words: &[Token], weight: Weight) -> Option<(String, usize, usize)> {
    let is_number_word = |word: &Token| {
        matches!(
            fold::fold(&word.text).as_str(),
            "" | "NO" | "N" | "NR" | "NUM" | "NUMBER" | "NUMMER" | "NUMERO" | "ID"
        )
    };
    let from = words.iter().take_while(|word| is_number_word(word)).count();
    let digit = |word: &Token| word.text.bytes().any(|b| b.is_ascii_digit());
    let at = words.get(from..)?.iter().position(digit).filter(|at| *at <= 1)? + from;
    let before = &words[from..at];
    let short = |word: &Token| word.text.len() <= 5 && word.text.chars().all(|c| !c.is_lowercase());
    if !before.iter().all(short) {
        return None;
    }
    let text = crate::layout::lines::raw(&words[from..=at]);
    let text = text
        .trim_matches([',', '.', ';', ':', '#', '(', ')'])
        .trim_start_matches("n°")
        .trim_start_matches("N°")
        .to_owned();
    let day = |order| crate::dates::parse(&text, order).is_some();
    let is_day = day(crate::dates::DateOrder::DayFirst) || day(crate::dates::DateOrder::MonthFirst);
    let is_money = text.contains(['$', '€', '£', '%']) || text.contains('@');
    // A bare word such as "Invoice" needs something behind it that looks like a number of papers.
    let numbered = words[..from].iter().any(|word| word.text == "#") || words[at].text.starts_with('#');
    let meager = weight < 3 && !numbered && text.bytes().filter(u8::is_ascii_digit).count() < 3;
    (!is_day && !is_money && !meager && text.len() <= 40).then_some((text, from, at + 1))
}

fn date(paper: &Paper<'_>, words: &[Token]) -> Option<(Date, usize, usize)> {
    const JOINTS: &[&str] =
        &["", "ON", "AT", "BY", "THE", "AM", "BIS", "ZUM", "DEN", "LE", "AU", "DU", "EL", "IL", "OP", "DE", "IS"];
    let from = words.iter().take_while(|word| JOINTS.contains(&fold::fold(&word.text).as_str())).count();
    let (date, length) = paper.print.date(words.get(from..)?)?;
    Some((date, from, from + length))
}

const TITLES: &[&str] =
    &["RECHNUNG", "GUTSCHRIFT", "INVOICE", "FACTURE", "FACTURA", "FATTURA", "FACTUUR", "NOTE", "AVOIR", "KORREKTUR"];
const NUMBERS: &[&str] = &["NR", "NO", "N", "NUMMER", "NUMBER", "NUMERO", "NUM"];

/// Words that make what follows the number of another paper.
const OTHERS: &[&str] = &[
    "BESTELLUNG",
    "ORDER",
    "AUFTRAG",
    "LIEFERSCHEIN",
    "COMMANDE",
    "PEDIDO",
    "ORDINE",
    "GEMASS",
    "FOR",
    "TO",
    "ZU",
    "ACCOUNT",
    "KUNDEN",
    "KUNDENNR",
];

/// Whether some cell gives an invoice's title with its number.
pub(super) fn is_titled(lines: &[Line]) -> bool {
    lines.iter().flat_map(|line| &line.cells).any(|cell| behind_title(cell).is_some())
}

/// `Handelsrechnung (380) Nr. 471102 vom 05.03.2018`, `Rechnung # RE-2014/501`: a title, a word for number, a code.
fn titled(paper: &Paper<'_>) -> Vec<Candidate<String>> {
    let cells = paper
        .lines
        .iter()
        .enumerate()
        .flat_map(|(line, content)| content.cells.iter().map(move |cell| (line, content.page, cell)));
    let read = |(line, page, cell): (usize, u32, &Vec<Token>)| {
        let (title, from, to, value) = behind_title(cell)?;
        let near = Near { line, page, words: cell[from..to].to_vec() };
        Some(Candidate { value, near, weight: 3, label: fold::joined(&cell[title..from]) })
    };
    cells.filter_map(read).collect()
}

/// Where a title stands in a cell, where the number behind it, and the number.
fn behind_title(cell: &[Token]) -> Option<(usize, usize, usize, String)> {
    let title = cell.iter().take(3).position(|word| {
        let word = fold::fold(&word.text);
        TITLES.iter().any(|title| word.ends_with(title))
    })?;
    let after =
        cell.iter().skip(title + 1).take(6).take_while(|word| !OTHERS.contains(&fold::fold(&word.text).as_str()));
    let is_sign = |word: &Token| {
        word.text.starts_with(['#', '№'])
            || word.text.starts_with("n°")
            || word.text.starts_with("N°")
            || NUMBERS.contains(&fold::fold(&word.text).as_str())
    };
    let sign = after.map(is_sign).collect::<Vec<_>>().into_iter().position(|is| is)? + title + 1;
    let lone = !cell[sign].text.bytes().any(|b| b.is_ascii_digit());
    let start = sign + usize::from(lone);
    let (value, from, to) = code(cell.get(start..)?, 3)?;
    Some((title, start + from, start + to, value))
}

/// The only day at the head of a paper that stands for itself: letters carry their date without a label.
fn lone_day(paper: &Paper<'_>) -> Option<Candidate<Date>> {
    let bottom = paper.lines.iter().flat_map(Line::words).map(|word| word.bbox[3]).fold(0.0, f64::max);
    let head = paper.lines.iter().enumerate().filter(|(_, line)| line.page == 1);
    let cells = head.flat_map(|(number, line)| line.cells.iter().enumerate().map(move |(at, cell)| (number, at, cell)));
    let mut days = cells.filter_map(|(line, at, cell)| {
        let from = usize::from(cell.len() > 3 && cell[0].text.ends_with(','));
        let (value, length) = paper.print.date(cell.get(from..)?)?;
        let whole = from + length == cell.len() && cell[0].bbox[1] < 0.45 * bottom;
        let near = Near { line, page: 1, words: cell[from..].to_vec() };
        let labelled = paper.labels.in_lines(line.saturating_sub(2)..line + 1).iter().any(|label| {
            let beside = label.line == line && label.cell + 1 == at;
            let above = label.line < line && (label.bbox[0] - cell[0].bbox[0]).abs() < 3.0;
            label.field != "date" && (beside || above)
        });
        (whole && !labelled).then_some(Candidate {
            value,
            near,
            weight: 1,
            label: "the only day at the head".to_owned(),
        })
    });
    let first = days.next()?;
    days.all(|other| other.value == first.value).then_some(first)
}

/// `Invoice 123 dated March 3, 2026`, `Rechnung Nr. 7 vom 05.03.2018`, `Facture n° 9 du 2 juillet`: the day behind the number.
fn behind_number(paper: &Paper<'_>) -> Vec<Candidate<Date>> {
    const JOINTS: &[&str] =
        &["VOM", "VON", "DU", "DEL", "DE", "DATED", "OF", "DATE", "VAN", "EN", "FROM", "ISSUED", "AT", "ON"];
    let titles = titled(paper).into_iter();
    let read = |number: Candidate<String>| {
        let cell = paper.lines[number.near.line]
            .cells
            .iter()
            .find(|cell| cell.iter().any(|word| word.bbox == number.near.words[0].bbox))?;
        let at = cell.iter().position(|word| word.bbox == number.near.words[0].bbox)? + number.near.words.len();
        let joints = cell[at..].iter().take_while(|word| JOINTS.contains(&fold::fold(&word.text).as_str())).count();
        let start = at + joints;
        if joints == 0 {
            return None;
        }
        // The title may break off before its date.
        let next = paper.lines.get(number.near.line + 1).filter(|next| next.page == number.near.page);
        let broken =
            next.and_then(|next| next.cells.iter().find(|below| below[0].bbox[0] < cell[0].bbox[0] + cell[0].size));
        let (line, dated) = match (cell.get(start..)?, broken) {
            ([], Some(below)) => (number.near.line + 1, below.as_slice()),
            (rest, _) => (number.near.line, rest),
        };
        let (value, length) = paper.print.date(dated)?;
        let near = Near { line, words: dated[..length].to_vec(), ..number.near };
        Some(Candidate { value, near, weight: 3, label: format!("{} with its date", number.label) })
    };
    titles.filter_map(read).collect()
}
