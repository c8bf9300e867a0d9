//! Tables as they stand, ruled by lines or by white space, and values beside their labels.

use signwright_domain::printed::{Table, TableRow, TableRowKind, TableSign};
use signwright_domain::record::Extraction;
use signwright_intake::{Limits, read_pdf};

use crate::paper::Paper;

fn read(paper: &Paper) -> Extraction {
    read_pdf(&paper.print(), &Limits { structure: true, ..Limits::default() })
}

fn texts(page: &[(f32, f32, &str)]) -> Vec<(f32, f32, String)> {
    page.iter().map(|(x, y, text)| (*x, *y, (*text).to_owned())).collect()
}

/// A row as its kind and its cells, each with its column, and how many of them where it is more than one.
fn row(row: &TableRow) -> String {
    let kind = match row.kind {
        TableRowKind::Header => "#",
        TableRowKind::Body => "",
        TableRowKind::Subtotal => "=",
    };
    let wide = |columns: u32| if columns > 1 { format!("+{}", columns - 1) } else { String::new() };
    let cells = row.cells.iter().map(|cell| format!("{}{} {}", cell.column, wide(cell.columns), cell.text));
    format!("{kind}{}", cells.collect::<Vec<_>>().join(" | "))
}

fn rows(table: &Table) -> Vec<String> {
    table.rows.iter().map(row).collect()
}

/// A grid of lines at these places.
fn grid(xs: &[f32], ys: &[f32]) -> Vec<[f32; 4]> {
    let across = ys.iter().map(|y| [xs[0], *y, xs[xs.len() - 1], *y]);
    across.chain(xs.iter().map(|x| [*x, ys[0], *x, ys[ys.len() - 1]])).collect()
}

#[test]
fn lines_rule_a_table_with_cells_over_several_columns_and_text_in_several_lines() {
    let mut rules = grid(&[50.0, 200.0, 300.0, 400.0], &[100.0, 120.0, 140.0, 180.0, 200.0]);
    // The line between the last two columns leaves out the first row.
    rules.retain(|rule| rule[0] != 300.0 || rule[2] != 300.0);
    rules.push([300.0, 120.0, 300.0, 200.0]);
    let page = texts(&[
        (60.0, 114.0, "Sign"),
        (270.0, 114.0, "Hours"),
        (60.0, 134.0, "Type"),
        (210.0, 134.0, "Planned"),
        (310.0, 134.0, "Worked"),
        (60.0, 152.0, "Monument sign,"),
        (60.0, 164.0, "double faced"),
        (210.0, 158.0, "31.5"),
        (310.0, 158.0, "33.0"),
        (60.0, 194.0, "Total"),
        (210.0, 194.0, "31.5"),
        (310.0, 194.0, "33.0"),
    ]);
    let extraction = read(&Paper { rules, ..Paper::helvetica(page) });
    let [table] = extraction.tables.as_slice() else { panic!("one table: {:?}", extraction.tables) };
    assert_eq!(table.found_by, TableSign::Ruled);
    assert_eq!(table.columns, ["Sign Type", "Hours Planned", "Hours Worked"]);
    assert_eq!(
        rows(table),
        [
            "#0 Sign | 1+1 Hours",
            "#0 Type | 1 Planned | 2 Worked",
            "0 Monument sign, double faced | 1 31.5 | 2 33.0",
            "=0 Total | 1 31.5 | 2 33.0",
        ]
    );
    let cell = &table.rows[2].cells[0];
    assert!(cell.page == 1 && cell.bbox[0] >= 59.0 && cell.bbox[1] > 140.0 && cell.bbox[3] < 180.0, "{cell:?}");
}

#[test]
fn numbers_tell_the_rows_that_only_columns_rule() {
    let rules = grid(&[50.0, 300.0, 380.0, 460.0], &[100.0, 120.0, 260.0]);
    let page = texts(&[
        (60.0, 114.0, "Description"),
        (310.0, 114.0, "Qty"),
        (390.0, 114.0, "Amount"),
        (60.0, 134.0, "Channel letters"),
        (310.0, 134.0, "12"),
        (390.0, 134.0, "2,400.00"),
        (60.0, 146.0, "face lit, 18 in"),
        (60.0, 164.0, "Raceway"),
        (310.0, 164.0, "1"),
        (390.0, 164.0, "310.00"),
        (60.0, 182.0, "Permit"),
        (310.0, 182.0, "1"),
        (390.0, 182.0, "150.00"),
    ]);
    let extraction = read(&Paper { rules, ..Paper::helvetica(page) });
    assert_eq!(
        rows(&extraction.tables[0]),
        [
            "#0 Description | 1 Qty | 2 Amount",
            "0 Channel letters face lit, 18 in | 1 12 | 2 2,400.00",
            "0 Raceway | 1 1 | 2 310.00",
            "0 Permit | 1 1 | 2 150.00",
        ]
    );
}

fn list(from: u16, count: u16, header: bool) -> Vec<(f32, f32, String)> {
    let mut page = Vec::new();
    let mut y = 60.0;
    if header {
        for (x, text) in [(50.0, "Material"), (280.0, "Used"), (400.0, "Cost")] {
            page.push((x, y, text.to_owned()));
        }
        page.push((400.0, y + 11.0, "in dollars".to_owned()));
        y += 30.0;
    }
    for number in from..from + count {
        page.push((50.0, y, format!("Sheet {number}")));
        page.push((280.0, y, format!("{number}.5")));
        page.push((400.0, y, format!("{number},100.00")));
        y += 14.0;
    }
    page
}

#[test]
fn white_space_rules_a_table_that_goes_on_over_pages() {
    let mut pages = vec![list(1, 45, true), list(46, 20, true)];
    pages[1].push((50.0, 400.0, "Subtotal".to_owned()));
    pages[1].push((400.0, 400.0, "9,999.00".to_owned()));
    let paper = Paper { pages, ..Paper::helvetica(Vec::new()) };
    let extraction = read(&paper);
    let [table] = extraction.tables.as_slice() else { panic!("one table: {:?}", extraction.tables.len()) };
    assert_eq!((table.found_by, table.rows.len()), (TableSign::Spaced, 1 + 45 + 20 + 1));
    assert_eq!(table.columns, ["Material", "Used", "Cost in dollars"]);
    assert_eq!(row(&table.rows[46]), "0 Sheet 46 | 1 46.5 | 2 46,100.00");
    assert_eq!((table.rows[45].cells[0].page, table.rows[46].cells[0].page), (1, 2));
    assert_eq!(row(table.rows.last().expect("a row")), "=0 Subtotal | 2 9,999.00");
}

#[test]
fn what_is_asked_for_is_given_and_prose_is_no_table() {
    let page = texts(&[
        (50.0, 60.0, "Job: Northgate monument"),
        (300.0, 60.0, "Estimator:"),
        (370.0, 60.0, "KM"),
        (50.0, 90.0, "The sign stands at the north gate of the yard and was made in May."),
        (50.0, 102.0, "It has two faces of aluminium and a base of brick that others laid."),
        (50.0, 114.0, "Nothing of this is a table and nobody should take it for one."),
    ]);
    let paper = Paper::helvetica(page);
    let extraction = read(&paper);
    assert_eq!(extraction.tables, []);
    let pairs: Vec<(&str, &str)> =
        extraction.pairs.iter().map(|pair| (pair.label.as_str(), pair.value.as_str())).collect();
    assert_eq!(pairs, [("Job", "Northgate monument"), ("Estimator", "KM")]);
    let unasked = read_pdf(&paper.print(), &Limits::default());
    assert!(unasked.tables.is_empty() && unasked.pairs.is_empty());
}
