use super::*;
use crate::delivery::tests::{quote, with_line};
use crate::export::formats::System;

fn known(quote: &Quote) -> Vec<Known<'_>> {
    let ids = [("Opportunity", "006A"), ("Quote", "0Q0A"), ("Account", "001A"), ("deal", "77")];
    vec![Known { quote, ids: ids.map(|(name, id)| (name.to_owned(), id.to_owned())).into() }]
}

fn written(layout: &Layout, quote: &Quote, form: Form) -> Vec<String> {
    let files = exported(layout, &known(quote), form, &TimeZone::UTC).expect("files");
    files.into_iter().map(|file| String::from_utf8(file.bytes).expect("UTF-8")).collect()
}

#[test]
fn nothing_internal_leaves_in_any_layout() {
    let quote = with_line(quote(), "Extra", "2.50", "19.99");
    for system in System::ALL {
        for form in [Form::Csv, Form::Json] {
            for file in written(&system.layout().expect("a layout"), &quote, form) {
                for words in ["7777.77", "argin", "arkup", "cost"] {
                    assert!(!file.contains(words), "{words} in {system:?}: {file}");
                }
            }
        }
    }
}

#[test]
fn formulas_are_made_harmless_in_every_layout_and_figures_stay() {
    for start in ["=", "+", "-", "@", "\t", "\r"] {
        let evil = format!("{start}cmd|'/c calc'!A0");
        let mut quote = with_line(quote(), &evil, "1", "-50");
        (quote.customer, quote.title) = (evil.clone(), evil.clone());
        for system in System::ALL {
            for file in written(&system.layout().expect("a layout"), &quote, Form::Csv) {
                let mut reader = csv::Reader::from_reader(file.as_bytes());
                for record in reader.records() {
                    for cell in record.expect("a row").iter().filter(|cell| cell.contains("cmd")) {
                        assert!(cell.starts_with('\''), "{cell:?} of {system:?}");
                    }
                }
            }
        }
        let lines = written(&System::Odoo.layout().expect("a layout"), &quote, Form::Csv).remove(0);
        assert!(lines.contains(",-50,"), "{lines}");
    }
}

#[test]
fn a_second_export_names_the_same_records() {
    let quote = quote();
    let of = |system: System| written(&system.layout().expect("a layout"), &quote, Form::Csv);
    let number = &quote.number;
    assert!(of(System::Salesforce)[0].contains(&format!("006A,{number},001A,")), "{:?}", of(System::Salesforce));
    assert!(of(System::Salesforce)[2].contains(&format!(",{number}:1,0Q0A,{number},1,")));
    assert!(of(System::Hubspot)[0].contains(&format!("77,{number},")));
    let id = plain(number);
    assert!(of(System::Odoo)[0].contains(&format!("\r\n{id},")) && of(System::Odoo)[0].contains(&format!("{id}_1,")));
}

#[test]
fn a_shop_writes_columns_of_its_own() {
    let ours = "name = \"Ours\"\n[[files]]\nname = \"all\"\nper = \"line\"\ncolumns = [\n  { header = \"Angebot\", from = \
                \"number\" },\n  { header = \"Stand\", from = \"status\", values = { sent = \"verschickt\" } },\n  { header \
                = \"Preis\", from = \"unit_price\" },\n  { header = \"Quelle\", text = \"S\" },\n]";
    let quote = quote();
    let price = quote.active().lines[0].unit_price;
    let file = written(&layout(ours).expect("a layout"), &quote, Form::Csv).remove(0);
    assert!(
        file.starts_with(&format!("Angebot,Stand,Preis,Quelle\r\n{},verschickt,{price},S\r\n", quote.number)),
        "{file}"
    );
    let json = written(&layout(ours).expect("a layout"), &quote, Form::Json).remove(0);
    let rows: Value = serde_json::from_str(&json).expect("json");
    assert_eq!(rows[0]["Preis"], price.to_string());
}

#[test]
fn a_layout_that_cannot_be_used_says_why() {
    let check = |text: &str, why: &str| {
        let said = layout(text).expect_err("refused").to_string();
        assert!(said.contains(why), "{said}");
    };
    let file = |columns: &str| format!("name = \"x\"\n[[files]]\nname = \"a\"\nper = \"quote\"\ncolumns = [{columns}]");
    check("name = \"x\"\nfiles = []", "no files");
    check(&file(""), "no columns");
    check(&file("{ header = \"A\", from = \"unit_cost\" }"), "unit_cost");
    check(&file("{ header = \"A\" }, { header = \"A\" }"), "two columns called A");
    check(&file("{ header = \"A\", from = \"amount\" }"), "is of a line");
}
