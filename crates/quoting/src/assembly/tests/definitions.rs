//! What is wrong with a definition is said with its place.

use super::*;

fn refused(text: &str, blocks: &[AssemblyDefinition]) -> AssemblyError {
    match read(&definition(text), blocks) {
        Ok(assembly) => panic!("{} was taken", assembly.name),
        Err(error) => error,
    }
}

#[test]
fn a_wrong_formula_is_told_with_its_part() {
    let check = |from: &str, to: &str, place: &str, message: &str, near: Option<&str>| {
        let text = PANEL.replace(from, to);
        assert_ne!(text, PANEL, "{from}");
        let error = refused(&text, &[]);
        let problem = &error.0[0];
        assert_eq!(problem.place, place, "{error}");
        assert!(problem.message.contains(message), "{error}");
        assert_eq!(problem.near.as_deref(), near, "{error}");
        if let (Some(formula), Some(near)) = (&problem.formula, near) {
            assert_eq!(&formula[problem.start as usize..problem.end as usize], near);
        }
    };
    check(
        "width * tall",
        "width + tall * 2 ft",
        "value area",
        "a number of sq ft, not a number of ft",
        Some("tall * 2 ft"),
    );
    check("width * tall", "widht * tall", "value area", "is width meant?", Some("widht"));
    check("'width * tall'", "'width + tall'", "value area", "this gives a number of ft, not a number of sq ft", None);
    check("2 h * trips", "2 * trips", "part \"Travel\", hours", "gives a plain number, not a number of h", None);
    check("'10 %'", "'10 ft'", "part \"Paint\", waste", "gives a number of ft, not a plain number", None);
    check("'4 h'\n", "'4 ft'\n", "part \"Crane\", minimum", "a number of ft, not a number of h", None);
    check("hours(\"620\")", "hours(\"621\")", "value site", "no part has hours of work code \"621\"", None);
    check("finish is \"paint\"", "finish", "part \"Paint\", when", "this gives a text, not yes or no", None);
    check("\"8 ft\"", "\"8\"", "part \"Panel\", stock", "\"8\" is no length", None);
    check("\"8 ft\"", "\"8 width\"", "part \"Panel\", stock", "something is missing", Some("width"));
    check("\"8 ft\"", "\"0 ft\"", "part \"Panel\", stock", "not above zero", None);
    check("pieces = [{ width = 'width', ", "pieces = [{ ", "part \"Panel\"", "needs a width", None);
    check("driver = \"width\"", "driver = \"finish\"", "input width", "of another kind", None);
    check("unit = \"in\"", "unit = \"lb\"", "input tall", "the driver height is of ft, not of lb", None);
    check("default = \"paint\"", "default = 3", "input finish", "default is of another kind", None);
    check("name = \"tall\"", "name = \"width\"", "width", "stands twice", None);
    check("name = \"rush\"", "name = \"r-u\"", "r-u", "letters, digits and underscores", None);
    check("name = \"rush\"", "name = \"sheet\"", "sheet", "a word of the language or a unit", None);
    check("item = \"paint\"\n", "", "part \"Paint\"", "it needs an item with a quantity", None);
    check("learning = 0.9", "learning = 9.0", "learning", "between 0.5 and 1", None);
    check("id = \"panel\"", "id = \"My Panel\"", "id", "small letters", None);
    check("min = 0.1", "min = 200", "input width", "min is above max", None);
}

#[test]
fn a_circle_is_named() {
    let check = |from: &str, to: &str, message: &str| {
        let error = refused(&PANEL.replace(from, to), &[]);
        assert!(error.to_string().contains(message), "{error}");
    };
    check("'width * tall'", "'area + width * tall'", "value area: it goes in a circle: area needs area");
    check(
        "hours(\"620\")",
        "hours(\"640\")",
        "it goes in a circle: trips needs site needs part \"Travel\" needs trips",
    );
    check("if(rush, 1.5, 1)", "if(site > 3 h, 1.5, 1)", "needs part \"Install\"");
}

#[test]
fn everything_wrong_is_told_at_once() {
    let text = PANEL.replace("width * tall", "widht * tall").replace("2 h * trips", "2 * trips");
    assert_eq!(refused(&text, &[]).0.len(), 2);
}

const BLOCK: &str = r#"
id = "site"
name = "Site"
version = 1
block = true
[[input]]
name = "width"
unit = "ft"
default = 3.0
[[value]]
name = "load_hours"
unit = "h"
formula = '1 h'
[[part]]
name = "Loading"
kind = "labour"
code = "615"
hours = 'load_hours'
"#;

#[test]
fn blocks_belong_to_the_assembly_which_may_say_otherwise() {
    let text = PANEL.replace("version = 3", "version = 3\nuses = [\"site\"]");
    let block = definition(BLOCK);
    let hours = |text: &str| {
        let assembly = read(&definition(text), std::slice::from_ref(&block)).expect("an assembly");
        assert!(!assembly.confirmed, "the block is not confirmed");
        let build_up = built(&assembly, &library(LIBRARY), "width=6 height=4").expect("a cost");
        build_up.lines.iter().find(|line| line.name == "Loading").expect("a line").quantity
    };
    assert_eq!(hours(&text), Decimal::ONE);
    let own =
        "[[value]]\nname = \"load_hours\"\nunit = \"h\"\nformula = '0.5 h * width / ft'\n[[value]]\nname = \"trips\"";
    assert_eq!(hours(&text.replace("[[value]]\nname = \"trips\"", own)), Decimal::from(3));
    let check = |text: &str, block: &str, message: &str| {
        let error = refused(text, &[definition(block)]);
        assert!(error.to_string().contains(message), "{error}");
    };
    check(&text, &BLOCK.replace("\"site\"", "\"sight\""), "there is no block \"site\"");
    check(&text, &BLOCK.replace("block = true", ""), "there is no block \"site\"");
    check(&text, &BLOCK.replace("unit = \"ft\"", "unit = \"in\""), "input width is of another kind or unit");
    let twice = [definition(BLOCK), definition(&BLOCK.replace("\"site\"", "\"yard\""))];
    let error = refused(&text.replace("[\"site\"]", "[\"site\", \"yard\"]"), &twice);
    assert!(error.to_string().contains("value load_hours stands in two blocks"), "{error}");
    check(&text, &BLOCK.replace("block = true", "block = true\nuses = [\"other\"]"), "a block uses no other blocks");
}

#[test]
fn an_unknown_word_in_a_file_is_refused() {
    let refused = toml::from_str::<AssemblyDefinition>(&PANEL.replace("waste =", "wast ="));
    assert!(refused.expect_err("a misspelt key").to_string().contains("wast"));
    let refused = toml::from_str::<AssemblyDefinition>(&PANEL.replace("unit = \"in\"", "unit = \"furlong\""));
    assert!(refused.expect_err("a unit").to_string().contains("\"furlong\" is not a unit that is known"));
}
