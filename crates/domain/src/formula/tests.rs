use super::*;

/// `a`, `b` are numbers, `kind` a text, `lit` a flag; `gone` is a number nobody knows; `hours` a function.
struct Shop;

const NAMES: [(&str, Kind); 5] =
    [("a", Kind::Number), ("b", Kind::Number), ("kind", Kind::Text), ("lit", Kind::Flag), ("gone", Kind::Number)];

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
        [Some(Value::Number(3.0)), Some(Value::Number(4.5)), Some(Value::Text("Pole")), Some(Value::Flag(true)), None]
            [id]
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
fn a_hostile_text_ends_in_an_error() {
    for text in
        ["(".repeat(1900), "not ".repeat(400), "abs(".repeat(450), "a+".repeat(5000), "-".repeat(3000), "é".repeat(100)]
    {
        assert!(Formula::parse(&text, &Shop).is_err());
    }
    let long = format!("1{}", " + 1".repeat(450));
    assert_eq!(value(&long), Some(Value::Number(451.0)));
}
