//! What was refused, grouped by what repairs it: one kind of fault in one column is one thing to do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use signwright_domain::record::{Reject, RejectReason};
use ts_rs::TS;

/// Rejects that one repair would settle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RefusedGroup {
    pub reason: RejectReason,
    /// `None` where whole rows were refused.
    pub field: Option<String>,
    pub count: u32,
    /// What to do, in a sentence.
    pub repair: String,
    /// The first ones.
    pub examples: Vec<Reject>,
}

/// Rejects as they come in, counted.
#[derive(Debug, Default)]
pub(super) struct Refused {
    groups: BTreeMap<(RejectReason, Option<String>), RefusedGroup>,
}

const EXAMPLES: usize = 3;

impl Refused {
    pub(super) fn add(&mut self, reject: &Reject) {
        let group = self.groups.entry((reject.reason, reject.field.clone())).or_insert_with(|| RefusedGroup {
            reason: reject.reason,
            field: reject.field.clone(),
            count: 0,
            repair: repair(reject.reason).to_owned(),
            examples: Vec::new(),
        });
        group.count += 1;
        if group.examples.len() < EXAMPLES {
            group.examples.push(reject.clone());
        }
    }

    /// The largest first.
    pub(super) fn groups(self) -> Vec<RefusedGroup> {
        let mut groups: Vec<RefusedGroup> = self.groups.into_values().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.count));
        groups
    }
}

fn repair(reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::NotANumber => {
            "Correct the numbers, or say in the mapping which decimal mark, unit or currency the column has."
        }
        RejectReason::NotADate => "Correct the dates, or say in the mapping whether the day or the month comes first.",
        RejectReason::NotAFlag => "Write yes or no, or give the column's words their meaning in the mapping (values).",
        RejectReason::MissingKey => "Give each row its number, or map the column that holds it.",
        RejectReason::DuplicateKey => "Give each record its own number, or delete the row that is wrong.",
        RejectReason::WrongShape => {
            "Put texts that hold a separator in quotes and replace broken formulas; where columns have names of your own, a \
             mapping says what they are."
        }
        RejectReason::DoesNotAddUp => "Compare the lines with the printed total.",
        RejectReason::NoTextLayer => "Export the document as text instead of scanning it.",
        RejectReason::NeedsPassword => "Give the password at the import, or save a copy without one.",
        RejectReason::Damaged => "Export the file again.",
        RejectReason::TooLarge => "Split the file.",
        RejectReason::UnknownLayout => "Enter the values by hand, or export the list as a table.",
    }
}
