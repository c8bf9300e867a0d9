//! The systems whose import files are ready.

use super::layout::{Layout, layout};
use crate::ConnectError;

/// A system with a ready layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    Salesforce,
    Hubspot,
    Quickbooks,
    Odoo,
    Keyedin,
}

impl System {
    pub const ALL: [Self; 5] = [Self::Salesforce, Self::Hubspot, Self::Quickbooks, Self::Odoo, Self::Keyedin];

    /// The start of the names of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Salesforce => "salesforce",
            Self::Hubspot => "hubspot",
            Self::Quickbooks => "quickbooks",
            Self::Odoo => "odoo",
            Self::Keyedin => "keyedin",
        }
    }

    pub fn layout(self) -> Result<Layout, ConnectError> {
        layout(match self {
            Self::Salesforce => include_str!("formats/salesforce.toml"),
            Self::Hubspot => include_str!("formats/hubspot.toml"),
            Self::Quickbooks => include_str!("formats/quickbooks.toml"),
            Self::Odoo => include_str!("formats/odoo.toml"),
            Self::Keyedin => include_str!("formats/keyedin.toml"),
        })
    }
}
