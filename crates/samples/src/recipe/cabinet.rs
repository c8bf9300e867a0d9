//! Lit boxes: cabinets, blades, and the heads of pole signs, pylons and monuments; and message centres.

use super::{Costing, Sign};
use crate::prices::Series;
use crate::work;

pub(super) fn add(sign: &Sign<'_>, costing: &mut Costing) {
    let (area, perimeter, faces) = (sign.area(), sign.perimeter(), sign.faces());
    let second = faces - 1.0;
    costing.item(200, "CABINET EXTRUSION", "ft", perimeter, 9.0 + 2.25 * second);
    costing.stock(200, "ALUM SHEET .080 FILLER", Series::Aluminium, perimeter * (1.45 + 0.36 * second));
    face_material(sign, costing, area * faces);
    lighting(sign, costing, area, faces);
    let share = if sign.lit() { 1.0 } else { 0.8 };
    let fabrication = (3.0 + 0.18 * area * (1.0 + 0.45 * second) + 0.12 * perimeter) * share;
    costing.work(work::SHEET_METAL, 0.45 * fabrication);
    costing.work(work::EXTRUSION, 0.30 * fabrication);
    costing.work(work::FACES, 0.25 * fabrication * face_work(sign));
    let coats = if sign.is("finish", "mill") { 0.3 } else { 1.0 + 0.12 * (sign.n("colours") - 1.0).max(0.0) };
    costing.work(work::FINISH, (1.0 + 0.05 * area) * coats);
    costing.stock(400, "PAINT, ACRYLIC URETHANE", Series::Paint, 0.012 * area.sqrt() * perimeter.sqrt() * coats);
    decoration(sign, costing, area * faces);
    costing.work(work::LOADING, 1.5 + 0.012 * area);
    costing.work(work::INSTALL, 6.5 + 0.09 * area + 1.5 * second);
    if sign.is("sign_type", "blade") {
        costing.item(200, "STEEL BRACKET & PLATE", "ea", 1.0, 165.0);
        costing.work(work::STEEL, 2.5);
    }
    display(sign, costing, sign.n("emc_area") * faces);
}

/// A message centre of its own: a purchased display in a frame.
pub(super) fn add_display(sign: &Sign<'_>, costing: &mut Costing) {
    let (perimeter, faces) = (sign.perimeter(), sign.faces());
    costing.item(200, "CABINET EXTRUSION", "ft", perimeter, 12.0);
    costing.work(work::SHEET_METAL, 3.0 + 0.12 * perimeter);
    costing.work(work::STEEL, 2.0 + 0.04 * sign.area());
    costing.work(work::FINISH, 1.0 + 0.02 * sign.area());
    costing.work(work::LOADING, 2.0);
    costing.work(work::INSTALL, 8.0 + 0.10 * sign.area());
    display(sign, costing, sign.n("emc_area") * faces);
}

fn display(sign: &Sign<'_>, costing: &mut Costing, area: f64) {
    if area > 0.0 {
        costing.item(300, "LED DISPLAY MODULES, COMPLETE", "sq ft", area, 254.0);
        costing.work(work::LED_WIRING, 2.0 + 0.055 * area);
        costing.work(work::HOOK_UP, 1.5 + 0.4 * sign.faces());
        costing.shipping += 90.0 + 2.2 * area;
    }
}

/// Face material by what it is made of: 8.50 a square foot flat, 15 formed, as the trade counts.
fn face_material(sign: &Sign<'_>, costing: &mut Costing, area: f64) {
    match sign.spec.text("face_material") {
        Some("acrylic_formed") => {
            costing.stock(200, "ACRYLIC 3/16 PAN FACES", Series::Acrylic, area * 1.35);
            costing.outside(200, "VACUUM FORMING", "sq ft", area, 6.2);
        }
        Some("acrylic_routed") => {
            costing.stock(200, "ALUM SHEET .125 ROUTED", Series::Aluminium, area * 1.45);
            costing.stock(200, "ACRYLIC 1/2 PUSH THROUGH", Series::Acrylic, area * 0.55);
        }
        Some("flex") => costing.item(200, "FLEX FACE MATERIAL", "sq ft", area, 5.1),
        Some("aluminium") => costing.stock(200, "ALUM SHEET .125 FACES", Series::Aluminium, area * 1.3),
        _ => costing.stock(200, "ACRYLIC 3/16 FACES", Series::Acrylic, area * 1.4),
    }
}

fn face_work(sign: &Sign<'_>) -> f64 {
    match sign.spec.text("face_material") {
        Some("acrylic_routed") => 1.7,
        Some("acrylic_formed") => 1.25,
        Some("flex") => 0.85,
        _ => 1.0,
    }
}

fn lighting(sign: &Sign<'_>, costing: &mut Costing, area: f64, faces: f64) {
    if !sign.lit() {
        return;
    }
    let hours = (1.5 + 0.05 * area) * (1.0 + 0.6 * (faces - 1.0));
    if sign.is("lighting", "neon") {
        costing.item(300, "NEON TUBE & GTO", "ft", sign.perimeter() * 1.2 * faces, 11.5);
        costing.work(work::NEON, hours * 1.4);
    } else {
        costing.stock(300, "LED MODULE", Series::Led, (area * faces * 4.4).ceil());
        costing.item(300, "POWER SUPPLY 100W", "ea", (area * faces / 55.0).ceil(), 52.0);
        costing.work(work::LED_WIRING, hours);
    }
}

fn decoration(sign: &Sign<'_>, costing: &mut Costing, area: f64) {
    match sign.spec.text("finish") {
        Some("vinyl") => {
            costing.stock(500, "VINYL FILM, TRANSLUCENT", Series::Vinyl, area * 1.3);
            costing.work(work::VINYL_CUT, 0.5 + 0.018 * area);
        }
        Some("print") => {
            costing.stock(500, "PRINT FILM & LAMINATE", Series::Vinyl, area * 1.9);
            costing.work(work::PRINT, 0.4 + 0.02 * area);
        }
        _ => {}
    }
}
