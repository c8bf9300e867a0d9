use proptest::prelude::*;

use super::*;

fn line(description: &str, quantity: i64, cents: i64) -> OptionLine {
    let line = QuoteLine {
        description: description.into(),
        quantity: Decimal::from(quantity),
        unit: "each".into(),
        unit_cost: Decimal::new(cents / 2, 2),
        unit_price: Decimal::new(cents, 2),
        estimate_id: None,
    };
    OptionLine { line, breaks: Vec::new() }
}

fn option(key: &str, kind: OptionKind, chosen: bool, lines: Vec<OptionLine>) -> QuoteOption {
    QuoteOption { key: key.into(), label: key.into(), kind, chosen, lines }
}

fn faces() -> OptionKind {
    OptionKind::Alternate { group: "faces".into() }
}

fn sign() -> Vec<QuoteOption> {
    vec![
        option("sign", OptionKind::Base, true, vec![line("Cabinet", 1, 500_000)]),
        option("acrylic", faces(), true, vec![line("Acrylic faces", 2, 30_000)]),
        option("flex", faces(), false, vec![line("Flex faces", 2, 22_050)]),
        option("lift", OptionKind::Addition, false, vec![line("Night work", 1, 80_001)]),
    ]
}

fn seven() -> Decimal {
    Decimal::new(7, 2)
}

#[test]
fn the_chosen_options_roll_into_the_total() {
    let rolled = roll_up(&sign(), seven(), Currency::USD).expect("a quote");
    assert_eq!(rolled.totals.subtotal.minor, 560_000);
    assert_eq!(rolled.totals.total.minor, 599_200);
    let told: Vec<_> = rolled
        .options
        .iter()
        .map(|option| (option.key.as_str(), option.amount.minor, option.otherwise.map(|total| total.minor)))
        .collect();
    let expected = [
        ("sign", 500_000, None),
        ("acrylic", 60_000, None),
        ("flex", 44_100, Some(582_187)),
        ("lift", 80_001, Some(684_801)),
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_cannot_be_chosen_is_refused() {
    let check = |change: fn(&mut Vec<QuoteOption>), word: &str| {
        let mut options = sign();
        change(&mut options);
        let refused = roll_up(&options, seven(), Currency::USD).expect_err(word).to_string();
        assert!(refused.contains(word), "{refused}");
    };
    check(|options| options[2].chosen = true, "2 alternates of \"faces\"");
    check(|options| options[1].chosen = false, "0 alternates of \"faces\"");
    check(|options| options[0].chosen = false, "always part");
    check(|options| options[3].key = "sign".into(), "stands twice");
    check(|options| options[3].lines[0].breaks = breaks(&[(10, 100), (5, 90)]), "does not come after");
    check(|options| options[3].lines[0].breaks = breaks(&[(10, 90_000)]), "dearer than before");
}

fn breaks(of: &[(i64, i64)]) -> Vec<QuantityBreak> {
    let one = |(from, cents): &(i64, i64)| QuantityBreak {
        from: Decimal::from(*from),
        unit_cost: Decimal::ONE,
        unit_price: Decimal::new(*cents, 2),
    };
    of.iter().map(one).collect()
}

#[test]
fn a_quantity_has_the_price_of_its_break() {
    let check = |quantity: i64, subtotal: i64, hint: Option<&str>| {
        let mut panel = line("Panel", quantity, 10_000);
        panel.breaks = breaks(&[(10, 9_000), (50, 7_500)]);
        let options = [option("panels", OptionKind::Base, true, vec![panel])];
        let rolled = roll_up(&options, Decimal::ZERO, Currency::USD).expect("a quote");
        assert_eq!(rolled.totals.subtotal.minor, subtotal, "{quantity}");
        assert_eq!(rolled.hints.first().map(String::as_str), hint, "{quantity}");
    };
    check(1, 10_000, None);
    check(9, 90_000, None);
    check(10, 90_000, None);
    check(45, 405_000, Some("50 of \"Panel\" cost less than 45"));
    check(60, 450_000, None);
}

#[test]
fn breaks_come_from_what_so_many_cost() {
    let cost = |cents| Money::new(cents, Currency::USD);
    let way = PriceWay::Markup { markup: Decimal::new(5, 1) };
    let rounding = PriceRounding { to: Some(Decimal::ONE), up: true };
    let breaks = quantity_breaks(&[(1, cost(10_000)), (10, cost(80_000)), (11, cost(90_000))], way, rounding);
    let prices: Vec<_> = breaks.expect("breaks").iter().map(|one| one.unit_price.to_string()).collect();
    assert_eq!(prices, ["150", "120", "120"].map(|whole| format!("{whole}.00")));
    assert!(quantity_breaks(&[(5, cost(1)), (5, cost(1))], way, rounding).is_err());
}

proptest! {
    /// What an option says the total would be otherwise, it is when chosen otherwise.
    #[test]
    fn otherwise_is_what_it_says(prices in prop::collection::vec(1_i64..1_000_000, 4), tax in 0_i64..3_000, night in any::<bool>()) {
        let mut options = sign();
        for (option, price) in options.iter_mut().zip(&prices) {
            option.lines[0].line.unit_price = Decimal::new(*price, 2);
        }
        options[3].chosen = night;
        let tax = Decimal::new(tax, 4);
        let rolled = roll_up(&options, tax, Currency::USD).expect("a quote");
        let sum: i64 = rolled.totals.amounts.iter().map(|amount| amount.minor).sum();
        prop_assert_eq!(sum, rolled.totals.subtotal.minor);
        let chosen: i64 = rolled.options.iter().filter(|option| option.chosen).map(|option| option.amount.minor).sum();
        prop_assert_eq!(chosen, rolled.totals.subtotal.minor);
        let said = rolled.options[3].otherwise;
        options[3].chosen = !night;
        prop_assert_eq!(roll_up(&options, tax, Currency::USD).ok().map(|other| other.totals.total), said);
        options[3].chosen = night;
        (options[1].chosen, options[2].chosen) = (false, true);
        prop_assert_eq!(roll_up(&options, tax, Currency::USD).ok().map(|other| other.totals.total), rolled.options[2].otherwise);
    }
}

/// A decided price is that of the chosen options; what may be chosen instead follows at the same price over cost.
#[test]
fn a_decided_price_is_spread_over_what_is_chosen() {
    use signwright_domain::price_decision::{PriceBackground, PriceDecision, PriceWay, ShareOrAmount};
    let line = |description: &str, quantity: i64, cost: i64| QuoteLine {
        description: description.to_owned(),
        quantity: Decimal::from(quantity),
        unit: "each".to_owned(),
        unit_cost: Decimal::from(cost),
        unit_price: Decimal::ZERO,
        estimate_id: None,
    };
    let one = |key: &str, kind: OptionKind, chosen: bool, lines: Vec<OptionLine>| QuoteOption {
        key: key.to_owned(),
        label: key.to_owned(),
        kind,
        chosen,
        lines,
    };
    let plain = |line| OptionLine { line, breaks: Vec::new() };
    let broken = |from: i64, cost: i64| QuantityBreak {
        from: Decimal::from(from),
        unit_cost: Decimal::from(cost),
        unit_price: Decimal::ZERO,
    };
    let alternate = || OptionKind::Alternate { group: "face".to_owned() };
    let options = [
        one("base", OptionKind::Base, true, vec![plain(line("Cabinet", 1, 700))]),
        one("acrylic", alternate(), true, vec![plain(line("Acrylic", 2, 100))]),
        one("flex", alternate(), false, vec![plain(line("Flex", 2, 80))]),
        one(
            "panels",
            OptionKind::Addition,
            true,
            vec![OptionLine { line: line("Panel", 7, 20), breaks: vec![broken(5, 15), broken(10, 12)] }],
        ),
    ];
    let decision = PriceDecision {
        contingency: None,
        escalation: None,
        way: PriceWay::Markup { markup: "0.37".parse().expect("decimal") },
        rounding: PriceRounding { to: Some(Decimal::from(5)), up: true },
        discount: ShareOrAmount::Part { share: "0.05".parse().expect("decimal") },
        tax_rate: Decimal::new(7, 2),
        deposit: ShareOrAmount::Nothing,
    };
    let before = roll_up(&options, Decimal::ZERO, Currency::USD).expect("totals");
    assert_eq!(before.totals.cost.minor, 100_500);
    let background = PriceBackground {
        cost: before.totals.cost,
        at_most: Vec::new(),
        floor: None,
        chances: Vec::new(),
        conversion: None,
    };
    let priced = crate::decide(&decision, &background).expect("a price");
    let at = crate::decision::options_at(&priced, &options).expect("options");
    let after = roll_up(&at, decision.tax_rate, Currency::USD).expect("totals");
    assert_eq!((after.totals.subtotal, after.totals.total), (priced.net, priced.total));
    assert_eq!(after.totals.cost, before.totals.cost);
    // 1380.00 over 1005.00 of cost.
    assert_eq!(at[2].lines[0].line.unit_price.to_string(), "109.85");
    let prices: Vec<String> = at[3].lines[0].breaks.iter().map(|one| one.unit_price.to_string()).collect();
    assert_eq!(
        (at[3].lines[0].line.unit_price.to_string().as_str(), prices.join(" ")),
        ("27.46", "20.59 16.48".to_owned())
    );
    let without = crate::decision::options_without_discount(&at, Some(&priced));
    assert_eq!((at[0].lines.len(), without[0].lines.len()), (2, 1));
}
