//! Which fields each kind of record has, and under which headers they are exported. Headers are in the spelling of
//! [`super::columns::HeaderText`]; earlier names are more certain than later ones.

use signwright_domain::driver::{self, Driver, DriverKind};
use signwright_domain::record::RecordKind;

use super::columns::HeaderText;

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reads {
    /// Text, also where the sheet holds a number; leading zeros stay.
    Id,
    Text,
    Money,
    Number,
    Date,
    /// A month as its first day.
    Month,
    Flag,
    /// open, won or lost.
    Outcome,
    /// completed or in_progress.
    JobStatus,
    /// One of a driver's choices.
    Choice(&'static str),
    /// A size in a driver's unit.
    Measure(&'static str),
}

/// A field with the headers it is known by.
#[derive(Clone, Debug)]
pub(super) struct FieldColumn {
    pub(super) field: &'static str,
    pub(super) reads: Reads,
    pub(super) names: Vec<String>,
    /// Whether the field tells this kind of record from the others.
    pub(super) telling: bool,
}

/// One kind of record as a table.
#[derive(Clone, Debug)]
pub(super) struct TableKind {
    pub(super) kind: RecordKind,
    /// The fields that make the key, in order.
    pub(super) key: &'static [&'static str],
    /// A header for the key, as an example.
    pub(super) example: &'static str,
    pub(super) fields: Vec<FieldColumn>,
}

/// Every kind a table may hold; where two fit equally well the earlier one is taken.
pub(super) fn kinds() -> Vec<TableKind> {
    vec![quotes(), work_orders(), opportunities(), prices(), bills(), customers()]
}

fn own(field: &'static str, reads: Reads, names: &[&str]) -> FieldColumn {
    FieldColumn { telling: true, ..shared(field, reads, names) }
}

fn shared(field: &'static str, reads: Reads, names: &[&str]) -> FieldColumn {
    FieldColumn { field, reads, names: names.iter().map(|name| (*name).to_owned()).collect(), telling: false }
}

const CUSTOMER_ID: &[&str] = &["customer id", "customer number", "customer code", "account id", "account number"];
const CUSTOMER: &[&str] = &["customer", "customer name", "account name", "account", "company name", "company"];
const WORK_ORDER: &[&str] = &["work order", "work order number", "work order id", "job number", "job", "order number"];
const QUOTE_NUMBER: &[&str] = &["quote number", "quote", "quote id", "quotation number", "quotation"];
const OPPORTUNITY: &[&str] = &["opportunity id", "opportunity number", "opportunity", "deal id"];
const LOST_REASON: &[&str] = &["lost reason", "loss reason", "reason lost", "closed lost reason", "reason for loss"];
const COMPETITOR: &[&str] = &["competitor price", "competitors price", "competitor amount", "competing price"];

fn customers() -> TableKind {
    use Reads::{Choice, Id, Text};
    let mut id = shared("customer_id", Id, CUSTOMER_ID);
    id.names.extend(["id".to_owned(), "guid".to_owned()]);
    let mut name = shared("customer", Text, CUSTOMER);
    name.names.push("name".to_owned());
    let fields = vec![
        id,
        name,
        own("customer_type", Choice("customer_type"), &["customer type", "account type", "type", "customer class"]),
        own("city", Text, &["city", "billing city", "town", "mailing city"]),
        own("contact", Text, &["contact", "contact name", "primary contact", "attention"]),
        own("email", Text, &["email", "e mail", "email address", "contact email"]),
    ];
    TableKind { kind: RecordKind::Customer, key: &["customer_id"], example: "Customer ID", fields }
}

fn opportunities() -> TableKind {
    use Reads::{Date, Id, Money, Outcome, Text};
    let mut id = shared("opportunity", Id, OPPORTUNITY);
    id.names.extend(["id".to_owned(), "guid".to_owned()]);
    let fields = vec![
        id,
        shared("customer_id", Id, CUSTOMER_ID),
        shared("customer", Text, CUSTOMER),
        shared("title", Text, &["opportunity name", "deal name", "title", "subject", "name"]),
        own("stage", Text, &["stage", "stage name", "deal stage", "sales stage", "pipeline stage"]),
        own(
            "amount",
            Money,
            &["amount", "opportunity amount", "deal value", "deal amount", "expected revenue", "value"],
        ),
        shared("created_on", Date, &["created", "created on", "created date", "date created", "create date", "opened"]),
        own("closed_on", Date, &["closed", "close date", "closed on", "closed date", "date closed", "expected close"]),
        shared("owner", Text, &["owner", "owner name", "opportunity owner", "sales rep", "salesperson", "sales agent"]),
        shared("outcome", Outcome, &["outcome", "result", "won lost"]),
        shared("lost_reason", Text, LOST_REASON),
        shared("competitor_price", Money, COMPETITOR),
    ];
    TableKind { kind: RecordKind::Opportunity, key: &["opportunity"], example: "Opportunity ID", fields }
}

fn quotes() -> TableKind {
    use Reads::{Date, Id, Money, Number, Outcome, Text};
    let mut fields = vec![
        shared("quote_number", Id, QUOTE_NUMBER),
        shared("work_order", Id, WORK_ORDER),
        shared("opportunity", Id, OPPORTUNITY),
        shared("customer_id", Id, CUSTOMER_ID),
        shared("customer", Text, CUSTOMER),
        shared("description", Text, &["description", "job description", "quote description", "title", "subject"]),
        own("quoted_on", Date, &["quote date", "quoted on", "quoted", "date quoted", "quotation date", "date"]),
        shared("status", Text, &["status", "quote status", "stage"]),
        own("outcome", Outcome, &["outcome", "result", "won lost"]),
        own("estimated_cost", Money, &["estimated cost", "cost estimate", "estimate", "total estimated cost"]),
        shared("estimated_hours", Number, &["estimated hours", "hours estimated", "total estimated hours"]),
        own(
            "quoted_price",
            Money,
            &["quoted price", "quote amount", "quote total", "quote price", "price", "amount", "total"],
        ),
        own("lost_reason", Text, LOST_REASON),
        own("competitor_price", Money, COMPETITOR),
    ];
    fields.extend(driver::catalogue().iter().map(driver_column));
    TableKind { kind: RecordKind::Quote, key: &["quote_number"], example: "Quote No", fields }
}

/// A known driver by its name, its label and a few other words.
fn driver_column(driver: &'static Driver) -> FieldColumn {
    let more: &[&str] = match driver.name {
        "sign_type" => &["type of sign", "product type"],
        "width" => &["sign width"],
        "height" => &["sign height"],
        "faces" => &["number of faces", "sides"],
        "letter_count" => &["number of letters"],
        "lighting" => &["illumination"],
        "emc_area" => &["message centre", "emc"],
        "wind_speed" => &["design wind speed"],
        "travel_miles" => &["distance", "travel distance"],
        "engineering" => &["sealed drawings"],
        _ => &[],
    };
    let reads = match &driver.kind {
        DriverKind::Number { unit, .. } => Reads::Measure(unit),
        DriverKind::Choice { .. } => Reads::Choice(driver.name),
        DriverKind::Flag => Reads::Flag,
        DriverKind::Text => Reads::Text,
    };
    let mut names = vec![HeaderText::of(driver.name).plain, HeaderText::of(driver.label).plain];
    names.extend(more.iter().map(|name| (*name).to_owned()));
    FieldColumn { field: driver.name, reads, names, telling: reads != Reads::Text }
}

fn work_orders() -> TableKind {
    use Reads::{Choice, Date, Id, JobStatus, Money, Number, Text};
    let fields = vec![
        shared("work_order", Id, WORK_ORDER),
        shared("customer_id", Id, CUSTOMER_ID),
        shared("customer", Text, CUSTOMER),
        own("location", Text, &["location", "site", "job site", "site address"]),
        shared("description", Text, &["description", "job description"]),
        shared("sign_type", Choice("sign_type"), &["sign type", "type of sign", "type"]),
        shared("estimator", Text, &["estimator", "estimated by"]),
        shared("quote_number", Id, QUOTE_NUMBER),
        shared("status", JobStatus, &["status", "job status", "work order status"]),
        own("started_on", Date, &["started", "started on", "start date", "date started"]),
        own(
            "completed_on",
            Date,
            &["date completed", "completed", "completed on", "completion date", "completed date"],
        ),
        own("material_cost", Money, &["total material cost", "material cost", "total material", "material"]),
        own("labour_cost", Money, &["total labour cost", "labour cost", "total labour", "labour"]),
        own("burden_cost", Money, &["total burden cost", "burden cost", "total burden", "burden"]),
        own("outplant_cost", Money, &["total outplant cost", "outplant cost", "total outplant", "outplant"]),
        own("equipment_cost", Money, &["total equipment cost", "equipment cost", "total equipment", "equipment"]),
        own("shipping_cost", Money, &["total shipping", "total shipping cost", "shipping cost", "shipping", "freight"]),
        own("use_tax", Money, &["use tax", "total use tax"]),
        own("total_cost", Money, &["total cost", "total job cost", "job cost", "actual cost"]),
        shared("quoted_price", Money, &["quoted price", "quote amount", "quote price"]),
        own("sale_price", Money, &["sale price", "selling price", "sales price", "billed", "invoiced"]),
        shared("estimated_hours", Number, &["estimated hours", "hours estimated"]),
        own("actual_hours", Number, &["actual hours", "hours actual", "total hours"]),
        own("overrun_cause", Text, &["overrun note", "overrun cause", "overrun", "overrun reason"]),
    ];
    TableKind { kind: RecordKind::WorkOrder, key: &["work_order"], example: "WO #", fields }
}

fn prices() -> TableKind {
    use Reads::{Id, Month, Number, Text};
    let fields = vec![
        own("series", Id, &["series", "material", "commodity", "item", "series id"]),
        own("date", Month, &["month", "date", "period", "price date"]),
        own("price", Number, &["price", "unit price", "price per unit", "cost"]),
        shared("unit", Text, &["unit", "uom", "um", "unit of measure"]),
    ];
    TableKind { kind: RecordKind::MaterialPrice, key: &["series", "date"], example: "series", fields }
}

fn bills() -> TableKind {
    use Reads::{Date, Id, Money, Text};
    let fields = vec![
        own("vendor", Text, &["vendor", "vendor name", "supplier", "supplier name"]),
        own("bill_number", Id, &["bill number", "invoice number", "bill", "invoice", "bill id", "invoice id"]),
        shared("date", Date, &["bill date", "invoice date", "date"]),
        shared("due_date", Date, &["due date", "due", "due on"]),
        shared("work_order", Id, WORK_ORDER),
        shared("subtotal", Money, &["subtotal", "sub total", "net amount"]),
        shared("tax", Money, &["tax", "sales tax", "tax amount"]),
        shared("shipping", Money, &["shipping", "freight"]),
        own("total", Money, &["total", "total amount", "amount", "bill total", "invoice total", "total due"]),
    ];
    TableKind { kind: RecordKind::VendorBill, key: &["vendor", "bill_number"], example: "Invoice No", fields }
}
