use rust_decimal::Decimal;
use signwright_domain::estimate::Basis;
use signwright_domain::quote::{Quote, QuoteLine, QuoteStatus, QuoteVersion, Totals};
use signwright_domain::{Currency, Money};

use super::quote as quote_of;
use super::{Letterhead, Manuscript, Pricing, typeset};
use crate::ReportError;
use crate::figures::samples::estimate;

mod archival;
mod internal;
mod templates;
mod why;

fn set(manuscript: Result<Manuscript, ReportError>) -> Vec<u8> {
    typeset(&manuscript.expect("a manuscript")).expect("a document").bytes
}

fn quote_pdf(quote: &Quote, letterhead: &Letterhead) -> Result<Vec<u8>, ReportError> {
    quote_of(quote, Pricing::Itemised, letterhead).and_then(|manuscript| Ok(typeset(&manuscript)?.bytes))
}

fn estimate_pdf(estimate: &signwright_domain::estimate::Estimate) -> Result<Vec<u8>, ReportError> {
    super::estimate(estimate, &letterhead()).and_then(|manuscript| Ok(typeset(&manuscript)?.bytes))
}

fn usd(amount: Decimal) -> Money {
    Money::from_decimal(amount, Currency::USD).expect("an amount of a test fits")
}

fn line(description: &str, quantity: &str, price: &str) -> QuoteLine {
    QuoteLine {
        description: description.into(),
        quantity: quantity.parse().expect("decimal"),
        unit: "each".into(),
        unit_cost: Decimal::new(777_777, 2),
        unit_price: price.parse().expect("decimal"),
        estimate_id: Some(4711),
    }
}

fn quote(lines: Vec<QuoteLine>) -> Quote {
    let amounts: Vec<_> = lines.iter().map(|line| usd(line.quantity * line.unit_price)).collect();
    let subtotal = amounts.iter().copied().sum::<Option<Money>>().unwrap_or(Money::zero(Currency::USD));
    let tax_rate = Decimal::new(7, 2);
    let tax = usd(subtotal.to_decimal() * tax_rate);
    let totals = Totals {
        amounts,
        cost: usd(Decimal::new(777_777, 2)),
        subtotal,
        tax,
        total: subtotal + tax,
        markup: Some(Decimal::new(6, 1)),
        margin: Some(Decimal::new(375, 3)),
    };
    let version = QuoteVersion {
        version: 2,
        created_at: "2026-11-03T02:04:05Z".parse().expect("timestamp"),
        locked: true,
        lines,
        tax_rate,
        valid_until: "2026-12-02".parse().expect("date"),
        terms:
            "50 % with the order, balance on completion. Prices hold until the date above.\nThe lead time starts with \
                approved artwork, deposit and permit."
                .into(),
        exclusions: vec!["Rock, groundwater and unsuitable soil in excavations".into(), "Sealed engineering".into()],
        totals,
        decided: None,
        approval: None,
        options: Vec::new(),
        option_amounts: Vec::new(),
    };
    Quote {
        id: 3,
        number: "Q-2026-0007".into(),
        title: "Riverside Clinic monument".into(),
        customer: "Riverside Clinic".into(),
        contact: "Ana Ruiz".into(),
        status: QuoteStatus::Approved,
        created_at: "2026-10-20T15:04:05Z".parse().expect("timestamp"),
        lost_reason: None,
        competitor_price: Some(usd(Decimal::from(20_900))),
        external_id: Some("006-88".into()),
        versions: vec![version],
    }
}

fn monument() -> Vec<QuoteLine> {
    vec![
        line("Monument sign, double face, 10 x 6 ft, LED lit, masonry base", "1", "21568"),
        line("Directional sign, single face, 2 x 3 ft", "4", "412.50"),
    ]
}

fn letterhead() -> Letterhead {
    Letterhead {
        address: vec!["412 Foundry Street".into(), "Millbrook, OH 44901".into()],
        phone: "(555) 010-0142".into(),
        email: "quotes@northside.example".into(),
        time_zone: jiff::tz::TimeZone::fixed(jiff::tz::offset(-5)),
        ..Letterhead::new("Northside Signs")
    }
}

/// The text of a PDF with all white space as single spaces.
fn text(pdf: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(pdf).expect("a PDF that can be read");
    text.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pages(pdf: &[u8]) -> usize {
    pdf_extract::Document::load_mem(pdf).expect("a PDF that can be read").get_pages().len()
}

fn keep(name: &str, pdf: &[u8]) {
    assert!(pdf.starts_with(b"%PDF-"), "{name}");
    if let Some(folder) = std::env::var_os("SIGNWRIGHT_FIGURES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), pdf).expect("written");
    }
}

#[test]
fn a_customer_reads_the_offer_and_nothing_internal() {
    let pdf = quote_pdf(&quote(monument()), &letterhead()).expect("pdf");
    keep("quote", &pdf);
    let text = text(&pdf);
    for words in [
        "Northside Signs",
        "412 Foundry Street",
        "Q-2026-0007",
        "Revision",
        "November 2, 2026",
        "December 2, 2026",
        "Riverside Clinic",
        "Ana Ruiz",
        "Monument sign, double face",
        "$21,568.00",
        "$412.50",
        "$1,650.00",
        "$23,218.00",
        "Tax (7 %)",
        "$1,625.26",
        "$24,843.26",
        "Rock, groundwater",
        "balance on completion",
        "Signature",
        "page 1 of 1",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    for words in ["7,777.77", "7777", "15,", "20,900", "4711", "006-88", "argin", "arkup"] {
        assert!(!text.contains(words), "{words} in {text}");
    }
}

#[test]
fn the_same_quote_gives_the_same_bytes() {
    let make = || quote_pdf(&quote(monument()), &letterhead()).expect("pdf");
    assert_eq!(make(), make());
    assert_eq!(estimate_pdf(&estimate()), estimate_pdf(&estimate()));
}

#[test]
fn forty_lines_fill_several_pages_and_all_are_there() {
    let lines = (1..=40)
        .map(|i| line(&format!("Wayfinding sign number {i}, flat panel, printed and laminated"), "2", "1250.5"));
    let pdf = quote_pdf(&quote(lines.collect()), &letterhead()).expect("pdf");
    keep("forty", &pdf);
    let text = text(&pdf);
    assert!(pages(&pdf) >= 2 && text.contains(&format!("page 2 of {}", pages(&pdf))), "{text}");
    assert!((1..=40).all(|i| text.contains(&format!("number {i},"))), "{text}");
    assert!(text.contains("$100,040.00"), "{text}");
}

#[test]
fn markup_characters_come_out_as_they_are() {
    let hostile =
        r#"#let x = 1 $a^2$ *bold* _it_ @ref <label> `raw` \ // no /* no */ = Head - item ~ [x] {y} "q" 'a' -- ..."#;
    let mut quote = quote(vec![line(hostile, "1", "10")]);
    quote.customer = "#panic(\"no\")".into();
    quote.title = "https://sign.example/#x".into();
    quote.number = "$Q_1$".into();
    quote.versions[0].terms = "= Terms\n#read(\"/etc/passwd\")".into();
    quote.versions[0].exclusions = vec!["#image(\"x.png\") *rock*".into()];
    let pdf = quote_pdf(&quote, &Letterhead { address: vec!["#[street]".into()], ..letterhead() }).expect("pdf");
    keep("hostile", &pdf);
    let text = text(&pdf).replace(' ', "");
    for words in [
        hostile,
        "#panic(\"no\")",
        "https://sign.example/#x",
        "$Q_1$",
        "=Terms",
        "#read(\"/etc/passwd\")",
        "*rock*",
        "#[street]",
    ] {
        assert!(text.contains(&words.replace(' ', "")), "no {words} in {text}");
    }
}

#[test]
fn long_words_huge_amounts_and_other_scripts_are_set() {
    let mut quote = quote(vec![
        line(&"Unbroken".repeat(60), "999999.9999", "123456.7891"),
        line(&"A long description of a sign that goes on. ".repeat(120), "1", "-1000"),
        line("Schild für Müller & Söhne, Łódź, Ñandú, Αθήνα, Киев", "1", "999999999.99"),
        line("日本語の看板", "0.0000001", "0.0000001"),
    ]);
    quote.customer = "Supercalifragilistic".repeat(8);
    quote.versions[0].lines[0].unit = "squarefeetofsomething".into();
    quote.versions[0].totals.total = Money::new(99_999_999_999_999, Currency::USD);
    let pdf = quote_pdf(&quote, &letterhead()).expect("pdf");
    keep("extreme", &pdf);
    let text = text(&pdf);
    assert!(
        text.contains("$999,999,999,999.99") && text.contains("$123,456.7891") && text.contains("Αθήνα, Киев"),
        "{text}"
    );
}

#[test]
fn a_draft_says_so_and_an_empty_letterhead_is_enough() {
    let mut quote = quote(monument());
    quote.status = QuoteStatus::Draft;
    quote.contact = String::new();
    quote.versions[0].exclusions.clear();
    quote.versions[0].terms.clear();
    let pdf = quote_pdf(&quote, &Letterhead::new("Northside Signs")).expect("pdf");
    keep("draft", &pdf);
    let text = text(&pdf);
    assert!(text.contains("Draft, not an offer") && text.contains("November 3, 2026"), "{text}");
    assert!(!text.to_lowercase().contains("not included"), "{text}");
}

#[test]
fn a_letterhead_is_checked() {
    let quote = quote(monument());
    let colour = Letterhead { accent: "blue\")".into(), ..letterhead() };
    assert_eq!(quote_pdf(&quote, &colour), Err(ReportError::Colour("blue\")".into())));
    let logo = Letterhead { logo: Some(b"not an image".to_vec()), ..letterhead() };
    assert_eq!(quote_pdf(&quote, &logo), Err(ReportError::Logo));
    let broken = Letterhead { logo: Some(b"\x89PNG broken".to_vec()), ..letterhead() };
    assert!(matches!(quote_pdf(&quote, &broken), Err(ReportError::Template { .. })));
    let mark = r##"<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="40" height="40" fill="#b4441b"/></svg>"##;
    let drawn = Letterhead { logo: Some(mark.into()), ..letterhead() };
    keep("logo", &quote_pdf(&quote, &drawn).expect("pdf"));
}

#[test]
fn the_owner_sees_why_on_one_page() {
    let pdf = estimate_pdf(&estimate()).expect("pdf");
    keep("estimate", &pdf);
    let text = text(&pdf);
    for words in [
        "$13,480",
        "Harbor Dental",
        "$16,310",
        "no site survey",
        "2 × Ø 2.0 × 4.6 ft",
        "Monument",
        "Internal",
        "115 mph",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    assert_eq!(pages(&pdf), 1);
}

#[test]
fn a_starter_estimate_says_that_it_is_none_of_the_shop() {
    let mut starter = estimate();
    starter.basis = Basis::Starter;
    starter.basis_note = "the starter model: made from published hours and prices, not from your jobs".into();
    (starter.novelty.score, starter.novelty.reasons) = (0.1, Vec::new());
    let pdf = estimate_pdf(&starter).expect("pdf");
    keep("starter", &pdf);
    let text = text(&pdf).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["by the starter model, not from your jobs", "made from published hours and prices"] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    assert!(!text.contains("inside your experience"), "{text}");
}

#[test]
fn an_estimate_of_nothing_but_a_cost_can_be_printed() {
    let mut bare = estimate();
    bare.title = "#eval(\"1\") <x>".into();
    (bare.contributions, bare.ranges, bare.similar, bare.warnings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    (bare.structure, bare.median_of_type) = (None, None);
    bare.specification.drivers.clear();
    bare.novelty.reasons = vec!["bigger than anything you have built".into()];
    let pdf = estimate_pdf(&bare).expect("pdf");
    keep("bare", &pdf);
    assert!(text(&pdf).contains("bigger than anything"));
}

#[test]
fn what_could_be_chosen_is_printed_with_its_price_and_no_cost() {
    use signwright_domain::quote_option::{OptionAmount, OptionKind};
    let mut quote = quote(monument());
    let option = |label: &str, chosen: bool, dollars: i64| OptionAmount {
        key: label.to_lowercase(),
        label: label.to_owned(),
        kind: OptionKind::Addition,
        chosen,
        amount: usd(Decimal::from(dollars)),
        otherwise: Some(usd(Decimal::from(25_000 + dollars))),
    };
    quote.versions[0].option_amounts =
        vec![option("Landscaping lights", false, 1_840), option("Painted posts", true, 95)];
    let text = text(&quote_pdf(&quote, &letterhead()).expect("a PDF"));
    for said in ["ALSO OFFERED, AND NOT IN THE TOTAL", "Landscaping lights", "$1,840.00", "$26,840.00"] {
        assert!(text.contains(said), "{said} is missing: {text}");
    }
    assert!(!text.contains("Painted posts") && !text.contains("7,777.77"), "{text}");
}
