//! A cost from an assembly, a specification, and what things cost.

use std::collections::BTreeMap;

use jiff::civil::Date;
use signwright_domain::assembly::{AssemblyProblem, CostKind, Per};
use signwright_domain::build_up::{BuildUp, BuildUpInput, BuildUpLine, BuildUpValue, LeftOut, Subtotal};
use signwright_domain::cost_library::CostLibrary;
use signwright_domain::formula::Value;
use signwright_domain::{DriverValue, Money, Specification};

use super::lines::{Came, Lines};
use super::merge::QUANTITY;
use super::names::kind;
use super::problem::{about, problem, shown, valueless, with_unit};
use super::values::{Known, counted, filled};
use super::{Assembly, AssemblyError, Costs, Part, Step, Written, warnings};

/// What a cost is asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub specification: &'a Specification,
    /// Inputs that a person gave for this build-up, in the units of the inputs.
    pub given: BTreeMap<String, DriverValue>,
    /// Prices older than twelve months on this day are told.
    pub on: Date,
}

/// Every line of what the job costs.
///
/// # Errors
/// Everything that is missing or does not fit: inputs, prices, rates, and formulas without a value. Nothing that is
/// missing counts as zero.
pub fn build_up(assembly: &Assembly, asked: &Asked<'_>, library: &CostLibrary) -> Result<BuildUp, AssemblyError> {
    let inputs = filled(&assembly.inputs, &asked.given, asked.specification).map_err(AssemblyError)?;
    let mut worked = Worked::of(assembly, &inputs)?;
    worked.all()?;
    let signs = worked.signs;
    let mut lines = Lines { assembly, known: &worked.known, inputs: &inputs, library, signs, problems: Vec::new() };
    let mut kept = Vec::new();
    let mut left_out = Vec::new();
    for (at, part) in assembly.parts.iter().enumerate() {
        match lines.line(part, worked.hours.get(&at).copied()) {
            Some(Came::Line(line)) => kept.push(*line),
            Some(Came::Nothing(why)) => left_out.push(LeftOut { name: part.name.clone(), why }),
            None => {}
        }
    }
    kept.extend(lines.use_tax(&kept, asked.on));
    let problems = std::mem::take(&mut lines.problems);
    if !problems.is_empty() {
        return Err(AssemblyError(problems));
    }
    let total = sum(&kept, library).map_err(|problem| AssemblyError(vec![*problem]))?;
    Ok(BuildUp {
        assembly: assembly.id.clone(),
        name: assembly.name.clone(),
        version: assembly.version,
        on: asked.on,
        quantity: signs,
        values: values(assembly, &worked.known),
        subtotals: subtotals(&kept),
        hours: kept.iter().filter(|line| line.is_labour).map(|line| line.quantity).sum(),
        total,
        warnings: warnings::of(assembly, &inputs, &kept, asked.on),
        inputs,
        lines: kept,
        left_out,
    })
}

/// Values and hours, as far as they are worked out.
pub(super) struct Worked<'a> {
    assembly: &'a Assembly,
    pub(super) known: Known,
    /// Hours of the whole job by the place of their part.
    hours: BTreeMap<usize, f64>,
    signs: u32,
}

impl<'a> Worked<'a> {
    pub(super) fn of(assembly: &'a Assembly, inputs: &[BuildUpInput]) -> Result<Self, AssemblyError> {
        let mut known = Known { names: counted(inputs), hours: BTreeMap::new() };
        known.names.resize(assembly.inputs.len() + assembly.values.len(), None);
        let signs = inputs.iter().find(|input| input.name == QUANTITY).and_then(|input| input.value.number());
        let whole = signs.filter(|signs| signs.fract() == 0.0 && (1.0..=1e6).contains(signs));
        let Some(signs) = whole else {
            return Err(AssemblyError(vec![problem("input quantity", "not a whole number of signs from 1")]));
        };
        Ok(Self { assembly, known, hours: BTreeMap::new(), signs: signs as u32 })
    }

    /// Stops at the first that has no value: all that need it would have none either.
    pub(super) fn all(&mut self) -> Result<(), AssemblyError> {
        for step in &self.assembly.order {
            let done = match step {
                Step::Value(at) => self.value(*at),
                Step::Hours(at) => self.hours(*at),
            };
            done.map_err(|problem| AssemblyError(vec![*problem]))?;
        }
        Ok(())
    }

    fn value(&mut self, at: usize) -> Result<(), Box<AssemblyProblem>> {
        let formula = &self.assembly.values[at].formula;
        let value = match formula.formula.value(&self.known) {
            None => return Err(Box::new(valueless(formula, &self.known))),
            Some(Value::Number(number)) => DriverValue::Number(number),
            Some(Value::Text(text)) => DriverValue::Text(text.to_owned()),
            Some(Value::Flag(flag)) => DriverValue::Flag(flag),
        };
        self.known.names[self.assembly.inputs.len() + at] = Some(value);
        Ok(())
    }

    fn hours(&mut self, at: usize) -> Result<(), Box<AssemblyProblem>> {
        let part = &self.assembly.parts[at];
        let Costs::Hours { code, hours } = &part.costs else { return Ok(()) };
        if !is_needed(part, &self.known)? {
            return Ok(());
        }
        let times = match part.per {
            Per::Sign => f64::from(self.signs).powf(self.assembly.learning),
            Per::Job => 1.0,
        };
        let factor = self.assembly.labour_factor.as_ref().map_or(Ok(1.0), |factor| number(factor, &self.known))?;
        let worked = number(hours, &self.known)? * times * factor;
        self.hours.insert(at, worked);
        *self.known.hours.entry(code.clone()).or_default() += worked;
        Ok(())
    }
}

/// Whether the condition of a part holds. One that is open is a problem: it would leave a cost out in silence.
pub(super) fn is_needed(part: &Part, known: &Known) -> Result<bool, Box<AssemblyProblem>> {
    match &part.when {
        None => Ok(true),
        Some(when) => match when.formula.value(known) {
            Some(Value::Flag(flag)) => Ok(flag),
            _ => Err(Box::new(valueless(when, known))),
        },
    }
}

/// A number from zero, counted as formulas count.
pub(super) fn number(written: &Written, known: &Known) -> Result<f64, Box<AssemblyProblem>> {
    match written.formula.value(known) {
        Some(Value::Number(number)) if number >= 0.0 => Ok(number),
        Some(Value::Number(number)) => {
            let unit = written.formula.kind().dimension().map(|dimension| dimension.to_string()).unwrap_or_default();
            let message = format!("this comes to {}, below zero", with_unit(number, &unit));
            Err(Box::new(about(written, message, known)))
        }
        _ => Err(Box::new(valueless(written, known))),
    }
}

fn values(assembly: &Assembly, known: &Known) -> Vec<BuildUpValue> {
    let shown = |(at, value): (usize, &super::Worked)| {
        let text = match known.names[assembly.inputs.len() + at].as_ref() {
            Some(DriverValue::Number(number)) => with_unit(value.unit.of_base(*number), value.unit.name()),
            Some(DriverValue::Text(text)) => text.clone(),
            Some(DriverValue::Flag(flag)) => {
                shown(Value::Flag(*flag), kind(signwright_domain::assembly::InputKind::Flag, value.unit))
            }
            None => String::new(),
        };
        BuildUpValue {
            name: value.name.clone(),
            label: if value.label.is_empty() { value.name.replace('_', " ") } else { value.label.clone() },
            value: text,
            formula: value.formula.text.clone(),
        }
    };
    assembly.values.iter().enumerate().map(shown).collect()
}

fn sum(lines: &[BuildUpLine], library: &CostLibrary) -> Result<Money, Box<AssemblyProblem>> {
    let minor = lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.amount.minor));
    let minor = minor.ok_or_else(|| Box::new(problem("total", "more than a cost can be")))?;
    Ok(Money::new(minor, library.currency))
}

fn subtotals(lines: &[BuildUpLine]) -> Vec<Subtotal> {
    let mut sums: BTreeMap<CostKind, Money> = BTreeMap::new();
    for line in lines {
        sums.entry(line.kind).and_modify(|sum| *sum = *sum + line.amount).or_insert(line.amount);
    }
    sums.into_iter().map(|(kind, amount)| Subtotal { kind, amount }).collect()
}
