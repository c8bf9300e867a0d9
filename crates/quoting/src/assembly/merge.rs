//! An assembly with the blocks that it uses, as one.
//!
//! What the assembly says itself stands above its blocks: an input with another default, a value with another formula.

use signwright_domain::assembly::{
    AssemblyDefinition, AssemblyInput, AssemblyPart, AssemblyProblem, AssemblyValue, InputKind,
};
use signwright_domain::{DriverValue, driver};

use super::problem::problem;

pub(super) struct Merged {
    pub(super) inputs: Vec<AssemblyInput>,
    pub(super) values: Vec<AssemblyValue>,
    pub(super) parts: Vec<AssemblyPart>,
    pub(super) confirmed: bool,
    pub(super) problems: Vec<AssemblyProblem>,
}

/// How many signs; every assembly knows it.
pub(super) const QUANTITY: &str = "quantity";

pub(super) fn merged(definition: &AssemblyDefinition, blocks: &[AssemblyDefinition]) -> Merged {
    let mut merged = Merged {
        inputs: definition.inputs.clone(),
        values: definition.values.clone(),
        parts: definition.parts.clone(),
        confirmed: definition.confirmed,
        problems: Vec::new(),
    };
    let own = definition.values.len();
    for id in &definition.uses {
        match blocks.iter().find(|block| block.id == *id && block.block) {
            Some(block) => add(&mut merged, block, own),
            None => merged.problems.push(problem("uses", format!("there is no block \"{id}\""))),
        }
    }
    if !merged.inputs.iter().any(|input| input.name == QUANTITY) {
        merged.inputs.push(quantity());
    }
    merged
}

fn add(merged: &mut Merged, block: &AssemblyDefinition, own: usize) {
    let place = format!("block \"{}\"", block.id);
    if !block.uses.is_empty() {
        merged.problems.push(problem(&place, "a block uses no other blocks"));
    }
    if block.labour_factor.is_some() || block.learning.is_some() {
        merged.problems.push(problem(&place, "labour_factor and learning belong to an assembly, not to a block"));
    }
    for input in &block.inputs {
        match merged.inputs.iter().find(|known| known.name == input.name) {
            None => merged.inputs.push(input.clone()),
            Some(known) if (known.kind, known.unit) == (input.kind, input.unit) => {}
            Some(_) => {
                let message = format!("input {} is of another kind or unit elsewhere", input.name);
                merged.problems.push(problem(&place, message));
            }
        }
    }
    for value in &block.values {
        match merged.values.iter().position(|known| known.name == value.name) {
            None => merged.values.push(value.clone()),
            Some(at) if at < own => {}
            Some(_) => merged.problems.push(problem(&place, format!("value {} stands in two blocks", value.name))),
        }
    }
    merged.parts.extend(block.parts.iter().cloned());
    merged.confirmed &= block.confirmed;
}

fn quantity() -> AssemblyInput {
    let known = driver::find(QUANTITY);
    AssemblyInput {
        name: QUANTITY.to_owned(),
        label: known.map_or_else(String::new, |driver| driver.label.to_owned()),
        kind: InputKind::Number,
        default: Some(DriverValue::Number(1.0)),
        min: Some(1.0),
        max: Some(500.0),
        driver: Some(QUANTITY.to_owned()),
        help: known.map_or_else(String::new, |driver| driver.help.to_owned()),
        ..AssemblyInput::default()
    }
}
