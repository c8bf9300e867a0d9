//! Exports of programs whose columns are publicly documented, with invented rows.

use super::*;

fn named(file: &str, profile: &str, kind: RecordKind) -> TableReading {
    let reading = check(file);
    assert_eq!(reading.understood.profile.as_deref(), Some(profile));
    assert_eq!(reading.understood.kind, Some(kind));
    assert_eq!(reading.parsed.rejects, []);
    reading
}

#[test]
fn salesforce() {
    let opportunities = "Id,AccountId,Name,StageName,Amount,CloseDate,CreatedDate,Probability,CurrencyIsoCode\n\
                         006A,001A,Lobby sign,Closed Won,1200.5,2026-01-05,2026-01-01T08:00:00.000+0000,100,USD\n";
    let reading = named(opportunities, "Salesforce opportunities", RecordKind::Opportunity);
    assert_eq!(shown(&reading.parsed.records[0], "created_on").as_deref(), Some("2026-01-01"));
    assert_eq!(shown(&reading.parsed.records[0], "outcome").as_deref(), Some("won"));
    let quotes = "Id,QuoteNumber,Name,OpportunityId,Status,GrandTotal,Discount,CreatedDate\n\
                  0Q0A,00000012,Pylon,006A,Denied,32800.00,0,2026-01-05\n";
    let reading = named(quotes, "Salesforce quotes", RecordKind::Quote);
    assert_eq!(reading.parsed.records[0].key, "00000012");
    assert_eq!(shown(&reading.parsed.records[0], "outcome").as_deref(), Some("lost"));
    assert_eq!(reading.parsed.records[0].value("discount"), None);
    let lines = "Id,QuoteId,LineNumber,Product2Id,Quantity,UnitPrice,Discount,TotalPrice,Description\n\
                 0QLA,0Q0A,00000001,01tA,2,600.25,,1200.50,Face\n";
    let reading = named(lines, "Salesforce quote line items", RecordKind::LineItem);
    assert_eq!(
        (reading.parsed.records[0].key.as_str(), shown(&reading.parsed.records[0], "amount").as_deref()),
        ("0QLA", Some("$1,200.50"))
    );
}

#[test]
fn hubspot() {
    let deals = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Pipeline\n\
                 9001,Menu boards,closedwon,2026-02-03 14:00,Ana Ito,950,2026-01-02 09:30,Default\n";
    let reading = named(deals, "HubSpot deals", RecordKind::Opportunity);
    assert_eq!(shown(&reading.parsed.records[0], "outcome").as_deref(), Some("won"));
    assert_eq!(shown(&reading.parsed.records[0], "closed_on").as_deref(), Some("2026-02-03"));
    let lines = "Record ID,Name,Quantity,Unit price,Net price,Associated Deal IDs\n77,Vinyl,3,10.00,30.00,9001\n";
    let reading = named(lines, "HubSpot line items", RecordKind::LineItem);
    assert_eq!(shown(&reading.parsed.records[0], "opportunity").as_deref(), Some("9001"));
}

#[test]
fn quickbooks_puts_customers_above_their_estimates() {
    let report = "Harbor Sign Works\nEstimates by Customer\n\n\
                  ,Date,Num,Memo/Description,Estimate Status,Amount\n\
                  Northgate Mall,,,,,\n,01/05/2026,1041,Reface,Pending,\"1,200.00\"\n,01/09/2026,1042,Pylon,Closed,\"32,800.00\"\n\
                  Total for Northgate Mall,,,,,\"34,000.00\"\n\
                  Orchard Dental,,,,,\n,02/01/2026,1050,Letters,Rejected,900.00\n\
                  Total for Orchard Dental,,,,,900.00\nTOTAL,,,,,\"34,900.00\"\n";
    let reading = named(report, "QuickBooks estimates by customer", RecordKind::Quote);
    let rows: Vec<(&str, Option<String>, Option<String>)> = reading
        .parsed
        .records
        .iter()
        .map(|record| (record.key.as_str(), shown(record, "customer"), shown(record, "outcome")))
        .collect();
    let said = |key, customer: &str, outcome: &str| (key, Some(customer.to_owned()), Some(outcome.to_owned()));
    let expected = [
        said("1041", "Northgate Mall", "open"),
        said("1042", "Northgate Mall", "won"),
        said("1050", "Orchard Dental", "lost"),
    ];
    assert_eq!(rows, expected);
    assert_eq!(reading.parsed.records[0].fields["customer"].at.to_string(), "row 5, column 1");
    assert_eq!(reading.understood.set_aside_count, 5);
}

#[test]
fn odoo_fills_an_order_once_and_writes_references_as_pairs() {
    let lines = "Order Reference,Customer,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Subtotal\n\
                 S00042,Harbor,Panel,2,50.0,100.0\n,,Post,1,80.0,80.0\nS00043,Orchard,Panel,1,50.0,50.0\n";
    let reading = named(lines, "Odoo order lines", RecordKind::LineItem);
    let orders: Vec<String> =
        reading.parsed.records.iter().filter_map(|record| shown(record, "quote_number")).collect();
    assert_eq!(orders, ["S00042", "S00042", "S00043"]);
    let api = r#"[{"id": 7, "name": "S00042", "date_order": "2026-01-05 10:00:00", "partner_id": [9, "Harbor"], "amount_total": 180.5, "state": "sale", "user_id": [2, "KM"]}]"#;
    let reading = named(api, "Odoo sale orders (technical names)", RecordKind::Quote);
    assert_eq!(shown(&reading.parsed.records[0], "customer").as_deref(), Some("Harbor"));
    assert_eq!(shown(&reading.parsed.records[0], "quoted_price").as_deref(), Some("$180.50"));
    assert_eq!(shown(&reading.parsed.records[0], "outcome").as_deref(), Some("won"));
}

#[test]
fn shop_programs() {
    let jobs = "Job #,Job Name,Customer,Workflow,Job Status,Due Date,Completed Date,Sales Rep,Total Price\n\
                20871,Window vinyl,Harbor,Vinyl,Picked up,2026-01-09,2026-01-08,KM,412.00\n";
    let reading = named(jobs, "shopVOX jobs", RecordKind::WorkOrder);
    assert_eq!(shown(&reading.parsed.records[0], "status").as_deref(), Some("completed"));
    assert_eq!(shown(&reading.parsed.records[0], "sale_price").as_deref(), Some("$412.00"));
    let orders = "Work Order,Customer ID,Customer,Total Material,Total Labor,Total Burden,Total Outplant,Use Tax,Total Cost,Sale Price,Billed,Margin %,Date Completed,Status\n\
                  19100,C-1,Harbor,914.59,\"2,809.67\",\"1,123.87\",99.31,54.88,\"5,002.32\",\"6,660.00\",\"6,660.00\",24.9%,11/07/23,Closed\n";
    let reading = named(orders, "KeyedIn work orders", RecordKind::WorkOrder);
    assert_eq!(shown(&reading.parsed.records[0], "labour_cost").as_deref(), Some("$2,809.67"));
    assert_eq!(reading.parsed.records[0].value("margin"), None);
}

#[test]
fn price_indices_become_series() {
    let months: String = (1..=12).map(|month| format!("2025-{month:02}-01,{}.5,.\n", 200 + month)).collect();
    let reading = check(&format!("observation_date,WPU1017,WPU0621\n{months}"));
    assert_eq!(reading.understood.kind, Some(RecordKind::MaterialPrice));
    assert!(reading.understood.wide);
    assert_eq!(reading.parsed.records.len(), 12);
    assert_eq!(reading.parsed.records[2].key, "WPU1017@2025-03-01");
    assert_eq!(reading.parsed.records[2].fields["price"].at.to_string(), "row 4, column 2");
    assert_eq!(reading.parsed.rejects, []);
    let flat = "Series ID,Year,Period,Label,Value\nWPU1017,2025,M01,2025 Jan,301.2\nWPU1017,2025,M02,2025 Feb,303.0\n";
    let reading = named(flat, "BLS series", RecordKind::MaterialPrice);
    assert_eq!(reading.parsed.records[1].key, "WPU1017@2025-02-01");
}

#[test]
fn labour_lines_become_the_cost_summary_of_their_work_order() {
    let file = "Labour summary,,,,,,,\n\n\
                Work Order,Department,Work Code,Description,Estimated Hours,Actual Hours,Estimated Cost,Job Cost\n\
                19100,200,0210,Sheet metal,4.00,5.25,256.00,336.00\n,300,0310,LED wiring,2.00,1.50,136.00,102.00\n\
                ****,,,,6.00,6.75,392.00,438.00\n\
                19101,600,0640,Install,8.00,x,528.00,\"1,056.00\"\n19100,600,0640,Install,8.00,9.00,528.00,594.00\n";
    let reading = check(file);
    assert_eq!(reading.understood.profile.as_deref(), Some("KeyedIn labour"));
    let [first, second] = reading.parsed.records.as_slice() else { panic!("{:?}", reading.parsed.records) };
    assert_eq!((first.kind, first.key.as_str(), first.lines.len()), (RecordKind::CostSummary, "19100", 3));
    let line = |line: usize, field: &str| first.lines[line].fields[field].value.to_string();
    assert_eq!((line(0, "work_code").as_str(), line(1, "cost").as_str()), ("0210", "$102.00"));
    assert_eq!(first.lines[2].fields["actual_hours"].at.to_string(), "row 8, column 6");
    assert_eq!(shown(first, "actual_hours").as_deref(), Some("15.75"));
    assert_eq!((second.value("actual_hours"), shown(second, "estimated_hours").as_deref()), (None, Some("8.00")));
    assert_eq!(reasons(&reading.parsed.rejects), [(RejectReason::NotANumber, Some("actual_hours"), "x")]);
    assert_eq!(reading.parsed.rejects[0].key, None, "the line's hours are not those of the work order");
    assert_eq!(reading.understood.set_aside_count, 1);
}

#[test]
fn hours_by_day_are_not_all_hours_of_their_work_order() {
    let file = "Work Order,Work Date,Department,Work Code,Actual Hours\n\
                19100,01/05/2026,200,0210,6.00\n19100,01/06/2026,200,0210,4.00\n";
    let reading = check(file);
    let record = &reading.parsed.records[0];
    assert_eq!((record.kind, record.lines.len()), (RecordKind::CostSummary, 2));
    assert_eq!(record.value("actual_hours"), None, "another period may stand in another file");
}

#[test]
fn hours_that_cannot_be_added_up_give_no_sum() {
    let most = "79228162514264337593543950335";
    let file = format!("Work Order,Department,Work Code,Actual Hours\n1,200,0210,{most}\n1,300,0310,{most}\n");
    let reading = check(&file);
    assert_eq!(reading.parsed.rejects, []);
    assert_eq!((reading.parsed.records[0].lines.len(), reading.parsed.records[0].value("actual_hours")), (2, None));
}

#[test]
fn a_bid_tab_gives_a_record_per_item_and_bidder() {
    let file = "RAMP SIGNS,,,,Harbor Signs,,Quay Graphics,,Engineer's Estimate,\nSolicitation 7,,,,,,,,,\n\
                Item No.,Item Description,Estimated Quantity,Units,Unit Price,Total Price,Unit Price,Total Price,Unit Price,Total Price\n\
                0001,Mobilization,1,LS,\"1,200.00\",\"1,200.00\",900,900,#REF!,1000\n\
                0002,Panel,10,SF,20,200,,,25,250\n,Section B,,,,,,,,\nTotal,,,,,\"1,400.00\",,900,,1250\n";
    let reading = check(file);
    assert_eq!(reading.understood.kind, Some(RecordKind::BidTab));
    let rows: Vec<[String; 4]> = reading
        .parsed
        .records
        .iter()
        .map(|record| ["line_number", "vendor", "unit_price", "amount"].map(|f| shown(record, f).unwrap_or_default()))
        .collect();
    let said = |item: &str, vendor: &str, price: &str, amount: &str| [item, vendor, price, amount].map(str::to_owned);
    assert_eq!(
        rows,
        [
            said("0001", "Harbor Signs", "$1,200.00", "$1,200.00"),
            said("0001", "Quay Graphics", "$900.00", "$900.00"),
            said("0001", "Engineer's Estimate", "", "$1,000.00"),
            said("0002", "Harbor Signs", "$20.00", "$200.00"),
            said("0002", "Engineer's Estimate", "$25.00", "$250.00"),
        ]
    );
    assert_eq!(reading.parsed.records[1].fields["vendor"].at.to_string(), "row 1, column 7");
    assert_eq!(reading.parsed.records[1].fields["amount"].at.to_string(), "row 4, column 8");
    assert_eq!(reasons(&reading.parsed.rejects), [(RejectReason::NotANumber, Some("unit_price"), "#REF!")]);
    assert_eq!(reading.understood.columns[6].note.as_deref(), Some("of Quay Graphics"));
}
