//! Papers in layouts nobody described to the reader: labels above values, sums at the right, other languages, orders and quotes.

use signwright_domain::record::{ACCEPT, DocumentKind, Extraction, Record, RecordKind};
use signwright_intake::{Limits, read_pdf};

use crate::paper::Paper;

fn read(texts: &[(f32, f32, &str)]) -> Extraction {
    let texts = texts.iter().map(|(x, y, text)| (*x, *y, (*text).to_owned())).collect();
    read_pdf(&Paper::helvetica(texts).print(), &Limits::default())
}

fn record(extraction: &Extraction) -> &Record {
    extraction.parsed.records.first().unwrap_or_else(|| panic!("no record: {:?}", extraction.message))
}

/// Each field as `name value`, with a question mark where it waits for a person.
fn fields(record: &Record, names: &[&str]) -> Vec<String> {
    let of = |name: &&str| {
        let field = record.fields.get(*name)?;
        let doubt = if field.confidence < ACCEPT { "?" } else { "" };
        Some(format!("{name} {}{doubt}", field.value))
    };
    names.iter().map(|name| of(name).unwrap_or_else(|| format!("{name} -"))).collect()
}

fn lines(record: &Record) -> Vec<String> {
    let cell = |line: &signwright_domain::record::RecordLine, name: &str| {
        line.fields.get(name).map_or("-".to_owned(), |field| field.value.to_string())
    };
    let of = |line| ["description", "quantity", "unit_price", "amount"].map(|name| cell(line, name)).join(" | ");
    record.lines.iter().map(of).collect()
}

#[test]
fn labels_may_stand_above_their_values() {
    let extraction = read(&[
        (54.0, 50.0, "Harbor Metal Works LLC"),
        (54.0, 64.0, "14 Dock Street, Erie, PA 16501"),
        (54.0, 78.0, "billing@harbormetal.example"),
        (460.0, 50.0, "INVOICE"),
        (54.0, 120.0, "Bill To"),
        (54.0, 134.0, "Northside Signs Inc."),
        (54.0, 148.0, "9 Elm Road"),
        (54.0, 190.0, "Invoice No."),
        (160.0, 190.0, "Invoice Date"),
        (270.0, 190.0, "P.O. No."),
        (380.0, 190.0, "Due Date"),
        (54.0, 204.0, "HM-20977"),
        (160.0, 204.0, "03/04/2026"),
        (270.0, 204.0, "4417"),
        (380.0, 204.0, "04/03/2026"),
        (54.0, 250.0, "Qty"),
        (110.0, 250.0, "Description"),
        (400.0, 250.0, "Price Each"),
        (500.0, 250.0, "Amount"),
        (58.0, 266.0, "3"),
        (110.0, 266.0, "Aluminum tube 4 x 4 x .250,"),
        (412.0, 266.0, "210.00"),
        (506.0, 266.0, "630.00"),
        (110.0, 278.0, "cut to 12 ft"),
        (58.0, 294.0, "12"),
        (110.0, 294.0, "Base plate 14 in"),
        (417.0, 294.0, "38.50"),
        (506.0, 294.0, "462.00"),
        (400.0, 340.0, "Subtotal"),
        (500.0, 340.0, "$1,092.00"),
        (400.0, 354.0, "Sales Tax (6.0%)"),
        (500.0, 354.0, "$65.52"),
        (400.0, 368.0, "Balance Due"),
        (500.0, 368.0, "$1,157.52"),
    ]);
    assert_eq!(extraction.kind, DocumentKind::Invoice);
    let record = record(&extraction);
    assert_eq!(
        fields(
            record,
            &["number", "date", "due_date", "order_number", "vendor", "customer", "subtotal", "tax", "total"]
        ),
        [
            "number HM-20977",
            "date 2026-03-04",
            "due_date 2026-04-03",
            "order_number 4417",
            "vendor Harbor Metal Works LLC",
            "customer Northside Signs Inc.",
            "subtotal $1,092.00",
            "tax $65.52",
            "total $1,157.52",
        ]
    );
    assert_eq!(
        lines(record),
        ["Aluminum tube 4 x 4 x .250, cut to 12 ft | 3 | 210.00 | $630.00", "Base plate 14 in | 12 | 38.50 | $462.00"]
    );
}

#[test]
fn a_french_invoice() {
    let extraction = read(&[
        (54.0, 50.0, "Ateliers Vidal SARL"),
        (54.0, 64.0, "3 rue des Forges"),
        (54.0, 78.0, "69002 Lyon"),
        (350.0, 110.0, "Enseignes du Nord"),
        (350.0, 124.0, "59000 Lille"),
        (54.0, 160.0, "Facture n\u{b0} F2026-0112 du 5 mars 2026"),
        (54.0, 176.0, "\u{c9}ch\u{e9}ance :"),
        (130.0, 176.0, "04/04/2026"),
        (54.0, 220.0, "D\u{e9}signation"),
        (300.0, 220.0, "Quantit\u{e9}"),
        (380.0, 220.0, "Prix unitaire HT"),
        (490.0, 220.0, "Total HT"),
        (54.0, 236.0, "Panneau aluminium 3 mm"),
        (310.0, 236.0, "12"),
        (400.0, 236.0, "104,50"),
        (490.0, 236.0, "1 254,00"),
        (54.0, 252.0, "Livraison sur site"),
        (315.0, 252.0, "1"),
        (405.0, 252.0, "80,00"),
        (500.0, 252.0, "80,00"),
        (380.0, 290.0, "Total HT"),
        (490.0, 290.0, "1 334,00 EUR"),
        (380.0, 304.0, "TVA 20 %"),
        (490.0, 304.0, "266,80 EUR"),
        (380.0, 318.0, "Total TTC"),
        (490.0, 318.0, "1 600,80 EUR"),
        (54.0, 700.0, "Ateliers Vidal SARL - SIRET 000 000 000 00000 - TVA FR00000000000"),
    ]);
    let record = record(&extraction);
    assert_eq!(
        fields(record, &["number", "date", "due_date", "currency", "vendor", "subtotal", "tax", "total"]),
        [
            "number F2026-0112",
            "date 2026-03-05",
            "due_date 2026-04-04",
            "currency EUR",
            "vendor Ateliers Vidal SARL",
            "subtotal \u{20ac}1,334.00",
            "tax \u{20ac}266.80",
            "total \u{20ac}1,600.80",
        ]
    );
    assert_eq!(
        lines(record),
        ["Panneau aluminium 3 mm | 12 | 104.50 | \u{20ac}1,254.00", "Livraison sur site | 1 | 80.00 | \u{20ac}80.00"]
    );
}

#[test]
fn spanish_italian_and_dutch_invoices() {
    let paper = |texts: [&'static str; 14]| {
        let [number, date, described, count, price, amount, net, tax, total, day, n, t, g, customer] = texts;
        read(&[
            (54.0, 50.0, "Tres Rios S.L."),
            (54.0, 64.0, "Calle Mayor 4"),
            (400.0, 90.0, number),
            (500.0, 90.0, "2026/118"),
            (400.0, 104.0, date),
            (500.0, 104.0, day),
            (54.0, 120.0, customer),
            (54.0, 134.0, "Northside Signs Inc."),
            (54.0, 200.0, described),
            (300.0, 200.0, count),
            (380.0, 200.0, price),
            (500.0, 200.0, amount),
            (54.0, 216.0, "Banner 3 x 1 m"),
            (310.0, 216.0, "10"),
            (400.0, 216.0, "45,00"),
            (510.0, 216.0, "450,00"),
            (380.0, 250.0, net),
            (500.0, 250.0, n),
            (380.0, 264.0, tax),
            (500.0, 264.0, t),
            (380.0, 278.0, total),
            (500.0, 278.0, g),
        ])
    };
    for texts in [
        [
            "N\u{ba} Factura:",
            "Fecha:",
            "Descripci\u{f3}n",
            "Cantidad",
            "Precio",
            "Importe",
            "Base imponible",
            "IVA 21%",
            "Total factura",
            "05/03/2026",
            "450,00 EUR",
            "94,50 EUR",
            "544,50 EUR",
            "Cliente:",
        ],
        [
            "Fattura n.",
            "Data:",
            "Descrizione",
            "Quantit\u{e0}",
            "Prezzo",
            "Importo",
            "Totale imponibile",
            "IVA 21%",
            "Totale documento",
            "5 marzo 2026",
            "450,00 EUR",
            "94,50 EUR",
            "544,50 EUR",
            "Cliente:",
        ],
        [
            "Factuurnummer:",
            "Factuurdatum:",
            "Omschrijving",
            "Aantal",
            "Prijs",
            "Bedrag",
            "Subtotaal",
            "BTW 21%",
            "Totaal incl. BTW",
            "05-03-2026",
            "450,00 EUR",
            "94,50 EUR",
            "544,50 EUR",
            "Factuuradres",
        ],
        [
            "Rechnungsnr.:",
            "Rechnungsdatum:",
            "Bezeichnung",
            "Menge",
            "E-Preis",
            "G-Preis",
            "Nettobetrag",
            "zzgl. 21 % MwSt.",
            "Gesamtbetrag",
            "05.03.2026",
            "450,00 EUR",
            "94,50 EUR",
            "544,50 EUR",
            "Kunde:",
        ],
    ] {
        let extraction = paper(texts);
        let record = record(&extraction);
        assert_eq!(
            fields(record, &["number", "date", "customer", "subtotal", "tax", "total"]),
            [
                "number 2026/118",
                "date 2026-03-05",
                "customer Northside Signs Inc.",
                "subtotal \u{20ac}450.00",
                "tax \u{20ac}94.50",
                "total \u{20ac}544.50",
            ],
            "{texts:?}"
        );
        assert_eq!(lines(record), ["Banner 3 x 1 m | 10 | 45.00 | \u{20ac}450.00"], "{texts:?}");
    }
}

#[test]
fn an_order_and_a_quote_are_kept_as_what_they_are() {
    let paper = |title, number, label| {
        read(&[
            (54.0, 50.0, "Tri-County Schools"),
            (430.0, 50.0, title),
            (400.0, 80.0, label),
            (500.0, 80.0, number),
            (400.0, 94.0, "Date:"),
            (500.0, 94.0, "May 6, 2026"),
            (54.0, 110.0, "Vendor:"),
            (54.0, 124.0, "Northside Signs Inc."),
            (54.0, 180.0, "Item"),
            (300.0, 180.0, "Qty"),
            (400.0, 180.0, "Unit Price"),
            (500.0, 180.0, "Total"),
            (54.0, 196.0, "Post and panel sign"),
            (305.0, 196.0, "2"),
            (405.0, 196.0, "900.00"),
            (500.0, 196.0, "1,800.00"),
            (400.0, 230.0, "Total"),
            (500.0, 230.0, "$1,800.00"),
        ])
    };
    let order = paper("PURCHASE ORDER", "PO-771", "PO Number:");
    assert_eq!((order.kind, record(&order).kind), (DocumentKind::PurchaseOrder, RecordKind::PurchaseOrder));
    assert_eq!(
        fields(record(&order), &["number", "date", "total"]),
        ["number PO-771", "date 2026-05-06", "total $1,800.00"]
    );
    let quote = paper("QUOTE", "Q-1203", "Quote Number:");
    assert_eq!((quote.kind, record(&quote).kind), (DocumentKind::Quote, RecordKind::PrintedQuote));
    assert_eq!(fields(record(&quote), &["number", "total"]), ["number Q-1203", "total $1,800.00"]);
}

#[test]
fn prices_may_include_the_tax() {
    let extraction = read(&[
        (54.0, 50.0, "RECEIPT"),
        (54.0, 80.0, "Receipt No: 5521"),
        (54.0, 94.0, "Date: 24/02/2026"),
        (54.0, 140.0, "Description"),
        (300.0, 140.0, "Qty"),
        (400.0, 140.0, "Price"),
        (500.0, 140.0, "Amount"),
        (54.0, 156.0, "Vinyl roll"),
        (305.0, 156.0, "2"),
        (400.0, 156.0, "60.00"),
        (500.0, 156.0, "120.00"),
        (400.0, 200.0, "Net amount"),
        (500.0, 200.0, "100.00"),
        (400.0, 214.0, "VAT 20%"),
        (500.0, 214.0, "20.00"),
        (400.0, 228.0, "Total incl. VAT"),
        (500.0, 228.0, "120.00"),
    ]);
    assert_eq!(extraction.parsed.rejects, []);
    let record = record(&extraction);
    let sums = fields(record, &["number", "date", "subtotal", "tax", "total"]);
    assert_eq!(sums, ["number 5521", "date 2026-02-24", "subtotal $100.00", "tax $20.00", "total $120.00"]);
}

/// The header and the rows of one page of a long bill.
fn page(rows: &[(f32, [&str; 6])], rest: &[(f32, f32, &str)]) -> Vec<(f32, f32, String)> {
    let header = ["Item No.", "Description", "Qty", "UOM", "Unit Price", "Ext. Amount"];
    let lefts = [54.0, 120.0, 330.0, 370.0, 420.0, 510.0];
    let mut out = Vec::new();
    for (y, cells) in std::iter::once(&(180.0, header)).chain(rows) {
        let placed = lefts.into_iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        out.extend(placed.map(|(x, cell)| (x, *y, (*cell).to_owned())));
    }
    out.extend(rest.iter().map(|(x, y, text)| (*x, *y, (*text).to_owned())));
    out
}

#[test]
fn a_table_goes_on_over_pages_with_units_numbers_and_carried_sums() {
    let head = [
        (54.0, 50.0, "Lakeside Plastics Co."),
        (460.0, 50.0, "INVOICE"),
        (400.0, 80.0, "Invoice #: LP-3301"),
        (400.0, 94.0, "Invoice Date: 2026-02-11"),
    ];
    let first = [
        (196.0, ["AC-118", "Acrylic sheet, white", "6", "EA", "88.25", "529.50"]),
        (208.0, ["", "48 x 96 x .177", "", "", "", ""]),
        (222.0, ["VN-20", "Vinyl, 3M film", "150", "SF", "1.2000", "180.00"]),
    ];
    let carried = [(400.0, 700.0, "Carried forward"), (510.0, 700.0, "709.50")];
    let second = [
        (196.0, ["LED-4", "LED module", "1,200", "EA", "0.75", "900.00"]),
        (210.0, ["FRT", "Crating", "1", "LOT", "45.00", "45.00"]),
    ];
    let foot = [
        (400.0, 260.0, "Sub-Total"),
        (510.0, 260.0, "1,654.50"),
        (400.0, 274.0, "Freight"),
        (510.0, 274.0, "60.00"),
        (400.0, 288.0, "Total Due"),
        (510.0, 288.0, "1,714.50"),
    ];
    let mut paper = Paper::helvetica(page(&first, &[&head[..], &carried].concat()));
    paper.pages.push(page(&second, &foot));
    let extraction = read_pdf(&paper.print(), &Limits::default());
    let record = record(&extraction);
    assert_eq!(
        lines(record),
        [
            "Acrylic sheet, white 48 x 96 x .177 | 6 | 88.25 | $529.50",
            "Vinyl, 3M film | 150 | 1.2000 | $180.00",
            "LED module | 1200 | 0.75 | $900.00",
            "Crating | 1 | 45.00 | $45.00",
        ]
    );
    let units: Vec<&str> = record.lines.iter().map(|line| line.fields["unit"].raw.as_str()).collect();
    assert_eq!(units, ["EA", "SF", "EA", "LOT"]);
    let sums = fields(record, &["number", "date", "vendor", "subtotal", "shipping", "total"]);
    assert_eq!(
        sums,
        [
            "number LP-3301",
            "date 2026-02-11",
            "vendor Lakeside Plastics Co.?",
            "subtotal $1,654.50",
            "shipping $60.00",
            "total $1,714.50"
        ]
    );
}

#[test]
fn what_nothing_proves_waits_for_a_person() {
    // Two totals that contradict each other, and a day that may be the third of April or the fourth of March.
    let extraction = read(&[
        (54.0, 50.0, "INVOICE"),
        (54.0, 80.0, "Invoice Number: 8841"),
        (54.0, 94.0, "Date: 03/04/2026"),
        (54.0, 140.0, "Total"),
        (200.0, 140.0, "120.00"),
        (54.0, 160.0, "Total"),
        (200.0, 160.0, "150.00"),
    ]);
    let record = record(&extraction);
    assert_eq!(
        fields(record, &["number", "date", "vendor", "total"]),
        ["number 8841", "date 2026-03-04?", "vendor -", "total $150.00?"]
    );
}

#[test]
fn prose_that_speaks_of_invoices_is_no_invoice() {
    let extraction = read(&[
        (54.0, 50.0, "Minutes of the meeting"),
        (54.0, 80.0, "The board discussed the invoice of 12 March and the total cost of 1,200.00."),
        (54.0, 94.0, "No decision was taken."),
    ]);
    assert_eq!(extraction.kind, DocumentKind::Other);
}

#[test]
fn prices_for_a_hundred_letters_set_apart_and_a_name_in_two_lines() {
    let extraction = read(&[
        (54.0, 50.0, "Harbor Bright"),
        (54.0, 62.0, "& Sons Supply Inc."),
        (54.0, 80.0, "14 Dock St, Erie, PA 16501"),
        (400.0, 50.0, "I N V O I C E"),
        (400.0, 80.0, "Invoice No:"),
        (480.0, 80.0, "70-2219"),
        (400.0, 94.0, "Invoice Date:"),
        (480.0, 94.0, "05/14/2026"),
        (400.0, 108.0, "Project:"),
        (480.0, 108.0, "Northgate pylon"),
        (54.0, 130.0, "Sold To"),
        (54.0, 144.0, "Northside Signs Inc."),
        (54.0, 200.0, "Item"),
        (130.0, 200.0, "Description"),
        (330.0, 200.0, "Qty"),
        (380.0, 200.0, "Price"),
        (500.0, 200.0, "Amount"),
        (54.0, 216.0, "SC-8"),
        (130.0, 216.0, "Self drilling screws 8 x 3/4"),
        (326.0, 216.0, "1,500"),
        (390.0, 216.0, "4.20 / 100"),
        (510.0, 216.0, "63.00"),
        (54.0, 232.0, "RV-3"),
        (130.0, 232.0, "Rivets 3/16 black"),
        (326.0, 232.0, "2,000"),
        (390.0, 232.0, "38.50"),
        (510.0, 232.0, "77.00"),
        (400.0, 262.0, "Freight"),
        (510.0, 262.0, "24.00"),
        (400.0, 276.0, "T O T A L"),
        (505.0, 276.0, "164.00"),
    ]);
    let record = record(&extraction);
    assert_eq!(
        fields(record, &["number", "date", "job", "shipping", "total"]),
        ["number 70-2219", "date 2026-05-14", "job Northgate pylon", "shipping $24.00", "total $164.00"]
    );
    assert_eq!(record.text("vendor"), Some("Harbor Bright & Sons Supply Inc."));
    assert_eq!(
        lines(record),
        ["Self drilling screws 8 x 3/4 | 1500 | 0.042 | $63.00", "Rivets 3/16 black | 2000 | 0.0385 | $77.00"]
    );
}

#[test]
fn sums_among_the_items_end_nothing_and_names_may_stand_above_their_numbers() {
    let extraction = read(&[
        (54.0, 50.0, "Invoice No 55120"),
        (54.0, 64.0, "Invoice date: March 4, 2026"),
        (54.0, 100.0, "Description"),
        (330.0, 100.0, "Hours"),
        (400.0, 100.0, "Rate"),
        (490.0, 100.0, "Amount"),
        (54.0, 116.0, "50 t crane with operator,"),
        (54.0, 128.0, "rigging and signal person"),
        (335.0, 128.0, "6"),
        (400.0, 128.0, "210.00"),
        (485.0, 128.0, "1,260.00"),
        (54.0, 146.0, "Subtotal crane"),
        (485.0, 146.0, "1,260.00"),
        (54.0, 164.0, "Trucking"),
        (54.0, 176.0, "Lowboy, one way"),
        (335.0, 176.0, "3.5"),
        (400.0, 176.0, "120.00"),
        (490.0, 176.0, "420.00"),
        (54.0, 194.0, "Subtotal trucking"),
        (490.0, 194.0, "420.00"),
        (400.0, 220.0, "Total"),
        (485.0, 220.0, "$1,680.00"),
    ]);
    let record = record(&extraction);
    assert_eq!(
        lines(record),
        [
            "50 t crane with operator, rigging and signal person | 6 | 210.00 | $1,260.00",
            "Lowboy, one way | 3.5 | 120.00 | $420.00"
        ]
    );
    assert_eq!(fields(record, &["number", "total"]), ["number 55120", "total $1,680.00"]);
}

#[test]
fn a_list_without_a_header_is_one_where_it_makes_the_sum() {
    let mut page = vec![
        (54.0, 50.0, "Erie Permit Runners LLC"),
        (420.0, 50.0, "Invoice No: 3391"),
        (420.0, 64.0, "Invoice Date: 06/02/2026"),
        (54.0, 120.0, "Permit application, city of Erie"),
        (490.0, 120.0, "$350.00"),
        (54.0, 138.0, "Variance hearing"),
        (490.0, 138.0, "$425.00"),
        (400.0, 180.0, "Subtotal"),
        (490.0, 180.0, "$775.00"),
        (400.0, 194.0, "Tax 6%"),
        (495.0, 194.0, "$46.50"),
        (400.0, 208.0, "Total due"),
        (490.0, 208.0, "$821.50"),
    ];
    let listed = lines(record(&read(&page)));
    assert_eq!(listed, ["Permit application, city of Erie | - | - | $350.00", "Variance hearing | - | - | $425.00"]);
    page[6].2 = "$426.00";
    assert!(record(&read(&page)).lines.is_empty(), "what does not make the sum is not taken");
}
