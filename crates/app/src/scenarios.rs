//! Variants of an estimate that are kept under a name, and compared.
//!
//! What was said of a variant is kept as it was said. Comparing asks anew: figures of one model can be compared, those of two
//! cannot.

mod changes;
mod compare;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use signwright_domain::Specification;
use signwright_domain::estimate::Estimate;
use signwright_store::scenarios;
use ts_rs::TS;

use crate::estimates::{CreateEstimate, create_estimate};
use crate::{Action, CallError, Code, audit, estimates};

pub(crate) use changes::outside_of_type;
pub use compare::{
    CauseDifference, CompareScenarios, Compared, ComparedDriver, Comparison, DriverDifference, Figures,
    compare_scenarios,
};
pub use signwright_store::scenarios::Scenario;

/// A variant to be kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveScenario {
    /// The saved estimate that it varies.
    #[ts(type = "number")]
    pub estimate_id: i64,
    pub name: String,
    /// All drivers of the variant, also those that stay.
    pub specification: Specification,
}

/// The estimate whose variants are meant.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ScenariosOf {
    #[ts(type = "number")]
    pub estimate_id: i64,
}

/// Names a variant.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ScenarioRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// Another name for a variant.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RenameScenario {
    #[ts(type = "number")]
    pub id: i64,
    pub name: String,
}

/// A variant in the list of its estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ListedScenario {
    pub scenario: Scenario,
    /// In what it differs from the estimate: "Height 12 ft instead of 15 ft".
    pub changes: Vec<String>,
    /// What of it no finished job of its type had, in sentences.
    pub unseen: Vec<String>,
}

/// Estimates the variant as of the day of its estimate, and keeps it with the answer.
///
/// # Errors
/// `Conflict` where the estimate has a variant of this name, or where nothing differs; what `create_estimate` refuses.
pub fn save_scenario(action: &Action, input: SaveScenario) -> Result<ListedScenario, CallError> {
    let estimate = estimates::get(action, input.estimate_id)?;
    let name = given(&input.name)?.to_owned();
    let said = ask(action, &estimate, input.specification)?;
    if changes::differing(&[&estimate.specification, &said.specification]).is_empty() {
        return Err(CallError::new(Code::Conflict, format!("\"{name}\" is the same as the estimate"))
            .hint("Change a driver first."));
    }
    let who = action.options().user.clone();
    let mut scenario = Scenario { id: 0, estimate_id: input.estimate_id, name, who, at: action.now, said };
    scenario.id = action.shop().write(|db| {
        refuse_taken(&scenarios::of_estimate(db, input.estimate_id)?, &scenario.name, None)?;
        let id = scenarios::insert(db, &scenario)?;
        audit::record(db, action, &subject(id), None::<()>, &(&scenario.name, scenario.said.cost))?;
        Ok::<_, CallError>(id)
    })?;
    action.changed("estimates");
    listed(action, &estimate, scenario)
}

pub fn list_scenarios(action: &Action, input: ScenariosOf) -> Result<Vec<ListedScenario>, CallError> {
    let estimate = estimates::get(action, input.estimate_id)?;
    let found = scenarios::of_estimate(&action.shop().read(), input.estimate_id)?;
    found.into_iter().map(|scenario| listed(action, &estimate, scenario)).collect()
}

pub fn rename_scenario(action: &Action, input: RenameScenario) -> Result<ListedScenario, CallError> {
    let before = get(action, input.id)?;
    let name = given(&input.name)?;
    action.shop().write(|db| {
        refuse_taken(&scenarios::of_estimate(db, before.estimate_id)?, name, Some(input.id))?;
        scenarios::rename(db, input.id, name)?;
        audit::record(db, action, &subject(input.id), Some(&before.name), &name)
    })?;
    action.changed("estimates");
    let estimate = estimates::get(action, before.estimate_id)?;
    listed(action, &estimate, get(action, input.id)?)
}

/// Forgets a variant and gives back what it was; the event log keeps its name and its cost.
pub fn delete_scenario(action: &Action, input: ScenarioRef) -> Result<Scenario, CallError> {
    let before = get(action, input.id)?;
    action.shop().write(|db| {
        scenarios::delete(db, input.id)?;
        audit::record(db, action, &subject(input.id), Some((&before.name, before.said.cost)), &"deleted")
    })?;
    action.changed("estimates");
    Ok(before)
}

fn get(action: &Action, id: i64) -> Result<Scenario, CallError> {
    scenarios::get(&action.shop().read(), id)?.ok_or_else(|| CallError::not_found(format!("scenario with id {id}")))
}

/// What a specification costs now, as of the day of an estimate.
fn ask(action: &Action, estimate: &Estimate, specification: Specification) -> Result<Estimate, CallError> {
    let quoted_on = Some(estimate.quoted_on);
    create_estimate(
        action,
        CreateEstimate {
            title: estimate.title.clone(),
            specification,
            quoted_on,
            save: false,
            ..CreateEstimate::default()
        },
    )
}

fn listed(action: &Action, estimate: &Estimate, scenario: Scenario) -> Result<ListedScenario, CallError> {
    let (from, to) = (&estimate.specification, &scenario.said.specification);
    let changes = changes::in_words(from, to);
    let unseen = changes::unseen(&action.experience()?.history, from, to);
    Ok(ListedScenario { scenario, changes, unseen })
}

fn given(name: &str) -> Result<&str, CallError> {
    match name.trim() {
        "" => Err(CallError::invalid("a scenario needs a name")),
        name => Ok(name),
    }
}

fn refuse_taken(known: &[Scenario], name: &str, but: Option<i64>) -> Result<(), CallError> {
    let taken = known.iter().any(|one| one.name == name && Some(one.id) != but);
    let conflict = || CallError::new(Code::Conflict, format!("this estimate has a scenario called \"{name}\""));
    if taken { Err(conflict().hint("Choose another name, or delete that one first.")) } else { Ok(()) }
}

fn subject(id: i64) -> String {
    format!("scenario {id}")
}
