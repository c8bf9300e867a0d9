//! The drivers that the estimate form offers.

use serde::{Deserialize, Serialize};
use signwright_domain::driver::{self, DriverGroup, DriverKind};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::{Action, CallError};

/// A known driver of cost, as the form shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DriverInfo {
    pub name: String,
    pub label: String,
    /// `sign`, `structure`, `site` or `commercial`.
    pub group: String,
    /// `number`, `choice`, `flag` or `text`.
    pub kind: String,
    pub unit: String,
    /// Limits of a number, in its unit.
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub step: Option<f64>,
    pub choices: Vec<DriverChoice>,
    pub help: String,
}

/// An allowed value and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DriverChoice {
    pub value: String,
    pub label: String,
}

pub fn list_drivers(_: &Action, _: Nothing) -> Result<Vec<DriverInfo>, CallError> {
    Ok(driver::catalogue().iter().map(info).collect())
}

fn info(driver: &driver::Driver) -> DriverInfo {
    let group = match driver.group {
        DriverGroup::Sign => "sign",
        DriverGroup::Structure => "structure",
        DriverGroup::Site => "site",
        DriverGroup::Commercial => "commercial",
    };
    let mut info = DriverInfo {
        name: driver.name.to_owned(),
        label: driver.label.to_owned(),
        group: group.to_owned(),
        kind: String::new(),
        unit: String::new(),
        min: None,
        max: None,
        step: None,
        choices: Vec::new(),
        help: driver.help.to_owned(),
    };
    match &driver.kind {
        DriverKind::Number { unit, min, max, step } => {
            info.kind = "number".to_owned();
            info.unit = (*unit).to_owned();
            (info.min, info.max, info.step) = (Some(*min), Some(*max), Some(*step));
        }
        DriverKind::Choice { choices } => {
            info.kind = "choice".to_owned();
            let choice = |c: &driver::Choice| DriverChoice { value: c.value.to_owned(), label: c.label.to_owned() };
            info.choices = choices.iter().map(choice).collect();
        }
        DriverKind::Flag => info.kind = "flag".to_owned(),
        DriverKind::Text => info.kind = "text".to_owned(),
    }
    info
}
