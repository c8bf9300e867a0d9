//! Assumptions over a real shop file.

use jiff::civil::date;
use signwright_domain::record::Section;
use signwright_store::jobs::{self, JobLine};
use signwright_store::prices;

use super::*;
use crate::Code;
use crate::models::tests::history::Shop;

/// Every fifth job has a line of steel worth a fifth of its cost; steel is imported by month.
fn shop() -> Shop {
    let shop = Shop::new();
    let kept: Result<(), CallError> = shop.app.shop().write(|db| {
        for job in jobs::all_completed(db)?.iter().step_by(5) {
            let cost = job.actual.total.map(|total| Money::new(total.minor / 5, total.currency));
            let line =
                JobLine { description: Some("STEEL PIPES, 6 IN".to_owned()), cost, ..JobLine::of(Section::Material) };
            jobs::replace_lines(db, job.id, &[line])?;
        }
        for month in 0..36_i64 {
            let day = date(2023, 11, 1).saturating_add(jiff::Span::new().months(month));
            let price = rust_decimal::Decimal::new(100 + month, 2);
            prices::upsert(db, "steel pipe", &prices::PricePoint { date: day, price, unit: "lb".to_owned() })?;
        }
        Ok(())
    });
    kept.expect("lines and prices");
    shop.app.forget_experience();
    shop
}

fn steel(percent: f64) -> Vec<Assumption> {
    vec![Assumption::Price { series: "material:steel pipe".to_owned(), percent, from: date(2027, 1, 1) }]
}

#[test]
fn a_dearer_material_costs_what_its_share_is() {
    let shop = shop();
    let ask = OutlookQuery { assumptions: steel(50.0), horizon: Some(6) };
    let outlook = show_outlook(&shop.action(), ask).expect("an outlook");
    let share = outlook.series[0].share.expect("a share");
    assert!((share - 0.2).abs() < 0.005, "{share}");
    let (plain, dearer) = (&outlook.series[0].forecast, &outlook.series[0].assumed);
    assert_eq!(plain.len(), 6);
    for (plain, dearer) in plain.iter().zip(dearer) {
        let times = if plain.ds >= date(2027, 1, 1) { 1.5 } else { 1.0 };
        assert!((dearer.yhat - times * plain.yhat).abs() < 1e-9);
    }
    assert!(outlook.words.iter().any(|words| words.contains("steel pipe is 20 % of the cost")), "{:?}", outlook.words);
}

#[test]
fn a_quote_that_stands_for_a_while_allows_for_prices() {
    let shop = shop();
    let ask = |days| EscalationQuery {
        days,
        sign_type: None,
        cost: Some(Money::new(1_000_000, signwright_domain::Currency::USD)),
    };
    let said = escalation(&shop.action(), ask(60)).expect("an escalation");
    assert_eq!(said.parts[0].label, "steel pipe");
    assert!(said.upper >= said.expected && said.expected > 0.0, "{said:?}");
    let amount = said.upper_amount.expect("an amount").minor as f64;
    assert!((amount - 10_000.0 * said.upper).abs() <= 1.0, "{said:?}");
    let longer = escalation(&shop.action(), ask(360)).expect("an escalation");
    assert!(longer.upper > said.upper);
    assert_eq!(escalation(&shop.action(), ask(0)).expect_err("refused").code, Code::InvalidInput);
    let bare = Shop::new();
    assert_eq!(escalation(&bare.action(), ask(60)).expect_err("refused").code, Code::NotEnoughData);
}

#[test]
fn assumptions_are_kept_under_their_name_and_impossible_ones_refused() {
    let shop = shop();
    let save =
        |name: &str, assumptions| save_outlook(&shop.action(), SaveOutlook { name: name.to_owned(), assumptions });
    let kept = save("steel up", steel(15.0)).expect("kept");
    assert_eq!(save("steel up", steel(20.0)).expect("kept").id, kept.id, "in place of the other");
    let all = list_outlooks(&shop.action(), Nothing {}).expect("a list");
    assert_eq!((all.len(), all[0].assumptions.clone()), (1, steel(20.0)));
    assert_eq!(save("no", steel(900.0)).expect_err("refused").code, Code::InvalidInput);
    assert_eq!(save(" ", steel(1.0)).expect_err("refused").code, Code::InvalidInput);
    assert_eq!(save("none", Vec::new()).expect_err("refused").code, Code::InvalidInput);
    delete_outlook(&shop.action(), OutlookRef { id: kept.id }).expect("deleted");
    assert!(list_outlooks(&shop.action(), Nothing {}).expect("a list").is_empty());
    let unknown = vec![Assumption::Price { series: "material:gold".into(), percent: 1.0, from: date(2027, 1, 1) }];
    let asked = show_outlook(&shop.action(), OutlookQuery { assumptions: unknown, horizon: None });
    assert_eq!(asked.expect_err("refused").code, Code::NotFound);
}
