//! What kind of paper a document is: what its title and its labels call it.

use super::fold;
use super::labels::Labels;
use crate::layout::lines::Line;

/// The kinds of paper that are traded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Invoice,
    Order,
    Quote,
    Bids,
}

const TITLES: &[(Kind, &str)] = &[
    (
        Kind::Invoice,
        "INVOICE|TAX INVOICE|SALES INVOICE|COMMERCIAL INVOICE|PROFORMA INVOICE|RETAIL INVOICE|RETAIL INVOICES BILL|BILL|STATEMENT|CREDIT NOTE|CREDIT MEMO|RECEIPT|RECHNUNG|HANDELSRECHNUNG|MIETRECHNUNG|TEILRECHNUNG|SCHLUSSRECHNUNG|ABSCHLAGSRECHNUNG|RECHNUNGSKORREKTUR|RECHNUNGS KORREKTUR|GUTSCHRIFT|FACTURE|FACTURE PROFORMA|AVOIR|FACTURA|NOTA DE CREDITO|FATTURA|NOTA DI CREDITO|FACTUUR|KOPIE FACTUUR|CREDITNOTA|CREDITFACTUUR|VAT INVOICE|GST INVOICE|SERVICE INVOICE|RENTAL INVOICE|FINAL INVOICE|PROGRESS INVOICE|FREIGHT INVOICE|FREIGHT BILL|PROFORMA|PRO FORMA INVOICE|SALES RECEIPT|APPLICATION FOR PAYMENT|APPLICATION AND CERTIFICATE FOR PAYMENT|FAKTURA|FAKTURA VAT|FAKTURA DANOVY DOKLAD|KREDITFAKTURA|KREDITNOTA|LASKU|FATURA|FATURA RECIBO|SZAMLA",
    ),
    (
        Kind::Quote,
        "QUOTE|QUOTATION|SALES QUOTE|ESTIMATE|PROPOSAL|ANGEBOT|KOSTENVORANSCHLAG|DEVIS|PRESUPUESTO|COTIZACION|PREVENTIVO|OFFERTA|OFFERTE|COST ESTIMATE|OFFERT|TILBUD|OFERTA|NABIDKA|TARJOUS|ORCAMENTO",
    ),
    (
        Kind::Order,
        "PURCHASE ORDER|ORDER CONFIRMATION|BESTELLUNG|BON DE COMMANDE|ORDEN DE COMPRA|PEDIDO|ORDINE DI ACQUISTO|ORDINE|INKOOPORDER|BESTELLING|SALES ORDER|ORDER ACKNOWLEDGEMENT|ORDER ACKNOWLEDGMENT|AUFTRAGSBESTATIGUNG",
    ),
    (Kind::Bids, "BID TAB|BID TABULATION|TABULATION OF BIDS|BID SUMMARY|BID RESULTS|BID ABSTRACT"),
];

/// The kind with the most to say for it; `None` where nothing does.
pub(super) fn of(lines: &[Line], labels: &Labels) -> Option<Kind> {
    let kinds = [Kind::Invoice, Kind::Quote, Kind::Order, Kind::Bids];
    let numbered = if super::heading::is_titled(lines) { 2.0 } else { 0.0 };
    let extra = |kind| if kind == Kind::Invoice { numbered } else { 0.0 };
    let scored = kinds.map(|kind| (titled(lines, kind) + labelled(labels, kind) + extra(kind), kind));
    let (score, kind) = scored.into_iter().rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
    if score >= 2.0 {
        return Some(kind);
    }
    asks_for_money(labels).then_some(Kind::Invoice)
}

/// Whether a paper without a title is a bill by its labels: a number, a total, and what only bills break down.
fn asks_for_money(labels: &Labels) -> bool {
    let has =
        |fields: &[&str], least: u8| labels.iter().any(|label| fields.contains(&label.field) && label.weight >= least);
    let numbered = has(&["invoice_no"], 2) || has(&["order_no", "paper_no"], 1);
    numbered && has(&["total", "amount_due"], 2) && has(&["tax", "subtotal", "amount_due"], 3)
}

/// Whether some words are a title and no name.
pub(super) fn is_title(words: &[crate::pdf::words::Token]) -> bool {
    let words: Vec<String> = fold::words(words).into_iter().map(|word| word.text).collect();
    TITLES.iter().flat_map(|(_, titles)| titles.split('|')).any(|title| likeness(&words, title) >= 2.0)
}

/// A cell that is a title counts more the larger it is printed; one that begins like a title counts a little.
fn titled(lines: &[Line], kind: Kind) -> f64 {
    let size = usual_size(lines);
    // What ends in a colon is a label: `Bestellung:` stands on invoices.
    let cells = lines.iter().filter(|line| line.page == 1).flat_map(|line| &line.cells);
    let cells = cells.filter(|cell| cell.last().is_some_and(|word| !word.text.ends_with(':')));
    let score = |cell: &Vec<crate::pdf::words::Token>| {
        let words: Vec<String> = fold::words(cell).into_iter().map(|word| word.text).collect();
        let larger = (cell[0].size / size.max(0.1)).clamp(1.0, 2.0);
        let titles = TITLES.iter().filter(|(of, _)| *of == kind).flat_map(|(_, titles)| titles.split('|'));
        let best = titles.map(|title| likeness(&words, title)).fold(0.0, f64::max);
        // Invoices name the order that they bill.
        let refers = kind == Kind::Order
            && words.iter().any(|word| matches!(word.as_str(), "NO" | "NUMBER" | "NR" | "DATE" | "DATUM" | "NUMMER"));
        if refers { best.min(1.0) } else { best * larger }
    };
    cells.map(score).fold(0.0, f64::max)
}

fn likeness(words: &[String], title: &str) -> f64 {
    let title: Vec<&str> = title.split(' ').collect();
    let spaced = words.len() >= 4 && words.iter().all(|word| word.len() == 1);
    if spaced {
        return if words.concat() == title.concat() { 3.0 } else { 0.0 };
    }
    let begins = words.len() >= title.len() && words.iter().zip(&title).all(|(word, expected)| word == expected);
    let digits = |word: &String| word.bytes().any(|b| b.is_ascii_digit());
    let close = words.len() <= title.len() + 3 || words.get(title.len()).is_some_and(digits);
    if words.len() == title.len() && begins {
        3.0
    } else if begins && (close || words.iter().skip(title.len()).take(3).any(digits)) {
        2.0
    } else if words.len() <= 5 && words.windows(title.len()).any(|w| w.iter().zip(&title).all(|(word, t)| word == t)) {
        1.5
    } else {
        0.0
    }
}

/// Labels that only this kind of paper carries: the number it is known by, and its date.
fn labelled(labels: &Labels, kind: Kind) -> f64 {
    let field = match kind {
        Kind::Invoice => "invoice_no",
        Kind::Quote => "quote_no",
        Kind::Order => "order_no",
        Kind::Bids => "bid_no",
    };
    let word = match kind {
        Kind::Invoice => ["INVOICE", "RECHNUNG", "FACTU", "FATTURA"],
        Kind::Quote => ["QUOT", "ESTIMATE", "ANGEBOT", "OFFERT"],
        Kind::Order => ["PURCHASE ORDER", "PO DATE", "PO DATE", "PO DATE"],
        Kind::Bids => ["BID", "LETTING", "BID", "BID"],
    };
    let numbered = labels.iter().any(|label| label.field == field && label.weight == 3);
    let dated = labels.iter().any(|label| label.field == "date" && word.iter().any(|word| label.text.contains(word)));
    let weight = if kind == Kind::Order { 1.0 } else { 2.0 };
    f64::from(u8::from(numbered)) * weight + f64::from(u8::from(dated)) * weight
}

fn usual_size(lines: &[Line]) -> f64 {
    let mut sizes: Vec<f64> = lines.iter().flat_map(Line::words).map(|word| word.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}
