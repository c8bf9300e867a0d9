//! Channel letters: perimeter grows with the height, the face with its square.

use super::{Costing, Sign};
use crate::prices::Series;
use crate::work;

pub(super) fn add(sign: &Sign<'_>, costing: &mut Costing) {
    let (count, height) = (sign.n("letter_count"), sign.n("letter_height"));
    let returns = outline(sign) * height / 12.0 * count;
    let face = 0.55 * height * height / 144.0 * count;
    let raceway = if sign.is("mounting", "raceway") { count * height * 1.05 / 12.0 } else { 0.0 };
    material(sign, costing, returns, face);
    costing.item(200, "RACEWAY EXTRUSION W/ ENDS", "ft", raceway, 27.0);
    labour(sign, costing, count, height);
    costing.work(work::EXTRUSION, 0.29 * raceway);
    let setting = if raceway > 0.0 { 0.22 * count } else { 0.55 * count + 0.012 * count * height };
    costing.work(work::LOADING, 1.5);
    costing.work(work::INSTALL, 4.5 + setting);
}

/// Feet of return per foot of letter height.
fn outline(sign: &Sign<'_>) -> f64 {
    match sign.spec.text("font") {
        Some("serif") => 5.6,
        Some("script") => 6.3,
        _ => 5.0,
    }
}

fn material(sign: &Sign<'_>, costing: &mut Costing, returns: f64, face: f64) {
    let halo = sign.is("lighting", "halo");
    costing.stock(200, "ALUM COIL 5IN RETURN", Series::Aluminium, returns * 0.86);
    if halo || !sign.lit() {
        costing.stock(200, "ALUM SHEET .090 FACES", Series::Aluminium, face * 1.3);
    } else {
        costing.item(200, "TRIM CAP 1IN", "ft", returns, 0.95);
        costing.stock(200, "ACRYLIC 3/16 FACES", Series::Acrylic, face);
        costing.stock(200, "ACM BACKS 3MM", Series::Acm, face * 1.1);
    }
    if halo {
        costing.stock(200, "POLYCARBONATE BACKS", Series::Acrylic, face);
        costing.item(200, "STANDOFFS & STUDS", "ea", sign.n("letter_count") * 4.0, 1.85);
    }
    if sign.is("lighting", "neon") {
        costing.item(300, "NEON TUBE & GTO", "ft", returns * 0.8, 11.5);
    } else if sign.lit() {
        costing.stock(300, "LED MODULE", Series::Led, (returns * 1.75).ceil());
        costing.item(300, "POWER SUPPLY 60W", "ea", (returns * 1.75 / 120.0).ceil(), 38.0);
    }
    costing.stock(400, "PAINT, ACRYLIC URETHANE", Series::Paint, 0.006 * returns);
}

fn labour(sign: &Sign<'_>, costing: &mut Costing, count: f64, height: f64) {
    let kind = match sign.spec.text("lighting") {
        Some("none") => 0.75,
        Some("halo") => 1.3,
        Some("neon") => 1.4,
        _ => 1.0,
    };
    let font = match sign.spec.text("font") {
        Some("serif") => 1.15,
        Some("script") => 1.3,
        _ => 1.0,
    };
    let hours = count * (0.55 + 0.028 * height) * kind * font;
    costing.work(work::LETTERS, 0.68 * hours);
    costing.work(work::ROUTING, 0.17 * hours);
    costing.work(work::FACES, 0.15 * hours);
    if sign.is("lighting", "neon") {
        costing.work(work::NEON, count * (0.3 + 0.012 * height));
    } else if sign.lit() {
        costing.work(work::LED_WIRING, count * (0.18 + 0.004 * height));
    }
    let coats = if sign.is("finish", "mill") { 0.25 } else { 1.0 + 0.12 * (sign.n("colours") - 1.0).max(0.0) };
    costing.work(work::FINISH, count * (0.10 + 0.006 * height) * coats);
}
