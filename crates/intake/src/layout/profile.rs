//! Layouts learned from what people corrected and confirmed.
//!
//! A profile knows a layout by its [`Fingerprint`] and, for each field, several ways to find it: a label and where the value
//! stands to it, or a place on the page. Each way is tried on every further example and counted; what does not give the
//! confirmed value is dropped, so that after a few examples only the ways that hold are left. Tables are known by their
//! header line and the edges of their columns.
//!
//! A profile holds labels, positions and counts, never a value. What is shared ([`LayoutProfile::shared`]) holds only words
//! that stood in every example and in no value. Nothing here learns from a value that no person has seen.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use signwright_domain::Currency;
use signwright_domain::record::{Extraction, Record, RecordKind, Word};

mod combine;
mod fingerprint;
mod page;
mod reading;
mod tables;
mod values;
mod ways;

pub use combine::combined;
pub use fingerprint::Fingerprint;
use page::Sheet;
pub use reading::{Learned, key_of, read, settled};
pub use tables::{ColumnEdges, TableEdges, TableProfile, edges_of, rows};
pub use values::{ValueKind, at, find, kind_of, understood};
pub use ways::{FieldProfile, Side, Take, Way};

/// The version of the file format.
const FORMAT: u32 = 1;
/// More than this in one profile is no profile of ours.
const MOST_FIELDS: usize = 200;
const MOST_WAYS: usize = 24;
const MOST_WORDS: usize = 600;

/// What is known of one layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutProfile {
    pub format: u32,
    /// What documents of this layout are about.
    pub kind: RecordKind,
    /// How many documents it was learned from.
    pub examples: u32,
    pub fingerprint: Fingerprint,
    /// Whether its dates were seen with the day first or the month first; `None` where none could tell.
    pub day_first: Option<bool>,
    pub fields: BTreeMap<String, FieldProfile>,
    pub tables: Vec<TableProfile>,
}

/// The words of a document and the sizes of its pages, which is all that a layout is learned from.
#[derive(Clone, Copy, Debug)]
pub struct Printed<'a> {
    pub words: &'a [Word],
    pub page_sizes: &'a [[f64; 2]],
    /// The shop's currency.
    pub currency: Currency,
}

impl<'a> Printed<'a> {
    pub fn of(extraction: &'a Extraction, currency: Currency) -> Self {
        Self { words: &extraction.words, page_sizes: &extraction.page_sizes, currency }
    }
}

/// Why a file is no profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    #[error("this is no layout profile: {0}")]
    NotAProfile(String),
    #[error("the layout profile has format {found}, and formats up to {FORMAT} are read")]
    Newer { found: u32 },
    #[error(
        "a layout is shared once two documents of it are confirmed, because only then labels can be told from other text"
    )]
    TooFewExamples,
}

/// Learns from one document and its confirmed record; `None` begins a profile. `again` corrects what this document taught
/// before instead of counting it as another example.
pub fn learn(known: Option<LayoutProfile>, printed: &Printed<'_>, confirmed: &Record, again: bool) -> LayoutProfile {
    let sheet = Sheet::of(printed);
    let hidden = values::Hidden::of(confirmed);
    let mut profile = known.unwrap_or_else(|| LayoutProfile {
        format: FORMAT,
        kind: confirmed.kind,
        examples: 0,
        fingerprint: Fingerprint::default(),
        day_first: None,
        fields: BTreeMap::new(),
        tables: Vec::new(),
    });
    let values = values::Values::of(&sheet, printed.currency, profile.day_first);
    profile.day_first = values.day_first.or(profile.day_first);
    profile.fingerprint = if profile.examples == 0 {
        Fingerprint::of(&sheet, &hidden)
    } else {
        profile.fingerprint.shared_with(&sheet, &hidden)
    };
    for (name, field) in &confirmed.fields {
        let known = profile.fields.entry(name.clone()).or_insert_with(|| FieldProfile::new(kind_of(field)));
        known.learn(&sheet, &values, field, &hidden, again);
    }
    for (name, known) in &mut profile.fields {
        if !confirmed.fields.contains_key(name) && !again {
            known.learn_absence(&sheet, &values);
        }
    }
    tables::learn(&mut profile.tables, &sheet, &confirmed.lines, &hidden);
    profile.examples += u32::from(!again || profile.examples == 0);
    profile
}

/// The profile whose layout the document has, with how alike they are: 0 to 1.
pub fn recognised<'p>(
    profiles: impl IntoIterator<Item = &'p LayoutProfile>,
    printed: &Printed<'_>,
) -> Option<(usize, f64)> {
    let sheet = Sheet::of(printed);
    let alike = profiles.into_iter().enumerate().filter_map(|(place, profile)| {
        let likeness = profile.fingerprint.likeness(&sheet);
        (likeness >= fingerprint::threshold(profile.examples)).then_some((place, likeness, profile.examples))
    });
    alike.max_by(|a, b| a.1.total_cmp(&b.1).then(a.2.cmp(&b.2))).map(|(place, likeness, _)| (place, likeness))
}

impl LayoutProfile {
    /// The profile as it may leave the shop: only what at least two documents have shown to be print and not content.
    /// `private` are words of the shop's customers and people in capitals.
    pub fn shared(&self, private: &BTreeSet<String>) -> Result<Self, ProfileError> {
        if self.examples < 2 {
            return Err(ProfileError::TooFewExamples);
        }
        let mut shared = self.clone();
        shared.fingerprint.forget(private);
        for field in shared.fields.values_mut() {
            field.ways.retain(|way| way.hits >= 2 && !way.names(private));
        }
        shared.fields.retain(|_, field| !field.ways.is_empty());
        for table in &mut shared.tables {
            table.keep_proven(private);
        }
        shared.tables.retain(|table| table.seen >= 2);
        Ok(shared)
    }

    /// Reads a shared profile, refusing what is none.
    pub fn from_json(text: &str) -> Result<Self, ProfileError> {
        let wrong = |what: &str| ProfileError::NotAProfile(what.to_owned());
        let value: serde_json::Value =
            serde_json::from_str(text).map_err(|error| ProfileError::NotAProfile(error.to_string()))?;
        let found = value.get("format").and_then(serde_json::Value::as_u64).ok_or_else(|| wrong("it has no format"))?;
        if found > u64::from(FORMAT) {
            return Err(ProfileError::Newer { found: u32::try_from(found).unwrap_or(u32::MAX) });
        }
        let profile: Self =
            serde_json::from_value(value).map_err(|error| ProfileError::NotAProfile(error.to_string()))?;
        let ways = profile.fields.values().map(|field| field.ways.len()).max().unwrap_or(0);
        if profile.fields.len() > MOST_FIELDS || ways > MOST_WAYS || profile.fingerprint.words.len() > MOST_WORDS {
            return Err(wrong("it is larger than any layout"));
        }
        Ok(profile)
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a profile is plain data")
    }
}
