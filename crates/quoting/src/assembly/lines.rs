//! One line from one part: its quantity, its price, and the amount to the cent.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use signwright_domain::assembly::{AssemblyProblem, CostKind, Per};
use signwright_domain::build_up::{BuildUpInput, BuildUpLine, Cutting};
use signwright_domain::cost_library::CostLibrary;
use signwright_domain::unit::{Dimension, Unit};
use signwright_domain::{DriverValue, Money};

use super::build::{is_needed, number};
use super::cut_list::{self, Cut};
use super::names::HOURS;
use super::problem::{problem, with_unit};
use super::values::Known;
use super::{Assembly, Costs, Part, Written};

/// Decimal places of quantities and of hours; amounts are those of the rounded quantity, as a person checks them.
const PLACES: u32 = 4;
const HOUR_PLACES: u32 = 2;
/// A quantity is at most this.
const MOST: f64 = 1e9;

pub(super) struct Lines<'a> {
    pub(super) assembly: &'a Assembly,
    pub(super) known: &'a Known,
    pub(super) inputs: &'a [BuildUpInput],
    pub(super) library: &'a CostLibrary,
    pub(super) signs: u32,
    pub(super) problems: Vec<AssemblyProblem>,
}

/// What became of a part.
pub(super) enum Came {
    Line(Box<BuildUpLine>),
    /// It costs nothing here, and why.
    Nothing(String),
}

/// How much of what, before it is priced.
struct Amounted<'p> {
    key: &'p str,
    is_labour: bool,
    /// In the units that are counted in.
    net: f64,
    charged: f64,
    dimension: Option<Dimension>,
    formula: String,
    written: Vec<&'p Written>,
    cutting: Option<Cutting>,
}

/// What one unit of it costs.
struct Priced<'a> {
    name: &'a str,
    unit: Unit,
    cost: Decimal,
    on: Date,
    source: &'a str,
    confirmed: bool,
}

impl Lines<'_> {
    /// `None` where there is a problem, which is kept.
    pub(super) fn line(&mut self, part: &Part, hours: Option<f64>) -> Option<Came> {
        let come = self.come(part, hours);
        come.map_err(|problem| self.problems.push(*problem)).ok()
    }

    fn come(&self, part: &Part, hours: Option<f64>) -> Result<Came, Box<AssemblyProblem>> {
        if !is_needed(part, self.known)? {
            let when = part.when.as_ref().map_or("", |when| when.text.trim());
            return Ok(Came::Nothing(format!("not: {when}")));
        }
        let amounted = match &part.costs {
            Costs::Quantity { item, quantity, waste, minimum } => {
                self.quantity(part, item, quantity, waste.as_deref(), minimum.as_deref())?
            }
            Costs::Stock { item, sizes, saw, pieces } => {
                let times = if part.per == Per::Sign { self.signs } else { 1 };
                let cut = cut_list::cut(&format!("part \"{}\"", part.name), sizes, *saw, pieces, times, self.known)?;
                self.stock(part, item, cut, sizes.len())?
            }
            Costs::Hours { code, hours: written } => Amounted {
                key: code,
                is_labour: true,
                net: hours.unwrap_or(0.0),
                charged: hours.unwrap_or(0.0),
                dimension: Some(Dimension::TIME),
                formula: written.text.clone(),
                written: vec![written],
                cutting: None,
            },
        };
        if amounted.charged <= 0.0 {
            return Ok(Came::Nothing("comes to nothing".to_owned()));
        }
        let priced = self.priced(part, &amounted)?;
        self.priced_line(part, amounted, &priced).map(|line| Came::Line(Box::new(line)))
    }

    fn quantity<'p>(
        &self,
        part: &Part,
        item: &'p str,
        quantity: &'p Written,
        waste: Option<&'p Written>,
        minimum: Option<&'p Written>,
    ) -> Result<Amounted<'p>, Box<AssemblyProblem>> {
        let times = if part.per == Per::Sign { f64::from(self.signs) } else { 1.0 };
        let net = number(quantity, self.known)? * times;
        let waste_share = waste.map_or(Ok(0.0), |waste| number(waste, self.known))?;
        let least = minimum.map_or(Ok(0.0), |minimum| number(minimum, self.known))?;
        let wasted = net * (1.0 + waste_share);
        Ok(Amounted {
            key: item,
            is_labour: false,
            net,
            charged: if net > 0.0 { wasted.max(least) } else { 0.0 },
            dimension: quantity.formula.kind().dimension(),
            formula: quantity.text.clone(),
            written: [Some(quantity), waste, minimum].into_iter().flatten().collect(),
            cutting: None,
        })
    }

    fn stock<'p>(
        &self,
        part: &Part,
        item: &'p str,
        cut: Cut<'p>,
        sizes: usize,
    ) -> Result<Amounted<'p>, Box<AssemblyProblem>> {
        let Cut { net, charged, cutting, formula, written } = cut;
        let unit = self.library.item(item).map(|item| item.unit.dimension());
        let (per, dimension) = cut_list::counted_in(&cutting, unit, sizes)
            .map_err(|message| Box::new(problem(&format!("part \"{}\"", part.name), message)))?;
        let cutting = Some(cutting);
        Ok(Amounted {
            key: item,
            is_labour: false,
            net: net / per,
            charged: charged / per,
            dimension,
            formula,
            written,
            cutting,
        })
    }

    fn priced(&self, part: &Part, amounted: &Amounted<'_>) -> Result<Priced<'_>, Box<AssemblyProblem>> {
        let wrong = |message: String| Box::new(problem(&format!("part \"{}\"", part.name), message));
        let key = amounted.key;
        let priced = if amounted.is_labour {
            let rate =
                self.library.rate(key).ok_or_else(|| wrong(format!("there is no rate for work code \"{key}\"")))?;
            Priced {
                name: &rate.name,
                unit: Unit::HOURS,
                cost: rate.rate,
                on: rate.on,
                source: &rate.source,
                confirmed: rate.confirmed,
            }
        } else {
            let item = self.library.item(key).ok_or_else(|| wrong(format!("there is no price for \"{key}\"")))?;
            Priced {
                name: &item.name,
                unit: item.unit,
                cost: item.unit_cost,
                on: item.on,
                source: &item.source,
                confirmed: item.confirmed,
            }
        };
        if priced.cost <= Decimal::ZERO {
            return Err(wrong(format!("the price of \"{key}\" is {}, not above zero", priced.cost)));
        }
        match amounted.dimension.filter(|dimension| *dimension != priced.unit.dimension()) {
            Some(dimension) => Err(wrong(format!(
                "\"{key}\" is priced per {}, but the quantity is of {}",
                if priced.unit.name().is_empty() { "piece" } else { priced.unit.name() },
                if dimension.is_plain() { "a plain number".to_owned() } else { dimension.to_string() },
            ))),
            None => Ok(priced),
        }
    }

    fn priced_line(
        &self,
        part: &Part,
        amounted: Amounted<'_>,
        priced: &Priced<'_>,
    ) -> Result<BuildUpLine, Box<AssemblyProblem>> {
        let wrong = |message: &str| Box::new(problem(&format!("part \"{}\"", part.name), message));
        let places = if amounted.is_labour { HOUR_PLACES } else { PLACES };
        let counted = |number: f64| decimal(priced.unit.of_base(number), places);
        let (net, quantity) = counted(amounted.net)
            .zip(counted(amounted.charged))
            .ok_or_else(|| wrong("the quantity is more than a cost can hold"))?;
        let amount = quantity.checked_mul(priced.cost).ok_or_else(|| wrong("more than a cost can be"))?;
        let amount =
            Money::from_decimal(amount, self.library.currency).map_err(|_| wrong("more than a cost can be"))?;
        let waste = if amounted.net > 0.0 { amounted.charged / amounted.net - 1.0 } else { 0.0 };
        Ok(BuildUpLine {
            name: part.name.clone(),
            kind: part.kind,
            per: part.per,
            item: amounted.key.to_owned(),
            item_name: priced.name.to_owned(),
            is_labour: amounted.is_labour,
            net,
            waste: decimal(waste, PLACES).unwrap_or_default(),
            quantity,
            unit: priced.unit,
            unit_cost: priced.cost,
            priced_on: priced.on,
            source: priced.source.to_owned(),
            placeholder: !priced.confirmed,
            amount,
            formula: amounted.formula,
            values: self.named(&amounted.written),
            cutting: amounted.cutting,
            note: part.note.clone(),
        })
    }

    /// What the names in formulas stood for, each once: "letter_count 10".
    fn named(&self, written: &[&Written]) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for written in written {
            let names = written.formula.names().into_iter().map(|id| self.said(id));
            let calls = written.formula.calls().into_iter().map(|(_, codes)| {
                let hours: f64 = codes.iter().filter_map(|code| self.known.hours.get(code)).sum();
                format!("{HOURS} of {} {}", codes.join(", "), with_unit(hours, "h"))
            });
            for one in names.chain(calls) {
                if !said.contains(&one) {
                    said.push(one);
                }
            }
        }
        said
    }

    fn said(&self, id: usize) -> String {
        let (name, unit) = match id.checked_sub(self.inputs.len()) {
            None => (self.inputs[id].name.as_str(), self.inputs[id].unit),
            Some(at) => (self.assembly.values[at].name.as_str(), self.assembly.values[at].unit),
        };
        match self.known.names[id].as_ref() {
            Some(DriverValue::Number(number)) => format!("{name} {}", with_unit(unit.of_base(*number), unit.name())),
            Some(value) => format!("{name} {value}"),
            None => name.to_owned(),
        }
    }

    /// Use tax on all material, rounded once.
    pub(super) fn use_tax(&mut self, lines: &[BuildUpLine], on: Date) -> Option<BuildUpLine> {
        let rate = self.library.use_tax;
        if rate < Decimal::ZERO || rate >= Decimal::ONE {
            self.problems.push(problem("use tax", format!("{rate} is not a share from 0 to below 1 (6 % is 0.06)")));
            return None;
        }
        let material = lines.iter().filter(|line| line.kind == CostKind::Material && !line.is_labour);
        let material: Money = material.map(|line| line.amount).sum::<Option<Money>>()?;
        if rate.is_zero() || material.minor == 0 {
            return None;
        }
        let amount = material.to_decimal().checked_mul(rate)?;
        let amount = Money::from_decimal(amount, self.library.currency).ok()?;
        Some(BuildUpLine {
            name: "Use tax on material".to_owned(),
            kind: CostKind::UseTax,
            per: Per::Job,
            item: "use-tax".to_owned(),
            item_name: "Use tax".to_owned(),
            is_labour: false,
            net: material.to_decimal(),
            waste: Decimal::ZERO,
            quantity: material.to_decimal(),
            unit: Unit::PLAIN,
            unit_cost: rate,
            priced_on: on,
            source: "the shop's settings".to_owned(),
            placeholder: false,
            amount,
            formula: "material x rate".to_owned(),
            values: Vec::new(),
            cutting: None,
            note: String::new(),
        })
    }
}

/// Rounds half away from zero; `None` for what is no number or too large.
fn decimal(number: f64, places: u32) -> Option<Decimal> {
    let fits = number.is_finite() && number.abs() <= MOST;
    let scaled = fits.then(|| (number * 10_f64.powi(places.to_i32()?)).round().to_i64()).flatten();
    scaled.map(|scaled| Decimal::new(scaled, places).normalize())
}
