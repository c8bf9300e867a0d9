//! Which of the imported price series a new model learns from. Without a choice it is the level of all of them together.

use serde::{Deserialize, Serialize};
use signwright_domain::driver::{LONGEST_LAG, PriceDriver};
use signwright_store::{Db, prices, settings};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::{Action, CallError, audit};

pub use signwright_store::prices::PriceSeries;

const CHOSEN: &str = "price_drivers";

/// What a shop has chosen, and could choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PriceDrivers {
    /// Empty for the level of all series together.
    pub chosen: Vec<PriceDriver>,
    /// Every imported series.
    pub series: Vec<PriceSeries>,
}

/// The series a new model is to learn from; none for the level of all together.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetPriceDrivers {
    pub chosen: Vec<PriceDriver>,
}

pub fn show_price_drivers(action: &Action, _: Nothing) -> Result<PriceDrivers, CallError> {
    let db = action.shop().read();
    Ok(PriceDrivers { chosen: chosen(&db)?, series: prices::series(&db)? })
}

/// Chooses; the next training learns from it, the model in use stays as it is.
///
/// # Errors
/// `InvalidInput` for a series that was never imported, a longer lag than six months, or the same driver twice.
pub fn set_price_drivers(action: &Action, input: SetPriceDrivers) -> Result<PriceDrivers, CallError> {
    let known = prices::series(&action.shop().read())?;
    for (place, driver) in input.chosen.iter().enumerate() {
        if !known.iter().any(|series| series.series == driver.series) {
            let names: Vec<&str> = known.iter().map(|series| series.series.as_str()).collect();
            let hint = if names.is_empty() {
                "Import a table of material prices first.".to_owned()
            } else {
                format!("There are: {}.", names.join(", "))
            };
            return Err(CallError::invalid(format!("no prices of \"{}\" were imported", driver.series)).hint(hint));
        }
        if driver.lag > LONGEST_LAG {
            return Err(CallError::invalid(format!("a price lags at most {LONGEST_LAG} months, not {}", driver.lag)));
        }
        if input.chosen[..place].contains(driver) {
            return Err(CallError::invalid(format!("\"{}\" is chosen twice", driver.label())));
        }
    }
    action.shop().write(|db| {
        let before = chosen(db)?;
        settings::set(db, CHOSEN, &input.chosen)?;
        audit::record(db, action, "settings of price drivers", Some(before), &input.chosen)
    })?;
    action.changed("models");
    show_price_drivers(action, Nothing {})
}

/// What the shop has chosen.
pub(crate) fn chosen(db: &Db<'_>) -> Result<Vec<PriceDriver>, CallError> {
    Ok(settings::get(db, CHOSEN)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::{Date, date};
    use rust_decimal::Decimal;
    use signwright_domain::estimate::Estimate;
    use signwright_domain::{DriverValue, Specification};
    use signwright_store::prices::PricePoint;

    use super::*;
    use crate::Code;
    use crate::estimates::{CreateEstimate, create_estimate};
    use crate::models::tests::history::Shop;

    fn driver(series: &str, lag: u8) -> PriceDriver {
        PriceDriver { series: series.to_owned(), lag }
    }

    fn price(shop: &Shop, series: &str, date: Date, cents: i64) {
        let point = PricePoint { date, price: Decimal::new(cents, 2), unit: "$/lb".to_owned() };
        shop.app.shop().write(|db| prices::upsert(db, series, &point).map(drop)).expect("a price");
        shop.app.forget_experience();
    }

    /// Two series over the years of the jobs.
    fn shop() -> Shop {
        let shop = Shop::new();
        for month in 0..36 {
            let day = date(2022, 10, 1).saturating_add(month.months());
            price(&shop, "steel", day, 100 + 7 * (i64::from(month) % 5));
            price(&shop, "paint", day, 900 + i64::from(month));
        }
        shop
    }

    fn set(shop: &Shop, chosen: &[PriceDriver]) -> Result<PriceDrivers, CallError> {
        set_price_drivers(&shop.action(), SetPriceDrivers { chosen: chosen.to_vec() })
    }

    fn estimate(shop: &Shop, quoted_on: Date) -> Estimate {
        let mut specification = Specification::default();
        specification.set("sign_type", DriverValue::Text("pole".to_owned()));
        specification.set("width", DriverValue::Number(10.0));
        specification.set("height", DriverValue::Number(8.0));
        let quoted_on = Some(quoted_on);
        let input =
            CreateEstimate { title: String::new(), specification, quoted_on, save: false, ..CreateEstimate::default() };
        create_estimate(&shop.action(), input).expect("an estimate")
    }

    #[test]
    fn what_cannot_be_chosen_is_refused_by_name() {
        let shop = shop();
        let refused = |chosen: &[PriceDriver]| set(&shop, chosen).expect_err("refused");
        assert!(refused(&[driver("gold", 0)]).message.contains("gold"));
        assert_eq!(refused(&[driver("steel", 7)]).code, Code::InvalidInput);
        assert_eq!(refused(&[driver("steel", 1), driver("steel", 1)]).code, Code::InvalidInput);
        let chosen = [driver("steel", 1), driver("steel", 3)];
        assert_eq!(set(&shop, &chosen).expect("chosen").chosen, chosen);
        assert_eq!(set(&shop, &[]).expect("taken back").chosen, []);
    }

    #[test]
    fn a_model_learns_from_the_chosen_series_and_is_asked_with_them_ever_after() {
        let shop = shop();
        let level = shop.train().card.drivers;
        assert!(level.iter().any(|name| name == "price_level"), "{level:?}");

        set(&shop, &[driver("steel", 2)]).expect("chosen");
        let model = shop.train();
        let names = &model.card.drivers;
        assert!(names.iter().any(|name| name == "price:steel@2") && !names.iter().any(|name| name == "price_level"));
        assert!(!model.card.limits.iter().any(|limit| limit.contains("price level")), "{:?}", model.card.limits);
        let promote = crate::models::PromoteModel { id: model.id, reason: "steel".to_owned() };
        crate::models::promote_model(&shop.action(), promote).expect("in use");

        let day = date(2024, 6, 15);
        let before = estimate(&shop, day);
        let of_steel = before.contributions.iter().find(|one| one.driver == "price:steel@2");
        if let Some(of_steel) = of_steel {
            assert_eq!(of_steel.label, "Price of steel, 2 months before");
            assert!(of_steel.value.ends_with("$/lb, April 2024"), "{}", of_steel.value);
        }
        // Another choice is for the next model; what is published later says nothing about that day.
        set(&shop, &[]).expect("taken back");
        price(&shop, "steel", date(2024, 5, 1), 99_999);
        price(&shop, "steel", date(2024, 6, 20), 99_999);
        let after = estimate(&shop, day);
        assert_eq!((after.cost, &after.contributions), (before.cost, &before.contributions));
        price(&shop, "steel", date(2024, 4, 10), 50);
        let known = crate::estimates::PriceLevels::of_model(
            &shop.app.shop().read(),
            shop.action().experience().expect("loaded").champion.as_ref().map(|champion| &champion.model),
        );
        let words = known.expect("prices").in_words("price:steel@2", day);
        assert_eq!(words.as_deref(), Some("0.50 $/lb, April 2024"));
    }
}
