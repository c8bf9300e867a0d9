//! What tables become, from whole files.

use signwright_domain::record::{Record, Reject, Value};

use crate::dates::DateOrder;

use super::*;

fn check(file: &str) -> TableReading {
    read_table("x.csv", file.as_bytes(), Currency::USD).expect("a table")
}

fn refused(file: &[u8]) -> IntakeError {
    read_table("x.csv", file, Currency::USD).expect_err("no table")
}

fn shown(record: &Record, field: &str) -> Option<String> {
    record.value(field).map(Value::to_string)
}

fn reasons(rejects: &[Reject]) -> Vec<(RejectReason, Option<&str>, &str)> {
    rejects.iter().map(|r| (r.reason, r.field.as_deref(), r.raw.as_str())).collect()
}

const WORK_ORDERS: &str = "\
WO #,Cust ID,Customer,Status,Date Completed,Total Material Cost,Total Labor Cost,Total Cost,Est Hours
00431,C-007,Northgate Mall,Completed,11/14/2026,\"6,412.77\",\"2,920.40\",\"9,333.17\",31.5
20432,C-008,\"Lake, Sons\",In Progress,,120.00-,12O.50,\"1,000.00\",n/a
20433,C-009,Harbor,Completed,14/14/2026,1.00,2.00,3.00,4
,C-009,Harbor,Completed,11/14/2026,1.00,2.00,3.00,4
20433,C-009,Harbor,Completed,11/15/2026,1.00,2.00,3.00,4
00431,C-007,Northgate Mall,Completed,11/14/2026,\"6,412.77\",\"2,920.40\",\"9,333.17\",31.5
TOTALS,,,,,\"6,300.77\",,\"10,000.00\",
";

#[test]
fn a_work_order_list_becomes_records_and_rejects() {
    let reading = check(WORK_ORDERS);
    let understood = &reading.understood;
    assert_eq!(understood.kind, Some(RecordKind::WorkOrder));
    assert_eq!((understood.delimiter, understood.header_row), (Some(','), 1));
    assert_eq!(understood.date_order, Some(DateOrder::MonthFirst));
    assert!(!understood.decimal_comma);
    let [first, second, third] = reading.parsed.records.as_slice() else { panic!("{:?}", reading.parsed.records) };
    assert_eq!(first.key, "00431");
    assert_eq!(shown(first, "material_cost").as_deref(), Some("$6,412.77"));
    assert_eq!(shown(first, "completed_on").as_deref(), Some("2026-11-14"));
    assert_eq!(shown(first, "estimated_hours").as_deref(), Some("31.5"));
    assert_eq!(shown(first, "status").as_deref(), Some("completed"));
    assert_eq!(first.fields["total_cost"].at.to_string(), "row 2, column 8");
    assert_eq!(shown(second, "customer").as_deref(), Some("Lake, Sons"));
    assert_eq!(shown(second, "material_cost").as_deref(), Some("-$120.00"));
    assert_eq!(second.value("labour_cost"), None);
    assert_eq!(second.value("estimated_hours"), None);
    assert_eq!(third.value("completed_on"), None);
    assert_eq!(
        reasons(&reading.parsed.rejects),
        [
            (RejectReason::NotANumber, Some("labour_cost"), "12O.50"),
            (RejectReason::NotANumber, Some("estimated_hours"), "n/a"),
            (RejectReason::NotADate, Some("completed_on"), "14/14/2026"),
            (RejectReason::MissingKey, None, " | C-009 | Harbor | Completed | 11/14/2026 | 1.00 | 2.00 | 3.00 | 4"),
            (
                RejectReason::DuplicateKey,
                None,
                "20433 | C-009 | Harbor | Completed | 11/15/2026 | 1.00 | 2.00 | 3.00 | 4"
            ),
        ]
    );
    assert_eq!(reading.parsed.rejects[0].message, "Total Labor Cost: \"12O.50\" is not an amount");
    let aside: Vec<(u32, &str)> = understood.set_aside.iter().map(|one| (one.row, one.why.as_str())).collect();
    assert_eq!(aside, [(7, "the same as row 2"), (8, "a row of totals")]);
}

#[test]
fn a_word_for_nothing_is_believed_where_it_is_a_habit() {
    let list = |cells: &[&str]| {
        let rows = cells.iter().enumerate().map(|(i, cell)| format!("{i},A,Completed,11/14/2026,{cell}\n"));
        format!("WO #,Customer,Status,Date Completed,Total Cost\n{}", rows.collect::<String>())
    };
    let refused = |cells: &[&str]| check(&list(cells)).parsed.rejects.len();
    assert_eq!(refused(&["1.00", "n/a", "2.00", "-", ""]), 1);
    assert_eq!(refused(&["1.00", "n/a", "N/A", "#N/A", "2.00"]), 0);
}

#[test]
fn a_european_list_is_read_by_its_columns() {
    let file = "WO #;Customer;Date Completed;Total Material Cost;Total Cost\n\
                1;Müller;14.11.2026;1.234,50;2.000\n2;Meier;01.12.2026;12,00;3.000,25\n";
    let reading = check(file);
    assert_eq!((reading.understood.delimiter, reading.understood.decimal_comma), (Some(';'), true));
    let [first, second] = reading.parsed.records.as_slice() else { panic!("two records") };
    assert_eq!(shown(first, "material_cost").as_deref(), Some("$1,234.50"));
    assert_eq!(shown(first, "total_cost").as_deref(), Some("$2,000.00"));
    assert_eq!(shown(second, "completed_on").as_deref(), Some("2026-12-01"));
    assert_eq!(reading.parsed.rejects, []);
}

#[test]
fn quotes_carry_drivers_with_units_choices_and_a_shops_own() {
    let file = "Quotes of the year\n\nQuote No,Quote Date,Customer,Status,Quoted Price,Sign Type,Width (in),Height (ft),Letter height (in),Removal,Panel Gauge,Notes (px)\n\
                Q-1,2026-01-05,A,Won,\"$1,200\",\"Channel letters, lit\",120,2.5,24,Yes,0.063,x\n\
                Q-2,2026-01-06,B,Expired,900,Neon window,48,2,12,maybe,,\n";
    let reading = check(file);
    assert_eq!(reading.understood.header_row, 3);
    let [first, second] = reading.parsed.records.as_slice() else { panic!("two records") };
    let of_first = |field| shown(first, field).unwrap_or_default();
    assert_eq!(of_first("sign_type"), "channel_letters");
    assert_eq!((of_first("width").as_str(), of_first("height").as_str()), ("10", "2.5"));
    assert_eq!(of_first("letter_height"), "24");
    assert_eq!(first.value("removal"), Some(&Value::Flag(true)));
    assert_eq!(of_first("panel_gauge"), "0.063");
    assert_eq!(of_first("outcome"), "won");
    assert_eq!(shown(second, "outcome"), None);
    assert_eq!(shown(second, "sign_type").as_deref(), Some("Neon window"));
    assert!(second.fields["sign_type"].confidence < signwright_domain::record::ACCEPT);
    assert_eq!(reasons(&reading.parsed.rejects), [(RejectReason::NotAFlag, Some("removal"), "maybe")]);
    let width = reading.understood.columns.iter().find(|c| c.header == "Width (in)").expect("width");
    assert_eq!((width.field.as_deref(), width.note.as_deref()), (Some("width"), Some("in, converted to ft")));
}

#[test]
fn a_list_of_jobs_may_say_what_each_sign_is() {
    let file = "WO #,Customer,Total Cost,Date Completed,Sign Type,Width (in),Height (ft),Mounting,Permit\n\
                501,Alder Bank,\"1,900\",03/02/2025,Cabinet,60,4,Wall flush,313.00\n";
    let reading = check(file);
    assert_eq!(reading.understood.kind, Some(RecordKind::WorkOrder));
    let [job] = reading.parsed.records.as_slice() else { panic!("one record") };
    assert_eq!(shown(job, "width").as_deref(), Some("5"));
    assert_eq!(shown(job, "height").as_deref(), Some("4"));
    assert_eq!(shown(job, "mounting").as_deref(), Some("flush"));
    assert_eq!(shown(job, "permit"), None, "a permit's price is not a yes");
    assert_eq!(reading.parsed.rejects, []);
}

#[test]
fn crm_exports_are_known_by_their_headers() {
    let kind = |file: &str| check(file).understood.kind;
    let salesforce =
        "Id,AccountId,Name,StageName,Amount,CloseDate,CreatedDate\n1,2,Sign,Closed Won,10,2026-01-05,2026-01-01\n";
    assert_eq!(kind(salesforce), Some(RecordKind::Opportunity));
    assert_eq!(shown(&check(salesforce).parsed.records[0], "outcome").as_deref(), Some("won"));
    assert_eq!(kind("Id,Name,Type,BillingCity\n1,Edge,Retail,Austin\n"), Some(RecordKind::Customer));
    assert_eq!(kind("series,month,price,unit\nacrylic,2026-01,3.10,sq ft\n"), Some(RecordKind::MaterialPrice));
    let prices = check("series,month,price,unit\nacrylic,2026-01-01,3.10,sq ft\n");
    assert_eq!(prices.parsed.records[0].key, "acrylic@2026-01-01");
    assert_eq!(kind("Vendor,Invoice No,Date,Total\nMetro,7,2026-01-01,10.00\n"), Some(RecordKind::VendorBill));
    let products = b"Guid,Name,ProductCode,Description,IsActive,CreatedDate\n1,Sign,2,x,true,2026-01-05\n";
    assert_eq!(refused(products).reason(), RejectReason::WrongShape);
    let history = b"Id,OpportunityId,StageName,Amount,CloseDate\n1,2,Won,10,2026-01-05\n";
    assert_eq!(refused(history).reason(), RejectReason::WrongShape);
}

#[test]
fn line_breaks_and_formulas_in_cells_stay_text() {
    let file =
        "Customer ID,Customer,City,Email\nC-1,\"=cmd|'/c calc'!A0\",\"Two\nlines\",@SUM(1+1)\nC-2,Next,Here,a@b.c\n";
    let reading = check(file);
    let [first, second] = reading.parsed.records.as_slice() else { panic!("two records") };
    assert_eq!(first.text("customer"), Some("=cmd|'/c calc'!A0"));
    assert_eq!(first.text("city"), Some("Two\nlines"));
    assert_eq!(first.text("email"), Some("@SUM(1+1)"));
    assert_eq!(second.fields["city"].at.to_string(), "row 3, column 3");
}

#[test]
fn a_row_with_a_stray_separator_is_refused_whole() {
    let reading = check("Customer ID,Customer,City\nC-1,Lake, Sons,Austin\nC-2,Harbor,Reno\n");
    assert_eq!(reading.parsed.records.len(), 1);
    assert_eq!(reasons(&reading.parsed.rejects), [(RejectReason::WrongShape, None, "C-1 | Lake |  Sons | Austin")]);
}

#[test]
fn what_is_no_known_table_is_refused_with_a_sentence() {
    let message = |file: &[u8]| refused(file).to_string();
    assert_eq!(message(b""), "\"x.csv\" is empty");
    assert_eq!(message(b" \n\n"), "\"x.csv\" is empty");
    assert_eq!(message(b"%PDF-1.4"), "\"x.csv\" is a PDF, not a table; save it as CSV or XLSX");
    assert!(message(b"WO #^Customer^Total Cost\n1^A^3\n").starts_with("every row of \"x.csv\" is one cell"));
    assert!(message(b"a,b\n1,2\n").contains("row 1: \"a\", \"b\""));
    let near = message(b"Quote Date,Quoted Price,Customer,Sign Type\n2026-01-01,5,A,Monument\n");
    assert_eq!(
        near,
        "\"x.csv\" looks like a list of quotes (Quote Date, Quoted Price, Customer, Sign Type) but has no column for \
         quote number; add one, for example \"Quote No\""
    );
    assert!(matches!(refused(b"PK\x03\x04garbage"), IntakeError::Damaged { .. }));
    assert!(matches!(refused(&[0, 1, 2, 3, 0, 255, 254, 0]), IntakeError::NotATable { .. }));
    assert_eq!(refused(b"").to_reject().reason, RejectReason::Damaged);
}

#[test]
fn a_data_row_with_two_words_that_are_headers_elsewhere_is_no_header() {
    let file = "Guid,Name,Code,Family,Unit,Kind,Term\n1,Quote,2,Price,Each,x,y\n2,z,3,w,Each,x,y\n";
    assert!(matches!(refused(file.as_bytes()), IntakeError::UnknownHeaders { row: 1, .. }));
}

mod any;
mod said;
mod sources;
