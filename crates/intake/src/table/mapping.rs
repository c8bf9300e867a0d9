//! A mapping: what a person or a profile says about a table, in place of what the reader would guess. Written as TOML
//! (`MAP.toml`, the ready profiles) and as JSON (the window, the shop's own profiles). What it does not say is guessed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::Currency;
use signwright_domain::record::RecordKind;
use ts_rs::TS;

use super::columns::HeaderText;
use super::fields;
use crate::dates::DateOrder;

/// What is said about a table. Headers are compared without regard to case, spaces and common abbreviations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct Mapping {
    /// The name of the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<RecordKind>,
    /// Headers that a file must all have for the profile to be taken without being named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>")]
    pub recognise: Vec<String>,
    /// Such as `windows-1252`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The only sheet to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// From 1, as a spreadsheet shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// 1 or 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_rows: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalStyle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    /// Of amounts that name none; the shop's own where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// What one unit of another currency is worth in the shop's: amounts in it are converted, their text is kept.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(type = "Record<string, string>", optional)]
    pub rates: BTreeMap<String, Decimal>,
    /// The field that rows with one filled cell, standing above the rows they speak of, give to these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Columns whose empty cells mean the value above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>")]
    pub fill_down: Vec<String>,
    /// By header.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, ColumnMapping>>")]
    pub columns: BTreeMap<String, ColumnMapping>,
}

/// What one column is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(
    untagged,
    expecting = "a column is a field's name, false, or a table of field, driver, unit, sign, decimal, dates, currency, \
                 values, split and join"
)]
pub enum ColumnMapping {
    /// `false`: it is not read. `true`: it is read as the reader guesses.
    Used(bool),
    /// The name of a field; `driver` makes it a driver of the shop's own.
    Field(String),
    Rule(Box<ColumnRule>),
}

/// All that can be said about a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct ColumnRule {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The name of a driver of the shop's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub driver: Option<String>,
    /// The unit its numbers are in, such as `in`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign: Option<SignRule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalStyle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// A cell on the left is read as the text on the right.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, String>>")]
    pub values: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
    /// Columns whose cells follow this one's with `-` between them: a year and its month.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>")]
    pub join: Vec<String>,
}

/// One column that holds several fields: `10 x 6 ft` is a width and a height.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The text between the parts, in any case.
    pub at: String,
    /// The fields of the parts in order; an empty name leaves a part out.
    pub into: Vec<String>,
}

/// What becomes of the signs of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignRule {
    /// What is printed positive is meant negative, and the other way round.
    Reversed,
    /// The sign is left out.
    Absolute,
}

/// Which character stands before the cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecimalStyle {
    Point,
    Comma,
}

impl Mapping {
    /// Reads a mapping from TOML and checks the names in it.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let mapping: Self = toml::from_str(text).map_err(|error| error.to_string().trim().to_owned())?;
        mapping.check().map(|()| mapping)
    }

    /// The mapping as people write it.
    pub fn to_toml(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|error| error.to_string())
    }

    /// Why the mapping cannot be used: a field that its kind does not have.
    pub fn check(&self) -> Result<(), String> {
        let Some(kind) = self.kind else { return Ok(()) };
        let known = fields::of(kind).ok_or_else(|| format!("{} is no kind of table", kind.label()))?;
        let names = self.columns.iter().flat_map(|(header, column)| {
            column.fields().into_iter().map(move |field| (header.as_str(), field.to_owned()))
        });
        let section = self.section.iter().map(|field| ("section", field.clone()));
        for (header, field) in names.chain(section) {
            let reserved = field == DRIVER || field == CURRENCY || field.is_empty();
            let of_head = kind == RecordKind::CostSummary
                && fields::of(RecordKind::WorkOrder).is_some_and(|head| head.field(&field).is_some());
            if !reserved && !of_head && known.field(&field).is_none() {
                let kind = kind.label();
                let known = known.fields.iter().map(|one| one.field).collect::<Vec<_>>().join(", ");
                return Err(format!("\"{header}\": a {kind} has no field {field}; it has {known}"));
            }
        }
        Ok(())
    }

    /// What is said about the column with this header.
    pub fn column(&self, header: &str) -> Option<&ColumnMapping> {
        if let Some(exact) = self.columns.get(header.trim()) {
            return Some(exact);
        }
        let plain = HeaderText::of(header).plain;
        self.columns.iter().find(|(name, _)| HeaderText::of(name).plain == plain).map(|(_, column)| column)
    }

    /// What is said about cells and columns, without what is said about this one file's shape.
    pub fn about_content_and_columns(self) -> Self {
        let (columns, recognise) = (self.columns.clone(), self.recognise.clone());
        Self { columns, recognise, header_rows: None, ..self.about_content() }
    }

    /// What is said about the cells, without what is said about this one file's shape.
    pub(super) fn about_content(self) -> Self {
        Self { header_row: None, sheet: None, encoding: None, delimiter: None, columns: BTreeMap::new(), ..self }
    }
}

/// As a field's name: a driver of the shop's own, called by its header.
pub(super) const DRIVER: &str = "driver";
/// As a field's name: the currency of the row's amounts.
pub(super) const CURRENCY: &str = "currency";

impl ColumnMapping {
    /// The fields it fills.
    fn fields(&self) -> Vec<&str> {
        match self {
            Self::Used(_) => Vec::new(),
            Self::Field(field) => vec![field],
            Self::Rule(rule) => {
                let split = rule.split.iter().flat_map(|split| split.into.iter().map(String::as_str));
                rule.field.iter().map(String::as_str).chain(split).collect()
            }
        }
    }

    /// Whether it says more than a field.
    pub(super) fn is_detailed(&self) -> bool {
        match self {
            Self::Used(_) | Self::Field(_) => false,
            Self::Rule(rule) => {
                **rule != ColumnRule { field: rule.field.clone(), driver: rule.driver.clone(), ..ColumnRule::default() }
            }
        }
    }

    /// The same as a full rule; `None` where the column is not read or nothing is said.
    pub(super) fn rule(&self) -> Option<ColumnRule> {
        match self {
            Self::Used(_) => None,
            Self::Field(field) if field == DRIVER => {
                Some(ColumnRule { driver: Some(String::new()), ..ColumnRule::default() })
            }
            Self::Field(field) => Some(ColumnRule { field: Some(field.clone()), ..ColumnRule::default() }),
            Self::Rule(rule) => Some((**rule).clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_short_where_little_is_said() {
        let text = "kind = \"quote\"\ndates = \"day_first\"\n[columns]\n\"Quote No\" = \"quote_number\"\nNotes = false\nGauge = \"driver\"\n\
                    [columns.Size]\nsplit = { at = \"x\", into = [\"width\", \"height\"] }\n";
        let mapping = Mapping::from_toml(text).expect("a mapping");
        assert_eq!(mapping.column("quote no"), Some(&ColumnMapping::Field("quote_number".to_owned())));
        assert_eq!(mapping.column("Notes"), Some(&ColumnMapping::Used(false)));
        let again: Mapping = serde_json::from_value(serde_json::to_value(&mapping).expect("json")).expect("mapping");
        assert_eq!(again, mapping);
    }

    #[test]
    fn a_field_that_the_kind_does_not_have_is_named() {
        let wrong = Mapping::from_toml("kind = \"quote\"\n[columns]\nTotal = \"totl\"\n").expect_err("no such field");
        assert!(wrong.starts_with("\"Total\": a quote has no field totl; it has quote_number"), "{wrong}");
        assert!(Mapping::from_toml("colums = 1").is_err());
    }
}
