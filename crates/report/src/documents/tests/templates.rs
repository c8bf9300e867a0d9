//! Templates of the shop's own.

use std::collections::BTreeMap;

use super::*;
use crate::documents::{Template, check_template};

fn own(template: Template, text: &str) -> Manuscript {
    let manuscript = quote_of(&quote(monument()), Pricing::Itemised, &letterhead()).expect("a manuscript");
    manuscript.with_own(BTreeMap::from([(template, text.to_owned())]))
}

#[test]
fn a_shop_prints_by_its_own_template() {
    let words = "#import \"house.typ\": *\n#show: sheet\nSigns by #data.shop.name for #data.customer at #data.total";
    let pdf = typeset(&own(Template::Quote, words)).expect("a document").bytes;
    assert!(text(&pdf).contains("Signs by Northside Signs for Riverside Clinic at $24,843.26"));
    let house =
        Template::House.shipped().replace("let letterhead = {", "let letterhead = {\n  [A letterhead of our own]");
    assert!(text(&typeset(&own(Template::House, &house)).expect("a document").bytes).contains("of our own"));
}

#[test]
fn a_broken_template_says_where() {
    let check = |template, words: &str, name: &str, at: usize, says: &str| match typeset(&own(template, words)) {
        Err(ReportError::Template { name: found, line, message }) => {
            assert_eq!((found.as_str(), line), (name, at), "{message}");
            assert!(message.contains(says), "{message}");
        }
        other => panic!("{other:?}"),
    };
    check(Template::Quote, "#import \"house.typ\": *\n\n#data.nothing", "quote.typ", 3, "nothing");
    check(Template::Quote, "fine\n#let x = (", "quote.typ", 2, "unclosed");
    check(Template::House, "#let a = 1\n#unknown", "house.typ", 2, "unknown");
    for words in ["#read(\"/etc/passwd\")", "#import \"@preview/tablex:0.0.8\": *", "#image(\"../x.png\")"] {
        check(Template::Quote, &format!("first\n{words}"), "quote.typ", 2, "");
    }
}

#[test]
fn what_cannot_be_read_at_all_is_known_before_it_is_used() {
    for template in Template::ALL {
        assert_eq!(check_template(template, template.shipped()), Ok(()), "{template:?}");
    }
    let broken = check_template(Template::Why, "one\ntwo\n#text(");
    assert!(matches!(&broken, Err(ReportError::Template { name, line: 3, .. }) if name == "why.typ"), "{broken:?}");
}

#[test]
fn a_manuscript_survives_the_way_to_another_process() {
    let manuscript = own(Template::Quote, "#data.total").with_file("logo", vec![1, b'\n', 3]);
    let mut sent = Vec::new();
    manuscript.send(&mut sent).expect("sent");
    assert_eq!(Manuscript::receive(&mut sent.as_slice()).expect("received"), manuscript);
}
