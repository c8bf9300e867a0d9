//! What a mapping changes, and what is found without one.

use super::*;

fn with(file: &str, mapping: &str) -> Result<TableReading, IntakeError> {
    let mapping = Mapping::from_toml(mapping).expect("a mapping");
    let options = Options { currency: Currency::USD, mapping: Some(&mapping), profiles: &[], sketch: false };
    read_table_as("x.csv", file.as_bytes(), &options)
}

fn first(file: &str, mapping: &str, field: &str) -> Option<String> {
    let reading = with(file, mapping).expect("a table");
    assert_eq!(reading.parsed.rejects, []);
    shown(&reading.parsed.records[0], field)
}

#[test]
fn columns_units_signs_values_and_parts_are_as_said() {
    let file = "Ref;Net;Size;Gauge mm;State;When\nA-1;(1.200,50);120 x 30;2,5;Y;05/01/2026\n";
    let mapping = r#"
        kind = "quote"
        decimal = "comma"
        dates = "day_first"
        [columns]
        Ref = "quote_number"
        Net = { field = "quoted_price", sign = "reversed" }
        Size = { unit = "in", split = { at = " x ", into = ["width", "height"] } }
        "Gauge mm" = { driver = "gauge" }
        State = { field = "outcome", values = { Y = "won", N = "lost" } }
        When = "quoted_on"
    "#;
    let read = |field| first(file, mapping, field).unwrap_or_default();
    assert_eq!(read("quoted_price"), "$1,200.50");
    assert_eq!((read("width").as_str(), read("height").as_str()), ("10", "2.5"));
    assert_eq!(read("gauge"), "2.5");
    assert_eq!(read("outcome"), "won");
    assert_eq!(read("quoted_on"), "2026-01-05");
}

#[test]
fn amounts_of_another_currency_are_converted_at_the_rate_given_or_refused() {
    let file = "Quote No,Customer,Quoted Price,Currency\nQ1,A,100.00,CAD\nQ2,B,100.00,USD\nQ3,C,€ 10.00,\n";
    let reading = check(file);
    let prices: Vec<_> = reading.parsed.records.iter().map(|record| shown(record, "quoted_price")).collect();
    assert_eq!(prices, [None, Some("$100.00".to_owned()), None]);
    assert_eq!(reading.parsed.rejects[0].message, "Quoted Price: \"100.00\" is in CAD, and amounts here are in USD");
    let reading = with(file, "[rates]\nCAD = \"0.73\"\nEUR = \"1.1\"\n").expect("a table");
    let prices: Vec<_> = reading.parsed.records.iter().filter_map(|record| shown(record, "quoted_price")).collect();
    assert_eq!(prices, ["$73.00", "$100.00", "$11.00"]);
    assert_eq!(reading.parsed.records[0].fields["quoted_price"].raw, "100.00");
    let header = check("Quote No,Customer,Quoted Price (CAD)\nQ1,A,100.00\n");
    assert_eq!(header.parsed.rejects.len(), 1);
}

#[test]
fn a_mapping_that_does_not_fit_says_why() {
    let why = |mapping: &str| with("Quote No,Customer,Price\nQ1,A,1\n", mapping).expect_err("no fit").to_string();
    assert!(why("kind = \"work_order\"\n[columns]\nCustomer = \"customer\"").contains("no column for work order"));
}

#[test]
fn names_in_two_rows_are_joined() {
    let file = "Job cost report,,,,,\n,,Labor,,Total,\nWO #,Customer,Hours,Cost,Material Cost,Cost\n\
                100,Harbor,10,600.00,200.00,800.00\n";
    let reading = check(file);
    assert_eq!((reading.understood.header_row, reading.understood.header_rows), (2, 2));
    let field = |field| shown(&reading.parsed.records[0], field).unwrap_or_default();
    assert_eq!((field("labour_cost").as_str(), field("total_cost").as_str()), ("$600.00", "$800.00"));
    assert_eq!(field("material_cost"), "$200.00");
}

#[test]
fn what_is_understood_reads_the_same_when_it_is_said() {
    let guessed = check(WORK_ORDERS);
    let mut mapping = guessed.understood.to_mapping(None);
    mapping.name = Some("ours".to_owned());
    let options = Options { currency: Currency::USD, mapping: Some(&mapping), profiles: &[], sketch: false };
    let said = read_table_as("x.csv", WORK_ORDERS.as_bytes(), &options).expect("a table");
    assert_eq!(said.parsed, guessed.parsed);
    let profiles = [mapping];
    let options = Options { currency: Currency::USD, mapping: None, profiles: &profiles, sketch: false };
    let known = read_table_as("x.csv", WORK_ORDERS.as_bytes(), &options).expect("a table");
    assert_eq!((known.parsed, known.understood.profile.as_deref()), (guessed.parsed, Some("ours")));
}

#[test]
fn an_unused_column_is_offered_or_suggested() {
    let file =
        "WO #,Customer,Date Completed,Grand Total Cost,Crew,Rail\n1,A,1/15/2026,10.00,3,x\n2,B,1/16/2026,12.00,4,y\n";
    let reading = check(file);
    let column =
        |header: &str| reading.understood.columns.iter().find(|one| one.header == header).expect("a column").clone();
    assert_eq!(column("Grand Total Cost").suggestions[0].field, "total_cost");
    assert_eq!((column("Crew").role, column("Crew").field), (ColumnRole::Offered, None));
    assert_eq!(column("Crew").samples, ["3", "4"]);
    assert!(column("WO #").confidence > 0.9 && column("Crew").confidence == 0.0);
}

#[test]
fn errors_of_a_spreadsheet_are_refused_and_sizes_carry_their_unit() {
    let file = "Quote No,Customer,Quoted Price,Width,Notes\nQ1,#REF!,#DIV/0!,10'-6\",x\nQ2,B,5,30 in,x\n";
    let reading = check(file);
    assert_eq!(reading.parsed.rejects.len(), 2);
    let widths: Vec<_> = reading.parsed.records.iter().filter_map(|record| shown(record, "width")).collect();
    assert_eq!(widths, ["10.5", "2.5"]);
}

#[test]
fn rows_without_a_number_are_known_by_their_contents() {
    let file =
        "Estimate #,Item,Qty,Unit Price,Amount\nE-1,Panel,2,5.00,10.00\nE-1,Panel,2,5.00,10.00\nE-1,Post,1,7.00,7.00\n";
    let keys = |file: &str| -> Vec<String> {
        let reading = check(file);
        assert_eq!((reading.understood.kind, reading.understood.key.len()), (Some(RecordKind::LineItem), 0));
        reading.parsed.records.into_iter().map(|record| record.key).collect()
    };
    let first = keys(file);
    assert_eq!(first.len(), 3);
    assert_eq!(keys(&file.replace("Panel,2,5.00", "Panel,2,$5.00")), first);
    assert_ne!(keys(&file.replace("7.00,7.00", "8.00,8.00"))[2], first[2]);
}

#[test]
fn what_is_known_only_afterwards_is_no_driver_unless_said() {
    let file = "Quote No,Customer,Quote Date,Quoted Price,Crew,Actual Cost,Margin %\nQ1,A,2026-01-05,9,3,7.5,20\nQ2,B,2026-01-06,8,4,6.5,30\n";
    let reading = check(file);
    let roles: Vec<_> = reading.understood.columns[4..].iter().map(|one| one.role).collect();
    assert_eq!(roles, [ColumnRole::Driver, ColumnRole::Offered, ColumnRole::Offered]);
    assert_eq!(first(file, "[columns]\n\"Margin %\" = \"driver\"", "margin").as_deref(), Some("20"));
}

#[test]
fn json_is_a_table() {
    let kind = |text: &str| check(text).understood.kind;
    let hubspot = r#"{"results":[{"id":"5","properties":{"dealname":"Sign","dealstage":"closedwon","amount":"120.5","closedate":"2026-01-05"}}]}"#;
    let mapping = "kind = \"opportunity\"\n[columns]\nid = \"opportunity\"\ndealname = \"title\"\ndealstage = \"stage\"\nclosedate = \"closed_on\"";
    assert_eq!(first(hubspot, mapping, "amount").as_deref(), Some("$120.50"));
    let lines = "{\"quote_no\": \"Q1\", \"customer\": \"A\", \"quoted_price\": 12.5}\n{\"quote_no\": \"Q2\", \"customer\": \"B\", \"quoted_price\": null}\n";
    assert_eq!(kind(lines), Some(RecordKind::Quote));
    assert!(matches!(refused(b"{\"a\": "), IntakeError::Damaged { .. }));
    assert!(matches!(refused(b"[1, 2]"), IntakeError::NotATable { .. }));
}
