//! What finished jobs spend on what, so that a learned cost can be seen in parts.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};
use signwright_domain::Money;
use signwright_domain::job::CostRecord;
use signwright_domain::two_estimates::{CostGroup, GroupAmount};

/// Shares are told of a million minor units, because only their proportions count.
const WHOLE: i64 = 1_000_000;

/// The mean share of each group in the accounts of finished jobs, each job counting the same. An account whose parts do not
/// come to its total, give or take one in a hundred, tells nothing. Empty where none tells.
pub fn makeup<'a>(accounts: impl IntoIterator<Item = &'a CostRecord>) -> Vec<GroupAmount> {
    let mut sums: BTreeMap<CostGroup, Decimal> = BTreeMap::new();
    let (mut jobs, mut currency) = (0_u32, None);
    for account in accounts {
        let Some(total) = account.total.filter(|total| is_whole(account, *total)) else { continue };
        if *currency.get_or_insert(total.currency) != total.currency {
            continue;
        }
        jobs += 1;
        for (group, amount) in groups(account) {
            *sums.entry(group).or_default() += amount.to_decimal() / total.to_decimal();
        }
    }
    let Some(currency) = currency.filter(|_| jobs > 0) else { return Vec::new() };
    let of = |(group, sum): (CostGroup, Decimal)| {
        let share = sum * Decimal::from(WHOLE) / Decimal::from(jobs);
        let minor = share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let minor = i64::try_from(minor).unwrap_or(0);
        (minor > 0).then(|| GroupAmount { group, amount: Money::new(minor, currency) })
    };
    sums.into_iter().filter_map(of).collect()
}

fn is_whole(account: &CostRecord, total: Money) -> bool {
    let sum = account.sum().map_or(0, |sum| sum.minor);
    total.minor > 0 && 100 * (i128::from(total.minor) - i128::from(sum)).abs() <= i128::from(total.minor)
}

fn groups(account: &CostRecord) -> impl Iterator<Item = (CostGroup, Money)> {
    [
        (CostGroup::Material, account.material),
        (CostGroup::Labour, account.labour),
        (CostGroup::Labour, account.burden),
        (CostGroup::Outplant, account.outplant),
        (CostGroup::Equipment, account.equipment),
        (CostGroup::Shipping, account.shipping),
        (CostGroup::UseTax, account.use_tax),
    ]
    .into_iter()
    .filter_map(|(group, amount)| Some((group, amount?)))
}

#[cfg(test)]
mod tests {
    use signwright_domain::Currency;

    use super::*;

    fn account(material: i64, labour: i64, burden: i64, total: i64) -> CostRecord {
        let usd = |dollars: i64| Some(Money::new(100 * dollars, Currency::USD));
        CostRecord {
            material: usd(material),
            labour: usd(labour),
            burden: usd(burden),
            total: usd(total),
            ..CostRecord::default()
        }
    }

    #[test]
    fn every_job_counts_the_same_and_burden_is_labour() {
        let accounts = [account(300, 500, 200, 1_000), account(5_000, 4_000, 1_000, 10_000)];
        let told: Vec<_> = makeup(&accounts).into_iter().map(|part| (part.group, part.amount.minor)).collect();
        assert_eq!(told, [(CostGroup::Material, 400_000), (CostGroup::Labour, 600_000)]);
    }

    #[test]
    fn an_account_that_does_not_add_up_tells_nothing() {
        let torn = [account(300, 500, 200, 1_200), CostRecord::default(), account(0, 0, 0, 0)];
        assert!(makeup(&torn).is_empty());
        assert_eq!(makeup(torn.iter().chain(&[account(100, 0, 0, 100)])).len(), 1);
    }
}
