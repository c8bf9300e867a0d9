//! The printed cost summary of a finished job, in two layouts: `keyedin-spool`, a typewriter spool, and `job-cost-report`, a
//! ruled page. They differ in labels and places, not in what they say; both are read by labels and column headers.

use signwright_domain::record::{Field, RecordKind, Section};

use super::checks::{self, Sum};
use super::columns::{ColumnKind, Header, Holds};
use super::labels::{Found, Label};
use super::lines::Line;
use super::tables::{self, Form};
use super::values::{Printed, Values};
use super::{Reading, assembled};
use super::{header, hours};
use crate::choices;
use crate::pdf::words::Token;

const PARTS: &[&str] =
    &["material_cost", "labour_cost", "burden_cost", "outplant_cost", "equipment_cost", "shipping_cost", "use_tax"];

const WANTED: &[(&str, Holds)] = &[
    ("work_order", Holds::Code),
    ("customer", Holds::Text),
    ("description", Holds::Text),
    ("run_date", Holds::Date),
    ("estimator", Holds::Text),
    ("quote_number", Holds::Code),
    ("completed_on", Holds::Date),
    ("sign_type", Holds::Text),
    ("material_cost", Holds::Amount),
    ("labour_cost", Holds::Amount),
    ("burden_cost", Holds::Amount),
    ("outplant_cost", Holds::Amount),
    ("equipment_cost", Holds::Amount),
    ("shipping_cost", Holds::Amount),
    ("use_tax", Holds::Amount),
    ("total_cost", Holds::Amount),
    ("estimated_hours", Holds::Number),
    ("actual_hours", Holds::Number),
];

macro_rules! labels {
    ($($field:literal: $($phrase:literal),+;)+) => { &[$(Label { field: $field, phrases: &[$($phrase),+] }),+] };
}
macro_rules! columns {
    ($($field:literal $holds:ident: $($phrase:literal),+;)+) => {
        &[$(ColumnKind { field: $field, holds: Holds::$holds, phrases: &[$($phrase),+] }),+]
    };
}

const LABELS: &[Label] = labels! {
    "work_order": "WORK ORDER", "WORK ORDER NO", "WORK ORDER NUMBER", "WO", "WO NO", "WO NUMBER", "ORDER NUMBER",
        "ORDER NO", "JOB NUMBER", "JOB NO";
    "customer": "CUSTOMER", "CUSTOMER NAME", "SOLD TO", "CLIENT";
    "customer_id": "CUSTOMER ID", "CUSTOMER NO", "CUSTOMER NUMBER", "CUST ID", "CUST NO";
    "part": "PART", "PART NO", "PART NUMBER";
    "description": "DESCRIPTION", "JOB DESCRIPTION", "PROJECT";
    "location": "LOCATION", "SITE";
    "run_date": "RUN DATE", "PRINTED", "PRINTED ON", "PRINT DATE", "DATE PRINTED", "REPORT DATE";
    "estimator": "EST", "ESTIMATOR", "ESTIMATED BY";
    "quote_number": "QUOTE", "QUOTE NO", "QUOTE NUMBER";
    "completed_on": "COMPLETED", "COMPLETED ON", "DATE COMPLETED", "COMPLETION DATE", "COMPL DATE";
    "sign_type": "SIGN TYPE", "TYPE", "TYPE OF SIGN";
    "status": "STATUS";
    "hours": "TOTAL HOURS";
    "material_cost": "TOTAL MATERIAL COST", "TOTAL MATERIAL", "MATERIAL COST", "MATERIAL TOTAL", "MATERIAL", "MATERIALS";
    "labour_cost": "TOTAL LABOR COST", "TOTAL LABOR", "LABOR COST", "LABOR TOTAL", "LABOR";
    "burden_cost": "TOTAL BURDEN COST", "TOTAL BURDEN", "BURDEN COST", "BURDEN";
    "outplant_cost": "TOTAL OUTPLANT COST", "TOTAL OUTPLANT", "OUTPLANT COST", "OUTPLANT TOTAL", "OUTPLANT",
        "TOTAL SUBCONTRACT COST", "SUBCONTRACT COST", "SUBCONTRACT", "OUTPLANT SUBCONTRACT", "OUTSIDE SERVICES";
    "equipment_cost": "TOTAL EQUIPMENT COST", "TOTAL EQUIPMENT", "EQUIPMENT COST", "EQUIPMENT";
    "shipping_cost": "TOTAL SHIPPING COST", "TOTAL SHIPPING", "SHIPPING COST", "SHIPPING", "TOTAL FREIGHT", "FREIGHT";
    "use_tax": "TOTAL USE TAX", "USE TAX";
    "total_cost": "TOTAL COST", "TOTAL JOB COST", "JOB COST", "GRAND TOTAL", "TOTAL";
    "estimated_hours": "EST HOURS", "EST HRS", "ESTIMATED HOURS", "TOTAL EST HOURS", "TOTAL EST HRS",
        "TOTAL ESTIMATED HOURS";
    "actual_hours": "ACT HOURS", "ACT HRS", "ACTUAL HOURS", "TOTAL ACT HOURS", "TOTAL ACT HRS", "TOTAL ACTUAL HOURS";
};

const COLUMNS: &[ColumnKind] = columns! {
    "date" Date: "DATE";
    "department" Text: "DEPT", "DEPARTMENT";
    "work_code" Text: "CODE", "WORK CODE";
    "description" Text: "DESCRIPTION", "ITEM", "SUBCONTRACTOR", "VENDOR", "MATERIAL", "OPERATION", "SUPPLIER";
    "unit" Text: "UNIT", "UOM", "UM";
    "estimated_hours" Number: "EST HRS", "EST HOURS", "ESTIMATED HOURS", "EST HR";
    "actual_hours" Number: "ACT HRS", "ACT HOURS", "ACTUAL HOURS", "ACTUAL HRS", "HOURS", "HRS";
    "estimated_quantity" Number: "EST QTY", "ESTIMATED QTY", "ESTIMATED QUANTITY", "EST QUANTITY";
    "quantity" Number: "ACT QTY", "ACTUAL QTY", "ACTUAL QUANTITY", "QTY", "QUANTITY";
    "hours_variance" Number: "VAR HRS", "VARIANCE HRS", "VAR HOURS";
    "estimated_cost" Amount: "EST COST", "ESTIMATED COST";
    "cost" Amount: "COST", "ACT COST", "ACTUAL COST", "JOB COST", "AMOUNT";
    "variance" Amount: "VARIANCE", "VAR";
};

const FORM: Form = Form { columns: COLUMNS, labels: LABELS, section, title };

/// Whether the first lines and labels are those of a cost summary.
pub(super) fn is_one(lines: &[Line]) -> bool {
    let titled = lines.iter().take(12).map(Line::plain).any(|text| {
        ["COST SUMMARY", "JOB COST REPORT", "JOB COST SUMMARY", "JOB COST"].iter().any(|title| text.contains(title))
    });
    let found = header::found(lines, LABELS);
    let has = |field: &str| found.iter().any(|one| one.field == field);
    let costs = PARTS.iter().filter(|part| has(part)).count();
    has("work_order") && has("total_cost") && (titled || costs >= 3) || titled && has("work_order")
}

/// Reads a document that [`is_one`].
pub(super) fn read(lines: &[Line], values: &Values<'_>) -> Reading {
    let tables = tables::read(lines, &FORM, values);
    let found = header::found(&tables.others, LABELS);
    let (mut fields, mut rejects) = header::fields(&found, WANTED, values);
    if let Some(field) = (!fields.contains_key("description")).then(|| part_description(&found, values)).flatten() {
        fields.insert("description".to_owned(), field);
    }
    if let Some(field) = fields.get_mut("sign_type") {
        choices::settle("sign_type", field);
    }
    rejects.extend(tables.rejects);
    for (name, total) in [("estimated_hours", "estimated hours"), ("actual_hours", "actual hours")] {
        let printed = fields.remove(name).or_else(|| tables.hours.get(name).cloned());
        let (field, reject) = hours::settled(printed, &tables.lines, name, total);
        fields.extend(field.map(|field| (name.to_owned(), field)));
        rejects.extend(reject);
    }
    let key = fields.get("work_order").map(|field| field.raw.clone());
    assembled(RecordKind::CostSummary, layout(&found), key, (fields, tables.lines), rejects, sums)
}

fn layout(found: &[Found]) -> &'static str {
    let work_order = found.iter().find(|one| one.field == "work_order").map(|one| one.label);
    match work_order {
        Some("ORDER NUMBER" | "ORDER NO" | "JOB NUMBER" | "JOB NO") => "job-cost-report",
        Some(_) | None => "keyedin-spool",
    }
}

pub(super) fn sums(record: &signwright_domain::record::Record) -> Vec<Sum> {
    let of_section = |section, name, total| checks::of_lines(record, section, "cost", name, total);
    [
        of_section(Section::Labour, "labour lines sum to the total", "labour_cost"),
        of_section(Section::Material, "material lines sum to the total", "material_cost"),
        of_section(Section::Outplant, "outplant lines sum to the total", "outplant_cost"),
        checks::of_fields(record, PARTS, "parts sum to total cost", "total_cost"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn section(header: &Header, titled: Option<Section>) -> Section {
    let hours = header.has("estimated_hours") || header.has("actual_hours");
    match titled {
        _ if hours => Section::Labour,
        Some(Section::Outplant) => Section::Outplant,
        Some(Section::Labour | Section::Material | Section::Item) | None => Section::Material,
    }
}

/// `MATERIAL`, `OUTPLANT DETAIL (CONTINUED)`: a few words without numbers.
fn title(text: &str) -> Option<Section> {
    let short = text.split(' ').count() <= 4 && !text.bytes().any(|b| b.is_ascii_digit());
    match text.split(' ').next().filter(|_| short)? {
        "LABOR" => Some(Section::Labour),
        "MATERIAL" | "MATERIALS" => Some(Section::Material),
        "OUTPLANT" | "SUBCONTRACT" | "SUBCONTRACTS" | "SUBCONTRACTORS" => Some(Section::Outplant),
        _ => None,
    }
}

/// `PART NO.  MON-DF-LED  MONUMENT DOUBLE FACE`: what stands behind the part number.
fn part_description(found: &[Found], values: &Values<'_>) -> Option<Field> {
    let part = found.iter().find(|one| one.field == "part")?;
    let words: &[Token] = match part.cells.as_slice() {
        [_, description, ..] => description,
        [only] => only.get(1..).filter(|rest| !rest.is_empty())?,
        [] => return None,
    };
    let found_by = format!("label {}", part.label);
    values.read(&Printed { field: "description", page: part.page, words, found_by }, Holds::Text).ok()
}
