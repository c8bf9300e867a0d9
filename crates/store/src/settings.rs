//! What the shop has set: JSON by key, and the typed settings of the shop itself.

use rusqlite::named_params;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use signwright_domain::Currency;
use ts_rs::TS;

use crate::db::json;
use crate::{Db, StoreError};

/// The shop as it stands on a quote, and how it prices. Given whole, so that saving one setting cannot reset another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShopSettings {
    pub name: String,
    /// Lines separated by line breaks.
    pub address: String,
    pub phone: String,
    pub email: String,
    /// The one currency of all amounts in this shop.
    pub currency: Currency,
    /// As a fraction of cost: 0.6 is 60 %.
    #[ts(type = "string")]
    pub default_markup: Decimal,
    /// As a fraction: 0.07 is 7 %.
    #[ts(type = "string")]
    pub tax_rate: Decimal,
    /// How long a quote stands, days.
    pub validity_days: u16,
    /// Printed on every quote; empty for the product's own.
    pub terms: String,
    /// Printed on every quote; empty for those that the job at hand calls for.
    pub exclusions: Vec<String>,
    /// The month in which the shop's year begins, 1 to 12: quarters and years of series begin there.
    pub fiscal_year_starts: u8,
}

impl Default for ShopSettings {
    fn default() -> Self {
        Self {
            name: "My sign shop".to_owned(),
            address: String::new(),
            phone: String::new(),
            email: String::new(),
            currency: Currency::USD,
            default_markup: Decimal::new(6, 1),
            tax_rate: Decimal::ZERO,
            validity_days: 30,
            terms: String::new(),
            exclusions: Vec::new(),
            fiscal_year_starts: 1,
        }
    }
}

impl ShopSettings {
    /// Whether the name is still the one a new shop comes with.
    pub fn is_unnamed(&self) -> bool {
        self.name == Self::default().name
    }
}

const SHOP: &str = "shop";

/// The shop's settings, defaults where nothing was set. What another version kept and this one does not know is left
/// out.
pub fn shop(db: &Db<'_>) -> Result<ShopSettings, StoreError> {
    let Some(stored) = get::<Map<String, Value>>(db, SHOP)? else { return Ok(ShopSettings::default()) };
    let unreadable =
        |error: serde_json::Error| StoreError::Content { column: "value".to_owned(), detail: error.to_string() };
    let mut settings = serde_json::to_value(ShopSettings::default()).map_err(unreadable)?;
    for (key, value) in stored {
        if let Some(setting) = settings.get_mut(&key) {
            *setting = value;
        }
    }
    serde_json::from_value(settings).map_err(unreadable)
}

/// Keeps the shop's settings; [`StoreError::CurrencyInUse`] when the currency changes under stored amounts.
pub fn set_shop(db: &Db<'_>, settings: &ShopSettings) -> Result<(), StoreError> {
    let from = currency(db)?;
    if settings.currency != from && has_amounts(db)? {
        return Err(StoreError::CurrencyInUse { from });
    }
    set(db, SHOP, settings)
}

/// The currency of all amounts in this shop.
pub fn currency(db: &Db<'_>) -> Result<Currency, StoreError> {
    if let Some(known) = db.currency.get() {
        return Ok(known);
    }
    let text = "SELECT value ->> '$.currency' FROM settings WHERE key = 'shop'";
    let currency = db.row(text, [], |cells| cells.parse_opt())?.flatten().unwrap_or(Currency::USD);
    if db.is_writing() {
        db.currency.set(Some(currency));
    }
    Ok(currency)
}

/// What was set under `key`, `None` for nothing.
pub fn get<T: DeserializeOwned>(db: &Db<'_>, key: &str) -> Result<Option<T>, StoreError> {
    db.row("SELECT value FROM settings WHERE key = ?1", [key], |cells| cells.json())
}

/// Keeps `value` under `key`, in place of what stood there.
pub fn set<T: Serialize>(db: &Db<'_>, key: &str, value: &T) -> Result<(), StoreError> {
    let text = "INSERT INTO settings (key, value) VALUES (:key, :value) \
                ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    db.currency.set(None);
    db.run(text, named_params! { ":key": key, ":value": json(value)? })?;
    Ok(())
}

/// Forgets what was set under `key`; whether there was something.
pub fn remove(db: &Db<'_>, key: &str) -> Result<bool, StoreError> {
    db.currency.set(None);
    Ok(db.run("DELETE FROM settings WHERE key = ?1", [key])? > 0)
}

fn has_amounts(db: &Db<'_>) -> Result<bool, StoreError> {
    let text = "SELECT EXISTS (SELECT 1 FROM jobs) OR EXISTS (SELECT 1 FROM records) OR EXISTS (SELECT 1 FROM estimates) \
                OR EXISTS (SELECT 1 FROM quotes) OR EXISTS (SELECT 1 FROM costs)";
    db.value(text, [])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shop;

    #[test]
    fn a_new_shop_has_defaults_and_keeps_what_is_set() {
        let shop = Shop::in_memory().expect("shop");
        assert_eq!(super::shop(&shop.read()), Ok(ShopSettings::default()));
        let ours = ShopSettings { currency: "CAD".parse().expect("code"), ..ShopSettings::default() };
        shop.write(|db| set_shop(db, &ours)).expect("set");
        assert_eq!(super::shop(&shop.read()), Ok(ours));
        assert_eq!(currency(&shop.read()).map(|c| c.to_string()), Ok("CAD".to_owned()));
    }

    #[test]
    fn a_setting_that_was_added_later_has_its_default() {
        let shop = Shop::in_memory().expect("shop");
        shop.write(|db| set(db, "shop", &serde_json::json!({"name": "Beacon Signs"}))).expect("set");
        let found = super::shop(&shop.read()).expect("settings");
        assert_eq!((found.name.as_str(), found.currency), ("Beacon Signs", Currency::USD));
    }

    #[test]
    fn settings_of_another_version_are_read_and_a_wrong_one_is_said() {
        let shop = Shop::in_memory().expect("shop");
        let keep = |json| shop.write(|db| set(db, "shop", &json)).expect("set");
        keep(serde_json::json!({"name": "Beacon Signs", "validity_days": 45, "slogan": "Seen from afar"}));
        let found = super::shop(&shop.read()).expect("settings");
        assert_eq!((found.name.as_str(), found.validity_days), ("Beacon Signs", 45));
        keep(serde_json::json!({"validity_days": "long"}));
        let wrong = super::shop(&shop.read());
        assert!(matches!(wrong, Err(StoreError::Content { .. })), "{wrong:?}");
    }

    #[test]
    fn settings_come_in_whole_or_not_at_all() {
        let whole = serde_json::to_value(ShopSettings::default()).expect("json");
        let taken = |json: &Value| serde_json::from_value::<ShopSettings>(json.clone());
        assert_eq!(taken(&whole).expect("whole"), ShopSettings::default());
        for field in whole.as_object().expect("an object").keys() {
            let mut partial = whole.clone();
            partial.as_object_mut().expect("an object").remove(field);
            let error = taken(&partial).expect_err("a setting is missing").to_string();
            assert!(error.contains(field.as_str()), "{error}");
        }
        let mut more = whole;
        more["slogan"] = "Seen from afar".into();
        assert!(taken(&more).expect_err("unknown").to_string().contains("slogan"));
    }

    #[test]
    fn anything_can_be_kept_by_key_and_forgotten() {
        let shop = Shop::in_memory().expect("shop");
        shop.write(|db| set(db, "columns", &["number", "cost"])).expect("set");
        assert_eq!(get(&shop.read(), "columns"), Ok(Some(vec!["number".to_owned(), "cost".to_owned()])));
        assert_eq!(shop.write(|db| remove(db, "columns")), Ok(true));
        assert_eq!(get::<Vec<String>>(&shop.read(), "columns"), Ok(None));
    }
}
