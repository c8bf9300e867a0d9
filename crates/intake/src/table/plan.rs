//! How each column of one table is read: what was said about it, else decimal mark and date order per column with the
//! whole table to fall back on, and which unknown columns of a quotes list are drivers of the shop's own.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use signwright_domain::Currency;
use signwright_domain::record::RecordKind;

use super::bids;
use super::cells::{self, Said};
use super::columns::{HeaderText, snake_case};
use super::fields::{Reads, TableKind};
use super::grid::{Cell, Grid};
use super::headers::{Headers, NamedColumn, is_currency};
use super::mapping::{ColumnMapping, ColumnRule, DecimalStyle, Mapping, SignRule};
use super::suggest;
use super::survey::{Column, Nature, Survey};
use super::understood::{ColumnRole, ColumnUse, Understood};
use super::units::Conversion;
use crate::dates::DateOrder;
use crate::numbers::DecimalMark;

/// One column that is read into one field.
#[derive(Clone, Debug)]
pub(super) struct PlannedColumn {
    /// From 0.
    pub(super) column: usize,
    pub(super) field: String,
    pub(super) header: String,
    pub(super) found_by: String,
    pub(super) reads: Reads,
    /// Of numbers that name none.
    pub(super) unit: Option<String>,
    pub(super) mark: DecimalMark,
    pub(super) order: DateOrder,
    /// The column's way of saying nothing is a word such as `n/a`. A word that stands there once or twice may hide a
    /// value, so it is refused and a person looks.
    pub(super) writes_absence: bool,
    pub(super) currency: Option<Currency>,
    pub(super) sign: Option<SignRule>,
    /// Cells that are read as another text, in lower case.
    values: BTreeMap<String, String>,
    /// The separator, in lower case, and the part of the cell that is read.
    part: Option<(String, usize)>,
    /// Columns whose cells follow this one's.
    pub(super) join: Vec<usize>,
}

/// Currencies of amounts.
#[derive(Clone, Debug)]
pub(super) struct Amounts {
    /// The shop's.
    pub(super) currency: Currency,
    pub(super) rates: BTreeMap<String, Decimal>,
}

/// How the whole table is read.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) amounts: Amounts,
    pub(super) columns: Vec<PlannedColumn>,
    /// Where the currency of a row stands.
    pub(super) currency_column: Option<usize>,
    /// Columns whose empty cells mean the value above.
    pub(super) fill_down: Vec<usize>,
    /// The field that section rows give.
    pub(super) section: Option<String>,
    pub(super) understood: Understood,
}

/// So many words such as `n/a` in one column are a habit, not a slip.
const HABIT: usize = 3;

/// Decides how a table is read, from its headers, all its cells and what was said.
pub(super) fn of_table(grid: &Grid<'_>, headers: &Headers, mapping: Option<&Mapping>, currency: Currency) -> Plan {
    let survey = Survey::of(grid, headers);
    let amounts = Amounts { currency, rates: mapping.map(|mapping| mapping.rates.clone()).unwrap_or_default() };
    let mut columns: Vec<PlannedColumn> = Vec::new();
    for (index, column) in headers.columns.iter().enumerate() {
        let rule = column.said.as_ref().and_then(ColumnMapping::rule).unwrap_or_default();
        let planned = known(index, column, headers.kind, &rule);
        let planned = if planned.is_empty() { own_driver(index, column, headers, &rule, &survey) } else { planned };
        columns.extend(planned);
    }
    for column in &mut columns {
        column.writes_absence = survey.columns[column.column].absences >= HABIT;
        let rule = headers.columns[column.column].said.as_ref().and_then(ColumnMapping::rule).unwrap_or_default();
        column.join = rule.join.iter().filter_map(|header| position(headers, header)).collect();
        column.currency = column.currency.or(mapping.and_then(|mapping| mapping.currency));
    }
    let settled = settle(headers, mapping, &survey, &mut columns);
    let currency_column = headers.columns.iter().position(is_currency);
    let uses = uses(headers, &survey, &columns, currency_column, &amounts, &settled);
    let understood = Understood {
        kind: Some(headers.kind.kind),
        profile: mapping.and_then(|mapping| mapping.name.clone()),
        encoding: grid.encoding.clone(),
        delimiter: grid.delimiter,
        sheet: grid.sheet.clone(),
        header_row: grid.head[headers.row].number,
        header_rows: headers.rows as u32,
        rows: survey.rows,
        wide: headers.wide,
        missing: headers.missing.iter().map(|field| (*field).to_owned()).collect(),
        key: headers.key.iter().map(|field| (*field).to_owned()).collect(),
        columns: uses,
        date_order: settled.order,
        decimal_comma: settled.mark == DecimalMark::Comma,
        ..Understood::default()
    };
    let above = mapping.map(|mapping| mapping.fill_down.as_slice()).unwrap_or_default();
    let fill_down = above.iter().filter_map(|header| position(headers, header)).collect();
    let section = mapping.and_then(|mapping| mapping.section.clone());
    Plan { amounts, columns, currency_column, fill_down, section, understood }
}

/// The column with a header.
fn position(headers: &Headers, header: &str) -> Option<usize> {
    let said = HeaderText::of(header).plain;
    headers.columns.iter().position(|column| column.text.plain == said)
}

/// The field or, where it is split, the fields that a column fills.
fn known(index: usize, column: &NamedColumn, kind: &TableKind, rule: &ColumnRule) -> Vec<PlannedColumn> {
    if let Some(split) = &rule.split {
        let part = |(part, name): (usize, &String)| {
            let field = &kind.fields[kind.field(name)?];
            let part = Some((split.at.to_lowercase(), part));
            Some(PlannedColumn { part, ..planned(index, field.field.to_owned(), column, field.reads, rule) })
        };
        return split.into.iter().enumerate().filter_map(part).collect();
    }
    let field = column.field.map(|field| &kind.fields[field]);
    field.map(|field| planned(index, field.field.to_owned(), column, field.reads, rule)).into_iter().collect()
}

fn planned(column: usize, field: String, named: &NamedColumn, reads: Reads, rule: &ColumnRule) -> PlannedColumn {
    let header = named.header.trim().to_owned();
    let unit = rule.unit.as_ref().map(|unit| unit.to_lowercase()).or_else(|| named.text.unit.clone());
    PlannedColumn {
        column,
        field,
        found_by: format!("column {header}"),
        header,
        reads,
        unit,
        mark: DecimalMark::Point,
        order: DateOrder::MonthFirst,
        writes_absence: false,
        currency: rule.currency.or_else(|| named.text.unit.as_deref().and_then(currency_in_header)),
        sign: rule.sign,
        values: rule.values.iter().map(|(from, to)| (from.trim().to_lowercase(), to.clone())).collect(),
        part: None,
        join: Vec::new(),
    }
}

/// `Amount (CAD)`.
fn currency_in_header(unit: &str) -> Option<Currency> {
    let known = ["usd", "cad", "aud", "eur", "gbp", "chf", "jpy", "mxn", "nzd"];
    known.contains(&unit).then(|| unit.to_uppercase().parse().ok()).flatten()
}

/// A column that nobody knows becomes a driver where that was said, or where it stands in a quotes list and its values
/// are numbers, flags or categories.
fn own_driver(
    index: usize,
    column: &NamedColumn,
    headers: &Headers,
    rule: &ColumnRule,
    survey: &Survey,
) -> Vec<PlannedColumn> {
    let said = rule.driver.is_some();
    let name = match rule.driver.as_deref() {
        Some(name) if !name.is_empty() => snake_case(name),
        Some(_) | None => snake_case(&column.header),
    };
    let guessed = headers.kind.kind == RecordKind::Quote
        && matches!(column.said, None | Some(ColumnMapping::Used(true)))
        && !is_currency(column)
        && !is_ours(column)
        && !is_result(column)
        && headers.kind.field(&name).is_none();
    if name.is_empty() || headers.wide || !(said || guessed) {
        return Vec::new();
    }
    let reads = match survey.columns[index].nature() {
        Nature::Numbers => Reads::Number,
        Nature::Flags => Reads::Flag,
        Nature::Categories => Reads::Text,
        Nature::Text if said => Reads::Text,
        Nature::Text | Nature::Dates | Nature::Empty => return Vec::new(),
    };
    vec![planned(index, name, column, reads, rule)]
}

/// What is known only when the work is done, or follows from its price: a model that learned from it would know the
/// answer. Such a column is offered, and a person may still say that it is a driver.
fn is_result(column: &NamedColumn) -> bool {
    const WORDS: &[&str] = &[
        "actual",
        "amount",
        "billed",
        "commission",
        "cost",
        "costs",
        "invoiced",
        "margin",
        "paid",
        "price",
        "profit",
        "revenue",
        "total",
        "markup",
    ];
    column.text.plain.split(' ').any(|word| WORDS.contains(&word))
}

/// A column that stands in a sheet of refused rows beside the file's own.
fn is_ours(column: &NamedColumn) -> bool {
    matches!(column.text.plain.as_str(), "signwright rejects" | "signwright reason")
}

/// The table's own decimal mark and date order.
struct Settled {
    mark: DecimalMark,
    order: Option<DateOrder>,
    /// Column and what to know about it.
    notes: Vec<(usize, &'static str)>,
}

/// Settles decimal marks and date orders; the answer is the table's own, for columns that say nothing.
fn settle(headers: &Headers, mapping: Option<&Mapping>, survey: &Survey, columns: &mut [PlannedColumn]) -> Settled {
    let rule = |column: &PlannedColumn| {
        let said = headers.columns[column.column].said.as_ref();
        said.and_then(ColumnMapping::rule).unwrap_or_default()
    };
    let of = |column: &PlannedColumn| -> &Column { &survey.columns[column.column] };
    let wide = headers.wide.then(|| survey.columns.iter().filter_map(Column::mark)).into_iter().flatten();
    let numeric = columns.iter().filter(|column| is_numeric(column.reads)).filter_map(|column| of(column).mark());
    let marks: Vec<DecimalMark> = numeric.chain(wide).collect();
    let commas = marks.iter().filter(|mark| **mark == DecimalMark::Comma).count();
    let guessed = if commas * 2 > marks.len() { DecimalMark::Comma } else { DecimalMark::Point };
    let said = mapping.and_then(|mapping| mapping.decimal).map(mark_of);
    let mark = said.unwrap_or(guessed);
    let dated = || columns.iter().filter(|column| is_dated(column.reads));
    let orders: Vec<DateOrder> = dated().filter_map(|column| of(column).order()).collect();
    let days = orders.iter().filter(|order| **order == DateOrder::DayFirst).count();
    let guessed = if days * 2 > orders.len() { DateOrder::DayFirst } else { DateOrder::MonthFirst };
    let said_order = mapping.and_then(|mapping| mapping.dates);
    let order = said_order.unwrap_or(guessed);
    let ambiguous = dated().any(|column| of(column).ambiguous);
    let told = said_order.is_some() || !orders.is_empty();
    let mut notes = Vec::new();
    for column in columns.iter_mut() {
        let (rule, seen) = (rule(column), &survey.columns[column.column]);
        column.mark = rule.decimal.map(mark_of).or(said).or(seen.mark()).unwrap_or(mark);
        column.order = rule.dates.or(said_order).or(seen.order()).unwrap_or(order);
        if is_numeric(column.reads) && column.mark != mark {
            notes.push((column.column, "another decimal mark than the rest of the table"));
        }
        if is_dated(column.reads) && !told && rule.dates.is_none() && seen.ambiguous {
            notes.push((column.column, "the month is assumed to come first"));
        }
    }
    Settled { mark, order: (told || ambiguous).then_some(order), notes }
}

fn mark_of(style: DecimalStyle) -> DecimalMark {
    match style {
        DecimalStyle::Point => DecimalMark::Point,
        DecimalStyle::Comma => DecimalMark::Comma,
    }
}

fn uses(
    headers: &Headers,
    survey: &Survey,
    columns: &[PlannedColumn],
    currency: Option<usize>,
    amounts: &Amounts,
    settled: &Settled,
) -> Vec<ColumnUse> {
    let taken: Vec<&str> = columns.iter().map(|column| column.field.as_str()).collect();
    let one = |(index, column): (usize, &NamedColumn)| {
        let planned: Vec<&PlannedColumn> = columns.iter().filter(|planned| planned.column == index).collect();
        let seen = &survey.columns[index];
        let mut used = ColumnUse {
            column: index as u32 + 1,
            header: column.header.trim().to_owned(),
            samples: seen.samples.clone(),
            ..ColumnUse::default()
        };
        match planned.first() {
            Some(first) => {
                let own = headers.kind.field(&first.field).is_none();
                used.role = if own { ColumnRole::Driver } else { ColumnRole::Field };
                used.field = Some(first.field.clone());
                used.unit = first.unit.clone();
                used.confidence = confidence(column, seen, first, amounts);
                used.note = note(&planned, own);
            }
            None if headers.wide && !used.header.is_empty() => {
                used.role = ColumnRole::Field;
                used.field = Some("price".to_owned());
                used.confidence = 0.95;
                used.note = Some("a series of its own".to_owned());
            }
            None if currency == Some(index) => {
                used.role = ColumnRole::Field;
                used.field = Some(super::mapping::CURRENCY.to_owned());
                used.confidence = 1.0;
                used.note = Some("the currency of the row's amounts".to_owned());
            }
            None => {
                let could = matches!(seen.nature(), Nature::Numbers | Nature::Flags | Nature::Categories);
                let could = could && !seen.is_running(&column.text) && !is_ours(column);
                used.role = if could { ColumnRole::Offered } else { ColumnRole::Unused };
                used.suggestions = suggest::fields(column, seen, headers.kind, &taken);
                used.note = Some(if could { "not used; could be a driver" } else { "not used" }.to_owned());
            }
        }
        if let Some((bid, field)) = bids::owner(&headers.bids, index) {
            used.role = ColumnRole::Field;
            used.field = Some(field.to_owned());
            used.confidence = used.confidence.max(0.95);
            used.suggestions = Vec::new();
            used.note = Some(format!("of {}", bid.name));
        }
        if let Some((_, note)) = settled.notes.iter().find(|(column, _)| *column == index) {
            used.note = Some((*note).to_owned());
        }
        used
    };
    let named = headers.columns.iter().enumerate().filter(|(_, column)| !column.header.trim().is_empty());
    named.map(one).collect()
}

fn note(planned: &[&PlannedColumn], own: bool) -> Option<String> {
    let first = planned.first()?;
    if planned.len() > 1 || first.part.is_some() {
        let fields = planned.iter().map(|column| column.field.as_str()).collect::<Vec<_>>().join(", ");
        return Some(format!("split into {fields}"));
    }
    match (first.reads, first.unit.as_deref()) {
        (Reads::Measure(to), Some(unit)) => {
            let conversion = Conversion::between(unit, to)?;
            (!conversion.is_identity()).then(|| format!("{unit}, converted to {to}"))
        }
        (Reads::Number, _) if own => Some("a driver of your own, a number".to_owned()),
        (Reads::Flag, _) if own => Some("a driver of your own, yes or no".to_owned()),
        _ if own => Some("a driver of your own, a category".to_owned()),
        _ => None,
    }
}

/// How sure a use is: what was said is certain, a name that means one thing nearly so, a name that means many things
/// less; and it falls with the share of cells that do not read as the field wants.
fn confidence(named: &NamedColumn, seen: &Column, planned: &PlannedColumn, amounts: &Amounts) -> f64 {
    let by_name: f64 = match &named.said {
        Some(ColumnMapping::Field(_) | ColumnMapping::Rule(_)) => 1.0,
        Some(ColumnMapping::Used(_)) | None => match (named.field.is_some(), suggest::is_vague(&named.text.plain)) {
            (false, _) | (true, true) => 0.85,
            (true, false) if named.rank < 20 => 0.99,
            (true, false) => 0.9,
        },
    };
    let sample: Vec<&Cell> = seen.sample.iter().take(200).collect();
    let reads = |cell: &&&Cell| match cells::read(cell, planned, None, amounts) {
        Said::Value { confidence, .. } => confidence > 0.9,
        Said::Nothing => true,
        Said::Unreadable { .. } => false,
    };
    let share = match sample.len() {
        0 => 1.0,
        len => sample.iter().filter(reads).count() as f64 / len as f64,
    };
    (by_name * (0.3 + 0.7 * share) * 100.0).round() / 100.0
}

fn is_numeric(reads: Reads) -> bool {
    match reads {
        Reads::Money | Reads::Number | Reads::Measure(_) => true,
        Reads::Id
        | Reads::Text
        | Reads::Date
        | Reads::Month
        | Reads::Flag
        | Reads::Outcome
        | Reads::JobStatus
        | Reads::Choice(_) => false,
    }
}

fn is_dated(reads: Reads) -> bool {
    matches!(reads, Reads::Date | Reads::Month)
}

impl PlannedColumn {
    /// The cell in the place of the one that stands there: its part, or what its text was said to mean.
    pub(super) fn replaced(&self, cell: &Cell) -> Option<Cell> {
        if self.part.is_none() && self.values.is_empty() {
            return None;
        }
        let raw = cell.raw();
        let part = match &self.part {
            Some((at, part)) => {
                let lower = raw.to_lowercase();
                let from = if lower.len() == raw.len() { raw.as_str() } else { lower.as_str() };
                let cuts = lower.match_indices(at.as_str()).map(|(start, found)| (start, start + found.len()));
                let mut begin = 0;
                let mut parts: Vec<&str> = Vec::new();
                for (start, end) in cuts {
                    parts.push(&from[begin..start]);
                    begin = end;
                }
                parts.push(&from[begin..]);
                parts.get(*part).map_or(String::new(), |part| part.trim().to_owned())
            }
            None => raw,
        };
        let said = self.values.get(&part.trim().to_lowercase()).cloned().unwrap_or(part);
        Some(if said.is_empty() { Cell::Blank } else { Cell::Text(said) })
    }

    /// A column of a table of series, for each of its months.
    pub(super) fn of_series(column: usize, header: &str, mark: DecimalMark) -> Self {
        Self {
            column,
            field: "price".to_owned(),
            header: header.to_owned(),
            found_by: format!("column {header}"),
            reads: Reads::Number,
            unit: None,
            mark,
            order: DateOrder::MonthFirst,
            writes_absence: true,
            currency: None,
            sign: None,
            values: BTreeMap::new(),
            part: None,
            join: Vec::new(),
        }
    }
}
