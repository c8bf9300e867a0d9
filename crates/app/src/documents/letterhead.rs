//! The shop's logo and colour, and whether its quotes show a price per line.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use signwright_report::documents::{Letterhead, Pricing};
use signwright_store::settings;
use ts_rs::TS;

use crate::commands::Nothing;
use crate::{Action, CallError, audit};

const KEY: &str = "letterhead";
/// A larger logo makes every document as large.
const LARGEST_LOGO: usize = 1 << 20;

/// How a customer sees prices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PricingForm {
    /// A price for every line.
    #[default]
    Itemised,
    /// One price for all lines.
    LumpSum,
}

impl From<PricingForm> for Pricing {
    fn from(form: PricingForm) -> Self {
        match form {
            PricingForm::Itemised => Self::Itemised,
            PricingForm::LumpSum => Self::LumpSum,
        }
    }
}

/// How the shop's documents look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LetterheadSettings {
    /// `#rrggbb`
    pub accent: String,
    /// The bytes of a PNG or SVG image of at most 1 MB, in base64.
    pub logo: Option<String>,
    /// How quotes are printed where nothing else is said.
    pub pricing: PricingForm,
}

impl Default for LetterheadSettings {
    fn default() -> Self {
        Self { accent: Letterhead::new("").accent, logo: None, pricing: PricingForm::Itemised }
    }
}

pub fn show_letterhead(action: &Action, _: Nothing) -> Result<LetterheadSettings, CallError> {
    Ok(settings::get(&action.shop().read(), KEY)?.unwrap_or_default())
}

/// Nothing is kept that a document could not be printed with.
pub fn save_letterhead(action: &Action, input: LetterheadSettings) -> Result<LetterheadSettings, CallError> {
    let logo = logo(&input)?;
    if logo.as_ref().is_some_and(|bytes| bytes.len() > LARGEST_LOGO) {
        return Err(CallError::invalid("the logo is larger than 1 MB").hint("Save it smaller, or as SVG."));
    }
    signwright_report::documents::check_letterhead(&Letterhead {
        accent: input.accent.clone(),
        logo,
        ..Letterhead::new("")
    })?;
    action.shop().write(|db| {
        let before = settings::get::<LetterheadSettings>(db, KEY)?.map(without_bytes);
        settings::set(db, KEY, &input)?;
        audit::record(db, action, "letterhead", before, &without_bytes(input.clone()))
    })?;
    action.changed("settings");
    Ok(input)
}

/// What the event log keeps: that there is a logo, not its megabyte.
fn without_bytes(settings: LetterheadSettings) -> LetterheadSettings {
    LetterheadSettings { logo: settings.logo.map(|logo| format!("{} bytes", logo.len() / 4 * 3)), ..settings }
}

fn logo(settings: &LetterheadSettings) -> Result<Option<Vec<u8>>, CallError> {
    let decoded = settings.logo.as_deref().map(|text| STANDARD.decode(text)).transpose();
    decoded.map_err(|_| CallError::invalid("the logo is not base64"))
}

/// The shop as its documents show it.
pub(crate) fn letterhead(action: &Action) -> Result<Letterhead, CallError> {
    let shop = settings::shop(&action.shop().read())?;
    let look = show_letterhead(action, Nothing {})?;
    Ok(Letterhead {
        address: shop.address.lines().map(str::to_owned).collect(),
        phone: shop.phone,
        email: shop.email,
        time_zone: TimeZone::system(),
        logo: logo(&look)?,
        accent: look.accent,
        ..Letterhead::new(shop.name)
    })
}
