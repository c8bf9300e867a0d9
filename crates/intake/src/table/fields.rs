//! Which fields each kind of record has, and under which headers they are exported. Headers are in the spelling of
//! [`super::columns::HeaderText`]; earlier names are more certain than later ones.

use std::collections::HashMap;
use std::sync::LazyLock;

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
    /// The fields that make the key, in order; the first of these lists that a table has all columns for.
    pub(super) keys: &'static [&'static [&'static str]],
    /// Whether a row without a key may stand for itself: known by its contents, and so never as changed.
    pub(super) keyless: bool,
    /// Whether a row is one line of its record.
    pub(super) lines: bool,
    /// A header for the key, as an example.
    pub(super) example: &'static str,
    pub(super) fields: Vec<FieldColumn>,
    /// Header to field and how certain it is (0 is best).
    names: HashMap<String, Vec<(usize, usize)>>,
}

impl TableKind {
    fn new(
        kind: RecordKind,
        keys: &'static [&'static [&'static str]],
        example: &'static str,
        fields: Vec<FieldColumn>,
    ) -> Self {
        let mut names: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (index, field) in fields.iter().enumerate() {
            for (rank, name) in field.names.iter().enumerate() {
                names.entry(name.clone()).or_default().push((index, rank));
            }
        }
        Self { kind, keys, keyless: false, lines: false, example, fields, names }
    }

    /// The fields known by a header, with how certain each is (0 is best).
    pub(super) fn known(&self, header: &str) -> &[(usize, usize)] {
        self.names.get(header).map_or(&[], Vec::as_slice)
    }

    /// The index of a field.
    pub(super) fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.field == name)
    }

    pub(super) fn is_key(&self, field: &str) -> bool {
        self.keys.iter().any(|key| key.contains(&field))
    }
}

static KINDS: LazyLock<Vec<TableKind>> = LazyLock::new(|| {
    vec![quotes(), work_orders(), opportunities(), prices(), bills(), customers(), line_items(), labour(), bid_tabs()]
});

/// Every kind a table may hold; where two fit equally well the earlier one is taken.
pub(super) fn kinds() -> &'static [TableKind] {
    &KINDS
}

/// The table of a kind; of a cost summary that of its labour lines, whose head is a table of work orders.
/// `None` for what is only printed.
pub(super) fn of(kind: RecordKind) -> Option<&'static TableKind> {
    KINDS.iter().find(|one| one.kind == kind)
}

fn own(field: &'static str, reads: Reads, names: &[&str]) -> FieldColumn {
    FieldColumn { telling: true, ..shared(field, reads, names) }
}

fn shared(field: &'static str, reads: Reads, names: &[&str]) -> FieldColumn {
    FieldColumn { field, reads, names: names.iter().map(|name| (*name).to_owned()).collect(), telling: false }
}

const CUSTOMER_ID: &[&str] = &["customer id", "customer number", "customer code", "account id", "account number"];
const CUSTOMER: &[&str] = &[
    "customer",
    "customer name",
    "account name",
    "account",
    "company name",
    "company",
    "client",
    "customer full name",
];
const WORK_ORDER: &[&str] = &[
    "work order",
    "work order number",
    "work order id",
    "job number",
    "job",
    "order number",
    "job id",
    "sales order number",
];
const QUOTE_NUMBER: &[&str] =
    &["quote number", "quote", "quote id", "quotation number", "quotation", "estimate number", "estimate id"];
const OPPORTUNITY: &[&str] = &["opportunity id", "opportunity number", "opportunity", "deal id", "associated deal id"];
/// What the program that exported a quote calls it beside its number.
const EXTERNAL: &[&str] = &["external id", "quote record id", "record id", "id", "guid"];
const LOST_REASON: &[&str] = &["lost reason", "loss reason", "reason lost", "closed lost reason", "reason for loss"];
const COMPETITOR: &[&str] = &["competitor price", "competitors price", "competitor amount", "competing price"];

fn customers() -> TableKind {
    use Reads::{Choice, Id, Text};
    let mut id = shared("customer_id", Id, CUSTOMER_ID);
    id.names.extend(["id", "guid", "record id"].map(str::to_owned));
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
    TableKind::new(RecordKind::Customer, &[&["customer_id"]], "Customer ID", fields)
}

fn opportunities() -> TableKind {
    use Reads::{Date, Id, Money, Outcome, Text};
    let mut id = shared("opportunity", Id, OPPORTUNITY);
    id.names.extend(["id", "guid", "record id"].map(str::to_owned));
    let fields = vec![
        id,
        shared("customer_id", Id, CUSTOMER_ID),
        shared("customer", Text, CUSTOMER),
        shared("title", Text, &["opportunity name", "deal name", "title", "subject", "name"]),
        own("stage", Text, &["stage", "stage name", "deal stage", "sales stage", "pipeline stage"]),
        own(
            "amount",
            Money,
            &["amount", "opportunity amount", "deal value", "deal amount", "close value", "expected revenue", "value"],
        ),
        shared(
            "created_on",
            Date,
            &["created", "created on", "created date", "date created", "create date", "opened", "engage date"],
        ),
        own("closed_on", Date, &["closed", "close date", "closed on", "closed date", "date closed", "expected close"]),
        shared(
            "owner",
            Text,
            &["owner", "owner name", "opportunity owner", "deal owner", "sales rep", "salesperson", "sales agent"],
        ),
        shared("outcome", Outcome, &["outcome", "result", "won lost"]),
        shared("lost_reason", Text, LOST_REASON),
        shared("competitor_price", Money, COMPETITOR),
        shared("product", Text, &["product", "product name", "product interest"]),
    ];
    TableKind::new(RecordKind::Opportunity, &[&["opportunity"]], "Opportunity ID", fields)
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
        shared("external_id", Id, EXTERNAL),
    ];
    fields.extend(driver::catalogue().iter().map(driver_column));
    TableKind::new(RecordKind::Quote, &[&["quote_number"]], "Quote No", fields)
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
    let mut fields = vec![
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
            &["date completed", "completed", "completed on", "completion date", "completed date", "date finished"],
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
        own("sale_price", Money, &["sale price", "selling price", "sales price", "contract amount"]),
        own("billed", Money, &["billed", "billed amount", "amount billed", "invoiced", "invoiced amount"]),
        shared("part_number", Text, &["part number", "part", "item number"]),
        shared("estimated_hours", Number, &["estimated hours", "hours estimated"]),
        own("actual_hours", Number, &["actual hours", "hours actual", "total hours"]),
        own("overrun_cause", Text, &["overrun note", "overrun cause", "overrun", "overrun reason"]),
    ];
    fields.extend(sizes_and_choices());
    TableKind::new(RecordKind::WorkOrder, &[&["work_order"]], "WO #", fields)
}

/// What a list of jobs may say of the sign itself. Yes-or-no drivers are left to quotes: in a list of costs, `Permit` or
/// `Survey` heads an amount.
fn sizes_and_choices() -> impl Iterator<Item = FieldColumn> {
    let all = driver::catalogue().iter().filter(|driver| !matches!(driver.name, "sign_type" | "estimator"));
    let kept = all.filter(|driver| matches!(driver.kind, DriverKind::Number { .. } | DriverKind::Choice { .. }));
    kept.map(|driver| FieldColumn { telling: false, ..driver_column(driver) })
}

fn prices() -> TableKind {
    use Reads::{Id, Month, Number, Text};
    let fields = vec![
        own("series", Id, &["series", "material", "commodity", "item", "series id"]),
        own("date", Month, &["month", "date", "period", "price date"]),
        own("price", Number, &["price", "unit price", "price per unit", "cost"]),
        shared("unit", Text, &["unit", "uom", "um", "unit of measure"]),
    ];
    TableKind::new(RecordKind::MaterialPrice, &[&["series", "date"]], "series", fields)
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
    TableKind::new(RecordKind::VendorBill, &[&["vendor", "bill_number"]], "Invoice No", fields)
}

/// Lines of quotes, opportunities and sales orders, as CRMs export them: beside their document, one row each.
fn line_items() -> TableKind {
    use Reads::{Date, Id, Money, Number, Text};
    let fields = vec![
        shared(
            "line_item",
            Id,
            &["line item id", "line id", "quote line item id", "opportunity line item id", "id", "guid", "record id"],
        ),
        shared("quote_number", Id, QUOTE_NUMBER),
        shared("opportunity", Id, OPPORTUNITY),
        shared("work_order", Id, WORK_ORDER),
        shared(
            "line_number",
            Id,
            &["line number", "line item number", "item number", "line", "sort order", "sequence"],
        ),
        shared(
            "product",
            Text,
            &["product name", "product", "product service", "product code", "sku", "item", "item name"],
        ),
        shared(
            "description",
            Text,
            &["line description", "item description", "product description", "description", "memo description", "name"],
        ),
        own(
            "quantity",
            Number,
            &["quantity", "estimated quantity", "order quantity", "ordered quantity", "units sold"],
        ),
        shared("unit", Text, &["unit", "uom", "um", "unit of measure", "units", "quantity unit of measure"]),
        own("unit_price", Money, &["unit price", "sales price", "price each", "rate", "price", "list price"]),
        shared("unit_cost", Money, &["unit cost", "cost each", "purchase cost", "cost"]),
        shared("discount", Number, &["discount", "discount percent", "unit discount"]),
        shared(
            "amount",
            Money,
            &["total price", "line total", "line amount", "net price", "extended price", "subtotal", "amount", "total"],
        ),
        shared("date", Date, &["service date", "date", "created date", "create date"]),
    ];
    let keys: &[&[&str]] = &[
        &["line_item"],
        &["quote_number", "line_number"],
        &["opportunity", "line_number"],
        &["work_order", "line_number"],
    ];
    TableKind { keyless: true, ..TableKind::new(RecordKind::LineItem, keys, "Line item ID", fields) }
}

/// The labour of work orders by department and work code, one line per row.
fn labour() -> TableKind {
    use Reads::{Date, Id, Money, Number, Text};
    let fields = vec![
        shared("work_order", Id, WORK_ORDER),
        shared("quote_number", Id, QUOTE_NUMBER),
        shared("customer_id", Id, CUSTOMER_ID),
        shared("customer", Text, CUSTOMER),
        own("department", Id, &["department", "dept", "department number", "department code"]),
        own("work_code", Id, &["work code", "labour code", "operation", "operation code", "work code number", "code"]),
        shared(
            "description",
            Text,
            &["work code description", "description", "operation description", "labour description"],
        ),
        own(
            "time_entry",
            Id,
            &[
                "time entry",
                "time entry id",
                "timesheet line",
                "timesheet line id",
                "timesheet entry",
                "labour entry",
                "entry id",
            ],
        ),
        // Of many lines: it tells entries apart only together with their days.
        own("timesheet", Id, &["timesheet id", "timesheet number", "timesheet no"]),
        shared("employee", Text, &["employee", "employee name", "worker"]),
        shared("date", Date, &["date", "work date", "labour date"]),
        own("estimated_hours", Number, &["estimated hours", "hours estimated"]),
        own("actual_hours", Number, &["actual hours", "hours actual", "hours", "hours worked"]),
        shared("estimated_cost", Money, &["estimated cost", "cost estimated"]),
        shared("cost", Money, &["job cost", "actual cost", "labour cost", "cost"]),
    ];
    TableKind { lines: true, ..TableKind::new(RecordKind::CostSummary, &[&["work_order"]], "Work Order", fields) }
}

/// The items of a bid, once per bidder.
fn bid_tabs() -> TableKind {
    let items = line_items();
    // Last, so that the columns found for line items are those of a bid tab.
    let mut fields = items.fields;
    fields.push(shared("vendor", Reads::Text, &["bidder", "vendor"]));
    TableKind { keyless: true, ..TableKind::new(RecordKind::BidTab, &[&["line_item"]], "Item No.", fields) }
}
