//! What a customer is told of the reasons, and what never.

use rust_decimal::Decimal;
use signwright_domain::Money;

use super::*;
use crate::documents::why;
use crate::figures::samples::estimate;

/// Every way an amount is written in our documents and by people.
fn ways(amount: Money) -> Vec<String> {
    let cents = amount.to_decimal().abs();
    let whole = cents.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let grouped = |number: Decimal| {
        let text = number.to_string();
        let (units, rest) = text.split_once('.').map_or((text.as_str(), None), |(units, rest)| (units, Some(rest)));
        let units = crate::words::grouped(units);
        rest.map_or(units.clone(), |rest| format!("{units}.{rest}"))
    };
    // Figures below ten are found in any date.
    if whole < Decimal::TEN {
        return Vec::new();
    }
    vec![format!("${}", grouped(cents)), format!("${}", grouped(whole)), format!("{cents}"), grouped(whole)]
}

fn inside() -> (Quote, Vec<signwright_domain::estimate::Estimate>) {
    let mut estimate = estimate();
    estimate.id = 4711;
    (quote(monument()), vec![estimate])
}

#[test]
fn no_cost_figure_is_in_the_text_of_what_a_customer_reads() {
    let (quote, estimates) = inside();
    let pdf = set(why(&quote, &estimates, &letterhead()));
    keep("why", &pdf);
    let text = text(&pdf);
    let version = quote.active();
    let mut secrets: Vec<Money> = vec![version.totals.cost, version.totals.subtotal - version.totals.cost];
    secrets.extend(quote.competitor_price);
    for estimate in &estimates {
        secrets.extend([estimate.cost, estimate.base]);
        secrets.extend(estimate.median_of_type);
        secrets.extend(estimate.contributions.iter().map(|part| part.amount));
        secrets.extend(estimate.ranges.iter().flat_map(|range| [range.low, range.high]));
        secrets.extend(estimate.at_most.iter().flat_map(|at| [at.cost, at.over]));
        secrets.extend(estimate.similar.iter().flat_map(|job| [Some(job.actual), job.estimated]).flatten());
    }
    assert!(secrets.len() > 25, "{}", secrets.len());
    for words in secrets.into_iter().flat_map(ways) {
        assert!(!text.contains(&words), "{words} in {text}");
    }
    for words in
        ["7777", "60 %", "37.5 %", "argin", "arkup", "KM", "stimator", "Material prices", "Harbor Dental", "county"]
    {
        assert!(!text.contains(words), "{words} in {text}");
    }
}

#[test]
fn the_reasons_stand_in_the_order_of_their_weight_on_the_side_they_move() {
    let (quote, estimates) = inside();
    let text = text(&set(why(&quote, &estimates, &letterhead())));
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    let order = [
        "Why this price",
        "$23,218.00",
        "What is in the work",
        "Monument sign, double face",
        "What adds to the price",
        "masonry, 42 sq ft",
        "What keeps it down",
        "lift, no crane",
        "What would change it",
        "Rock",
    ];
    assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{text}");
    assert!(text.contains("applying for the permit"), "{text}");
}

#[test]
fn a_lump_sum_has_one_price() {
    let manuscript = quote_of(&quote(monument()), Pricing::LumpSum, &letterhead());
    let pdf = set(manuscript);
    keep("lump", &pdf);
    let text = text(&pdf);
    assert!(text.contains("$23,218.00") && text.contains("$24,843.26") && text.contains("Directional sign"), "{text}");
    for words in ["$21,568.00", "$412.50", "$1,650.00", "Unit price"] {
        assert!(!text.contains(words), "{words} in {text}");
    }
}

#[test]
fn a_quote_without_estimates_is_explained_by_its_lines() {
    let pdf = set(why(&quote(monument()), &[], &letterhead()));
    let text = text(&pdf);
    assert!(text.contains("Directional sign") && !text.contains("What adds to the price"), "{text}");
}
