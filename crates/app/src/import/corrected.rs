//! What a person has corrected in a table stays when the table is read again, as long as it reads no value in that place.

use std::collections::HashMap;

use signwright_domain::record::{Field, Record, RecordKind};
use signwright_store::{Db, records};

use crate::CallError;
use crate::rejects::CORRECTED_BY;

/// Corrected values by the record they are in.
#[derive(Debug, Default)]
pub(super) struct Corrected {
    values: HashMap<(RecordKind, String), Vec<(String, Field)>>,
}

impl Corrected {
    /// Those of one document.
    pub(super) fn of(db: &Db<'_>, sha256: &str) -> Result<Self, CallError> {
        let mut values = HashMap::new();
        for source in records::corrected(db, sha256, CORRECTED_BY)? {
            let record = source.record;
            let by_hand = record.fields.into_iter().filter(|(_, field)| field.found_by.starts_with(CORRECTED_BY));
            values.insert((record.kind, record.key), by_hand.collect());
        }
        Ok(Self { values })
    }

    /// Puts them into rows that have none there.
    pub(super) fn keep_in(&self, records: &mut [Record]) {
        if self.values.is_empty() {
            return;
        }
        for record in records {
            let Some(values) = self.values.get(&(record.kind, record.key.clone())) else { continue };
            for (name, field) in values {
                record.fields.entry(name.clone()).or_insert_with(|| field.clone());
            }
        }
    }
}
