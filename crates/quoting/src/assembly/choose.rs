//! Which assembly serves a specification, and what several of the same cost.

use signwright_domain::assembly::{AssemblyInput, InputKind};
use signwright_domain::cost_library::CostLibrary;
use signwright_domain::{DriverValue, Money, Specification};

use super::build::{Asked, build_up};
use super::drivers;
use super::merge::QUANTITY;
use super::{Assembly, AssemblyError};

/// Whether an assembly is of the specification's sign type and takes what it says: halo-lit letters are no work for the
/// assembly of face-lit ones.
pub fn serves(assembly: &Assembly, spec: &Specification) -> bool {
    let of_type = spec.text("sign_type").is_some_and(|kind| assembly.sign_types.iter().any(|served| served == kind));
    of_type && assembly.inputs.iter().all(|input| takes(input, spec))
}

fn takes(input: &AssemblyInput, spec: &Specification) -> bool {
    match (input.kind, drivers::value(input, spec)) {
        (InputKind::Choice, Some(DriverValue::Text(text))) => {
            let choices = drivers::choices(input);
            choices.is_empty() || choices.iter().any(|choice| choice.eq_ignore_ascii_case(&text))
        }
        (InputKind::Number | InputKind::Choice | InputKind::Flag, _) => true,
    }
}

/// What so many signs cost in all, for each quantity: material is nested together, hours are learned, trips are shared.
///
/// # Errors
/// As [`build_up`] of the first quantity that is refused.
pub fn costs_by_quantity(
    assembly: &Assembly,
    asked: &Asked<'_>,
    library: &CostLibrary,
    quantities: &[u32],
) -> Result<Vec<(u32, Money)>, AssemblyError> {
    let of = |quantity: &u32| {
        let mut asked = asked.clone();
        asked.given.insert(QUANTITY.to_owned(), DriverValue::Number(f64::from(*quantity)));
        Ok((*quantity, build_up(assembly, &asked, library)?.total))
    };
    quantities.iter().map(of).collect()
}
