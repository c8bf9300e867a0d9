//! The sums at the foot of a paper: what each label names, made certain by arithmetic where it can be.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use signwright_domain::record::{Field, RecordLine, Section, Value};

use super::Paper;
use super::fold;
use super::items::Items;
use super::labels::{Label, Near};
use super::print::Amount;
use super::vocabulary::Weight;
use crate::layout::checks::PROVEN;

const SUMS: &[&str] = &["total", "subtotal", "lines_total", "tax", "shipping", "discount", "prepaid", "amount_due"];
/// An amount whose label names it in full and that nothing contradicts; one whose label is less sure; a disputed one.
const NAMED: f64 = 0.91;
const LIKELY: f64 = 0.8;
const DISPUTED: f64 = 0.6;
/// How many roundings a sum may be off by.
const CENT: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// How many totals, and how many sums before tax, are tried: a long list of sums is no invoice.
const MOST: usize = 40;

/// One amount beside one label.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub(super) field: &'static str,
    weight: Weight,
    label: String,
    pub(super) value: Decimal,
    near: Near,
}

mod ladder;

/// Whichever sums can be told, those that fit together as certain.
pub(super) fn read(paper: &Paper<'_>, items: &Items) -> BTreeMap<String, Field> {
    let sums = all(paper, items);
    let lines = lines_total(&items.lines);
    let (chosen, proven) = match fitting(&sums, lines).or_else(|| ladder::read(paper, items, &sums, lines)) {
        Some(chosen) => (chosen, true),
        None => (alone(&sums), false),
    };
    let mut fields = BTreeMap::new();
    let mut put = |sum: &Sum, confidence: f64| {
        let value = if sum.field == "discount" { -sum.value.abs() } else { sum.value };
        let Some(money) = paper.print.money(value) else { return };
        let found_by = format!("label {}", sum.label);
        let mut field = paper.print.field(&sum.near, Value::Money(money), confidence, found_by);
        if confidence >= PROVEN {
            field.confidence = PROVEN;
        }
        fields.insert(sum.field.to_owned(), field);
    };
    for sum in &chosen {
        let others: Vec<&Sum> = sums.iter().filter(|one| one.field == sum.field && one.weight >= sum.weight).collect();
        let agreed = others.iter().all(|other| other.value == sum.value);
        let by_lines = lines == Some(sum.value);
        let confidence = match (proven || by_lines, agreed, sum.weight) {
            (true, ..) => PROVEN,
            (false, false, _) => DISPUTED,
            (false, true, 3) => NAMED,
            (false, true, _) => LIKELY,
        };
        put(sum, confidence);
    }
    for name in ["amount_due", "prepaid", "lines_total"] {
        if let Some(sum) = best(&sums, name) {
            put(sum, if sum.weight == 3 { NAMED } else { LIKELY });
        }
    }
    total_from_due(&mut fields);
    fields
}

/// Where no total is printed but what is to be paid is, and nothing was paid before, that is the total. Where something
/// was, the total is more than that and stays missing: a person sees what stands on the paper.
fn total_from_due(fields: &mut BTreeMap<String, Field>) {
    let nothing_paid =
        fields.get("prepaid").is_none_or(|paid| matches!(paid.value, Value::Money(money) if money.minor == 0));
    if let (true, false, Some(due)) = (nothing_paid, fields.contains_key("total"), fields.get("amount_due").cloned()) {
        fields.insert("total".to_owned(), due);
    }
}

/// Every amount that stands behind, right of or below a label of a sum.
fn all(paper: &Paper<'_>, items: &Items) -> Vec<Sum> {
    let labels = paper.labels.named(SUMS);
    // `Total` heads a column, and `Delivery` may be an item.
    labels.iter().filter(|label| !items.taken.contains(&label.line)).flat_map(|label| of_label(paper, label)).collect()
}

fn of_label(paper: &Paper<'_>, label: &Label) -> Vec<Sum> {
    let behind = paper.labels.behind(paper.lines, label);
    let Some((field, weight)) = meaning(paper, label, behind.as_ref()) else { return Vec::new() };
    let sum = |amount: &Amount, near: &Near| Sum {
        field,
        weight,
        label: label.text.clone(),
        value: amount.value,
        near: Near { words: near.words[amount.from..amount.to].to_vec(), ..near.clone() },
    };
    let beside: Vec<Near> = behind.into_iter().chain(paper.labels.right(paper.lines, label)).collect();
    let amounts: Vec<(Amount, &Near)> =
        beside.iter().flat_map(|near| money(paper, near).into_iter().map(move |a| (a, near))).collect();
    if let ("total", Some(three)) = (field, net_tax_gross(&amounts)) {
        let named = ["subtotal", "tax", "total"];
        return named
            .into_iter()
            .zip(three)
            .map(|(field, (amount, near))| Sum { field, weight: 3, ..sum(amount, near) })
            .collect();
    }
    if !amounts.is_empty() {
        // One sum in two currencies stands twice.
        return amounts.iter().map(|(amount, near)| sum(amount, near)).collect();
    }
    let below = paper.labels.below(paper.lines, label, 12);
    let free = below.into_iter().take_while(|(cell, near)| paper.labels.at(near.line, *cell).is_none());
    free.filter_map(|(_, near)| money(paper, &near).last().map(|amount| sum(amount, &near))).collect()
}

fn money(paper: &Paper<'_>, near: &Near) -> Vec<Amount> {
    let amounts = paper.print.amounts(&near.words);
    let mut money: Vec<Amount> = amounts.iter().copied().filter(|amount| amount.is_money).collect();
    // A lone whole number may be money as well: `Total 1200`.
    if money.is_empty() && near.words.len() == 1 {
        money = amounts;
    }
    money
}

/// A row of three amounts of which the first two make the last: net, tax and gross.
fn net_tax_gross<'a, 'n>(amounts: &'a [(Amount, &'n Near)]) -> Option<[&'a (Amount, &'n Near); 3]> {
    let window = amounts.windows(3).find(|three| {
        let [net, tax, gross] = [0, 1, 2].map(|at: usize| three[at].0.value);
        net.checked_add(tax) == Some(gross) && !net.is_zero()
    })?;
    Some([&window[0], &window[1], &window[2]])
}

/// What a label means together with the words behind it: `Total incl. VAT`, `Total (net)`, `Summe inkl. USt`; `None` where
/// they make it something else, as in `Total hours`.
fn meaning(paper: &Paper<'_>, label: &Label, behind: Option<&Near>) -> Option<(&'static str, Weight)> {
    const GROSS: &[&str] =
        &["INCL", "INC", "INCLUDING", "INKL", "INKLUSIVE", "TTC", "BRUTTO", "INCLUSIEF", "GROSS", "COMPRISES", "IVATO"];
    const NET: &[&str] = &[
        "EXCL",
        "EX",
        "EXCLUDING",
        "NETTO",
        "NET",
        "HT",
        "OHNE",
        "BEFORE",
        "HORS",
        "SIN",
        "EXCLUSIEF",
        "EXKL",
        "ESCLUSA",
    ];
    const DUE: &[&str] = &[
        "DUE",
        "PAYABLE",
        "PAYER",
        "PAGAR",
        "PAGARE",
        "BETALEN",
        "ZAHLEN",
        "VOLDOEN",
        "ZAPLATY",
        "UHRADE",
        "BETALA",
        "BETALE",
        "MAKSETTAVA",
    ];
    let words: Vec<String> =
        behind.map(|near| fold::words(&near.words).into_iter().map(|word| word.text).collect()).unwrap_or_default();
    let says = |known: &[&str]| words.iter().take(5).any(|word| known.contains(&word.as_str()));
    if !matches!(label.field, "total" | "amount_due") {
        return Some((label.field, label.weight));
    }
    if says(GROSS) {
        return Some(("total", 3));
    }
    if says(NET) {
        return Some(("subtotal", 3));
    }
    if says(DUE) {
        return Some(("amount_due", 3));
    }
    let wordy = |word: &&String| {
        word.len() > 3 && word.bytes().all(|b| b.is_ascii_alphabetic()) && !NOISE.contains(&word.as_str())
    };
    let strange = words.iter().take(3).find(wordy).is_some();
    match (strange, label.weight) {
        (true, 3) => Some((label.field, 2)),
        // `Total Project Price: $900.00` is a total of some kind; `Total hours 12` is none.
        (true, 2) if behind.is_some_and(|near| ends_in_money(paper, near)) => Some((label.field, 1)),
        (true, _) => None,
        (false, weight) => Some((label.field, weight)),
    }
}

fn ends_in_money(paper: &Paper<'_>, near: &Near) -> bool {
    let last = paper.print.amounts(&near.words).last().copied();
    last.is_some_and(|amount| amount.is_money && amount.to == near.words.len())
}

/// Words behind a total that change nothing of its meaning.
const NOISE: &[&str] = &[
    "EURO", "EUROS", "DOLLARS", "AMOUNT", "INVOICE", "FACTURE", "FACTURA", "FATTURA", "FACTUUR", "BETRAG", "RECHNUNG",
    "TOTAL", "PRICE",
];

fn best<'s>(sums: &'s [Sum], field: &str) -> Option<&'s Sum> {
    let most = sums.iter().filter(|sum| sum.field == field).map(|sum| sum.weight).max()?;
    sums.iter().rfind(|sum| sum.field == field && sum.weight == most)
}

/// The sums that fit: net, tax, shipping and discount make the total; or the lines make net or total.
fn fitting(sums: &[Sum], lines: Option<Decimal>) -> Option<Vec<Sum>> {
    let of = |field: &'static str| sums.iter().filter(move |sum| sum.field == field);
    let totals = || of("total").chain(of("amount_due")).map(|sum| Sum { field: "total", ..sum.clone() });
    // The greatest total counts, and of equal ones the one that most is said of.
    let mut found: Vec<((Decimal, usize), Vec<Sum>)> = Vec::new();
    let mut unsummed: Vec<((Decimal, usize), Vec<Sum>)> = Vec::new();
    let extras = extras(sums);
    for total in totals().filter(|total| !total.value.is_zero()).take(MOST) {
        for net in of("subtotal").chain(of("lines_total")).take(MOST) {
            let net = Sum { field: "subtotal", ..net.clone() };
            for extras in &extras {
                let certain = net.value != total.value || lines == Some(net.value) || !extras.is_empty();
                if certain && is_close(together(net.value, extras.iter().map(signed)), total.value) {
                    let rank = (total.value.abs(), extras.len());
                    let mut all = vec![total.clone(), net.clone()];
                    all.extend(extras.clone());
                    found.push((rank, all));
                }
            }
        }
        // A paper without a subtotal: what its lines make, with tax and freight, is the total.
        for extras in extras.iter().filter(|extras| !extras.is_empty()) {
            let made = lines.and_then(|lines| together(lines, extras.iter().map(signed)));
            if is_close(made, total.value) {
                let rank = (total.value.abs(), extras.len());
                unsummed.push((rank, std::iter::once(total.clone()).chain(extras.clone()).collect()));
            }
        }
        // A grander total that stands further down contains more than the lines.
        let grander = totals().any(|other| {
            other.weight == 3 && other.value.abs() > total.value.abs() && other.near.line > total.near.line
        });
        if lines == Some(total.value) && !(grander && total.weight < 3) {
            found.push(((total.value.abs(), 0), vec![total.clone()]));
        }
    }
    let candidates = if found.is_empty() { unsummed } else { found };
    candidates.into_iter().max_by_key(|(rank, _)| *rank).map(|(_, sums)| sums)
}

/// A sum with what is added to it; `None` where it is out of reach: paper may print any number.
fn together(first: Decimal, more: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    more.into_iter().try_fold(first, Decimal::checked_add)
}

/// Whether what was made is what is printed, a rounding apart.
fn is_close(made: Option<Decimal>, printed: Decimal) -> bool {
    made.and_then(|made| made.checked_sub(printed)).is_some_and(|apart| apart.abs() <= CENT)
}

fn signed(sum: &Sum) -> Decimal {
    if sum.field == "discount" { -sum.value.abs() } else { sum.value }
}

/// What may stand between net and total: a tax, or several taxes together, with or without shipping and discount.
fn extras(sums: &[Sum]) -> Vec<Vec<Sum>> {
    let of = |field: &'static str| sums.iter().filter(move |sum| sum.field == field).cloned();
    let mut taxes: Vec<Option<Sum>> = std::iter::once(None).chain(of("tax").map(Some)).collect();
    let several: Vec<Sum> = distinct(of("tax"));
    if let (2.., Some(value)) = (several.len(), together(Decimal::ZERO, several.iter().map(|tax| tax.value))) {
        let words = several.iter().flat_map(|tax| tax.near.words.clone()).collect();
        let same_page = several.iter().all(|tax| tax.near.page == several[0].near.page);
        let near = if same_page { Near { words, ..several[0].near.clone() } } else { several[0].near.clone() };
        taxes.push(Some(Sum { value, near, label: format!("{} taxes", several.len()), ..several[0].clone() }));
    }
    let optional = |field: &'static str| -> Vec<Option<Sum>> {
        std::iter::once(None).chain(of(field).map(Some)).take(4).collect()
    };
    let (shipping, discounts) = (optional("shipping"), optional("discount"));
    let mut out = Vec::new();
    for tax in taxes.iter().take(12) {
        for ship in &shipping {
            for discount in &discounts {
                out.push([tax, ship, discount].into_iter().flatten().cloned().collect());
            }
        }
    }
    out
}

/// Taxes at different rates stand on different lines.
fn distinct(taxes: impl Iterator<Item = Sum>) -> Vec<Sum> {
    let mut out: Vec<Sum> = Vec::new();
    for tax in taxes {
        if out.iter().all(|other| other.near.line != tax.near.line) {
            out.push(tax);
        }
    }
    out
}

/// Without proof: the surest of each, of equally sure totals the last one.
fn alone(sums: &[Sum]) -> Vec<Sum> {
    ["total", "subtotal", "tax", "shipping", "discount"]
        .into_iter()
        .filter_map(|field| best(sums, field).cloned())
        .collect()
}

/// What the amounts of the items make.
pub(super) fn lines_total(items: &[RecordLine]) -> Option<Decimal> {
    let amounts: Option<Vec<Decimal>> = items
        .iter()
        .filter(|line| line.section == Section::Item)
        .map(|line| match &line.fields.get("amount")?.value {
            Value::Money(money) => Some(money.to_decimal()),
            Value::Number(_) | Value::Text(_) | Value::Date(_) | Value::Flag(_) => None,
        })
        .collect();
    amounts.filter(|amounts| !amounts.is_empty()).and_then(|amounts| together(Decimal::ZERO, amounts))
}
