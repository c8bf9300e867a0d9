//! How offers of each kind of work went lately.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use signwright_domain::price_decision::Conversion;

/// Months that count.
const MONTHS: i64 = 24;

/// Decided offers of the last two years, by sign type and of all.
#[derive(Debug, Default)]
pub(super) struct Conversions {
    all: Option<Conversion>,
    by_type: BTreeMap<String, Conversion>,
}

impl Conversions {
    /// From the day of an offer, its sign type, and whether it was won.
    pub(super) fn new<'a>(offers: impl Iterator<Item = (Option<Date>, Option<&'a str>, bool)>, today: Date) -> Self {
        let since = today.saturating_sub(MONTHS.months());
        let mut conversions = Self::default();
        for (_, kind, won) in offers.filter(|(offered, _, _)| offered.is_some_and(|day| day >= since)) {
            count(conversions.all.get_or_insert(Conversion { decided: 0, won: 0 }), won);
            if let Some(kind) = kind {
                let of = conversions.by_type.entry(kind.to_owned()).or_insert(Conversion { decided: 0, won: 0 });
                count(of, won);
            }
        }
        conversions
    }

    /// Of this kind of work; of all where the kind is not known.
    pub(super) fn of(&self, kind: Option<&str>) -> Option<Conversion> {
        match kind {
            Some(kind) => self.by_type.get(kind).copied(),
            None => self.all,
        }
    }
}

fn count(conversion: &mut Conversion, won: bool) {
    conversion.decided += 1;
    conversion.won += u32::from(won);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_two_years_of_a_kind_count() {
        let day = |text: &str| Some(text.parse::<Date>().expect("a day"));
        let offers = [
            (day("2024-11-21"), Some("pole"), true),
            (day("2024-11-22"), Some("pole"), true),
            (day("2026-01-05"), Some("pole"), false),
            (day("2026-02-05"), Some("banner"), true),
            (day("2026-02-05"), None, false),
            (None, Some("pole"), true),
        ];
        let conversions = Conversions::new(offers.into_iter(), "2026-11-22".parse().expect("a day"));
        let check =
            |kind, decided, won| assert_eq!(conversions.of(kind), Some(Conversion { decided, won }), "{kind:?}");
        check(Some("pole"), 2, 1);
        check(Some("banner"), 1, 1);
        check(None, 4, 2);
        assert_eq!(conversions.of(Some("neon")), None);
    }
}
