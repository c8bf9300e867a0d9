//! What stands in the ground: the pier by the wind on it, the steel by its moment, the digging, the base, the crane.

use super::{Costing, Sign};
use crate::prices::Series;
use crate::work;

/// Dollars of fabricated pole per pound, beyond the pipe itself.
const STEEL_EXTRAS: f64 = 0.66;

pub(super) fn add(sign: &Sign<'_>, costing: &mut Costing) {
    let Some(structure) = sign.structure else { return };
    let small = sign.is("foundation", "direct_burial");
    costing.stock(200, "STEEL PIPE & PLATE", Series::Steel, structure.pole_weight);
    costing.item(200, "CAP PLATES, BOLTS, GALV", "lb", structure.pole_weight, STEEL_EXTRAS);
    costing.work(work::STEEL, 1.0 + 0.010 * structure.pole_weight);
    costing.work(work::FINISH, 0.0035 * structure.pole_weight);
    if structure.piers > 0 {
        let yards = structure.concrete;
        let hard = ground(sign.spec.text("soil").unwrap_or("sand"));
        costing.stock(600, "CONCRETE 3000 PSI", Series::Concrete, yards);
        costing.item(600, "REBAR CAGE & FORMS", "cu yd", yards, 58.0);
        costing.work(work::FOOTING, (if small { 2.0 } else { 8.0 }) + 3.4 * yards * hard);
        costing.equipment += (if small { 90.0 } else { 350.0 }) * hard;
    }
    base(sign, costing);
}

/// How much harder the hole is to dig than in sand.
fn ground(soil: &str) -> f64 {
    match soil {
        "clay" => 1.05,
        "gravel" => 1.2,
        "foliated" => 1.9,
        "rock" => 2.6,
        _ => 1.0,
    }
}

fn base(sign: &Sign<'_>, costing: &mut Costing) {
    let area = sign.n("base_area");
    match sign.spec.text("base") {
        Some("masonry") => {
            costing.outside(600, "MASONRY BASE, SUBCONTRACT", "sq ft", area, 85.0);
            costing.work(work::INSTALL, 2.0 + 0.03 * area);
        }
        Some("cladding") => {
            costing.stock(200, "ALUM SHEET .090 CLADDING", Series::Aluminium, area * 1.2);
            costing.item(200, "CLADDING FRAME & FASTENERS", "sq ft", area, 4.6);
            costing.work(work::SHEET_METAL, 1.0 + 0.13 * area);
            costing.work(work::FINISH, 0.5 + 0.04 * area);
            costing.work(work::INSTALL, 1.0 + 0.05 * area);
        }
        _ => {}
    }
}
