//! A quote from its price to what was ordered.

use jiff::ToSpan;
use rust_decimal::Decimal;
use signwright_domain::Money;
use signwright_domain::price_decision::{MarginFloors, PriceDecision, PriceRounding, PriceWay, ShareOrAmount};
use signwright_domain::quote::{Quote, QuoteLine, QuoteStatus, QuoteStep};
use signwright_domain::quote_option::{OptionKind, OptionLine, QuoteOption};
use signwright_store::ShopSettings;

use super::*;
use crate::commands::Nothing;
use crate::models::tests::history::Shop;
use crate::shop::{EventQuery, list_events, save_settings, shop_summary};

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// A draft for a pole sign, at the default markup of 60 %.
fn draft(shop: &Shop) -> Quote {
    shop.train();
    shop.quote()
}

fn line(description: &str, price: &str) -> QuoteLine {
    QuoteLine {
        description: description.to_owned(),
        quantity: Decimal::ONE,
        unit: "lot".to_owned(),
        unit_cost: Decimal::ZERO,
        unit_price: decimal(price),
        estimate_id: None,
    }
}

fn update(id: i64) -> UpdateQuote {
    serde_json::from_value(serde_json::json!({ "id": id })).expect("an update")
}

fn by_markup(markup: &str) -> PriceDecision {
    pricing::plain(PriceWay::Markup { markup: decimal(markup) })
}

fn price(shop: &Shop, id: i64, decision: PriceDecision) -> Quote {
    apply_price(&shop.action(), PriceQuote { id, decision, reason: "as agreed".to_owned() }).expect("a price")
}

fn approve(shop: &Shop, id: i64) -> Quote {
    approve_quote(&shop.action(), ApproveQuote { id, approval: None }).expect("approved")
}

fn standing(shop: &Shop, id: i64) -> QuoteStanding {
    quote_standing(&shop.action(), QuoteRef { id }).expect("a standing")
}

#[test]
fn what_is_previewed_is_what_is_applied_and_is_kept_until_the_lines_say_otherwise() {
    let shop = Shop::new();
    let id = draft(&shop).id;
    let known = quote_pricing(&shop.action(), QuoteRef { id }).expect("pricing");
    assert_eq!(
        (known.kinds.as_slice(), known.decision.way),
        (&["pole".to_owned()][..], PriceWay::Markup { markup: decimal("0.6") })
    );
    assert_eq!(known.background.at_most.len(), 3);
    let decision = PriceDecision {
        contingency: Some(80),
        rounding: PriceRounding { to: Some(decimal("5")), up: true },
        discount: ShareOrAmount::Part { share: decimal("0.03") },
        tax_rate: decimal("0.07"),
        ..by_markup("0.45")
    };
    let asked = PriceQuote { id, decision: decision.clone(), reason: String::new() };
    let priced = preview_price(&shop.action(), asked).expect("a preview");
    assert_eq!(get(&shop.action(), id).expect("a quote").active().decided, None, "a preview writes nothing");
    let quote = price(&shop, id, decision.clone());
    let version = quote.active();
    assert_eq!((version.totals.subtotal, version.totals.total), (priced.net, priced.total));
    let decided = version.decided.as_ref().expect("a decision");
    assert_eq!((&decided.decision, decided.reason.as_str(), decided.who.as_str()), (&decision, "as agreed", "tester"));
    // Decided anew, it starts from the same cost.
    assert_eq!(price(&shop, id, decision).active().totals, version.totals);
    let lines = version.lines.iter().chain([&line("Crane", "500")]).cloned().collect();
    let edited = update_quote(&shop.action(), UpdateQuote { lines: Some(lines), ..update(id) }).expect("edited");
    assert_eq!(edited.active().decided, None, "typed prices are no decision");
}

#[test]
fn below_its_floor_a_quote_is_approved_by_name_only() {
    let shop = Shop::new();
    let id = draft(&shop).id;
    let floors = MarginFloors { default: None, by_type: [("pole".to_owned(), decimal("0.35"))].into() };
    save_margin_floors(&shop.action(), floors).expect("floors");
    let version = get(&shop.action(), id).expect("a quote").active().totals.margin;
    assert_eq!(version.map(|margin| margin.round_dp(3)), Some(decimal("0.375")));
    assert_eq!(standing(&shop, id).floor.map(|floor| floor.needs_approval), Some(false));
    price(&shop, id, by_markup("0.4"));
    let floor = standing(&shop, id).floor.expect("a floor");
    assert!(floor.needs_approval);
    let approve = |by: &str, reason: &str| {
        let approval = Some(Approval { by: by.to_owned(), reason: reason.to_owned() });
        approve_quote(&shop.action(), ApproveQuote { id, approval })
    };
    let refused = approve_quote(&shop.action(), ApproveQuote { id, approval: None }).expect_err("below its floor");
    assert_eq!(refused.code, Code::Conflict);
    assert!(refused.message.contains(&floor.price.to_string()), "{refused}");
    for (by, reason) in [("", "a chain"), ("Owner", " ")] {
        assert_eq!(approve(by, reason).expect_err("refused").code, Code::Conflict);
    }
    let approved = approve("Owner", "first of a chain").expect("approved");
    let kept = approved.active().approval.as_ref().expect("an approval");
    assert_eq!((kept.by.as_str(), kept.reason.as_str(), &kept.floor), ("Owner", "first of a chain", &floor));
    assert!(approved.active().locked);
    let events = list_events(&shop.action(), EventQuery::default()).expect("events");
    let logged =
        |event: &crate::shop::Event| event.after.as_ref().is_some_and(|after| after["below_floor"]["by"] == "Owner");
    assert!(events.iter().any(logged), "the log keeps who allowed it");
    let wrong = MarginFloors { default: None, by_type: [("poles".to_owned(), decimal("0.35"))].into() };
    assert_eq!(save_margin_floors(&shop.action(), wrong).expect_err("refused").code, Code::InvalidInput);
}

/// The contingency is part of the cost that the floor is asked of.
#[test]
fn a_contingency_counts_against_the_floor() {
    let shop = Shop::new();
    let id = draft(&shop).id;
    let floors = MarginFloors { default: Some(decimal("0.35")), by_type: Default::default() };
    save_margin_floors(&shop.action(), floors).expect("floors");
    let subtotal = get(&shop.action(), id).expect("a quote").active().totals.subtotal;
    let same_price = PriceDecision { contingency: Some(90), ..pricing::plain(PriceWay::Price { price: subtotal }) };
    price(&shop, id, same_price);
    assert_eq!(standing(&shop, id).floor.map(|floor| floor.needs_approval), Some(true));
}

#[test]
fn changes_of_a_draft_can_be_taken_back_and_made_again() {
    let shop = Shop::new();
    let first = draft(&shop);
    let id = first.id;
    assert_eq!(standing(&shop, id).undo, None);
    let typed =
        UpdateQuote { customer: Some("Lakeside Library".to_owned()), terms: Some("now".to_owned()), ..update(id) };
    let second = update_quote(&shop.action(), typed).expect("edited");
    let third = price(&shop, id, by_markup("0.5"));
    let there = |quote: &Quote| (quote.customer.clone(), quote.active().clone());
    let undo = || undo_quote(&shop.action(), QuoteRef { id });
    let redo = || redo_quote(&shop.action(), QuoteRef { id });
    assert_eq!(there(&undo().expect("undone")), there(&second));
    assert_eq!(there(&undo().expect("undone")), there(&first));
    assert_eq!(undo().expect_err("nothing").code, Code::Conflict);
    let words = standing(&shop, id).redo.expect("a change").words;
    assert!(words.contains(&"The customer is \"Lakeside Library\" instead of \"Alder Bank\".".to_owned()), "{words:?}");
    assert_eq!(there(&redo().expect("again")), there(&second));
    assert_eq!(there(&redo().expect("again")), there(&third));
    assert_eq!(redo().expect_err("nothing").code, Code::Conflict);
    undo().expect("undone");
    price(&shop, id, by_markup("0.7"));
    assert_eq!(redo().expect_err("another way was taken").code, Code::Conflict);
    approve(&shop, id);
    assert_eq!(undo().expect_err("locked").code, Code::Conflict);
}

#[test]
fn an_offer_runs_out_by_the_calendar_and_can_be_revised() {
    let shop = Shop::new();
    let id = draft(&shop).id;
    approve(&shop, id);
    send_quote(&shop.action(), QuoteRef { id }).expect("sent");
    mark_quote_viewed(&shop.action(), QuoteRef { id }).expect("viewed");
    assert!(standing(&shop, id).viewed_at.is_some());
    let listed = |action: &Action, status| {
        let query = QuoteQuery { status: Some(status), ..QuoteQuery::default() };
        list_quotes(action, query).expect("a list").total
    };
    assert_eq!((listed(&shop.action(), QuoteStatus::Sent), listed(&shop.action(), QuoteStatus::Expired)), (1, 0));
    assert_eq!(expire_quote(&shop.action(), QuoteRef { id }).expect_err("too early").code, Code::Conflict);
    assert!(!standing(&shop, id).steps.contains(&QuoteStep::Expire));
    let mut later = shop.action();
    later.now = later.now.checked_add((24 * 31).hours()).expect("a moment");
    assert_eq!((listed(&later, QuoteStatus::Sent), listed(&later, QuoteStatus::Expired)), (0, 1));
    let told = quote_standing(&later, QuoteRef { id }).expect("a standing");
    assert_eq!(told.status, QuoteStatus::Expired);
    let today = shop_summary(&later, Nothing {}).expect("a summary").attention;
    assert!(today.iter().any(|one| one.title == "1 offer ran out"), "{today:?}");
    assert_eq!(expire_quote(&later, QuoteRef { id }).expect("expired").status, QuoteStatus::Expired);
    let revised = revise_quote(&later, QuoteRef { id }).expect("revised");
    assert_eq!(revised.status, QuoteStatus::Draft);
    assert!(revised.active().valid_until > later.today());
    assert_eq!(quote_standing(&later, QuoteRef { id }).expect("a standing").viewed_at, None);
}

#[test]
fn change_orders_follow_a_win_and_add_up() {
    let shop = Shop::new();
    let id = draft(&shop).id;
    let order = |reason: &str, lines: Vec<QuoteLine>| {
        add_change_order(&shop.action(), AddChangeOrder { id, reason: reason.to_owned(), lines, tax_rate: None })
    };
    assert_eq!(order("rock", vec![line("Drilling", "850")]).expect_err("a draft").code, Code::InvalidInput);
    approve(&shop, id);
    let won = mark_quote_won(&shop.action(), QuoteRef { id }).expect("won").active().totals.total;
    assert_eq!(order(" ", vec![line("Drilling", "850")]).expect_err("no reason").code, Code::InvalidInput);
    assert_eq!(order("rock", vec![line("Drilling", "850")]).expect("an order").number, 1);
    assert_eq!(order("no crane", vec![line("Crane", "-420.50")]).expect("an order").number, 2);
    let all = standing(&shop, id).ordered.expect("orders");
    assert_eq!(all.total.minor, won.minor + 85_000 - 42_050);
    let too_much = vec![line("All of it", "-900000")];
    assert_eq!(order("nothing is left", too_much).expect_err("too much").code, Code::InvalidInput);
    assert_eq!(standing(&shop, id).change_orders.len(), 2);
}

#[test]
fn versions_are_compared_and_copied() {
    let shop = Shop::new();
    let id = draft(&shop).id;
    approve(&shop, id);
    revise_quote(&shop.action(), QuoteRef { id }).expect("revised");
    let lines = get(&shop.action(), id)
        .expect("a quote")
        .active()
        .lines
        .iter()
        .chain([&line("Crane", "500")])
        .cloned()
        .collect();
    update_quote(&shop.action(), UpdateQuote { lines: Some(lines), ..update(id) }).expect("edited");
    let difference = compare_versions(&shop.action(), CompareVersions { id, from: 1, to: 2 }).expect("compared");
    assert_eq!(difference.words[0], "\"Crane\" was added, $500.00.");
    let missing = compare_versions(&shop.action(), CompareVersions { id, from: 1, to: 3 });
    assert_eq!(missing.expect_err("no such").code, Code::NotFound);
    let copy = |version| {
        let input = serde_json::json!({ "id": id, "version": version, "customer": "Riverside Clinic" });
        copy_quote(&shop.action(), serde_json::from_value(input).expect("input")).expect("a copy")
    };
    let (old, new) = (copy(Some(1)), copy(None));
    assert_eq!((old.active().lines.len(), new.active().lines.len()), (1, 2));
    assert_eq!((old.status, old.customer.as_str(), old.versions.len()), (QuoteStatus::Draft, "Riverside Clinic", 1));
    assert_ne!(old.number, new.number);
    assert!(standing(&shop, old.id).notes[0].note.contains("version 1"));
}

#[test]
fn a_draft_begins_from_a_template_or_a_finished_job() {
    let shop = Shop::new();
    let quote = draft(&shop);
    let saved = SaveQuoteTemplate { id: quote.id, name: " Pole signs ".to_owned() };
    let template = save_quote_template(&shop.action(), saved).expect("a template");
    assert_eq!(template_by_name(&shop.action(), "Pole signs").expect("found").id, template.id);
    let input = QuoteFromTemplate {
        template_id: template.id,
        customer: "Riverside Clinic".to_owned(),
        contact: String::new(),
        title: None,
    };
    let begun = quote_from_template(&shop.action(), input.clone()).expect("a draft");
    assert_eq!((&begun.active().lines, &begun.title), (&quote.active().lines, &quote.title));
    let nobody = QuoteFromTemplate { customer: " ".to_owned(), ..input.clone() };
    assert_eq!(quote_from_template(&shop.action(), nobody).expect_err("nobody").code, Code::InvalidInput);
    delete_quote_template(&shop.action(), TemplateRef { id: template.id }).expect("deleted");
    assert_eq!(quote_from_template(&shop.action(), input).expect_err("gone").code, Code::NotFound);

    let job = crate::jobs::show_job(&shop.action(), crate::jobs::JobRef { id: None, number: Some("10001".to_owned()) });
    let job = job.expect("a job").job;
    let from = QuoteFromJob { job_id: job.id, customer: Some("Alder Bank".to_owned()), markup: Some(decimal("0.5")) };
    let begun = quote_from_job(&shop.action(), from).expect("a draft");
    assert_eq!(Some(begun.active().totals.cost), job.actual.total);
    assert_eq!(begun.active().totals.markup.map(|markup| markup.round_dp(3)), Some(decimal("0.5")));
}

#[test]
fn notes_tags_and_days_to_ask_are_kept_and_found() {
    let shop = Shop::new();
    let id = draft(&shop).id;
    let note = AddQuoteNote { id, note: " They want it before the opening ".to_owned() };
    add_quote_note(&shop.action(), note).expect("a note");
    tag_quote(&shop.action(), TagQuote { id, tags: vec!["Rush".to_owned(), "chain".to_owned(), "rush".to_owned()] })
        .expect("tags");
    let found = |search: &str| {
        list_quotes(&shop.action(), QuoteQuery { search: search.to_owned(), ..QuoteQuery::default() }).expect("a list")
    };
    assert_eq!(found("opening").quotes[0].tags, ["chain", "rush"]);
    assert_eq!((found("RUSH").total, found("elsewhere").total), (1, 0));
    let told = standing(&shop, id);
    assert_eq!(
        (told.notes[0].note.as_str(), told.notes[0].who.as_str()),
        ("They want it before the opening", "tester")
    );
    remove_quote_note(&shop.action(), QuoteNoteRef { id, note_id: told.notes[0].id }).expect("removed");
    assert_eq!(found("opening").total, 0);

    let ask = |on| {
        let follow_up = Some(FollowUp { on, note: "the colours".to_owned() });
        follow_up_quote(&shop.action(), FollowUpQuote { id, follow_up }).expect("a day");
        let due = QuoteQuery { due: true, ..QuoteQuery::default() };
        (standing(&shop, id).follow_up_due, list_quotes(&shop.action(), due).expect("a list").total)
    };
    let today = shop.action().today();
    assert_eq!(ask(today.saturating_add(1.day())), (false, 0));
    assert_eq!(ask(today), (true, 1));
    let told = shop_summary(&shop.action(), Nothing {}).expect("a summary").attention;
    let asked = told.iter().find(|one| one.title == "1 quote to follow up").expect("told");
    assert!(asked.detail.ends_with("Alder Bank: the colours"), "{}", asked.detail);
    follow_up_quote(&shop.action(), FollowUpQuote { id, follow_up: None }).expect("taken away");
    assert_eq!(standing(&shop, id).follow_up, None);
}

#[test]
fn options_make_the_lines_and_are_priced_together() {
    let shop = Shop::new();
    let quote = draft(&shop);
    let id = quote.id;
    let plain = |line| OptionLine { line, breaks: Vec::new() };
    let option = |key: &str, kind, chosen, lines: Vec<QuoteLine>| QuoteOption {
        key: key.to_owned(),
        label: key.to_owned(),
        kind,
        chosen,
        lines: lines.into_iter().map(plain).collect(),
    };
    let base = || option("base", OptionKind::Base, true, quote.active().lines.clone());
    let options =
        |chosen| vec![base(), option("cleaning", OptionKind::Addition, chosen, vec![line("Cleaning", "300")])];
    let with = |options| update_quote(&shop.action(), UpdateQuote { options: Some(options), ..update(id) });
    let left = with(options(false)).expect("options");
    assert_eq!((left.active().lines.len(), left.active().totals.subtotal), (1, quote.active().totals.subtotal));
    let amounts = &left.active().option_amounts;
    assert_eq!((amounts[1].amount.minor, amounts[1].chosen), (30_000, false));
    let taken = with(options(true)).expect("options");
    assert_eq!(taken.active().totals.subtotal.minor, quote.active().totals.subtotal.minor + 30_000);
    let refused = update_quote(&shop.action(), UpdateQuote { lines: Some(Vec::new()), ..update(id) });
    assert_eq!(refused.expect_err("lines follow from options").code, Code::InvalidInput);
    assert_eq!(with(options(true)[1..].to_vec()).expect_err("no base").code, Code::InvalidInput);
    let discount = ShareOrAmount::Part { share: decimal("0.1") };
    let priced = price(&shop, id, PriceDecision { discount, ..by_markup("0.7") });
    let decided = priced.active().decided.as_ref().expect("a decision");
    assert_eq!(decided.priced.net, priced.active().totals.subtotal);
    assert_eq!(priced.active().options[0].lines.len(), 2, "the discount is part of the base");
    let plain = with(Vec::new()).expect("no options");
    assert_eq!((plain.active().options.len(), plain.active().totals.total), (0, priced.active().totals.total));
}

/// What goes to other systems is what the customer pays: after the discount.
#[test]
fn what_is_sent_comes_to_the_net_price() {
    let shop = Shop::new();
    let settings = ShopSettings { tax_rate: decimal("0.07"), ..ShopSettings::default() };
    save_settings(&shop.action(), settings).expect("settings");
    let id = draft(&shop).id;
    let discount = ShareOrAmount::Part { share: decimal("0.125") };
    let decision = PriceDecision { discount, tax_rate: decimal("0.07"), ..by_markup("0.55") };
    let quote = price(&shop, id, decision);
    let priced = &quote.active().decided.as_ref().expect("a decision").priced;
    let payload = signwright_connect::delivery(&quote).expect("a delivery").payload;
    let sent = &payload["quotes"][0];
    let amount = |value: &serde_json::Value| decimal(value.as_str().expect("a text"));
    assert_eq!(amount(&sent["subtotal"]), priced.net.to_decimal());
    assert_eq!(amount(&sent["total"]), priced.total.to_decimal());
    let lines = sent["lines"].as_array().expect("lines");
    assert_eq!(lines.iter().map(|line| amount(&line["amount"])).sum::<Decimal>(), priced.net.to_decimal());
    assert!(
        lines.iter().all(|line| amount(&line["amount"]) >= Decimal::ZERO),
        "a discount is no line of its own there"
    );
    assert!(!payload.to_string().contains("as agreed"), "why a price was decided stays in the shop");
}

#[test]
fn a_price_can_be_built_on_what_most_such_jobs_cost_at_most() {
    let shop = Shop::new();
    shop.train();
    let estimate = shop.estimate();
    let quote = |contingency: Option<u8>| {
        let empty = r#"{"customer": "Alder Bank", "estimate_ids": [], "markup": "0.5"}"#;
        let empty: CreateQuote = serde_json::from_str(empty).expect("a quote");
        create_quote(&shop.action(), CreateQuote { estimate_ids: vec![estimate.id], contingency, ..empty })
    };
    let known: Vec<Money> = estimate.at_most.iter().map(|one| one.cost).collect();
    let mut prices = Vec::new();
    for (percentile, cost) in [70, 80, 90].into_iter().zip(known) {
        let quote = quote(Some(percentile)).expect("a quote");
        let version = quote.active();
        let decided = version.decided.as_ref().expect("a decision");
        // The work is still expected to cost what it does; the price is built on more.
        assert_eq!((version.totals.cost, decided.priced.cost), (estimate.cost, cost));
        assert_eq!(version.totals.subtotal, decided.priced.net);
        prices.push(version.totals.subtotal.minor);
    }
    let plain = quote(None).expect("a quote");
    assert_eq!((plain.active().totals.cost, &plain.active().decided), (estimate.cost, &None));
    prices.insert(0, plain.active().totals.subtotal.minor);
    assert!(prices.windows(2).all(|pair| pair[0] < pair[1]), "{prices:?}");
    assert_eq!(quote(Some(75)).expect_err("refused").code, Code::InvalidInput);
}
