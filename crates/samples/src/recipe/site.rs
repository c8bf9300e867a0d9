//! Around the sign itself: art, permits, getting there and up, taking the old one down, and who it is for.

use super::{Costing, Sign};
use crate::work;

pub(super) fn add(sign: &Sign<'_>, costing: &mut Costing) {
    art(sign, costing);
    papers(sign, costing);
    if sign.is("mounting", "pickup") {
        costing.labour.retain(|work| !matches!(work.code, work::INSTALL | work::LOADING | work::HOOK_UP));
        costing.work(work::CRATING, 0.4 + 0.02 * sign.area().min(60.0));
    } else {
        removal(sign, costing);
        access(sign, costing);
        travel(sign, costing);
    }
    customer(sign, costing);
}

fn art(sign: &Sign<'_>, costing: &mut Costing) {
    let large = sign.structure.is_some() && !sign.is("sign_type", "directional");
    let hours = match sign.spec.text("sign_type").unwrap_or("") {
        "banner" => 0.4,
        "vinyl" | "flat_panel" | "reface" => 1.2,
        "ada" => 1.5 + 0.06 * sign.n("quantity"),
        "directional" => 2.2,
        "awning" => 2.5,
        _ if large => 5.0 + 0.016 * sign.area(),
        _ => 3.6 + 0.008 * sign.area(),
    };
    let hours = hours + 0.25 * (sign.n("colours") - 2.0).max(0.0);
    costing.work(work::LAYOUT, hours);
}

fn papers(sign: &Sign<'_>, costing: &mut Costing) {
    let small = matches!(
        sign.spec.text("sign_type"),
        Some("flat_panel" | "directional" | "ada" | "banner" | "vinyl" | "reface")
    );
    if sign.flag("permit") {
        costing.outside(100, "CITY PERMIT FEE", "ea", 1.0, if small { 95.0 } else { 265.0 });
        costing.work(work::PERMIT, if small { 1.2 } else { 3.0 });
    }
    if sign.flag("engineering") {
        costing.outside(100, "SEALED ENGINEERING", "ea", 1.0, 900.0);
    }
    if sign.flag("survey") {
        let standing = sign.structure.is_some();
        costing.work(work::SURVEY, if standing { 7.5 } else { 2.5 } + 0.02 * sign.n("travel_miles"));
        costing.equipment += if standing { 110.0 } else { 30.0 };
    }
}

fn removal(sign: &Sign<'_>, costing: &mut Costing) {
    if sign.flag("removal") {
        let size = sign.area().max(4.0).sqrt();
        costing.work(work::REMOVAL, 1.5 + 0.7 * size);
        costing.outside(600, "DISPOSAL & RECYCLING", "ea", 1.0, 45.0 + 12.0 * size);
    }
}

fn access(sign: &Sign<'_>, costing: &mut Costing) {
    let on_site: f64 = costing.labour.iter().filter(|work| work.code.number >= 620).map(|work| work.hours).sum();
    if sign.is("access", "lift") {
        costing.equipment += 560.0 * (on_site / 26.0).ceil().max(1.0);
    } else if sign.is("access", "crane") {
        let days = 1.0 + f64::from(sign.area() > 200.0) + f64::from(sign.n("overall_height") > 40.0);
        costing.equipment += 8.0 * 210.0 * days;
        costing.work(work::INSTALL, 4.0 * days);
    }
}

fn travel(sign: &Sign<'_>, costing: &mut Costing) {
    let site: f64 = costing.labour.iter().filter(|work| work.code.number >= 600).map(|work| work.hours).sum();
    let trips = (site / 14.0).ceil().max(1.0);
    let (crew, miles) = (if site > 4.0 { 2.0 } else { 1.0 }, sign.n("travel_miles"));
    costing.work(work::TRAVEL, crew * 2.0 * miles / 42.0 * trips);
    costing.equipment += 0.7 * 2.0 * miles * trips;
}

fn customer(sign: &Sign<'_>, costing: &mut Costing) {
    let prevailing = sign.is("customer_type", "municipal");
    let rush = if sign.flag("rush") { 1.09 } else { 1.0 };
    for work in &mut costing.labour {
        let wage = if prevailing && work.code.number >= 600 { 1.14 } else { 1.0 };
        work.hours *= wage * rush;
    }
    if sign.is("customer_type", "national") {
        costing.work(work::LAYOUT, 1.0 + 0.015 * costing.hours());
        costing.shipping += 25.0;
    }
    let bought: f64 = costing.material.iter().map(|item| item.quantity * item.price).sum();
    costing.shipping += if bought > 900.0 { 0.018 * bought } else { 0.0 };
}
