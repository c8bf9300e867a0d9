//! Formulas of an assembly with what each of their parts comes to in one job.

use signwright_domain::assembly::ExplainedFormula;

use super::build::{Asked, Worked};
use super::problem::{parts, shown};
use super::values::{Known, filled};
use super::{Assembly, AssemblyError, Costs, Written};

/// The formulas of a value or part of that name, in the order in which they stand in it. Empty where there is none.
///
/// # Errors
/// What keeps values and hours from being worked out.
pub fn explain(assembly: &Assembly, asked: &Asked<'_>, name: &str) -> Result<Vec<ExplainedFormula>, AssemblyError> {
    let inputs = filled(&assembly.inputs, &asked.given, asked.specification).map_err(AssemblyError)?;
    let mut worked = Worked::of(assembly, &inputs)?;
    worked.all()?;
    let values = assembly.values.iter().filter(|value| value.name == name).map(|value| &value.formula);
    let of_parts = assembly.parts.iter().filter(|part| part.name == name).flat_map(|part| {
        let costs: Vec<&Written> = match &part.costs {
            Costs::Quantity { quantity, waste, minimum, .. } => {
                [Some(quantity), waste.as_ref(), minimum.as_ref()].into_iter().flatten().map(AsRef::as_ref).collect()
            }
            Costs::Stock { pieces, .. } => pieces
                .iter()
                .flat_map(|piece| [piece.width.as_ref(), Some(&piece.length), piece.count.as_ref()])
                .flatten()
                .collect(),
            Costs::Hours { hours, .. } => vec![hours],
        };
        part.when.iter().chain(costs)
    });
    Ok(values.chain(of_parts).map(|written| explained(written, &worked.known)).collect())
}

fn explained(written: &Written, known: &Known) -> ExplainedFormula {
    let value = written.formula.value(known).map(|value| shown(value, written.formula.kind()));
    ExplainedFormula {
        place: written.place.clone(),
        formula: written.text.clone(),
        value,
        parts: parts(written, known),
    }
}
