//! The rows below the header: records, rejects, and rows that are neither. Rows are read some at a time, so that a long
//! file needs no more memory than a short one beyond the numbers it has seen.

use std::collections::{BTreeMap, HashMap, HashSet};

use signwright_domain::record::{Field, Parsed, Record, RecordKind, Reject, RejectReason, Value};

use super::bids;
use super::cells::{self, Said};
use super::grid::{At, Cell, Grid, GridRow};
use super::headers::Headers;
use super::identity::{self, Print};
use super::lines::Gathered;
use super::plan::{Plan, PlannedColumn};
use super::understood::Understood;

/// One table being read.
#[derive(Debug)]
pub(super) struct Reader<'b> {
    grid: Grid<'b>,
    headers: Headers,
    plan: Plan,
    at: At,
    /// Of a table of series, in place of the planned columns.
    series: Vec<PlannedColumn>,
    key_column: usize,
    /// Keys that were seen, with their row and half of the print of its values, which is enough for rows of one key.
    seen: HashMap<u128, (u32, u64)>,
    /// How often a row without a key had the same contents.
    alike: HashMap<Print, u32>,
    section: Option<(u32, usize, String)>,
    /// Where a corrected row names the rejects it settles, and those that are settled.
    settles: Option<usize>,
    settled: Vec<i64>,
    /// Of a table whose rows are lines.
    gathered: Gathered,
    /// The last filled cell of each column that is filled down.
    above: HashMap<usize, Cell>,
}

/// The fields of one row and the cells that were refused.
#[derive(Default)]
struct RowFields {
    fields: BTreeMap<String, Field>,
    rejects: Vec<Reject>,
}

impl<'b> Reader<'b> {
    pub(super) fn new(grid: Grid<'b>, headers: Headers, plan: Plan) -> Self {
        let at = grid.below(headers.row + headers.rows);
        let first = headers.key.first().copied();
        let key = plan.columns.iter().find(|column| Some(column.field.as_str()) == first);
        let key_column = key.map_or(0, |column| column.column);
        let decimal = if plan.understood.decimal_comma {
            crate::numbers::DecimalMark::Comma
        } else {
            crate::numbers::DecimalMark::Point
        };
        let series = match headers.wide {
            false => Vec::new(),
            true => headers
                .columns
                .iter()
                .enumerate()
                .filter(|(_, column)| column.field.is_none() && !column.header.trim().is_empty())
                .map(|(index, column)| PlannedColumn::of_series(index, column.header.trim(), decimal))
                .collect(),
        };
        let name = super::columns::HeaderText::of(super::SETTLES).plain;
        let settles = headers.columns.iter().position(|column| column.text.plain == name);
        Self {
            settles,
            settled: Vec::new(),
            grid,
            headers,
            plan,
            at,
            series,
            key_column,
            seen: HashMap::new(),
            alike: HashMap::new(),
            section: None,
            above: HashMap::new(),
            gathered: Gathered::default(),
        }
    }

    pub(super) fn understood(&self) -> &Understood {
        &self.plan.understood
    }

    pub(super) fn understood_mut(&mut self) -> &mut Understood {
        &mut self.plan.understood
    }

    /// Records and rejects of the next rows, `None` at the end.
    pub(super) fn next(&mut self, rows: usize) -> Option<Parsed> {
        let rows = self.grid.take(&mut self.at, rows);
        let mut out = Parsed::default();
        if rows.is_empty() {
            out.records = self.gathered.take();
            return (!out.records.is_empty()).then_some(out);
        }
        for mut row in rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_blank())) {
            self.take(&mut row, &mut out);
        }
        Some(out)
    }

    pub(super) fn settled(&self) -> &[i64] {
        &self.settled
    }

    pub(super) fn header(&self) -> Vec<String> {
        self.headers.columns.iter().map(|column| column.header.clone()).collect()
    }

    /// The cells of rows, by number: what a person gets back to repair.
    pub(super) fn cells_of(&self, wanted: &HashSet<u32>) -> BTreeMap<u32, Vec<String>> {
        let mut at = self.grid.below(self.headers.row + self.headers.rows);
        let mut found = BTreeMap::new();
        loop {
            let rows = self.grid.take(&mut at, 4096);
            if rows.is_empty() || found.len() == wanted.len() {
                return found;
            }
            let rows = rows.into_iter().filter(|row| wanted.contains(&row.number));
            found.extend(rows.map(|row| (row.number, row.cells.iter().map(Cell::raw).collect())));
        }
    }

    fn take(&mut self, row: &mut GridRow, out: &mut Parsed) {
        if let Some(why) = self.not_a_record(row) {
            return self.plan.understood.put_aside(row.number, || row.raw(), why);
        }
        if let Some(message) = self.misshapen(row) {
            return self.refuse(row, None, RejectReason::WrongShape, message, out);
        }
        self.fill_down(row);
        if self.settles.is_some() {
            row.cells.iter_mut().for_each(as_it_stood);
        }
        if self.headers.wide {
            return self.take_series(row, out);
        }
        if !self.headers.bids.is_empty() {
            return self.take_bids(row, out);
        }
        let mut read = self.fields(row);
        self.add_section(&mut read.fields);
        derive_outcome(self.headers.kind.kind, &mut read.fields);
        match self.key(&read.fields) {
            Ok(key) => self.add(row, key, read, out),
            Err(field) => {
                let message = format!("the row has no {}", field.replace('_', " "));
                self.refuse(row, None, RejectReason::MissingKey, message, out);
            }
        }
    }

    fn fill_down(&mut self, row: &mut GridRow) {
        for column in &self.plan.fill_down {
            if !row.cell(*column).is_blank() {
                self.above.insert(*column, row.cell(*column).clone());
            } else if let Some(above) = self.above.get(column) {
                if row.cells.len() <= *column {
                    row.cells.resize(*column + 1, Cell::Blank);
                }
                row.cells[*column] = above.clone();
            }
        }
    }

    fn add_section(&self, fields: &mut BTreeMap<String, Field>) {
        let (Some(name), Some((row, column, text))) = (&self.plan.section, &self.section) else { return };
        if !fields.contains_key(name) {
            let row = GridRow { number: *row, cells: Vec::new() };
            let at = self.grid.place(&row, *column);
            let value = Value::Text(text.trim().to_owned());
            let found_by = "the section's name".to_owned();
            fields.insert(name.clone(), Field { value, raw: text.clone(), at, confidence: 1.0, found_by });
        }
    }

    fn fields(&self, row: &GridRow) -> RowFields {
        let mut out = RowFields::default();
        let currency = self.plan.currency_column.map(|column| row.cell(column).raw());
        for column in &self.plan.columns {
            self.field(row, column, currency.as_deref(), &mut out);
        }
        out
    }

    fn field(&self, row: &GridRow, column: &PlannedColumn, currency: Option<&str>, out: &mut RowFields) {
        let cell = row.cell(column.column);
        let joined = (!column.join.is_empty() && !cell.is_blank()).then(|| {
            let more = column.join.iter().map(|column| row.cell(*column).raw().trim().to_owned());
            Cell::Text(std::iter::once(cell.raw().trim().to_owned()).chain(more).collect::<Vec<_>>().join("-"))
        });
        let cell = joined.as_ref().unwrap_or(cell);
        match cells::read(cell, column, currency, &self.plan.amounts) {
            Said::Nothing => {}
            Said::Value { value, confidence } => {
                let at = self.grid.place(row, column.column);
                let found_by = column.found_by.clone();
                out.fields.insert(column.field.clone(), Field { value, raw: cell.raw(), at, confidence, found_by });
            }
            Said::Unreadable { reason, message } => {
                out.rejects.push(self.cell_reject(row, column, reason, format!("{}: {message}", column.header)));
            }
        }
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
    fn key(&mut self, fields: &BTreeMap<String, Field>) -> Result<String, &'static str> {
        if let Some(missing) = self.headers.missing.first() {
            return Err(missing);
        }
        if self.headers.key.is_empty() {
            // Equal rows of one file are as many things; a later file with as many of them says nothing new.
            let print = identity::of(fields);
            let times = self.alike.entry(print).or_insert(0);
            *times += 1;
            return Ok(identity::key(print, *times));
        }
        let part = |name: &&'static str| match fields.get(*name).map(|field| &field.value) {
            Some(Value::Text(text)) => Ok(text.clone()),
            Some(Value::Date(date)) => Ok(date.to_string()),
            Some(Value::Number(_) | Value::Money(_) | Value::Flag(_)) | None => Err(*name),
        };
        let parts = self.headers.key.iter().map(part).collect::<Result<Vec<_>, _>>()?;
        Ok(parts.join(if self.headers.kind.kind == RecordKind::MaterialPrice { "@" } else { "/" }))
    }

    fn add(&mut self, row: &GridRow, key: String, read: RowFields, out: &mut Parsed) {
        if self.headers.kind.lines {
            // Without a key: a line's value is not the record's of that name.
            out.rejects.extend(read.rejects);
            return self.gathered.add(self.headers.kind.kind, key, read.fields);
        }
        let (id, print) = (identity::of_key(&key), identity::of(&read.fields) as u64);
        if let Some((first, before)) = self.seen.get(&id).copied() {
            return self.repeated(row, key, &read, first, before == print, out);
        }
        self.seen.insert(id, (row.number, print));
        if let (Some(column), true) = (self.settles, read.rejects.is_empty()) {
            self.settled.extend(row.cell(column).raw().split_whitespace().filter_map(|id| id.parse::<i64>().ok()));
        }
        out.rejects.extend(read.rejects.into_iter().map(|reject| Reject { key: Some(key.clone()), ..reject }));
        let kind = self.headers.kind.kind;
        out.records.push(Record { kind, key, fields: read.fields, lines: Vec::new() });
    }

    /// The same number a second time: set aside where the row says the same, refused where it says something else.
    fn repeated(&mut self, row: &GridRow, key: String, read: &RowFields, first: u32, same: bool, out: &mut Parsed) {
        if same && read.rejects.is_empty() {
            self.plan.understood.put_aside(row.number, || row.raw(), format!("the same as row {first}"));
        } else {
            let kind = self.headers.kind.kind.label();
            let message = format!("{kind} {key} already stands in row {first} with other values");
            self.refuse(row, Some(key), RejectReason::DuplicateKey, message, out);
        }
    }

    fn refuse(&self, row: &GridRow, key: Option<String>, reason: RejectReason, message: String, out: &mut Parsed) {
        let kind = Some(self.headers.kind.kind);
        let place = Some(self.grid.place(row, self.key_column));
        out.rejects.push(Reject { kind, key, field: None, place, raw: row.raw(), reason, message });
    }

    /// One record per bidder of the item.
    fn take_bids(&mut self, row: &GridRow, out: &mut Parsed) {
        let mut item = RowFields::default();
        let of_item =
            self.plan.columns.iter().filter(|column| bids::owner(&self.headers.bids, column.column).is_none());
        of_item.for_each(|column| self.field(row, column, None, &mut item));
        out.rejects.extend(item.rejects);
        let mut priced: Vec<RowFields> = Vec::new();
        for bid in &self.headers.bids {
            let mut read = RowFields::default();
            bid.planned(&self.plan).iter().for_each(|column| self.field(row, column, None, &mut read));
            out.rejects.append(&mut read.rejects);
            if !read.fields.is_empty() {
                read.fields.extend(item.fields.clone());
                read.fields.extend(bid.vendor(&self.grid));
                priced.push(read);
            }
        }
        // An item that nobody priced is a heading or waits for its prices.
        if priced.is_empty() {
            return self.plan.understood.put_aside(row.number, || row.raw(), "an item without a price");
        }
        for read in priced {
            let Ok(key) = self.key(&read.fields) else { continue };
            self.add(row, key, read, out);
        }
    }

    /// One record per series of the month.
    fn take_series(&mut self, row: &GridRow, out: &mut Parsed) {
        let month = self.fields(row);
        let Some(date) = month.fields.get("date").cloned() else {
            out.rejects.extend(month.rejects);
            return;
        };
        for column in &self.series {
            let mut read = RowFields::default();
            self.field(row, column, None, &mut read);
            let key = format!("{}@{}", column.header, date.value);
            out.rejects.extend(read.rejects.into_iter().map(|reject| Reject { key: Some(key.clone()), ..reject }));
            if read.fields.is_empty() {
                continue;
            }
            let at =
                self.grid.place(&GridRow { number: self.plan.understood.header_row, cells: Vec::new() }, column.column);
            let value = Value::Text(column.header.clone());
            let found_by = "the column's name".to_owned();
            let name = Field { value, raw: column.header.clone(), at, confidence: 1.0, found_by };
            read.fields.extend([("series".to_owned(), name), ("date".to_owned(), date.clone())]);
            let kind = self.headers.kind.kind;
            out.records.push(Record { kind, key, fields: read.fields, lines: Vec::new() });
        }
    }

    /// Why a row is no record: totals, a repeated header, a section, a remark.
    fn not_a_record(&mut self, row: &GridRow) -> Option<String> {
        let first = row.cells.iter().position(|cell| !cell.is_blank())?;
        let without_key = row.cell(self.key_column).is_blank() || first == self.key_column;
        let alone = row.cells[first + 1..].iter().all(Cell::is_blank);
        if let Cell::Text(text) = row.cell(first) {
            if without_key && is_total(text, alone) {
                return Some("a row of totals".to_owned());
            }
            if self.repeats_header(row) {
                return Some("the header once more".to_owned());
            }
            if alone && self.plan.section.is_some() {
                let text = text.trim().to_owned();
                self.section = Some((row.number, first, text));
                return Some("the name of a section".to_owned());
            }
            if alone && text.trim().contains(' ') && self.headers.columns.len() > 2 {
                return Some("a remark".to_owned());
            }
        }
        None
    }

    fn repeats_header(&self, row: &GridRow) -> bool {
        let mut filled = 0;
        let columns = &self.headers.columns;
        row.cells.iter().zip(columns).all(|(cell, column)| match cell {
            Cell::Blank => column.header.trim().is_empty(),
            Cell::Text(text) => {
                filled += 1;
                text.trim() == column.header.trim()
            }
            Cell::Number(_) | Cell::Date(_) | Cell::Flag(_) => false,
        }) && filled > 1
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

/// A text that was made harmless for a spreadsheet, as it stood before.
fn as_it_stood(cell: &mut Cell) {
    if let Cell::Text(text) = cell
        && let Some(rest) = text.strip_prefix('\'')
        && rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
    {
        *text = rest.to_owned();
    }
}

/// `Total`, `Grand total:`, and, where that is all or sums follow, `Total for Harbor`.
fn is_total(text: &str, alone: bool) -> bool {
    let plain = text.trim().trim_end_matches(':').to_lowercase();
    let word = matches!(
        plain.as_str(),
        "total" | "totals" | "grand total" | "grand totals" | "subtotal" | "report total" | "report totals" | "sum"
    );
    let of_section =
        plain.starts_with("total for ") || plain.starts_with("total amount") || plain.starts_with("subtotal ");
    let sorted = plain.starts_with("total ") && alone || plain.starts_with("***");
    word || of_section || sorted
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
        | RecordKind::LineItem
        | RecordKind::VendorBill
        | RecordKind::Invoice
        | RecordKind::PurchaseOrder
        | RecordKind::PrintedQuote
        | RecordKind::BidTab => return,
    };
    let Some(source) = fields.get(from).filter(|_| !fields.contains_key("outcome")) else { return };
    let unlisted = (kind == RecordKind::Opportunity).then_some("open");
    let said = match &source.value {
        Value::Text(text) => cells::outcome(text),
        Value::Number(_) | Value::Money(_) | Value::Date(_) | Value::Flag(_) => None,
    };
    if let Some(outcome) = said.or(unlisted) {
        let field = Field { value: Value::Text(outcome.to_owned()), ..source.clone() };
        fields.insert("outcome".to_owned(), field);
    }
}
