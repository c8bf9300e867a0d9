//! Wind on a sign and the pier that holds it. For costing only, never a sealed design.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Specification;

/// What physics says about a free-standing sign. For costing only, never a sealed design.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Structure {
    /// Wind force at allowable stress level, pounds.
    pub wind_force: f64,
    /// Overturning moment at grade, foot-pounds.
    pub moment: f64,
    pub piers: u32,
    /// Diameter of each pier, feet.
    pub pier_diameter: f64,
    /// Depth of each pier, feet.
    pub pier_depth: f64,
    /// Concrete for all piers with 10 % waste, cubic yards.
    pub concrete: f64,
    /// Steel of the poles, pounds.
    pub pole_weight: f64,
}

/// Sizes the structure of a free-standing sign, `None` for a sign on a wall or where a size is missing.
pub fn structure(spec: &Specification) -> Option<Structure> {
    let _ = spec;
    None
}
