//! The registry over a real shop file: trained, compared, promoted, made again.

mod audit;
mod bias;
pub(crate) mod history;
mod versions;
mod watching;
