//! Assemblies: what a sign costs, part by part, from readable formulas over its specification.
//!
//! A definition is read once: every formula against the names of its assembly, with units; values are put into the order in
//! which they need each other, and a circle is an error that names it. [`build_up`] then gives lines that add up, each with
//! its formula, its price and the day of that price. What is missing (an input, a price, a rate) is said and refused; it
//! never counts as nothing.

mod build;
mod choose;
mod cut_list;
mod difference;
mod drivers;
mod explain;
mod file;
mod lines;
mod merge;
mod names;
mod order;
mod problem;
mod read;
mod shipped;
mod values;
mod warnings;

use signwright_domain::assembly::{AssemblyInput, AssemblyProblem, CostKind, Per};
use signwright_domain::formula::Formula;
use signwright_domain::unit::Unit;

use crate::cutting::{Saw, Stock};

pub use build::{Asked, build_up};
pub use choose::{costs_by_quantity, serves};
pub use difference::differences;
pub use drivers::{COMPUTED, choices};
pub use explain::explain;
pub use file::{from_toml, to_toml};
pub use read::read;
pub use shipped::{shipped_assemblies, shipped_library};

/// An assembly whose formulas are read.
#[derive(Clone, Debug)]
pub struct Assembly {
    pub id: String,
    pub name: String,
    pub version: u32,
    pub sign_types: Vec<String>,
    pub source: String,
    /// Of itself and of all blocks that it uses.
    pub confirmed: bool,
    inputs: Vec<AssemblyInput>,
    values: Vec<Worked>,
    parts: Vec<Part>,
    learning: f64,
    labour_factor: Option<Written>,
    order: Vec<Step>,
}

impl Assembly {
    /// What it asks for, in the order of its form.
    pub fn inputs(&self) -> &[AssemblyInput] {
        &self.inputs
    }

    /// Items of the price list that it draws on.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match &part.costs {
            Costs::Quantity { item, .. } | Costs::Stock { item, .. } => Some(item.as_str()),
            Costs::Hours { .. } => None,
        })
    }

    /// Work codes that it draws on.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match &part.costs {
            Costs::Hours { code, .. } => Some(code.as_str()),
            Costs::Quantity { .. } | Costs::Stock { .. } => None,
        })
    }
}

/// Everything that is wrong at once, so that it can be repaired at once.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", said(.0))]
pub struct AssemblyError(pub Vec<AssemblyProblem>);

fn said(problems: &[AssemblyProblem]) -> String {
    let one = |problem: &AssemblyProblem| {
        let near = problem.near.as_ref().map(|near| format!(" (at {near})")).unwrap_or_default();
        format!("{}: {}{near}", problem.place, problem.message)
    };
    problems.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A formula with its text and where it stands.
#[derive(Clone, Debug)]
struct Written {
    place: String,
    text: String,
    formula: Formula,
}

/// A value between inputs and parts.
#[derive(Clone, Debug)]
struct Worked {
    name: String,
    label: String,
    unit: Unit,
    formula: Written,
}

#[derive(Clone, Debug)]
struct Part {
    name: String,
    kind: CostKind,
    per: Per,
    when: Option<Written>,
    costs: Costs,
    note: String,
}

#[derive(Clone, Debug)]
enum Costs {
    Quantity { item: String, quantity: Box<Written>, waste: Option<Box<Written>>, minimum: Option<Box<Written>> },
    Stock { item: String, sizes: Vec<Stock>, saw: Saw, pieces: Vec<CutPiece> },
    Hours { code: String, hours: Box<Written> },
}

/// Pieces of one size, for one sign.
#[derive(Clone, Debug)]
struct CutPiece {
    width: Option<Written>,
    length: Written,
    count: Option<Written>,
}

/// What is worked out in its turn: a value, or the hours of a part, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Value(usize),
    Hours(usize),
}

#[cfg(test)]
mod tests;
