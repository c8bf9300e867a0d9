use super::*;

/// `a`, `b` are numbers, `kind` a text, `lit` a flag; `gone` is a number nobody knows; `hours` a function. `width` is 10 ft,
/// `tall` 1.5 ft, `dull` a number of sq ft nobody knows.
struct Shop;

const NAMES: [(&str, Kind); 8] = [
    ("a", Kind::Number),
    ("b", Kind::Number),
    ("kind", Kind::Text),
    ("lit", Kind::Flag),
    ("gone", Kind::Number),
    ("width", Kind::Measure(Dimension::LENGTH)),
    ("tall", Kind::Measure(Dimension::LENGTH)),
    ("dull", Kind::Measure(Dimension::AREA)),
];

impl Vocabulary for Shop {
    fn name(&self, name: &str) -> Option<(usize, Kind)> {
        let id = NAMES.iter().position(|(known, _)| *known == name)?;
        Some((id, NAMES[id].1))
    }

    fn function(&self, name: &str) -> Option<(usize, Kind)> {
        (name == "hours").then_some((0, Kind::Number))
    }

    fn all(&self) -> Vec<&str> {
        NAMES.iter().map(|(name, _)| *name).chain(["hours"]).collect()
    }
}

impl Values for Shop {
    fn name(&self, id: usize) -> Option<Value<'_>> {
        [
            Some(Value::Number(3.0)),
            Some(Value::Number(4.5)),
            Some(Value::Text("Pole")),
            Some(Value::Flag(true)),
            None,
            Some(Value::Number(10.0)),
            Some(Value::Number(1.5)),
            None,
        ][id]
    }

    fn function(&self, _: usize, texts: &[String]) -> Option<Value<'_>> {
        Some(Value::Number(texts.len() as f64))
    }
}

fn value(text: &str) -> Option<Value<'static>> {
    let formula = Formula::parse(text, &Shop).unwrap_or_else(|error| panic!("{text}: {error}"));
    match formula.value(&Shop)? {
        Value::Number(number) => Some(Value::Number(number)),
        Value::Flag(flag) => Some(Value::Flag(flag)),
        Value::Text(_) => Some(Value::Text("a text")),
    }
}

#[test]
fn arithmetic_binds_as_on_paper() {
    for (text, expected) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 2 - 3", 5.0),
        ("12 / 3 / 2", 2.0),
        ("-a + 2 * b", 6.0),
        ("max(a, b, 1) - min(a, b) + abs(a - b)", 3.0),
        ("hours(\"install\", \"travel\") * .5", 1.0),
    ] {
        assert_eq!(value(text), Some(Value::Number(expected)), "{text}");
    }
}

#[test]
fn comparisons_and_words_decide() {
    for (text, expected) in [
        ("a < b and b <= 4.5", true),
        ("a >= 4 or lit", true),
        ("not lit", false),
        ("not lit or a = 3", true),
        ("kind is \"pole\"", true),
        ("kind is not \"pylon\"", true),
        ("kind != \"POLE\"", false),
        ("kind in (\"pylon\", \"pole\")", true),
        ("kind not in (\"pylon\", \"pole\")", false),
        ("a in (1, 2, 3)", true),
        ("lit is yes", true),
        ("a is known and gone is missing", true),
        ("gone is not missing", false),
        ("a is not known", false),
    ] {
        assert_eq!(value(text), Some(Value::Flag(expected)), "{text}");
    }
}

#[test]
fn what_is_missing_decides_nothing_unless_the_other_side_does() {
    for (text, expected) in [
        ("gone > 1", None),
        ("not gone > 1", None),
        ("gone > 1 and a = 3", None),
        ("gone > 1 or a = 3", Some(Value::Flag(true))),
        ("a = 4 and gone > 1", Some(Value::Flag(false))),
        ("gone > 1 and a = 4", Some(Value::Flag(false))),
        ("a in (gone, 3)", Some(Value::Flag(true))),
        ("a in (gone, 4)", None),
        ("max(a, gone)", None),
        ("a / 0", None),
        ("(a / 0) > 1", None),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, part, at) in [
        ("", "missing at the end", 0..0),
        ("a +", "missing at the end", 3..3),
        ("a + * b", "before \"*\"", 4..5),
        ("(a + b", "closing bracket", 6..6),
        ("a b", "something is missing", 2..3),
        ("a > \"pole\"", "this is a text, not a number", 4..10),
        ("kind > 2", "this is a text, not a number", 0..4),
        ("lit and a", "this is a number, not yes or no", 8..9),
        ("kind is pole", "quotation marks", 8..12),
        ("huors(\"install\") > 0", "is hours meant?", 0..5),
        ("knd is \"pole\"", "is kind meant?", 0..3),
        ("hours(a)", "texts in quotation marks", 6..7),
        ("a in 3", "list in brackets", 5..6),
        ("a not 3", "\"in\" is missing", 6..7),
        ("kind is \"pole", "closing quotation mark", 8..13),
        ("a # b", "no part of a formula", 2..3),
        ("1.2.3 > a", "not a number", 0..5),
        ("abs(1, 2)", "one number", 0..3),
        ("max(1)", "two numbers", 0..3),
    ] {
        let error = Formula::parse(text, &Shop).expect_err(text);
        assert!(error.message.contains(part), "{text}: {error}");
        assert_eq!(error.at, at, "{text}: {error}");
    }
}

#[test]
fn numbers_are_rounded_and_chosen() {
    for (text, expected) in [
        ("ceil(4.2) + floor(4.8) + round(4.5)", 14.0),
        ("ceil(0.1 * 3 / 0.1)", 3.0),
        ("ceil(a, 2) + round(b, 0.25)", 8.5),
        ("sqrt(16) * pow(2, 3)", 32.0),
        ("if(lit, a, gone)", 3.0),
        ("if(a > b, a, b)", 4.5),
        ("choose(kind, \"pole\", 1, \"pylon\", 2, 3)", 1.0),
        ("choose(kind, \"pylon\", 2, 3)", 3.0),
        ("choose(a, 3, 30, 4, gone)", 30.0),
        ("200 * 10 %", 20.0),
    ] {
        assert_eq!(value(text), Some(Value::Number(expected)), "{text}");
    }
    for text in ["if(gone > 1, a, b)", "choose(kind, \"pylon\", 2, \"cabinet\", 3)", "ceil(a, 0)", "sqrt(a - 9)"] {
        assert_eq!(value(text), None, "{text}");
    }
}

#[test]
fn units_convert_and_multiply() {
    let area = Kind::Measure(Dimension::AREA);
    let check = |text: &str, expected: f64, kind: Kind| {
        let formula = Formula::parse(text, &Shop).unwrap_or_else(|error| panic!("{text}: {error}"));
        let Some(Value::Number(number)) = formula.value(&Shop) else { panic!("{text} has no value") };
        assert!((number - expected).abs() < 1e-9, "{text} is {number}");
        assert_eq!(formula.kind(), kind, "{text}");
    };
    check("width + 18 in", 11.5, Kind::Measure(Dimension::LENGTH));
    check("width * tall", 15.0, area);
    check("width * tall + 144 sq in", 16.0, area);
    check("2 h + 0.1 h/sq ft * width * tall", 3.5, Kind::Measure(Dimension::TIME));
    check("0.02 h / ft * width", 0.2, Kind::Measure(Dimension::TIME));
    check("$85/sq ft * width * tall", 1275.0, Kind::Measure(Dimension::MONEY));
    check("ceil(width / 4 ft)", 3.0, Kind::Number);
    check("ceil(width, 4 ft)", 12.0, Kind::Measure(Dimension::LENGTH));
    check("sqrt(width * tall / 0.6)", 5.0, Kind::Measure(Dimension::LENGTH));
    check("if(lit, width, 0) + max(0, tall)", 11.5, Kind::Measure(Dimension::LENGTH));
    check("width / in", 120.0, Kind::Number);
    check("30 min * 2", 1.0, Kind::Measure(Dimension::TIME));
    assert_eq!(value("width > 6 ft and tall in (1.5 ft, 18 in) and 3 in (1, 3)"), Some(Value::Flag(true)));
    assert!(Formula::parse("0", &Shop).is_ok_and(|zero| zero.is_of(Dimension::TIME) && zero.is_of(Dimension::PLAIN)));
}

#[test]
fn units_that_do_not_fit_are_told_with_their_place() {
    for (text, part, at) in [
        ("width + 2", "a plain number, not a number of ft: write its unit", 8..9),
        ("width + 2 h", "a number of h, not a number of ft", 8..11),
        ("width * tall > tall", "a number of ft, not a number of sq ft", 15..19),
        ("if(lit, width, 3 sq ft)", "a number of sq ft, not a number of ft", 15..22),
        ("ceil(width)", "to what step", 5..10),
        ("ceil(width, 2)", "a plain number, not a number of ft", 12..13),
        ("sqrt(width)", "no root of ft", 5..10),
        ("pow(width, 2)", "a number of ft, not a plain number", 4..9),
        ("choose(kind, \"pole\", width, 3)", "a plain number, not a number of ft", 28..29),
        ("choose(kind, 3, width)", "this is a number, not a text", 13..14),
        ("if(width, 1, 2)", "not yes or no", 3..8),
        ("3 furlongs", "something is missing", 2..10),
        ("$ width", "amount is missing", 2..7),
    ] {
        let error = Formula::parse(text, &Shop).expect_err(text);
        assert!(error.message.contains(part), "{text}: {error}");
        assert_eq!(error.at, at, "{text}: {error}");
    }
}

#[test]
fn each_part_shows_what_it_comes_to() {
    let text = "if(lit, 2 * (width + 6 in), tall) * a";
    let formula = Formula::parse(text, &Shop).expect("a formula");
    let shown: Vec<_> = formula.parts(&Shop).into_iter().map(|part| (&text[part.at], part.value)).collect();
    let number = |number: f64| Some(Value::Number(number));
    let expected = [
        ("lit", Some(Value::Flag(true))),
        ("width", number(10.0)),
        ("(width + 6 in)", number(10.5)),
        ("2 * (width + 6 in)", number(21.0)),
        ("if(lit, 2 * (width + 6 in), tall)", number(21.0)),
        ("a", number(3.0)),
        (text, number(63.0)),
    ];
    assert_eq!(shown, expected);
    assert_eq!(formula.names(), [3, 5, 6, 0]);
    let calls = Formula::parse("hours(\"620\", \"625\") + a", &Shop).expect("a formula");
    assert_eq!(calls.calls(), [(0, ["620".to_owned(), "625".to_owned()].as_slice())]);
}

#[test]
fn what_is_lacking_is_named() {
    for (text, message, at) in [
        ("a + gone * 2", "not known", "gone"),
        ("if(dull > 0, a, b)", "not known", "dull"),
        ("a / (b - 4.5)", "divided by zero", "a / (b - 4.5)"),
        ("choose(kind, \"pylon\", 2, \"emc\", 3)", "none of the cases", "choose(kind, \"pylon\", 2, \"emc\", 3)"),
        ("sqrt(a - 9)", "no root", "sqrt(a - 9)"),
    ] {
        let lack = Formula::parse(text, &Shop).expect("a formula").lack(&Shop).expect(text);
        assert!(lack.message.contains(message), "{text}: {}", lack.message);
        assert_eq!(&text[lack.at], at);
    }
    assert_eq!(Formula::parse("if(lit, a, gone)", &Shop).expect("a formula").lack(&Shop), None);
}

#[test]
fn a_hostile_text_ends_in_an_error() {
    for text in [
        "(".repeat(1900),
        "not ".repeat(400),
        "abs(".repeat(450),
        "if(a,".repeat(390),
        "a+".repeat(5000),
        "-".repeat(3000),
        "é".repeat(100),
    ] {
        assert!(Formula::parse(&text, &Shop).is_err());
    }
    let long = format!("1{}", " + 1".repeat(450));
    assert_eq!(value(&long), Some(Value::Number(451.0)));
}
