//! Documents as PDF, set by typst from templates that stand in `templates/`.
//!
//! What a template may print is listed field by field in the sheet it is given, so that nothing internal can reach a
//! customer by accident.

mod estimate;
mod letterhead;
mod quote;
mod typeset;

pub use estimate::estimate_pdf;
pub use letterhead::Letterhead;
pub use quote::quote_pdf;

#[cfg(test)]
mod tests;
