//! Bid tabs: one row per item, and for every bidder columns of its own under the same names. The bidder's name stands
//! above its columns, in any row over the header. Each row becomes one record per bidder.

use std::collections::BTreeMap;

use signwright_domain::record::{Field, RecordKind, Value};

use super::fields;
use super::grid::Grid;
use super::headers::Headers;
use super::mapping::Mapping;
use super::plan::{Plan, PlannedColumn};

/// One bidder's columns.
#[derive(Clone, Debug)]
pub(super) struct Bid {
    /// Index of the row in the grid's head, and the column, where the name stands.
    name_at: (usize, usize),
    pub(super) name: String,
    /// Column and the field it fills: `unit_price` or `amount`.
    columns: Vec<(usize, &'static str)>,
}

const PRICES: [&str; 2] = ["unit_price", "amount"];

/// Turns a list of line items whose price columns repeat into a bid tab.
pub(super) fn settle(grid: &Grid<'_>, headers: &mut Headers, mapping: Option<&Mapping>) {
    let said = mapping.and_then(|mapping| mapping.kind);
    let open = said.is_none() || said == Some(RecordKind::BidTab);
    if !open || headers.kind.kind != RecordKind::LineItem || !headers.key.is_empty() {
        return;
    }
    let bids = found(grid, headers);
    let enough = if said.is_some() { 1 } else { 2 };
    if let (true, Some(kind)) = (bids.len() >= enough, fields::of(RecordKind::BidTab)) {
        headers.kind = kind;
        headers.bids = bids;
    }
}

fn found(grid: &Grid<'_>, headers: &Headers) -> Vec<Bid> {
    let named = |field: &str| {
        let column =
            headers.columns.iter().find(|one| one.field.is_some_and(|at| headers.kind.fields[at].field == field));
        column.map(|column| column.text.plain.clone())
    };
    let names: Vec<(&'static str, String)> = PRICES.iter().filter_map(|field| Some((*field, named(field)?))).collect();
    let mut groups: Vec<Vec<(usize, &'static str)>> = Vec::new();
    for (index, column) in headers.columns.iter().enumerate() {
        let Some((field, _)) = names.iter().find(|(_, name)| *name == column.text.plain) else { continue };
        match groups.last_mut() {
            Some(group) if group.iter().all(|(_, taken)| taken != field) => group.push((index, field)),
            Some(_) | None => groups.push(vec![(index, field)]),
        }
    }
    let bid = |columns: Vec<(usize, &'static str)>| {
        let (row, column, name) = columns.iter().find_map(|(column, _)| name_above(grid, headers.row, *column))?;
        Some(Bid { name_at: (row, column), name, columns })
    };
    groups.into_iter().map(bid).collect::<Option<_>>().unwrap_or_default()
}

/// The nearest text above a column's header.
fn name_above(grid: &Grid<'_>, header: usize, column: usize) -> Option<(usize, usize, String)> {
    grid.head[..header].iter().enumerate().rev().find_map(|(row, cells)| {
        let words = cells.cell(column).text()?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some((row, column, words))
    })
}

impl Bid {
    /// The bidder's columns, read as those of the first one are.
    pub(super) fn planned(&self, plan: &Plan) -> Vec<PlannedColumn> {
        let like = |field: &str| plan.columns.iter().find(|column| column.field == field).cloned();
        let column = |(column, field): &(usize, &'static str)| {
            let mut planned = like(field)?;
            planned.column = *column;
            Some(planned)
        };
        self.columns.iter().filter_map(column).collect()
    }

    /// The bidder as a field of its records.
    pub(super) fn vendor(&self, grid: &Grid<'_>) -> BTreeMap<String, Field> {
        let (row, column) = self.name_at;
        let row = &grid.head[row];
        let field = Field {
            value: Value::Text(self.name.clone()),
            raw: row.cell(column).raw(),
            at: grid.place(row, column),
            confidence: 1.0,
            found_by: "the name above the columns".to_owned(),
        };
        BTreeMap::from([("vendor".to_owned(), field)])
    }
}

/// Whether a column of the table belongs to a bidder.
pub(super) fn owner(bids: &[Bid], column: usize) -> Option<(&Bid, &'static str)> {
    bids.iter().find_map(|bid| {
        let (_, field) = bid.columns.iter().find(|(at, _)| *at == column)?;
        Some((bid, *field))
    })
}
