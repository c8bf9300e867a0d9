//! Whatever stands in a formula, reading and building up end in an answer or in an error.

use proptest::prelude::*;

use super::*;

const WORDS: [&str; 44] = [
    "width",
    "tall",
    "finish",
    "rush",
    "area",
    "site",
    "trips",
    "quantity",
    "gone",
    "0",
    "1",
    "2.5",
    "1e9",
    "ft",
    "in",
    "h",
    "sq ft",
    "h/sq ft",
    "%",
    "$",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    ",",
    "<",
    ">=",
    "is",
    "not",
    "and",
    "or",
    "missing",
    "known",
    "\"paint\"",
    "min(",
    "ceil(",
    "if(",
    "choose(",
    "sqrt(",
    "pow(",
    "hours(\"620\")",
    "hours(\"640\")",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_formula_makes_it_fall_over(
        words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..14),
        place in prop::sample::select(vec![
            "'width * tall'", "'1 h + 0.1 h/sq ft * area'", "'finish is \"paint\"'", "'10 %'", "'4 h'", "'2 h * trips'",
            "'ceil(site / 8 h)'", "'if(rush, 1.5, 1)'",
        ]),
        width in prop::sample::select(vec![0.1, 4.0, 99.9]),
    ) {
        let text = PANEL.replacen(place, &format!("'{}'", words.join(" ")), 1);
        let definition: AssemblyDefinition = toml::from_str(&text).expect("TOML");
        match read(&definition, &[]) {
            Ok(assembly) => {
                let _ = built(&assembly, &library(LIBRARY), &format!("width={width} height=4"));
            }
            Err(error) => {
                for problem in &error.0 {
                    prop_assert!(!problem.message.is_empty() && !problem.place.is_empty());
                    if let (Some(formula), Some(near)) = (&problem.formula, &problem.near) {
                        prop_assert_eq!(&formula[problem.start as usize..problem.end as usize], near.as_str());
                    }
                }
            }
        }
    }

    #[test]
    fn no_text_makes_it_fall_over(text in "\\PC{0,60}") {
        let mut definition = definition(PANEL);
        definition.values[2].formula = text;
        let _ = read(&definition, &[]);
    }
}
