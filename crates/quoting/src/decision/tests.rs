use proptest::prelude::*;
use signwright_domain::Currency;
use signwright_domain::estimate::AtMost;
use signwright_domain::price_decision::{Conversion, MarginFloor, MarginFloors, PriceChance, PriceSignalKind};
use signwright_domain::quote::QuoteLine;

use super::*;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn decision(way: PriceWay) -> PriceDecision {
    PriceDecision {
        contingency: None,
        escalation: None,
        way,
        rounding: PriceRounding::default(),
        discount: ShareOrAmount::Nothing,
        tax_rate: Decimal::ZERO,
        deposit: ShareOrAmount::Nothing,
    }
}

fn markup(text: &str) -> PriceWay {
    PriceWay::Markup { markup: decimal(text) }
}

fn background(cost: i64) -> PriceBackground {
    let at_most = [(70, 108), (80, 115), (90, 127)];
    let at_most = at_most.map(|(percentile, share)| AtMost::new(percentile, usd(cost * share / 100), usd(cost)));
    PriceBackground { cost: usd(cost), at_most: at_most.to_vec(), floor: None, chances: Vec::new(), conversion: None }
}

#[test]
fn every_step_of_a_price_is_told() {
    let decision = PriceDecision {
        contingency: Some(80),
        escalation: Some(usd(12_345)),
        rounding: PriceRounding { to: Some(decimal("5")), up: true },
        discount: ShareOrAmount::Part { share: decimal("0.03") },
        tax_rate: decimal("0.07"),
        deposit: ShareOrAmount::Part { share: decimal("0.5") },
        ..decision(markup("0.4"))
    };
    let priced = decide(&decision, &background(1_000_000)).expect("a price");
    let told: Vec<_> = priced.steps.iter().map(|step| (step.kind, step.how.as_str(), step.amount.minor)).collect();
    use PriceStepKind::*;
    let expected = [
        (ExpectedCost, "the estimate", 1_000_000),
        (Contingency, "80 of 100 such jobs cost at most $11,500.00", 150_000),
        (Escalation, "what prices may rise until the quote ends", 12_345),
        (Cost, "", 1_162_345),
        (Profit, "cost x 1.4", 464_938),
        (Rounding, "up to the next 5", 217),
        (ListPrice, "", 1_627_500),
        (Discount, "3 % of the list price", -48_825),
        (Net, "", 1_578_675),
        (Tax, "7 % of the net price", 110_507),
        (Total, "", 1_689_182),
        (Deposit, "50 % of the total", -844_591),
        (Balance, "", 844_591),
    ];
    assert_eq!(told, expected);
    assert_eq!((priced.cost.minor, priced.profit.minor), (1_162_345, 416_330));
    assert_eq!((priced.markup, priced.margin), (Some(decimal("0.358181")), Some(decimal("0.263721"))));
    assert_eq!(priced.expected_margin, Some(decimal("0.366557")));
    assert_eq!(priced.rounding, "up to the next 5");
}

#[test]
fn prices_come_by_markup_by_margin_or_as_wanted() {
    let check = |way: PriceWay, net: i64| {
        assert_eq!(decide(&decision(way), &background(10_000)).map(|priced| priced.net.minor), Ok(net));
    };
    check(markup("0.4"), 14_000);
    check(PriceWay::Margin { margin: decimal("0.3") }, 14_286);
    check(PriceWay::Price { price: usd(9_999) }, 9_999);
}

#[test]
fn the_rounding_rule_is_one() {
    let check = |minor: i64, to: Option<&str>, up: bool, expected: i64| {
        let rounding = PriceRounding { to: to.map(decimal), up };
        assert_eq!(rounded(usd(minor), rounding).map(|money| money.minor), Ok(expected), "{minor} {to:?} {up}");
    };
    check(12_345, None, true, 12_345);
    check(12_345, Some("1"), false, 12_300);
    check(12_345, Some("1"), true, 12_400);
    check(12_350, Some("1"), false, 12_400);
    check(12_500, Some("25"), true, 12_500);
    check(12_501, Some("25"), true, 15_000);
    check(12_343, Some("0.05"), false, 12_345);
    for to in ["0", "-5", "0.001"] {
        assert_eq!(rounded(usd(1), PriceRounding { to: Some(decimal(to)), up: false }).ok(), None, "{to}");
    }
}

#[test]
fn a_price_below_its_floor_needs_approval() {
    let floor = MarginFloor { category: "Cabinets".into(), margin: decimal("0.3") };
    let check = |price: i64, below: i64| {
        let background = PriceBackground { floor: Some(floor.clone()), ..background(10_000) };
        let priced = decide(&decision(PriceWay::Price { price: usd(price) }), &background).expect("a price");
        let check = priced.floor.expect("a floor");
        assert_eq!((check.price.minor, check.below.minor, check.needs_approval), (14_286, below, below > 0));
        let told = priced.signals.iter().any(|signal| signal.kind == PriceSignalKind::BelowFloor);
        assert_eq!(told, below > 0);
    };
    check(14_286, 0);
    check(14_285, 1);
    check(12_000, 2_286);
}

/// $142.87 would leave a margin of 29.9995 %.
#[test]
fn at_its_floor_a_price_keeps_the_margin() {
    let floor = MarginFloor { category: "Cabinets".into(), margin: decimal("0.3") };
    let background = PriceBackground { floor: Some(floor), ..background(10_001) };
    let priced = decide(&decision(PriceWay::Price { price: usd(14_287) }), &background).expect("a price");
    assert_eq!(priced.floor.map(|check| (check.price.minor, check.needs_approval)), Some((14_288, true)));
}

fn curve() -> Vec<PriceChance> {
    let of = |(minor, chance)| PriceChance { price: usd(minor), chance };
    [(10_000, 0.95), (12_000, 0.9), (14_000, 0.8), (16_000, 0.6), (20_000, 0.1)].map(of).to_vec()
}

#[test]
fn the_chance_lies_on_the_curve_and_the_best_price_is_named() {
    let at = |price: i64| {
        let background = PriceBackground { chances: curve(), ..background(10_000) };
        decide(&decision(PriceWay::Price { price: usd(price) }), &background).expect("a price")
    };
    let priced = at(13_000);
    let chance = priced.chance.expect("a chance");
    assert!((chance.chance - 0.85).abs() < 1e-12);
    assert_eq!((chance.profit.minor, chance.outside), (2_550, false));
    assert_eq!((chance.best.price.minor, chance.best_profit.minor), (16_000, 3_600));
    assert_eq!(chance.profits.iter().map(|profit| profit.minor).collect::<Vec<_>>(), [0, 1_800, 3_200, 3_600, 1_000]);
    let kinds = |price: i64| at(price).signals.into_iter().map(|signal| signal.kind).collect::<Vec<_>>();
    assert_eq!(kinds(12_000), [PriceSignalKind::TooCheap]);
    assert_eq!(kinds(16_000), []);
    assert_eq!(kinds(19_000), [PriceSignalKind::TooDear]);
    assert_eq!(kinds(9_000), [PriceSignalKind::BelowCost, PriceSignalKind::TooCheap]);
    assert!(at(9_000).chance.expect("a chance").outside);
    let crooked = PriceBackground { chances: curve().into_iter().rev().collect(), ..background(1) };
    assert_eq!(decide(&decision(markup("0")), &crooked).err(), Some(QuotingError::ChanceCurve));
}

#[test]
fn conversion_tells_when_prices_are_too_low_or_too_high() {
    let check = |decided, won, kind: Option<PriceSignalKind>| {
        let background = PriceBackground { conversion: Some(Conversion { decided, won }), ..background(10_000) };
        let signals = decide(&decision(markup("0.5")), &background).expect("a price").signals;
        assert_eq!(signals.first().map(|signal| signal.kind), kind, "{won} of {decided}");
    };
    check(100, 85, Some(PriceSignalKind::TooCheap));
    check(100, 60, None);
    check(100, 35, Some(PriceSignalKind::TooDear));
    check(10, 10, None);
}

#[test]
fn what_cannot_be_is_refused() {
    let check = |change: fn(&mut PriceDecision), refusal: QuotingError| {
        let mut decision = decision(markup("0.4"));
        change(&mut decision);
        assert_eq!(decide(&decision, &background(10_000)), Err(refusal));
    };
    check(|decision| decision.contingency = Some(75), QuotingError::Contingency(75));
    check(|decision| decision.tax_rate = decimal("1"), QuotingError::TaxRate(decimal("1")));
    check(
        |decision| decision.discount = ShareOrAmount::Part { share: decimal("1.1") },
        QuotingError::Discount(decimal("1.1")),
    );
    check(
        |decision| decision.discount = ShareOrAmount::Amount { amount: usd(14_001) },
        QuotingError::Discount(decimal("140.01")),
    );
    check(
        |decision| decision.deposit = ShareOrAmount::Amount { amount: usd(-1) },
        QuotingError::Deposit(decimal("-0.01")),
    );
    check(
        |decision| decision.escalation = Some(Money::new(1, Currency::EUR)),
        QuotingError::OtherCurrency(Currency::EUR, Currency::USD),
    );
    check(|decision| decision.escalation = Some(usd(-1)), QuotingError::BelowZero(decimal("-0.01")));
    assert!(decide(&decision(markup("0.4")), &background(-1)).is_err());
}

#[test]
fn a_currency_without_cents_stays_whole() {
    let yen = |minor| Money::new(minor, "JPY".parse().expect("a code"));
    let background = PriceBackground { cost: yen(12_345), at_most: Vec::new(), ..background(1) };
    let decision = PriceDecision { tax_rate: decimal("0.1"), ..decision(markup("0.333")) };
    let priced = decide(&decision, &background).expect("a price");
    assert_eq!((priced.net.minor, priced.tax.minor, priced.total.minor), (16_456, 1_646, 18_102));
}

fn line(quantity: &str, unit_cost: &str, unit_price: &str) -> QuoteLine {
    QuoteLine {
        description: "Panel".to_owned(),
        quantity: decimal(quantity),
        unit: "each".to_owned(),
        unit_cost: decimal(unit_cost),
        unit_price: decimal(unit_price),
        estimate_id: None,
    }
}

/// Description, quantity and price of one of each line.
fn told(lines: &[QuoteLine]) -> Vec<(String, String, String)> {
    let text = |number: Decimal| number.to_string();
    lines.iter().map(|line| (line.description.clone(), text(line.quantity), text(line.unit_price))).collect()
}

fn row(description: &str, quantity: &str, price: &str) -> (String, String, String) {
    (description.to_owned(), quantity.to_owned(), price.to_owned())
}

#[test]
fn lines_come_to_the_decided_price() {
    let check = |lines: &[QuoteLine], expected: &[(String, String, String)]| {
        let priced = decide(&decision(markup("0.4")), &background(10_000)).expect("a price");
        assert_eq!(told(&lines_at(&priced, lines).expect("lines")), expected);
    };
    check(&[line("4", "25", "0")], &[row("Panel", "4", "35.00")]);
    // 140.00 cannot be divided by three.
    check(&[line("3", "33.333333333333333333333333333", "0")], &[row("3 x Panel", "1", "140.00")]);
    // What is left over goes into a line of one.
    check(&[line("3", "20", "0"), line("1", "40", "0")], &[row("Panel", "3", "28.00"), row("Panel", "1", "56.00")]);
    check(&[line("3", "10", "0"), line("1", "70", "9")], &[row("Panel", "3", "14.00"), row("Panel", "1", "98.00")]);
    // What has no cost keeps its price.
    check(&[line("1", "100", "0"), line("2", "0", "5")], &[row("Panel", "1", "130.00"), row("Panel", "2", "5")]);
}

#[test]
fn a_price_needs_lines_that_it_can_be_spread_over() {
    let priced = decide(&decision(markup("0.4")), &background(10_000)).expect("a price");
    let check = |lines: &[QuoteLine], refusal| assert_eq!(lines_at(&priced, lines), Err(refusal));
    check(&[line("1", "0", "20")], QuotingError::NothingToPrice(decimal("120")));
    let kept = QuotingError::KeptLines { kept: decimal("150"), price: decimal("140") };
    check(&[line("1", "100", "0"), line("1", "0", "150")], kept);
}

#[test]
fn another_decision_takes_the_discount_of_the_one_before_off() {
    let decision = PriceDecision { discount: ShareOrAmount::Part { share: decimal("0.1") }, ..decision(markup("0.4")) };
    let priced = decide(&decision, &background(10_000)).expect("a price");
    let lines = lines_at(&priced, &[line("4", "25", "0")]).expect("lines");
    assert_eq!(told(&lines)[1], row("Discount", "1", "-14.00"));
    let before = without_discount(&lines, Some(&priced));
    assert_eq!((before.len(), told(&lines_at(&priced, &before).expect("lines"))), (1, told(&lines)));
    assert_eq!(without_discount(&lines, None).len(), 2);
}

#[test]
fn the_strictest_floor_counts() {
    let floors = MarginFloors {
        default: Some(decimal("0.2")),
        by_type: [("pole".to_owned(), decimal("0.3")), ("banner".to_owned(), decimal("0.1"))].into(),
    };
    let check = |kinds: &[Option<&str>], expected: Option<(&str, &str)>| {
        let floor = floor_for(&floors, kinds).map(|floor| (floor.category, floor.margin.to_string()));
        assert_eq!(floor, expected.map(|(category, margin)| (category.to_owned(), margin.to_owned())), "{kinds:?}");
    };
    check(&[Some("pole")], Some(("Pole sign", "0.3")));
    check(&[Some("banner"), Some("pole")], Some(("Pole sign", "0.3")));
    check(&[Some("banner")], Some(("Banner", "0.1")));
    check(&[Some("banner"), None], Some(("other work", "0.2")));
    check(&[Some("neon")], Some(("neon", "0.2")));
    check(&[], Some(("other work", "0.2")));
    assert_eq!(floor_for(&MarginFloors::default(), &[Some("pole")]), None);
}

proptest! {
    /// Every sum is the sum of the steps above it, whatever is decided; and the deposit never exceeds the total.
    #[test]
    fn the_ladder_adds_up_to_the_cent(
        percentile in prop::option::of(prop::sample::select(vec![70_u8, 80, 90])),
        escalation in prop::option::of(0_i64..1_000_000),
        rate in 0_i64..9_000,
        by_margin in any::<bool>(),
        step in prop::option::of(1_i64..100_000),
        up in any::<bool>(),
        discount in 0_i64..10_000,
        tax in 0_i64..9_999,
        deposit in 0_i64..10_001,
        lines in prop::collection::vec((1_i64..4_000, 0_u32..3, 0_i64..10_000_000, 0_i64..5_000), 1..12),
    ) {
        let rate = Decimal::new(rate, 4);
        let way = if by_margin { PriceWay::Margin { margin: rate } } else { PriceWay::Markup { markup: rate } };
        let decision = PriceDecision {
            contingency: percentile,
            escalation: escalation.map(usd),
            way,
            rounding: PriceRounding { to: step.map(|step| Decimal::new(step, 2)), up },
            discount: ShareOrAmount::Part { share: Decimal::new(discount, 4) },
            tax_rate: Decimal::new(tax, 4),
            deposit: ShareOrAmount::Part { share: Decimal::new(deposit, 4) },
        };
        let lines: Vec<QuoteLine> = lines
            .into_iter()
            .map(|(quantity, places, cost, price)| QuoteLine {
                quantity: Decimal::new(quantity, places),
                unit_cost: Decimal::new(cost, 3),
                unit_price: Decimal::new(price, 2),
                ..line("1", "0", "0")
            })
            .collect();
        let cost = crate::totals(&lines, Decimal::ZERO, Currency::USD).expect("totals").cost;
        let priced = decide(&decision, &background(cost.minor)).expect("a price");
        let mut sum = 0;
        for step in &priced.steps {
            if step.is_sum {
                prop_assert_eq!(step.amount.minor, sum, "{:?}", step.kind);
            } else {
                sum += step.amount.minor;
            }
        }
        prop_assert_eq!(priced.net.minor + priced.tax.minor, priced.total.minor);
        prop_assert_eq!(priced.deposit.minor + priced.balance.minor, priced.total.minor);
        prop_assert_eq!(priced.cost.minor + priced.profit.minor, priced.net.minor);
        prop_assert!(priced.net.minor >= 0 && priced.balance.minor >= 0);
        let stored = serde_json::to_string(&(&decision, &priced)).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<(PriceDecision, PricedJob)>(&stored).expect("JSON"), (decision.clone(), priced.clone()));
        match lines_at(&priced, &lines) {
            Ok(at) => {
                let totals = crate::totals(&at, decision.tax_rate, Currency::USD).expect("totals");
                prop_assert_eq!((totals.subtotal, totals.tax, totals.total), (priced.net, priced.tax, priced.total));
                prop_assert_eq!(totals.cost, cost);
                prop_assert!(at.iter().filter(|line| !line.unit_cost.is_zero()).all(|line| line.unit_price >= Decimal::ZERO));
                let again = lines_at(&priced, &without_discount(&at, Some(&priced))).expect("lines");
                prop_assert_eq!(crate::totals(&again, decision.tax_rate, Currency::USD).expect("totals").total, priced.total);
            }
            Err(QuotingError::KeptLines { .. } | QuotingError::NothingToPrice(_)) => {}
            Err(refused) => prop_assert!(false, "{}", refused),
        }
    }
}
