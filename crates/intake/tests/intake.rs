//! Reading as a whole: documents made here, the sample files, real files where they are at hand, and damaged ones.

#[path = "intake/bids.rs"]
mod bids;
#[path = "intake/bill.rs"]
mod bill;
#[path = "intake/corpus.rs"]
mod corpus;
#[path = "intake/cost_summary.rs"]
mod cost_summary;
#[path = "intake/damage.rs"]
mod damage;
#[path = "intake/forms.rs"]
mod forms;
#[path = "intake/invoices.rs"]
mod invoices;
#[path = "intake/learning.rs"]
mod learning;
#[path = "intake/paper.rs"]
mod paper;
#[path = "intake/refused.rs"]
mod refused;
#[path = "intake/samples.rs"]
mod samples;
#[path = "intake/structure.rs"]
mod structure;
#[path = "intake/sums.rs"]
mod sums;
#[path = "intake/trade.rs"]
mod trade;
#[path = "intake/unseen.rs"]
mod unseen;
#[path = "intake/workbook.rs"]
mod workbook;
