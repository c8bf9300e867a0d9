//! The answer of an assembly that the shop has made its own, where no model is better than the simple rule.

use signwright_domain::estimate::{Basis, Novelty, SimilarJob};

use super::create::Answer;
use crate::assemblies::Built;

/// `None` where the cost could not be built up, or rests on figures that nobody in the shop has confirmed.
pub(super) fn answer(built: Option<&Built>, similar: &[SimilarJob], why: &str) -> Option<Answer> {
    let Built { bottom_up, at_most, .. } = built.filter(|built| built.confirmed)?;
    let cost = bottom_up.built.as_ref()?.total;
    let proof = bottom_up.proof.as_ref();
    let checked = match proof {
        Some(proof) => format!(
            "{} finished jobs of its kind cost {:.2} times what it says in the middle",
            proof.jobs, proof.median
        ),
        None => "too few finished jobs of its kind to check it against".to_owned(),
    };
    let (name, version) = (&bottom_up.name, bottom_up.version);
    Some(Answer {
        basis: Basis::Assembly,
        note: format!("built up from {name}, version {version}, because {why}; {checked}"),
        model_id: None,
        cost,
        ranges: proof.map_or_else(Vec::new, |proof| proof.ranges.clone()),
        at_most: at_most.clone(),
        base: cost,
        contributions: Vec::new(),
        novelty: Novelty { score: 0.0, reasons: Vec::new() },
        similar: similar.to_vec(),
    })
}
