//! Printed cost summaries: read by their labels, checked by their sums.

use signwright_domain::Money;
use signwright_domain::record::{ACCEPT, DocumentKind, Extraction, Place, ReadState, Record, RejectReason, Section};
use signwright_intake::{Limits, read_pdf};

use crate::paper::Paper;

const FIRST_PAGE: &str = "\
                         COST SUMMARY
WORK ORDER 20431                                 RUN DATE: 11/14/26
CUSTOMER   NORTHGATE MALL                        EST: KM
PART NO.   MON-DF-LED  MONUMENT DOUBLE FACE

DEPT CODE DESCRIPTION        EST HRS  ACT HRS    EST COST       COST
100  110  LAYOUT                 3.0      3.5      186.00     217.00
200  205  SHEET METAL           14.0     16.2      896.00   1,036.80
**** 200  FABRICATION           14.0     16.2      896.00   1,036.80
300  310  LED WIRING             6.0      6.0      408.00     408.00
                                                   PAGE 1 OF 2
";

const SECOND_PAGE: &str = "\
                         COST SUMMARY
WORK ORDER 20431                                 RUN DATE: 11/14/26
CUSTOMER   NORTHGATE MALL                        EST: KM

DEPT CODE DESCRIPTION        EST HRS  ACT HRS    EST COST       COST
600  610  FOOTING                9.0     12.4      594.00     818.40
TOTAL HOURS                     32.0     38.1

MATERIAL
DATE     DEPT ITEM                  UNIT    EST QTY   ACT QTY       COST
10/02/26 200  ALUM SHEET .063 4X8   EA         6.00      7.00     812.77
10/09/26 300  LED MODULES 3 PER FT  EA       120.00    120.00   5,700.00
10/12/26 300  RETURNED MODULES      EA                 -10.00     100.00-
OUTPLANT
DATE     DEPT ITEM                  UNIT    EST QTY   ACT QTY       COST
10/20/26 600  CRANE BY OTHERS       LOT        1.00      1.00     950.00

TOTAL LABOR COST                    2,480.20
TOTAL MATERIAL COST                 6,412.77
TOTAL BURDEN COST                   1,168.16
TOTAL OUTPLANT COST                   950.00
TOTAL USE TAX                         384.77
                                 -----------
TOTAL COST                         11,395.90
                                                   PAGE 2 OF 2
";

fn check(pages: &[&str]) -> (Extraction, Record) {
    let extraction = read_pdf(&Paper::spool(pages).print(), &Limits::default());
    assert_eq!(extraction.state, ReadState::Read, "{:?}", extraction.message);
    let record = extraction.parsed.records.first().cloned().expect("a record");
    (extraction, record)
}

fn cents(record: &Record, field: &str) -> Option<i64> {
    record.money(field).map(|money: Money| money.minor)
}

#[test]
fn a_spool_of_two_pages_is_read_whole_and_adds_up() {
    let (extraction, record) = check(&[FIRST_PAGE, SECOND_PAGE]);
    assert_eq!(extraction.kind, DocumentKind::CostSummary);
    assert_eq!(extraction.layout.as_deref(), Some("keyedin-spool"));
    assert_eq!((extraction.pages, extraction.agreement), (2, Some(1.0)));
    assert_eq!(extraction.parsed.rejects, []);
    assert_eq!(extraction.parsed.checks.len(), 4);
    assert!(extraction.parsed.checks.iter().all(signwright_domain::record::Check::passed));
    assert!(record.fields.values().all(|field| field.confidence >= ACCEPT));
    insta::assert_snapshot!(shown(&record));
}

/// A record as lines: name, value, page, how found.
fn shown(record: &Record) -> String {
    let mut out = format!("{} {}\n", record.kind.label(), record.key);
    for (name, field) in &record.fields {
        out.push_str(&format!("{name}: {} [{}, {}]\n", field.value, field.at, field.found_by));
    }
    for line in &record.lines {
        let fields: Vec<String> = line.fields.iter().map(|(name, field)| format!("{name}={}", field.value)).collect();
        out.push_str(&format!("{:?}: {}\n", line.section, fields.join(" ")));
    }
    out
}

#[test]
fn an_unreadable_number_is_refused_and_never_zero() {
    let page = FIRST_PAGE
        .replace("1,036.80\n****", "1,O36.80\n****")
        .replace("     16.2      896.00   1,O", "     l6.2      896.00   1,O");
    let (extraction, record) = check(&[&page, SECOND_PAGE]);
    let refused: Vec<(&str, RejectReason, Option<&str>)> =
        extraction.parsed.rejects.iter().map(|r| (r.raw.as_str(), r.reason, r.field.as_deref())).collect();
    assert_eq!(
        refused,
        [
            ("l6.2", RejectReason::NotANumber, Some("actual_hours")),
            ("1,O36.80", RejectReason::NotANumber, Some("cost")),
            ("2,480.20", RejectReason::DoesNotAddUp, Some("labour_cost")),
        ]
    );
    assert!(extraction.parsed.rejects.iter().all(|r| r.place.is_some() && r.key.as_deref() == Some("20431")));
    let line = &record.lines[1];
    assert!(!line.fields.contains_key("cost") && !line.fields.contains_key("actual_hours"));
    assert!(record.fields["labour_cost"].confidence < ACCEPT);
    assert_eq!(cents(&record, "labour_cost"), Some(248_020));
    assert!(record.fields["material_cost"].confidence >= ACCEPT);
}

#[test]
fn lines_that_do_not_add_up_are_named_with_the_difference() {
    let (extraction, record) = check(&[FIRST_PAGE, &SECOND_PAGE.replace("818.40", "698.40")]);
    let reject = extraction.parsed.rejects.first().expect("a reject");
    assert_eq!(reject.reason, RejectReason::DoesNotAddUp);
    assert_eq!(
        reject.message,
        "labour lines sum to the total: $2,480.20 are printed and $2,360.20 computed, a difference of -$120.00"
    );
    assert!(record.fields["labour_cost"].confidence < ACCEPT);
    assert!(record.lines.iter().filter(|l| l.section == Section::Labour).all(|l| l.fields["cost"].confidence < ACCEPT));
    assert_eq!(cents(&record, "labour_cost"), Some(248_020));
}

#[test]
fn a_ruled_report_in_a_proportional_font_is_read() {
    let mut texts: Vec<(f32, f32, String)> = Vec::new();
    let mut put = |x: f32, y: f32, text: &str| texts.push((x, y, text.to_owned()));
    put(48.0, 50.0, "Job Cost Report");
    put(48.0, 80.0, "Order Number:");
    put(130.0, 80.0, "20777");
    put(380.0, 80.0, "Completed:");
    put(460.0, 80.0, "03/09/2026");
    put(48.0, 94.0, "Customer:");
    put(130.0, 94.0, "Harbor & Sons, Inc.");
    put(380.0, 94.0, "Estimator:");
    put(460.0, 94.0, "KM");
    put(48.0, 108.0, "Sign Type:");
    put(130.0, 108.0, "Channel letters, lit");
    for (x, head) in [
        (48.0, "Dept"),
        (90.0, "Code"),
        (130.0, "Description"),
        (300.0, "Est Hrs"),
        (360.0, "Act Hrs"),
        (500.0, "Cost"),
    ] {
        put(x, 140.0, head);
    }
    for (y, row) in
        [(156.0, ["100", "110", "Layout", "3.0", "3.5"]), (172.0, ["300", "310", "LED wiring 24 V", "6.0", "6.5"])]
    {
        for (x, cell) in [48.0, 90.0, 130.0, 318.0, 380.0].into_iter().zip(row) {
            put(x, y, cell);
        }
    }
    put(488.9, 156.0, "217.00");
    put(480.5, 172.0, "1,408.00");
    for (y, label, amount) in
        [(220.0, "Labor", "1,625.00"), (236.0, "Material", "375.00"), (252.0, "Total Cost", "2,000.00")]
    {
        put(380.0, y, label);
        put(470.0, y, amount);
    }
    // A foot whose page number stands under the last column is no line.
    texts.push((48.0, 186.0, "Northside Signs Job cost report".to_owned()));
    texts.push((466.0, 186.0, "Page 1 of 2".to_owned()));
    let extraction = read_pdf(&Paper::helvetica(texts).print(), &Limits::default());
    assert_eq!(extraction.layout.as_deref(), Some("job-cost-report"));
    assert_eq!(extraction.parsed.rejects, []);
    let record = &extraction.parsed.records[0];
    assert_eq!(record.key, "20777");
    assert_eq!(record.text("customer"), Some("Harbor & Sons, Inc."));
    assert_eq!(record.text("sign_type"), Some("channel_letters"));
    assert_eq!(record.date("completed_on").map(|d| d.to_string()).as_deref(), Some("2026-03-09"));
    assert_eq!(record.number("actual_hours").map(|n| n.to_string()).as_deref(), Some("10.0"));
    assert_eq!((cents(record, "labour_cost"), cents(record, "total_cost")), (Some(162_500), Some(200_000)));
    assert_eq!(record.lines.len(), 2);
    assert_eq!(extraction.parsed.checks.len(), 2);
}

#[test]
fn places_are_as_displayed_on_rotated_and_cropped_pages() {
    let place = |paper: &Paper| {
        let extraction = read_pdf(&paper.print(), &Limits::default());
        let word = extraction.words.iter().find(|word| word.text == "20431").cloned().expect("the number");
        (extraction.page_sizes[0], word.bbox)
    };
    let upright = Paper::spool(&[FIRST_PAGE]);
    let (size, [left, top, right, bottom]) = place(&upright);
    assert_eq!(size, [612.0, 792.0]);
    assert!((left - 116.0).abs() < 0.5 && (right - 146.0).abs() < 0.5, "{left} {right}");
    assert!(top < 72.0 && bottom > 72.0 && bottom - top < 12.0, "{top} {bottom}");
    let cropped = Paper { crop: Some(pdf_writer::Rect::new(40.0, 100.0, 612.0, 772.0)), ..upright.clone() };
    let (size, bbox) = place(&cropped);
    assert_eq!(size, [572.0, 672.0]);
    assert!((bbox[0] - (left - 40.0)).abs() < 0.5 && (bbox[1] - (top - 20.0)).abs() < 0.5, "{bbox:?}");
    let turned = Paper { rotate: 90, ..upright };
    let (size, bbox) = place(&turned);
    assert_eq!(size, [792.0, 612.0]);
    assert!((bbox[0] - (792.0 - bottom)).abs() < 0.5 && (bbox[1] - left).abs() < 0.5, "{bbox:?}");
}

#[test]
fn every_value_says_where_it_stood() {
    let (_, record) = check(&[FIRST_PAGE, SECOND_PAGE]);
    for field in record.fields.values().chain(record.lines.iter().flat_map(|line| line.fields.values())) {
        let Place::Page { page, bbox: [left, top, right, bottom] } = field.at else { panic!("not on a page") };
        assert!((1..=2).contains(&page) && left < right && top < bottom && right <= 612.0 && bottom <= 792.0);
        assert!(!field.raw.is_empty() && !field.found_by.is_empty());
    }
}
