//! What the drivers add to a cost, one by one and gathered by cause.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::Money;
use crate::driver::Cause;

/// What one driver adds to the cost. `base` and all contributions add up to the cost, to the cent.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Contribution {
    pub driver: String,
    /// For people: "Face area", "Wind moment at grade".
    pub label: String,
    /// Its value in this job, with unit: "60 sq ft". Empty for the remainder.
    pub value: String,
    pub cause: Cause,
    pub amount: Money,
}

/// What the drivers of one cause add together.
#[derive(Clone, Debug, PartialEq)]
pub struct CauseSum<'a> {
    pub cause: Cause,
    pub amount: Money,
    /// The largest first.
    pub parts: Vec<&'a Contribution>,
}

/// The contributions by cause, the largest sum first; the sums add up to what the contributions add up to.
pub fn by_cause(contributions: &[Contribution]) -> Vec<CauseSum<'_>> {
    let mut causes: BTreeMap<Cause, Vec<&Contribution>> = BTreeMap::new();
    for contribution in contributions {
        causes.entry(contribution.cause).or_default().push(contribution);
    }
    let mut sums: Vec<CauseSum<'_>> = Vec::new();
    for (cause, mut parts) in causes {
        parts.sort_by_key(|part| std::cmp::Reverse(part.amount.minor.abs()));
        let amount = parts.iter().map(|part| part.amount).sum::<Option<Money>>();
        sums.extend(amount.map(|amount| CauseSum { cause, amount, parts }));
    }
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.amount.minor.abs()));
    sums
}

/// Estimates that an older version kept say no cause: it is that of the driver.
impl<'de> Deserialize<'de> for Contribution {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Kept {
            driver: String,
            label: String,
            value: String,
            cause: Option<Cause>,
            amount: Money,
        }
        let Kept { driver, label, value, cause, amount } = Kept::deserialize(deserializer)?;
        let cause = cause.unwrap_or_else(|| Cause::of(&driver));
        Ok(Self { driver, label, value, cause, amount })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn part(driver: &str, minor: i64) -> Contribution {
        let amount = Money::new(minor, Currency::USD);
        Contribution {
            driver: driver.into(),
            label: driver.into(),
            value: "x".into(),
            cause: Cause::of(driver),
            amount,
        }
    }

    #[test]
    fn causes_add_up_to_their_drivers_and_the_largest_stands_first() {
        let parts = [part("width", 100), part("wind_moment", -2_501), part("face_area", 300), part("soil", 1)];
        let sums = by_cause(&parts);
        let found: Vec<_> = sums.iter().map(|sum| (sum.cause, sum.amount.minor)).collect();
        assert_eq!(found, [(Cause::Structure, -2_500), (Cause::Size, 400)]);
        assert_eq!(sums[1].parts.iter().map(|part| part.driver.as_str()).collect::<Vec<_>>(), ["face_area", "width"]);
        assert!(by_cause(&[]).is_empty());
    }

    #[test]
    fn a_contribution_of_an_older_version_has_the_cause_of_its_driver() {
        let mut kept = serde_json::to_value(part("soil", 7)).expect("json");
        kept.as_object_mut().expect("an object").remove("cause");
        assert_eq!(serde_json::from_value::<Contribution>(kept).expect("read"), part("soil", 7));
    }
}
