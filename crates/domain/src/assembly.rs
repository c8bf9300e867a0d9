//! An assembly: how one kind of sign is costed, as a shop reads, edits and versions it.
//!
//! Formulas stand here as text. `quoting::assembly` reads them once against the names of the assembly; this is what is
//! stored, sent and kept as a file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::DriverValue;
use crate::unit::Unit;

/// A recipe of costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssemblyDefinition {
    /// `channel-letters`; the same in every version.
    pub id: String,
    pub name: String,
    pub version: u32,
    /// Only a part of others that use it: installing, papers, travel.
    #[serde(default)]
    pub block: bool,
    /// Values of the driver `sign_type` that it serves; none for work that is no sign, such as a service call.
    #[serde(default)]
    pub sign_types: Vec<String>,
    /// Blocks whose inputs, values and parts belong to it as well.
    #[serde(default)]
    pub uses: Vec<String>,
    /// Where its figures come from.
    #[serde(default)]
    pub source: String,
    /// Whether the shop has looked at its figures and found them its own.
    #[serde(default)]
    pub confirmed: bool,
    /// What several of the same cost in hours: quantity to this power. 1 where the shop learns nothing.
    #[serde(default)]
    pub learning: Option<f64>,
    /// What all hours are multiplied by: a formula, such as `if(rush, 1.09, 1)`.
    #[serde(default)]
    pub labour_factor: Option<String>,
    #[serde(default, rename = "input")]
    pub inputs: Vec<AssemblyInput>,
    #[serde(default, rename = "value")]
    pub values: Vec<AssemblyValue>,
    #[serde(default, rename = "part")]
    pub parts: Vec<AssemblyPart>,
}

/// Something that an assembly asks for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssemblyInput {
    /// As formulas call it.
    pub name: String,
    /// As the form calls it; the name where empty.
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub kind: InputKind,
    /// Of a number.
    #[serde(default)]
    pub unit: Unit,
    /// What a choice may be.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Taken where nothing else is known.
    #[serde(default)]
    pub default: Option<DriverValue>,
    #[serde(default)]
    pub min: Option<f64>,
    #[serde(default)]
    pub max: Option<f64>,
    /// The driver of the specification that fills it, or a figure that is computed from it: `face_area`, `total_area`,
    /// `perimeter`, `wind_force`, `wind_moment`, `concrete`, `piers`, `pier_depth`, `pier_diameter`, `pole_weight`.
    #[serde(default)]
    pub driver: Option<String>,
    #[serde(default)]
    pub help: String,
}

/// What an input or a value is; a choice is a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    #[default]
    Number,
    Choice,
    Flag,
}

/// A value between inputs and parts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssemblyValue {
    pub name: String,
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub kind: InputKind,
    /// What a number is shown in; its formula must give that dimension.
    #[serde(default)]
    pub unit: Unit,
    pub formula: String,
}

/// One cost. Either an item with a quantity, an item cut from stock, or hours of a work code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssemblyPart {
    /// What its line says.
    pub name: String,
    pub kind: CostKind,
    #[serde(default)]
    pub per: Per,
    /// Left out where this does not hold.
    #[serde(default)]
    pub when: Option<String>,
    /// The item of the price list.
    #[serde(default)]
    pub item: Option<String>,
    #[serde(default)]
    pub quantity: Option<String>,
    /// Lost on the way, as a share of the quantity: `10 %`.
    #[serde(default)]
    pub waste: Option<String>,
    /// The least that is charged, such as `4 h` of a crane.
    #[serde(default)]
    pub minimum: Option<String>,
    #[serde(default)]
    pub stock: Option<AssemblyStock>,
    /// What is cut from the stock.
    #[serde(default)]
    pub pieces: Vec<AssemblyPiece>,
    /// The work code whose burdened rate counts.
    #[serde(default)]
    pub code: Option<String>,
    #[serde(default)]
    pub hours: Option<String>,
    #[serde(default)]
    pub note: String,
}

/// Stock of which whole sheets, widths or lengths are used. Sizes are lengths with a unit: `"48 in"`. Of several sizes the
/// one that needs the fewest joints is taken, then the one that is charged least.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct AssemblyStock {
    /// Width and length of each sheet size.
    pub sheets: Vec<[String; 2]>,
    /// Width of each roll.
    pub rolls: Vec<String>,
    /// Length of each stick.
    pub lengths: Vec<String>,
    /// Lost with each cut.
    pub kerf: Option<String>,
    /// By how much panels of one face overlap where it is wider than the roll.
    pub overlap: Option<String>,
    /// A rest that measures at least this much, at the end of a sheet or stick or beside what was cut, goes back into the rack
    /// and is not charged. Nothing goes back where it is not said.
    pub usable_drop: Option<String>,
    /// The grain or the print must keep its direction.
    pub keep_direction: bool,
}

/// Pieces of one size.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssemblyPiece {
    pub length: String,
    /// Of what is cut from sheets and rolls.
    #[serde(default)]
    pub width: Option<String>,
    /// How many for one sign; one where it is not said.
    #[serde(default)]
    pub count: Option<String>,
}

/// What a cost is for; subtotals stand under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CostKind {
    #[default]
    Material,
    Labour,
    Outplant,
    Equipment,
    Permit,
    Engineering,
    Survey,
    Travel,
    Disposal,
    Freight,
    Other,
    /// On material, where the shop pays it.
    UseTax,
}

impl CostKind {
    pub fn label(self) -> &'static str {
        match self {
            Self::Material => "Material",
            Self::Labour => "Labour",
            Self::Outplant => "Outplant",
            Self::Equipment => "Equipment",
            Self::Permit => "Permits",
            Self::Engineering => "Engineering",
            Self::Survey => "Survey",
            Self::Travel => "Travel",
            Self::Disposal => "Disposal",
            Self::Freight => "Freight",
            Self::Other => "Other",
            Self::UseTax => "Use tax",
        }
    }
}

/// Whether a cost comes with every sign or once for the job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    #[default]
    Sign,
    Job,
}

/// What is wrong with an assembly or keeps it from giving a cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AssemblyProblem {
    /// `part "Faces", quantity`.
    pub place: String,
    pub message: String,
    /// The formula that it is about.
    pub formula: Option<String>,
    /// The wrong part of it.
    pub near: Option<String>,
    /// Bytes of the formula where that part begins and ends.
    pub start: u32,
    pub end: u32,
    /// What each part of the formula comes to, where that could be computed.
    pub parts: Vec<FormulaPart>,
}

/// A formula with what it and its parts come to in one job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExplainedFormula {
    /// `part "Faces", quantity`.
    pub place: String,
    pub formula: String,
    /// `None` where it has no value.
    pub value: Option<String>,
    /// The innermost first.
    pub parts: Vec<FormulaPart>,
}

/// What a part of a formula comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FormulaPart {
    pub text: String,
    /// "21 ft"; `None` where it has no value.
    pub value: Option<String>,
    /// Bytes of the formula where it begins and ends.
    pub start: u32,
    pub end: u32,
}
