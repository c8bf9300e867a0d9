//! How a table was understood: shown to a person before anything is stored, changed by a [`Mapping`], kept with the import.

use serde::{Deserialize, Serialize};
use signwright_domain::record::RecordKind;
use ts_rs::TS;

use super::mapping::{ColumnMapping, ColumnRule, DecimalStyle, Mapping};
use crate::dates::DateOrder;

/// One table as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Understood {
    pub kind: Option<RecordKind>,
    /// The profile whose columns these are: one of the shop's, or one that is ready for a known program.
    pub profile: Option<String>,
    /// Of a text file: `UTF-8`, `windows-1252`.
    pub encoding: Option<String>,
    /// Of a text file.
    pub delimiter: Option<char>,
    /// Of a workbook.
    pub sheet: Option<String>,
    /// From 1, as a spreadsheet counts. The first one where there are two.
    pub header_row: u32,
    /// 1, or 2 where names stand in two rows.
    pub header_rows: u32,
    /// Rows below the header, without empty ones.
    pub rows: u32,
    /// Every column below the first one is a series of its own, one row per month.
    pub wide: bool,
    /// Fields of the key that no column fills yet: no row can be taken before.
    pub missing: Vec<String>,
    /// The fields whose values make the key of a record; empty where a record is known by its whole contents alone.
    pub key: Vec<String>,
    pub columns: Vec<ColumnUse>,
    /// How dates written as numbers are read, where the table has such dates.
    pub date_order: Option<DateOrder>,
    /// Whether most number columns write `1.234,50`.
    pub decimal_comma: bool,
    /// Rows that are no records and no errors: totals, sections, repeated headers, remarks, exact repetitions. The first
    /// ones; `set_aside_count` counts all.
    pub set_aside: Vec<SetAside>,
    pub set_aside_count: u32,
    /// Sheets of the same file that hold no table that is known.
    pub sheets_not_read: Vec<String>,
}

/// What one column is used for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ColumnUse {
    /// From 1.
    pub column: u32,
    pub header: String,
    /// The field it fills; `None` where it is not used. A column that is split names the first of its fields.
    pub field: Option<String>,
    pub role: ColumnRole,
    /// How sure the use is, 0 to 1: by its name, and by how much of the column reads as that field wants. 0 where it is
    /// not used.
    pub confidence: f64,
    /// The unit its values are in, where the header or the mapping names one.
    pub unit: Option<String>,
    /// The first different values.
    pub samples: Vec<String>,
    /// Other uses that its name and its values would allow, the likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// What a person should know: "inches, converted to feet".
    pub note: Option<String>,
}

/// What a column is to the shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    Field,
    /// A driver of the shop's own.
    Driver,
    /// Not used, but it holds numbers or categories and could be a driver.
    Offered,
    #[default]
    Unused,
}

/// A field that a column could fill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Suggestion {
    pub field: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// A row that was deliberately not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetAside {
    pub row: u32,
    pub raw: String,
    pub why: String,
}

/// So many rows that are set aside are named.
const NAMED: usize = 200;

impl Understood {
    /// How many columns fill a field.
    pub fn used(&self) -> usize {
        self.columns.iter().filter(|column| column.field.is_some()).count()
    }

    /// The whole understanding as a mapping: to be changed by a person, or to be kept as a profile. What `given` says
    /// beyond fields (splits, values, signs) stays.
    pub fn to_mapping(&self, given: Option<&Mapping>) -> Mapping {
        let column = |one: &ColumnUse| {
            let rule = given.and_then(|mapping| mapping.column(&one.header)).filter(|rule| rule.is_detailed());
            let short = || match (one.role, &one.field) {
                (ColumnRole::Field, Some(field)) => ColumnMapping::Field(field.clone()),
                (ColumnRole::Driver, Some(driver)) => {
                    ColumnMapping::Rule(Box::new(ColumnRule { driver: Some(driver.clone()), ..ColumnRule::default() }))
                }
                (ColumnRole::Field | ColumnRole::Driver | ColumnRole::Offered | ColumnRole::Unused, _) => {
                    ColumnMapping::Used(false)
                }
            };
            (one.header.clone(), rule.cloned().unwrap_or_else(short))
        };
        let used = self.columns.iter().filter(|one| one.field.is_some()).map(|one| one.header.clone());
        Mapping {
            name: self.profile.clone(),
            kind: self.kind,
            recognise: used.collect(),
            dates: self.date_order,
            decimal: Some(if self.decimal_comma { DecimalStyle::Comma } else { DecimalStyle::Point }),
            header_rows: (self.header_rows > 1).then_some(self.header_rows),
            columns: self.columns.iter().map(column).collect(),
            ..given.cloned().unwrap_or_default().about_content()
        }
    }

    pub(super) fn put_aside(&mut self, row: u32, raw: impl FnOnce() -> String, why: impl Into<String>) {
        self.set_aside_count += 1;
        if self.set_aside.len() < NAMED {
            self.set_aside.push(SetAside { row, raw: raw(), why: why.into() });
        }
    }
}
