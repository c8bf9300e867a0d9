//! Workbooks: the right sheet, a title above the headers, typed cells.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
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
