use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::Code;
use crate::commands::Nothing;
use crate::models::tests::history::Shop;

#[test]
fn a_letterhead_is_kept_only_if_a_document_can_be_printed_with_it() {
    let shop = Shop::new();
    let save = |accent: &str, logo: Option<&[u8]>| {
        let logo = logo.map(|bytes| STANDARD.encode(bytes));
        let input = LetterheadSettings { accent: accent.to_owned(), logo, pricing: PricingForm::LumpSum };
        save_letterhead(&shop.action(), input).map_err(|error| error.code)
    };
    assert_eq!(save("blue", None), Err(Code::InvalidInput));
    assert_eq!(save("#b4441b", Some(b"no image")), Err(Code::InvalidInput));
    assert_eq!(save("#b4441b", Some(b"\x89PNG and nothing behind it")), Err(Code::InvalidInput));
    assert_eq!(save("#b4441b", Some(&vec![b' '; (1 << 20) + 1])), Err(Code::InvalidInput));
    assert_eq!(show_letterhead(&shop.action(), Nothing {}).expect("shown"), LetterheadSettings::default());
    let mark = br##"<svg xmlns="http://www.w3.org/2000/svg" width="12" height="4"><rect width="4" height="4"/></svg>"##;
    let kept = save("#b4441b", Some(mark)).expect("kept");
    assert_eq!(show_letterhead(&shop.action(), Nothing {}).expect("shown"), kept);
}

#[test]
fn a_template_that_cannot_be_read_is_refused_with_its_line_and_nothing_changes() {
    let shop = Shop::new();
    let text = "#import \"house.typ\": *\n#show: sheet\n#text(\n".to_owned();
    let error = save_document_template(&shop.action(), SaveTemplate { name: "why".into(), text }).expect_err("refused");
    assert_eq!(error.code, Code::InvalidInput);
    assert!(error.message.contains("why.typ, line 3"), "{}", error.message);
    assert!(list_document_templates(&shop.action(), Nothing {}).expect("list").iter().all(|template| !template.own));
    let error =
        reset_document_template(&shop.action(), DocumentTemplateRef { name: "poster".into() }).expect_err("unknown");
    assert!(error.hint.is_some_and(|hint| hint.contains("model_card")));
}
