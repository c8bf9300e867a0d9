//! The rows below the header: records, rejects, and rows that are neither.

use std::collections::{BTreeMap, HashMap};

use signwright_domain::record::{Field, Parsed, Record, RecordKind, Reject, RejectReason, Value};

use super::cells::{self, Said};
use super::grid::{Grid, GridRow};
use super::headers::Headers;
use super::plan::{Plan, PlannedColumn};
use super::{SetAside, TableReading, Understood};

/// Reads all rows as planned.
pub(super) fn read(grid: &Grid, headers: &Headers, plan: Plan) -> TableReading {
    let mut reader = Reader { grid, headers, plan, parsed: Parsed::default(), seen: HashMap::new() };
    for row in grid.rows[headers.row + 1..].iter().filter(|row| row.filled() > 0) {
        reader.take(row);
    }
    TableReading { parsed: reader.parsed, understood: reader.plan.understood }
}

struct Reader<'g> {
    grid: &'g Grid,
    headers: &'g Headers,
    plan: Plan,
    parsed: Parsed,
    /// Key to the record's index and its row.
    seen: HashMap<String, (usize, u32)>,
}

/// The fields of one row and the cells that were refused.
#[derive(Default)]
struct RowFields {
    fields: BTreeMap<String, Field>,
    rejects: Vec<Reject>,
}

impl Reader<'_> {
    fn take(&mut self, row: &GridRow) {
        if let Some(why) = self.not_a_record(row) {
            return self.set_aside(row, why.to_owned());
        }
        if let Some(message) = self.misshapen(row) {
            return self.refuse(row, None, RejectReason::WrongShape, message);
        }
        let mut read = self.fields(row);
        derive_outcome(self.headers.kind.kind, &mut read.fields);
        match self.key(&read.fields) {
            Ok(key) => self.add(row, key, read),
            Err(field) => {
                let message = format!("the row has no {}", field.replace('_', " "));
                self.refuse(row, None, RejectReason::MissingKey, message);
            }
        }
    }

    fn fields(&self, row: &GridRow) -> RowFields {
        let mut out = RowFields::default();
        for column in &self.plan.columns {
            let cell = row.cell(column.column);
            match cells::read(cell, column, self.plan.currency) {
                Said::Nothing => {}
                Said::Value { value, confidence } => {
                    let at = self.grid.place(row, column.column);
                    let found_by = format!("column {}", column.header);
                    out.fields.insert(column.field.clone(), Field { value, raw: cell.raw(), at, confidence, found_by });
                }
                Said::Unreadable { reason, message } => {
                    out.rejects.push(self.cell_reject(row, column, reason, format!("{}: {message}", column.header)));
                }
            }
        }
        out
    }

    fn cell_reject(&self, row: &GridRow, column: &PlannedColumn, reason: RejectReason, message: String) -> Reject {
        Reject {
            kind: Some(self.headers.kind.kind),
            key: None,
            field: Some(column.field.clone()),
            place: Some(self.grid.place(row, column.column)),
            raw: row.cell(column.column).raw(),
            reason,
            message,
        }
    }

    /// The key, or the first of its fields that is missing.
    fn key(&self, fields: &BTreeMap<String, Field>) -> Result<String, &'static str> {
        let kind = &self.headers.kind;
        let part = |name: &&'static str| match fields.get(*name).map(|field| &field.value) {
            Some(Value::Text(text)) => Ok(text.clone()),
            Some(Value::Date(date)) => Ok(date.to_string()),
            Some(Value::Number(_) | Value::Money(_) | Value::Flag(_)) | None => Err(*name),
        };
        let parts = kind.key.iter().map(part).collect::<Result<Vec<_>, _>>()?;
        Ok(parts.join(if kind.kind == RecordKind::MaterialPrice { "@" } else { "/" }))
    }

    fn add(&mut self, row: &GridRow, key: String, read: RowFields) {
        if let Some((index, first)) = self.seen.get(&key).copied() {
            return self.repeated(row, &key, &read, index, first);
        }
        self.seen.insert(key.clone(), (self.parsed.records.len(), row.number));
        self.parsed.rejects.extend(read.rejects.into_iter().map(|reject| Reject { key: Some(key.clone()), ..reject }));
        let kind = self.headers.kind.kind;
        self.parsed.records.push(Record { kind, key, fields: read.fields, lines: Vec::new() });
    }

    /// The same number a second time: set aside where the row says the same, refused where it says something else.
    fn repeated(&mut self, row: &GridRow, key: &str, read: &RowFields, index: usize, first: u32) {
        let before = &self.parsed.records[index].fields;
        let same = before.len() == read.fields.len()
            && read.rejects.is_empty()
            && before.iter().zip(&read.fields).all(|((a, x), (b, y))| a == b && x.value == y.value);
        if same {
            self.set_aside(row, format!("the same as row {first}"));
        } else {
            let kind = self.headers.kind.kind.label();
            let message = format!("{kind} {key} already stands in row {first} with other values");
            self.refuse(row, Some(key.to_owned()), RejectReason::DuplicateKey, message);
        }
    }

    fn refuse(&mut self, row: &GridRow, key: Option<String>, reason: RejectReason, message: String) {
        let kind = Some(self.headers.kind.kind);
        let place = Some(self.grid.place(row, self.key_column()));
        self.parsed.rejects.push(Reject { kind, key, field: None, place, raw: row.raw(), reason, message });
    }

    fn set_aside(&mut self, row: &GridRow, why: String) {
        self.plan.understood.set_aside.push(SetAside { row: row.number, raw: row.raw(), why });
    }

    fn key_column(&self) -> usize {
        let key = self.headers.kind.key.first();
        self.plan.columns.iter().find(|column| Some(&column.field.as_str()) == key).map_or(0, |column| column.column)
    }

    /// Why a row is no record: totals, a repeated header, a remark.
    fn not_a_record(&self, row: &GridRow) -> Option<&'static str> {
        let first = row.cells.iter().position(|cell| !cell.is_blank())?;
        let text = row.cell(first).raw();
        let without_key = row.cell(self.key_column()).is_blank() || first == self.key_column();
        if without_key && is_total(&text) {
            Some("a row of totals")
        } else if self.repeats_header(row) {
            Some("the header once more")
        } else if row.filled() == 1 && text.trim().contains(' ') && self.plan.columns.len() > 2 {
            Some("a remark")
        } else {
            None
        }
    }

    fn repeats_header(&self, row: &GridRow) -> bool {
        let header = &self.headers.columns;
        row.filled() > 1 && row.cells.iter().zip(header).all(|(cell, column)| cell.raw().trim() == column.header.trim())
    }

    /// More cells than headers: a separator inside a text shifts everything behind it.
    fn misshapen(&self, row: &GridRow) -> Option<String> {
        let headers = self.headers.columns.len();
        let extra = row.cells.iter().skip(headers).any(|cell| !cell.is_blank());
        let delimited = self.plan.understood.delimiter.is_some();
        (extra && delimited).then(|| {
            let cells = row.cells.len();
            format!(
                "the row has {cells} cells and the header {headers}; a separator may stand inside a text without quotes"
            )
        })
    }
}

fn is_total(text: &str) -> bool {
    let plain = text.trim().trim_end_matches(':').to_lowercase();
    matches!(
        plain.as_str(),
        "total" | "totals" | "grand total" | "grand totals" | "subtotal" | "report total" | "report totals" | "sum"
    )
}

/// An outcome that is not exported on its own follows from the stage of an opportunity or the status of a quote.
fn derive_outcome(kind: RecordKind, fields: &mut BTreeMap<String, Field>) {
    let from = match kind {
        RecordKind::Opportunity => "stage",
        RecordKind::Quote => "status",
        RecordKind::Customer
        | RecordKind::WorkOrder
        | RecordKind::CostSummary
        | RecordKind::MaterialPrice
        | RecordKind::VendorBill
        | RecordKind::Invoice
        | RecordKind::PurchaseOrder
        | RecordKind::PrintedQuote
        | RecordKind::BidTab => return,
    };
    let Some(source) = fields.get(from).filter(|_| !fields.contains_key("outcome")) else { return };
    let unlisted = (kind == RecordKind::Opportunity).then_some("open");
    if let Some(outcome) = cells::outcome(&source.raw).or(unlisted) {
        let field = Field { value: Value::Text(outcome.to_owned()), ..source.clone() };
        fields.insert("outcome".to_owned(), field);
    }
}

impl Understood {
    /// How many columns fill a field.
    pub fn used(&self) -> usize {
        self.columns.iter().filter(|column| column.field.is_some()).count()
    }
}
