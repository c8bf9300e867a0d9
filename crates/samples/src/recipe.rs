//! What a sign costs when nothing goes wrong: hours, material and hire from a specification.
//!
//! Fitted to published prices (the check run below); the wind and the foundation of free-standing signs come from
//! [`signwright_domain::physics`] and drive concrete, steel, digging and the crane. Prices are 2025's; material includes
//! no use tax.

use signwright_domain::Specification;
use signwright_domain::physics::{Structure, structure};

use crate::prices::Series;
use crate::work::Code;

mod cabinet;
mod flat;
mod ground;
mod letters;
mod site;

/// Share of material that is paid as use tax.
pub(crate) const USE_TAX: f64 = 0.06;

/// Hours of one work code.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub(crate) code: Code,
    pub(crate) hours: f64,
}

/// Material or outside work.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) department: u16,
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) quantity: f64,
    /// Dollars at price level 1.
    pub(crate) price: f64,
    /// The price it moves with.
    pub(crate) series: Option<Series>,
}

/// The expected cost of a job, before rounding and noise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Costing {
    pub(crate) labour: Vec<Work>,
    pub(crate) material: Vec<Item>,
    pub(crate) outplant: Vec<Item>,
    pub(crate) equipment: f64,
    pub(crate) shipping: f64,
}

impl Costing {
    fn work(&mut self, code: Code, hours: f64) {
        match self.labour.iter_mut().find(|work| work.code == code) {
            Some(work) => work.hours += hours,
            None => self.labour.push(Work { code, hours }),
        }
    }

    fn item(&mut self, department: u16, name: &'static str, unit: &'static str, quantity: f64, price: f64) {
        if quantity > 0.0 {
            self.material.push(Item { department, name, unit, quantity, price, series: None });
        }
    }

    /// Material that follows a price series, at `yield_factor` times the series' own unit price.
    fn stock(&mut self, department: u16, name: &'static str, series: Series, quantity: f64) {
        if quantity > 0.0 {
            let unit = series.unit().trim_start_matches("$/");
            let item = Item { department, name, unit, quantity, price: series.base_price(), series: Some(series) };
            self.material.push(item);
        }
    }

    fn outside(&mut self, department: u16, name: &'static str, unit: &'static str, quantity: f64, price: f64) {
        self.outplant.push(Item { department, name, unit, quantity, price, series: None });
    }

    fn hours(&self) -> f64 {
        self.labour.iter().map(|work| work.hours).sum()
    }

    /// Several of the same: the shop learns, and stock is bought once.
    fn times(&mut self, quantity: f64) {
        for work in &mut self.labour {
            work.hours *= quantity.powf(0.93);
        }
        for item in self.material.iter_mut().chain(&mut self.outplant) {
            item.quantity *= quantity;
        }
    }
}

/// A specification with the numbers that the recipe asks for; what is absent is zero or "".
pub(crate) struct Sign<'a> {
    spec: &'a Specification,
    structure: Option<Structure>,
}

impl Sign<'_> {
    fn n(&self, driver: &str) -> f64 {
        self.spec.number(driver).unwrap_or(0.0)
    }

    fn is(&self, driver: &str, value: &str) -> bool {
        self.spec.text(driver) == Some(value)
    }

    fn flag(&self, driver: &str) -> bool {
        self.spec.flag(driver)
    }

    fn lit(&self) -> bool {
        !self.is("lighting", "none")
    }

    fn faces(&self) -> f64 {
        self.n("faces").max(1.0)
    }

    fn area(&self) -> f64 {
        self.n("width") * self.n("height")
    }

    fn perimeter(&self) -> f64 {
        2.0 * (self.n("width") + self.n("height"))
    }
}

/// The expected cost of a complete specification.
pub(crate) fn costing(spec: &Specification) -> Costing {
    let sign = Sign { spec, structure: structure(spec) };
    let mut costing = Costing::default();
    match spec.text("sign_type").unwrap_or("") {
        "channel_letters" | "channel_letters_unlit" => letters::add(&sign, &mut costing),
        "cabinet" | "blade" | "pole" | "pylon" | "monument" => cabinet::add(&sign, &mut costing),
        "emc" => cabinet::add_display(&sign, &mut costing),
        "directional" => flat::directional(&sign, &mut costing),
        "ada" => flat::ada(&sign, &mut costing),
        "vinyl" => flat::vinyl(&sign, &mut costing),
        "banner" => flat::banner(&sign, &mut costing),
        "awning" => flat::awning(&sign, &mut costing),
        "reface" => flat::reface(&sign, &mut costing),
        _ => flat::panel(&sign, &mut costing),
    }
    ground::add(&sign, &mut costing);
    costing.times(sign.n("quantity").max(1.0));
    site::add(&sign, &mut costing);
    costing.labour.retain(|work| work.hours >= 0.05);
    costing.labour.sort_by_key(|work| work.code.number);
    costing.material.sort_by_key(|item| item.department);
    costing
}

#[cfg(test)]
pub(crate) mod check_run;
