//! The names of an assembly: its inputs, its values, and the hours of its parts.

use signwright_domain::assembly::{AssemblyInput, AssemblyValue, InputKind};
use signwright_domain::formula::{Kind, Vocabulary};
use signwright_domain::unit::{Dimension, Unit};

/// Hours of the whole job under the work codes in its brackets.
pub(super) const HOURS: &str = "hours";

pub(super) struct Names {
    /// Inputs first, then values.
    names: Vec<(String, Kind)>,
}

impl Names {
    pub(super) fn of(inputs: &[AssemblyInput], values: &[AssemblyValue]) -> Self {
        let inputs = inputs.iter().map(|input| (input.name.clone(), kind(input.kind, input.unit)));
        let values = values.iter().map(|value| (value.name.clone(), kind(value.kind, value.unit)));
        Self { names: inputs.chain(values).collect() }
    }

    /// For what may use no name: the sizes of stock.
    pub(super) fn none() -> Self {
        Self { names: Vec::new() }
    }
}

pub(super) fn kind(kind: InputKind, unit: Unit) -> Kind {
    match kind {
        InputKind::Number => Kind::of(unit.dimension()),
        InputKind::Choice => Kind::Text,
        InputKind::Flag => Kind::Flag,
    }
}

impl Vocabulary for Names {
    fn name(&self, name: &str) -> Option<(usize, Kind)> {
        let id = self.names.iter().position(|(known, _)| known == name)?;
        Some((id, self.names[id].1))
    }

    fn function(&self, name: &str) -> Option<(usize, Kind)> {
        (name == HOURS && !self.names.is_empty()).then_some((0, Kind::of(Dimension::TIME)))
    }

    fn all(&self) -> Vec<&str> {
        self.names.iter().map(|(name, _)| name.as_str()).chain([HOURS]).collect()
    }
}
