//! Records that say everything themselves: those of documents as JSON, and rows of tables as the versions before 9 wrote
//! them.
//!
//! `{"row":7,"sheet":null,"kind":"work_order","key":"431","fields":{"total_cost":[8,"9,333.17","m933317USD",">Total Cost",1.0]}}`:
//! column, raw text, value, how it was found, confidence.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use signwright_domain::record::{Field, Place, Record, RecordKind};

use super::parsed;
use crate::records::form;

#[derive(Deserialize)]
struct Row<'r> {
    row: u32,
    #[serde(borrow)]
    sheet: Option<Cow<'r, str>>,
    kind: RecordKind,
    #[serde(borrow)]
    key: Cow<'r, str>,
    #[serde(borrow)]
    fields: BTreeMap<Cow<'r, str>, Cell<'r>>,
}

#[derive(Deserialize)]
struct Cell<'r>(u32, #[serde(borrow)] Cow<'r, str>, #[serde(borrow)] Cow<'r, str>, #[serde(borrow)] Cow<'r, str>, f64);

/// The short form is told by how it begins.
const BEGINS: &str = "{\"row\":";

pub(super) fn read(text: &str) -> Result<Record, String> {
    if !text.starts_with(BEGINS) {
        return serde_json::from_str(text).map_err(|error| error.to_string());
    }
    let row: Row<'_> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let field = |(name, cell): (Cow<'_, str>, Cell<'_>)| {
        let Cell(column, raw, value, found_by, confidence) = cell;
        let value = parsed(&value, &raw).ok_or_else(|| format!("\"{value}\" is no stored value"))?;
        let at = Place::Cell { sheet: row.sheet.as_deref().map(str::to_owned), row: row.row, column };
        let found_by = form::found_by(&found_by);
        Ok((name.into_owned(), Field { value, raw: raw.into_owned(), at, confidence, found_by }))
    };
    let fields = row.fields.into_iter().map(field).collect::<Result<BTreeMap<_, _>, String>>()?;
    Ok(Record { kind: row.kind, key: row.key.into_owned(), fields, lines: Vec::new() })
}

#[cfg(test)]
mod tests {
    use signwright_domain::record::Value;
    use signwright_domain::{Currency, Money};

    use super::*;

    #[test]
    fn a_row_of_an_older_version_reads() {
        let text = r#"{"row":7,"sheet":"S","kind":"work_order","key":"431","fields":{
            "customer":[2,"Harbor \"1\"","=","label X",0.6],"total_cost":[8,"9,333.17","m933317USD",">Total Cost",1.0]}}"#
            .replace("\n            ", "");
        let record = read(&text).expect("reads");
        assert_eq!((record.kind, record.key.as_str()), (RecordKind::WorkOrder, "431"));
        let (customer, total) = (&record.fields["customer"], &record.fields["total_cost"]);
        assert_eq!(customer.value, Value::Text("Harbor \"1\"".to_owned()));
        assert_eq!((customer.confidence, customer.found_by.as_str()), (0.6, "label X"));
        assert_eq!(total.value, Value::Money(Money::new(933_317, Currency::USD)));
        assert_eq!(total.found_by, "column Total Cost");
        assert_eq!(total.at, Place::Cell { sheet: Some("S".to_owned()), row: 7, column: 8 });
    }
}
