//! From a definition to an assembly: every formula read, every name, unit and size checked.

use std::collections::BTreeSet;

use signwright_domain::DriverValue;
use signwright_domain::assembly::{
    AssemblyDefinition, AssemblyInput, AssemblyPart, AssemblyPiece, AssemblyProblem, AssemblyStock, AssemblyValue,
    CostKind, InputKind,
};
use signwright_domain::formula::{Formula, Kind, Value, Values};
use signwright_domain::unit::{Dimension, Unit};

use super::drivers;
use super::merge::merged;
use super::names::{Names, kind};
use super::order::order;
use super::problem::{misread, problem};
use super::{Assembly, AssemblyError, Costs, CutPiece, Part, Worked, Written};
use crate::cutting::{Saw, Stock};

/// Words that mean something in a formula, functions left aside: those have a bracket behind them.
const RESERVED: [&str; 13] =
    ["and", "or", "not", "is", "in", "missing", "known", "yes", "no", "true", "false", "sq", "cu"];

/// More belongs into several assemblies.
const MOST: usize = 500;

/// Reads a definition with the blocks that it uses.
///
/// # Errors
/// Everything that is wrong, each with its place.
pub fn read(definition: &AssemblyDefinition, blocks: &[AssemblyDefinition]) -> Result<Assembly, AssemblyError> {
    let merged = merged(definition, blocks);
    let names = Names::of(&merged.inputs, &merged.values);
    let codes = merged.parts.iter().chain(blocks.iter().flat_map(|block| &block.parts));
    let codes = codes.filter_map(|part| part.code.clone()).collect();
    let mut reader = Reader { names: &names, codes, problems: merged.problems };
    reader.identity(definition, merged.inputs.len() + merged.values.len() + merged.parts.len());
    reader.once(merged.inputs.iter().map(|input| &input.name).chain(merged.values.iter().map(|value| &value.name)));
    merged.inputs.iter().for_each(|input| reader.input(input));
    let values: Vec<_> = merged.values.iter().filter_map(|value| reader.value(value)).collect();
    let parts: Vec<_> = merged.parts.iter().filter_map(|part| reader.part(part)).collect();
    let labour_factor = definition.labour_factor.as_ref();
    let labour_factor = labour_factor.and_then(|text| reader.number("labour_factor", text, Dimension::PLAIN));
    if !reader.problems.is_empty() {
        return Err(AssemblyError(reader.problems));
    }
    let order = order(merged.inputs.len(), &values, &parts, labour_factor.as_ref())
        .map_err(|problem| AssemblyError(vec![*problem]))?;
    Ok(Assembly {
        id: definition.id.clone(),
        name: definition.name.clone(),
        version: definition.version,
        sign_types: definition.sign_types.clone(),
        source: definition.source.clone(),
        confirmed: merged.confirmed,
        inputs: merged.inputs,
        values,
        parts,
        learning: definition.learning.unwrap_or(1.0),
        labour_factor,
        order,
    })
}

struct Reader<'a> {
    names: &'a Names,
    /// Work codes of this assembly and of all blocks: a block may ask for hours that not every assembly has.
    codes: BTreeSet<String>,
    problems: Vec<AssemblyProblem>,
}

impl Reader<'_> {
    fn wrong(&mut self, place: &str, message: impl Into<String>) {
        self.problems.push(problem(place, message));
    }

    fn identity(&mut self, definition: &AssemblyDefinition, size: usize) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if definition.id.is_empty() || !definition.id.chars().all(fits) {
            self.wrong("id", "an id is made of small letters, digits and hyphens");
        }
        if definition.name.trim().is_empty() {
            self.wrong("name", "an assembly needs a name");
        }
        if size > MOST {
            self.wrong("assembly", format!("more than {MOST} inputs, values and parts"));
        }
        if definition.learning.is_some_and(|power| !(0.5..=1.0).contains(&power)) {
            self.wrong("learning", "a power between 0.5 and 1");
        }
    }

    fn once<'n>(&mut self, names: impl Iterator<Item = &'n String>) {
        let mut seen = BTreeSet::new();
        for name in names {
            let fits = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !fits || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.wrong(name, "a name is made of letters, digits and underscores, and begins with a letter");
            }
            if RESERVED.contains(&name.to_lowercase().as_str()) || Unit::parse(name).is_some() {
                self.wrong(name, "a word of the language or a unit cannot be a name");
            }
            if !seen.insert(name) {
                self.wrong(name, "this name stands twice");
            }
        }
    }

    fn input(&mut self, input: &AssemblyInput) {
        let place = format!("input {}", input.name);
        if let Err(message) = drivers::fits(input) {
            self.wrong(&place, message);
        }
        if input.min.zip(input.max).is_some_and(|(min, max)| min > max) {
            self.wrong(&place, "min is above max");
        }
        let is_of_kind = |value: &DriverValue| match (input.kind, value) {
            (InputKind::Number, DriverValue::Number(number)) => number.is_finite(),
            (InputKind::Choice, DriverValue::Text(_)) | (InputKind::Flag, DriverValue::Flag(_)) => true,
            (InputKind::Number | InputKind::Choice | InputKind::Flag, _) => false,
        };
        if input.default.as_ref().is_some_and(|value| !is_of_kind(value)) {
            self.wrong(&place, "its default is of another kind than the input");
        }
    }

    fn value(&mut self, value: &AssemblyValue) -> Option<Worked> {
        let place = format!("value {}", value.name);
        let formula = self.written(&place, &value.formula)?;
        let wanted = kind(value.kind, value.unit);
        let formula = self.giving(formula, wanted)?;
        Some(Worked { name: value.name.clone(), label: value.label.clone(), unit: value.unit, formula })
    }

    fn part(&mut self, part: &AssemblyPart) -> Option<Part> {
        let place = format!("part \"{}\"", part.name);
        if part.name.trim().is_empty() {
            self.wrong("part", "a part without a name");
        }
        if part.kind == CostKind::UseTax {
            self.wrong(&place, "use tax is added to all material and is no part");
        }
        let when = match &part.when {
            Some(text) => Some(self.formula(&format!("{place}, when"), text, Kind::Flag)?),
            None => None,
        };
        let costs = self.costs(&place, part)?;
        Some(Part { name: part.name.clone(), kind: part.kind, per: part.per, when, costs, note: part.note.clone() })
    }

    fn costs(&mut self, place: &str, part: &AssemblyPart) -> Option<Costs> {
        let quantity = (&part.item, &part.quantity, &part.stock, &part.code, &part.hours);
        match quantity {
            (Some(item), Some(quantity), None, None, None) if part.pieces.is_empty() => {
                let quantity = self.written(&format!("{place}, quantity"), quantity)?;
                let Some(dimension) = quantity.formula.kind().dimension() else {
                    self.wrong(&quantity.place, "a quantity is a number");
                    return None;
                };
                let minimum = self.optional(&format!("{place}, minimum"), part.minimum.as_deref(), dimension)?;
                let waste = self.optional(&format!("{place}, waste"), part.waste.as_deref(), Dimension::PLAIN)?;
                let (quantity, waste, minimum) = (Box::new(quantity), waste.map(Box::new), minimum.map(Box::new));
                Some(Costs::Quantity { item: item.clone(), quantity, waste, minimum })
            }
            (Some(item), None, Some(stock), None, None) if part.waste.is_none() && part.minimum.is_none() => {
                let (sizes, saw) = self.stock(&format!("{place}, stock"), stock)?;
                let flat = !matches!(sizes.first(), Some(Stock::Stick { .. }));
                if part.pieces.is_empty() {
                    self.wrong(place, "stock without pieces that are cut from it");
                }
                let pieces: Option<Vec<_>> = part.pieces.iter().map(|piece| self.piece(place, piece, flat)).collect();
                Some(Costs::Stock { item: item.clone(), sizes, saw, pieces: pieces? })
            }
            (None, None, None, Some(code), Some(hours)) if part.waste.is_none() && part.pieces.is_empty() => {
                let hours = self.number(&format!("{place}, hours"), hours, Dimension::TIME)?;
                if part.minimum.is_some() {
                    self.wrong(place, "hours have no minimum: use max(..) in the formula");
                }
                Some(Costs::Hours { code: code.clone(), hours: Box::new(hours) })
            }
            _ => {
                let message = "it needs an item with a quantity, or an item with stock and pieces and nothing else, \
                               or a work code with hours";
                self.wrong(place, message);
                None
            }
        }
    }

    fn piece(&mut self, place: &str, piece: &AssemblyPiece, flat: bool) -> Option<CutPiece> {
        let length = self.number(&format!("{place}, length of a piece"), &piece.length, Dimension::LENGTH)?;
        let width = self.optional(&format!("{place}, width of a piece"), piece.width.as_deref(), Dimension::LENGTH)?;
        let count = self.optional(&format!("{place}, count of pieces"), piece.count.as_deref(), Dimension::PLAIN)?;
        match (flat, width.is_some()) {
            (true, false) => self.wrong(place, "a piece of a sheet or roll needs a width"),
            (false, true) => self.wrong(place, "a piece of a stick has no width"),
            (true, true) | (false, false) => {}
        }
        Some(CutPiece { width, length, count })
    }

    fn stock(&mut self, place: &str, stock: &AssemblyStock) -> Option<(Vec<Stock>, Saw)> {
        let mut sizes = Vec::new();
        for [width, length] in &stock.sheets {
            let (width, length) = (self.size(place, width)?, self.size(place, length)?);
            sizes.push(Stock::Sheet { width, length });
        }
        for width in &stock.rolls {
            sizes.push(Stock::Roll { width: self.size(place, width)? });
        }
        for length in &stock.lengths {
            sizes.push(Stock::Stick { length: self.size(place, length)? });
        }
        let kinds = [stock.sheets.is_empty(), stock.rolls.is_empty(), stock.lengths.is_empty()];
        if kinds.iter().filter(|empty| !**empty).count() != 1 {
            self.wrong(place, "it is of sheets, of rolls or of lengths: give sizes of one of them");
            return None;
        }
        let mut allowance = |text: &Option<String>| match text {
            Some(text) => self.length(place, text).map(Some),
            None => Some(None),
        };
        let (kerf, overlap, usable_drop) =
            (allowance(&stock.kerf)?, allowance(&stock.overlap)?, allowance(&stock.usable_drop)?);
        let saw = Saw {
            kerf: kerf.unwrap_or(0.0),
            overlap: overlap.unwrap_or(0.0),
            usable_drop,
            may_turn: !stock.keep_direction,
        };
        Some((sizes, saw))
    }

    fn size(&mut self, place: &str, text: &str) -> Option<f64> {
        let length = self.length(place, text)?;
        if length <= 0.0 {
            self.wrong(place, format!("a size of {text} is not above zero"));
            return None;
        }
        Some(length)
    }

    /// A length that depends on nothing, in feet, from zero.
    fn length(&mut self, place: &str, text: &str) -> Option<f64> {
        let formula = match Formula::parse(text, &Names::none()) {
            Ok(formula) if formula.is_of(Dimension::LENGTH) => formula,
            Ok(_) => {
                self.wrong(place, format!("\"{text}\" is no length, such as \"48 in\""));
                return None;
            }
            Err(error) => {
                self.problems.push(misread(place, text, error));
                return None;
            }
        };
        match formula.value(&Nothing) {
            Some(Value::Number(length)) if length >= 0.0 => Some(length),
            _ => {
                self.wrong(place, format!("\"{text}\" is no length from zero"));
                None
            }
        }
    }

    fn written(&mut self, place: &str, text: &str) -> Option<Written> {
        match Formula::parse(text, self.names) {
            Ok(formula) => {
                let written = Written { place: place.to_owned(), text: text.to_owned(), formula };
                self.known_codes(&written);
                Some(written)
            }
            Err(error) => {
                self.problems.push(misread(place, text, error));
                None
            }
        }
    }

    fn formula(&mut self, place: &str, text: &str, wanted: Kind) -> Option<Written> {
        let written = self.written(place, text)?;
        self.giving(written, wanted)
    }

    fn number(&mut self, place: &str, text: &str, dimension: Dimension) -> Option<Written> {
        self.formula(place, text, Kind::of(dimension))
    }

    /// The outer `None` where there is a text that is wrong.
    fn optional(&mut self, place: &str, text: Option<&str>, dimension: Dimension) -> Option<Option<Written>> {
        match text {
            Some(text) => self.number(place, text, dimension).map(Some),
            None => Some(None),
        }
    }

    fn giving(&mut self, written: Written, wanted: Kind) -> Option<Written> {
        let fits = match wanted.dimension() {
            Some(dimension) => written.formula.is_of(dimension),
            None => written.formula.kind() == wanted,
        };
        if !fits {
            let given = said(written.formula.kind());
            self.problems.push(AssemblyProblem {
                formula: Some(written.text.clone()),
                end: u32::try_from(written.text.len()).unwrap_or(u32::MAX),
                ..problem(&written.place, format!("this gives {given}, not {}", said(wanted)))
            });
            return None;
        }
        Some(written)
    }

    /// Hours that are asked for must be hours of a part.
    fn known_codes(&mut self, written: &Written) {
        let asked = written.formula.calls().into_iter().flat_map(|(_, codes)| codes);
        let unknown: Vec<_> = asked.filter(|code| !self.codes.contains(*code)).cloned().collect();
        for code in unknown {
            self.wrong(&written.place, format!("no part has hours of work code \"{code}\""));
        }
    }
}

fn said(kind: Kind) -> String {
    match kind {
        Kind::Number => "a plain number".to_owned(),
        Kind::Measure(dimension) => format!("a number of {dimension}"),
        Kind::Text => "a text".to_owned(),
        Kind::Flag => "yes or no".to_owned(),
    }
}

/// For formulas that ask for nothing.
struct Nothing;

impl Values for Nothing {
    fn name(&self, _: usize) -> Option<Value<'_>> {
        None
    }

    fn function(&self, _: usize, _: &[String]) -> Option<Value<'_>> {
        None
    }
}
