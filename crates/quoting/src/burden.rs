//! The burdened rate of each department: wages, payroll and a share of overhead over the hours that estimates pay for.
//!
//! Burdened rate = wages of the department for the month, payroll included, over its sold hours, plus overhead. Sold hours
//! are paid hours x chargeable share x efficiency. Overhead of $12,000 over 300 hours is $40 an hour (the trade's example,
//! Signs of the Times). Nothing is rounded but the rate.

use jiff::civil::Date;
use rust_decimal::Decimal;
use signwright_domain::Money;
use signwright_domain::burden::{BurdenedRate, BurdenedRates, DepartmentHours, MonthlyCosts, OverheadSpread, RateStep};
use signwright_domain::cost_library::LabourRate;

use crate::QuotingError;
use crate::price::round_to_currency;

/// What an hour of each department costs.
///
/// # Errors
/// Where a figure cannot be: no hours, shares outside of 0 to 1, amounts below zero or of another currency.
pub fn burdened_rates(month: &MonthlyCosts) -> Result<BurdenedRates, QuotingError> {
    month.departments.iter().try_for_each(check)?;
    let overhead = overhead(month)?;
    let hours: Decimal = month.departments.iter().map(sold).sum();
    let wages: Decimal = month.departments.iter().map(wages).sum();
    if hours.is_zero() {
        return Err(QuotingError::Burden("no department has hours that can be charged".to_owned()));
    }
    let rate = |department| one(month, department, overhead.to_decimal(), hours, wages);
    let departments = month.departments.iter().map(rate).collect::<Result<Vec<_>, _>>()?;
    let recovered = departments.iter().map(|department| department.rate * department.hours).sum();
    let cost = wages + wages * month.payroll + overhead.to_decimal();
    Ok(BurdenedRates {
        overhead,
        hours,
        cost: Money::from_decimal(cost, month.currency)?,
        recovered: Money::from_decimal(recovered, month.currency)?,
        departments,
    })
}

/// The rates as the shop's own in its cost library.
pub fn as_rates(rates: &BurdenedRates, on: Date) -> Vec<LabourRate> {
    let of = |department: &BurdenedRate| LabourRate {
        code: department.code.clone(),
        name: department.name.clone(),
        rate: department.rate,
        on,
        source: "wages, payroll and overhead of a month".to_owned(),
        confirmed: true,
    };
    rates.departments.iter().map(of).collect()
}

fn check(department: &DepartmentHours) -> Result<(), QuotingError> {
    let wrong = |what: &str, value: Decimal, needed: &str| {
        Err(QuotingError::Burden(format!("{}: {what} of {value} is not {needed}", department.name)))
    };
    let most = Decimal::from(10_000);
    if department.people <= Decimal::ZERO || department.people > most {
        return wrong("people", department.people, "above 0");
    }
    if department.wage <= Decimal::ZERO || department.wage > most {
        return wrong("a wage", department.wage, "above 0");
    }
    if department.paid_hours <= Decimal::ZERO || department.paid_hours > Decimal::from(744) {
        return wrong("paid hours", department.paid_hours, "between 0 and the 744 hours of a month");
    }
    if department.chargeable <= Decimal::ZERO || department.chargeable > Decimal::ONE {
        return wrong("a chargeable share", department.chargeable, "above 0 and at most 1 (75 % is 0.75)");
    }
    if department.efficiency < Decimal::new(1, 1) || department.efficiency > Decimal::TWO {
        return wrong("an efficiency", department.efficiency, "between 0.1 and 2 (90 % is 0.9)");
    }
    Ok(())
}

fn overhead(month: &MonthlyCosts) -> Result<Money, QuotingError> {
    if month.payroll < Decimal::ZERO || month.payroll > Decimal::TWO {
        return Err(QuotingError::Burden(format!("payroll of {} is no share of wages (18 % is 0.18)", month.payroll)));
    }
    let mut sum = 0_i64;
    for item in &month.overhead {
        if item.amount.minor < 0 || item.amount.currency != month.currency {
            let message = format!("{}: {} is below zero or of another currency", item.name, item.amount);
            return Err(QuotingError::Burden(message));
        }
        sum = sum.checked_add(item.amount.minor).ok_or(QuotingError::TooLarge(item.amount.to_decimal()))?;
    }
    Ok(Money::new(sum, month.currency))
}

fn paid(department: &DepartmentHours) -> Decimal {
    department.people * department.paid_hours
}

fn sold(department: &DepartmentHours) -> Decimal {
    paid(department) * department.chargeable * department.efficiency
}

fn wages(department: &DepartmentHours) -> Decimal {
    paid(department) * department.wage
}

fn one(
    month: &MonthlyCosts,
    department: &DepartmentHours,
    overhead: Decimal,
    all_hours: Decimal,
    all_wages: Decimal,
) -> Result<BurdenedRate, QuotingError> {
    let (hours, paid_wages) = (sold(department), wages(department));
    let divided = |amount: Decimal, by: Decimal| amount.checked_div(by).ok_or(QuotingError::TooLarge(amount));
    let wage = divided(paid_wages, hours)?;
    let payroll = wage * month.payroll;
    let share = match month.spread {
        OverheadSpread::ByHours => divided(overhead, all_hours)?,
        OverheadSpread::ByWages => divided(divided(overhead * paid_wages, all_wages)?, hours)?,
    };
    let rate = round_to_currency(wage + payroll + share, month.currency);
    let steps = steps(month, department, overhead, all_hours, &[hours, wage, payroll, share, rate]);
    Ok(BurdenedRate {
        code: department.code.clone(),
        name: department.name.clone(),
        hours,
        wage,
        payroll,
        overhead: share,
        rate,
        steps,
    })
}

fn steps(
    month: &MonthlyCosts,
    department: &DepartmentHours,
    overhead: Decimal,
    all_hours: Decimal,
    came: &[Decimal; 5],
) -> Vec<RateStep> {
    let [hours, wage, payroll, share, rate] = *came;
    let step = |label: &str, how: String, value: String| RateStep { label: label.to_owned(), how, value };
    let amount = |amount: Decimal| match Money::from_decimal(amount, month.currency) {
        Ok(money) => money.to_string(),
        Err(_) => amount.to_string(),
    };
    let an_hour = |of: Decimal| format!("{} an hour", amount(of));
    let how = match month.spread {
        OverheadSpread::ByHours => format!("{} / {} h of all departments", amount(overhead), all_hours.round_dp(1)),
        OverheadSpread::ByWages => format!("{} in proportion to wages / {} h", amount(overhead), hours.round_dp(1)),
    };
    vec![
        step(
            "Paid hours",
            format!("{} people x {} h", department.people, department.paid_hours),
            format!("{:.1} h", paid(department)),
        ),
        step(
            "Hours that estimates pay for",
            format!(
                "{} h x {} chargeable x {} efficiency",
                paid(department).round_dp(1),
                department.chargeable,
                department.efficiency
            ),
            format!("{:.1} h", hours),
        ),
        step("Wage", format!("{} / {} h", amount(wages(department)), hours.round_dp(1)), an_hour(wage)),
        step("Payroll taxes and benefits", format!("{} x {}", an_hour(wage), month.payroll), an_hour(payroll)),
        step("Overhead", how, an_hour(share)),
        step("Burdened rate", "wage + payroll + overhead".to_owned(), an_hour(rate)),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use signwright_domain::Currency;
    use signwright_domain::burden::MonthlyOverhead;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn department(code: &str, people: &str, wage: &str, chargeable: &str, efficiency: &str) -> DepartmentHours {
        DepartmentHours {
            code: code.into(),
            name: code.into(),
            people: decimal(people),
            wage: decimal(wage),
            paid_hours: decimal("160"),
            chargeable: decimal(chargeable),
            efficiency: decimal(efficiency),
        }
    }

    fn month(overhead: i64, payroll: &str, spread: OverheadSpread, departments: Vec<DepartmentHours>) -> MonthlyCosts {
        let amount = Money::new(overhead, Currency::USD);
        let overhead = vec![MonthlyOverhead { name: "all".into(), amount }];
        MonthlyCosts { currency: Currency::USD, overhead, payroll: decimal(payroll), spread, departments }
    }

    /// The trade's example: $12,000 over 300 chargeable hours is $40 an hour on top of the wage.
    #[test]
    fn overhead_over_chargeable_hours_is_the_published_burden() {
        let departments = vec![department("200", "2.5", "24", "0.75", "1")];
        let rates = burdened_rates(&month(1_200_000, "0", OverheadSpread::ByHours, departments)).expect("rates");
        let one = &rates.departments[0];
        assert_eq!((rates.hours, one.overhead), (decimal("300"), decimal("40")));
        assert_eq!((one.wage, one.rate), (decimal("32"), decimal("72.00")));
        assert_eq!((rates.cost.minor, rates.recovered.minor), (2_160_000, 2_160_000));
        let told: Vec<_> = one.steps.iter().map(|step| (step.how.as_str(), step.value.as_str())).collect();
        assert_eq!(told[0], ("2.5 people x 160 h", "400.0 h"));
        assert_eq!(told[4], ("$12,000.00 / 300.0 h of all departments", "$40.00 an hour"));
    }

    #[test]
    fn efficiency_and_spread_change_the_rate() {
        let two = || vec![department("200", "1", "20", "1", "0.8"), department("600", "1", "30", "1", "1")];
        let check = |spread, expected: [&str; 2]| {
            let rates = burdened_rates(&month(360_000, "0.25", spread, two())).expect("rates");
            let got: Vec<_> = rates.departments.iter().map(|department| department.rate).collect();
            assert_eq!(got, expected.map(decimal));
        };
        // 288 h in all: 12.50 an hour. Wages 20 / 0.8 x 1.25 = 31.25 and 37.50.
        check(OverheadSpread::ByHours, ["43.75", "50.00"]);
        // 40 % and 60 % of 3,600 over 128 and 160 h: 11.25 and 13.50.
        check(OverheadSpread::ByWages, ["42.50", "51.00"]);
    }

    #[test]
    fn what_cannot_be_is_refused_by_name() {
        let check = |department: DepartmentHours, word: &str| {
            let refused = burdened_rates(&month(100, "0.1", OverheadSpread::ByHours, vec![department]));
            assert!(refused.expect_err(word).to_string().contains(word), "{word}");
        };
        check(department("200", "0", "24", "0.75", "1"), "people");
        check(department("200", "1", "-1", "0.75", "1"), "wage");
        check(department("200", "1", "24", "75", "1"), "chargeable");
        check(department("200", "1", "24", "0.75", "90"), "efficiency");
        let none = month(100, "0.1", OverheadSpread::ByHours, Vec::new());
        assert!(burdened_rates(&none).expect_err("no hours").to_string().contains("no department"));
        let below = month(-100, "0", OverheadSpread::ByHours, vec![department("200", "1", "24", "1", "1")]);
        assert!(burdened_rates(&below).expect_err("below zero").to_string().contains("below zero"));
    }

    proptest! {
        /// Selling every hour at cost brings in what the month costs, but for half a cent an hour.
        #[test]
        fn rates_recover_the_month(
            overhead in 0_i64..10_000_000,
            payroll in 0_i64..60,
            wages in prop::collection::vec((1_i64..9_999, 10_i64..101, 50_i64..120), 1..5),
            by_wages in any::<bool>(),
        ) {
            let departments = wages.iter().map(|(wage, chargeable, efficiency)| DepartmentHours {
                wage: Decimal::new(*wage, 2),
                chargeable: Decimal::new((*chargeable).min(100), 2),
                efficiency: Decimal::new(*efficiency, 2),
                ..department("200", "3", "1", "1", "1")
            });
            let spread = if by_wages { OverheadSpread::ByWages } else { OverheadSpread::ByHours };
            let month = MonthlyCosts {
                payroll: Decimal::new(payroll, 2),
                ..month(overhead, "0", spread, departments.collect())
            };
            let rates = burdened_rates(&month).expect("rates");
            let off = (rates.recovered - rates.cost).abs().to_decimal();
            prop_assert!(off <= rates.hours * Decimal::new(5, 3) + Decimal::new(2, 2), "{off}");
        }
    }
}
