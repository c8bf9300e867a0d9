//! Workbooks: the right sheet, a title above the headers, typed cells.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, XlsxError};
use signwright_domain::Currency;
use signwright_domain::record::{Place, RecordKind, RejectReason, Value};
use signwright_intake::read_table;

/// Quotes on the second sheet, with a title row, real dates and numbers, and one number that is text.
pub(crate) fn book() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let readme = book.add_worksheet().set_name("Read me")?;
    readme.write(0, 0, "Quote No and Customer are explained here")?;
    let sheet = book.add_worksheet().set_name("Quotes")?;
    sheet.write(0, 0, "Quotes 2026")?;
    for (column, header) in
        (0_u16..).zip(["Quote No", "Quote Date", "Customer", "Quoted Price", "Sign Type", "Width (ft)", "Removal"])
    {
        sheet.write(1, column, header)?;
    }
    let day = Format::new().set_num_format("mm/dd/yyyy");
    for (row, (number, width)) in (2_u32..).zip([(7001, 10.5), (7002, 4.0)]) {
        sheet.write(row, 0, number)?;
        sheet.write_with_format(row, 1, &ExcelDateTime::from_ymd(2026, 2, 3)?, &day)?;
        sheet.write(row, 2, "Harbor")?;
        sheet.write(row, 3, 1234.5)?;
        sheet.write(row, 4, "Monument")?;
        sheet.write(row, 5, width)?;
        sheet.write(row, 6, "No")?;
    }
    sheet.write(3, 3, "12O.50")?;
    book.save_to_buffer()
}

#[test]
fn the_sheet_with_the_known_headers_is_read() {
    let reading = read_table("quotes.xlsx", &book().expect("a workbook"), Currency::USD).expect("a table");
    assert_eq!(reading.understood.kind, Some(RecordKind::Quote));
    assert_eq!(reading.understood.sheet.as_deref(), Some("Quotes"));
    assert_eq!(reading.understood.header_row, 2);
    let [first, second] = reading.parsed.records.as_slice() else { panic!("two records") };
    assert_eq!(first.key, "7001");
    assert_eq!(first.date("quoted_on").map(|d| d.to_string()).as_deref(), Some("2026-02-03"));
    assert_eq!(first.money("quoted_price").map(|m| m.minor), Some(123_450));
    assert_eq!(first.number("width").map(|n| n.to_string()).as_deref(), Some("10.5"));
    assert_eq!(first.text("sign_type"), Some("monument"));
    assert_eq!(first.value("removal"), Some(&Value::Flag(false)));
    assert_eq!(first.fields["width"].at, Place::Cell { sheet: Some("Quotes".to_owned()), row: 3, column: 6 });
    assert_eq!(second.value("quoted_price"), None);
    let [reject] = reading.parsed.rejects.as_slice() else { panic!("one reject") };
    assert_eq!((reject.reason, reject.key.as_deref()), (RejectReason::NotANumber, Some("7002")));
}

const LABOUR: [&str; 6] = ["Work Order", "Department", "Work Code", "Estimated Hours", "Actual Hours", "Job Cost"];

/// Two labour lines under a work order whose cell is merged, as is the cost of both.
fn merged_xlsx() -> Result<Vec<u8>, XlsxError> {
    let (mut book, plain) = (Workbook::new(), Format::new());
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 5, "Labour of January", &plain)?;
    for (column, header) in (0_u16..).zip(LABOUR) {
        sheet.write(1, column, header)?;
    }
    for (row, (code, hours)) in (2_u32..).zip([("0210", 5.25), ("0310", 1.5), ("0640", 9.0)]) {
        sheet.write(row, 1, code.get(..2).unwrap_or_default())?;
        sheet.write(row, 2, code)?;
        sheet.write(row, 3, 2.0)?;
        sheet.write(row, 4, hours)?;
    }
    sheet.merge_range(2, 0, 3, 0, "19100", &plain)?;
    sheet.merge_range(2, 5, 3, 5, "", &plain)?;
    sheet.write(2, 5, 336.0)?;
    sheet.write(4, 0, "19101")?;
    sheet.write(4, 5, 594.0)?;
    book.save_to_buffer()
}

/// The same as an OpenDocument sheet.
fn merged_ods() -> Vec<u8> {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |number: f64| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
        )
    };
    let spans = |cell: &str, rows: u32| {
        cell.replacen(
            "<table:table-cell",
            &format!("<table:table-cell table:number-rows-spanned=\"{rows}\" table:number-columns-spanned=\"1\""),
            1,
        )
    };
    let covered = "<table:covered-table-cell/>".to_owned();
    let title = format!(
        "<table:table-cell table:number-columns-spanned=\"6\" office:value-type=\"string\"><text:p>Labour of January</text:p></table:table-cell>{}",
        covered.repeat(5)
    );
    let line = |code: &str, hours: f64| format!("{}{}{}{}", text(&code[..2]), text(code), number(2.0), number(hours));
    let rows = [
        title,
        LABOUR.map(text).concat(),
        format!("{}{}{}", spans(&text("19100"), 2), line("0210", 5.25), spans(&number(336.0), 2)),
        format!("{covered}{}{covered}", line("0310", 1.5)),
        format!("{}{}{}", text("19101"), line("0640", 9.0), number(594.0)),
    ];
    let rows: String = rows.iter().map(|row| format!("<table:table-row>{row}</table:table-row>")).collect();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Sheet1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
                    xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    stored(&[("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", &content)])
}

/// A ZIP archive whose files are stored as they are (PKWARE APPNOTE 4.3).
fn stored(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let (offset, size) = (archive.len() as u32, content.len() as u32);
        let mut head = Vec::new();
        for short in [20_u16, 0, 0, 0, 33] {
            head.extend(short.to_le_bytes());
        }
        for long in [crc32(content.as_bytes()), size, size] {
            head.extend(long.to_le_bytes());
        }
        head.extend((name.len() as u16).to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        archive.extend(b"PK\x03\x04".iter().chain(&head).chain(name.as_bytes()).chain(content.as_bytes()));
        directory.extend(b"PK\x01\x02\x14\x00".iter().chain(&head));
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes().iter().chain(name.as_bytes()));
    }
    let (at, size, count) = (archive.len() as u32, directory.len() as u32, files.len() as u16);
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, count].iter().flat_map(|count| count.to_le_bytes()));
    archive.extend([size, at].iter().flat_map(|long| long.to_le_bytes()));
    archive.extend([0; 2]);
    archive
}

/// ISO 3309, as ZIP uses it.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

#[test]
fn merged_cells_keep_their_columns_and_an_amount_over_two_rows_counts_once() {
    for (name, bytes) in [("labour.xlsx", merged_xlsx().expect("a workbook")), ("labour.ods", merged_ods())] {
        let reading = read_table(name, &bytes, Currency::USD).expect("a table");
        assert_eq!(reading.parsed.rejects, [], "{name}");
        let [first, second] = reading.parsed.records.as_slice() else { panic!("{name}: {:?}", reading.parsed.records) };
        assert_eq!((first.key.as_str(), first.lines.len(), second.key.as_str()), ("19100", 2, "19101"), "{name}");
        let said = |line: usize, field: &str| first.lines[line].fields.get(field).map(|field| field.value.to_string());
        assert_eq!(said(1, "work_code").as_deref(), Some("0310"), "{name}");
        assert_eq!((said(0, "cost").as_deref(), said(1, "cost")), (Some("$336.00"), None), "{name}");
        assert_eq!(second.lines[0].fields["cost"].value.to_string(), "$594.00", "{name}");
    }
}

#[test]
fn error_cells_are_refused_with_their_place_and_formulas_give_what_they_came_to() {
    let book = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, header) in (0_u16..).zip(["Quote No", "Customer", "Quoted Price", "Width (ft)"]) {
            sheet.write(0, column, header)?;
        }
        for (row, number) in (1_u32..).zip(["Q-1", "Q-2", "Q-3"]) {
            sheet.write(row, 0, number)?;
            sheet.write_string(row, 1, "=HYPERLINK(\"http://example.invalid\")")?;
            sheet.write(row, 3, 4.0)?;
        }
        sheet.write_formula(1, 2, Formula::new("=1/0").set_result("#DIV/0!"))?;
        sheet.write_formula(2, 2, Formula::new("=VLOOKUP(1,A1:A2,2)").set_result("#N/A"))?;
        sheet.write_formula(3, 2, Formula::new("=1200+34.5").set_result("1234.5"))?;
        book.save_to_buffer()
    };
    let reading = read_table("quotes.xlsx", &book().expect("a workbook"), Currency::USD).expect("a table");
    let refused: Vec<_> =
        reading.parsed.rejects.iter().map(|one| (one.reason, one.raw.as_str(), one.key.as_deref())).collect();
    let not_a_number = RejectReason::NotANumber;
    assert_eq!(refused, [(not_a_number, "#DIV/0!", Some("Q-1")), (not_a_number, "#N/A", Some("Q-2"))]);
    assert_eq!(
        reading.parsed.rejects[0].place.as_ref().map(ToString::to_string).as_deref(),
        Some("Sheet1, row 2, column 3")
    );
    let records = &reading.parsed.records;
    assert_eq!((records[0].value("quoted_price"), records[1].value("quoted_price")), (None, None), "never a zero");
    assert_eq!(records[2].money("quoted_price").map(|money| money.minor), Some(123_450));
    assert_eq!(records[0].text("customer"), Some("=HYPERLINK(\"http://example.invalid\")"), "a text stays a text");
}

#[test]
fn a_hundred_columns_are_each_read_where_they_stand() {
    let columns = 100;
    let header: Vec<String> = (0..columns - 3).map(|n| format!("Panel count {n}")).collect();
    let mut text = format!("Quote No,Customer,Quoted Price,{}\n", header.join(","));
    for row in 0..30 {
        let cells: Vec<String> = (0..columns - 3).map(|n| (1000 * row + n).to_string()).collect();
        text.push_str(&format!("Q-{row},Harbor,{}.50,{}\n", 100 + row, cells.join(",")));
    }
    let reading = read_table("wide.csv", text.as_bytes(), Currency::USD).expect("a table");
    assert_eq!((reading.parsed.records.len(), reading.parsed.rejects.len()), (30, 0));
    assert_eq!(reading.understood.columns.len(), columns);
    let last = &reading.parsed.records[29];
    assert_eq!(last.money("quoted_price").map(|money| money.minor), Some(12_950));
    let at = |column: usize| Place::Cell { sheet: None, row: 31, column: column as u32 };
    for (n, column) in [(0, 4), (50, 54), (96, 100)] {
        let found = last.fields.values().find(|field| field.at == at(column)).expect("the column is kept as a driver");
        assert_eq!(found.value.to_string(), (29_000 + n).to_string(), "column {column}");
    }
}
