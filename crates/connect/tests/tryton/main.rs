//! Quotes and estimates into a real Tryton, on this machine only.
//!
//! `SIGNWRIGHT_TRYTON` names a Python environment with `trytond`, `trytond_sale` and `trytond_sale_opportunity`;
//! `cargo xtask test` makes one. Without it these tests say so and pass.

mod between;
mod parcels;
mod server;

use signwright_connect::{Secret, Verdict, check, preview, probe, pull, push};
use signwright_domain::connection::{Endpoint, ParcelKind, PulledOutcome};

use crate::between::{Between, Moment};
use crate::parcels::{Line, alert, estimate, quote, taxed};
use crate::server::{PASSWORD, Tryton};

const TWO: [Line; 2] =
    [Line("Monument sign, double face", "1", "each", "21568.00"), Line("Vinyl", "2.50", "sq ft", "19.99")];

fn secret() -> Secret {
    Secret::new(PASSWORD)
}

#[tokio::test]
async fn a_quote_arrives_with_its_lines_and_is_updated_but_never_doubled() {
    let Some(tryton) = Tryton::started().await else { return };
    let to = tryton.endpoint();
    let first = push(&to, Some(&secret()), &quote("Q-2026-0007", 1, &TWO)).await.expect("receipt");
    assert!(first.said.contains("made, 21617.98 USD") && !first.said.contains("but"), "{}", first.said);
    let sale = tryton.only_sale("Q-2026-0007").await;
    assert_eq!(sale.id.to_string(), first.known["sale.sale"]);
    assert_eq!(
        (sale.state.as_str(), sale.party.as_str(), sale.untaxed.as_str()),
        ("draft", "Riverside Clinic", "21617.98")
    );
    assert_eq!(
        sale.lines,
        [("Monument sign, double face", "1.0", "21568"), ("Vinyl (sq ft)", "2.5", "19.99")]
            .map(|(text, quantity, price)| (text.to_owned(), quantity.to_owned(), price.to_owned()))
    );

    // The answer was lost, or never read: the same again, without knowing what it made.
    let again = push(&to, Some(&secret()), &quote("Q-2026-0007", 1, &TWO)).await.expect("receipt");
    assert_eq!(again.known, first.known);

    // A later version with other lines, knowing it.
    let changed = [TWO[0], Line("Vinyl", "3", "sq ft", "7.1234"), Line("Permit", "1", "each", "450")];
    let mut second = quote("Q-2026-0007", 2, &changed);
    second.known = first.known.clone();
    let said = push(&to, Some(&secret()), &second).await.expect("receipt").said;
    assert!(said.contains("updated, 22039.37 USD"), "{said}");
    let sale = tryton.only_sale("Q-2026-0007").await;
    assert_eq!((sale.untaxed.as_str(), sale.lines.len()), ("22039.37", 3));
    assert!(sale.description.ends_with("(version 2)") && sale.comment.contains("Not included: Rock"));

    // Another one beside it, of the same customer.
    push(&to, Some(&secret()), &quote("Q-2026-0008", 1, &TWO)).await.expect("receipt");
    assert_eq!(tryton.count("sale.sale").await, 2);
    assert_eq!(tryton.parties_called("Riverside Clinic").await, 1);
}

#[tokio::test]
async fn amounts_are_the_same_to_the_cent_there() {
    let Some(tryton) = Tryton::started().await else { return };
    let odd = [
        Line("Half a cent up", "0.5", "sq ft", "0.25"),
        Line("Five decimals", "3", "sq ft", "7.12345"),
        Line("Third", "0.333", "h", "62.10"),
        Line("Off", "-1", "each", "100.005"),
    ];
    let receipt = push(&tryton.endpoint(), Some(&secret()), &quote("Q-2026-0009", 1, &odd)).await.expect("receipt");
    assert!(!receipt.said.contains("but"), "{}", receipt.said);
}

#[tokio::test]
async fn a_tax_is_named_only_where_it_is_clear_which_one_and_a_difference_is_said() {
    let Some(tryton) = Tryton::started().await else { return };
    let to = tryton.endpoint();
    let receipt = push(&to, Some(&secret()), &taxed(quote("Q-1", 1, &TWO), "0.07")).await.expect("receipt");
    assert!(receipt.said.ends_with("; taxes are 0.00 there and 1513.26 here"), "{}", receipt.said);
    tryton.add_tax("0.07").await;
    tryton.add_tax("0.0825").await;
    let receipt = push(&to, Some(&secret()), &taxed(quote("Q-1", 2, &TWO), "0.070")).await.expect("receipt");
    assert!(receipt.said.ends_with("updated, 21617.98 USD"), "{}", receipt.said);
    tryton.add_tax("0.07").await;
    let receipt = push(&to, Some(&secret()), &taxed(quote("Q-2", 1, &TWO), "0.07")).await.expect("receipt");
    assert!(receipt.said.contains("taxes are 0.00 there"), "{}", receipt.said);
}

#[tokio::test]
async fn a_server_that_dies_in_the_middle_of_a_push_has_the_quote_exactly_once_in_the_end() {
    let Some(mut tryton) = Tryton::started().await else { return };
    for (number, moment) in [("Q-2026-0011", Moment::BeforeItIsDone), ("Q-2026-0012", Moment::BeforeItIsAnswered)] {
        let between = Between::the(&tryton, "model.sale.sale.create", moment).await;
        let parcel = quote(number, 1, &TWO);
        let (through, password) = (between.endpoint(&tryton), secret());
        let (failed, died) = tokio::join!(push(&through, Some(&password), &parcel), between.died());
        assert!(died, "the push came to the sale");
        tryton.kill();
        let error = failed.expect_err("no answer came");
        assert!(matches!(error.verdict(), Verdict::Again { counts: true, .. }), "{error}");
        let error = push(&tryton.endpoint(), Some(&secret()), &parcel).await.expect_err("it is down");
        assert!(matches!(error.verdict(), Verdict::Again { counts: false, .. }), "{error}");

        tryton.start().await;
        let there = tryton.sales(number).await.len();
        assert_eq!(there, usize::from(moment == Moment::BeforeItIsAnswered), "{moment:?}");
        let receipt = push(&tryton.endpoint(), Some(&secret()), &parcel).await.expect("receipt");
        let sale = tryton.only_sale(number).await;
        assert_eq!(receipt.known["sale.sale"], sale.id.to_string());
        assert_eq!((sale.untaxed.as_str(), sale.lines.len()), ("21617.98", 2));
    }
    assert_eq!(tryton.parties_called("Riverside Clinic").await, 1);
}

#[tokio::test]
async fn what_was_decided_there_is_left_alone_and_comes_back() {
    let Some(tryton) = Tryton::started().await else { return };
    let to = tryton.endpoint();
    let lost = push(&to, Some(&secret()), &quote("Q-2026-0021", 1, &TWO)).await.expect("receipt");
    let open = push(&to, Some(&secret()), &quote("Q-2026-0022", 1, &TWO)).await.expect("receipt");
    let lead = push(&to, Some(&secret()), &estimate("12", "13349.00")).await.expect("receipt");
    let everything = pull(&to, Some(&secret()), "2026-01-01T00:00:00Z".parse().expect("time")).await.expect("pulled");
    assert_eq!(everything.len(), 3);
    assert!(everything.iter().all(|one| one.outcome == Some(PulledOutcome::Open)));
    let since = everything.last().expect("the newest").changed_at;

    tryton.act("model.sale.sale.cancel", &lost.known["sale.sale"]).await;
    tryton.lose(&lead.known["sale.opportunity"], "price").await;
    let changed = pull(&to, Some(&secret()), since).await.expect("pulled");
    let outcome = |id: &str, entity: &str| {
        let found = changed.iter().find(|one| one.external_id == id && one.entity == entity);
        found.and_then(|one| one.outcome.map(|outcome| (outcome, one.lost_reason.clone())))
    };
    assert_eq!(outcome(&lost.known["sale.sale"], "sale.sale"), Some((PulledOutcome::Lost, None)));
    let reason = Some("price".to_owned());
    assert_eq!(outcome(&lead.known["sale.opportunity"], "sale.opportunity"), Some((PulledOutcome::Lost, reason)));
    let sale = changed.iter().find(|one| one.external_id == lost.known["sale.sale"] && one.entity == "sale.sale");
    let fields = &sale.expect("the sale").fields;
    assert_eq!(fields["reference"], "Q-2026-0021");
    assert_eq!(
        (&fields["party.rec_name"], &fields["untaxed_amount"]),
        (&"Riverside Clinic".into(), &"21617.98".into())
    );

    // The same version again is there already; another one is for a person to decide.
    let same = push(&to, Some(&secret()), &quote("Q-2026-0021", 1, &TWO)).await.expect("receipt");
    assert!(same.said.contains("there already"), "{}", same.said);
    let error = push(&to, Some(&secret()), &quote("Q-2026-0021", 2, &TWO)).await.expect_err("cancelled");
    assert_eq!(error.verdict(), Verdict::Dead);
    assert!(error.to_string().contains("is cancelled in Tryton"), "{error}");
    assert_eq!(tryton.only_sale("Q-2026-0022").await.id.to_string(), open.known["sale.sale"]);
}

#[tokio::test]
async fn a_quotation_that_changes_becomes_a_draft_again() {
    let Some(tryton) = Tryton::started().await else { return };
    let to = tryton.endpoint();
    let receipt = push(&to, Some(&secret()), &quote("Q-2026-0031", 1, &TWO)).await.expect("receipt");
    tryton.act("model.sale.sale.quote", &receipt.known["sale.sale"]).await;
    assert_eq!(tryton.only_sale("Q-2026-0031").await.state, "quotation");
    push(&to, Some(&secret()), &quote("Q-2026-0031", 2, &TWO[..1])).await.expect("receipt");
    let sale = tryton.only_sale("Q-2026-0031").await;
    assert_eq!((sale.state.as_str(), sale.lines.len()), ("draft", 1));
}

#[tokio::test]
async fn an_estimate_is_a_lead_with_its_cost_and_range() {
    let Some(tryton) = Tryton::started().await else { return };
    let to = tryton.endpoint();
    let first = push(&to, Some(&secret()), &estimate("12", "13349.00")).await.expect("receipt");
    let again = push(&to, Some(&secret()), &estimate("12", "14000.00")).await.expect("receipt");
    assert_eq!(first.known, again.known);
    assert_eq!(tryton.count("sale.opportunity").await, 1);
    let lead = tryton.opportunity(&first.known["sale.opportunity"]).await;
    assert_eq!(lead["description"], "Riverside Clinic monument: expected cost 14000.00 USD");
    let told = lead["comment"].as_str().expect("a comment");
    assert!(told.contains("between 11500.00 and 15800.00 USD") && told.contains("cost model 3"), "{told}");
}

#[tokio::test]
async fn what_is_wrong_with_a_connection_is_said_and_no_secret_is() {
    let Some(tryton) = Tryton::started().await else { return };
    let to = tryton.endpoint();
    let said = probe(&to, Some(&secret())).await.expect("it answers");
    assert!(said.starts_with("Tryton ") && said.ends_with(", database crm, signed in as admin"), "{said}");

    let wrong = Secret::new("not-the-password");
    let error = probe(&to, Some(&wrong)).await.expect_err("wrong password");
    assert_eq!(error.verdict(), Verdict::Person);
    assert!(error.to_string().contains("admin") && !format!("{error:?}").contains("not-the-password"), "{error:?}");
    let nobody = Endpoint::Tryton { url: tryton.url(), database: "elsewhere".into(), user: "admin".into() };
    let error = probe(&nobody, Some(&secret())).await.expect_err("no such database");
    assert!(error.verdict() == Verdict::Person && error.to_string().contains("no database elsewhere"), "{error}");
    let error = push(&to, None, &quote("Q-1", 1, &TWO)).await.expect_err("no password");
    assert_eq!(error.verdict(), Verdict::Person);
    let error = push(&to, Some(&secret()), &alert()).await.expect_err("not taken");
    assert!(error.to_string().contains("Tryton takes no alerts"), "{error}");

    let shown = preview(&to, &quote("Q-2026-0007", 1, &TWO)).expect("preview");
    assert!(shown.iter().any(|one| one.body.contains("model.sale.sale.create") && one.body.contains("21568")));
    assert!(!format!("{shown:?}").contains(PASSWORD));
    assert!(check(&to).is_ok());
    assert!(check(&Endpoint::Tryton { url: tryton.url(), database: " ".into(), user: "admin".into() }).is_err());
    assert_eq!(signwright_connect::takes(&to), [ParcelKind::Quote, ParcelKind::Estimate]);
}
