//! The fields that documents of each kind usually have, in the order of the form, and what each holds.

use signwright_domain::record::{RecordKind, Section};
use signwright_intake::profile::ValueKind;

/// The header fields of a kind.
pub(super) fn fields(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::CostSummary => &[
            "work_order",
            "customer",
            "description",
            "sign_type",
            "estimator",
            "quote_number",
            "run_date",
            "completed_on",
            "estimated_hours",
            "actual_hours",
            "material_cost",
            "labour_cost",
            "burden_cost",
            "outplant_cost",
            "equipment_cost",
            "shipping_cost",
            "use_tax",
            "total_cost",
        ],
        RecordKind::VendorBill => {
            &["vendor", "bill_number", "date", "due_date", "work_order", "subtotal", "tax", "shipping", "total"]
        }
        RecordKind::Invoice | RecordKind::PrintedQuote => &[
            "vendor", "customer", "number", "date", "due_date", "subtotal", "tax", "shipping", "discount", "total",
            "currency",
        ],
        RecordKind::PurchaseOrder => &[
            "customer", "vendor", "number", "date", "due_date", "subtotal", "tax", "shipping", "discount", "total",
            "currency",
        ],
        RecordKind::BidTab => &["vendor", "number", "date", "total"],
        RecordKind::Quote => {
            &["quote_number", "customer", "title", "quoted_on", "valid_until", "sign_type", "estimator", "quoted_price"]
        }
        RecordKind::WorkOrder => {
            &["work_order", "customer", "description", "quote_number", "started_on", "completed_on", "sale_price"]
        }
        RecordKind::Opportunity => {
            &["opportunity", "customer", "title", "created_on", "closed_on", "amount", "outcome"]
        }
        RecordKind::Customer => &["customer_id", "customer", "city", "contact", "email"],
        RecordKind::MaterialPrice => &["series", "date", "price", "unit"],
        RecordKind::LineItem => &["quote_number", "product", "description", "quantity", "unit", "unit_price", "amount"],
    }
}

/// The sections that documents of a kind may have.
pub(super) fn sections(kind: RecordKind) -> &'static [Section] {
    match kind {
        RecordKind::CostSummary => &[Section::Labour, Section::Material, Section::Outplant],
        RecordKind::VendorBill
        | RecordKind::Invoice
        | RecordKind::PurchaseOrder
        | RecordKind::PrintedQuote
        | RecordKind::BidTab => &[Section::Item],
        RecordKind::Quote
        | RecordKind::WorkOrder
        | RecordKind::Opportunity
        | RecordKind::Customer
        | RecordKind::MaterialPrice
        | RecordKind::LineItem => &[],
    }
}

/// The columns of a section's lines.
pub(super) fn columns(section: Section) -> &'static [&'static str] {
    match section {
        Section::Labour => {
            &["department", "work_code", "description", "estimated_hours", "actual_hours", "estimated_cost", "cost"]
        }
        Section::Material | Section::Outplant => {
            &["date", "department", "description", "unit", "estimated_quantity", "quantity", "cost"]
        }
        Section::Item => &["item_number", "description", "quantity", "unit", "unit_price", "amount"],
    }
}

/// What a field holds, by its name.
pub(super) fn holds(name: &str) -> ValueKind {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&["_on", "_date", "valid_until"]) || name == "date" {
        ValueKind::Date
    } else if ends(&["hours", "quantity"]) || name == "unit_price" {
        ValueKind::Number
    } else if ends(&["_cost", "_price", "amount", "tax", "total", "shipping", "discount"])
        || name == "cost"
        || name == "price"
    {
        ValueKind::Amount
    } else if ends(&["number", "work_order"]) || name == "opportunity" {
        ValueKind::Code
    } else {
        ValueKind::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: ValueKind) {
        assert_eq!(holds(name), expected, "{name}");
    }

    #[test]
    fn a_field_holds_what_its_name_says() {
        check("total_cost", ValueKind::Amount);
        check("subtotal", ValueKind::Amount);
        check("use_tax", ValueKind::Amount);
        check("unit_price", ValueKind::Number);
        check("actual_hours", ValueKind::Number);
        check("estimated_quantity", ValueKind::Number);
        check("completed_on", ValueKind::Date);
        check("due_date", ValueKind::Date);
        check("work_order", ValueKind::Code);
        check("bill_number", ValueKind::Code);
        check("customer", ValueKind::Text);
        check("vendor", ValueKind::Text);
    }
}
