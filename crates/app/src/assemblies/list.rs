//! What assemblies there are, one of them, and what it says of a job.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::assembly::{AssemblyDefinition, AssemblyInput, AssemblyProblem, ExplainedFormula};
use signwright_domain::bottom_up::AssemblyChoice;
use signwright_domain::build_up::BuildUp;
use signwright_domain::{DriverValue, Specification};
use signwright_quoting::assembly::{self, Asked, Assembly, AssemblyError};
use signwright_quoting::shipped_assemblies;
use signwright_store::assemblies::{self, AssemblyVersion};
use ts_rs::TS;

use super::shelf::{Kept, Shelf, read};
use crate::commands::Nothing;
use crate::{Action, CallError};

/// An assembly in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AssemblyInfo {
    pub id: String,
    pub name: String,
    pub version: u32,
    /// Only a part of others that use it.
    pub block: bool,
    pub sign_types: Vec<String>,
    /// The shop has saved a version of it; else it is as it came with the program.
    pub own: bool,
    /// The version that came with the program, where one did.
    pub shipped: Option<u32>,
    /// The shop has found its figures, and those of its blocks, its own.
    pub confirmed: bool,
    /// It is not offered any more.
    pub put_away: bool,
    /// Costs of its own, blocks left aside.
    pub parts: u32,
    /// Why it cannot be used.
    pub problems: Vec<AssemblyProblem>,
}

/// Names an assembly, or one version of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AssemblyRef {
    pub id: String,
    /// The newest where it is not said.
    #[serde(default)]
    pub version: Option<u32>,
}

/// One assembly with everything about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AssemblyShown {
    pub info: AssemblyInfo,
    pub definition: AssemblyDefinition,
    /// The definition as a file.
    pub text: String,
    /// What it asks for, its blocks' inputs included, with what a choice may be.
    pub inputs: Vec<ShownInput>,
    /// Versions that the shop has saved, newest first.
    pub versions: Vec<AssemblyVersion>,
    /// Names of the assemblies that use it, of a block.
    pub used_by: Vec<String>,
}

/// An input as its form needs it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ShownInput {
    pub input: AssemblyInput,
    /// Of a choice.
    pub choices: Vec<String>,
}

/// A job to be built up.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct BuildUpJob {
    pub specification: Specification,
    #[serde(default)]
    pub assembly: AssemblyChoice,
    /// Prices older than twelve months on this day are told; today where it is not said.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub on: Option<Date>,
}

/// Which value or part of an assembly is to be explained in a job.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExplainJob {
    pub specification: Specification,
    #[serde(default)]
    pub assembly: AssemblyChoice,
    /// Of a value or a part.
    pub name: String,
}

pub fn list_assemblies(action: &Action, _: Nothing) -> Result<Vec<AssemblyInfo>, CallError> {
    Ok(action.shelf()?.kept.iter().map(info).collect())
}

/// # Errors
/// `NotFound` where there is no such assembly or version.
pub fn show_assembly(action: &Action, input: AssemblyRef) -> Result<AssemblyShown, CallError> {
    let shelf = action.shelf()?;
    let kept = shelf.find(&input.id)?;
    match input.version.filter(|version| *version != kept.definition.version) {
        None => shown(action, &shelf, kept),
        Some(version) => {
            let definition = of_version(action, &input.id, version)?;
            let past = Kept {
                read: read(&definition, &shelf.blocks()),
                definition,
                own: kept.own,
                shipped: kept.shipped,
                put_away: kept.put_away,
            };
            shown(action, &shelf, &past)
        }
    }
}

/// One that was saved, or that came with the program.
fn of_version(action: &Action, id: &str, version: u32) -> Result<AssemblyDefinition, CallError> {
    let saved = assemblies::get(&action.shop().read(), id, version)?;
    let shipped = || shipped_assemblies().into_iter().find(|one| one.id == id && one.version == version);
    saved.or_else(shipped).ok_or_else(|| CallError::not_found(format!("version {version} of \"{id}\"")))
}

/// What a job costs by an assembly, alone.
///
/// # Errors
/// `InvalidInput` with everything that is missing or wrong; `NotFound` where no assembly serves.
pub fn build_up_job(action: &Action, input: BuildUpJob) -> Result<BuildUp, CallError> {
    let shelf = action.shelf()?;
    let read = usable(&shelf, &input.assembly, &input.specification)?;
    let on = input.on.unwrap_or_else(|| action.today());
    let asked = asked(&input.specification, &input.assembly.given, on);
    assembly::build_up(read, &asked, &shelf.library).map_err(|error| refused(&error))
}

/// The formulas of one value or part with what each piece of them comes to in a job.
///
/// # Errors
/// As [`build_up_job`].
pub fn explain_job(action: &Action, input: ExplainJob) -> Result<Vec<ExplainedFormula>, CallError> {
    let shelf = action.shelf()?;
    let read = usable(&shelf, &input.assembly, &input.specification)?;
    let asked = asked(&input.specification, &input.assembly.given, action.today());
    let found = assembly::explain(read, &asked, &input.name).map_err(|error| refused(&error))?;
    if found.is_empty() {
        return Err(CallError::not_found(format!("value or part \"{}\" in {}", input.name, read.name)));
    }
    Ok(found)
}

fn usable<'a>(shelf: &'a Shelf, choice: &AssemblyChoice, spec: &'a Specification) -> Result<&'a Assembly, CallError> {
    let Some(kept) = shelf.chosen(choice.id.as_deref(), spec)? else {
        let sign_type = spec.text("sign_type").unwrap_or("no type").replace('_', " ");
        let message = format!("assembly that serves {sign_type} as it is specified");
        return Err(CallError::not_found(message).hint("Name one: signwright assemblies list says which there are."));
    };
    kept.usable().ok_or_else(|| refused(&kept.error().cloned().unwrap_or_else(|| AssemblyError(Vec::new()))))
}

pub(super) fn asked<'a>(spec: &'a Specification, given: &BTreeMap<String, DriverValue>, on: Date) -> Asked<'a> {
    Asked { specification: spec, given: given.clone(), on }
}

pub(super) fn refused(error: &AssemblyError) -> CallError {
    CallError::invalid(error.to_string())
}

pub(super) fn shown(action: &Action, shelf: &Shelf, kept: &Kept) -> Result<AssemblyShown, CallError> {
    let definition = &kept.definition;
    let uses = |other: &&Kept| definition.block && other.definition.uses.contains(&definition.id);
    Ok(AssemblyShown {
        info: info(kept),
        definition: definition.clone(),
        text: assembly::to_toml(definition),
        inputs: kept.usable().map_or_else(Vec::new, inputs),
        versions: assemblies::versions(&action.shop().read(), &definition.id)?,
        used_by: shelf.kept.iter().filter(uses).map(|other| other.definition.name.clone()).collect(),
    })
}

pub(super) fn inputs(read: &Assembly) -> Vec<ShownInput> {
    read.inputs().iter().map(|input| ShownInput { input: input.clone(), choices: assembly::choices(input) }).collect()
}

pub(super) fn info(kept: &Kept) -> AssemblyInfo {
    let definition = &kept.definition;
    AssemblyInfo {
        id: definition.id.clone(),
        name: definition.name.clone(),
        version: definition.version,
        block: definition.block,
        sign_types: definition.sign_types.clone(),
        own: kept.own,
        shipped: kept.shipped,
        confirmed: kept.usable().map_or(definition.confirmed, |read| read.confirmed),
        put_away: kept.put_away,
        parts: u32::try_from(definition.parts.len()).unwrap_or(u32::MAX),
        problems: kept.error().map_or_else(Vec::new, |error| error.0.clone()),
    }
}
