//! Tables that go on over several pages, and drafts as what they are kept as.

use signwright_domain::printed::{Table, TableCell, TableRow, TableRowKind, TableSign};

use super::{Cell, Draft, Row};
use crate::pdf::open::PageText;

/// How far the columns of two pages may stand apart, in points: ruled, and parted by white space.
const RULED: f64 = 4.0;
const SPACED: f64 = 14.0;

/// A table on its way, with the page and the draft it was last seen in.
struct Growing {
    table: Table,
    last: Draft,
}

/// Joins the last table of a page with the first of the next one where they have the same columns.
pub(super) fn joined(drafts: Vec<Draft>, pages: &[PageText]) -> Vec<Table> {
    let mut out: Vec<Growing> = Vec::new();
    for draft in drafts {
        match out.last_mut().filter(|growing| goes_on(&growing.last, &draft, pages)) {
            Some(growing) => growing.take(draft),
            None => out.push(Growing { table: table(&draft), last: draft }),
        }
    }
    out.into_iter().map(|growing| growing.table).collect()
}

impl Growing {
    fn take(&mut self, draft: Draft) {
        let repeated = repeated(&self.last, &draft);
        self.table.rows.extend(draft.rows.iter().skip(repeated).map(|row| kept(row, false, draft.page)));
        let head = self.last.rows.iter().take(self.last.header).cloned().collect::<Vec<Row>>();
        // The next page's header is compared with the first one's, whether or not this page repeats it.
        let rows = head.into_iter().chain(draft.rows.into_iter().skip(repeated)).collect();
        self.last = Draft { rows, header: self.last.header, ..draft };
    }
}

fn goes_on(above: &Draft, below: &Draft, pages: &[PageText]) -> bool {
    let height = |draft: &Draft| pages.get(draft.page as usize - 1).map_or(792.0, |page| page.size[1].max(1.0));
    let ends_low = above.rows.last().is_some_and(|row| row.bottom > 0.5 * height(above));
    let begins_high = below.rows.first().is_some_and(|row| row.top < 0.45 * height(below));
    let titled = repeated(above, below) > 0;
    // Where nothing is a number, the first row is taken for names whatever it is.
    let unnamed = below.header == 0 || (above.sign == TableSign::Ruled && !below.has_numbers());
    above.page + 1 == below.page && ends_low && begins_high && (titled || unnamed) && has_same_columns(above, below)
}

fn has_same_columns(above: &Draft, below: &Draft) -> bool {
    let apart = if above.sign == below.sign && above.sign == TableSign::Ruled { RULED } else { SPACED };
    let last = above.edges.len() - 1;
    let same = |at: usize| (above.edges[at] - below.edges[at]).abs() < apart;
    above.edges.len() == below.edges.len() && last > 1 && (1..last).all(same)
}

/// How many of the first rows say once more what the header of the page before says.
fn repeated(above: &Draft, below: &Draft) -> usize {
    let text = |row: &Row| row.cells.iter().map(Cell::text).collect::<Vec<_>>();
    let same = above.rows.iter().take(above.header).zip(&below.rows).take_while(|(a, b)| text(a) == text(b)).count();
    if same == above.header { same } else { 0 }
}

fn table(draft: &Draft) -> Table {
    let name = |column: usize| {
        let over = |cell: &&Cell| (cell.column..cell.column + cell.columns).contains(&column);
        let cells = draft.rows.iter().take(draft.header).flat_map(|row| &row.cells).filter(over);
        cells.map(Cell::text).collect::<Vec<_>>().join(" ")
    };
    Table {
        found_by: draft.sign,
        columns: (0..draft.edges.len() - 1).map(name).collect(),
        rows: draft.rows.iter().enumerate().map(|(at, row)| kept(row, at < draft.header, draft.page)).collect(),
    }
}

fn kept(row: &Row, is_header: bool, page: u32) -> TableRow {
    let kind = match (is_header, row.is_subtotal) {
        (true, _) => TableRowKind::Header,
        (false, true) => TableRowKind::Subtotal,
        (false, false) => TableRowKind::Body,
    };
    let cell = |cell: &Cell| TableCell {
        column: cell.column as u32,
        columns: cell.columns as u32,
        rows: cell.rows as u32,
        text: cell.text(),
        page,
        bbox: cell.bbox(),
    };
    let mut cells: Vec<TableCell> = row.cells.iter().map(cell).collect();
    cells.sort_by_key(|cell| cell.column);
    TableRow { kind, cells }
}
