//! Forms of programs nobody described to the reader: typed ones, letters, two-line rows, unknown languages and charges.

use signwright_domain::record::{ACCEPT, Extraction, Record};
use signwright_intake::{Limits, read_pdf};

use crate::paper::Paper;

fn read(pages: &[&str]) -> Extraction {
    read_pdf(&Paper::spool(pages).print(), &Limits::default())
}

/// The fields as `name value`, with a question mark where they wait, then the lines.
fn check(pages: &[&str], fields: &[&str], lines: &[&str]) {
    let extraction = read(pages);
    let record: &Record =
        extraction.parsed.records.first().unwrap_or_else(|| panic!("no record: {:?}", extraction.message));
    let said = |expected: &&str| {
        let name = expected.split(' ').next().unwrap_or_default();
        let field = record.fields.get(name)?;
        Some(format!("{name} {}{}", field.value, if field.confidence < ACCEPT { "?" } else { "" }))
    };
    let found: Vec<String> = fields.iter().map(|field| said(field).unwrap_or("nothing".to_owned())).collect();
    assert_eq!(found, fields, "fields of {:?}", record.fields);
    let cell = |line: &signwright_domain::record::RecordLine, name: &str| {
        line.fields.get(name).map_or("-".to_owned(), |field| field.value.to_string())
    };
    let of = |line| ["description", "quantity", "unit_price", "amount"].map(|name| cell(line, name)).join(" | ");
    let found: Vec<String> = record.lines.iter().map(of).collect();
    assert_eq!(found, lines, "lines");
}

#[test]
fn a_typed_form_with_rules_of_dashes_and_what_was_ordered_beside_what_was_shipped() {
    check(
        &["
 GRANITE METALS CORP                           INVOICE NO   0098817
 411 SOUTH WILLOW STREET                       INVOICE DATE 08/29/24

 SOLD TO: WHITE BIRCH SIGNS

 --------------------------------------------------------------------------
 QTY ORD  QTY SHP  U/M  DESCRIPTION              UNIT PRICE        AMOUNT
 --------------------------------------------------------------------------
     200      160  FT   ALUM TUBE 2X2 6061           4.1200        659.20
      84       84  FT   ALUM ANGLE 1-1/2             1.3700        115.08

                                              SUBTOTAL             774.28
                                              SALES TAX             49.17
                                              TOTAL DUE            823.45
"],
        &["number 0098817", "date 2024-08-29", "customer WHITE BIRCH SIGNS", "total $823.45"],
        &["ALUM TUBE 2X2 6061 | 160 | 4.1200 | $659.20", "ALUM ANGLE 1-1/2 | 84 | 1.3700 | $115.08"],
    );
}

#[test]
fn arithmetic_finds_the_columns_that_no_word_names() {
    check(
        &["
 Norrland Skilt AB
 Invoice no: 5512        Invoice date: 2025-03-03

 Qqqq                     Wwww       Eeee      Rrrr    Tttt
 K-100  Profile 60 mm       18     165.00   2970.00      25
 K-2    Mounting             5     640.00   3200.00      25
 K-77   Travel              84       4.50    378.00      25

                                    Net     6548.00
                                    25% VAT 1637.00
                                    Total   8185.00
"],
        &["number 5512", "date 2025-03-03", "subtotal $6,548.00", "tax $1,637.00", "total $8,185.00"],
        &[
            "Profile 60 mm | 18 | 165.00 | $2,970.00",
            "Mounting | 5 | 640.00 | $3,200.00",
            "Travel | 84 | 4.50 | $378.00",
        ],
    );
}

#[test]
fn names_in_the_line_above_their_numbers_and_charges_of_any_name() {
    check(
        &["
 Corvane Polymers Inc.                        Invoice

 Document Number     90217745
 Document Date       2024/11/19
 Purchase Order No.  4500087

 Item    Material      Description
         Quantity      Price per unit              Value
 000010  MAT-88120     Clear sheet 1/4 x 48
         22 EA         118.40 USD / 1 EA        2,604.80
 000020  MAT-88121     White sheet 3/16 x 48
         10 EA         97.15 USD / 1 EA           971.50
 Items total                                    3,576.30
 Energy levy                                       12.50
 Pallets                                           30.00
 Final amount                                   3,618.80
"],
        &["number 90217745", "date 2024-11-19", "subtotal $3,576.30", "charges $42.50", "total $3,618.80"],
        &["Clear sheet 1/4 x 48 | 22 | 118.40 | $2,604.80", "White sheet 3/16 x 48 | 10 | 97.15 | $971.50"],
    );
}

#[test]
fn a_letter_says_its_number_in_a_sentence_and_its_day_alone() {
    check(
        &["
                               Severnside Lifting Services Ltd
                               Yard 6, Avonmouth BS11 9HS

 30th January 2025

 Dear Sirs,

 Please find below our invoice no. SLS/25/014 for works of 24th January 2025.

 Crane hire with operator   5 hours   @ £185.00   £925.00
 Second rigger              5 hours   @ £52.00    £260.00
 Net                                              £1,185.00
 VAT at 20%                                       £237.00
 Total now due                                    £1,422.00
"],
        &["number SLS/25/014", "date 2025-01-30?", "tax £237.00", "total £1,422.00"],
        &["Crane hire with operator | 5 | 185.00 | £925.00", "Second rigger | 5 | 52.00 | £260.00"],
    );
}

#[test]
fn the_sum_of_the_lines_is_no_total_where_a_grand_total_follows() {
    check(
        &["
 Oryx Steel Trading LLC         INVOICE NO  7733
                                DATE  2024-10-07

 Description           Quantity     Rate      Amount
 Square tube                 24    31.20      748.80
 Plate 6mm                    3   288.00      864.00

                       Total                1,612.80
                       Forwarding             120.00
                       Grand Total          1,732.80
"],
        &["number 7733", "subtotal $1,612.80", "charges $120.00", "total $1,732.80"],
        &["Square tube | 24 | 31.20 | $748.80", "Plate 6mm | 3 | 288.00 | $864.00"],
    );
}

#[test]
fn a_credit_says_its_own_number_and_that_of_another_paper() {
    check(
        &["
 Keystone Sheet Inc                 CREDIT MEMO
 CREDIT NO   CM-20417         DATE   2024-11-07
 Reference invoice: 188034 dated 2024-10-24

 Item    Description     Qty    Price    Extension
 A-3     White sheet      -4    56.20     (224.80)
 FRT     Allowance        -2    11.00      (22.00)
                         Subtotal         (246.80)
                         PA Sales Tax 6%   (14.81)
                         Total Credit     (261.61)
"],
        &["number CM-20417", "date 2024-11-07", "total -$261.61"],
        &["White sheet | -4 | 56.20 | -$224.80", "Allowance | -2 | 11.00 | -$22.00"],
    );
}

#[test]
fn the_columns_may_stand_elsewhere_on_the_next_page() {
    check(
        &[
            "
 Ironbark Fastener Company      INVOICE NO 0771203
                                DATE 2024-05-14

 Part    Description       Qty     Unit   Extended
 F1000   Hex bolt           12     9.85     118.20
 F1013   Flat washer        10     4.19      41.90
 Carried forward                            160.10
",
            "
 Part    Description                 Qty     Unit   Extended
 Brought forward                                      160.10
 F1026   Lock nut, box of fifty      100     0.64      64.00
 F1039   Wedge anchor, box of ten      5     8.55      42.75

                              Merchandise total       266.85
                              Sales tax 5%             13.34
                              Invoice total           280.19
",
        ],
        &["number 0771203", "subtotal $266.85", "tax $13.34", "total $280.19"],
        &[
            "Hex bolt | 12 | 9.85 | $118.20",
            "Flat washer | 10 | 4.19 | $41.90",
            "Lock nut, box of fifty | 100 | 0.64 | $64.00",
            "Wedge anchor, box of ten | 5 | 8.55 | $42.75",
        ],
    );
}
