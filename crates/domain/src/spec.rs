//! A specification: the drivers of one job. Open on purpose: a shop adds its own drivers without a change of schema.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The value of one driver. Lengths are feet, letter heights inches, areas square feet, speeds miles per hour,
/// as `driver::catalogue` says for the known ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum DriverValue {
    Flag(bool),
    Number(f64),
    Text(String),
}

impl DriverValue {
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(x) => Some(*x),
            Self::Flag(_) | Self::Text(_) => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Flag(_) | Self::Number(_) => None,
        }
    }
}

impl fmt::Display for DriverValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(true) => f.write_str("yes"),
            Self::Flag(false) => f.write_str("no"),
            Self::Number(x) => write!(f, "{x}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// The drivers of one job by name (`width`, `sign_type`, ...). A driver that is not known is absent, never zero.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(as = "BTreeMap<String, DriverValue>")]
pub struct Specification {
    pub drivers: BTreeMap<String, DriverValue>,
}

impl Specification {
    pub fn get(&self, name: &str) -> Option<&DriverValue> {
        self.drivers.get(name)
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.number()
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.text()
    }

    /// Absent counts as no.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(DriverValue::Flag(true)))
    }

    pub fn set(&mut self, name: impl Into<String>, value: DriverValue) {
        self.drivers.insert(name.into(), value);
    }

    /// Area of one face in square feet, from width and height.
    pub fn face_area(&self) -> Option<f64> {
        Some(self.number("width")? * self.number("height")?)
    }
}
