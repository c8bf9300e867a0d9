//! Assemblies as files that a person reads and edits.

use signwright_domain::assembly::{AssemblyDefinition, AssemblyProblem};
use toml::{Table, Value};

use super::AssemblyError;
use super::problem::problem;

/// What stands for nothing said, and is left out of a file.
const USUAL: [(&str, &str); 2] = [("kind", "number"), ("per", "sign")];

/// A definition as a file; what is as usual is left out.
pub fn to_toml(definition: &AssemblyDefinition) -> String {
    let mut table = Table::try_from(definition).expect("a definition has only texts, numbers, flags and lists of them");
    prune(&mut table);
    toml::to_string(&table).expect("a table of a definition is written as it was made")
}

/// # Errors
/// What is wrong with the file, with its line.
pub fn from_toml(text: &str) -> Result<AssemblyDefinition, AssemblyError> {
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        let line = 1 + text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count();
        let wrong: AssemblyProblem = problem(&format!("line {line}"), error.message().trim());
        AssemblyError(vec![wrong])
    })
}

fn prune(table: &mut Table) {
    for (_, value) in table.iter_mut() {
        match value {
            Value::Table(inner) => prune(inner),
            Value::Array(all) => all.iter_mut().filter_map(Value::as_table_mut).for_each(prune),
            Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {}
        }
    }
    table.retain(|key, value| match value {
        Value::String(text) => !text.is_empty() && !USUAL.contains(&(key, text)),
        // A default of no says what a flag is without being asked.
        Value::Boolean(flag) => *flag || key == "default",
        Value::Array(all) => !all.is_empty(),
        Value::Integer(_) | Value::Float(_) | Value::Datetime(_) | Value::Table(_) => true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::shipped_assemblies;

    #[test]
    fn a_file_says_what_the_definition_says() {
        for definition in shipped_assemblies() {
            let text = to_toml(&definition);
            let back = from_toml(&text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", definition.id));
            assert_eq!(back, definition);
            assert!(!text.contains("= \"\"") && !text.contains("= []"), "{text}");
        }
    }

    #[test]
    fn a_file_that_is_none_is_refused_with_its_line() {
        let check = |text: &str, told: &str| {
            let error = from_toml(text).expect_err(told).to_string();
            assert!(error.contains(told), "{error}");
        };
        check("id = \"a\"\nname = \"A\"\nversion = \"one\"\n", "line 3: invalid type");
        check("id = \"a\"\nname = \"A\"\nversion = 1\n[[part]]\nnome = \"B\"\n", "unknown field `nome`");
        check("id = \"a", "line 1");
        check("name = \"A\"\nversion = 1\n", "missing field `id`");
    }
}
