//! The card of a model on paper.

use serde::{Deserialize, Serialize};
use signwright_report::documents::model_card;
use signwright_store::{models, settings};
use ts_rs::TS;

use super::{By, letterhead, printed};
use crate::models::{ModelRef, show_model};
use crate::shop::{FileWritten, target, written};
use crate::train::TARGET;
use crate::{Action, CallError};

/// Which card is written where.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WriteModelPdf {
    /// Without it the model in use.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub id: Option<i64>,
    /// Without it a file in the exports folder beside the shop.
    #[serde(default)]
    pub path: Option<String>,
    /// By the template that comes with the program, even where the shop has its own.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub shipped: bool,
}

pub fn write_model_pdf(action: &Action, input: WriteModelPdf) -> Result<FileWritten, CallError> {
    let model = match input.id {
        Some(id) => show_model(action, ModelRef { id })?,
        None => models::champion(&action.shop().read(), TARGET)?
            .ok_or_else(|| CallError::not_found("model in use").hint("Train one on your finished jobs first."))?,
    };
    let currency = settings::currency(&action.shop().read())?;
    let manuscript = model_card(&model, currency, &letterhead(action)?)?;
    let bytes = printed(action, manuscript, By::asked(input.shipped))?;
    written(action, &target(action, input.path.as_deref(), &format!("model-{}-card.pdf", model.id)), &bytes)
}
