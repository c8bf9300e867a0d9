//! The order in which values and hours are worked out: each after what it needs.

use std::collections::BTreeSet;

use signwright_domain::assembly::AssemblyProblem;

use super::problem::problem;
use super::{Costs, Part, Step, Worked, Written};

/// What needs what, by the places of values and then of parts.
struct Needs<'a> {
    inputs: usize,
    values: &'a [Worked],
    parts: &'a [Part],
    factor: Option<&'a Written>,
}

/// # Errors
/// A circle, told from one to the next.
pub(super) fn order(
    inputs: usize,
    values: &[Worked],
    parts: &[Part],
    factor: Option<&Written>,
) -> Result<Vec<Step>, Box<AssemblyProblem>> {
    let needs = Needs { inputs, values, parts, factor };
    let mut ordered = Vec::new();
    let mut done = BTreeSet::new();
    for at in 0..values.len() + parts.len() {
        visit(&needs, at, &mut done, &mut Vec::new(), &mut ordered)?;
    }
    Ok(ordered)
}

fn visit(
    needs: &Needs<'_>,
    at: usize,
    done: &mut BTreeSet<usize>,
    path: &mut Vec<usize>,
    ordered: &mut Vec<Step>,
) -> Result<(), Box<AssemblyProblem>> {
    if done.contains(&at) {
        return Ok(());
    }
    if let Some(from) = path.iter().position(|on| *on == at) {
        return Err(Box::new(circle(needs, &path[from..])));
    }
    path.push(at);
    for needed in needs.of(at) {
        visit(needs, needed, done, path, ordered)?;
    }
    path.pop();
    done.insert(at);
    ordered.extend(needs.step(at));
    Ok(())
}

fn circle(needs: &Needs<'_>, circle: &[usize]) -> AssemblyProblem {
    let names: Vec<_> = circle.iter().chain(circle.first()).map(|at| needs.name(*at)).collect();
    let first = needs.name(circle[0]);
    let place = if circle[0] < needs.values.len() { format!("value {first}") } else { first };
    problem(&place, format!("it goes in a circle: {}", names.join(" needs ")))
}

impl Needs<'_> {
    fn name(&self, at: usize) -> String {
        match at.checked_sub(self.values.len()) {
            None => self.values[at].name.clone(),
            Some(part) => format!("part \"{}\"", self.parts[part].name),
        }
    }

    /// Only values and hours are needed by others; what else a part costs is worked out at the end.
    fn step(&self, at: usize) -> Option<Step> {
        match at.checked_sub(self.values.len()) {
            None => Some(Step::Value(at)),
            Some(part) if matches!(self.parts[part].costs, Costs::Hours { .. }) => Some(Step::Hours(part)),
            Some(_) => None,
        }
    }

    fn of(&self, at: usize) -> Vec<usize> {
        let Some(part) = at.checked_sub(self.values.len()) else { return self.asked(&self.values[at].formula) };
        let part = &self.parts[part];
        let Costs::Hours { hours, .. } = &part.costs else { return Vec::new() };
        let written = [Some(hours.as_ref()), part.when.as_ref(), self.factor];
        written.into_iter().flatten().flat_map(|written| self.asked(written)).collect()
    }

    fn asked(&self, written: &Written) -> Vec<usize> {
        let values = written.formula.names().into_iter().filter_map(|id| id.checked_sub(self.inputs));
        let codes: Vec<&String> = written.formula.calls().into_iter().flat_map(|(_, texts)| texts).collect();
        let worked = self.parts.iter().enumerate().filter(|(_, part)| match &part.costs {
            Costs::Hours { code, .. } => codes.contains(&code),
            Costs::Quantity { .. } | Costs::Stock { .. } => false,
        });
        values.chain(worked.map(|(at, _)| self.values.len() + at)).collect()
    }
}
