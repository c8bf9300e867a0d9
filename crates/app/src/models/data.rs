//! The rows that a model has learned from, out of the shop as a Parquet file.

use serde::{Deserialize, Serialize};
use signwright_store::training_data;
use ts_rs::TS;

use super::get;
use crate::shop::{FileWritten, target, written};
use crate::{Action, CallError, Code};

/// Which model's rows are written where.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WriteModelData {
    #[ts(type = "number")]
    pub id: i64,
    /// Without it a file in the exports folder beside the shop.
    #[serde(default)]
    pub path: Option<String>,
}

pub fn write_model_data(action: &Action, input: WriteModelData) -> Result<FileWritten, CallError> {
    let model = get(action, input.id)?;
    let bytes = training_data::parquet(&action.shop().read(), &model.card.data_hash)?
        .ok_or_else(|| not_kept(input.id, &model.card.version))?;
    let name = format!("model-{}-rows.parquet", input.id);
    written(action, &target(action, input.path.as_deref(), &name), &bytes)
}

pub(super) fn not_kept(id: i64, version: &str) -> CallError {
    let message =
        format!("the rows that model {id} has learned from were not kept by version {version}, which trained it");
    CallError::new(Code::NotFound, message)
        .hint("Those of every model that is trained from now on are: signwright train.")
}
