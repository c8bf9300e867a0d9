//! What the names of an assembly stand for in one job.

use std::collections::BTreeMap;

use signwright_domain::assembly::{AssemblyInput, AssemblyProblem, InputKind};
use signwright_domain::build_up::{BuildUpInput, InputFrom};
use signwright_domain::formula::{Value, Values};
use signwright_domain::{DriverValue, Specification};

use super::drivers;
use super::problem::problem;

/// Inputs and values by their number, and hours by work code. Numbers are in feet, pounds, hours and watts.
#[derive(Default)]
pub(super) struct Known {
    pub(super) names: Vec<Option<DriverValue>>,
    pub(super) hours: BTreeMap<String, f64>,
}

impl Values for Known {
    fn name(&self, id: usize) -> Option<Value<'_>> {
        Some(match self.names.get(id)?.as_ref()? {
            DriverValue::Number(number) => Value::Number(*number),
            DriverValue::Text(text) => Value::Text(text),
            DriverValue::Flag(flag) => Value::Flag(*flag),
        })
    }

    /// The order in which parts are worked out sees to it that their hours are known.
    fn function(&self, _: usize, codes: &[String]) -> Option<Value<'_>> {
        Some(Value::Number(codes.iter().filter_map(|code| self.hours.get(code)).sum()))
    }
}

/// Each input from what was given, else from the specification, else from its default.
pub(super) fn filled(
    inputs: &[AssemblyInput],
    given: &BTreeMap<String, DriverValue>,
    spec: &Specification,
) -> Result<Vec<BuildUpInput>, Vec<AssemblyProblem>> {
    let mut problems = Vec::new();
    for name in given.keys().filter(|name| !inputs.iter().any(|input| input.name == **name)) {
        problems.push(problem(&format!("input {name}"), "this assembly asks for nothing of that name"));
    }
    let mut all = Vec::new();
    for input in inputs {
        let wrong = |message: String| problem(&format!("input {}", input.name), message);
        match one(input, given, spec) {
            Some((value, from)) => match refused(input, &value) {
                Some(message) => problems.push(wrong(message)),
                None => all.push(BuildUpInput {
                    name: input.name.clone(),
                    label: label(input),
                    value,
                    unit: input.unit,
                    from,
                }),
            },
            None => problems.push(wrong(format!("{} is not known", label(input)))),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

fn one(
    input: &AssemblyInput,
    given: &BTreeMap<String, DriverValue>,
    spec: &Specification,
) -> Option<(DriverValue, InputFrom)> {
    let given = given.get(&input.name).map(|value| (value.clone(), InputFrom::Given));
    let said = || drivers::value(input, spec).map(|value| (value, InputFrom::Specification));
    let default = || input.default.clone().map(|value| (value, InputFrom::Default));
    // A box that is not ticked is not sent: absent is no.
    let unticked = || (input.kind == InputKind::Flag).then_some((DriverValue::Flag(false), InputFrom::Default));
    given.or_else(said).or_else(default).or_else(unticked)
}

fn label(input: &AssemblyInput) -> String {
    if input.label.is_empty() { input.name.replace('_', " ") } else { input.label.clone() }
}

/// Why a value cannot be that of an input.
fn refused(input: &AssemblyInput, value: &DriverValue) -> Option<String> {
    match (input.kind, value) {
        (InputKind::Number, DriverValue::Number(number)) => {
            let outside = !number.is_finite()
                || input.min.is_some_and(|min| *number < min)
                || input.max.is_some_and(|max| *number > max);
            let (min, max) = (bound(input.min), bound(input.max));
            outside.then(|| format!("{number} {} is not between {min} and {max}", input.unit))
        }
        (InputKind::Choice, DriverValue::Text(text)) => {
            let choices = drivers::choices(input);
            let known = choices.is_empty() || choices.iter().any(|choice| choice.eq_ignore_ascii_case(text));
            (!known).then(|| format!("\"{text}\" is none of {}", choices.join(", ")))
        }
        (InputKind::Flag, DriverValue::Flag(_)) => None,
        (InputKind::Number, _) => Some(format!("\"{value}\" is not a number")),
        (InputKind::Choice, _) => Some(format!("\"{value}\" is not a text")),
        (InputKind::Flag, _) => Some(format!("\"{value}\" is neither yes nor no")),
    }
}

fn bound(bound: Option<f64>) -> String {
    bound.map_or_else(|| "anything".to_owned(), |bound| bound.to_string())
}

/// Inputs as formulas count them.
pub(super) fn counted(inputs: &[BuildUpInput]) -> Vec<Option<DriverValue>> {
    let counted = |input: &BuildUpInput| match &input.value {
        DriverValue::Number(number) => DriverValue::Number(input.unit.to_base(*number)),
        DriverValue::Text(text) => DriverValue::Text(text.clone()),
        DriverValue::Flag(flag) => DriverValue::Flag(*flag),
    };
    inputs.iter().map(|input| Some(counted(input))).collect()
}
