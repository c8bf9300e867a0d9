//! Changing assemblies: every saved state is a version, and what is wrong is told before it is saved.

use serde::{Deserialize, Serialize};
use signwright_domain::Specification;
use signwright_domain::assembly::{AssemblyDefinition, AssemblyProblem};
use signwright_domain::bottom_up::AssemblyChoice;
use signwright_domain::build_up::BuildUp;
use signwright_quoting::assembly::{self, AssemblyError};
use signwright_store::assemblies;
use ts_rs::TS;

use super::list::{self, AssemblyInfo, AssemblyRef, AssemblyShown, ShownInput, asked, refused, show_assembly};
use super::shelf::{Shelf, read};
use crate::{Action, CallError, Code, audit};

/// A definition as a form has it, or as a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AssemblyDraft {
    Definition(Box<AssemblyDefinition>),
    /// TOML.
    Text(String),
}

/// A draft to be looked at, with a job that it is tried on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CheckAssembly {
    pub draft: AssemblyDraft,
    #[serde(default)]
    pub specification: Option<Specification>,
    #[serde(default)]
    pub choice: AssemblyChoice,
}

/// What a draft is, what is wrong with it, and what it makes of the job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AssemblyChecked {
    /// `None` where the file cannot be read.
    pub definition: Option<AssemblyDefinition>,
    /// As a file.
    pub text: Option<String>,
    pub inputs: Vec<ShownInput>,
    /// Of the assembly, or of building the job up.
    pub problems: Vec<AssemblyProblem>,
    pub built: Option<BuildUp>,
}

/// A draft to be kept as the next version.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveAssembly {
    pub draft: AssemblyDraft,
    /// The assembly that was changed: under another id the draft is a new one.
    #[serde(default)]
    pub of: Option<String>,
    /// The version that was changed, so that nobody's work is lost; not of a new one.
    #[serde(default)]
    pub based_on: Option<u32>,
    /// What was changed.
    #[serde(default)]
    pub note: String,
}

/// An assembly of the shop made from another.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CopyAssembly {
    pub id: String,
    pub new_id: String,
    pub name: String,
}

/// Whether an assembly is offered.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PutAway {
    pub id: String,
    pub put_away: bool,
}

/// Says everything that is wrong with a draft, and tries it. Nothing is kept.
pub fn check_assembly(action: &Action, input: CheckAssembly) -> Result<AssemblyChecked, CallError> {
    let shelf = action.shelf()?;
    let definition = match definition(input.draft) {
        Ok(definition) => definition,
        Err(error) => {
            let (definition, text, built) = (None, None, None);
            return Ok(AssemblyChecked { definition, text, inputs: Vec::new(), problems: error.0, built });
        }
    };
    let mut checked = AssemblyChecked {
        text: Some(assembly::to_toml(&definition)),
        inputs: Vec::new(),
        problems: Vec::new(),
        built: None,
        definition: None,
    };
    checked.problems = wrong(&shelf, &definition);
    if let Some(Ok(read)) = read(&definition, &shelf.blocks()).filter(|_| checked.problems.is_empty()) {
        checked.inputs = list::inputs(&read);
        if let Some(specification) = &input.specification {
            let asked = asked(specification, &input.choice.given, action.today());
            match assembly::build_up(&read, &asked, &shelf.library) {
                Ok(built) => checked.built = Some(built),
                Err(error) => checked.problems = error.0,
            }
        }
    }
    checked.definition = Some(definition);
    Ok(checked)
}

/// Keeps a draft as the next version.
///
/// # Errors
/// `InvalidInput` with everything that is wrong, of a block in the assemblies that use it; `Conflict` where somebody else has saved
/// one in the meantime, or an id is taken.
pub fn save_assembly(action: &Action, input: SaveAssembly) -> Result<AssemblyShown, CallError> {
    let shelf = action.shelf()?;
    let mut definition = definition(input.draft).map_err(|error| refused(&error))?;
    let known = shelf.kept.iter().find(|kept| kept.definition.id == definition.id);
    let before = known.map(|kept| kept.definition.version);
    let is_another = input.of.as_ref().is_some_and(|of| *of != definition.id);
    refuse_other(before, input.based_on.filter(|_| !is_another), &definition)?;
    definition.version = 1 + before.unwrap_or(0);
    refuse_turning(&shelf, &definition)?;
    let wrong = wrong(&shelf, &definition);
    if !wrong.is_empty() {
        return Err(refused(&AssemblyError(wrong)));
    }
    let note = input.note.trim().to_owned();
    action.shop().write(|db| {
        // Between looking and writing another program may have saved one.
        let newest = assemblies::versions(db, &definition.id)?.first().map(|one| one.version);
        if newest.is_some_and(|newest| newest >= definition.version) {
            return Err(overtaken(&definition.id, newest));
        }
        assemblies::insert(db, &definition, &note, &action.options().user, action.now)?;
        let subject = format!("assembly {}", definition.id);
        audit::record(db, action, &subject, before.map(|version| ("version", version)), &(definition.version, &note))
    })?;
    action.changed("assemblies");
    show_assembly(action, AssemblyRef { id: definition.id, version: None })
}

/// # Errors
/// As [`save_assembly`]; `NotFound` where there is nothing to copy.
pub fn copy_assembly(action: &Action, input: CopyAssembly) -> Result<AssemblyShown, CallError> {
    let shelf = action.shelf()?;
    let from = &shelf.find(&input.id)?.definition;
    let copy = AssemblyDefinition {
        id: input.new_id.trim().to_owned(),
        name: input.name.trim().to_owned(),
        confirmed: false,
        ..from.clone()
    };
    let note = format!("copied from {}, version {}", from.name, from.version);
    let draft = AssemblyDraft::Definition(Box::new(copy));
    save_assembly(action, SaveAssembly { draft, of: None, based_on: None, note })
}

/// # Errors
/// `NotFound` where there is no such assembly; `Conflict` of a block.
pub fn put_away_assembly(action: &Action, input: PutAway) -> Result<Vec<AssemblyInfo>, CallError> {
    let shelf = action.shelf()?;
    if shelf.find(&input.id)?.definition.block {
        return Err(CallError::new(Code::Conflict, format!("\"{}\" is a part of other assemblies", input.id))
            .hint("Take it out of their \"uses\" instead."));
    }
    action.shop().write(|db| {
        if assemblies::set_put_away(db, &input.id, input.put_away)? {
            let said = if input.put_away { "put away" } else { "offered again" };
            audit::record(db, action, &format!("assembly {}", input.id), None::<()>, &said)?;
        }
        Ok::<_, CallError>(())
    })?;
    action.changed("assemblies");
    list::list_assemblies(action, crate::commands::Nothing {})
}

fn definition(draft: AssemblyDraft) -> Result<AssemblyDefinition, AssemblyError> {
    match draft {
        AssemblyDraft::Definition(definition) => Ok(*definition),
        AssemblyDraft::Text(text) => assembly::from_toml(&text),
    }
}

/// Everything that is wrong with it; of a block, what would be wrong with the assemblies that use it and are in order now.
fn wrong(shelf: &Shelf, definition: &AssemblyDefinition) -> Vec<AssemblyProblem> {
    let blocks = with(shelf, definition);
    let of = |one: &AssemblyDefinition| assembly::read(one, &blocks).err().map_or_else(Vec::new, |error| error.0);
    let mut wrong = dangling(shelf, definition);
    if !definition.block {
        wrong.extend(of(definition));
        return wrong;
    }
    let users = users(shelf, &definition.id).filter(|kept| kept.usable().is_some());
    let in_user = |user: &super::shelf::Kept| {
        let place = |problem: AssemblyProblem| AssemblyProblem {
            place: format!("{}, {}", user.definition.name, problem.place),
            ..problem
        };
        of(&user.definition).into_iter().map(place).collect::<Vec<_>>()
    };
    wrong.extend(users.flat_map(in_user));
    wrong
}

/// Items and rates that the shop does not have, and parts that cannot be told apart by their names.
fn dangling(shelf: &Shelf, definition: &AssemblyDefinition) -> Vec<AssemblyProblem> {
    let problem = |place: String, message: String| AssemblyProblem {
        place,
        message,
        formula: None,
        near: None,
        start: 0,
        end: 0,
        parts: Vec::new(),
    };
    let mut wrong = Vec::new();
    for (at, part) in definition.parts.iter().enumerate() {
        let place = format!("part \"{}\"", part.name);
        if let Some(item) = part.item.as_ref().filter(|item| shelf.library.item(item).is_none()) {
            let message = format!("there is no price of \"{item}\": add it to the prices first");
            wrong.push(problem(format!("{place}, item"), message));
        }
        if let Some(code) = part.code.as_ref().filter(|code| shelf.library.rate(code).is_none()) {
            wrong.push(problem(
                format!("{place}, code"),
                format!("there is no rate of \"{code}\": add it to the rates first"),
            ));
        }
        if definition.parts[..at].iter().any(|other| other.name == part.name) {
            wrong.push(problem(place, "another part has this name".to_owned()));
        }
    }
    wrong
}

/// The blocks of the shelf with this one in the place of its older version.
fn with(shelf: &Shelf, definition: &AssemblyDefinition) -> Vec<AssemblyDefinition> {
    let mut blocks = shelf.blocks();
    blocks.retain(|block| block.id != definition.id);
    if definition.block {
        blocks.push(definition.clone());
    }
    blocks
}

fn refuse_other(before: Option<u32>, based_on: Option<u32>, definition: &AssemblyDefinition) -> Result<(), CallError> {
    match (before, based_on) {
        (None, _) => Ok(()),
        (Some(_), None) => Err(CallError::new(Code::Conflict, format!("there is an assembly \"{}\"", definition.id))
            .hint("Choose another id, or change that one.")),
        (Some(before), Some(based_on)) if before != based_on => Err(overtaken(&definition.id, Some(before))),
        (Some(_), Some(_)) => Ok(()),
    }
}

fn overtaken(id: &str, newest: Option<u32>) -> CallError {
    let newest = newest.map_or_else(String::new, |version| format!(", version {version}"));
    CallError::new(Code::Conflict, format!("\"{id}\" was changed in the meantime{newest}"))
        .hint("Look at that version, then make your change there.")
}

/// What others use stays a block, and what is an assembly stays one.
fn refuse_turning(shelf: &Shelf, definition: &AssemblyDefinition) -> Result<(), CallError> {
    let Some(known) = shelf.kept.iter().find(|kept| kept.definition.id == definition.id) else { return Ok(()) };
    if known.definition.block == definition.block {
        return Ok(());
    }
    let is = if known.definition.block { "a block" } else { "an assembly" };
    Err(CallError::new(Code::Conflict, format!("\"{}\" must stay {is}", definition.id)).hint("Give it another id."))
}

fn users<'a>(shelf: &'a Shelf, id: &'a str) -> impl Iterator<Item = &'a super::shelf::Kept> {
    shelf.kept.iter().filter(move |kept| kept.definition.uses.iter().any(|used| used == id))
}
