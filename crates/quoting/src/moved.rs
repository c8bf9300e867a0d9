//! Prices that move with an imported series, because nobody types a price list every month.

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use signwright_domain::cost_library::PriceItem;

/// Decimal places of a price that was moved.
const PLACES: u32 = 4;

/// The item at the newest price of its series on or before `on`: its own price times how the series has moved since the
/// day of that price. `None` where the series does not reach from the one day to the other, or nothing newer is known.
///
/// `series` is by rising day. The price stays a placeholder where it was one.
pub fn moved(item: &PriceItem, series: &[(Date, Decimal)], on: Date) -> Option<PriceItem> {
    let at = |day: Date| series.iter().rev().find(|(of, price)| *of <= day && *price > Decimal::ZERO);
    let (_, then) = at(item.on)?;
    let (newest, now) = at(on).filter(|(newest, _)| *newest > item.on)?;
    let unit_cost = item.unit_cost.checked_mul(*now)?.checked_div(*then)?;
    let name = item.series.as_deref().unwrap_or("a price series");
    Some(PriceItem {
        unit_cost: unit_cost.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero).normalize(),
        on: *newest,
        source: format!("{} {} of {}, moved with {name}", item.unit_cost, item.source, item.on),
        ..item.clone()
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::shipped_library;

    #[test]
    fn a_price_moves_as_its_series_does() {
        let library = shipped_library();
        let item = library.item("alum-sheet-125").expect("an item");
        let series = [(date(2024, 12, 1), 4), (date(2025, 6, 1), 5), (date(2026, 10, 1), 6)];
        let series = series.map(|(day, price)| (day, Decimal::from(price)));
        let check = |on: Date, expected: Option<(&str, Date)>| {
            let moved = moved(item, &series, on);
            let got = moved.as_ref().map(|item| (item.unit_cost.to_string(), item.on));
            assert_eq!(got, expected.map(|(cost, on)| (cost.to_owned(), on)), "{on}");
        };
        check(date(2026, 11, 1), Some(("10.65", date(2026, 10, 1))));
        check(date(2026, 1, 1), Some(("8.875", date(2025, 6, 1))));
        check(date(2025, 5, 1), None);
        assert_eq!(super::moved(item, &series[1..], date(2026, 11, 1)), None, "nobody knows what it was then");
        assert_eq!(super::moved(item, &[], date(2026, 11, 1)), None);
        let source = super::moved(item, &series, date(2026, 11, 1)).expect("a price").source;
        assert!(source.starts_with("7.10 ") && source.ends_with("moved with aluminium sheet"), "{source}");
    }
}
