//! The quote as the customer gets it.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use signwright_report::documents::{Letterhead, quote_pdf};
use signwright_store::settings;
use ts_rs::TS;

use super::{get, version};
use crate::shop::{FileWritten, target, written};
use crate::{Action, CallError};

/// Which quote is written where.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WriteQuotePdf {
    #[ts(type = "number")]
    pub id: i64,
    /// The last one when not given.
    #[serde(default)]
    pub version: Option<u32>,
    /// Without it a file in the exports folder beside the shop.
    #[serde(default)]
    pub path: Option<String>,
}

pub fn write_quote_pdf(action: &Action, input: WriteQuotePdf) -> Result<FileWritten, CallError> {
    let mut quote = get(action, input.id)?;
    if let Some(number) = input.version {
        let asked = version(&quote, number)?.version;
        quote.versions.retain(|version| version.version <= asked);
    }
    let bytes = quote_pdf(&quote, &letterhead(action)?)?;
    let name = format!("{}-v{}.pdf", quote.number, quote.active().version);
    written(action, &target(action, input.path.as_deref(), &name), &bytes)
}

pub(crate) fn letterhead(action: &Action) -> Result<Letterhead, CallError> {
    let shop = settings::shop(&action.shop().read())?;
    Ok(Letterhead {
        address: shop.address.lines().map(str::to_owned).collect(),
        phone: shop.phone,
        email: shop.email,
        time_zone: TimeZone::system(),
        ..Letterhead::new(shop.name)
    })
}
