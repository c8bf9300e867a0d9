//! The assemblies that come with the product: they read, they cover the catalogue, and they cost what signs cost.

use std::collections::BTreeSet;

use proptest::prelude::*;
use signwright_domain::driver::{self, DriverKind};

use super::*;

fn assembly(id: &str) -> Assembly {
    let all = shipped_assemblies();
    let definition = all.iter().find(|definition| definition.id == id).unwrap_or_else(|| panic!("no assembly {id}"));
    read(definition, &all).unwrap_or_else(|error| panic!("{id}: {error}"))
}

fn cost(id: &str, text: &str) -> BuildUp {
    built(&assembly(id), &shipped_library(), text).unwrap_or_else(|error| panic!("{id} {text}: {error}"))
}

fn offered() -> Vec<Assembly> {
    let all = shipped_assemblies();
    let offered = all.iter().filter(|definition| !definition.block);
    offered
        .map(|definition| read(definition, &all).unwrap_or_else(|error| panic!("{}: {error}", definition.id)))
        .collect()
}

#[test]
fn every_sign_type_has_an_assembly_and_every_assembly_its_prices() {
    let library = shipped_library();
    let mut served = BTreeSet::new();
    for assembly in offered() {
        assert!(!assembly.confirmed && !assembly.source.is_empty(), "{}", assembly.id);
        served.extend(assembly.sign_types.clone());
        for item in assembly.items() {
            assert!(library.item(item).is_some(), "{}: no price for {item}", assembly.id);
        }
        for code in assembly.codes() {
            assert!(library.rate(code).is_some(), "{}: no rate for {code}", assembly.id);
        }
    }
    let Some(DriverKind::Choice { choices }) = driver::find("sign_type").map(|driver| &driver.kind) else {
        panic!("sign_type is a choice");
    };
    let missing: Vec<_> = choices.iter().filter(|choice| !served.contains(choice.value)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let used: BTreeSet<String> =
        offered().iter().flat_map(|assembly| assembly.items().map(str::to_owned).collect::<Vec<_>>()).collect();
    let idle: Vec<_> = library.items.iter().filter(|item| !used.contains(&item.key)).collect();
    assert!(idle.is_empty(), "nothing uses {idle:?}");
    assert!(library.items.iter().all(|item| !item.confirmed && !item.source.is_empty()));
}

#[test]
fn an_assembly_serves_what_it_takes() {
    let all = offered();
    let check = |text: &str, ids: &[&str]| {
        let spec = spec(text);
        let serving: Vec<_> = all.iter().filter(|one| serves(one, &spec)).map(|one| one.id.as_str()).collect();
        assert_eq!(serving, ids, "{text}");
    };
    check("sign_type=channel_letters", &["channel-letters", "channel-letters-halo"]);
    check("sign_type=channel_letters lighting=halo", &["channel-letters-halo"]);
    check("sign_type=channel_letters lighting=neon", &["channel-letters"]);
    check("sign_type=vinyl finish=print", &["vinyl"]);
    check("sign_type=emc", &["message-centre"]);
    check("width=4", &[]);
}

/// The documentation lists every unit and every computed figure, and says how many assemblies there are.
#[test]
fn the_page_lists_what_formulas_may_use() {
    let page = include_str!("../../../../../docs/assemblies.md");
    for name in COMPUTED.iter().map(|(name, _)| *name).chain(signwright_domain::unit::names()) {
        assert!(page.contains(&format!("`{name}`")), "docs/assemblies.md lacks {name}");
    }
    assert_eq!(offered().len(), 18, "the page says eighteen");
}

const LETTERS: &str =
    "sign_type=channel_letters letter_count=10 mounting=flush access=lift permit=yes finish=paint colours=1";
const CABINET: &str =
    "sign_type=cabinet lighting=led mounting=flush access=lift permit=yes finish=paint colours=1 face_material=acrylic";
const GROUND: &str = "lighting=led permit=yes engineering=yes survey=yes finish=paint colours=1 face_material=acrylic \
                      faces=2 foundation=pier soil=sand travel_miles=15";
const MONUMENT: &str =
    "sign_type=monument width=8 height=4 overall_height=6 mounting=base base=masonry base_area=54 access=lift";
const PYLON: &str = "sign_type=pylon width=15 height=10 overall_height=30 mounting=single_pole access=crane";

/// The check run behind the sample data: costs fitted so that the sale prices of such signs fall into published bands. Each
/// within 15 %; the clad pylon, the upper tail of its band, within 25 % (its base is 400 sq ft here, the most that the form
/// takes, and 420 there).
#[test]
fn known_signs_cost_what_the_check_run_says() {
    let mut wrong = Vec::new();
    let mut check = |id: &str, base: &str, more: &str, known: f64, tolerance: f64| {
        let cost = cost(id, &format!("{base} {more}")).total.to_f64();
        let off = cost / known - 1.0;
        if off.abs() > tolerance {
            wrong.push(format!("{id} {more}: {cost:.0}, known {known} ({:+.1} %)", 100.0 * off));
        }
    };
    check("channel-letters", LETTERS, "letter_height=12 font=block lighting=led", 3_477.0, 0.15);
    check("channel-letters", LETTERS, "letter_height=24 font=block lighting=led", 4_453.0, 0.15);
    check("channel-letters", LETTERS, "letter_height=24 font=block mounting=raceway lighting=led", 5_048.0, 0.15);
    check("channel-letters-halo", LETTERS, "letter_height=24 font=serif lighting=halo", 4_824.0, 0.15);
    check("cabinet", CABINET, "width=8 height=4 faces=1", 4_123.0, 0.15);
    check("cabinet", CABINET, "width=8 height=4 faces=2", 5_375.0, 0.15);
    check("monument", GROUND, MONUMENT, 13_349.0, 0.15);
    check("monument", GROUND, &format!("{MONUMENT} emc_area=18"), 23_341.0, 0.15);
    let pole = "sign_type=pole width=8.333 height=6 overall_height=20 mounting=single_pole access=crane";
    check("pole", GROUND, pole, 12_482.0, 0.15);
    check("pylon", GROUND, PYLON, 25_416.0, 0.15);
    check("pylon", GROUND, &format!("{PYLON} wind_speed=150 exposure=D"), 31_537.0, 0.15);
    let clad = "sign_type=pylon width=20 height=15 overall_height=50 mounting=single_pole access=crane base=cladding";
    check("pylon", GROUND, &format!("{clad} base_area=400"), 81_587.0, 0.25);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Signs with published bands of sale prices, at a markup of 60 % on cost; a band is judged with a quarter of slack on
/// each side, because prices mix years and shops.
#[test]
fn other_signs_sell_inside_their_published_bands() {
    let mut wrong = Vec::new();
    let mut check = |id: &str, text: &str, low: f64, high: f64| {
        let price = 1.6 * cost(id, text).total.to_f64();
        if !(0.75 * low..=1.25 * high).contains(&price) {
            wrong.push(format!("{id} {text}: {price:.0}, published {low} to {high}"));
        }
    };
    // Face replacement $25-35/sq ft, of 64 sq ft, with a crew on site.
    check("reface", "width=8 height=4 faces=2 face_material=acrylic mounting=flush access=ground", 1_600.0, 2_240.0);
    check("monument", &format!("{GROUND} {MONUMENT}"), 12_000.0, 30_000.0);
    check("monument", &format!("{GROUND} {MONUMENT} emc_area=18"), 20_000.0, 45_000.0);
    check("pylon", &format!("{GROUND} {PYLON}"), 5_000.0, 100_000.0);
    // A dozen single-sided panels of 4 x 8 ft at $10-13/sq ft, picked up.
    check("flat-panel", "width=8 height=4 finish=print mounting=pickup quantity=12", 12.0 * 320.0, 12.0 * 416.0);
    // Twenty banners of 3 x 8 ft at $6.75-8.25/sq ft, picked up.
    check("banner", "width=8 height=3 mounting=pickup quantity=20", 20.0 * 162.0, 20.0 * 198.0);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A 12 in letter sells at $200-400, not set up: without permit, travel, lift and the hours on site.
#[test]
fn letters_sell_inside_their_published_band() {
    let build_up = cost("channel-letters", &format!("{LETTERS} letter_height=12 lighting=led"));
    let made = build_up.lines.iter().filter(|line| {
        matches!(line.kind, CostKind::Material | CostKind::Labour) && !(line.is_labour && line.item.starts_with('6'))
    });
    let each = 1.6 * made.map(|line| line.amount.to_f64()).sum::<f64>() / 10.0;
    assert!((200.0..=400.0).contains(&each), "{each}");
}

/// Every number of one sign, so that a change of a figure shows what it changes.
#[test]
fn a_sign_line_by_line() {
    let mut text = String::new();
    for (id, sign) in [
        ("channel-letters", format!("{LETTERS} letter_height=24 lighting=led travel_miles=20")),
        ("pole", format!("{GROUND} sign_type=pole width=8 height=6 overall_height=20 access=crane removal=yes")),
        ("service-call", "travel_miles=12".to_owned()),
    ] {
        let build_up = cost(id, &sign);
        text += &format!("{} ({sign})\n", build_up.name);
        for line in &build_up.lines {
            let waste = if line.waste.is_zero() { String::new() } else { format!(" (net {})", line.net) };
            text += &format!(
                "  {:<34} {:>9} {:<6} x {:>7} = {:>11}{waste}\n",
                line.name,
                line.quantity,
                line.unit.name(),
                line.unit_cost,
                line.amount.to_string()
            );
        }
        text += &format!("  {:<34} {:>41}\n\n", "", build_up.total.to_string());
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_the_sanity_rules_ask_for_has_its_lines() {
    let has = |id: &str, text: &str, name: &str, there: bool| {
        let build_up = cost(id, text);
        assert_eq!(build_up.lines.iter().any(|line| line.name == name), there, "{id}: {name}");
    };
    let pole = format!("{GROUND} sign_type=pole width=8 height=6 overall_height=25");
    has("pole", &format!("{pole} access=lift"), "Lift", true);
    has("pole", &format!("{pole} access=crane"), "Crane", true);
    has("pole", &format!("{pole} removal=yes"), "Disposal of the old sign", true);
    has("pole", &pole, "Digging and pouring", true);
    has("pole", &pole.replace("foundation=pier", "foundation=existing"), "Digging and pouring", false);
    has("pole", &pole, "Sealed engineering", true);
    has("cabinet", &format!("{CABINET} width=8 height=4"), "LED wiring", true);
    has("cabinet", &format!("{CABINET} width=8 height=4").replace("flush", "pickup"), "Installing", false);
    has("cabinet", &format!("{CABINET} width=8 height=4").replace("flush", "pickup"), "Crating for pick-up", true);
    has("removal", "width=10 height=5", "Taking down the old sign", true);
    has("removal", "width=10 height=5", "Disposal of the old sign", true);
    has("removal", "width=10 height=5", "Layout and drawings", false);
}

fn check_sums(build_up: &BuildUp) {
    let lines: i64 = build_up.lines.iter().map(|line| line.amount.minor).sum();
    let subtotals: i64 = build_up.subtotals.iter().map(|sum| sum.amount.minor).sum();
    assert_eq!((lines, subtotals), (build_up.total.minor, build_up.total.minor));
    for line in &build_up.lines {
        let exact = line.quantity * line.unit_cost;
        assert!(line.amount.minor >= 0 && line.quantity > Decimal::ZERO, "{line:?}");
        assert!((line.amount.to_decimal() - exact).abs() <= Decimal::new(5, 3), "{line:?}");
    }
}

/// The larger sign costs more, but for what nesting saves by chance: two pieces that just fit a sheet where one that is a
/// little smaller wasted most of its own. That never is more than the sheets of one size.
fn check_monotone(smaller: &BuildUp, larger: &BuildUp) {
    let stock = |build_up: &BuildUp| -> f64 {
        build_up.lines.iter().filter(|line| line.cutting.is_some()).map(|line| line.amount.to_f64()).sum()
    };
    let plain = |build_up: &BuildUp| build_up.total.to_f64() - stock(build_up);
    assert!(plain(smaller) <= plain(larger) + 0.05, "{} {}", smaller.total, larger.total);
    assert!(stock(smaller) <= 1.25 * stock(larger) + 1.0, "{} {}", stock(smaller), stock(larger));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn lit_boxes_grow_with_their_size(
        width in 2_u32..40,
        height in 2_u32..24,
        more in 1_u32..12,
        faces in 1_u32..3,
        which in prop::sample::select(vec!["cabinet", "blade", "monument", "pole", "pylon"]),
        face in prop::sample::select(vec!["acrylic", "acrylic_formed", "acrylic_routed", "flex", "aluminium"]),
        quantity in 1_u32..4,
    ) {
        let of = |width: u32, height: u32| {
            let sign = format!(
                "sign_type={which} width={} height={} overall_height=30 faces={faces} face_material={face} \
                 quantity={quantity} access=crane permit=yes removal=yes",
                f64::from(width) / 2.0, f64::from(height) / 2.0
            );
            cost(which, &sign)
        };
        let small = of(width, height);
        for larger in [of(width + more, height), of(width, height + more)] {
            check_sums(&larger);
            check_monotone(&small, &larger);
        }
        check_sums(&small);
    }

    #[test]
    fn letters_grow_with_height_and_number(
        height in 6_u32..90,
        count in 1_u32..40,
        more in 1_u32..20,
        halo in any::<bool>(),
        font in prop::sample::select(vec!["block", "serif", "script"]),
        mounting in prop::sample::select(vec!["flush", "raceway"]),
    ) {
        let id = if halo { "channel-letters-halo" } else { "channel-letters" };
        let of = |height: u32, count: u32| {
            let sign = format!("letter_height={height} letter_count={count} font={font} mounting={mounting}");
            cost(id, &sign)
        };
        let small = of(height, count);
        check_sums(&small);
        check_monotone(&small, &of(height + more, count));
        check_monotone(&small, &of(height, count + more));
    }

    #[test]
    fn flat_work_adds_up_and_more_signs_cost_more(
        width in 1_u32..60,
        height in 1_u32..60,
        quantity in 1_u32..30,
        which in prop::sample::select(vec!["flat-panel", "directional", "ada", "vinyl", "banner", "awning", "reface", "message-centre"]),
    ) {
        let of = |quantity: u32| {
            let sign = format!(
                "width={} height={} overall_height=10 quantity={quantity} sign_type=directional",
                f64::from(width) / 4.0, f64::from(height) / 4.0
            );
            cost(which, &sign)
        };
        let (few, more) = (of(quantity), of(quantity + 1));
        check_sums(&few);
        prop_assert!(few.total.minor <= more.total.minor, "{} {}", few.total, more.total);
    }
}
