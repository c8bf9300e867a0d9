//! What an importer hands over: records whose every value says where it stood, and rejects that say why.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Money;
use crate::printed::{Pair, Table};

/// Where a value stood in its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "in", rename_all = "snake_case")]
pub enum Place {
    /// Page from 1; `bbox` is left, top, right, bottom in PDF points from the top left corner of the page as displayed.
    Page { page: u32, bbox: [f64; 4] },
    /// Row and column from 1, counted as a spreadsheet shows them (the header is row 1 of a plain table).
    Cell { sheet: Option<String>, row: u32, column: u32 },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page { page, .. } => write!(f, "page {page}"),
            Self::Cell { sheet: Some(sheet), row, column } => write!(f, "{sheet}, row {row}, column {column}"),
            Self::Cell { sheet: None, row, column } => write!(f, "row {row}, column {column}"),
        }
    }
}

/// A value as understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Number(#[ts(type = "string")] Decimal),
    Money(Money),
    Date(#[ts(type = "string")] Date),
    Flag(bool),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Money(money) => write!(f, "{money}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
        }
    }
}

/// A value with its provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Field {
    pub value: Value,
    /// The characters as they stood in the file.
    pub raw: String,
    pub at: Place,
    /// 0 to 1. Below [`ACCEPT`] the value waits for a person.
    pub confidence: f64,
    /// How it was found, in words: "label TOTAL COST", "column Amount".
    pub found_by: String,
}

/// The confidence from which a value is taken without being looked at.
pub const ACCEPT: f64 = 0.9;

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Key: customer id.
    Customer,
    /// Key: opportunity id.
    Opportunity,
    /// Key: quote number.
    Quote,
    /// A row of the work-order list. Key: work-order number.
    WorkOrder,
    /// A printed cost summary. Key: work-order number.
    CostSummary,
    /// One month of one material's price. Key: `series@date`.
    MaterialPrice,
    /// Key: vendor and bill number.
    VendorBill,
    /// A printed invoice that is not known to be a bill for one of the shop's jobs. Key: vendor and number.
    Invoice,
    /// Key: who ordered, and the order's number.
    PurchaseOrder,
    /// A quote as printed by anybody; it makes no job. Key: vendor and number.
    PrintedQuote,
    /// The bids of several vendors side by side. Key: its number.
    BidTab,
    /// One line of a quote or an opportunity that a CRM exports beside it. Key: its id, else its document and number.
    LineItem,
}

/// The part that records of a kind have in jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobPart {
    /// It is an account of one work order, and so of a job.
    Account,
    /// It may have become work orders; before it did, it is a job of its own.
    Quote,
    /// It says how the work was sold.
    Opportunity,
    /// It makes no job. It may still name one.
    None,
}

impl RecordKind {
    pub fn job_part(self) -> JobPart {
        match self {
            Self::WorkOrder | Self::CostSummary => JobPart::Account,
            Self::Quote => JobPart::Quote,
            Self::Opportunity => JobPart::Opportunity,
            Self::Customer
            | Self::MaterialPrice
            | Self::VendorBill
            | Self::LineItem
            | Self::Invoice
            | Self::PurchaseOrder
            | Self::PrintedQuote
            | Self::BidTab => JobPart::None,
        }
    }

    /// The one word that stands for it wherever it is stored or sent.
    pub fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Opportunity => "opportunity",
            Self::Quote => "quote",
            Self::WorkOrder => "work_order",
            Self::CostSummary => "cost_summary",
            Self::MaterialPrice => "material_price",
            Self::VendorBill => "vendor_bill",
            Self::Invoice => "invoice",
            Self::PurchaseOrder => "purchase_order",
            Self::PrintedQuote => "printed_quote",
            Self::BidTab => "bid_tab",
            Self::LineItem => "line_item",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Opportunity => "opportunity",
            Self::Quote => "quote",
            Self::WorkOrder => "work order",
            Self::CostSummary => "cost summary",
            Self::MaterialPrice => "material price",
            Self::VendorBill => "vendor bill",
            Self::Invoice => "invoice",
            Self::PurchaseOrder => "purchase order",
            Self::PrintedQuote => "printed quote",
            Self::BidTab => "bid tab",
            Self::LineItem => "line item",
        }
    }
}

/// The part of a cost summary or bill a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Labour,
    Material,
    Outplant,
    Item,
}

/// One line of a document that has lines.
///
/// Labour: `department`, `work_code`, `description`, `estimated_hours`, `actual_hours`, `estimated_cost`, `cost`.
/// Material and outplant: `department`, `description`, `unit`, `estimated_quantity`, `quantity`, `cost`.
/// Item (bill, invoice, order, quote): `item_number`, `description`, `quantity`, `unit`, `unit_price`, `amount`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordLine {
    pub section: Section,
    pub fields: BTreeMap<String, Field>,
}

/// One record as read from one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Record {
    pub kind: RecordKind,
    pub key: String,
    pub fields: BTreeMap<String, Field>,
    #[serde(default)]
    pub lines: Vec<RecordLine>,
}

impl Record {
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).map(|field| &field.value)
    }

    pub fn text(&self, field: &str) -> Option<&str> {
        match self.value(field)? {
            Value::Text(text) => Some(text),
            Value::Number(_) | Value::Money(_) | Value::Date(_) | Value::Flag(_) => None,
        }
    }

    pub fn money(&self, field: &str) -> Option<Money> {
        match self.value(field)? {
            Value::Money(money) => Some(*money),
            Value::Number(_) | Value::Text(_) | Value::Date(_) | Value::Flag(_) => None,
        }
    }

    pub fn date(&self, field: &str) -> Option<Date> {
        match self.value(field)? {
            Value::Date(date) => Some(*date),
            Value::Number(_) | Value::Text(_) | Value::Money(_) | Value::Flag(_) => None,
        }
    }

    pub fn number(&self, field: &str) -> Option<Decimal> {
        match self.value(field)? {
            Value::Number(number) => Some(*number),
            Value::Date(_) | Value::Text(_) | Value::Money(_) | Value::Flag(_) => None,
        }
    }
}

/// A row or field that was refused, with everything needed to repair it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Reject {
    pub kind: Option<RecordKind>,
    /// The key of the record it would have belonged to, where that could be read.
    pub key: Option<String>,
    pub field: Option<String>,
    pub place: Option<Place>,
    /// What stood there: the cell, or the whole row separated by ` | `.
    pub raw: String,
    pub reason: RejectReason,
    /// A sentence: "\"12O.50\" is not an amount".
    pub message: String,
}

/// Why something was refused; rejects are grouped by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    NotANumber,
    NotADate,
    NotAFlag,
    MissingKey,
    DuplicateKey,
    DoesNotAddUp,
    WrongShape,
    NoTextLayer,
    NeedsPassword,
    Damaged,
    TooLarge,
    UnknownLayout,
}

/// An arithmetic check of a document: lines against a printed total.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Check {
    /// "labour lines sum to the total".
    pub name: String,
    pub printed: Money,
    pub computed: Money,
}

impl Check {
    pub fn difference(&self) -> Money {
        self.computed - self.printed
    }

    pub fn passed(&self) -> bool {
        self.difference().minor == 0
    }
}

/// Everything read from one file. Rejects are values, not errors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Parsed {
    pub records: Vec<Record>,
    pub rejects: Vec<Reject>,
    pub checks: Vec<Check>,
}

/// What became of the reading of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReadState {
    Read,
    PartlyRead,
    NoTextLayer,
    NeedsPassword,
    Damaged,
    TooLarge,
}

/// What kind of document a PDF is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    CostSummary,
    Quote,
    Invoice,
    VendorBill,
    PurchaseOrder,
    BidTab,
    Other,
}

/// One word on a page, as displayed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Word {
    pub text: String,
    pub page: u32,
    /// Left, top, right, bottom in points from the top left corner of the page as displayed.
    pub bbox: [f64; 4],
}

/// A PDF as read by the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Extraction {
    pub state: ReadState,
    pub kind: DocumentKind,
    /// Name of the layout that was recognised, such as `keyedin-spool`.
    pub layout: Option<String>,
    pub pages: u32,
    /// Width and height of each page in points, as displayed.
    pub page_sizes: Vec<[f64; 2]>,
    pub parsed: Parsed,
    pub words: Vec<Word>,
    /// Tables and labelled values as they stand there, where they were asked for.
    #[serde(default)]
    pub tables: Vec<Table>,
    #[serde(default)]
    pub pairs: Vec<Pair>,
    /// Share of the printed numbers on which both readers agree, where the second one could read the file.
    pub agreement: Option<f64>,
    /// What went wrong, in a sentence, where `state` is not `Read`.
    pub message: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_stored_under_the_word_that_is_sent() {
        use RecordKind::*;
        for kind in [
            Customer,
            Opportunity,
            Quote,
            WorkOrder,
            CostSummary,
            MaterialPrice,
            VendorBill,
            Invoice,
            PurchaseOrder,
            PrintedQuote,
            BidTab,
            LineItem,
        ] {
            assert_eq!(serde_json::to_value(kind).expect("json"), kind.word());
        }
    }
}
