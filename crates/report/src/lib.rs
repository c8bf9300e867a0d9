//! Figures (SVG), documents (PDF) and drafts of mails: what a person prints, mails or pins to the wall.
//!
//! Everything takes types of the domain and gives back text or bytes; nothing is read from disk, no font is looked for on
//! the machine, and the same input gives the same bytes.

pub mod figures;

pub mod documents;

mod fonts;
mod mail;
mod palette;
mod words;

use thiserror::Error;

pub use mail::{addresses, mail_draft};

/// Why a figure or a document could not be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReportError {
    #[error("there is nothing to draw: {0}")]
    Nothing(String),
    #[error("the figure could not be drawn: {0}")]
    Drawing(String),
    #[error("the document could not be set: {0}")]
    Typesetting(String),
    /// A template that cannot be set, with the line of the first slip, from 1.
    #[error("{name}, line {line}: {message}")]
    Template { name: String, line: usize, message: String },
    #[error("\"{0}\" is not a colour such as #1f5eff")]
    Colour(String),
    #[error("\"{0}\" is no mail address such as name@example.com")]
    Address(String),
    #[error("the logo is not a PNG, JPEG, GIF, WebP or SVG image that can be read")]
    Logo,
}
