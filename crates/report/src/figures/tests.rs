use signwright_domain::series::Point;
use signwright_domain::{Currency, Money};

use super::samples::{anomalies, card, estimate, forecast, series, usd};
use super::*;
use crate::ReportError;

/// Parses the SVG and gives back all its texts.
fn texts(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).expect("well-formed SVG");
    let nodes = document.descendants().filter(|node| node.has_tag_name("text"));
    nodes.filter_map(|node| node.text()).map(|text| text.trim().to_owned()).collect()
}

fn check(svg: &str, labels: &[&str]) {
    let texts = texts(svg);
    for label in labels {
        assert!(texts.iter().any(|text| text.contains(label)), "no {label} in {texts:?}");
    }
}

/// Fails when a text leaves the sheet on either side, judged by our own measure of its width.
fn check_inside(svg: &str) {
    let document = roxmltree::Document::parse(svg).expect("well-formed SVG");
    let number = |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).and_then(|x| x.parse::<f64>().ok());
    let view = document.root_element().attribute("viewBox").expect("view box");
    let width: f64 = view.split(' ').nth(2).and_then(|x| x.parse().ok()).expect("width");
    for node in document.descendants().filter(|node| node.has_tag_name("text")) {
        let (x, size) = (number(&node, "x").expect("x"), number(&node, "font-size").expect("size"));
        let bold = node.attribute("font-weight").is_some();
        let style = canvas::Type { size, colour: crate::palette::INK, bold };
        let wide = style.width(node.text().unwrap_or_default().trim());
        let left = match node.attribute("text-anchor") {
            Some("end") => x - wide,
            Some("middle") => x - wide / 2.0,
            _ => x,
        };
        assert!(left >= 0.0 && left + wide <= width, "{:?} from {left} to {} of {width}", node.text(), left + wide);
    }
}

#[test]
fn every_figure_says_what_it_shows_and_stays_on_its_sheet() {
    let figures = [
        (
            waterfall(&estimate()),
            vec!["Why this cost", "Face area 60 sq ft", "+ $1,490", "− $540", "Expected cost", "$13,480"],
        ),
        (
            range_bar(&estimate()),
            vec!["Expected cost $13,480", "80 % of such jobs $12,150 – $15,020", "41 jobs: $13,960", "$12k"],
        ),
        (
            fan_chart(&series(), &forecast(), &anomalies()),
            vec!["Panel price", "12 steps", "2020", "$18", "level +", "$21.10"],
        ),
        (anomaly_chart(&series(), &anomalies()), vec!["3 things do not fit", "spike +", "odd stretch"]),
        (card_scores(&card()), vec!["model", "7.1 %", "bias −6.4 %", "inside 81 % of the 80 % ranges"]),
        (card_by_type(&card()), vec!["Channel letters, lit", "Pylon", "88"]),
    ];
    for (figure, labels) in figures {
        let svg = figure.expect("figure");
        check(&svg, &labels);
        check_inside(&svg);
    }
}

#[test]
fn the_printed_amounts_of_a_waterfall_add_up() {
    let mut odd = estimate();
    for (i, contribution) in odd.contributions.iter_mut().enumerate() {
        contribution.amount.minor += 37 * i as i64 % 100;
    }
    odd.cost = odd.contributions.iter().map(|c| c.amount).fold(odd.base, |sum, amount| sum + amount);
    let printed = texts(&waterfall(&odd).expect("figure"));
    let amounts = printed.iter().filter_map(|text| {
        let (sign, size) = text.split_once(" $")?;
        let size: i64 = size.replace(',', "").parse().ok()?;
        match sign {
            "+" => Some(size),
            "−" => Some(-size),
            _ => None,
        }
    });
    assert_eq!(11_050 + amounts.sum::<i64>(), (odd.cost.minor + 50) / 100);
}

#[test]
fn hostile_words_stay_words() {
    let hostile = "<script>&\"']]> \u{0}\u{7}\u{ffff} #let $x$ @a *b* _c_";
    let mut one = estimate();
    one.title = hostile.into();
    one.contributions[0].label = hostile.into();
    one.contributions[1].value = "long ".repeat(200);
    let mut named = series();
    named.label = hostile.repeat(20);
    named.unit = hostile.into();
    let mut told = card();
    told.scores[1].method = hostile.into();
    told.by_type[0].group = hostile.into();
    for figure in [
        waterfall(&one),
        range_bar(&one),
        fan_chart(&named, &forecast(), &anomalies()),
        anomaly_chart(&named, &anomalies()),
        card_scores(&told),
        card_by_type(&told),
    ] {
        let svg = figure.expect("figure");
        assert!(!svg.contains("<script"), "{svg}");
        check_inside(&svg);
    }
    check(&waterfall(&one).expect("figure"), &["<script>&\"']]>"]);
}

#[test]
fn extreme_values_are_drawn_or_refused_but_do_not_panic() {
    let mut huge = estimate();
    huge.cost = Money::new(9_000_000_000_000_000, Currency::USD);
    huge.base = usd(-5);
    huge.contributions.truncate(1);
    huge.contributions[0].amount = huge.cost - huge.base;
    let mut bare = estimate();
    (bare.contributions, bare.ranges, bare.similar) = (Vec::new(), Vec::new(), Vec::new());
    bare.base = bare.cost;
    for one in [&huge, &bare] {
        check_inside(&waterfall(one).expect("figure"));
        check_inside(&range_bar(one).expect("figure"));
    }
    let mut flat = series();
    flat.points.iter_mut().for_each(|point| point.y = 0.0);
    check_inside(&fan_chart(&flat, &forecast(), &anomalies()).expect("figure"));
    flat.points.truncate(1);
    check_inside(&anomaly_chart(&flat, &anomalies()).expect("figure"));
    flat.points = vec![Point { ds: flat.points[0].ds, y: 1e15 }, Point { ds: flat.points[0].ds, y: f64::NAN }];
    check_inside(&anomaly_chart(&flat, &[]).expect("figure"));
}

#[test]
fn nothing_to_draw_is_an_error_that_names_it() {
    let mut empty = series();
    empty.points.iter_mut().for_each(|point| point.y = f64::NAN);
    empty.points[0].y = 1e300;
    let error = fan_chart(&empty, &forecast(), &[]).expect_err("no points");
    assert_eq!(error.to_string(), "there is nothing to draw: Panel price per square foot has no points");
    let mut blank = card();
    (blank.scores, blank.by_type) = (Vec::new(), Vec::new());
    assert!(matches!(card_scores(&blank), Err(ReportError::Nothing(_))));
    assert!(matches!(card_by_type(&blank), Err(ReportError::Nothing(_))));
}

#[test]
fn a_figure_is_the_same_every_time() {
    assert_eq!(fan_chart(&series(), &forecast(), &anomalies()), fan_chart(&series(), &forecast(), &anomalies()));
}

/// Writes every figure to the folder named by `SIGNWRIGHT_FIGURES`, for looking at them.
#[test]
fn figures_can_be_looked_at() {
    let figures = [
        ("waterfall", waterfall(&estimate())),
        ("range", range_bar(&estimate())),
        ("fan", fan_chart(&series(), &forecast(), &anomalies())),
        ("anomalies", anomaly_chart(&series(), &anomalies())),
        ("card", card_scores(&card())),
        ("types", card_by_type(&card())),
    ];
    for (name, figure) in figures {
        let svg = figure.expect(name);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{name}");
        if let Some(folder) = std::env::var_os("SIGNWRIGHT_FIGURES") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}.svg")), svg).expect("written");
        }
    }
}
