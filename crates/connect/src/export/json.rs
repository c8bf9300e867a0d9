//! Quotes as one JSON document with the version of its shape.

use signwright_domain::quote::Quote;

use super::QuotesDocument;
use crate::ConnectError;

/// The quotes as indented JSON, UTF-8, with a line break at the end. Decimals are strings.
pub fn quotes_json(quotes: &[Quote]) -> Result<Vec<u8>, ConnectError> {
    let mut bytes = serde_json::to_vec_pretty(&QuotesDocument::of(quotes))?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::delivery::tests::{quote, with_line};

    #[test]
    fn the_document_reads_back_as_it_was() {
        let quotes = [with_line(quote(), "=Ünïcode \u{0} \"sign\"\n", "2.50", "19.99"), quote()];
        let bytes = quotes_json(&quotes).expect("json");
        let read: QuotesDocument = serde_json::from_slice(&bytes).expect("document");
        assert_eq!(read, QuotesDocument::of(&quotes));
    }

    #[test]
    fn decimals_are_texts_and_the_shape_has_a_version() {
        let bytes = quotes_json(&[with_line(quote(), "Extra", "2.50", "19.99")]).expect("json");
        let json: Value = serde_json::from_slice(&bytes).expect("json");
        assert_eq!((&json["schema"], &json["schema_version"]), (&"signwright.quotes".into(), &1.into()));
        let line = &json["quotes"][0]["lines"][1];
        assert_eq!(
            (&line["quantity"], &line["unit_price"], &line["amount"]),
            (&"2.50".into(), &"19.99".into(), &"49.98".into())
        );
        assert_eq!(json["quotes"][0]["competitor_price"], "20900.00");
        assert_eq!(json["quotes"][0]["status"], "sent");
    }

    #[test]
    fn nothing_internal_leaves() {
        let json = String::from_utf8(quotes_json(&[quote()]).expect("json")).expect("utf-8");
        for word in ["7777.77", "cost", "margin", "markup", "estimate"] {
            assert!(!json.contains(word), "{word} in {json}");
        }
    }
}
