//! Flat and small work: panels, directionals, ADA, vinyl, banners, awnings, new faces for old signs.

use super::{Costing, Sign};
use crate::prices::Series;
use crate::work;

/// Film is bought by the roll, sheet by the sheet.
const ROLL_WASTE: f64 = 1.10;

pub(super) fn panel(sign: &Sign<'_>, costing: &mut Costing) {
    let (area, faces) = (sign.area(), sign.faces());
    let substrate = match sign.spec.text("face_material") {
        Some("aluminium") => Series::Aluminium,
        _ => Series::Acm,
    };
    let name = if substrate == Series::Aluminium { "ALUM SHEET .080" } else { "ACM PANEL 3MM" };
    costing.stock(200, name, substrate, area * 1.15);
    graphics(sign, costing, area * faces);
    costing.work(work::ROUTING, 0.3 + 0.018 * area);
    setting(sign, costing, 1.0 + 0.045 * area);
    costing.item(600, "FASTENERS & STANDOFFS", "lot", 1.0, 9.0 + 0.4 * area);
}

fn graphics(sign: &Sign<'_>, costing: &mut Costing, area: f64) {
    match sign.spec.text("finish") {
        Some("paint" | "powder") => {
            costing.stock(400, "PAINT, ACRYLIC URETHANE", Series::Paint, 0.012 * area);
            costing.work(work::FINISH, 0.8 + 0.035 * area);
            costing.stock(500, "VINYL FILM, CAST", Series::Vinyl, area * 0.5 * ROLL_WASTE);
            costing.work(work::VINYL_CUT, 0.3 + 0.02 * area);
        }
        Some("vinyl") => {
            costing.stock(500, "VINYL FILM, CAST", Series::Vinyl, area * 1.4 * ROLL_WASTE);
            costing.work(work::VINYL_CUT, 0.4 + 0.035 * area);
        }
        _ => {
            costing.stock(500, "PRINT FILM & LAMINATE", Series::Vinyl, area * 2.0 * ROLL_WASTE);
            costing.item(500, "INK", "sq ft", area, 0.16);
            costing.work(work::PRINT, 0.3 + 0.016 * area);
        }
    }
}

fn setting(sign: &Sign<'_>, costing: &mut Costing, hours: f64) {
    let high = if sign.n("overall_height") > 12.0 { 1.25 } else { 1.0 };
    costing.work(work::LOADING, 0.5);
    costing.work(work::INSTALL, hours * high);
}

/// Post and panel, or a small lit box; its post is sized by the wind as every other's.
pub(super) fn directional(sign: &Sign<'_>, costing: &mut Costing) {
    let area = sign.area();
    costing.stock(200, "ALUM SHEET .080", Series::Aluminium, area * sign.faces() * 1.2);
    costing.item(200, "POST & PANEL EXTRUSION", "ft", sign.perimeter() + sign.n("overall_height"), 7.5);
    costing.work(work::SHEET_METAL, 1.6 + 0.10 * area * sign.faces());
    costing.work(work::FINISH, 0.8 + 0.05 * area);
    costing.stock(400, "PAINT, ACRYLIC URETHANE", Series::Paint, 0.02 * area);
    costing.stock(500, "VINYL FILM, REFLECTIVE", Series::Vinyl, area * sign.faces() * 2.2);
    costing.work(work::VINYL_CUT, 0.4 + 0.04 * area * sign.faces());
    if sign.lit() {
        costing.stock(300, "LED MODULE", Series::Led, (area * sign.faces() * 4.0).ceil());
        costing.item(300, "POWER SUPPLY 60W", "ea", 1.0, 38.0);
        costing.work(work::LED_WIRING, 1.0 + 0.06 * area);
    }
    costing.work(work::LOADING, 0.4);
    costing.work(work::INSTALL, 1.6 + 0.05 * area);
}

pub(super) fn ada(sign: &Sign<'_>, costing: &mut Costing) {
    let area = sign.area();
    costing.stock(200, "ACRYLIC 1/8 NON-GLARE", Series::Acrylic, area * 1.3);
    costing.item(200, "BRAILLE RASTERS & TAPE", "ea", 1.0, 4.6);
    costing.work(work::ROUTING, 0.24 + 0.1 * area);
    costing.work(work::FINISH, 0.12 + 0.03 * sign.n("colours"));
    costing.work(work::VINYL_CUT, 0.1);
    costing.work(work::INSTALL, 0.16);
}

pub(super) fn vinyl(sign: &Sign<'_>, costing: &mut Costing) {
    let area = sign.area();
    let (film, hours) = if sign.is("finish", "print") { (2.6, 0.022) } else { (1.3, 0.03) };
    costing.stock(500, "VINYL FILM & LAMINATE", Series::Vinyl, area * film * ROLL_WASTE);
    costing.item(500, "TRANSFER TAPE, INK", "sq ft", area, 0.22);
    costing.work(work::PRINT, 0.5 + hours * area);
    costing.work(work::INSTALL, 0.8 + 0.045 * area);
}

pub(super) fn banner(sign: &Sign<'_>, costing: &mut Costing) {
    let area = sign.area() * sign.faces();
    costing.item(500, "BANNER 13 OZ, HEMMED", "sq ft", area * 1.15, 0.62);
    costing.item(500, "INK", "sq ft", area, 0.16);
    costing.item(500, "GROMMETS & POCKETS", "lot", 1.0, 6.5);
    costing.work(work::PRINT, 0.45 + 0.011 * area);
    costing.work(work::INSTALL, 0.7 + 0.01 * area);
}

pub(super) fn awning(sign: &Sign<'_>, costing: &mut Costing) {
    let area = sign.area();
    costing.outside(200, "FRAME & COVER, SEWN", "sq ft", area, 24.0);
    costing.item(500, "AWNING GRAPHICS", "sq ft", area * 0.3, 3.4);
    costing.work(work::VINYL_CUT, 0.8 + 0.015 * area);
    costing.work(work::LOADING, 1.0);
    costing.work(work::INSTALL, 4.0 + 0.06 * area);
    if sign.lit() {
        costing.stock(300, "LED MODULE", Series::Led, (area * 1.5).ceil());
        costing.work(work::LED_WIRING, 1.5 + 0.02 * area);
    }
}

pub(super) fn reface(sign: &Sign<'_>, costing: &mut Costing) {
    let area = sign.area() * sign.faces();
    let flex = sign.is("face_material", "flex");
    if flex {
        costing.item(200, "FLEX FACE MATERIAL", "sq ft", area * 1.1, 5.1);
    } else {
        costing.stock(200, "ACRYLIC 3/16 FACES", Series::Acrylic, area * 1.3);
    }
    costing.stock(500, "VINYL FILM, TRANSLUCENT", Series::Vinyl, area * 1.5);
    costing.work(work::FACES, 0.8 + 0.035 * area);
    costing.work(work::VINYL_CUT, 0.6 + 0.025 * area);
    if sign.lit() {
        costing.stock(300, "LED RETROFIT MODULE", Series::Led, (area * 2.2).ceil());
        costing.work(work::LED_WIRING, 1.0 + 0.025 * area);
    }
    costing.work(work::LOADING, 0.8);
    costing.work(work::INSTALL, 2.4 + 0.03 * area);
}
