//! What an upsert did.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What storing something came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Created,
    Updated,
    Unchanged,
}
