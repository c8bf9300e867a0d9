//! Who issued a paper and whom it is for. The issuer is often only a letterhead: then several signs must agree.

use std::collections::BTreeMap;

use signwright_domain::record::{Field, Value};

use super::labels::{Label, Near};
use super::{Paper, fold, kind, names};
use crate::layout::lines::{self, Line};
use crate::pdf::words::Token;

/// A name beside a label that says whose it is; one that two signs point to; one that only looks like it.
const NAMED: f64 = 0.95;
const AGREED: f64 = 0.92;
const LIKELY: f64 = 0.7;
/// The points from which signs agree, and how far ahead of the next name.
const ENOUGH: f64 = 4.0;
const AHEAD: f64 = 1.5;
/// How far ahead a letterhead must be that nothing else confirms.
const ALONE: f64 = 2.5;

struct Name {
    near: Near,
    folded: String,
    points: f64,
    signs: Vec<&'static str>,
}

/// Vendor and customer, where they can be told.
pub(super) fn read(paper: &Paper<'_>) -> BTreeMap<String, Field> {
    let customer = labelled(paper, "customer");
    let mut fields = BTreeMap::new();
    let taken = customer.as_ref().map(|(near, _)| fold::joined(&near.words));
    let vendor = vendor(paper, taken.as_deref());
    if let Some((near, label)) = customer {
        let confidence = if label.weight == 3 { NAMED } else { LIKELY };
        fields.insert("customer".to_owned(), text(paper, &near, confidence, format!("label {}", label.text)));
    }
    if let Some(vendor) = vendor {
        fields.insert("vendor".to_owned(), vendor);
    }
    fields
}

/// A name with what goes on with it in the line below, set in the same letters at the same edge or around the same middle.
fn whole(paper: &Paper<'_>, near: Near) -> Near {
    if names::has_form(&near.words) {
        return near;
    }
    let (first, last) = (&near.words[0], &near.words[near.words.len() - 1]);
    let middle = f64::midpoint(first.bbox[0], last.bbox[2]);
    let next = paper.lines.get(near.line + 1).filter(|next| next.page == near.page);
    let under = |cell: &&Vec<Token>| {
        let (start, end) = (cell[0].bbox[0], cell[cell.len() - 1].bbox[2]);
        let set = (start - first.bbox[0]).abs() < 2.0 || (f64::midpoint(start, end) - middle).abs() < 2.0;
        let alike = (cell[0].size - first.size).abs() < 0.5 && cell[0].bbox[1] - last.bbox[3] < 0.8 * first.size;
        set && alike && names::goes_on(cell)
    };
    let more = next.and_then(|next| next.cells.iter().find(under));
    let words = near.words.iter().chain(more.into_iter().flatten()).cloned().collect();
    Near { words, ..near }
}

fn text(paper: &Paper<'_>, near: &Near, confidence: f64, found_by: String) -> Field {
    let name = lines::raw(&near.words).trim_end_matches([',', ';']).to_owned();
    paper.print.field(near, Value::Text(name), confidence, found_by)
}

fn vendor(paper: &Paper<'_>, customer: Option<&str>) -> Option<Field> {
    let labelled = labelled(paper, "vendor").filter(|(near, _)| customer != Some(fold::joined(&near.words).as_str()));
    if let Some((near, label)) = labelled.as_ref().filter(|(_, label)| label.weight == 3) {
        let confidence = if is_confirmed(paper, near) { NAMED } else { LIKELY };
        return Some(text(paper, near, confidence, format!("label {}", label.text)));
    }
    let mut names = candidates(paper, customer);
    let labelled_payee = self::labelled(paper, "payee");
    if let Some((near, label)) = labelled {
        add(&mut names, near, if label.weight == 3 { 4.0 } else { 3.0 }, "label");
    }
    if let Some((near, _)) = labelled_payee {
        add(&mut names, near, 2.0, "payee");
    }
    merge(&mut names);
    names.sort_by(|a, b| b.points.total_cmp(&a.points));
    let best = names.first()?;
    let next = names.get(1).map_or(0.0, |next| next.points);
    let agreed = best.points >= ENOUGH && best.points - next >= AHEAD && best.signs.len() >= 2;
    // Where the customer is named, the one name at the head of the paper that stands out is the issuer's.
    let alone = customer.is_some() && best.signs.contains(&"letterhead") && best.points - next >= ALONE;
    let sure = agreed || alone;
    Some(text(paper, &best.near, if sure { AGREED } else { LIKELY }, best.signs.join(" and ")))
}

/// Whether what stands beside a label is a firm's name by its legal form, or is printed a second time.
fn is_confirmed(paper: &Paper<'_>, near: &Near) -> bool {
    let name = fold::joined(&near.words);
    let cells = paper.lines.iter().flat_map(|line| &line.cells);
    names::has_form(&near.words) || cells.filter(|cell| fold::joined(cell).contains(&name)).nth(1).is_some()
}

/// The name beside a label: behind it, right of it, or below it among the lines of its block.
fn labelled<'p>(paper: &'p Paper<'_>, field: &'static str) -> Option<(Near, &'p Label)> {
    let labels = paper.labels.named(&[field]).into_iter();
    labels.filter_map(|label| Some((whole(paper, beside(paper, label)?), label))).next()
}

fn beside(paper: &Paper<'_>, label: &Label) -> Option<Near> {
    if let Some(near) = paper.labels.behind(paper.lines, label) {
        // `To` and `From` begin many a sentence.
        let words = names::of(&near.words).filter(|words| label.weight == 3 || names::has_form(words))?;
        return Some(Near { words, ..near });
    }
    let below = below(paper, label);
    let colon = paper.lines[label.line].cells[label.cell].last().is_some_and(|word| word.text.ends_with(':'));
    let right = paper.labels.right(paper.lines, label).into_iter().next().and_then(name);
    let close = right.as_ref().is_some_and(|near| near.words[0].bbox[0] - label.bbox[2] < 12.0 * near.words[0].size);
    if colon && close || below.is_none() { right.or(below) } else { below }
}

fn name(near: Near) -> Option<Near> {
    Some(Near { words: names::of(&near.words)?, ..near })
}

/// The first name in the block below a label; a line `Name: ...` in it says it best.
fn below(paper: &Paper<'_>, label: &Label) -> Option<Near> {
    let mut first = None;
    for (cell, near) in paper.labels.below(paper.lines, label, 6) {
        match paper.labels.at(near.line, cell) {
            Some(inner) if inner.field == "name" => {
                let behind = paper.labels.behind(paper.lines, inner);
                return behind.or_else(|| paper.labels.right(paper.lines, inner).into_iter().next()).and_then(name);
            }
            Some(inner) if matches!(inner.field, "vendor" | "customer" | "ship_to") => break,
            Some(_) => {}
            None => first = first.or_else(|| name(near).filter(|near| !is_address(&near.words))),
        }
    }
    first
}

/// A street with its number, or a town with its code.
fn is_address(words: &[Token]) -> bool {
    words.len() > 1
        && words.iter().any(|word| word.text.bytes().filter(u8::is_ascii_digit).count() >= 1)
        && !names::has_form(words)
}

/// Everything that looks like the issuer's name: the sender's line of a letter, the letterhead, the foot, the domain.
fn candidates(paper: &Paper<'_>, customer: Option<&str>) -> Vec<Name> {
    let mut names = Vec::new();
    for line in 0..paper.lines.len() {
        sender(paper, line, &mut names);
    }
    let domains = domains(paper);
    let bottom = paper
        .lines
        .iter()
        .filter(|line| line.page == 1)
        .flat_map(|line| line.words())
        .map(|word| word.bbox[3])
        .fold(0.0, f64::max);
    let largest = largest(paper);
    let mut heads = 0;
    for (number, line) in paper.lines.iter().enumerate() {
        // The head or a row of a table.
        if line.cells.len() > 4 {
            continue;
        }
        for (cell, words) in line.cells.iter().enumerate() {
            if paper.labels.at(number, cell).is_some() || is_recipient(paper, number, words) {
                continue;
            }
            let Some(words) = names::of(words).filter(|words| !is_address(words) && !kind::is_title(words)) else {
                continue;
            };
            let at = words[0].bbox[1] / bottom.max(1.0);
            let near = whole(paper, Near { line: number, page: line.page, words });
            let words = near.words.clone();
            let formed = names::has_form(&words);
            let head = line.page == 1 && at < 0.3;
            if head && heads < 8 {
                heads += 1;
                let large = if words[0].size >= 0.95 * largest { 1.5 } else { 0.0 };
                let first = if heads == 1 { 1.5 } else { 0.0 };
                add(&mut names, near.clone(), large + first + if formed { 2.0 } else { 0.3 }, "letterhead");
            } else if formed {
                add(&mut names, near.clone(), 1.5, "foot");
            }
            if (head || formed) && domains.iter().any(|domain| is_of(domain, &words)) {
                add(&mut names, near.clone(), 2.0, "domain");
            }
            if at > 0.5 && is_legal(paper, number) {
                add(&mut names, near, 1.5, "register");
            }
        }
    }
    names.retain(|name| customer.is_none_or(|customer| !names::same(customer, &name.folded)));
    names
}

/// `Bei Spiel GmbH - Ecke 12 - 12345 Stadthausen`: the small line above the address of a letter.
fn sender(paper: &Paper<'_>, number: usize, names: &mut Vec<Name>) {
    let line = &paper.lines[number];
    let words: Vec<Token> = line.words().cloned().collect();
    let parted = |word: &Token| {
        matches!(word.text.as_str(), "-" | "\u{2013}" | "\u{b7}" | "\u{2022}" | "\u{25cf}" | "|" | "*" | "\u{2014}")
    };
    let parts: Vec<&[Token]> = words.split(parted).filter(|part| !part.is_empty()).collect();
    let coded = |part: &&[Token]| {
        part.iter().any(|word| {
            let digits = word.text.rsplit('-').next().unwrap_or_default();
            (4..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let head = line.page == 1 && number < 25;
    if head
        && parts.len() >= 3
        && parts.iter().skip(1).any(coded)
        && let Some(words) = names::of(parts[0])
    {
        let formed = if names::has_form(&words) { 1.0 } else { 0.0 };
        add(names, Near { line: number, page: line.page, words }, 4.0 + formed, "sender's line");
    }
}

/// Whether a line, or the one below it, gives the numbers that a firm must print: of its register, its tax, its bank.
fn is_legal(paper: &Paper<'_>, line: usize) -> bool {
    const NUMBERS: &[&str] = &[
        "SIRET",
        "SIREN",
        "RCS",
        "SIEGE",
        "HRB",
        "HRA",
        "AMTSGERICHT",
        "REGISTERGERICHT",
        "GESCHAFTSFUHRER",
        "USTID",
        "USTIDNR",
        "TVA",
        "IBAN",
        "ABN",
        "EIN",
        "GSTIN",
        "KVK",
        "BTW",
        "CIF",
        "NIF",
        "PIVA",
        "VAT",
        "CAPITAL",
        "REGISTERED",
    ];
    let own = &paper.lines[line];
    let near = paper.lines[line..].iter().take(2).filter(|other| other.page == own.page);
    near.flat_map(Line::words).any(|word| NUMBERS.contains(&fold::fold(&word.text).as_str()))
}

/// Whether a cell belongs to the block below the name of the customer or of where things go.
fn is_recipient(paper: &Paper<'_>, line: usize, words: &[Token]) -> bool {
    let labels = paper.labels.in_lines(line.saturating_sub(7)..line).iter();
    let mut named = labels.filter(|label| matches!(label.field, "customer" | "ship_to") && label.weight == 3);
    named.any(|label| {
        (label.bbox[0] - words[0].bbox[0]).abs() < 3.0 * words[0].size
            && paper.lines[label.line].page == paper.lines[line].page
    })
}

/// The middle parts of web and mail addresses: `qualityhosting` of `www.qualityhosting.de`.
fn domains(paper: &Paper<'_>) -> Vec<String> {
    let words = paper.lines.iter().flat_map(|line| line.words());
    let of = |word: &Token| {
        let text = word.text.to_lowercase();
        let host = match text.rsplit_once('@') {
            Some((_, host)) => host.to_owned(),
            None => text
                .split_once("www.")
                .map(|(_, host)| host.to_owned())
                .or_else(|| text.split_once("://").map(|(_, host)| host.to_owned()))?,
        };
        let host = host.trim_start_matches("www.").split(['/', ',', ')', '?']).next()?.to_owned();
        let parts: Vec<&str> = host.split('.').filter(|part| !part.is_empty()).collect();
        let middle = parts.len().checked_sub(2).map(|at| parts[at])?;
        (middle.len() >= 4 && !PROVIDERS.contains(&middle)).then(|| fold::fold(middle))
    };
    words.filter_map(of).collect()
}

const PROVIDERS: &[&str] = &[
    "gmail",
    "yahoo",
    "hotmail",
    "outlook",
    "icloud",
    "googlemail",
    "live",
    "aol",
    "web",
    "gmx",
    "orange",
    "wanadoo",
    "localhost",
];

/// Whether a domain is made of a name's words, or begins with its first.
fn is_of(domain: &str, words: &[Token]) -> bool {
    let words: Vec<String> = fold::words(words).into_iter().map(|word| word.text).collect();
    let all = words.concat();
    all.starts_with(domain)
        || domain.starts_with(all.as_str())
        || words.first().is_some_and(|first| first.len() >= 4 && domain.starts_with(first.as_str()))
}

fn largest(paper: &Paper<'_>) -> f64 {
    let first = paper.lines.iter().enumerate().filter(|(_, line)| line.page == 1).take(20);
    let cells =
        first.flat_map(|(number, line)| line.cells.iter().enumerate().map(move |(cell, words)| (number, cell, words)));
    let names = cells.filter(|(number, cell, _)| paper.labels.at(*number, *cell).is_none());
    names
        .filter_map(|(_, _, words)| names::of(words).filter(|words| !kind::is_title(words)))
        .map(|words| words[0].size)
        .fold(0.0, f64::max)
}

fn add(names: &mut Vec<Name>, near: Near, points: f64, sign: &'static str) {
    let folded = fold::joined(&near.words);
    match names.iter_mut().find(|name| name.folded == folded) {
        Some(name) => {
            // The same sign again says little more.
            let points = if name.signs.contains(&sign) { 0.5 } else { points };
            name.points += points;
            if !name.signs.contains(&sign) {
                name.signs.push(sign);
            }
        }
        None => names.push(Name { near, folded, points, signs: vec![sign] }),
    }
}

/// `Amazon Web Services` and `Amazon Web Services, Inc.` are one: the longer name with the points of both.
fn merge(names: &mut Vec<Name>) {
    names.sort_by_key(|name| std::cmp::Reverse(name.folded.len()));
    let mut out: Vec<Name> = Vec::new();
    for name in names.drain(..) {
        match out.iter_mut().find(|longer| names::same(&longer.folded, &name.folded)) {
            Some(longer) => {
                longer.points += name.points;
                longer
                    .signs
                    .extend(name.signs.into_iter().filter(|sign| !longer.signs.contains(sign)).collect::<Vec<_>>());
            }
            None => out.push(name),
        }
    }
    *names = out;
}
