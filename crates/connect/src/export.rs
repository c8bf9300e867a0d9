//! Quotes as files: CSV with one row per line item, JSON with one document, and what other systems import.

pub mod csv;
pub mod document;
pub mod formats;
pub mod json;
pub mod layout;
mod net;
pub mod repair;

pub use self::csv::{quotes_csv, quotes_csv_for_excel};
pub use self::document::{QuoteEntry, QuotesDocument};
pub use self::formats::System;
pub use self::json::quotes_json;
pub use self::layout::{Exported, Form, Known, Layout, exported, layout};

use signwright_domain::quote::QuoteStatus;

/// A status as it is written in every export.
pub fn status_word(status: QuoteStatus) -> &'static str {
    match status {
        QuoteStatus::Draft => "draft",
        QuoteStatus::Approved => "approved",
        QuoteStatus::Sent => "sent",
        QuoteStatus::Won => "won",
        QuoteStatus::Lost => "lost",
        QuoteStatus::Expired => "expired",
    }
}
