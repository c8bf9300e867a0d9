//! What documents say of themselves.

use super::*;
use crate::documents::typeset;

/// The standard that the metadata of a PDF claims: "2 A" for PDF/A-2a.
fn claimed(pdf: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(pdf);
    let tag = |name: &str| {
        let (_, rest) = text.split_once(&format!("<pdfaid:{name}>"))?;
        rest.split_once('<').map(|(value, _)| value.to_owned())
    };
    Some(format!("{} {}", tag("part")?, tag("conformance")?))
}

#[test]
fn a_quote_is_pdf_a_and_says_so() {
    let manuscript = quote_of(&quote(monument()), Pricing::Itemised, &letterhead()).expect("a manuscript");
    let document = typeset(&manuscript).expect("a document");
    assert!(document.archival);
    assert_eq!(claimed(&document.bytes).as_deref(), Some("2 A"));
}

#[test]
fn letters_that_the_typeface_lacks_cost_the_claim_and_not_the_document() {
    let manuscript = quote_of(&quote(vec![line("日本語の看板", "1", "10")]), Pricing::Itemised, &letterhead());
    let document = typeset(&manuscript.expect("a manuscript")).expect("a document");
    assert!(!document.archival && document.bytes.starts_with(b"%PDF-"));
    assert_eq!(claimed(&document.bytes), None);
}
