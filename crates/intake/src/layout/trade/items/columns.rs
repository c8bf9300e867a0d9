//! The header of a table of items, in one to three lines, and which words of a line stand in which column.

use std::collections::BTreeMap;

use super::super::fold;
use crate::layout::lines::{Line, union};
use crate::pdf::words::Token;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::layout::trade) enum Holds {
    Position,
    Item,
    Description,
    Quantity,
    Unit,
    UnitPrice,
    Discount,
    Tax,
    Amount,
    /// A known heading whose values are not kept.
    Other,
    /// Not a column: set where a description has ended.
    Closed,
}

const HEADINGS: &[(Holds, &str)] = &[
    (
        Holds::Position,
        "POS|POSITION|LINE|LINE NO|NR|NO|N|RIGA|LIGNE|REGEL|POZ|LP|SR|SR NO|SL NO|S NO|LN|LINE ITEM|LINE #|POR C|RIVI",
    ),
    (
        Holds::Item,
        "ITEM NO|ITEM NUMBER|ITEM CODE|SKU|PART NO|PART NUMBER|PRODUCT CODE|PRODUCT NO|CODE|MATERIAL NO|CATALOG NO|ART NR|ARTNR|ARTIKELNR|ARTIKELNUMMER|ARTNRKUNDE|ARTNRLIEF|ARTNRLIEFERANT|REFERENCE|REF|REFERENCIA|CODIGO|CODICE|COD|ARTIKEL NR|GTIN|ARTIKELCODE|CODE ARTICLE|ITEM ID|MODEL|PART|PRODUCT ID|STOCK CODE|STOCK NO|CATALOG NUMBER|CAT NO|MFR PART NO|CLAVE|VARENR|TUOTENRO|INDEKS|KOD|RIF|ITEM #|HSN|HSN SAC|HSN CODE|SAC",
    ),
    (
        Holds::Description,
        "ARTIKELBESCHREIBUNG|DESCRIPTION|ITEM DESCRIPTION|PRODUCT DESCRIPTION|DESCRIPTION OF GOODS|DESCRIPTION OF SERVICES|ITEM|ITEMS|PRODUCT|PRODUCT NAME|SERVICE|SERVICES|DETAILS|DETAIL|ACTIVITY|TITLE|PARTICULARS|MATERIAL|NAME|TASK|WORK PERFORMED|BESCHREIBUNG|BEZEICHNUNG|ARTIKELBEZEICHNUNG|ARTIKEL|PRODUKT|LEISTUNG|LEISTUNGSBESCHREIBUNG|TEXT|DESIGNATION|LIBELLE|ARTICLE|PRODUIT|PRESTATION|DESCRIPCION|CONCEPTO|ARTICULO|PRODUCTO|DETALLE|DESCRIZIONE|PRODOTTO|ARTICOLO|OMSCHRIJVING|PRODUCT OMSCHRIJVING|DIENST|DESC|GOODS|GOODS AND SERVICES|DESCRIPTION OF WORK|DESCRIPTION OF SERVICE|WORK|EQUIPMENT|CHARGE DESCRIPTION|BENAMNING|BESKRIVNING|BESKRIVELSE|BETEGNELSE|TEKST|SELITE|KUVAUS|TUOTE|NIMIKE|NAZWA|NAZWA TOWARU|NAZWA TOWARU LUB USLUGI|OPIS|OZNACENI|OZNACENI DODAVKY|POPIS|NAZEV|DESCRICAO|DESIGNACAO|DENUMIRE|MEGNEVEZES|VARE|OGGETTO|SERVIZIO|INTITULE",
    ),
    (
        Holds::Quantity,
        "QTY|Q TY|QUANTITY|QUANT|HOURS|HRS|HOURS QTY|QTY HRS|QTY HOURS|UNITS|QTY SHIPPED|MENGE|ANZAHL|STUCK|STUNDEN|QUANTITE|QTE|NOMBRE|NB|CANTIDAD|CANT|UNIDADES|UDS|QUANTITA|QTA|Q TA|AANTAL|HOEVEELHEID|HOURS UNITS|QTY UNITS|SHIP QTY|QTY SHP|QTY SHIP|QUANTITY SHIPPED|SHIPPED QTY|SHIPPED|QTY INVOICED|INVOICED|GALLONS|PIECES|PCS|ANTAL|ANTALL|MAARA|KPL|ILOSC|MNOZSTVI|POCET|QUANTIDADE|QTD|CANTITATE|MENNYISEG|ANZ|HRS UNITS|DAYS",
    ),
    (
        Holds::Unit,
        "MENGENEINHEIT|MENGEINHEIT|UNIT|UOM|UM|U M|UNIT OF MEASURE|EINHEIT|EINH|ME|UNITE|UNIDAD|UNITA|EENHEID|VKE GEB|J M|JM|JEDNOSTKA|ENHET|ENHED|YKSIKKO|MJ|M J|PER|EINHEITEN",
    ),
    (
        Holds::UnitPrice,
        "UNIT PRICE|PRICE|PRICE EACH|RATE|UNIT COST|COST|EACH|PRICE PER UNIT|UNIT RATE|LIST PRICE|NET PRICE|COST EACH|EINZELPREIS|PREIS|STUCKPREIS|E PREIS|EPREIS|EP|NETTOPREIS|VK PREIS|VKPREIS|EINHEITSPREIS|PREIS EINHEIT|PREIS JE EINHEIT|EINZELPREIS NETTO|PRIX UNITAIRE|PRIX UNIT|P U|PU|PU HT|P U HT|PRIX UNITAIRE HT|PRIX|TARIF|PRECIO|PRECIO UNITARIO|PRECIO UNIT|P UNITARIO|PREZZO|PREZZO UNITARIO|PREZZO UNIT|PRIJS|EENHEIDSPRIJS|STUKPRIJS|PRIJS PER STUK|PRIJS PER EENHEID|UNIT EUR|UNIT USD|UNIT GBP|UNIT CAD|PRICE UNIT|NET UNIT PRICE|SELLING PRICE|EINZEL|EINZEL EUR|ANSATZ|A PRIS|APRIS|PRIS|STYKPRIS|ENHETSPRIS|CENA|CENA NETTO|CENA JEDN|CENA JEDNOSTKOWA|J CENA|JEDN CENA|HINTA|A HINTA|YKSIKKOHINTA|PRECO|PRECO UNITARIO|PRECO UNIT|VALOR UNITARIO|EGYSEGAR|PRET UNITAR|TARIFF|UNIT VALUE|PRICE USD|PRICE EUR|PRICE GBP|PRIX UNIT HT|VALORE UNITARIO",
    ),
    (
        Holds::Discount,
        "DISCOUNT|DISC|RABATT|REMISE|DESCUENTO|DTO|SCONTO|KORTING|DISC PCT|SKONTO|RABAIS|DESCONTO|RABAT|ALE",
    ),
    (
        Holds::Tax,
        "TAX|VAT|GST|TAX RATE|VAT RATE|TAXED|MWST|UST|STEUERSATZ|UST SATZ|MWST SATZ|UMSATZSTEUER|TVA|TAUX TVA|IVA|ALIQUOTA|BTW|TAX AMOUNT|VAT AMOUNT|TAXES|VAT CODE|GST RATE|MOMS|MVA|ALV|DPH|STAWKA VAT|KWOTA VAT|VAT AMT|TPS|CODE TVA|COD IVA",
    ),
    (
        Holds::Amount,
        "AMOUNT|TOTAL|LINE TOTAL|EXTENDED|EXTENDED PRICE|EXTENSION|EXT AMOUNT|EXT PRICE|TOTAL PRICE|TOTAL AMOUNT|NET AMOUNT|SUBTOTAL|SUB TOTAL|NET TOTAL|LINE AMOUNT|TOTAL COST|NET VALUE|VALUE|CHARGES|BETRAG|GESAMT|GESAMTPREIS|GESAMTBETRAG|SUMME|NETTOBETRAG|ZEILENBETRAG|POSITIONSBETRAG|NETTOWERT|G PREIS|GPREIS|GP|WERT|NETTO|BETRAG NETTO|GESAMT NETTO|MONTANT|MONTANT HT|TOTAL HT|PRIX TOTAL|PRIX TOTAL HT|TOTAL EUR|IMPORTE|IMPORTE TOTAL|PRECIO TOTAL|IMPORTO|TOTALE|PREZZO TOTALE|IMPORTO TOTALE|BEDRAG|TOTAAL|TOTAALPRIJS|TOTAALBEDRAG|REGELTOTAAL|LINE VALUE|LINE NET|GOODS VALUE|NET GOODS|EXT|EXTENDED AMT|EXTENDED AMOUNT|EXTENDED COST|AMOUNT USD|AMOUNT EUR|AMOUNT GBP|AMOUNT CAD|AMOUNT NZD|AMOUNT AUD|CHARGE|GESAMT EUR|GESAMTPREIS NETTO|BETRAG EUR|BETRAG CHF|BELOPP|BELOB|BELOP|SUMMA|YHTEENSA|WARTOSC|WARTOSC NETTO|KWOTA NETTO|CENA CELKEM|CELKEM|VALOR|VALOR TOTAL|PRECO TOTAL|ERTEK|VALOARE|IMPORTE NETO|PRIX NET|SOMME|VALORE|PREIS GESAMT",
    ),
    (
        Holds::Other,
        "DATE|DATUM|FECHA|DATA|DELIVERY DATE|WEIGHT|GEWICHT|STAFF|NOTE|NOTES|SIZE|COLOR|BACKORDERED|ORDERED|SERIAL|LOT|BACK ORDERED|BACKORD|B O|BO|QTY ORD|ORDER QTY|QTY ORDERED|ORDERED QTY|RETAINAGE|SCHEDULED VALUE|CLASS|WEIGHT LB|WARTOSC BRUTTO|BRUTTO|KC CELKEM|VKE",
    ),
];

/// One column with the stretch its heading covers.
#[derive(Clone, Debug)]
struct Column {
    holds: Holds,
    left: f64,
    right: f64,
}

/// The header of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    columns: Vec<Column>,
    /// Whether the column of descriptions holds the item's number in its first line.
    pub(super) item_above: bool,
}

/// A heading, or a part of one, in one line.
#[derive(Clone, Debug)]
struct Heading {
    words: Vec<String>,
    /// Whether it ends with a hyphen.
    broken: bool,
    bbox: [f64; 4],
}

/// Where something that may be a heading stands, and what the column below it then holds.
#[derive(Clone, Debug)]
pub(super) struct Hint {
    pub(super) holds: Option<Holds>,
    pub(super) bbox: [f64; 4],
}

/// The headings in some lines that may stand above a table.
pub(super) fn hints(block: &[Line]) -> Vec<Hint> {
    stacks(block).iter().map(|stack| Hint { holds: holds(&stack.words), bbox: stack.bbox }).collect()
}

impl Header {
    /// The header whose first line is this one, with the line after it.
    pub(super) fn at(lines: &[Line], at: usize) -> Option<(Self, usize)> {
        (1..=4).rev().find_map(|height| {
            let block = lines.get(at..at + height)?;
            let header = Self::of(block)?;
            // The first line must say something of it, else the header begins further down.
            Some((header, at + height))
        })
    }

    fn of(block: &[Line]) -> Option<Self> {
        let (first, last) = (block.first()?, block.last()?);
        let follow = block.windows(2).all(|pair| follows(&pair[0], &pair[1]));
        let same_page = first.page == last.page;
        if !follow || !same_page || block.iter().any(has_money) {
            return None;
        }
        let own = |line: &Line| headings(line).iter().filter(|heading| holds(&heading.words).is_some()).count();
        // Every line says something of the header, and one of them most of it.
        if block.iter().any(|line| own(line) == 0) && block.len() > 1 && !wraps(block) {
            return None;
        }
        if own(first) == 0 {
            return None;
        }
        let columns = columns(block);
        let unknown = columns.iter().filter(|column| column.is_none()).count();
        let known: Vec<Column> = columns.into_iter().flatten().collect();
        let item_above = stacks(block).iter().any(|stack| item_above(&stack.words));
        let header = Self { columns: unique(known), item_above };
        let named = header.has(Holds::Description) || header.has(Holds::Item);
        let priced = header.has(Holds::Amount) || header.has(Holds::UnitPrice);
        let counted = header.columns.iter().filter(|column| column.holds != Holds::Other).count();
        let enough = counted >= 3 || (counted == 2 && header.has(Holds::Amount) && block.len() == 1 && unknown == 0);
        (named && priced && enough && unknown <= counted).then(|| header.with_description())
    }

    /// A table whose items are only numbered still says what they are.
    fn with_description(mut self) -> Self {
        if !self.has(Holds::Description) {
            for column in &mut self.columns {
                if column.holds == Holds::Item {
                    column.holds = Holds::Description;
                }
            }
        }
        self
    }

    pub(super) fn has(&self, holds: Holds) -> bool {
        self.columns.iter().any(|column| column.holds == holds)
    }

    /// How much a table tells: tables of items tell most.
    pub(super) fn worth(&self) -> usize {
        let fields = [Holds::Description, Holds::Quantity, Holds::UnitPrice, Holds::Amount];
        fields.iter().filter(|holds| self.has(**holds)).count()
    }

    /// A line's words by column.
    pub(super) fn sorted(&self, line: &Line, is_number: &dyn Fn(&str) -> bool) -> BTreeMap<Holds, Vec<Token>> {
        let mut out: BTreeMap<Holds, Vec<Token>> = BTreeMap::new();
        for cell in &line.cells {
            let mut last = None;
            for run in self.runs(cell) {
                let column = self.column(run, last, is_number);
                last = Some(column);
                out.entry(self.columns[column].holds).or_default().extend(run.iter().cloned());
            }
        }
        out
    }

    /// A cell that reaches over several columns falls apart into its words.
    fn runs<'t>(&self, cell: &'t [Token]) -> Vec<&'t [Token]> {
        let Some(bbox) = cell.iter().map(|word| word.bbox).reduce(union) else { return Vec::new() };
        let over = self.columns.iter().filter(|column| column.right > bbox[0] && column.left < bbox[2]).count();
        if over > 1 { cell.chunks(1).collect() } else { vec![cell] }
    }

    /// The column a run of words stands in: what is no number does not start in a column of numbers.
    fn column(&self, run: &[Token], last: Option<usize>, is_number: &dyn Fn(&str) -> bool) -> usize {
        let bbox = run.iter().map(|word| word.bbox).reduce(union).unwrap_or_default();
        let numeric = run.iter().any(|word| {
            is_number(word.text.trim_matches(['$', '€', '£', '%', '(', ')']))
                || word.text.ends_with('%')
                || is_sign(&word.text)
        });
        let allowed = |column: &Column| match column.holds {
            Holds::Quantity | Holds::UnitPrice | Holds::Amount | Holds::Discount => numeric,
            Holds::Position | Holds::Tax => run.len() <= 2,
            Holds::Item | Holds::Description | Holds::Unit | Holds::Other | Holds::Closed => true,
        };
        let apart = |column: &Column| {
            let gap = (column.left - bbox[2]).max(bbox[0] - column.right).max(0.0);
            let middle = ((column.left + column.right) - (bbox[0] + bbox[2])).abs() / 2.0;
            let edge = (column.left - bbox[0]).abs().min((column.right - bbox[2]).abs()).min(middle);
            // A single number keeps away from text columns that merely reach it.
            gap * 4.0 + edge + if numeric && run.len() == 1 && column.holds == Holds::Description { 15.0 } else { 0.0 }
        };
        // A word in the middle of a cell of text goes on with it.
        if !numeric && let Some(last) = last {
            return last;
        }
        let nearest = (0..self.columns.len())
            .filter(|column| allowed(&self.columns[*column]))
            .min_by(|a, b| apart(&self.columns[*a]).total_cmp(&apart(&self.columns[*b])));
        nearest.unwrap_or(0)
    }
}

fn is_sign(text: &str) -> bool {
    matches!(text, "$" | "€" | "£" | "-" | "EUR" | "USD")
}

/// Whether one line stands right below another.
fn follows(above: &Line, below: &Line) -> bool {
    let bottom = above.words().map(|word| word.bbox[3]).fold(0.0, f64::max);
    let top = below.words().map(|word| word.bbox[1]).fold(f64::INFINITY, f64::min);
    let size = below.words().map(|word| word.size).fold(1.0, f64::max);
    top - bottom < 0.9 * size
}

/// Headings that wrap: the lines of a block share most of their columns with the line that has most of them.
fn wraps(block: &[Line]) -> bool {
    let widest = block.iter().max_by_key(|line| line.cells.len());
    let boxes: Vec<[f64; 4]> = widest.iter().flat_map(|line| headings(line)).map(|heading| heading.bbox).collect();
    let under = |line: &Line| {
        line.cells.iter().all(|cell| {
            let bbox = cell.iter().map(|word| word.bbox).reduce(union).unwrap_or_default();
            cell.len() <= 3 && boxes.iter().any(|column| column[2] > bbox[0] && column[0] < bbox[2])
        })
    };
    block.iter().all(under)
}

fn has_money(line: &Line) -> bool {
    line.words().any(|word| {
        let digits = word.text.bytes().filter(u8::is_ascii_digit).count();
        digits >= 2
    })
}

/// The headings of one line: its cells, cut where one cell holds several.
fn headings(line: &Line) -> Vec<Heading> {
    line.cells.iter().flat_map(|cell| parts(cell)).collect()
}

fn parts(cell: &[Token]) -> Vec<Heading> {
    let words = fold::words(cell);
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let mut out: Vec<Heading> = Vec::new();
    let (mut at, mut known) = (0, false);
    while at < words.len() {
        let found = longest(&texts[at..]);
        let length = found.map_or(1, |(_, length)| length);
        let tokens = &cell[words[at].token..=words[at + length - 1].token];
        let bbox = tokens.iter().map(|word| word.bbox).reduce(union).unwrap_or_default();
        let broken = tokens.last().is_some_and(|word| word.text.len() > 1 && word.text.ends_with('-'));
        let part =
            Heading { broken, words: texts[at..at + length].iter().map(|word| (*word).to_owned()).collect(), bbox };
        match out.last_mut() {
            Some(last) if found.is_none() || !known => {
                last.words.extend(part.words);
                last.broken = part.broken;
                last.bbox = union(last.bbox, bbox);
            }
            Some(_) | None => out.push(part),
        }
        known |= found.is_some();
        at += length;
    }
    out
}

/// Headings of all lines that stand above each other, each with what it holds.
fn columns(block: &[Line]) -> Vec<Option<Column>> {
    let column =
        |stack: &Heading| Some(Column { holds: holds(&stack.words)?, left: stack.bbox[0], right: stack.bbox[2] });
    stacks(block).iter().map(column).collect()
}

/// `Item No` above `Description`.
fn item_above(words: &[String]) -> bool {
    let texts: Vec<&str> = words.iter().map(String::as_str).collect();
    longest(&texts).map(|(holds, _)| holds) == Some(Holds::Item) && holds(words) == Some(Holds::Description)
}

fn stacks(block: &[Line]) -> Vec<Heading> {
    let mut stacks: Vec<Heading> = Vec::new();
    for mut heading in block.iter().flat_map(headings) {
        let over = |stack: &&mut Heading| {
            stack.bbox[2] > heading.bbox[0] && stack.bbox[0] < heading.bbox[2] && stack.bbox[3] <= heading.bbox[1] + 3.0
        };
        let Some(stack) = stacks.iter_mut().find(over) else {
            stacks.push(heading);
            continue;
        };
        // `Positions-` above `betrag` is one word.
        if let Some(broken) = stack.words.last_mut().filter(|_| stack.broken) {
            broken.push_str(&heading.words.remove(0));
        }
        stack.broken = heading.broken;
        stack.words.extend(heading.words);
        stack.bbox = union(stack.bbox, heading.bbox);
    }
    stacks.sort_by(|a, b| a.bbox[0].total_cmp(&b.bbox[0]));
    stacks
}

/// What a heading printed like this means.
pub(in crate::layout::trade) fn named(text: &str) -> Option<Holds> {
    let words: Vec<String> = text.split_whitespace().map(fold::fold).filter(|word| !word.is_empty()).collect();
    holds(&words)
}

/// What a heading means: the longest phrase in it; of equally long ones a description, else the first.
fn holds(words: &[String]) -> Option<Holds> {
    let texts: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = (0..texts.len()).filter_map(|at| longest(&texts[at..]).map(|(holds, length)| (holds, length, at)));
    found
        .max_by_key(|(holds, length, at)| (*length, *holds == Holds::Description, std::cmp::Reverse(*at)))
        .map(|(holds, ..)| holds)
}

fn longest(words: &[&str]) -> Option<(Holds, usize)> {
    let phrases = HEADINGS.iter().flat_map(|(holds, phrases)| phrases.split('|').map(move |phrase| (*holds, phrase)));
    let fits = phrases.filter_map(|(holds, phrase)| {
        let length = phrase.split(' ').count();
        (length <= words.len() && phrase.split(' ').zip(words).all(|(expected, word)| expected == *word))
            .then_some((holds, length))
    });
    fits.max_by_key(|(_, length)| *length)
}

/// A kind of column that appears twice counts once: the last description, the last amount.
fn unique(columns: Vec<Column>) -> Vec<Column> {
    let mut out: Vec<Column> = Vec::new();
    for column in columns {
        let twice = out.iter().position(|other| other.holds == column.holds);
        match (twice, column.holds) {
            (None, _) | (_, Holds::Other | Holds::Tax) => out.push(column),
            (Some(before), Holds::Amount) => {
                // `Amount  Product  Price  Total`: the first counts.
                let counts = before == 0 && !out.iter().any(|column| column.holds == Holds::Quantity);
                out[before].holds = if counts { Holds::Quantity } else { Holds::Other };
                out.push(column);
            }
            // `Item  Description  Price`: what stands before the description names the item.
            (Some(before), Holds::Description) => {
                let numbered = out.iter().any(|column| column.holds == Holds::Item);
                out[before].holds = if numbered { Holds::Other } else { Holds::Item };
                out.push(column);
            }
            (Some(_), _) => out.push(Column { holds: Holds::Other, ..column }),
        }
    }
    out
}
