//! Assemblies over a real shop file.

use rust_decimal::Decimal;
use signwright_domain::assembly::AssemblyPart;
use signwright_domain::bottom_up::{AssemblyChoice, CostSource};
use signwright_domain::cost_library::PriceItem;
use signwright_domain::estimate::{Basis, Estimate};
use signwright_domain::unit::Unit;
use signwright_domain::{Currency, DriverValue, Money, Specification};
use signwright_store::prices::{self, PricePoint};

use super::*;
use crate::commands::Nothing;
use crate::estimates::{CreateEstimate, DecideCost, create_estimate};
use crate::models::tests::history::Shop;
use crate::quotes::{CreateQuote, create_quote};
use crate::{CallError, Code};

fn spec(sign_type: &str, width: f64, height: f64) -> Specification {
    let mut spec = Specification::default();
    spec.set("sign_type", DriverValue::Text(sign_type.to_owned()));
    spec.set("width", DriverValue::Number(width));
    spec.set("height", DriverValue::Number(height));
    spec
}

fn asked(spec: Specification) -> CreateEstimate {
    // When the jobs of the shop have just been finished.
    let quoted_on = Some("2025-01-01".parse().expect("a day"));
    CreateEstimate { specification: spec, quoted_on, ..CreateEstimate::default() }
}

fn estimate(shop: &Shop, input: CreateEstimate) -> Estimate {
    create_estimate(&shop.action(), input).expect("an estimate")
}

fn built_total(shop: &Shop) -> Money {
    let input = BuildUpJob { specification: spec("banner", 10.0, 3.0), ..BuildUpJob::default() };
    build_up_job(&shop.action(), input).expect("a build-up").total
}

fn shown(shop: &Shop, id: &str) -> AssemblyShown {
    show_assembly(&shop.action(), AssemblyRef { id: id.to_owned(), version: None }).expect("an assembly")
}

fn save(shop: &Shop, text: String, based_on: Option<u32>) -> Result<AssemblyShown, CallError> {
    let draft = AssemblyDraft::Text(text);
    save_assembly(&shop.action(), SaveAssembly { draft, of: None, based_on, note: "thicker".to_owned() })
}

fn priced(item: PriceItem) -> SaveItem {
    SaveItem { item, new: false, before: None }
}

fn code<T: std::fmt::Debug>(outcome: Result<T, CallError>) -> Code {
    outcome.expect_err("an error").code
}

#[test]
fn everything_that_comes_with_the_program_can_be_used_and_nothing_of_it_is_confirmed() {
    let shop = Shop::new();
    let all = list_assemblies(&shop.action(), Nothing {}).expect("list");
    assert_eq!(all.iter().filter(|one| !one.block).count(), 18);
    for one in all {
        assert!(one.problems.is_empty() && !one.confirmed && !one.own && one.shipped == Some(1), "{one:?}");
    }
}

#[test]
fn an_estimate_has_the_built_up_cost_beside_what_finished_jobs_say() {
    let shop = Shop::new();
    let found = estimate(&shop, asked(spec("pole", 10.0, 8.0)));
    assert_eq!(found.basis, Basis::MedianOfType);
    let bottom_up = found.bottom_up.expect("an assembly serves");
    let built = bottom_up.built.unwrap_or_else(|| panic!("{:?}", bottom_up.problems));
    assert_eq!(bottom_up.assembly, "pole");
    assert_eq!(built.lines.iter().map(|line| line.amount.minor).sum::<i64>(), built.total.minor);
    let beside = bottom_up.beside.expect("both are known");
    assert_eq!((beside.built_up, beside.learned), (built.total, found.cost));
    let proof = bottom_up.proof.expect("finished poles");
    assert!(proof.jobs >= 10 && proof.low <= proof.median && proof.median <= proof.high, "{proof:?}");
    assert_eq!(proof.ranges.len(), 3);
}

#[test]
fn a_job_that_no_assembly_serves_and_one_that_says_too_little_are_told_apart() {
    let shop = Shop::new();
    let mut own_type = spec("pole", 10.0, 8.0);
    own_type.set("height", DriverValue::Number(8.0));
    let mut bare = Specification::default();
    bare.set("sign_type", DriverValue::Text("pole".to_owned()));
    let found = estimate(&shop, asked(bare));
    let bottom_up = found.bottom_up.expect("it serves the type");
    assert!(bottom_up.built.is_none());
    assert!(bottom_up.problems.iter().any(|one| one.message.contains("not known")), "{:?}", bottom_up.problems);
    let missing = AssemblyChoice { id: Some("zeppelin".to_owned()), ..AssemblyChoice::default() };
    let input = CreateEstimate { assembly: missing, ..asked(own_type) };
    assert_eq!(code(create_estimate(&shop.action(), input)), Code::NotFound);
}

#[test]
fn what_is_given_stands_above_the_specification() {
    let shop = Shop::new();
    let total = |given: &[(&str, DriverValue)]| {
        let given = given.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let assembly = AssemblyChoice { id: None, given };
        let input = CreateEstimate { assembly, ..asked(spec("pole", 10.0, 8.0)) };
        let bottom_up = estimate(&shop, input).bottom_up.expect("bottom-up");
        bottom_up.built.unwrap_or_else(|| panic!("{:?}", bottom_up.problems)).total.minor
    };
    let near = total(&[("travel_miles", DriverValue::Number(5.0))]);
    assert!(total(&[("travel_miles", DriverValue::Number(200.0))]) > near);
}

#[test]
fn every_saved_change_is_a_version_and_nobody_overwrites_another() {
    let shop = Shop::new();
    let before = built_total(&shop);
    let first = shown(&shop, "banner");
    let text = first.text.replace("hours = \"0.7 h + 0.01 h/sq ft * faces_area\"", "hours = \"2.7 h\"");
    assert_ne!(text, first.text, "{}", first.text);
    let second = save(&shop, text.clone(), Some(1)).expect("saved");
    assert_eq!((second.info.version, second.info.own, second.versions.len()), (2, true, 1));
    assert_eq!(second.versions[0].note, "thicker");
    assert!(built_total(&shop).minor > before.minor);
    assert_eq!(code(save(&shop, text.clone(), Some(1))), Code::Conflict);
    assert_eq!(code(save(&shop, text, None)), Code::Conflict);
    let old = show_assembly(&shop.action(), AssemblyRef { id: "banner".to_owned(), version: Some(1) }).expect("old");
    assert_eq!(old.definition, first.definition);
    save(&shop, old.text, Some(2)).expect("back to the first");
    assert_eq!((built_total(&shop), shown(&shop, "banner").info.version), (before, 3));
}

#[test]
fn a_wrong_formula_is_told_where_it_is_and_never_saved() {
    let shop = Shop::new();
    let mut definition = shown(&shop, "banner").definition;
    let part = definition.parts.iter_mut().find(|part| part.name == "Installing").expect("installing");
    part.hours = Some("0.7 h + 2 ft".to_owned());
    let draft = AssemblyDraft::Definition(Box::new(definition));
    let input = CheckAssembly { draft: draft.clone(), specification: None, choice: AssemblyChoice::default() };
    let checked = check_assembly(&shop.action(), input).expect("checked");
    let problem = &checked.problems[0];
    assert_eq!((problem.place.as_str(), checked.problems.len()), ("part \"Installing\", hours", 1));
    assert_eq!(problem.formula.as_deref(), Some("0.7 h + 2 ft"));
    let saved = save_assembly(&shop.action(), SaveAssembly { draft, of: None, based_on: Some(1), note: String::new() });
    assert_eq!(code(saved), Code::InvalidInput);
    assert_eq!(shown(&shop, "banner").info.version, 1);
}

#[test]
fn what_an_assembly_draws_on_must_be_there_and_another_id_is_another_assembly() {
    let shop = Shop::new();
    let banner = shown(&shop, "banner");
    let check = |from: &str, to: &str, told: &str| {
        let text = banner.text.replace(from, to);
        assert_ne!(text, banner.text, "{from}");
        let error = save(&shop, text, Some(1)).expect_err(told);
        assert!(error.message.contains(told), "{error}");
    };
    check("item = \"ink\"", "item = \"nosuch\"", "no price of \"nosuch\"");
    check("code = \"520\"", "code = \"999\"", "no rate of \"999\"");
    check("name = \"Ink\"", "name = \"Installing\"", "another part has this name");
    let renamed = banner.text.replace("id = \"banner\"", "id = \"awning\"");
    let draft = AssemblyDraft::Text(renamed);
    let of = Some("banner".to_owned());
    let saved = save_assembly(&shop.action(), SaveAssembly { draft, of, based_on: Some(1), note: String::new() });
    assert_eq!(code(saved), Code::Conflict);
    assert_eq!(shown(&shop, "awning").info.version, 1);
}

#[test]
fn a_block_cannot_break_what_uses_it() {
    let shop = Shop::new();
    let mut block = shown(&shop, "site").definition;
    assert!(shown(&shop, "site").used_by.contains(&"Banner".to_owned()));
    block.inputs.retain(|input| input.name != "mounting");
    block.values.retain(|value| value.name != "installed");
    block.parts.clear();
    let draft = AssemblyDraft::Definition(Box::new(block));
    let saved = save_assembly(&shop.action(), SaveAssembly { draft, of: None, based_on: Some(1), note: String::new() });
    let error = saved.expect_err("refused");
    assert!(error.code == Code::InvalidInput && error.message.contains("Banner, part"), "{error}");
    let away = PutAway { id: "site".to_owned(), put_away: true };
    assert_eq!(code(put_away_assembly(&shop.action(), away)), Code::Conflict);
}

#[test]
fn a_copy_is_the_shops_own_and_comes_first_until_it_is_put_away() {
    let shop = Shop::new();
    let copy = CopyAssembly { id: "banner".into(), new_id: "banner-mesh".into(), name: "Mesh banner".into() };
    let copied = copy_assembly(&shop.action(), copy.clone()).expect("copied");
    assert_eq!((copied.info.version, copied.info.shipped, copied.info.own), (1, None, true));
    assert_eq!(code(copy_assembly(&shop.action(), copy)), Code::Conflict);
    let chosen = |shop: &Shop| {
        let input = BuildUpJob { specification: spec("banner", 10.0, 3.0), ..BuildUpJob::default() };
        build_up_job(&shop.action(), input).expect("built").assembly
    };
    assert_eq!(chosen(&shop), "banner-mesh");
    let away = |away| PutAway { id: "banner-mesh".to_owned(), put_away: away };
    put_away_assembly(&shop.action(), away(true)).expect("put away");
    assert_eq!(chosen(&shop), "banner");
    put_away_assembly(&shop.action(), away(false)).expect("offered again");
    assert_eq!(chosen(&shop), "banner-mesh");
}

#[test]
fn a_new_price_counts_at_once_and_keeps_its_past() {
    let shop = Shop::new();
    let before = built_total(&shop);
    let costs = show_costs(&shop.action(), Nothing {}).expect("costs");
    let banner = costs.items.iter().find(|one| one.item.key == "banner").expect("banner");
    assert!(banner.old && !banner.item.confirmed && banner.used_by == ["Banner"], "{banner:?}");
    let mut item = banner.item.clone();
    item.unit_cost += Decimal::ONE;
    item.on = shop.action().today();
    item.source = "price list of the vendor".to_owned();
    save_item(&shop.action(), priced(item.clone())).expect("saved");
    assert!(built_total(&shop).minor > before.minor);
    let past = past_prices(&shop.action(), CostKey::Item("banner".to_owned())).expect("past");
    assert_eq!(past.len(), 1);
    assert!(past[0].item.as_ref().is_some_and(|item| item.confirmed));
    for wrong in [Decimal::ZERO, -Decimal::ONE] {
        let mut item = item.clone();
        item.unit_cost = wrong;
        assert_eq!(code(save_item(&shop.action(), priced(item))), Code::InvalidInput);
    }
    let new = SaveItem { new: true, ..priced(item.clone()) };
    assert_eq!(code(save_item(&shop.action(), new)), Code::Conflict);
    let stale = SaveItem { before: Some(banner.item.clone()), ..priced(item.clone()) };
    assert_eq!(code(save_item(&shop.action(), stale)), Code::Conflict);
    let each = PriceItem { unit: Unit::parse("each").expect("unit"), ..item.clone() };
    assert_eq!(code(save_item(&shop.action(), priced(each))), Code::Conflict);
    assert_eq!(code(remove_cost(&shop.action(), CostKey::Item("banner".to_owned()))), Code::Conflict);
    assert_eq!(code(remove_cost(&shop.action(), CostKey::Rate("600".to_owned()))), Code::Conflict);
}

#[test]
fn imported_prices_are_offered_and_taken() {
    let shop = Shop::new();
    let keep = |series: &str, date: &str, price: &str, unit: &str| {
        let (date, price) = (date.parse().expect("day"), price.parse().expect("price"));
        let point = PricePoint { date, price, unit: unit.to_owned() };
        shop.app.shop().write(|db| prices::upsert(db, series, &point)).expect("price");
    };
    keep("Banner 13 oz", "2026-06-01", "100", "box");
    keep("ACM panel", "2024-12-01", "2.00", "sq ft");
    keep("ACM panel", "2026-06-01", "2.50", "sq ft");
    keep("Unobtainium", "2026-06-01", "9", "lb");
    let mut item = show_costs(&shop.action(), Nothing {}).expect("costs").items[0].item.clone();
    item.key = "mesh".to_owned();
    item.name = "Banner 13 oz".to_owned();
    item.on = "2026-01-01".parse().expect("day");
    save_item(&shop.action(), priced(item)).expect("an item of the shop");
    let found = list_price_changes(&shop.action(), Nothing {}).expect("changes");
    assert_eq!(found.unused, ["Unobtainium"]);
    let of = |key: &str| found.changes.iter().find(|one| one.item.key == key).expect("a change");
    assert_eq!(of("mesh").problem.as_deref(), Some("imported per box, the item is per sq ft"));
    let panel = of("acm-3mm");
    assert_eq!(panel.becomes.as_ref().map(|item| item.unit_cost.to_string()), Some("2.94".to_owned()));
    assert!(
        panel.by.is_some_and(|by| (by - 0.25).abs() < 0.01)
            && panel.becomes.as_ref().is_some_and(|item| !item.confirmed)
    );
    let take = |key: &str| take_prices(&shop.action(), TakePrices { items: vec![key.to_owned()] });
    assert_eq!(code(take("mesh")), Code::NotFound);
    take("acm-3mm").expect("taken");
    assert!(
        list_price_changes(&shop.action(), Nothing {})
            .expect("changes")
            .changes
            .iter()
            .all(|one| one.item.key != "acm-3mm")
    );
}

#[test]
fn an_assembly_that_the_shop_has_made_its_own_answers_where_no_model_does() {
    let shop = Shop::new();
    let action = shop.action();
    let costs = show_costs(&action, Nothing {}).expect("costs");
    let items = costs.items.iter().map(|one| one.item.key.clone()).collect();
    let rates = costs.rates.iter().map(|one| one.rate.code.clone()).collect();
    confirm_costs(&action, ConfirmCosts { items, rates }).expect("confirmed");
    for one in list_assemblies(&action, Nothing {}).expect("list") {
        let mut definition = shown(&shop, &one.id).definition;
        definition.confirmed = true;
        let draft = AssemblyDraft::Definition(Box::new(definition));
        save_assembly(&action, SaveAssembly { draft, of: None, based_on: Some(1), note: String::new() })
            .expect("confirmed");
    }
    let found = estimate(&shop, asked(spec("pole", 10.0, 8.0)));
    let bottom_up = found.bottom_up.expect("bottom-up");
    assert_eq!((found.basis, Some(found.cost)), (Basis::Assembly, bottom_up.built.map(|built| built.total)));
    assert_eq!((found.ranges.len(), found.at_most.len()), (3, 3));
    assert!(found.basis_note.contains("no trained model"), "{}", found.basis_note);
}

#[test]
fn the_cost_that_was_decided_on_is_kept_and_quoted() {
    let shop = Shop::new();
    let decide = |by, cost: Option<i64>, why: &str| {
        let cost = cost.map(|dollars| Money::new(100 * dollars, Currency::USD));
        let decide = Some(DecideCost { by, cost, why: why.to_owned() });
        create_estimate(&shop.action(), CreateEstimate { save: true, decide, ..asked(spec("pole", 10.0, 8.0)) })
    };
    assert_eq!(code(decide(CostSource::Own, Some(7_777), " ")), Code::InvalidInput);
    assert_eq!(code(decide(CostSource::Own, None, "because")), Code::InvalidInput);
    assert_eq!(code(decide(CostSource::Own, Some(-5), "because")), Code::InvalidInput);
    let own = decide(CostSource::Own, Some(7_777), "the pole is in the yard").expect("decided");
    assert_eq!(own.decided_cost().minor, 777_700);
    let built = decide(CostSource::BuiltUp, None, "checked part by part").expect("decided");
    let total = built.bottom_up.as_ref().and_then(|one| one.built.as_ref()).expect("built").total;
    assert_eq!(built.decided_cost(), total);
    let input = CreateQuote {
        title: String::new(),
        customer: "Harbor Dental".to_owned(),
        contact: String::new(),
        estimate_ids: vec![own.id],
        markup: Some(Decimal::ZERO),
        tax_rate: Some(Decimal::ZERO),
        contingency: None,
    };
    let quote = create_quote(&shop.action(), input).expect("a quote");
    assert_eq!(quote.active().totals.cost.minor, 777_700);
}

#[test]
fn a_month_gives_the_rates_of_the_shop() {
    let shop = Shop::new();
    let month = serde_json::json!({
        "currency": "USD", "overhead": [{"name": "Rent", "amount": {"minor": 1_200_000, "currency": "USD"}}],
        "departments": [{"code": "600", "name": "Installation", "people": "2", "wage": "30", "paid_hours": "150",
            "chargeable": "1", "efficiency": "1"}]
    });
    let month: signwright_domain::burden::MonthlyCosts = serde_json::from_value(month).expect("a month");
    let costs = save_burdened_rates(&shop.action(), SaveRates { month: month.clone() }).expect("saved");
    let rate = costs.rates.iter().find(|one| one.rate.code == "600").expect("a rate");
    assert_eq!((rate.rate.rate, rate.rate.confirmed), (Decimal::from(70), true));
    assert_eq!(show_monthly_costs(&shop.action(), Nothing {}), Ok(Some(month)));
    let explain = ExplainJob {
        specification: spec("banner", 10.0, 3.0),
        assembly: AssemblyChoice::default(),
        name: "Installing".to_owned(),
    };
    let told = explain_job(&shop.action(), explain).expect("explained");
    assert!(told.iter().any(|one| one.value.is_some() && !one.parts.is_empty()), "{told:?}");
    let part: AssemblyPart = shown(&shop, "banner").definition.parts.pop().expect("parts");
    assert_eq!(part.code.as_deref(), Some("620"));
}
