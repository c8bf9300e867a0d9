//! Documents: what is printed for customers, the owner and the floor, on the shop's own letterhead and, where it has some, by
//! its own templates.

mod job;
mod letterhead;
mod model;
mod press;
mod quote;
mod templates;
mod work_order;

#[cfg(test)]
mod tests;

pub use job::{JobDocument, WriteJobPdf, write_job_pdf};
pub use letterhead::{LetterheadSettings, PricingForm, save_letterhead, show_letterhead};
pub use model::{WriteModelPdf, write_model_pdf};
pub use press::serve_templates;
pub use quote::{QuoteDocument, WriteQuotePdf, write_quote_pdf};
pub use templates::{
    DocumentTemplateRef, SaveTemplate, ShowTemplate, TemplateInfo, TemplateText, list_document_templates,
    reset_document_template, save_document_template, show_document_template,
};

pub(crate) use letterhead::letterhead;
pub(crate) use press::printed;

/// Whose templates a document is set by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// The shop's own, where it has some.
    Shop,
    /// Those that come with the program, whatever the shop made of them.
    Program,
}

impl By {
    pub(crate) fn asked(shipped: bool) -> Self {
        if shipped { Self::Program } else { Self::Shop }
    }
}
