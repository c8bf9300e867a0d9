//! A bid tab beside a person: every bidder is a record, each is corrected and confirmed by itself.

use serde_json::{Value, json as j};

use crate::paper::Paper;
use crate::program::{refused, text};
use crate::shop::Shop;

const XS: [f32; 11] = [30.0, 64.0, 150.0, 184.0, 212.0, 264.0, 322.0, 374.0, 432.0, 484.0, 545.0];
const ITEMS: [(&str, &str, u32); 2] = [("0001", "Panel signs", 240), ("0002", "Steel posts", 36)];

/// A tab of three bidders with what each asks for one piece, in cents; the printed total of the second is `slip` too high.
fn tab(bidders: [(&str, u32); 3], slip: u32) -> Vec<u8> {
    let dollars = |cents: u32| format!("${}.{:02}", cents / 100, cents % 100);
    let mut page = vec![
        (30.0, 50.0, "BID TABULATION".to_owned()),
        (30.0, 64.0, "Solicitation No. 2026-114".to_owned()),
        (300.0, 64.0, "Bid Date: 03/17/2026".to_owned()),
    ];
    let heads = ["Item", "Description", "Qty", "Unit", "Price", "Amount", "Price", "Amount", "Price", "Amount"];
    page.extend(XS.iter().zip(heads).map(|(x, head)| (x + 2.0, 134.0, head.to_owned())));
    page.extend((0..3).map(|at| (XS[4 + 2 * at] + 8.0, 114.0, bidders[at].0.to_owned())));
    let mut totals = [0; 3];
    for (row, (number, name, quantity)) in (0_u32..).zip(ITEMS) {
        let y = 154.0 + 20.0 * row as f32;
        let item = [number.to_owned(), name.to_owned(), quantity.to_string(), "EA".to_owned()];
        page.extend(XS.iter().zip(item).map(|(x, cell)| (x + 2.0, y, cell)));
        for (at, (_, price)) in bidders.iter().enumerate() {
            let price = price + 375 * row;
            totals[at] += price * quantity;
            page.push((XS[4 + 2 * at] + 2.0, y, dollars(price)));
            page.push((XS[5 + 2 * at] + 2.0, y, dollars(price * quantity)));
        }
    }
    page.push((66.0, 194.0, "Total Bid".to_owned()));
    totals[1] += slip;
    page.extend((0..3).map(|at| (XS[5 + 2 * at] + 2.0, 194.0, dollars(totals[at]))));
    let mut rules: Vec<[f32; 4]> = [120.0, 140.0, 160.0, 180.0, 200.0].map(|y| [30.0, y, 545.0, y]).to_vec();
    rules.extend(XS.map(|x| [x, 120.0, x, 200.0]));
    rules.push([212.0, 100.0, 545.0, 100.0]);
    rules.extend([212.0, 322.0, 432.0, 545.0].map(|x| [x, 100.0, x, 120.0]));
    Paper { rules, points: 7.0, ..Paper::helvetica(page) }.print()
}

fn call(shop: &Shop, command: &str, input: &Value) -> Value {
    shop.run(&["call", command, &input.to_string()])
}

/// Name, values that wait and whether a person has confirmed it, of each bidder.
fn bidders(review: &Value) -> Vec<(&str, u64, bool)> {
    let records = review["records"].as_array().expect("records").iter();
    let of = |one| -> (&str, u64, bool) {
        let one: &Value = one;
        let text = one["name"].as_str().expect("name");
        (text, one["waiting"].as_u64().expect("count"), one["confirmed"].as_bool().expect("flag"))
    };
    records.map(of).collect()
}

#[test]
fn every_bidder_is_looked_at_corrected_and_confirmed_by_itself() {
    let shop = Shop::new();
    let bids = [("Alder Signs Inc.", 1_200), ("Harbor Works LLC", 1_155), ("Stone Traffic Co.", 1_422)];
    let path = shop.put("tab.pdf", tab(bids, 900));
    assert_eq!(shop.import(&path)["counts"]["created"], 3);
    let listed = call(&shop, "list_reviews", &j!({}));
    let sha256 = listed["documents"][0]["sha256"].as_str().expect("one waits").to_owned();

    // What waits comes first.
    let first = call(&shop, "show_review", &j!({"sha256": sha256}));
    let seen = bidders(&first);
    assert_eq!(seen.iter().map(|one| one.0).collect::<Vec<_>>(), bids.map(|one| one.0), "in the order of the page");
    assert_eq!((first["shown"].as_u64(), seen[0].1, seen[2].1), (Some(1), 0, 0));
    assert!(seen[1].1 > 0 && first["waiting"] == seen[1].1, "{seen:?}");
    let key = |review: &Value, at: usize| review["records"][at]["key"].as_str().expect("key").to_owned();
    let (alder, harbor, stone) = (key(&first, 0), key(&first, 1), key(&first, 2));
    let third = call(&shop, "show_review", &j!({"sha256": sha256, "record": stone}));
    let price = &third["lines"][0]["fields"]["unit_price"]["raw"];
    assert_eq!((third["shown"].as_u64(), price), (Some(2), &j!("$14.22")));

    // Of several records one must be said, and a name of another one cannot be taken.
    let nameless = j!({"sha256": sha256, "field": "total", "value": "1.00"}).to_string();
    let error = refused(&["--shop", text(&shop.file()), "call", "correct_field", &nameless]);
    assert_eq!((&error["code"], error["hint"].as_str().is_some()), (&j!("conflict"), true));
    let taken = j!({"sha256": sha256, "record": alder, "field": "vendor", "value": "Stone Traffic Co."}).to_string();
    let error = refused(&["--shop", text(&shop.file()), "call", "correct_field", &taken]);
    assert_eq!(error["code"], "conflict");

    // One confirmed bidder leaves the others as they are.
    let after = call(&shop, "confirm_document", &j!({"sha256": sha256, "record": alder}));
    let states: Vec<bool> = bidders(&after).iter().map(|one| one.2).collect();
    assert_eq!((states, &after["state"]), (vec![true, false, false], &j!("waiting")));

    // A corrected name is another key, in the same place of the page; the sum is put right by hand.
    let named = j!({"sha256": sha256, "record": stone, "field": "vendor", "value": "Stone Traffic Company"});
    let after = call(&shop, "correct_field", &named);
    assert_eq!((after["shown"].as_u64(), bidders(&after)[2].0), (Some(2), "Stone Traffic Company"));
    let stone = key(&after, 2);
    let total = (240 * 1_155 + 36 * (1_155 + 375)).to_string();
    let total = format!("{}.{}", &total[..total.len() - 2], &total[total.len() - 2..]);
    let corrected = j!({"sha256": sha256, "record": harbor, "field": "total", "value": total});
    let after = call(&shop, "correct_field", &corrected);
    let failed = after["checks"].as_array().expect("checks").iter().filter(|one| one["computed"] != one["printed"]);
    assert_eq!(failed.count(), 0);
    assert_eq!(after["corrections"].as_array().expect("its own").len(), 1, "others' corrections are not shown");

    // Reading the file again keeps all of it.
    assert_eq!(shop.import(&path)["state"], "seen_before");
    call(&shop, "confirm_document", &j!({"sha256": sha256, "record": harbor, "all": true}));
    let after = call(&shop, "confirm_document", &j!({"sha256": sha256, "record": stone, "all": true}));
    assert_eq!((&after["state"], &after["waiting"]), (&j!("confirmed"), &j!(0)));
    assert_eq!(bidders(&after).iter().map(|one| (one.1, one.2)).collect::<Vec<_>>(), [(0, true); 3]);
    assert_eq!(call(&shop, "list_profiles", &j!({})), j!([]), "one of several says nothing of a layout");
    assert_eq!(shop.run(&["verify"])["sound"], true);
}

#[test]
fn a_document_that_is_no_bid_tab_becomes_one_record_of_another_kind() {
    let shop = Shop::new();
    let bids = [("Alder Signs Inc.", 1_200), ("Harbor Works LLC", 1_155), ("Stone Traffic Co.", 1_422)];
    shop.import(&shop.put("tab.pdf", tab(bids, 900)));
    let listed = call(&shop, "list_reviews", &j!({}));
    let sha256 = listed["documents"][0]["sha256"].as_str().expect("one waits").to_owned();
    let after = call(&shop, "set_document_kind", &j!({"sha256": sha256, "kind": "vendor_bill"}));
    assert_eq!((&after["kind"], after["records"].as_array().map(Vec::len)), (&j!("vendor_bill"), Some(1)));
    assert_eq!(after["corrections"].as_array().expect("corrections").len(), 1, "one correction");
    let named = call(&shop, "correct_field", &j!({"sha256": sha256, "field": "bill_number", "value": "B-77"}));
    assert_eq!((&named["key"], &named["kind"]), (&j!("Alder Signs Inc./B-77"), &j!("vendor_bill")));
    assert_eq!(bidders(&call(&shop, "show_review", &j!({"sha256": sha256}))).len(), 1, "no bidder is left");
    assert_eq!(shop.run(&["verify"])["sound"], true);
}

#[test]
fn all_bidders_are_confirmed_at_once_where_nothing_waits() {
    let shop = Shop::new();
    let bids = [("Alder Signs Inc.", 1_200), ("Harbor Works LLC", 1_155), ("Stone Traffic Co.", 1_422)];
    shop.import(&shop.put("tab.pdf", tab(bids, 0)));
    assert_eq!(call(&shop, "list_reviews", &j!({}))["certain"], 1);
    assert_eq!(shop.run(&["review", "accept", "tab.pdf"])["state"], "confirmed");
}
